use rusqlite::Connection;

use super::*;
use crate::store::{Conflict, Missing};

#[test]
fn a_workspace_is_made_once_and_opened_often() {
    let desk = Desk::new();
    let again = SqliteStore::create(desk.folder.path(), &policy(), desk.now, &reviewer("setup"));
    assert!(matches!(again.err(), Some(StoreError::Conflict(Conflict::WorkspaceExists { .. }))));
    assert_eq!(desk.beside().policy().unwrap(), policy());
    assert_eq!(SqliteStore::open_read_only(desk.folder.path()).unwrap().policy().unwrap(), policy());
    assert_eq!(desk.entries(), 1);
    desk.assert_sound();
}

#[test]
fn a_folder_without_workspace_is_not_one() {
    let folder = tempfile::tempdir().unwrap();
    let missing = |result: Result<SqliteStore, StoreError>| {
        assert_eq!(result.err(), Some(StoreError::NotFound(Missing::Workspace(folder.path().to_owned()))));
    };
    missing(SqliteStore::open(folder.path()));
    Connection::open(folder.path().join("heyan.db")).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    missing(SqliteStore::open(folder.path()));
}

#[test]
fn what_an_interrupted_creation_left_behind_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heyan.db");
    Connection::open(path).unwrap().pragma_update(None, "journal_mode", "wal").unwrap();
    let store = SqliteStore::create(folder.path(), &policy(), START.parse().unwrap(), &reviewer("setup"));
    assert_eq!(store.unwrap().policy().unwrap(), policy());
}

#[test]
fn a_newer_workspace_is_left_alone_and_a_file_that_is_no_database_is_damaged() {
    let desk = Desk::new();
    desk.store.connection.pragma_update(None, "user_version", 7).unwrap();
    let newer = Some(StoreError::Newer { found: 7, known: 4 });
    assert_eq!(SqliteStore::open(desk.folder.path()).err(), newer);
    assert_eq!(SqliteStore::open_read_only(desk.folder.path()).err(), newer);

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("heyan.db"), vec![b'x'; 8192]).unwrap();
    assert!(matches!(SqliteStore::open(folder.path()).err(), Some(StoreError::Damaged { .. })));
}

#[test]
fn connections_wait_for_the_disk_and_keep_references() {
    let desk = Desk::new();
    let setting =
        |name| -> i64 { desk.store.connection.pragma_query_value(None, name, |row| row.get(0)).unwrap() };
    assert_eq!(setting("synchronous"), 2);
    assert_eq!(setting("foreign_keys"), 1);
    let mode: String =
        desk.store.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_policy_is_an_entry_and_an_unknown_zone_is_refused() {
    let mut desk = Desk::new();
    let changed = Policy { lease_seconds: 60, ..policy() };
    desk.store.set_policy(&changed, &policy(), desk.now, &reviewer("lead")).unwrap();
    assert_eq!(desk.store.policy().unwrap(), changed);
    assert_eq!(desk.entries(), 2);
    let nowhere = Policy { zone: "Nowhere/Town".into(), ..policy() };
    assert!(desk.store.set_policy(&nowhere, &changed, desk.now, &reviewer("lead")).is_err());
    assert_eq!(desk.store.policy().unwrap(), changed);
    desk.assert_sound();
}

#[test]
fn the_day_book_refuses_to_be_changed() {
    let desk = Desk::new();
    for sql in [
        "UPDATE entry SET actor = 'x'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry VALUES (1, '', '', '', '', NULL, NULL, '', '', '')",
        "INSERT INTO entry VALUES (9, '', '', '', '', NULL, NULL, '', '', '')",
    ] {
        assert!(desk.store.connection.execute_batch(sql).is_err(), "{sql}");
    }
    desk.assert_sound();
}

#[test]
fn a_full_disk_and_a_busy_workspace_are_told_apart_and_keep_nothing() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let before = desk.entries();
    let blocker = Connection::open(desk.folder.path().join("heyan.db")).unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    desk.store.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    assert_eq!(desk.decide("A", Conclusion::Pass, "wang"), Err(StoreError::Busy));
    assert_eq!(desk.case("A").current, None, "reading goes on meanwhile");
    blocker.execute_batch("ROLLBACK").unwrap();

    let pages: i64 = desk.store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    desk.store.connection.pragma_update(None, "max_page_count", pages).unwrap();
    let draft = Draft { opinion: "样例".repeat(9_000), ..desk.draft("A", Conclusion::Pass) };
    let path = desk.folder.path().join("heyan.db");
    assert_eq!(desk.record(&draft, "wang"), Err(StoreError::Full { path }));
    assert_eq!((desk.entries(), desk.case("A").current), (before, None));
    desk.assert_sound();
}
