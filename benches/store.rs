//! The store beside plain SQLite in the same run, because a disk's flush varies tenfold within minutes:
//! `cargo bench --bench store`.
//!
//! - `decide`: a decision with its durable commit and the next filing claimed, at several lengths of the queue;
//!   `raw_commit`: the same rows inserted and committed without any rule, index or hash.
//! - `import`: a fresh workspace filled in batches of 1,000; `raw_copy`: the same rows copied by SQLite itself
//!   into the same tables and indexes.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

use std::path::Path;

use divan::{Bencher, counter::ItemsCount};
use heyan::domain::decision::{Conclusion, Draft};
use heyan::domain::filing::{Entity, EvidenceScheme, Filing, OrderType, Person};
use heyan::domain::finding::{Finding, Section, Status};
use heyan::domain::message::Message;
use heyan::domain::object::Place;
use heyan::domain::policy::{Attention, Policy};
use heyan::domain::replay::Basis;
use heyan::domain::search::grams;
use heyan::store::{Actor, ClaimNext, Filter, ImportItem, SqliteStore, Store};
use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const QUEUED: [u64; 3] = [300, 10_000, 100_000];
const BATCH: u64 = 1_000;

fn now() -> Timestamp {
    Timestamp::constant(1_772_415_000, 0)
}

fn actor() -> Actor {
    Actor { reviewer: "wang".into(), uid: 1000 }
}

fn policy() -> Policy {
    Policy {
        zone: "Asia/Shanghai".into(),
        cool_off_seconds: 600,
        second_review: true,
        attention: Attention::Desk,
        lease_seconds: 300,
        provider: "样例云".into(),
        provider_prefixes: Vec::new(),
        prefix_list: None,
        gather: Default::default(),
    }
}

/// A filing without images, of an entity of its own.
fn item(nth: u64) -> ImportItem {
    let person = Person {
        name: "王样例".into(),
        document_type: 2,
        document_number: format!("1101011990{:08}", nth * 7_919 % 100_000_000),
        valid_from: None,
        valid_until: None,
        mobile: format!("139{:08}", nth * 6_151 % 100_000_000),
        landline: None,
        emergency: None,
        email: format!("a{nth}@a.example"),
        remark: String::new(),
    };
    let filing = Filing {
        attachments_elsewhere: false,
        source: "bench".into(),
        key: format!("F{nth:08}"),
        order_type: OrderType::First,
        province: "440000".into(),
        evidence_scheme: EvidenceScheme::Electronic,
        submitted_at: None,
        due_at: Timestamp::from_second(1_772_500_000 + (nth * 37 % 100_000) as i64).ok(),
        entity: Entity {
            name: "深圳市样例科技有限公司".into(),
            entity_type: 4,
            certificate_type: 1,
            certificate_number: format!("91440300MA{:08X}", nth * 40_503 % 0xffff_ffff),
            certificate_address: "广东省深圳市样例区样例路1号样例大厦101室".into(),
            certificate_valid_until: None,
            mail_address: "广东省深圳市样例区样例路1号样例大厦101室".into(),
            region: Some("440305".into()),
            superior: "深圳市样例科技有限公司".into(),
            remark: String::new(),
            filing_number: None,
            principal: person,
            legal_representative: None,
        },
        site: None,
        access: Vec::new(),
        attachments: Vec::new(),
    };
    ImportItem { filing, attachments: Vec::new() }
}

fn findings() -> Vec<Finding> {
    let finding = |nth| Finding {
        check: format!("check_{nth}"),
        version: 1,
        status: Status::Pass,
        section: Section::Entity,
        object: Place::Name.into(),
        message: Message::new("checks.example").with("name", "王样例"),
        observed: Some("深圳市样例科技有限公司".into()),
        expected: Some("深圳市样例科技有限公司".into()),
        evidence: Vec::new(),
        proposes: Vec::new(),
    };
    (0..20).map(finding).collect()
}

fn filled(filings: u64) -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::create(folder.path(), &policy(), now(), &actor()).unwrap();
    fill(&mut store, filings);
    (folder, store)
}

fn fill(store: &mut SqliteStore, filings: u64) {
    for first in (0..filings).step_by(BATCH as usize) {
        let batch: Vec<_> = (first..(first + BATCH).min(filings)).map(item).collect();
        store.import(&batch, now(), &actor()).unwrap();
    }
}

