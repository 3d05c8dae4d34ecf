//! The workspace that the stories of the desk begin with, and its morning.

use heyan::cli::demo_pack;
use heyan::domain::policy::{Attention, Policy};
use heyan::domain::workspace::{Actor, ImportItem};
use heyan::intake;
use heyan::runtime::judge;
use heyan::store::{SqliteStore, Store};
use jiff::Timestamp;
use tempfile::TempDir;

pub fn policy() -> Policy {
    Policy {
        zone: "Asia/Shanghai".into(),
        cool_off_seconds: 90,
        second_review: true,
        attention: Attention::Desk,
        lease_seconds: 900,
        provider: "样例云".into(),
        provider_prefixes: Vec::new(),
        prefix_list: None,
        gather: Default::default(),
    }
}

pub fn actor(name: &str) -> Actor {
    Actor { reviewer: name.into(), uid: 1000 }
}

/// 09:30 on a working day in Shanghai.
pub fn morning() -> Timestamp {
    "2026-11-23T01:30:00Z".parse().unwrap()
}

/// The last filing of the demo that these tests need: more would only make them slower.
const LAST: &str = "D-1012";

/// A workspace with the demo's first twelve filings, imported and judged.
pub fn demo_workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("pack");
    demo_pack::unpack(&pack).unwrap();
    let workspace = folder.path().join("workspace");
    let mut store = SqliteStore::create(&workspace, &policy(), morning(), &actor("import")).unwrap();
    let due = demo_pack::expectations().unwrap();
    let mut items = Vec::new();
    let mut vault = store.vault();
    intake::read(&pack, &intake::Limits::default(), &mut vault, &mut |entry| match entry {
        intake::Entry::Accepted { filing, .. } if filing.key.as_str() > LAST => {}
        intake::Entry::Accepted { mut filing, attachments, .. } => {
            let hours = i64::from(due[&filing.key].due_in_hours);
            filing.due_at = Some(morning() + jiff::SignedDuration::from_hours(hours));
            items.push(ImportItem { filing: *filing, attachments });
        }
        intake::Entry::Evidence { .. } => {}
        intake::Entry::Rejected(why) => panic!("{why:?}"),
    })
    .unwrap();
    store.import(&items, morning(), &actor("import")).unwrap();
    let day = "2026-11-23".parse().unwrap();
    judge::pending(&mut store, day, morning(), &mut |_| {}).unwrap();
    folder
}
