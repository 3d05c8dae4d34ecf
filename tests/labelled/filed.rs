//! What the filing says of itself: type, place, numbers, names, services, domains; and records about them.

use heyan::domain::case::{Relation, RelationKind};
use heyan::domain::filing::{
    Attachment, AttachmentKind as Kind, CodeSet, DomainCertificateTranscript, PreApproval, Transcript,
    ValidUntil,
};
use jiff::civil::date;

use crate::case::Exactly::{Fail, NotRun, Warn};
use crate::case::{Case, silent, wrong};
use crate::scene::Base::{Company, Elsewhere, Person};
use crate::scene::Scene;

pub const CASES: &[Case] = &[
    wrong(
        1,
        Company,
        "a company filed as an association",
        |s| s.entity().entity_type = 6,
        &[
            ("entity_type", Fail, "ENT-TYPE-MISMATCH@entity_type"),
            ("entity_type", Fail, "ENT-CERTTYPE-MISMATCH@certificate_type"),
        ],
    ),
    wrong(
        3,
        Company,
        "the region code is another city's",
        |s| s.entity().region = Some("510107".into()),
        &[("entity_region", Warn, "@mail_address")],
    ),
    wrong(
        1,
        Elsewhere,
        "a province's letter that no filing number has",
        |s| {
            s.entity().filing_number = Some("川ICP备2023990001号".into());
        },
        &[("filing_number", Warn, "@entity")],
    ),
    wrong(
        9,
        Company,
        "a name of two characters",
        |s| {
            s.site().name = "样例".into();
            s.form().site_name = Some("样例".into());
        },
        &[("site_name", Fail, "SITE-NAME-SHORT@site.name")],
    ),
    wrong(
        9,
        Person,
        "a person files a shop",
        |s| s.site().service_contents = CodeSet::Numbers(vec![9]),
        &[("site_service", Warn, "SITE-SERVICE-TYPE@site.services")],
    ),
    wrong(
        11,
        Company,
        "the home page on another domain",
        |s| s.site().home_urls = vec!["www.other.example".into()],
        &[("home_url", Fail, "SITE-URL-INVALID@site.url")],
    ),
    wrong(
        0,
        Company,
        "a pre-approval without its number",
        |s| s.site().pre_approvals = vec![PreApproval { category: 1, number: String::new() }],
        &[
            ("pre_approval", Warn, "@pre_approval"),
            ("pre_approval", NotRun, "@pre_approval"),
            ("verification_form", Fail, "VFS-PREAPPROVAL-TICK@verification_form"),
            ("required_materials", Fail, "MAT-MISSING@permit"),
        ],
    ),
    wrong(
        8,
        Company,
        "a photo that looks like another entity's",
        |s| {
            s.relations.push(Relation {
                kind: RelationKind::Look,
                role: None,
                filing: "X-4".into(),
                entity: "91440304MAYL104093".into(),
                same_person: false,
            })
        },
        &[("photo_reuse", Warn, "PHO-REUSED@backdrop_photo")],
    ),
    wrong(
        11,
        Company,
        "another holder on the domain certificate",
        |s| certificate(s, "深圳市样例贸易有限公司"),
        &[("domain_certificate", Fail, "DOM-HOLDER-MISMATCH@yangli.example")],
    ),
    wrong(
        1,
        Company,
        "the registered term has run out",
        |s| s.record(|r| r.valid_until = Some(ValidUntil::Day(date(2026, 10, 1)))),
        &[("registry_term", Warn, "@entity")],
    ),
    silent(8, Company, "a photo that looks like a sibling's", |s| {
        s.relations.push(Relation {
            kind: RelationKind::Look,
            role: None,
            filing: "F-8".into(),
            entity: "91440300MA00000077".into(),
            same_person: true,
        })
    }),
    silent(11, Company, "the entity on the domain certificate", |s| certificate(s, "深圳市样例科技有限公司")),
    silent(1, Company, "a registered term of twenty years", |s| {
        s.record(|r| r.valid_until = Some(ValidUntil::Day(date(2046, 10, 1))))
    }),
    silent(11, Company, "the home page without www", |s| {
        s.site().home_urls = vec!["https://yangli.example/".into()]
    }),
];

/// A domain certificate with this holder, and nothing read off its picture.
fn certificate(scene: &mut Scene, holder: &str) {
    let transcript = DomainCertificateTranscript {
        domain: Some("yangli.example".into()),
        holder: Some(holder.into()),
        ..DomainCertificateTranscript::default()
    };
    scene.filing.attachments.push(Attachment {
        kind: Kind::DomainCertificate,
        file: "domain.pdf".into(),
        sha256: None,
        transcript: Some(Transcript::DomainCertificate(transcript)),
    });
}
