use std::net::{IpAddr, Ipv4Addr};

use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value as Json, json};

use super::*;
use crate::domain::filing::*;
use crate::domain::message::{self, Lang};

fn person(name: &str) -> Person {
    Person {
        name: name.into(),
        document_type: 2,
        document_number: "440305198505050019".into(),
        valid_from: Some(date(2020, 5, 1)),
        valid_until: Some(ValidUntil::Day(date(2040, 5, 1))),
        mobile: "13900000001".into(),
        landline: Some("0755-22220001".into()),
        emergency: Some("13900000011".into()),
        email: "someone@yangli.example".into(),
        remark: "备注样例".into(),
    }
}

/// A filing with every field filled. No `..Default`: a new field does not compile until it stands here.
fn full() -> Filing {
    let attachment = |kind, transcript| Attachment {
        kind,
        file: format!("{kind}.jpg"),
        sha256: None,
        transcript: Some(transcript),
    };
    Filing {
        source: "样例控制台".into(),
        key: "F-1".into(),
        order_type: OrderType::First,
        province: "440000".into(),
        evidence_scheme: EvidenceScheme::FormAndBackdrop,
        attachments_elsewhere: true,
        submitted_at: Timestamp::from_second(1_800_000_000).ok(),
        due_at: Timestamp::from_second(1_800_100_000).ok(),
        entity: Entity {
            name: "样例科技".into(),
            entity_type: 4,
            certificate_type: 1,
            certificate_number: "91440300MA00000077".into(),
            certificate_address: "样例路1号".into(),
            certificate_valid_until: Some(ValidUntil::LongTerm),
            mail_address: "样例路2号".into(),
            region: Some("440305".into()),
            superior: "样例集团".into(),
            remark: "主体备注样例".into(),
            filing_number: Some("粤ICP备2021990005号".into()),
            principal: person("王样例"),
            legal_representative: Some(LegalRepresentative {
                name: "邓样例".into(),
                document_number: Some("440305198505050019".into()),
            }),
        },
        site: Some(Site {
            service_type: ServiceType::Website,
            name: "样例官网".into(),
            domains: vec!["yangli.example".into(), "yangli.test".into()],
            home_urls: vec!["www.yangli.example".into(), "www.yangli.test".into()],
            service_contents: CodeSet::Numbers(vec![8, 9]),
            languages: CodeSet::Numbers(vec![1, 12]),
            pre_approvals: vec![PreApproval { category: 2, number: "样例字1号".into() }],
            remark: "网站备注样例".into(),
            filing_number: Some("粤ICP备2021990005号-1".into()),
            principal: person("李样例"),
        }),
        access: vec![Access {
            provider: "样例云".into(),
            modes: CodeSet::Numbers(vec![5]),
            server_locations: CodeSet::Numbers(vec![5]),
            ip_ranges: vec![IpRange {
                first: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
                last: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 9)),
            }],
            domains: vec!["yangli.example".into()],
        }],
        attachments: vec![
            attachment(
                AttachmentKind::EntityCertificate,
                Transcript::Certificate(CertificateTranscript {
                    name: Some("样例科技".into()),
                    number: Some("91440300MA00000077".into()),
                    address: Some("样例路1号".into()),
                    legal_representative: Some("邓样例".into()),
                    valid_until: Some(ValidUntil::LongTerm),
                }),
            ),
            attachment(
                AttachmentKind::SitePrincipalIdFront,
                Transcript::Identity(IdentityTranscript {
                    name: Some("李样例".into()),
                    number: Some("440305198505050019".into()),
                    valid_from: Some(date(2020, 5, 1)),
                    valid_until: Some(ValidUntil::LongTerm),
                }),
            ),
            attachment(AttachmentKind::VerificationForm, Transcript::VerificationForm(Box::new(sheet()))),
        ],
    }
}

fn sheet() -> VerificationForm {
    let text = |text: &str| Some(text.to_owned());
    let list = |text: &str| Some(vec![text.to_owned()]);
    VerificationForm {
        entity_name: text("样例科技"),
        site_name: text("样例官网"),
        domains: list("yangli.example"),
        organisation_ticked: Some(true),
        person_ticked: Some(true),
        pre_approval_ticked: Some(true),
        signer: text("李样例"),
        seal: text("样例科技"),
        verifier_signed: Some(true),
        date: Some(date(2026, 6, 1)),
        template: Some(FormTemplate::Organisation),
        template_province: text("440000"),
        site_principal: text("李样例"),
        mobile: text("13900000001"),
        landline: text("0755-22220001"),
        email: text("someone@yangli.example"),
        address: text("样例路2号"),
        service_contents: list("单位门户网站"),
        provider: text("样例云"),
        access_modes: list("云接入"),
        server_locations: list("广东"),
        ip_ranges: list("192.0.2.1-192.0.2.9"),
        subject_ticks: list("营业执照"),
        contact_ticks: list("手机"),
        site_ticks: list("名称规范"),
        access_ticks: list("云接入"),
    }
}

