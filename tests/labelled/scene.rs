//! A filing with everything that is known of it, clean at first: what a case changes.

use std::collections::BTreeMap;

use heyan::checks;
use heyan::config::Layers;
use heyan::domain::case::{AttachmentFacts, Case, FileFormat, Known, Prefixes, Provider, Relation};
use heyan::domain::evidence::{Gathered, KeptEvidence, PageReading, Subject};
use heyan::domain::filing::{
    Access, AttachmentKind, CertificateTranscript, CodeSet, Entity, Filing, IdentityTranscript, IpRange,
    OrderType, Person, Site, Transcript, VerificationForm,
};
use heyan::domain::finding::Finding;
use heyan::domain::policy::GatherPolicy;
use heyan::domain::prefixes::PrefixList;
use heyan::domain::provinces::ProvinceRules;
use heyan::domain::revision::sha256_hex;
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::clean_evidence::{self as clean};

/// The day on which every case is judged.
pub const DAY: Date = date(2026, 11, 23);
/// Noon of that day in UTC.
const NOW: &str = "2026-11-23T04:00:00Z";

/// Minutes between two observations that confirm each other, and between two that do not.
pub const APART: i64 = 6 * 60;
pub const SOON: i64 = 20;

/// The filings that cases start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    /// A company of Guangdong in special verification: the foot shows the entity's number.
    Company,
    /// A company of Sichuan in special verification: the foot shows the site's number.
    Elsewhere,
    /// A person of Guangdong in special verification.
    Person,
    /// A company's first filing: the site must not be open yet.
    First,
    /// A company's order for access: the site must be open.
    Access,
}

impl Base {
    pub const ALL: [Base; 5] = [Base::Company, Base::Elsewhere, Base::Person, Base::First, Base::Access];
}

/// What the checks are given.
pub struct Scene {
    pub filing: Filing,
    pub facts: Vec<AttachmentFacts>,
    pub pieces: Vec<Gathered>,
    pub relations: Vec<Relation>,
    pub rules: GatherPolicy,
    pub prefixes: PrefixList,
}

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

impl Scene {
    pub fn of(base: Base) -> Scene {
        let json = match base {
            Base::Person => include_str!("../../src/checks/fixture/individual.json"),
            _ => include_str!("../../src/checks/fixture/enterprise.json"),
        };
        let mut filing: Filing = serde_json::from_str(json).unwrap();
        filing.order_type = match base {
            Base::First => OrderType::First,
            Base::Access => OrderType::Access,
            _ => OrderType::SpecialVerification,
        };
        if base == Base::Elsewhere {
            move_to_sichuan(&mut filing);
        }
        let letter = if base == Base::Elsewhere { '蜀' } else { '粤' };
        let domain = filing.site.as_ref().unwrap().domains.clone();
        if base != Base::First {
            filing.entity.filing_number = Some(format!("{letter}ICP备2023990001号"));
            filing.site.as_mut().unwrap().filing_number = Some(format!("{letter}ICP备2023990001号-1"));
        }
        let address = "192.0.2.10".parse().unwrap();
        filing.access = vec![Access {
            provider: "样例云".into(),
            modes: CodeSet::Numbers(vec![5]),
            server_locations: CodeSet::Numbers(vec![5]),
            ip_ranges: vec![IpRange { first: address, last: address }],
            domains: domain,
        }];
        let facts: Vec<AttachmentFacts> = filing
            .attachments
            .iter()
            .map(|attachment| AttachmentFacts {
                kind: attachment.kind,
                sha256: sha256_hex(attachment.file.as_bytes()),
                bytes: 60_000,
                format: FileFormat::Jpeg,
                pixels: Some((800, 600)),
            })
            .collect();
        for (attachment, fact) in filing.attachments.iter_mut().zip(&facts) {
            attachment.sha256 = Some(fact.sha256.clone());
        }
        Scene {
            pieces: clean::clean(&filing, &facts, now()),
            filing,
            facts,
            relations: Vec::new(),
            rules: Layers::compiled_in().unwrap().finish().policy.gather,
            prefixes: PrefixList::parse("192.0.2.0/24\n198.51.100.0/24\n2001:db8::/32").unwrap(),
        }
    }

