//! A valid synthetic filing, and what a check says of a filing in one line a finding.

use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::Check;
use crate::domain::case::Case;
use crate::domain::filing::*;
use crate::domain::provinces::ProvinceRules;

/// The day on which tests judge.
const DAY: Date = date(2026, 11, 23);

/// An enterprise with two principals, form and backdrop photo, all materials transcribed, documents until 2045.
pub(super) fn enterprise() -> Filing {
    let principal = person("王样例", "440305198505050019", 1);
    let site_principal = person("李样例", "440305199006060022", 2);
    let attachments = vec![
        attachment(AttachmentKind::EntityCertificate, None),
        front(AttachmentKind::EntityPrincipalIdFront, &principal),
        back(AttachmentKind::EntityPrincipalIdBack, &principal),
        front(AttachmentKind::SitePrincipalIdFront, &site_principal),
        back(AttachmentKind::SitePrincipalIdBack, &site_principal),
        attachment(AttachmentKind::VerificationForm, None),
        attachment(AttachmentKind::BackdropPhoto, None),
    ];
    Filing {
        source: "test".into(),
        key: "T-1".into(),
        order_type: OrderType::First,
        province: "440000".into(),
        evidence_scheme: EvidenceScheme::FormAndBackdrop,
        submitted_at: None,
        due_at: None,
        entity: Entity {
            name: "深圳市样例科技有限公司".into(),
            entity_type: 4,
            certificate_type: 1,
            certificate_number: "91440300000000019B".into(),
            certificate_address: "广东省深圳市南山区样例路1号".into(),
            certificate_valid_until: Some(ValidUntil::LongTerm),
            mail_address: "广东省深圳市南山区样例路1号".into(),
            region: Some("440305".into()),
            superior: "深圳市样例科技有限公司".into(),
            remark: String::new(),
            filing_number: None,
            principal,
            legal_representative: None,
        },
        site: Some(Site {
            service_type: ServiceType::Website,
            name: "样例科技".into(),
            domains: vec!["sample.example".into()],
            home_urls: Vec::new(),
            service_contents: CodeSet::default(),
            languages: CodeSet::default(),
            pre_approvals: Vec::new(),
            remark: String::new(),
            filing_number: None,
            principal: site_principal,
        }),
        access: Vec::new(),
        attachments,
    }
}

fn person(name: &str, number: &str, nth: u8) -> Person {
    Person {
        name: name.into(),
        document_type: 2,
        document_number: number.into(),
        valid_from: Some(date(2025, 3, 1)),
        valid_until: Some(ValidUntil::Day(date(2045, 3, 1))),
        mobile: format!("1390000000{nth}"),
        landline: Some(format!("0755-2222000{nth}")),
        emergency: Some(format!("1390000001{nth}")),
        email: format!("principal{nth}@sample.example"),
        remark: String::new(),
    }
}

fn front(kind: AttachmentKind, person: &Person) -> Attachment {
    let shown = IdentityTranscript {
        name: Some(person.name.clone()),
        number: Some(person.document_number.clone()),
        ..IdentityTranscript::default()
    };
    attachment(kind, Some(Transcript::Identity(shown)))
}

fn back(kind: AttachmentKind, person: &Person) -> Attachment {
    let shown = IdentityTranscript {
        valid_from: person.valid_from,
        valid_until: person.valid_until,
        ..IdentityTranscript::default()
    };
    attachment(kind, Some(Transcript::Identity(shown)))
}

fn attachment(kind: AttachmentKind, transcript: Option<Transcript>) -> Attachment {
    Attachment { kind, file: format!("pictures/{kind}.jpg"), sha256: None, transcript }
}

/// What a check says on the day of the tests: `status message_name proposals…`, a finding a line.
pub(super) fn said(check: &dyn Check, filing: &Filing) -> Vec<String> {
    said_on(check, filing, DAY)
}

/// The same on another day.
pub(super) fn said_on(check: &dyn Check, filing: &Filing, day: Date) -> Vec<String> {
    static PROVINCES: LazyLock<ProvinceRules> = LazyLock::new(ProvinceRules::default);
    let case = Case { filing, attachments: &[], relations: &[], provinces: &PROVINCES, day };
    let mut findings = Vec::new();
    check.run(&case, &mut findings);
    findings
        .iter()
        .map(|finding| {
            assert_eq!(finding.check, check.id());
            assert!(finding.proposes.iter().all(|reason| check.proposes().contains(&reason.code.as_str())));
            for lang in crate::domain::message::Lang::ALL {
                let text = finding.message.text(lang);
                assert!(
                    !text.contains('{') && !text.contains("@numbers") && text != finding.message.id,
                    "{text}"
                );
            }
            let name = finding.message.id.trim_start_matches("numbers.");
            let proposals = finding.proposes.iter().map(|reason| format!(" {reason}")).collect::<String>();
            format!("{} {name}{proposals}", finding.status)
        })
        .collect()
}

#[test]
fn every_number_check_passes_the_fixture() {
    let checks: [&dyn Check; 4] = [
        &super::certificate_number::CertificateNumber,
        &super::entity_type::EntityType,
        &super::principal_id::PrincipalId,
        &super::contact_format::ContactFormat,
    ];
    for check in checks {
        for line in said(check, &enterprise()) {
            assert!(line.starts_with("pass"), "{}: {line}", check.id());
        }
    }
}
