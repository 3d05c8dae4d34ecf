//! Clean synthetic filings for the checks' tests: a test changes one thing and says what must be found.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::Check;
use crate::domain::case::{AttachmentFacts, Case, FileFormat, Known, Prefixes, Provider, Relation};
use crate::domain::evidence::{Evidence, Gatherer, KeptEvidence, Means, Observation, PageReading, Subject};
use crate::domain::filing::{
    Attachment, AttachmentKind, CertificateTranscript, EvidenceScheme, Filing, IdentityTranscript, Site,
    Transcript, VerificationForm,
};
use crate::domain::finding::{Finding, Status};
use crate::domain::message::{self, Lang};
use crate::domain::policy::GatherPolicy;
use crate::domain::prefixes::PrefixList;
use crate::domain::provinces::ProvinceRules;
use crate::domain::revision::sha256_hex;

/// All that a case borrows.
#[derive(Debug, Clone)]
pub struct Sample {
    pub filing: Filing,
    pub facts: Vec<AttachmentFacts>,
    pub relations: Vec<Relation>,
    pub day: Date,
    pub rules: &'static ProvinceRules,
    /// The provider's ranges; empty: no list. Its name is 样例云.
    pub prefixes: PrefixList,
    pub evidence: Vec<KeptEvidence>,
    pub readings: Vec<PageReading>,
    pub gather: GatherPolicy,
}

