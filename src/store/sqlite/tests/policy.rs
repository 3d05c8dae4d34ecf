//! The policy: an entry for each change, its file verified, and what must be judged again.

use super::*;
use crate::domain::policy::PrefixListFile;
use crate::store::{Conflict, Problem};

const LIST: &[u8] = b"192.0.2.0/24\n";

fn list_file(version: &str) -> PrefixListFile {
    PrefixListFile {
        version: version.into(),
        sha256: sha256_hex(LIST),
        bytes: LIST.len() as u64,
        prefixes: 1,
    }
}

fn with_list(version: &str) -> Policy {
    Policy { prefix_list: Some(list_file(version)), provider_prefixes: Vec::new(), ..policy() }
}

/// Two filings, one of them decided, both judged.
fn judged() -> Desk {
    let mut desk = Desk::new();
    desk.import(&[item("A"), item("B")]);
    let tickets = desk.store.pending(None, 10).unwrap();
    let judged: Vec<_> = tickets.into_iter().map(|ticket| (ticket, Vec::new())).collect();
    desk.store.save_findings("2026-03-02".parse().unwrap(), &judged).unwrap();
    desk.decide("A", Conclusion::Pass, "lin").unwrap();
    assert!(desk.store.pending(None, 10).unwrap().is_empty());
    desk
}

#[test]
fn what_checks_look_at_marks_all_that_is_not_decided() {
    for (changed, marked) in [
        (Policy { lease_seconds: 60, ..policy() }, vec![]),
        (policy(), vec![]),
        (Policy { provider: "别的样例云".into(), ..policy() }, vec!["样例台/B"]),
        (Policy { provider_prefixes: Vec::new(), ..policy() }, vec!["样例台/B"]),
    ] {
        let mut desk = judged();
        let stale = desk.case("B").ticket;
        desk.store.set_policy(&changed, &policy(), desk.now, &reviewer("lead")).unwrap();
        let pending: Vec<String> =
            desk.store.pending(None, 10).unwrap().into_iter().map(|ticket| ticket.filing).collect();
        assert_eq!(pending, marked);
        // Findings of before the change do not count for it.
        let kept = desk.store.save_findings("2026-03-02".parse().unwrap(), &[(stale, Vec::new())]).unwrap();
        assert_eq!(kept, u64::from(marked.is_empty()));
        desk.assert_sound();
    }
}

#[test]
fn of_two_changes_to_the_same_policy_none_is_lost_unsaid() {
    let mut desk = Desk::new();
    let read = desk.store.policy().unwrap();
    let first = Policy { lease_seconds: 60, ..read.clone() };
    desk.beside().set_policy(&first, &read, desk.now, &reviewer("li")).unwrap();
    let entries = desk.entries();
    let second = Policy { second_review: false, ..read.clone() };
    let refused = desk.store.set_policy(&second, &read, desk.now, &reviewer("lead")).unwrap_err();
    assert_eq!(refused, Conflict::PolicyChanged.into());
    assert_eq!((desk.store.policy().unwrap(), desk.entries()), (first.clone(), entries));
    let again = Policy { second_review: false, ..first.clone() };
    desk.store.set_policy(&again, &first, desk.now, &reviewer("lead")).unwrap();
    assert_eq!(desk.store.policy().unwrap(), again);
    desk.assert_sound();
}

#[test]
fn a_list_is_named_only_when_its_file_is_there() {
    let mut desk = Desk::new();
    let missing = desk.store.set_policy(&with_list("1"), &policy(), desk.now, &reviewer("lead")).unwrap_err();
    assert!(matches!(missing, StoreError::NotFound(_)), "{missing}");
    assert_eq!(desk.store.policy().unwrap(), policy());
    desk.store.vault().put(&sha256_hex(LIST), LIST).unwrap();
    desk.store.set_policy(&with_list("1"), &policy(), desk.now, &reviewer("lead")).unwrap();
    assert_eq!(desk.store.policy().unwrap(), with_list("1"));
    desk.assert_sound();
}

#[test]
fn verification_reads_every_version_of_the_list() {
    let mut desk = Desk::new();
    let sha256 = sha256_hex(LIST);
    desk.store.vault().put(&sha256, LIST).unwrap();
    desk.store.set_policy(&with_list("1"), &policy(), desk.now, &reviewer("lead")).unwrap();
    // Superseded, but findings of that time speak of it.
    desk.store.set_policy(&policy(), &with_list("1"), desk.now, &reviewer("lead")).unwrap();
    let path = desk.store.vault().path(&sha256).unwrap();
    std::fs::write(&path, "198.51.100.0/24\n").unwrap();
    let changed = desk.store.verify(&mut |_| {}).unwrap();
    assert_eq!(changed.problems, [Problem::AttachmentChanged { sha256: sha256.clone() }]);
    std::fs::remove_file(&path).unwrap();
    let gone = desk.store.verify(&mut |_| {}).unwrap();
    assert_eq!(gone.problems, [Problem::AttachmentMissing { sha256 }]);
}

#[test]
fn a_policy_written_before_lists_had_files_is_read() {
    let text = r#"{"zone":"Asia/Shanghai","cool_off_seconds":600,"second_review":true,"attention":"desk",
        "lease_seconds":300,"provider":"样例云","provider_prefixes":["192.0.2.0/24"]}"#;
    assert_eq!(serde_json::from_str::<Policy>(text).unwrap(), policy());
}