    /// What all checks say.
    pub fn findings(&self) -> Vec<Finding> {
        let mut evidence: Vec<KeptEvidence> = self
            .pieces
            .iter()
            .map(|gathered| KeptEvidence {
                id: gathered.evidence.sealed().0,
                evidence: gathered.evidence.clone(),
            })
            .collect();
        evidence.sort_by_key(|kept| std::cmp::Reverse(kept.evidence.observed_at));
        let readings: BTreeMap<&str, &PageReading> = self
            .pieces
            .iter()
            .flat_map(|gathered| &gathered.readings)
            .map(|reading| (reading.text_sha256.as_str(), reading))
            .collect();
        let readings: Vec<PageReading> = readings.into_values().cloned().collect();
        checks::judge(&Case {
            filing: &self.filing,
            attachments: &self.facts,
            relations: &self.relations,
            provinces: ProvinceRules::shipped(),
            provider: Provider {
                name: "样例云",
                prefixes: Prefixes::Listed { version: "样例", list: &self.prefixes },
            },
            known: Known { evidence: &evidence, readings: &readings, rules: &self.rules },
            day: DAY,
        })
    }

    // The filing.

    pub fn entity(&mut self) -> &mut Entity {
        &mut self.filing.entity
    }

    pub fn site(&mut self) -> &mut Site {
        self.filing.site.as_mut().unwrap()
    }

    pub fn site_principal(&mut self) -> &mut Person {
        &mut self.site().principal
    }

    fn transcript(&mut self, kind: AttachmentKind) -> &mut Transcript {
        let attachment =
            self.filing.attachments.iter_mut().find(|attachment| attachment.kind == kind).unwrap();
        attachment.transcript.as_mut().unwrap()
    }

    pub fn certificate(&mut self) -> &mut CertificateTranscript {
        match self.transcript(AttachmentKind::EntityCertificate) {
            Transcript::Certificate(certificate) => certificate,
            other => panic!("no certificate but {other:?}"),
        }
    }

    pub fn identity(&mut self, kind: AttachmentKind) -> &mut IdentityTranscript {
        match self.transcript(kind) {
            Transcript::Identity(identity) => identity,
            other => panic!("no identity document but {other:?}"),
        }
    }

    pub fn form(&mut self) -> &mut VerificationForm {
        match self.transcript(AttachmentKind::VerificationForm) {
            Transcript::VerificationForm(form) => form,
            other => panic!("no form but {other:?}"),
        }
    }

    pub fn remove(&mut self, kind: AttachmentKind) {
        let gone = self.hash(kind);
        self.filing.attachments.retain(|attachment| attachment.kind != kind);
        self.facts.retain(|fact| fact.kind != kind);
        self.forget(|piece| piece.subject == Subject::Attachment(gone.clone()));
    }
}

fn move_to_sichuan(filing: &mut Filing) {
    filing.province = "510000".into();
    let address = "成都市武侯区样例路1号样例大厦801";
    let entity = &mut filing.entity;
    entity.certificate_number = "91510107MA0000007C".into();
    (entity.certificate_address, entity.mail_address) = (address.into(), address.into());
    entity.region = Some("510107".into());
    entity.name = "成都样例科技有限公司".into();
    entity.superior = entity.name.clone();
    entity.principal.landline = Some("028-82220001".into());
    let name = entity.name.clone();
    filing.site.as_mut().unwrap().principal.landline = Some("028-82220002".into());
    for attachment in &mut filing.attachments {
        match &mut attachment.transcript {
            Some(Transcript::Certificate(certificate)) => {
                certificate.name = Some(name.clone());
                certificate.number = Some("91510107MA0000007C".into());
                certificate.address = Some(address.into());
            }
            Some(Transcript::VerificationForm(form)) => {
                form.entity_name = Some(name.clone());
                form.seal = Some(name.clone());
            }
            _ => {}
        }
    }
}
