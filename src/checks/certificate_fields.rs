//! Name, number, address and term of the sponsor against its certificate: what the seed calls 主办单位证件.
//!
//! A natural person's certificate is the identity document, whose term is another check's. Whether a number is
//! well formed, and whether the registry knows it, is not judged here.

use super::statement::Statement;
use super::{Check, text};
use crate::domain::case::Case;
use crate::domain::filing::{AttachmentKind, Filing};
use crate::domain::finding::{Finding, Section, Status};
use crate::domain::object::{Object, Place};
use crate::domain::relations;

pub struct CertificateFields;

impl Check for CertificateFields {
    fn id(&self) -> &'static str {
        "certificate_fields"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["ENT-NAME-MISMATCH", "ENT-CERTNO-MISMATCH", "ENT-ADDR-MISMATCH", "MAT-EXPIRED"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let entity = &case.filing.entity;
        let document = Document::of(case.filing);
        out.push(self.compare(&NAME, &document, &entity.name, document.name));
        out.push(self.compare(&NUMBER, &document, &entity.certificate_number, document.number));
        if !case.filing.is_individual() {
            out.push(self.compare(&ADDRESS, &document, &entity.certificate_address, document.address));
            out.extend(self.term(case));
        }
    }
}

/// What is read off the paper that stands for the sponsor.
struct Document<'f> {
    kind: AttachmentKind,
    name: Option<&'f str>,
    number: Option<&'f str>,
    address: Option<&'f str>,
}

impl<'f> Document<'f> {
    fn of(filing: &'f Filing) -> Self {
        if filing.is_individual() {
            let kind = AttachmentKind::EntityPrincipalIdFront;
            let identity = filing.identity_transcript(kind);
            Document {
                kind,
                name: identity.and_then(|identity| identity.name.as_deref()),
                number: identity.and_then(|identity| identity.number.as_deref()),
                address: None,
            }
        } else {
            let certificate = filing.certificate_transcript();
            Document {
                kind: AttachmentKind::EntityCertificate,
                name: certificate.and_then(|certificate| certificate.name.as_deref()),
                number: certificate.and_then(|certificate| certificate.number.as_deref()),
                address: certificate.and_then(|certificate| certificate.address.as_deref()),
            }
        }
    }
}

/// One field: where it stands, how it is compared, and the words for each outcome.
struct Field {
    place: Place,
    judge: fn(&str, &str) -> Status,
    code: &'static str,
    same: &'static str,
    partly: &'static str,
    differs: &'static str,
    unread: &'static str,
}

const NAME: Field = Field {
    place: Place::Name,
    judge: |filed, printed| pass_or_fail(text::same(filed, printed)),
    code: "ENT-NAME-MISMATCH",
    same: "checks.name_same",
    partly: "checks.name_differs",
    differs: "checks.name_differs",
    unread: "checks.name_unread",
};

const NUMBER: Field = Field {
    place: Place::Number,
    judge: |filed, printed| {
        pass_or_fail(relations::document_number(filed) == relations::document_number(printed))
    },
    code: "ENT-CERTNO-MISMATCH",
    same: "checks.number_same",
    partly: "checks.number_differs",
    differs: "checks.number_differs",
    unread: "checks.number_unread",
};

const ADDRESS: Field = Field {
    place: Place::Address,
    // Applicants leave out the province or add the room: a part of the other is doubt, not a verdict.
    judge: |filed, printed| match pass_or_fail(text::same(filed, printed)) {
        Status::Fail if text::one_contains_other(filed, printed) => Status::Warn,
        status => status,
    },
    code: "ENT-ADDR-MISMATCH",
    same: "checks.address_same",
    partly: "checks.address_partly",
    differs: "checks.address_differs",
    unread: "checks.address_unread",
};

const fn pass_or_fail(same: bool) -> Status {
    if same { Status::Pass } else { Status::Fail }
}

impl CertificateFields {
    fn compare(&self, field: &Field, document: &Document<'_>, filed: &str, printed: Option<&str>) -> Finding {
        let about = Statement::about(self, Section::Entity, field.place).shown_on(document.kind);
        let Some(printed) = printed.filter(|printed| !text::blank(printed)) else {
            return about.not_run(field.unread);
        };
        match (field.judge)(filed, printed) {
            Status::Pass => about.pass(field.same),
            Status::Warn => about.warn_of(field.code, field.partly).seen(filed, printed),
            _ => about.fail(field.code, field.differs).seen(filed, printed),
        }
    }

