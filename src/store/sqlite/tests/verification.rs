use rusqlite::Connection;

use super::*;
use crate::store::{Problem, VerifyReport};

/// A workspace with every kind of entry.
fn full() -> Desk {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C", "D"].map(item));
    desk.store.claim("A", desk.now, &reviewer("wang")).unwrap();
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    desk.decide("B", fail(), "wang").unwrap();
    desk.second_look("B", Conclusion::Escalate, "li").unwrap();
    desk.decide("C", hold(None), "wang").unwrap();
    desk.decide("D", Conclusion::Pass, "wang").unwrap();
    desk.store.withdraw("D", desk.now, &reviewer("wang")).unwrap();
    desk.import(&[changed(item("C"), "样例备注")]);
    desk.assert_sound();
    desk
}

/// Damages the workspace from outside, with nothing to guard it.
fn tamper(desk: &Desk, sql: &str) -> VerifyReport {
    let raw = Connection::open(desk.folder.path().join("heyan.db")).unwrap();
    raw.execute_batch(
        "PRAGMA foreign_keys = OFF;
         DROP TRIGGER entry_keeps_its_place; DROP TRIGGER entry_is_not_changed;
         DROP TRIGGER entry_is_not_removed; DROP TRIGGER filing_is_counted_elsewhere;",
    )
    .unwrap();
    raw.execute_batch(sql).unwrap();
    desk.store.verify(&mut |_| ()).unwrap()
}

#[test]
fn everything_is_counted_and_progress_reaches_its_end() {
    let desk = full();
    let mut last = Vec::new();
    let report = desk.store.verify(&mut |step| last.push(step)).unwrap();
    assert_eq!((report.filings, report.decisions, report.attachments), (4, 4, 4));
    assert_eq!(report.entries, desk.entries().unsigned_abs());
    assert!(report.private_values > 0);
    assert!(last.iter().any(|step| step.done == step.total && step.total == report.entries));
}

#[test]
fn each_changed_byte_of_an_entry_is_found() {
    for column in ["at_utc", "day", "actor", "kind", "filing", "revision", "body", "prev", "hash"] {
        let desk = full();
        let changed = format!(
            "UPDATE entry SET {column} = substr({column}, 1, 4) || '~' || substr({column}, 6) WHERE seq = 4"
        );
        let report = tamper(&desk, &changed);
        assert!(
            report.problems.contains(&Problem::EntryChanged { seq: 4 }),
            "{column}: {:?}",
            report.problems
        );
    }
}

#[test]
fn a_changed_byte_that_is_no_text_is_found_too() {
    let desk = full();
    let report =
        tamper(&desk, "UPDATE entry SET body = CAST(X'FF' || substr(body, 2) AS TEXT) WHERE seq = 4");
    assert!(report.problems.contains(&Problem::EntryChanged { seq: 4 }), "{:?}", report.problems);
}

#[test]
fn a_removed_or_reordered_entry_is_found() {
    let desk = full();
    let report = tamper(&desk, "DELETE FROM private WHERE entry = 4; DELETE FROM entry WHERE seq = 4");
    assert!(report.problems.contains(&Problem::EntryMissing { seq: 4 }), "{:?}", report.problems);
    assert!(report.problems.contains(&Problem::ChainBroken { seq: 5 }), "{:?}", report.problems);
}

#[test]
fn each_changed_private_value_is_found() {
    for (sql, expected) in [
        (
            "UPDATE private SET value = replace(value, '请', '诸') WHERE entry = 4 AND field = 'opinion'",
            Problem::PrivateChanged { seq: 4, field: "opinion".into() },
        ),
        (
            "UPDATE private SET value = replace(value, '王', '玉') WHERE entry = 4 AND field = 'findings'",
            Problem::PrivateChanged { seq: 4, field: "findings".into() },
        ),
        (
            "UPDATE private SET salt = zeroblob(16) WHERE entry = 4 AND field = 'opinion'",
            Problem::PrivateChanged { seq: 4, field: "opinion".into() },
        ),
        (
            "DELETE FROM private WHERE entry = 4 AND field = 'opinion'",
            Problem::PrivateMissing { seq: 4, field: "opinion".into() },
        ),
        (
            "INSERT INTO private VALUES (1, 'opinion', X'00', 'x')",
            Problem::PrivateUnknown { seq: 1, field: "opinion".into() },
        ),
    ] {
        assert_eq!(tamper(&full(), sql).problems, [expected], "{sql}");
    }
}

