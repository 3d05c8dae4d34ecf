//! An export as another program reads it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use heyan::domain::decision::{Conclusion, Decision, DecisionState, Grade, HoldKind};
use heyan::domain::object::{Place, ReasonUse};
use heyan::domain::reasons::Catalogue;
use heyan::export::{COLUMNS, Format, Options, Writer, restore};

fn decision(seq: i64, conclusion: Conclusion) -> Decision {
    Decision {
        seq,
        at: "2026-11-24T06:31:58Z".parse().unwrap(),
        day: "2026-11-24".parse().unwrap(),
        reviewer: "样例审核员".into(),
        source: "demo".into(),
        filing: "110105194912310021".into(),
        revision: "ab".repeat(32),
        conclusion,
        opinion: "=HYPERLINK(\"x\"), 电话13800005678\u{202e}".into(),
        internal_note: "与 someone@a.example 核对".into(),
        proposed: vec![
            ReasonUse::new("ENT-NAME-MISMATCH", Place::Name),
            ReasonUse::new("ENT-ADDR-MISMATCH", Place::Address),
        ],
        findings: Vec::new(),
        shown: Vec::new(),
        state: DecisionState::Final,
        second_reviewer: None,
        overturned: None,
        withdrawn_at: None,
    }
}

fn fail() -> Decision {
    let reasons = vec![ReasonUse::new("ENT-NAME-MISMATCH", Place::Name)];
    decision(7, Conclusion::Fail { grade: Grade::Reject, reasons })
}

fn written(format: Format, unmask: bool, decisions: &[Decision]) -> String {
    let catalogue = Catalogue::default();
    let mut writer = Writer::begin(format, Options { unmask, catalogue: &catalogue }, Vec::new()).unwrap();
    for decision in decisions {
        writer.row(decision).unwrap();
    }
    assert_eq!(writer.rows(), decisions.len() as u64);
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

/// The cells of the first row by column, as a program reads them that takes the guards off.
fn csv_cell(text: &str, name: &str) -> String {
    let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
    restore(&reader.records().next().unwrap().unwrap()[at]).to_owned()
}

#[test]
fn csv_opens_right_and_reads_back() {
    let text = written(Format::Csv, false, &[fail()]);
    assert!(text.lines().count() == 2 && text.matches("\r\n").count() == 2);
    assert!(text.contains("\"110105194912310021\t\""), "{text}");
    for (column, value) in [
        ("seq", "7"),
        ("at", "2026-11-24T06:31:58Z"),
        ("day", "2026-11-24"),
        ("filing", "110105194912310021"),
        ("verdict", "fail"),
        ("grade", "reject"),
        ("hold", ""),
        ("state", "final"),
        ("reasons", "ENT-NAME-MISMATCH@name"),
        ("proposed", "ENT-NAME-MISMATCH@name ENT-ADDR-MISMATCH@address"),
        ("overruled", "ENT-ADDR-MISMATCH@address"),
        ("opinion", "=HYPERLINK(\"x\"), 电话138****5678<U+202E>"),
        ("internal_note", ""),
    ] {
        assert_eq!(csv_cell(&text, column), value, "{column}");
    }
}

#[test]
fn jsonl_has_the_exact_values_and_nothing_hostile() {
    let text = written(Format::Jsonl, true, &[fail()]);
    assert!(!text.contains('\u{202e}'));
    let row: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(row["v"], 1);
    assert_eq!(row["filing"], "110105194912310021");
    assert_eq!(row["reasons"], serde_json::json!(["ENT-NAME-MISMATCH@name"]));
    assert_eq!(row["opinion"], "=HYPERLINK(\"x\"), 电话13800005678\u{202e}");
    assert_eq!(row["internal_note"], "与 someone@a.example 核对");
    assert!(row.get("hold").is_none());
}

#[test]
fn every_kind_of_conclusion_makes_a_row_of_all_columns() {
    let until = Some("2026-11-25T06:00:00Z".parse().unwrap());
    let decisions = [
        decision(1, Conclusion::Pass),
        fail(),
        decision(2, Conclusion::Hold { hold: HoldKind::Callback, until }),
        decision(3, Conclusion::Escalate),
    ];
    let text = written(Format::Csv, false, &decisions);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
    assert_eq!(csv_cell(&written(Format::Csv, false, &decisions[2..]), "hold_until"), "2026-11-25T06:00:00Z");
}

#[test]
fn an_empty_day_is_a_header_alone() {
    assert_eq!(written(Format::Csv, false, &[]).lines().count(), 1);
    assert_eq!(written(Format::Jsonl, false, &[]), "");
}
