//! The verification form (核验单), as transcribed, against the filing: domain reference 2.3 and 10.8.
//!
//! What only an eye can tell (alterations, the hand that signed, a faint seal) is the reviewer's. Under electronic
//! verification there is no form and nothing to say.

use std::collections::BTreeSet;

use super::statement::Statement;
use super::{Check, text};
use crate::domain::case::Case;
use crate::domain::filing::{AttachmentKind, EvidenceScheme, Site, VerificationForm};
use crate::domain::finding::{Finding, Section, Status};
use crate::domain::object::Object;

pub struct VerificationFormFields;

impl Check for VerificationFormFields {
    fn id(&self) -> &'static str {
        "verification_form"
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
        let outcomes = [
            entity_name(case, form),
            site_name(site, form),
            domains(site, form),
            qualification(case, form),
            pre_approval(site, form),
            signature(site, form),
            verifier(form),
        ];
        out.extend(outcomes.into_iter().chain(seal(case, form)).map(|outcome| self.find(outcome)));
    }
}

/// What comparing one field came to; each carries the id of its sentence.
enum Outcome {
    Fine(&'static str),
    Unread(&'static str),
    /// The values (on the form, in the filing) where they are worth showing.
    Wrong {
        status: Status,
        message: &'static str,
        code: &'static str,
        values: Option<(String, String)>,
    },
}

impl Outcome {
    fn fail(message: &'static str, code: &'static str) -> Self {
        Outcome::Wrong { status: Status::Fail, message, code, values: None }
    }

    fn warn(message: &'static str, code: &'static str) -> Self {
        Outcome::Wrong { status: Status::Warn, message, code, values: None }
    }

    fn differs(message: &'static str, code: &'static str, form: &str, filed: &str) -> Self {
        let values = Some((form.to_owned(), filed.to_owned()));
        Outcome::Wrong { status: Status::Fail, message, code, values }
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

fn entity_name(case: &Case<'_>, form: &VerificationForm) -> Outcome {
    let filed = &case.filing.entity.name;
    match &form.entity_name {
        None => Outcome::Unread("checks.form_entity_unread"),
        Some(written) if text::same(written, filed) => Outcome::Fine("checks.form_entity_same"),
        Some(written) => Outcome::differs("checks.form_entity_differs", "VFS-ERROR", written, filed),
    }
}

fn site_name(site: &Site, form: &VerificationForm) -> Outcome {
    match &form.site_name {
        None => Outcome::Unread("checks.form_site_name_unread"),
        Some(written) if text::same(written, &site.name) => Outcome::Fine("checks.form_site_name_same"),
        Some(written) => {
            Outcome::differs("checks.form_site_name_differs", "VFS-SITENAME", written, &site.name)
        }
    }
}

fn domains(site: &Site, form: &VerificationForm) -> Outcome {
    let Some(written) = &form.domains else { return Outcome::Unread("checks.form_domains_unread") };
    let (written, filed) = (domain_set(written), domain_set(&site.domains));
    if written == filed {
        return Outcome::Fine("checks.form_domains_same");
    }
    Outcome::differs("checks.form_domains_differ", "VFS-DOMAIN", &listed(&written), &listed(&filed))
}

fn domain_set(domains: &[String]) -> BTreeSet<String> {
    domains.iter().map(|domain| domain.trim().to_lowercase()).collect()
}

fn listed(domains: &BTreeSet<String>) -> String {
    domains.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// An organisation ticks both qualifications, a person only the personal one. One wrong box is enough to know.
fn qualification(case: &Case<'_>, form: &VerificationForm) -> Outcome {
    let organisation = !case.filing.is_individual();
    match (form.organisation_ticked, form.person_ticked) {
        (Some(ticked), _) if ticked != organisation => {
            Outcome::fail("checks.form_ticks_wrong", "VFS-QUALIF-TICK")
        }
        (_, Some(false)) => Outcome::fail("checks.form_ticks_wrong", "VFS-QUALIF-TICK"),
        (Some(_), Some(true)) => Outcome::Fine("checks.form_ticks_right"),
        (None, _) | (_, None) => Outcome::Unread("checks.form_ticks_unread"),
    }
}

fn pre_approval(site: &Site, form: &VerificationForm) -> Outcome {
    match (form.pre_approval_ticked, !site.pre_approvals.is_empty()) {
        (None, _) => Outcome::Unread("checks.form_pre_approval_unread"),
        (Some(ticked), filed) if ticked == filed => Outcome::Fine("checks.form_pre_approval_same"),
        (Some(true), _) => Outcome::fail("checks.form_pre_approval_extra", "VFS-PREAPPROVAL-TICK"),
        (Some(false), _) => Outcome::fail("checks.form_pre_approval_absent", "VFS-PREAPPROVAL-TICK"),
    }
}

fn signature(site: &Site, form: &VerificationForm) -> Outcome {
    let principal = &site.principal.name;
    match &form.signer {
        None => Outcome::Unread("checks.form_signer_unread"),
        Some(signer) if text::blank(signer) => Outcome::fail("checks.form_unsigned", "VFS-SIGN-MISSING"),
        Some(signer) if text::same_person(signer, principal) => Outcome::Fine("checks.form_signer_same"),
        Some(signer) => {
            Outcome::differs("checks.form_signer_differs", "VFS-SIGN-MISMATCH", signer, principal)
        }
    }
}

fn verifier(form: &VerificationForm) -> Outcome {
    match form.verifier_signed {
        None => Outcome::Unread("checks.form_verifier_unread"),
        Some(true) => Outcome::Fine("checks.form_verifier_signed"),
        // The provider's own part: nothing the applicant could mend.
        Some(false) => Outcome::warn("checks.form_verifier_unsigned", "VFS-VERIFIER"),
    }
}

/// A person needs no seal; an individually-owned business without one says so in the entity's remark.
fn seal(case: &Case<'_>, form: &VerificationForm) -> Option<Outcome> {
    if case.filing.is_individual() {
        return None;
    }
    let entity = &case.filing.entity;
    Some(match &form.seal {
        None => Outcome::Unread("checks.form_seal_unread"),
        Some(seal) if text::blank(seal) && entity.remark.contains("无公章") => {
            Outcome::warn("checks.form_seal_excused", "VFS-SEAL")
        }
        Some(seal) if text::blank(seal) => Outcome::fail("checks.form_seal_missing", "VFS-SEAL"),
        Some(seal) if text::same(seal, &entity.name) => Outcome::Fine("checks.form_seal_same"),
        Some(seal) => Outcome::differs("checks.form_seal_differs", "VFS-SEAL", seal, &entity.name),
    })
}

#[cfg(test)]
mod tests;
