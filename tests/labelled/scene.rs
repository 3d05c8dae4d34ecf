//! A filing with everything that is known of it, clean at first: what a case changes.

use std::collections::BTreeMap;

use heyan::checks;
use heyan::config::Layers;
use heyan::domain::case::{AttachmentFacts, Case, FileFormat, Known, Prefixes, Provider, Relation};
use heyan::domain::domain_name;
use heyan::domain::evidence::{
    Call, CallOutcome, DnsAnswers, Evidence, FaceComparison, Gathered, Gatherer, HostAnswers, KeptEvidence,
    Observation, Page, PageReading, PixelFacts, PixelInspection, Registration, RegistrationAnswer,
    RegistrationResult, RegistryAnswer, RegistryRecord, RegistryResult, Subject, TextReading, VisitEnd, Word,
};
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

use crate::clean_evidence::{self as clean, footer_number, page_lines, piece};

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

fn now() -> Timestamp {
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

    // The evidence.

    pub fn domain(&self) -> String {
        domain_name::ascii(&self.filing.site.as_ref().unwrap().domains[0]).unwrap()
    }

    fn of_domain(&self) -> Subject {
        Subject::Domain(self.domain())
    }

    fn hash(&self, kind: AttachmentKind) -> String {
        self.facts.iter().find(|fact| fact.kind == kind).unwrap().sha256.clone()
    }

    pub fn forget(&mut self, which: impl Fn(&Evidence) -> bool) {
        self.pieces.retain(|gathered| !which(&gathered.evidence));
    }

    pub fn forget_all(&mut self, gatherer: Gatherer) {
        self.forget(|piece| piece.gatherer() == gatherer);
    }

    pub fn add(&mut self, subject: Subject, minutes: i64, observation: Observation) {
        self.pieces.push(piece(subject, now(), minutes, observation));
    }

    fn change(&mut self, gatherer: Gatherer, change: impl Fn(&mut Observation)) {
        let mut any = false;
        for gathered in self.pieces.iter_mut().filter(|one| one.evidence.gatherer() == gatherer) {
            change(&mut gathered.evidence.observation);
            any = true;
        }
        assert!(any, "no evidence of {gatherer}");
    }

    pub fn registry(&mut self, result: RegistryResult) {
        self.forget_all(Gatherer::Registry);
        let number = Subject::number(&self.filing.entity.certificate_number).unwrap();
        self.add(number, 60, Observation::Registry(RegistryAnswer { result }));
    }

    pub fn record(&mut self, change: impl Fn(&mut RegistryRecord)) {
        self.change(Gatherer::Registry, |observation| {
            if let Observation::Registry(RegistryAnswer { result: RegistryResult::Found(record) }) =
                observation
            {
                change(record);
            }
        });
    }

    pub fn registration(&mut self, result: RegistrationResult, answer: &str) {
        self.forget_all(Gatherer::Registration);
        let answer = RegistrationAnswer { result, answer: answer.to_owned() };
        self.add(self.of_domain(), 90, Observation::Registration(answer));
    }

    pub fn registered(&mut self, change: impl Fn(&mut Registration)) {
        self.change(Gatherer::Registration, |observation| {
            if let Observation::Registration(RegistrationAnswer {
                result: RegistrationResult::Registered(registration),
                ..
            }) = observation
            {
                change(registration);
            }
        });
    }

    pub fn dns(&mut self, change: impl Fn(&mut DnsAnswers)) {
        self.change(Gatherer::Dns, |observation| {
            if let Observation::Dns(answers) = observation {
                change(answers);
            }
        });
    }

    pub fn hosts(&mut self, change: impl Fn(&mut HostAnswers)) {
        self.dns(|answers| answers.hosts.iter_mut().for_each(&change));
    }

    /// The same answers once more, as many minutes before.
    pub fn again(&mut self, gatherer: Gatherer, minutes: i64) {
        let earlier: Vec<Gathered> = self
            .pieces
            .iter()
            .filter(|gathered| gathered.evidence.gatherer() == gatherer)
            .map(|gathered| {
                let mut earlier = gathered.clone();
                earlier.evidence.observed_at -= jiff::SignedDuration::from_mins(minutes);
                earlier
            })
            .collect();
        assert!(!earlier.is_empty(), "no evidence of {gatherer}");
        self.pieces.extend(earlier);
    }

    /// Every visit ends like this, and there is no page.
    pub fn visits_end(&mut self, end: &VisitEnd) {
        self.change(Gatherer::Website, |observation| {
            if let Observation::Website(visits) = observation {
                visits.pages.clear();
                for visit in &mut visits.visits {
                    visit.hops.clear();
                    visit.end = end.clone();
                }
            }
        });
    }

    /// The site shows these lines, the title first.
    pub fn shows(&mut self, lines: &[&str]) {
        self.forget_all(Gatherer::Website);
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        self.pieces.push(clean::website(&self.filing, &self.domain(), &lines, now()));
    }

    /// The clean page with these lines before its foot.
    pub fn also_shows(&mut self, more: &[&str]) {
        let mut lines = page_lines(&self.filing);
        let foot = usize::from(footer_number(&self.filing).is_some());
        for line in more {
            lines.insert(lines.len() - foot, (*line).to_owned());
        }
        self.shows(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// The page of a site that must not be open, and is.
    pub fn opens(&mut self, lines: &[&str]) {
        self.forget_all(Gatherer::Website);
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let text = lines.join("\n");
        let visits = clean::open(&self.filing, &self.domain(), &lines);
        let mut gathered = piece(self.of_domain(), now(), 35, Observation::Website(visits));
        gathered.readings = vec![PageReading::of(&sha256_hex(text.as_bytes()), &text)];
        self.pieces.push(gathered);
    }

    pub fn page(&mut self, change: impl Fn(&mut Page)) {
        self.change(Gatherer::Website, |observation| {
            if let Observation::Website(visits) = observation {
                visits.pages.iter_mut().for_each(&change);
            }
        });
    }

    pub fn visits(&mut self, change: impl Fn(&mut heyan::domain::evidence::WebsiteVisits)) {
        self.change(Gatherer::Website, |observation| {
            if let Observation::Website(visits) = observation {
                change(visits);
            }
        });
    }

    pub fn face(&mut self, score_permille: u16) {
        let score = FaceComparison { score_permille, threshold_permille: 800 };
        self.change(Gatherer::Face, |observation| *observation = Observation::Face(score));
    }

    /// How calls to a number went, as many minutes before each.
    pub fn calls(&mut self, number: &str, calls: &[(i64, CallOutcome)]) {
        let phone = Subject::phone(number).unwrap();
        self.forget(|piece| piece.subject == phone);
        for (minutes, outcome) in calls {
            self.add(phone.clone(), *minutes, Observation::Call(Call { outcome: *outcome }));
        }
    }

    pub fn pixels(&mut self, kind: AttachmentKind, change: impl Fn(&mut PixelFacts)) {
        let subject = Subject::Attachment(self.hash(kind));
        let of = self
            .pieces
            .iter_mut()
            .find(|one| one.evidence.subject == subject && one.evidence.gatherer() == Gatherer::Pixels);
        if let Observation::Pixels(PixelInspection::Seen(facts)) = &mut of.unwrap().evidence.observation {
            change(facts);
        }
    }

    pub fn words(&mut self, kind: AttachmentKind, change: impl Fn(&mut Vec<Word>)) {
        let subject = Subject::Attachment(self.hash(kind));
        let of = self
            .pieces
            .iter_mut()
            .find(|one| one.evidence.subject == subject && one.evidence.gatherer() == Gatherer::Text);
        if let Observation::Text(TextReading::Read(read)) = &mut of.unwrap().evidence.observation {
            change(&mut read.words);
        }
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
