//! The verification form (核验单), as transcribed, against the filing: domain reference 2.3 and 10.8.
//!
//! [`form`] compares; this check says what a difference means. What only an eye can tell (alterations, the hand that
//! signed, a faint seal) is the reviewer's. Under electronic verification there is no form and nothing to say.
//!
//! Ten fields are always asked for. The others of the sheet are judged when their source transcribed them, and then
//! only ever as doubts: they are small print, and reading them is where machines err most.

use super::statement::Statement;
use super::{Check, text};
use crate::domain::case::Case;
use crate::domain::declared::Value;
use crate::domain::filing::{AttachmentKind, EvidenceScheme, Filing, VerificationForm};
use crate::domain::finding::{Finding, Section, Status};
use crate::domain::form::{self, Field, Line, Verdict};
use crate::domain::message::{Lang, Message};
use crate::domain::object::Object;

pub struct VerificationFormFields;

impl Check for VerificationFormFields {
    fn id(&self) -> &'static str {
        "verification_form"
    }

    fn version(&self) -> u16 {
        2
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[
            "VFS-ERROR",
            "VFS-DOMAIN",
            "VFS-SITENAME",
            "VFS-QUALIF-TICK",
            "VFS-PREAPPROVAL-TICK",
            "VFS-SIGN-MISMATCH",
            "VFS-SIGN-MISSING",
            "VFS-SEAL",
            "VFS-VERIFIER",
            "VFS-TEMPLATE",
        ]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let filing = case.filing;
        let Some(site) = &filing.site else { return };
        if filing.evidence_scheme == EvidenceScheme::Electronic || !filing.order_type.needs_materials() {
            return;
        }
        let Some(form) = filing.verification_form() else {
            out.push(self.find(Outcome::Unread("checks.form_unread")));
            return;
        };
        let lines = form::lines(filing, site, form);
        let asked = lines.iter().filter_map(|line| match line.field {
            Field::PersonTicked => Some(qualification(&lines)),
            _ => always(line, filing, form),
        });
        out.extend(asked.map(|said| self.find(said)));
        out.extend(lines.iter().filter_map(when_transcribed).map(|said| self.find(said)));
    }
}

/// What comparing one field came to; each carries its sentence.
enum Outcome {
    Fine(Message),
    Unread(&'static str),
    /// The values (on the form, in the filing) where they are worth showing.
    Wrong {
        status: Status,
        message: Message,
        code: &'static str,
        values: Option<(String, String)>,
    },
}

impl Outcome {
    fn fine(message: &str) -> Self {
        Outcome::Fine(message.into())
    }

    fn fail(message: &str, code: &'static str) -> Self {
        Outcome::Wrong { status: Status::Fail, message: message.into(), code, values: None }
    }

    fn warn(message: impl Into<Message>, code: &'static str) -> Self {
        Outcome::Wrong { status: Status::Warn, message: message.into(), code, values: None }
    }