#[test]
fn a_projection_that_says_something_else_is_found() {
    let filing = |key: &str| Problem::FilingDiffers { filing: format!("样例台/{key}") };
    for (sql, expected) in [
        (
            "UPDATE decision SET conclusion = '{\"verdict\":\"escalate\"}' WHERE seq = 4",
            Problem::DecisionDiffers { seq: 4 },
        ),
        ("UPDATE decision SET verdict = 'fail' WHERE seq = 4", Problem::DecisionDiffers { seq: 4 }),
        ("UPDATE decision SET reviewer = 'zhao' WHERE seq = 4", Problem::DecisionDiffers { seq: 4 }),
        ("UPDATE decision SET day = '2026-03-01' WHERE seq = 4", Problem::DecisionDiffers { seq: 4 }),
        (
            "UPDATE decision SET standing = seq, second_seq = NULL WHERE seq = 5",
            Problem::DecisionDiffers { seq: 5 },
        ),
        ("UPDATE decision SET withdrawn_at = NULL WHERE seq = 8", Problem::DecisionDiffers { seq: 8 }),
        ("DELETE FROM decision WHERE seq = 8", Problem::DecisionDiffers { seq: 8 }),
        ("UPDATE filing SET due = '2026' WHERE key = 'A'", filing("A")),
        ("UPDATE filing SET entity = '另一家样例公司' WHERE key = 'A'", filing("A")),
        ("UPDATE filing SET decision = NULL WHERE key = 'A'", filing("A")),
        ("UPDATE filing SET hold_until = '2026-01-01T00:00:00.000Z' WHERE key = 'A'", filing("A")),
        (
            "UPDATE state_count SET filings = 9 WHERE state = 'hold'",
            Problem::CountsDiffer { state: "hold".into() },
        ),
        ("UPDATE policy SET body = replace(body, '300', '301')", Problem::PolicyDiffers),
        (
            "UPDATE search_text SET text = replace(text, '深圳', '广州') WHERE filing_id = 1",
            Problem::SearchDiffers { filing: "样例台/A".into() },
        ),
        ("DELETE FROM search_text WHERE filing_id = 2", Problem::SearchDiffers { filing: "样例台/B".into() }),
        (
            "UPDATE filing SET lane = 'returned' WHERE key = 'C'",
            Problem::SearchDiffers { filing: "样例台/C".into() },
        ),
        ("INSERT INTO search_gram (rowid, grams) VALUES (3, '没有 ')", Problem::IndexDiffers),
        (
            "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', 3, '深圳 ')",
            Problem::IndexDiffers,
        ),
        (
            "INSERT INTO filing_mark VALUES ('decided', 'X', 1)",
            Problem::MarksDiffer { filing: "样例台/A".into() },
        ),
        (
            "INSERT INTO filing_mark VALUES ('fail', 'x', 4)",
            Problem::MarksDiffer { filing: "样例台/D".into() },
        ),
    ] {
        assert_eq!(tamper(&full(), sql).problems, [expected], "{sql}");
    }
    let report = tamper(&full(), "UPDATE filing SET state = 'open' WHERE key = 'A'");
    assert!(report.problems.contains(&filing("A")), "{:?}", report.problems);
    for sql in [
        "UPDATE revision_attachment SET kind = 'other' WHERE revision_id = 1",
        "DELETE FROM revision_attachment WHERE revision_id = 1",
    ] {
        let report = tamper(&full(), sql);
        assert!(
            // A file that is gone is nobody's subject any more.
            matches!(&report.problems[..], [Problem::RevisionChanged { filing, .. }, ..] if filing == "样例台/A"),
            "{sql}: {:?}",
            report.problems
        );
    }
    let report =
        tamper(&full(), "UPDATE revision SET body = replace(body, '样例路1号', '样例路2号') WHERE id = 1");
    assert!(
        matches!(&report.problems[..], [Problem::RevisionChanged { filing, .. }] if filing == "样例台/A"),
        "{:?}",
        report.problems
    );
}

#[test]
fn a_changed_short_or_lost_file_is_found() {
    let desk = full();
    let path = |key: &str| desk.store.vault().path(&sha256_hex(key.as_bytes())).unwrap();
    std::fs::write(path("A"), "a").unwrap();
    std::fs::write(path("B"), "").unwrap();
    std::fs::remove_file(path("C")).unwrap();
    let mut problems = desk.store.verify(&mut |_| ()).unwrap().problems;
    problems.sort_by_key(|problem| format!("{problem:?}"));
    let changed = |key: &str| Problem::AttachmentChanged { sha256: sha256_hex(key.as_bytes()) };
    let mut expected =
        vec![changed("A"), changed("B"), Problem::AttachmentMissing { sha256: sha256_hex(b"C") }];
    expected.sort_by_key(|problem| format!("{problem:?}"));
    assert_eq!(problems, expected);
    assert_eq!(desk.store.read_attachment(&sha256_hex(b"D")).unwrap(), b"D");
}

#[test]
fn every_problem_and_error_has_words() {
    use crate::domain::message::{Lang, known};
    use crate::store::{Conflict, Missing};
    let filing = String::from("A");
    let problems = [
        Problem::Database("x".into()),
        Problem::PrivateUnknown { seq: 1, field: "opinion".into() },
        Problem::FilingDiffers { filing: filing.clone() },
        Problem::AttachmentUnreadable { sha256: "x".into(), detail: "y".into() },
    ];
    let errors: [StoreError; 6] = [
        StoreError::Busy,
        StoreError::Newer { found: 2, known: 1 },
        Conflict::PolicyChanged.into(),
        Conflict::NoFirstDecision { filing: filing.clone() }.into(),
        Conflict::Ambiguous { key: filing.clone(), sources: vec!["a".into(), "b".into()] }.into(),
        Missing::Filing(filing).into(),
    ];
    let messages = problems.iter().map(Problem::message);
    let messages = messages.chain(errors.iter().flat_map(|error| [error.message(), error.hint()]));
    for message in messages {
        assert!(known(&message.id), "{}", message.id);
        for lang in Lang::ALL {
            assert!(!message.text(lang).contains('{'), "{}", message.text(lang));
        }
    }
}
