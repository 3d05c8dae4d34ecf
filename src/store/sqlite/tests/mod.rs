//! The store against real files in a temporary folder.

mod claims;
mod decisions;
mod elsewhere;
mod evidence;
mod imports;
mod model;
mod opening;
mod pages;
mod policy;
mod search;
mod verification;

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::SqliteStore;
use crate::domain::case::{AttachmentFacts, FileFormat};
use crate::domain::decision::{Conclusion, Decision, Draft, Grade, HoldKind};
use crate::domain::filing::{Attachment, AttachmentKind, Entity, EvidenceScheme, Filing, OrderType, Person};
use crate::domain::finding::{Finding, Section, Status};
use crate::domain::message::Message;
use crate::domain::object::{Place, ReasonUse};
use crate::domain::policy::{Attention, Policy};
use crate::domain::replay::Basis;
use crate::domain::revision::sha256_hex;
use crate::domain::vault::Vault;
use crate::store::{
    Actor, CaseFile, DecisionQuery, Elsewhere, ImportItem, ImportReport, Origin, ReadStore, Recorded, Store,
    StoreError,
};

/// Half past nine in the morning in the workspace's zone.
const START: &str = "2026-03-02T01:30:00Z";

fn policy() -> Policy {
    Policy {
        zone: "Asia/Shanghai".into(),
        cool_off_seconds: 600,
        second_review: true,
        attention: Attention::Desk,
        lease_seconds: 300,
        provider: "样例云".into(),
        provider_prefixes: vec!["192.0.2.0/24".into()],
        prefix_list: None,
        gather: Default::default(),
    }
}

fn reviewer(name: &str) -> Actor {
    Actor { reviewer: name.into(), uid: 1000 }
}

/// A workspace with a clock that only tests move.
struct Desk {
    folder: TempDir,
    store: SqliteStore,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = START.parse().unwrap();
        let store = SqliteStore::create(folder.path(), &policy(), now, &reviewer("setup")).unwrap();
        Desk { folder, store, now }
    }

    /// Another handle on the same workspace.
    fn beside(&self) -> SqliteStore {
        SqliteStore::open(self.folder.path()).unwrap()
    }

    fn wait(&mut self, seconds: i64) {
        self.now = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }

    fn import(&mut self, items: &[ImportItem]) -> ImportReport {
        let mut vault = self.store.vault();
        for facts in items.iter().flat_map(|item| &item.attachments) {
            vault.put(&facts.sha256, &bytes_of(facts)).unwrap();
        }
        self.store.import(items, self.now, &reviewer("importer")).unwrap()
    }

    fn case(&self, key: &str) -> CaseFile {
        self.store.case(key, self.now).unwrap()
    }

    fn draft(&self, key: &str, conclusion: Conclusion) -> Draft {
        draft(&self.case(key), conclusion)
    }

    fn decide(&mut self, key: &str, conclusion: Conclusion, by: &str) -> Result<Recorded, StoreError> {
        let draft = self.draft(key, conclusion);
        self.record(&draft, by)
    }

    /// Fails count as flagged for a second look.
    fn record(&mut self, draft: &Draft, by: &str) -> Result<Recorded, StoreError> {
        let flagged = !draft.conclusion.reasons().is_empty();
        self.store.record(draft, flagged, None, self.now, &reviewer(by))
    }

    fn second_look(&mut self, key: &str, conclusion: Conclusion, by: &str) -> Result<Recorded, StoreError> {
        let draft = Draft { second_review: true, opinion: String::new(), ..self.draft(key, conclusion) };
        self.record(&draft, by)
    }

    fn decisions(&self) -> Vec<Decision> {
        let query = DecisionQuery {
            from: "2026-01-01".parse().unwrap(),
            to: "2026-12-31".parse().unwrap(),
            findings: true,
        };
        let mut found = Vec::new();
        let mut sink = |decision| {
            found.push(decision);
            ControlFlow::Continue(())
        };
        self.store.decisions(&query, self.now, &mut sink).unwrap();
        found
    }

    /// The filings whose photos are there to compare, in that order.
    fn elsewhere(&self, key: &str, wanted: &[&str]) -> Vec<String> {
        let found = self.store.elsewhere(key, wanted).unwrap();
        let of = |other: Elsewhere| match other.from {
            Origin::Filing { key, .. } => key,
            Origin::Revision => "before".into(),
        };
        found.into_iter().map(of).collect()
    }

    fn entries(&self) -> i64 {
        let count = "SELECT count(*) FROM entry";
        self.store.connection.query_row(count, [], |row| row.get(0)).unwrap()
    }

    #[track_caller]
    fn assert_sound(&self) {
        let report = self.store.verify(&mut |_| ()).unwrap();
        assert_eq!(report.problems, [], "of {report:?}");
    }
}

