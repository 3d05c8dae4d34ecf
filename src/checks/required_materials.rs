//! Whether every material (材料) that the order must carry is there, as a file that can be looked at.
//!
//! Which ones those are is [`materials::required`]'s. More than is asked for is nobody's fault.

use super::Check;
use super::statement::Statement;
use crate::domain::case::{Case, FileFormat};
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{EvidenceRef, Finding, Section, Status};
use crate::domain::materials;
use crate::domain::message::Message;
use crate::domain::object::{Object, Place};

pub struct RequiredMaterials;

impl Check for RequiredMaterials {
    fn id(&self) -> &'static str {
        "required_materials"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["MAT-MISSING", "MAT-FORMAT"]
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
        if out.len() == before {
            out.push(Statement::about(self, Section::Material, Place::Order).pass("checks.materials_all"));
        }
    }
}

impl RequiredMaterials {
    /// What is wrong with a required material, if anything; of several files of the kind, with the worst.
    fn trouble(&self, case: &Case<'_>, kind: AttachmentKind) -> Option<Finding> {
        let named =
            |message: &str| Message::new(message).with("material", format_args!("@domain.attachment_{kind}"));
        if case.filing.attachments_of(kind).next().is_none() {
            let about = Statement::about(self, Section::Material, Object::attachment(kind));
            return Some(about.fail("MAT-MISSING", named("checks.material_missing")));
        }
        let files = (1..=u8::MAX).zip(case.attachments.iter().filter(|fact| fact.kind == kind));
        let verdicts = files.map(|(nth, fact)| {
            let (status, message) = match fact.format {
                _ if fact.bytes == 0 => (Status::Fail, "checks.material_empty"),
                FileFormat::Other => (Status::Fail, "checks.material_no_picture"),
                FileFormat::Pdf => (Status::Warn, "checks.material_pdf"),
                FileFormat::Jpeg | FileFormat::Png => (Status::Pass, "checks.materials_all"),
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
            .finding(status, named(message));
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
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::filing::{EvidenceScheme, OrderType};

    use AttachmentKind::{
        BackdropPhoto, EntityCertificate, EntityPrincipalIdBack, SitePrincipalIdBack, SitePrincipalIdFront,
        VerificationForm, VideoFrame,
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