#[divan::bench(args = QUEUED, sample_count = 200, sample_size = 1)]
fn decide(bencher: Bencher<'_, '_>, queued: u64) {
    let (_folder, mut store) = filled(queued);
    let mut next = ClaimNext { filter: Filter::WORK, after: None };
    let mut case = store.claim_next(next.clone(), now(), &actor()).unwrap().unwrap();
    let findings = findings();
    bencher.bench_local(|| {
        let draft = Draft {
            seen: None,
            filing: case.filing.key.clone(),
            revision: case.revision.clone(),
            conclusion: Conclusion::Pass,
            opinion: "符合样例要求".into(),
            internal_note: String::new(),
            findings: findings.clone(),
            shown: Vec::new(),
            not_asked_again: Vec::new(),
            basis: Basis::of(&case),
            second_review: false,
        };
        next.after = Some(case.cursor);
        case = store.record(&draft, false, Some(next.clone()), now(), &actor()).unwrap().next.unwrap();
    });
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn raw_commit(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let mut raw = raw(&folder.path().join("raw.db"));
    raw.execute_batch(
        "CREATE TABLE entry (seq INTEGER PRIMARY KEY, body TEXT, hash TEXT);
         CREATE TABLE private (entry INTEGER, field TEXT, value TEXT);
         CREATE TABLE decision (seq INTEGER PRIMARY KEY, conclusion TEXT);
         CREATE TABLE filing (id INTEGER PRIMARY KEY, state TEXT, lease_by TEXT);
         INSERT INTO filing VALUES (1, 'open', ''), (2, 'open', '');",
    )
    .unwrap();
    let body = serde_json::to_string(&findings()).unwrap();
    bencher.bench_local(|| {
        let commit = raw.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        for body in [body.as_str(), "{}"] {
            let mut entry = commit.prepare_cached("INSERT INTO entry (body, hash) VALUES (?1, ?2)").unwrap();
            entry.execute(params![body, "0".repeat(64)]).unwrap();
        }
        let entry = commit.last_insert_rowid();
        for value in [body.as_str(), "符合样例要求"] {
            let mut private =
                commit.prepare_cached("INSERT INTO private VALUES (?1, 'opinion', ?2)").unwrap();
            private.execute(params![entry, value]).unwrap();
        }
        let mut decision = commit.prepare_cached("INSERT INTO decision (conclusion) VALUES (?1)").unwrap();
        decision.execute(["{\"verdict\":\"pass\"}"]).unwrap();
        let mut filing = commit.prepare_cached("UPDATE filing SET lease_by = ?1 WHERE id = ?2").unwrap();
        filing.execute(params!["wang", 1]).unwrap();
        filing.execute(params!["", 2]).unwrap();
        drop((decision, filing));
        commit.commit().unwrap();
    });
}

const IMPORTED: u64 = 20_000;

#[divan::bench(sample_count = 5, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>) {
    let empty = || {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(folder.path(), &policy(), now(), &actor()).unwrap();
        (folder, store)
    };
    bencher.counter(ItemsCount::new(IMPORTED)).with_inputs(empty).bench_local_values(
        |(folder, mut store)| {
            fill(&mut store, IMPORTED);
            (folder, store)
        },
    );
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn raw_copy(bencher: Bencher<'_, '_>) {
    let (folder, store) = filled(IMPORTED);
    drop(store);
    let source = folder.path().join("heyan.db");
    give_grams(&source);
    let empty = || {
        let folder = tempfile::tempdir().unwrap();
        drop(SqliteStore::create(folder.path(), &policy(), now(), &actor()).unwrap());
        let raw = raw(&folder.path().join("heyan.db"));
        raw.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        raw.execute("ATTACH ?1 AS source", [source.to_str()]).unwrap();
        (folder, raw)
    };
    bencher.counter(ItemsCount::new(IMPORTED)).with_inputs(empty).bench_local_values(|(folder, mut raw)| {
        let copy = raw.transaction().unwrap();
        for table in ["filing", "revision", "relation_key", "pending_check", "search_text"] {
            copy.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM source.{table}")).unwrap();
        }
        copy.execute_batch("INSERT INTO main.search_gram (rowid, grams) SELECT id, grams FROM source.given")
            .unwrap();
        copy.commit().unwrap();
        (folder, raw)
    });
}

/// The grams of each filing as text, since the index itself cannot be read back by filing.
fn give_grams(path: &Path) {
    let mut raw = raw(path);
    let given = raw.transaction().unwrap();
    given.execute_batch("CREATE TABLE given (id INTEGER PRIMARY KEY, grams TEXT)").unwrap();
    for id in 1..=IMPORTED {
        let read = "SELECT text FROM search_text WHERE filing_id = ?1";
        let text: String = given.query_row(read, [id.cast_signed()], |row| row.get(0)).unwrap();
        let mut all = String::new();
        grams(&text, |gram| {
            all.push_str(gram);
            all.push(' ');
        });
        given.execute("INSERT INTO given VALUES (?1, ?2)", params![id.cast_signed(), all]).unwrap();
    }
    given.commit().unwrap();
}

fn raw(path: &Path) -> Connection {
    let raw = Connection::open(path).unwrap();
    raw.pragma_update(None, "journal_mode", "wal").unwrap();
    raw.pragma_update(None, "synchronous", "full").unwrap();
    raw
}