fn draft(case: &CaseFile, conclusion: Conclusion) -> Draft {
    Draft {
        filing: case.filing.key.clone(),
        revision: case.revision.clone(),
        seen: case.current.as_ref().map(|decision| decision.seq),
        conclusion,
        opinion: "请更正样例内容".into(),
        internal_note: String::new(),
        findings: findings(),
        shown: case.attachments.iter().map(|facts| facts.sha256.clone()).collect(),
        not_asked_again: Vec::new(),
        basis: Basis::of(case),
        second_review: false,
    }
}

fn fail() -> Conclusion {
    Conclusion::Fail { grade: Grade::Revise, reasons: vec![reason()] }
}

fn reason() -> ReasonUse {
    ReasonUse::new("ENT-NAME-MISMATCH", Place::Name)
}

fn hold(until: Option<Timestamp>) -> Conclusion {
    Conclusion::Hold { hold: HoldKind::Callback, until }
}

/// One that passed, and one that failed with personal values.
fn findings() -> Vec<Finding> {
    let passed = Finding {
        check: "certificate_number".into(),
        version: 1,
        status: Status::Pass,
        section: Section::Entity,
        object: Place::Number.into(),
        message: Message::new("checks.certificate_number_valid"),
        observed: None,
        expected: None,
        evidence: Vec::new(),
        proposes: Vec::new(),
    };
    let failed = Finding {
        check: "entity_name".into(),
        status: Status::Fail,
        object: Place::Name.into(),
        message: Message::new("checks.entity_name_differs").with("name", "王样例"),
        observed: Some("王样例".into()),
        expected: Some("李样例".into()),
        proposes: vec![reason()],
        ..passed.clone()
    };
    vec![passed, failed]
}

fn all_passed() -> Vec<Finding> {
    findings().into_iter().take(1).collect()
}

/// A filing of an entity of its own, with a photo of its own.
fn item(key: &str) -> ImportItem {
    let number = sha256_hex(key.as_bytes());
    let person = Person {
        name: "王样例".into(),
        document_type: 2,
        document_number: number[..18].into(),
        valid_from: None,
        valid_until: None,
        mobile: number.bytes().take(11).map(|byte| char::from(b'0' + byte % 10)).collect(),
        landline: None,
        emergency: None,
        email: format!("{key}@a.example").to_lowercase(),
        remark: String::new(),
    };
    let filing = Filing {
        source: "样例台".into(),
        key: key.into(),
        order_type: OrderType::First,
        province: "440000".into(),
        evidence_scheme: EvidenceScheme::FormAndBackdrop,
        submitted_at: None,
        due_at: None,
        entity: Entity {
            name: "深圳市样例科技有限公司".into(),
            entity_type: 4,
            certificate_type: 1,
            certificate_number: number[20..38].to_uppercase(),
            certificate_address: "广东省深圳市样例路1号".into(),
            certificate_valid_until: None,
            mail_address: String::new(),
            region: None,
            superior: String::new(),
            remark: String::new(),
            filing_number: None,
            principal: person,
            legal_representative: None,
        },
        site: None,
        access: Vec::new(),
        attachments: Vec::new(),
        attachments_elsewhere: false,
    };
    with_photo(ImportItem { filing, attachments: Vec::new() }, key)
}

/// The item with another photo, whose bytes are `content`.
fn with_photo(mut item: ImportItem, content: &str) -> ImportItem {
    let sha256 = sha256_hex(content.as_bytes());
    let attachment = Attachment {
        kind: AttachmentKind::BackdropPhoto,
        file: format!("{content}.jpg"),
        sha256: Some(sha256.clone()),
        transcript: None,
    };
    let facts = AttachmentFacts {
        kind: AttachmentKind::BackdropPhoto,
        sha256,
        bytes: content.len() as u64,
        format: FileFormat::Jpeg,
        pixels: Some((1600, 1200)),
    };
    PHOTOS.with_borrow_mut(|photos| photos.insert(facts.sha256.clone(), content.as_bytes().to_vec()));
    item.filing.attachments = vec![attachment];
    item.attachments = vec![facts];
    item
}

thread_local! {
    static PHOTOS: std::cell::RefCell<std::collections::HashMap<String, Vec<u8>>> = Default::default();
}

fn bytes_of(facts: &AttachmentFacts) -> Vec<u8> {
    PHOTOS.with_borrow(|photos| photos[&facts.sha256].clone())
}

fn due(mut item: ImportItem, at: &str) -> ImportItem {
    item.filing.due_at = Some(at.parse().unwrap());
    item
}

/// The item with something changed that makes another revision.
fn changed(mut item: ImportItem, remark: &str) -> ImportItem {
    item.filing.entity.remark = remark.into();
    item
}
