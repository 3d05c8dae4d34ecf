//! Whether every material (材料) that the order must carry is there, as a file that can be looked at.
//!
//! Which ones those are is [`materials`]' to say. What only a rule of the province asks for is flagged, never failed.
//! More than is asked for is nobody's fault: what electronic verification knows nothing of is noted and no more.

use super::Check;
use super::statement::Statement;
use crate::domain::case::{Case, FileFormat};
use crate::domain::filing::{AttachmentKind, Filing};
use crate::domain::finding::{EvidenceRef, Finding, Section, Status};
use crate::domain::materials::{self, Asked};
use crate::domain::message::Message;
use crate::domain::object::{Object, Place};

pub struct RequiredMaterials;

impl Check for RequiredMaterials {
    fn id(&self) -> &'static str {
        "required_materials"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[
            "MAT-MISSING",
            "MAT-FORMAT",
            "MAT-COMMITMENT",
            "MAT-RESIDENCE",
            "MAT-DOMAIN-CERT",
            "MAT-PARTY-LETTER",
        ]
    }

    fn version(&self) -> u16 {
        3
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let required = materials::required(case.filing);
        if required.is_empty() {
            return;
        }
        if case.filing.attachments_elsewhere {
            let about = Statement::about(self, Section::Material, Place::Order);
            out.push(about.not_run("checks.materials_elsewhere"));
            return;
        }
        let before = out.len();
        out.extend(required.into_iter().filter_map(|kind| self.trouble(case, kind)));
        let asked = materials::asked(case.filing, case.provinces, case.day);
        out.extend(asked.into_iter().filter_map(|asked| self.asked(case, asked)));
        if out.len() == before {
            out.push(Statement::about(self, Section::Material, Place::Order).pass("checks.materials_all"));
        }
        out.extend(AttachmentKind::ALL.iter().filter_map(|kind| self.superfluous(case.filing, *kind)));
    }
}

/// A sentence about a kind of material.
fn named(message: &str, kind: AttachmentKind) -> Message {
    Message::new(message).with("material", format_args!("@domain.attachment_{kind}"))
}

impl RequiredMaterials {
    /// What the province asks for and the filing does not have, or what is wrong with it: a rule of a province never
    /// fails a filing.
    fn asked(&self, case: &Case<'_>, asked: Asked<'_>) -> Option<Finding> {
        let given = case.filing.attachments_of(asked.kind).count();
        if given >= asked.copies {
            let trouble = self.trouble(case, asked.kind)?;
            let status = if trouble.status == Status::Fail { Status::Warn } else { trouble.status };
            let flaw = trouble.message.id.split_once(".material_")?.1;
            let flaw = format!("@checks.flaw_{flaw}");
            let message = named("checks.material_asked_flawed", asked.kind).with("flaw", flaw);
            return Some(Finding { status, message, ..trouble }.by_rule(asked.rule));
        }
        let about = Statement::about(self, Section::Material, Object::attachment(asked.kind));
        let message = named("checks.material_asked", asked.kind).with("copies", asked.copies);
        Some(about.warn_of(asked.reason, message.with("given", given)).by_rule(asked.rule))
    }

    /// What is there although the scheme knows nothing of it.
    fn superfluous(&self, filing: &Filing, kind: AttachmentKind) -> Option<Finding> {
        let superfluous = materials::foreign_to(filing.evidence_scheme, kind)
            && filing.attachments_of(kind).next().is_some();
        let object = Object::attachment(kind);
        superfluous.then(|| {
            Statement::about(self, Section::Material, object)
                .shown_on(kind)
                .pass(named("checks.material_superfluous", kind))
        })
    }