    /// Both sides of the line, unless they are contacts: those are masked until asked for.
    fn showing(mut self, line: &Line) -> Self {
        if let Outcome::Wrong { values, .. } = &mut self
            && !line.privacy.is_contact()
        {
            let side = |side: &Option<Value>| side.as_ref().map(|value| value.text(Lang::Zh));
            *values = side(&line.paper).zip(side(&line.filed));
        }
        self
    }
}

impl VerificationFormFields {
    fn find(&self, outcome: Outcome) -> Finding {
        let form = AttachmentKind::VerificationForm;
        let about = Statement::about(self, Section::Material, Object::attachment(form)).shown_on(form);
        match outcome {
            Outcome::Fine(message) => about.pass(message),
            Outcome::Unread(message) => about.not_run(message),
            Outcome::Wrong { status, message, code, values } => {
                let finding = about.finding(status, message).proposing(code);
                match values {
                    Some((form, filed)) => finding.seen(form, filed),
                    None => finding,
                }
            }
        }
    }
}

/// The fields that every transcript should have, but for the two qualifications, which are judged together.
fn always(line: &Line, filing: &Filing, form: &VerificationForm) -> Option<Outcome> {
    Some(match line.field {
        Field::EntityName => compared(
            line,
            ["checks.form_entity_same", "checks.form_entity_unread", "checks.form_entity_differs"],
            "VFS-ERROR",
        ),
        Field::SiteName => compared(
            line,
            ["checks.form_site_name_same", "checks.form_site_name_unread", "checks.form_site_name_differs"],
            "VFS-SITENAME",
        ),
        Field::Domains => compared(
            line,
            ["checks.form_domains_same", "checks.form_domains_unread", "checks.form_domains_differ"],
            "VFS-DOMAIN",
        ),
        Field::PreApprovalTicked => pre_approval(line, form),
        Field::Signer => signature(line, form),
        Field::VerifierSigned => verifier(line),
        Field::Seal => return seal(line, filing, form),
        _ => return None,
    })
}

/// The sentences: same, not transcribed, differs.
fn compared(line: &Line, sentences: [&'static str; 3], code: &'static str) -> Outcome {
    match line.verdict {
        Verdict::Differs => Outcome::fail(sentences[2], code).showing(line),
        Verdict::NotTranscribed => Outcome::Unread(sentences[1]),
        Verdict::Same | Verdict::NotOnForm | Verdict::PaperOnly => Outcome::fine(sentences[0]),
    }
}

/// An organisation ticks both qualifications, a person only the personal one. One wrong box is enough to know.
fn qualification(lines: &[Line]) -> Outcome {
    let boxes = [Field::OrganisationTicked, Field::PersonTicked];
    let some = |verdict| lines.iter().any(|line| boxes.contains(&line.field) && line.verdict == verdict);
    match () {
        () if some(Verdict::Differs) => Outcome::fail("checks.form_ticks_wrong", "VFS-QUALIF-TICK"),
        () if some(Verdict::NotTranscribed) => Outcome::Unread("checks.form_ticks_unread"),
        () => Outcome::fine("checks.form_ticks_right"),
    }
}

fn pre_approval(line: &Line, form: &VerificationForm) -> Outcome {
    let differs = match form.pre_approval_ticked {
        Some(true) => "checks.form_pre_approval_extra",
        _ => "checks.form_pre_approval_absent",
    };
    match line.verdict {
        Verdict::Differs => Outcome::fail(differs, "VFS-PREAPPROVAL-TICK"),
        Verdict::NotTranscribed => Outcome::Unread("checks.form_pre_approval_unread"),
        _ => Outcome::fine("checks.form_pre_approval_same"),
    }
}

fn signature(line: &Line, form: &VerificationForm) -> Outcome {
    if form.signer.as_deref().is_some_and(text::blank) {
        return Outcome::fail("checks.form_unsigned", "VFS-SIGN-MISSING");
    }
    let sentences = ["checks.form_signer_same", "checks.form_signer_unread", "checks.form_signer_differs"];
    compared(line, sentences, "VFS-SIGN-MISMATCH")
}

fn verifier(line: &Line) -> Outcome {
    match line.verdict {
        Verdict::NotTranscribed => Outcome::Unread("checks.form_verifier_unread"),
        // The provider's own part: nothing the applicant could mend.
        Verdict::Differs => Outcome::warn("checks.form_verifier_unsigned", "VFS-VERIFIER"),
        _ => Outcome::fine("checks.form_verifier_signed"),
    }
}

/// A person needs no seal; an individually-owned business without one says so in the entity's remark.
fn seal(line: &Line, filing: &Filing, form: &VerificationForm) -> Option<Outcome> {
    if filing.is_individual() {
        return None;
    }
    if form.seal.as_deref().is_some_and(text::blank) {
        return Some(if filing.entity.remark.contains("无公章") {
            Outcome::warn("checks.form_seal_excused", "VFS-SEAL")
        } else {
            Outcome::fail("checks.form_seal_missing", "VFS-SEAL")
        });
    }
    let sentences = ["checks.form_seal_same", "checks.form_seal_unread", "checks.form_seal_differs"];
    Some(compared(line, sentences, "VFS-SEAL"))
}

/// The rest of the sheet: said only of what was transcribed.
fn when_transcribed(line: &Line) -> Option<Outcome> {
    use Field as F;
    let said = |id: &str| Message::new(id).with("field", format!("@{}", line.field.label()));
    let paper = line.paper.as_ref()?;
    match line.field {
        F::SubjectTicks | F::ContactTicks | F::SiteTicks | F::AccessTicks => {
            let part = format!("@{}", line.field.block().heading());
            let unticked = Message::new("checks.form_part_unticked").with("part", part);
            text::blank(&paper.text(Lang::Zh)).then(|| Outcome::warn(unticked, "VFS-VERIFIER"))
        }
        F::Template | F::TemplateProvince => doubted(line, said, "VFS-TEMPLATE"),
        F::SitePrincipal
        | F::Mobile
        | F::Landline
        | F::Email
        | F::Address
        | F::ServiceContents
        | F::Provider
        | F::AccessModes
        | F::ServerLocations
        | F::IpRanges => doubted(line, said, "VFS-ERROR"),
        F::EntityName
        | F::SiteName
        | F::Domains
        | F::OrganisationTicked
        | F::PersonTicked
        | F::PreApprovalTicked
        | F::VerifierSigned
        | F::Signer
        | F::Seal
        | F::Date => None,
    }
}

fn doubted(line: &Line, said: impl Fn(&str) -> Message, code: &'static str) -> Option<Outcome> {
    match line.verdict {
        Verdict::Same => Some(Outcome::Fine(said("checks.form_field_same"))),
        Verdict::Differs => Some(Outcome::warn(said("checks.form_field_differs"), code).showing(line)),
        Verdict::NotTranscribed | Verdict::NotOnForm | Verdict::PaperOnly => None,
    }
}

#[cfg(test)]
mod tests;
