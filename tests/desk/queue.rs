//! The rail on a long queue: a window that pages by cursor, both ways, and finds its filing wherever it is.

use heyan::app::effect::Effect;
use heyan::domain::workspace::{Anchor, ImportItem};
use heyan::runtime::judge;
use heyan::store::{SqliteStore, Store};
use tempfile::TempDir;

use crate::harness::{Harness, actor, morning, policy};
use crate::synthetic::Synthetic;

/// The rail never holds more rows.
const WINDOW: usize = 300;

fn long_workspace(filings: u64) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("workspace");
    let mut store = SqliteStore::create(&workspace, &policy(), morning(), &actor("import")).unwrap();
    let synthetic = Synthetic { seed: 7, due_from: morning() };
    let items: Vec<ImportItem> = (0..filings)
        .map(|index| ImportItem { filing: synthetic.clean(index, false), attachments: Vec::new() })
        .collect();
    store.import(&items, morning(), &actor("import")).unwrap();
    judge::pending(&mut store, "2026-11-23".parse().unwrap(), morning(), &mut |_| {}).unwrap();
    folder
}

fn pages(desk: &mut Harness) -> usize {
    let effects = std::mem::take(&mut desk.effects);
    effects.iter().filter(|effect| matches!(effect, Effect::LoadPage { .. })).count()
}

#[test]
fn the_rail_goes_to_the_end_and_back_in_a_window() {
    let folder = long_workspace(1_000);
    let mut desk = Harness::open(folder.path(), (120, 40));
    let mut order = vec![desk.here()];
    loop {
        desk.keys("J");
        assert!(desk.model.rail.rows.len() <= WINDOW);
        if order.last() == Some(&desk.here()) {
            break;
        }
        order.push(desk.here());
    }
    assert_eq!(desk.notice(), "已是队列末尾");
    assert_eq!(order.len(), 1_000);
    assert!(pages(&mut desk) < 20, "pages, not rows");
    for key in order.iter().rev().skip(1) {
        desk.keys("K");
        assert_eq!(desk.here(), *key);
        assert!(desk.model.rail.rows.len() <= WINDOW);
    }
    assert!(pages(&mut desk) < 20);
    desk.keys("K");
    assert_eq!(desk.notice(), "已是队列开头");
}

#[test]
fn the_list_pages_too_and_opens_what_is_under_its_cursor() {
    let folder = long_workspace(500);
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("L");
    for _ in 0..40 {
        desk.keys("PgDn");
    }
    let rows = &desk.model.rail.rows;
    assert!(rows.len() <= WINDOW);
    let Some(heyan::app::screens::Panel::Queue { cursor }) = desk.model.panel else { panic!("the list") };
    let under = rows[cursor].key.clone();
    desk.keys("Enter");
    assert_eq!(desk.here(), under);
    desk.keys("J K");
    assert_eq!(desk.here(), under, "its neighbours are known");
}

#[test]
fn a_filing_outside_the_window_is_found_again() {
    let folder = long_workspace(500);
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("J J J g Enter");
    let held = desk.decided()[0].clone();
    desk.keys("K K K L");
    let before = desk.here();
    for _ in 0..40 {
        desk.keys("PgDn");
    }
    desk.keys("Enter");
    desk.effects.clear();
    desk.sleep(61);
    desk.wait(0);
    desk.settle();
    desk.keys("g Enter");
    assert_eq!(desk.here(), held, "its time has come");
    assert!(desk.model.rail.position().is_some(), "and the rail stands around it");
    assert!(pages(&mut desk) <= 4);
    desk.keys("K K K");
    assert_eq!(desk.here(), before);
}

#[test]
fn a_page_that_does_not_join_the_window_is_dropped() {
    let folder = long_workspace(100);
    let mut desk = Harness::open(folder.path(), (120, 40));
    let first = desk.model.rail.rows.clone();
    let mut rows = first[20..40].to_vec();
    for row in &mut rows {
        row.key.push_str("-unknown");
    }
    let elsewhere = heyan::domain::workspace::Page { rows, ..Default::default() };
    for at in [Anchor::After(first[10].cursor), Anchor::Before(first[10].cursor)] {
        desk.tell(heyan::app::effect::Msg::Page {
            at,
            filter: desk.model.filter.clone(),
            page: elsewhere.clone(),
        });
        assert_eq!(desk.model.rail.rows, first);
    }
}
