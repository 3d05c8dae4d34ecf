//! A workspace with synthetic filings.

use std::path::Path;

use heyan::config::{Config, Layers};
use heyan::domain::workspace::{Actor, ImportItem};
use heyan::store::{SqliteStore, Store};
use jiff::Timestamp;

use crate::synthetic::Synthetic;

pub fn actor() -> Actor {
    Actor { reviewer: "wang".into(), uid: 1000 }
}

pub fn settings() -> Config {
    Layers::compiled_in().unwrap().finish()
}

/// A workspace with this many filings, each of them without materials.
pub fn of(folder: &Path, filings: u64) -> SqliteStore {
    let now = Timestamp::now();
    let mut store = SqliteStore::create(folder, &settings().policy, now, &actor()).unwrap();
    let synthetic = Synthetic { seed: 7, due_from: "2026-01-05T00:00:00Z".parse().unwrap() };
    let items: Vec<_> = (0..filings)
        .map(|index| ImportItem { filing: synthetic.filing(index, false), attachments: Vec::new() })
        .collect();
    store.import(&items, now, &actor()).unwrap();
    store
}