    /// What is wrong with a required material, if anything; of several files of the kind, with the worst.
    fn trouble(&self, case: &Case<'_>, kind: AttachmentKind) -> Option<Finding> {
        if case.filing.attachments_of(kind).next().is_none() {
            let about = Statement::about(self, Section::Material, Object::attachment(kind));
            return Some(about.fail("MAT-MISSING", named("checks.material_missing", kind)));
        }
        let files = (1..=u8::MAX).zip(case.attachments.iter().filter(|fact| fact.kind == kind));
        let verdicts = files.map(|(nth, fact)| {
            let (status, message) = match fact.format {
                _ if fact.bytes == 0 => (Status::Fail, "checks.material_empty"),
                FileFormat::Other => (Status::Fail, "checks.material_no_picture"),
                FileFormat::Pdf => (Status::Warn, "checks.material_pdf"),
                FileFormat::Heif | FileFormat::Avif => (Status::Warn, "checks.material_unconverted"),
                FileFormat::Jpeg
                | FileFormat::Png
                | FileFormat::Gif
                | FileFormat::WebP
                | FileFormat::Bmp
                | FileFormat::Tiff => (Status::Pass, "checks.materials_all"),
            };
            (nth, status, message)
        });
        let worst = verdicts.max_by_key(|(nth, status, _)| (status.severity(), u8::MAX - nth));
        let (nth, status, message) = worst.unwrap_or((1, Status::NotRun, "checks.material_unread"));
        if status == Status::Pass {
            return None;
        }
        let object = Object::Attachment { kind, nth };
        let finding = Statement::about(self, Section::Material, object.clone())
            .resting_on(EvidenceRef::Attachment(object))
            .finding(status, named(message, kind));
        Some(if matches!(status, Status::Fail | Status::Warn) {
            finding.proposing("MAT-FORMAT")
        } else {
            finding
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, bare, run_table};
    use crate::domain::filing::{EvidenceScheme, OrderType, PreApproval};

    use AttachmentKind::{
        BackdropPhoto, EntityCertificate, EntityPrincipalIdBack, SitePrincipalIdBack, SitePrincipalIdFront,
        Undertaking, VerificationForm, VideoFrame,
    };

    #[test]
    fn an_enterprise_with_form_and_photo() {
        run_table(
            &RequiredMaterials,
            Sample::enterprise,
            &[
                ("no form", |s| s.remove(VerificationForm), &["fail MAT-MISSING@verification_form"]),
                (
                    "one side of an ID and no certificate",
                    |s| {
                        s.remove(EntityPrincipalIdBack);
                        s.remove(EntityCertificate);
                    },
                    &["fail MAT-MISSING@entity_certificate", "fail MAT-MISSING@epr_id_back"],
                ),
                (
                    "one person needs one ID",
                    |s| {
                        let person = s.filing.entity.principal.clone();
                        s.site().principal = person;
                        s.remove(SitePrincipalIdFront);
                        s.remove(SitePrincipalIdBack);
                    },
                    &[],
                ),
                (
                    "a pre-approval without its document",
                    |s| s.site().pre_approvals.push(PreApproval { category: 1, number: "1".into() }),
                    &["fail MAT-MISSING@permit"],
                ),
                ("an empty file", |s| s.fact(BackdropPhoto).bytes = 0, &["fail MAT-FORMAT@backdrop_photo"]),
                (
                    "something that is no picture",
                    |s| s.fact(EntityCertificate).format = FileFormat::Other,
                    &["fail MAT-FORMAT@entity_certificate"],
                ),
                (
                    "a PDF",
                    |s| s.fact(EntityCertificate).format = FileFormat::Pdf,
                    &["warn MAT-FORMAT@entity_certificate"],
                ),
                (
                    "a telephone's HEIC",
                    |s| s.fact(EntityCertificate).format = FileFormat::Heif,
                    &["warn MAT-FORMAT@entity_certificate"],
                ),
                ("a TIFF", |s| s.fact(EntityCertificate).format = FileFormat::Tiff, &[]),
                (
                    "a good file and a bad one of the same kind",
                    |s| {
                        let mut second = s.fact(EntityCertificate).clone();
                        second.format = FileFormat::Other;
                        s.facts.push(second);
                    },
                    &["fail MAT-FORMAT@entity_certificate#2"],
                ),
                (
                    "a file nobody has read",
                    |s| s.facts.retain(|fact| fact.kind != VerificationForm),
                    &["not_run verification_form"],
                ),
                (
                    "an order about the entity alone",
                    |s| {
                        s.filing.site = None;
                        s.remove(VerificationForm);
                        s.remove(BackdropPhoto);
                    },
                    &[],
                ),
            ],
        );
    }

    #[test]
    fn what_a_province_asks_for_is_flagged() {
        run_table(
            &RequiredMaterials,
            Sample::electronic,
            &[
                (
                    "no undertaking in Guangdong",
                    |s| s.remove(Undertaking),
                    &["warn MAT-COMMITMENT@undertaking"],
                ),
                (
                    "one of two in Jiangsu",
                    |s| s.filing.province = "320000".into(),
                    &["warn MAT-COMMITMENT@undertaking"],
                ),
                (
                    "no letter in Xinjiang",
                    |s| s.filing.province = "650000".into(),
                    &["warn MAT-PARTY-LETTER@other"],
                ),
                (
                    "nobody asks in Zhejiang",
                    |s| {
                        s.filing.province = "330000".into();
                        s.remove(Undertaking);
                    },
                    &[],
                ),
                (
                    "an undertaking that is no picture",
                    |s| s.fact(Undertaking).format = FileFormat::Other,
                    &["warn MAT-FORMAT@undertaking"],
                ),
                ("an empty undertaking", |s| s.fact(Undertaking).bytes = 0, &["warn MAT-FORMAT@undertaking"]),
                (
                    "before the rule",
                    |s| {
                        s.day = jiff::civil::date(2021, 6, 20);
                        s.remove(Undertaking);
                    },
                    &[],
                ),
            ],
        );
        run_table(
            &RequiredMaterials,
            Sample::individual,
            &[(
                "a person from elsewhere",
                |s| s.filing.province = "330000".into(),
                &["warn MAT-RESIDENCE@residence_proof"],
            )],
        );
    }

    #[test]
    fn what_is_wrong_with_what_a_province_asks_for_cites_its_rule() {
        let mut sample = Sample::electronic();
        sample.fact(Undertaking).bytes = 0;
        let findings = sample.findings(&RequiredMaterials);
        let [found] = &findings[..] else { panic!("{findings:?}") };
        assert!(found.evidence.iter().any(|evidence| matches!(evidence, EvidenceRef::Rule(_))), "{found:?}");
        let said = found.message.text(crate::domain::message::Lang::En);
        assert!(said.starts_with("an empty file: ") && said.contains("since 2"), "{said}");
        for kind in ["empty", "no_picture", "pdf", "unconverted", "unread"] {
            assert!(crate::domain::message::known(&format!("checks.flaw_{kind}")), "{kind}");
        }
    }

    #[test]
    fn a_form_in_an_electronic_filing_is_noted_and_nobodys_fault() {
        let mut sample = Sample::electronic();
        sample.filing.attachments.push(bare(VerificationForm));
        let said = sample.said(&RequiredMaterials);
        assert_eq!(said, ["pass materials_all", "pass material_superfluous"]);
    }

    #[test]
    fn the_scheme_says_which_photo() {
        run_table(
            &RequiredMaterials,
            Sample::electronic,
            &[
                ("no frame", |s| s.remove(VideoFrame), &["fail MAT-MISSING@video_frame"]),
                (
                    "a form nobody asked for",
                    |s| {
                        let form = Sample::enterprise().attachment(VerificationForm).clone();
                        s.filing.attachments.push(form);
                    },
                    &[],
                ),
                (
                    "back to paper",
                    |s| s.filing.evidence_scheme = EvidenceScheme::FormAndBackdrop,
                    &["fail MAT-MISSING@verification_form", "fail MAT-MISSING@backdrop_photo"],
                ),
            ],
        );
    }

    #[test]
    fn a_cancellation_needs_nothing() {
        let mut sample = Sample::enterprise();
        sample.filing.order_type = OrderType::Cancel;
        sample.filing.attachments.clear();
        sample.facts.clear();
        assert!(sample.findings(&RequiredMaterials).is_empty());
    }

    #[test]
    fn what_came_without_materials_is_not_judged() {
        let mut sample = Sample::enterprise();
        sample.filing.attachments.clear();
        sample.facts.clear();
        sample.filing.attachments_elsewhere = true;
        assert_eq!(sample.said(&RequiredMaterials), ["not_run materials_elsewhere"]);
        sample.filing.order_type = OrderType::Cancel;
        assert!(sample.findings(&RequiredMaterials).is_empty());
    }

    #[test]
    fn every_kind_of_material_has_a_name() {
        for kind in AttachmentKind::ALL {
            assert!(crate::domain::message::known(&format!("domain.attachment_{kind}")), "{kind}");
        }
    }
}
