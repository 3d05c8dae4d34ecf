//! Searching and filtering a long queue, beside SQLite's own way of looking through every row, in the same run.
//!
//! `cargo bench --bench search -- WORKSPACE` on a workspace made by the generator and judged (`heyan check`); twenty
//! filings with a name that no generated one has are added. Not a divan bench: it prints a table. A row is the first
//! page of 60, except where it says otherwise.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;
use std::time::{Duration, Instant};

use heyan::domain::filing::OrderType;
use heyan::domain::finding::Status;
use heyan::domain::search::{Filter, FilterState, FindingFilter, Lane, Query};
use heyan::store::{Actor, Anchor, ClaimNext, ImportItem, ReadStore, SqliteReader, SqliteStore, Store};
use jiff::Timestamp;
use rusqlite::Connection;

const PAGE: u32 = 60;
const SAMPLES: usize = 21;

fn main() {
    let Some(folder) = std::env::args().nth(1).filter(|argument| !argument.starts_with("--")) else {
        println!("search: give a workspace made by the generator");
        return;
    };
    let folder = Path::new(&folder);
    let mut store = SqliteStore::open(folder).unwrap();
    add_rare(&mut store);
    let reader = SqliteStore::open_read_only(folder).unwrap();
    let typed = [
        ("one character, common", "样"),
        ("one character, rare", "阁"),
        ("two characters, common", "样例"),
        ("two characters, one in a thousand", "九九"),
        ("two characters, rare", "阁楼"),
        ("two characters, nowhere", "楼阁"),
        ("four characters, common", "样例科技"),
        ("four characters, common pairs, rare", "例阁楼轩"),
        ("initials, common", "yl"),
        ("initials, rare", "glx"),
        ("key", "G-0000777"),
        ("end of a key", "00777"),
        ("domain", "keji-77"),
        ("full telephone number", "13900000777"),
        ("its last four digits", "0777"),
    ];
    println!("| what | rows | median | slowest |\n|---|---|---|---|");
    for (name, typed) in typed {
        let filter = Filter { text: Query::new(typed), ..FilterState::All.into() };
        measure(&format!("{name}: {typed}"), || page(&reader, &filter, Anchor::Start));
    }
    let all = || Filter::from(FilterState::All);
    let finding = |check: &str, status| Some(FindingFilter { check: check.into(), status });
    let filters = [
        ("work", Filter::WORK),
        ("lane returned (none)", Filter { lane: Some(Lane::Returned), ..Filter::WORK }),
        ("lane special verification", Filter { lane: Some(Lane::Special), ..Filter::WORK }),
        ("order type cancel", Filter { order_type: Some(OrderType::Cancel), ..Filter::WORK }),
        ("province Sichuan", Filter { province: Some("510000".into()), ..Filter::WORK }),
        ("province Gansu (none)", Filter { province: Some("620000".into()), ..Filter::WORK }),
        ("finding, common", Filter { finding: finding("verification_form", None), ..all() }),
        ("finding, failed", Filter { finding: finding("shared_contacts", Some(Status::Fail)), ..all() }),
        ("reason", Filter { reason: Some("SPR-ID-INVALID".into()), ..all() }),
        (
            "text, province, order type",
            Filter {
                text: Query::new("样例科技"),
                province: Some("510000".into()),
                order_type: Some(OrderType::Cancel),
                ..Filter::WORK
            },
        ),
    ];
    for (name, filter) in &filters {
        measure(name, || page(&reader, filter, Anchor::Start));
    }
    let rare = Filter { text: Query::new("阁楼"), ..Filter::WORK };
    let common = Filter { text: Query::new("样例科技"), ..Filter::WORK };
    let middle = middle(&reader);
    measure("common text, a page from the middle", || page(&reader, &common, middle));
    measure("rare text, a page from the middle", || page(&reader, &rare, middle));
    let actor = Actor { reviewer: "bench".into(), uid: 1000 };
    measure("claim the next one under a rare text (one commit)", || {
        let next = ClaimNext { filter: rare.clone(), after: None };
        usize::from(store.claim_next(next, now(), &actor).unwrap().is_some())
    });
    let raw = Connection::open(folder.join("heyan.db")).unwrap();
    for typed in ["样例", "阁楼"] {
        measure(&format!("SQLite alone: {typed} by LIKE over entity and key, ordered"), || scan(&raw, typed));
    }
}

fn now() -> Timestamp {
    Timestamp::constant(1_767_600_000, 0)
}

fn page(reader: &SqliteReader, filter: &Filter, anchor: Anchor) -> usize {
    reader.queue(filter, anchor, PAGE, now()).unwrap().rows.len()
}

/// A place far into the queue.
fn middle(reader: &SqliteReader) -> Anchor {
    let mut anchor = Anchor::Start;
    for _ in 0..20 {
        let page = reader.queue(&Filter::WORK, anchor, 1_000, now()).unwrap();
        anchor = page.next.map_or(anchor, Anchor::After);
    }
    anchor
}

fn measure(name: &str, mut run: impl FnMut() -> usize) {
    let mut times: Vec<Duration> = Vec::new();
    let mut rows = 0;
    for _ in 0..SAMPLES {
        let started = Instant::now();
        rows = run();
        times.push(started.elapsed());
    }
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!("| {name} | {rows} | {:.1} ms | {:.1} ms |", ms(times[SAMPLES / 2]), ms(times[SAMPLES - 1]));
}

fn scan(raw: &Connection, typed: &str) -> usize {
    let mut scan = raw
        .prepare_cached(
            "SELECT id FROM filing WHERE entity LIKE ?1 OR key LIKE ?1
             ORDER BY lead, entity_id, due, id LIMIT 60",
        )
        .unwrap();
    scan.query_map([format!("%{typed}%")], |row| row.get::<_, i64>(0)).unwrap().count()
}

/// Twenty filings of the queue again, under another source and name, of entities of their own.
fn add_rare(store: &mut SqliteStore) {
    let all = Filter::from(FilterState::All);
    let rows = store.queue(&all, Anchor::Start, 2_000, now()).unwrap().rows;
    let items: Vec<ImportItem> = rows
        .iter()
        .filter(|row| row.source != "rare")
        .step_by(90)
        .take(20)
        .enumerate()
        .map(|(nth, row)| {
            let mut filing = store.case(&row.reference(), now()).unwrap().filing;
            filing.source = "rare".into();
            filing.entity.entity_type = 4;
            filing.entity.name = format!("成都市样例阁楼轩榭{nth}有限公司");
            filing.entity.certificate_number = format!("91510000RARE{nth:06}");
            filing.attachments.clear();
            ImportItem { filing, attachments: Vec::new() }
        })
        .collect();
    store.import(&items, now(), &Actor { reviewer: "bench".into(), uid: 1000 }).unwrap();
}