/// Everything that the tables say of a filing.
fn told(filing: &Filing) -> Vec<String> {
    let declared = declared(filing).into_iter().map(|row| (row.label, Some(row.value)));
    let read = filing
        .attachments
        .iter()
        .filter_map(|attachment| attachment.transcript.as_ref())
        .flat_map(|transcript| transcribed(filing, transcript))
        .map(|field| (field.label, field.value));
    let text = |value: Option<Value>| value.map_or_else(String::new, |value| value.text(Lang::Zh));
    declared.chain(read).map(|(label, value)| format!("{label} {}", text(value))).collect()
}

/// The paths of every leaf of a JSON value.
fn leaves(value: &Json, path: &str, out: &mut Vec<String>) {
    match value {
        Json::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, &format!("{path}/{name}"), out));
        }
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), out));
        }
        _ => out.push(path.to_owned()),
    }
}

/// Values of every shape that a leaf may have: one of them fits and differs from what is there.
fn others() -> Vec<Json> {
    vec![
        json!("2031-02-03"),
        json!("2031-02-03T04:05:06Z"),
        json!("203.0.113.77"),
        json!(7),
        json!(false),
        json!("cancel"),
        json!("electronic"),
        json!("app"),
        json!("individual"),
        json!("other"),
        json!("130000"),
    ]
}

#[test]
fn every_leaf_of_a_filing_is_told() {
    let filing = full();
    let json = serde_json::to_value(&filing).unwrap();
    let mut paths = Vec::new();
    leaves(&json, "", &mut paths);
    assert!(paths.len() > 90, "{}", paths.len());
    let before = told(&filing);
    for path in paths.iter().filter(|path| !path.ends_with("/of")) {
        let changed = others().into_iter().find_map(|other| {
            let mut json = json.clone();
            let leaf = json.pointer_mut(path).unwrap();
            if *leaf == other {
                return None;
            }
            *leaf = other;
            serde_json::from_value::<Filing>(json).ok()
        });
        let changed = changed.unwrap_or_else(|| panic!("nothing fits {path}"));
        assert_ne!(told(&changed), before, "{path} is in no row");
    }
}

/// The address of a file is no declaration: the attachments' facts have it.
#[test]
fn the_hash_of_a_file_alone_is_not_told() {
    let mut filing = full();
    filing.attachments[0].sha256 = Some("0".repeat(64));
    assert_eq!(told(&filing), told(&full()));
}

#[test]
fn every_label_exists_and_fits_the_column_of_the_desk() {
    let filing = full();
    let labels = declared(&filing).into_iter().map(|row| row.label);
    let places = Place::ALL.iter().map(|place| place_label(*place));
    for label in labels.chain(places) {
        assert!(message::known(&label), "{label}");
        for lang in Lang::ALL {
            let width = unicode_width::UnicodeWidthStr::width(message::text(lang, &label));
            assert!(width <= 14, "{label}: {width} columns");
        }
    }
}

#[test]
fn the_rows_stand_in_the_order_of_the_sections() {
    let sections: Vec<Section> = declared(&full()).into_iter().map(|row| row.section).collect();
    assert!(sections.is_sorted());
    assert!(Section::ALL.iter().all(|section| sections.contains(section)));
}

#[test]
fn a_shareholder_may_be_a_person() {
    let mut filing = full();
    for (superior, individual, expected) in [
        ("王样例", false, Privacy::Person),
        ("样例集团", false, Privacy::Person),
        ("样例投资集团", false, Privacy::Public),
        ("样例社", false, Privacy::Public),
        ("样例社", true, Privacy::Person),
    ] {
        filing.entity.name = "样例社".into();
        filing.entity.superior = superior.into();
        assert_eq!(Privacy::of_superior(&filing.entity, individual), expected, "{superior}");
        let rows = declared(&filing);
        let row = rows.iter().find(|row| row.object == Place::Superior.into()).unwrap();
        assert_eq!(row.privacy, Privacy::of_superior(&filing.entity, filing.is_individual()), "{superior}");
    }
}

#[test]
fn a_files_name_may_hold_a_number() {
    let mut filing = full();
    filing.attachments[0].file = "执照13800005678.png".into();
    let object = attachment_object(&filing, 0).unwrap();
    let rows = declared(&filing);
    let row = rows.iter().find(|row| row.object == object).unwrap();
    assert_eq!(row.privacy.elsewhere(&row.value.text(Lang::Zh)), "执照138****5678.png");
}

#[test]
fn what_is_left_out_has_no_row_but_the_sites_own_remark_has() {
    let mut filing = full();
    let site = filing.site.as_mut().unwrap();
    site.remark.clear();
    site.languages = CodeSet::default();
    site.principal.landline = None;
    filing.entity.superior.clear();
    let rows = declared(&filing);
    let of = |place: Place| rows.iter().find(|row| row.object == place.into());
    assert_eq!(of(Place::SiteRemark).unwrap().value.text(Lang::Zh), "无");
    assert_eq!(of(Place::SitePrincipalLandline), None);
    assert_eq!(of(Place::Superior), None);
    assert!(rows.iter().all(|row| row.label != "domain.fact_languages"));
}