    /// Many certificates print no term: where neither the filing nor the paper gives one, there is nothing to say.
    fn term(&self, case: &Case<'_>) -> Option<Finding> {
        let printed = case.filing.certificate_transcript().and_then(|certificate| certificate.valid_until);
        let terms = [case.filing.entity.certificate_valid_until, printed];
        let ended = terms.into_iter().flatten().find(|term| !term.covers(case.day));
        let certificate = AttachmentKind::EntityCertificate;
        let about = Statement::about(self, Section::Entity, Object::attachment(certificate));
        let about = about.shown_on(certificate);
        match ended {
            Some(term) => Some(about.warn_of("MAT-EXPIRED", "checks.certificate_ended").seen(term, case.day)),
            None if terms.iter().any(Option::is_some) => Some(about.pass("checks.certificate_in_term")),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::filing::ValidUntil;
    use crate::domain::finding::EvidenceRef;

    #[test]
    fn an_organisation_is_compared_with_its_certificate() {
        run_table(
            &CertificateFields,
            Sample::enterprise,
            &[
                ("name in other widths", |s| s.filing.entity.name = "深圳市 样例科技有限公司".into(), &[]),
                (
                    "another name",
                    |s| s.filing.entity.name = "深圳市样例技术有限公司".into(),
                    &["fail ENT-NAME-MISMATCH@name"],
                ),
                (
                    "only the short name",
                    |s| s.filing.entity.name = "样例科技".into(),
                    &["fail ENT-NAME-MISMATCH@name"],
                ),
                (
                    "number in small letters",
                    |s| s.filing.entity.certificate_number = "91440300ma00000077".into(),
                    &[],
                ),
                (
                    "another number",
                    |s| s.filing.entity.certificate_number = "91440300MA00000152".into(),
                    &["fail ENT-CERTNO-MISMATCH@number"],
                ),
                (
                    "the province before the address",
                    |s| s.certificate().address = Some("广东省深圳市样例区样例路1号样例大厦801".into()),
                    &["warn ENT-ADDR-MISMATCH@address"],
                ),
                (
                    "full-width digits in the address",
                    |s| s.certificate().address = Some("深圳市样例区样例路１号样例大厦８０１".into()),
                    &[],
                ),
                (
                    "another address",
                    |s| s.certificate().address = Some("深圳市样例区样例路2号".into()),
                    &["fail ENT-ADDR-MISMATCH@address"],
                ),
                (
                    "no address filed",
                    |s| s.filing.entity.certificate_address.clear(),
                    &["fail ENT-ADDR-MISMATCH@address"],
                ),
                ("address not transcribed", |s| s.certificate().address = None, &["not_run address"]),
                (
                    "name transcribed as nothing",
                    |s| s.certificate().name = Some(" ".into()),
                    &["not_run name"],
                ),
                (
                    "no transcript",
                    |s| s.attachment(AttachmentKind::EntityCertificate).transcript = None,
                    &["not_run name", "not_run number", "not_run address"],
                ),
                (
                    "no certificate",
                    |s| s.remove(AttachmentKind::EntityCertificate),
                    &["not_run name", "not_run number", "not_run address"],
                ),
            ],
        );
    }

    #[test]
    fn the_term_ends_after_its_last_day() {
        run_table(
            &CertificateFields,
            Sample::enterprise,
            &[
                ("last day", |s| s.filing.entity.certificate_valid_until = Some(ValidUntil::Day(s.day)), &[]),
                (
                    "the day after",
                    |s| s.filing.entity.certificate_valid_until = s.day.yesterday().ok().map(ValidUntil::Day),
                    &["warn MAT-EXPIRED@entity_certificate"],
                ),
                (
                    "the paper says otherwise than the filing",
                    |s| s.certificate().valid_until = Some(ValidUntil::Day(date(2024, 1, 1))),
                    &["warn MAT-EXPIRED@entity_certificate"],
                ),
                (
                    "no term given",
                    |s| {
                        s.filing.entity.certificate_valid_until = None;
                        s.certificate().valid_until = None;
                    },
                    &[],
                ),
            ],
        );
    }

    #[test]
    fn a_person_is_compared_with_the_identity_document() {
        run_table(
            &CertificateFields,
            Sample::individual,
            &[
                (
                    "another name",
                    |s| s.filing.entity.name = "赵样例工作室".into(),
                    &["fail ENT-NAME-MISMATCH@name"],
                ),
                (
                    "another number",
                    |s| s.filing.entity.certificate_number = "440300198505050025".into(),
                    &["fail ENT-CERTNO-MISMATCH@number"],
                ),
                (
                    "number not transcribed",
                    |s| s.identity(AttachmentKind::EntityPrincipalIdFront).number = None,
                    &["not_run number"],
                ),
                ("no address on the front", |s| s.filing.entity.certificate_address.clear(), &[]),
            ],
        );
    }

    #[test]
    fn a_difference_shows_both_values_and_brings_the_right_picture() {
        for (mut sample, kind) in [
            (Sample::enterprise(), AttachmentKind::EntityCertificate),
            (Sample::individual(), AttachmentKind::EntityPrincipalIdFront),
        ] {
            let printed = std::mem::replace(&mut sample.filing.entity.name, "别的样例".into());
            let findings = sample.findings(&CertificateFields);
            let found = findings.iter().find(|finding| finding.status == Status::Fail).unwrap();
            assert_eq!(found.observed.as_deref(), Some("别的样例"));
            assert_eq!(found.expected, Some(printed));
            assert_eq!(found.evidence, [EvidenceRef::Attachment(Object::attachment(kind))]);
        }
    }
}