/// One row of a check's table: what it is about, the change to the clean filing, and the statements expected.
pub type Row = (&'static str, fn(&mut Sample), &'static [&'static str]);

impl Sample {
    /// 深圳市样例科技有限公司: form and backdrop photo, two principals.
    pub fn enterprise() -> Self {
        Self::read(include_str!("fixture/enterprise.json"))
    }

    /// The same company's order under electronic verification: a video frame and Guangdong's undertaking, no form.
    pub fn electronic() -> Self {
        let mut filing = Self::enterprise().filing;
        filing.key = "F-2".into();
        filing.evidence_scheme = EvidenceScheme::Electronic;
        filing.attachments.retain(|attachment| attachment.kind != AttachmentKind::VerificationForm);
        for attachment in &mut filing.attachments {
            if attachment.kind == AttachmentKind::BackdropPhoto {
                attachment.kind = AttachmentKind::VideoFrame;
            }
        }
        filing.attachments.push(bare(AttachmentKind::Undertaking));
        Self::with_facts(filing)
    }

    /// A natural person who is both principals.
    pub fn individual() -> Self {
        Self::read(include_str!("fixture/individual.json"))
    }

    pub fn every() -> [Self; 3] {
        [Self::enterprise(), Self::electronic(), Self::individual()]
    }

    fn read(json: &str) -> Self {
        Self::with_facts(serde_json::from_str(json).unwrap())
    }

    fn with_facts(filing: Filing) -> Self {
        let facts = filing
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
        Sample {
            filing,
            facts,
            relations: Vec::new(),
            day: date(2026, 11, 23),
            rules: ProvinceRules::shipped(),
            prefixes: PrefixList::default(),
            evidence: Vec::new(),
            readings: Vec::new(),
            gather: GatherPolicy::NOTHING,
        }
    }

    pub fn case(&self) -> Case<'_> {
        Case {
            filing: &self.filing,
            attachments: &self.facts,
            relations: &self.relations,
            provinces: self.rules,
            provider: Provider {
                name: "样例云",
                prefixes: if self.prefixes.is_empty() {
                    Prefixes::NotGiven
                } else {
                    Prefixes::Listed { version: "样例 1", list: &self.prefixes }
                },
            },
            known: Known { evidence: &self.evidence, readings: &self.readings, rules: &self.gather },
            day: self.day,
        }
    }

    /// Adds an observation of a subject, as many hours before the noon of the sample's day; what is added is the newest
    /// of its kind, so the older goes first.
    pub fn knows(&mut self, subject: Subject, hours_before_noon: i64, observation: Observation) {
        let noon = self.day.at(12, 0, 0, 0).to_zoned_datetime(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        let evidence = Evidence {
            version: observation.gatherer().version(),
            subject,
            means: Means::Machine,
            source: "样例来源".into(),
            observed_at: noon - jiff::SignedDuration::from_hours(hours_before_noon),
            allowed_networks: Vec::new(),
            observation,
        };
        let (id, _) = evidence.sealed();
        self.evidence.insert(0, KeptEvidence { id, evidence });
    }

    /// Evidence of a kind must be there for the sample to be clean.
    pub fn requires(&mut self, gatherer: Gatherer) {
        self.gather.required.push(gatherer);
    }

    /// What a check says, each statement held to the rules of all: it proposes only what it lists and its words
    /// exist in both languages with every placeholder filled.
    pub fn findings(&self, check: &dyn Check) -> Vec<Finding> {
        let mut findings = Vec::new();
        check.run(&self.case(), &mut findings);
        let listed: BTreeSet<&str> = check.proposes().iter().copied().collect();
        for finding in &findings {
            assert_eq!((finding.check.as_str(), finding.version), (check.id(), check.version()));
            assert!(message::known(&finding.message.id), "{}", finding.message.id);
            for id in finding.message.args.values().filter_map(|value| value.strip_prefix('@')) {
                assert!(message::known(id), "{id}");
            }
            for lang in Lang::ALL {
                let text = finding.message.text(lang);
                assert!(!text.contains('{'), "{text}");
            }
            for reason in &finding.proposes {
                assert!(listed.contains(reason.code.as_str()), "{} is not in the list", reason.code);
            }
            assert!(finding.status != Status::Pass || finding.proposes.is_empty(), "a pass proposes nothing");
        }
        findings
    }

    /// Everything that a check says, as `status message`, without the message's room, and then `CODE@OBJECT`.
    pub fn said(&self, check: &dyn Check) -> Vec<String> {
        self.findings(check)
            .iter()
            .map(|finding| {
                let message = finding.message.id.split_once('.').map_or("", |(_, name)| name);
                let proposals: String = finding.proposes.iter().map(|reason| format!(" {reason}")).collect();
                format!("{} {message}{proposals}", finding.status)
            })
            .collect()
    }

    /// Every statement but the passes, as `status object` or `status CODE@OBJECT`.
    pub fn statements(&self, check: &dyn Check) -> Vec<String> {
        self.findings(check)
            .into_iter()
            .filter(|finding| finding.status != Status::Pass)
            .map(|finding| match finding.proposes.first() {
                Some(reason) => format!("{} {reason}", finding.status),
                None => format!("{} {}", finding.status, finding.object),
            })
            .collect()
    }

    pub fn attachment(&mut self, kind: AttachmentKind) -> &mut Attachment {
        self.filing.attachments.iter_mut().find(|attachment| attachment.kind == kind).unwrap()
    }

    pub fn fact(&mut self, kind: AttachmentKind) -> &mut AttachmentFacts {
        self.facts.iter_mut().find(|fact| fact.kind == kind).unwrap()
    }

    pub fn remove(&mut self, kind: AttachmentKind) {
        self.filing.attachments.retain(|attachment| attachment.kind != kind);
        self.facts.retain(|fact| fact.kind != kind);
    }

    pub fn site(&mut self) -> &mut Site {
        self.filing.site.as_mut().unwrap()
    }

    pub fn certificate(&mut self) -> &mut CertificateTranscript {
        match &mut self.attachment(AttachmentKind::EntityCertificate).transcript {
            Some(Transcript::Certificate(certificate)) => certificate,
            other => panic!("no certificate but {other:?}"),
        }
    }

    pub fn identity(&mut self, kind: AttachmentKind) -> &mut IdentityTranscript {
        match &mut self.attachment(kind).transcript {
            Some(Transcript::Identity(identity)) => identity,
            other => panic!("no identity document but {other:?}"),
        }
    }

    pub fn form(&mut self) -> &mut VerificationForm {
        match &mut self.attachment(AttachmentKind::VerificationForm).transcript {
            Some(Transcript::VerificationForm(form)) => form,
            other => panic!("no form but {other:?}"),
        }
    }
}

/// An attachment that nobody transcribed.
pub fn bare(kind: AttachmentKind) -> Attachment {
    Attachment { kind, file: format!("{kind}.jpg"), sha256: None, transcript: None }
}

/// Runs a check's table over one clean filing, which itself must be silent and judged.
pub fn run_table(check: &dyn Check, clean: fn() -> Sample, rows: &[Row]) {
    assert_eq!(clean().statements(check), [""; 0], "the clean filing");
    for (what, change, expected) in rows {
        let mut sample = clean();
        change(&mut sample);
        assert_eq!(sample.statements(check), *expected, "{what}");
    }
}
