//! Extracts as operators have them, in real files.

use std::path::PathBuf;

use super::*;
use crate::domain::evidence::{RegistryRecord, RegistryResult, RegistryStatus};
use crate::domain::filing::ValidUntil;
use crate::domain::message::Lang;
use jiff::civil::date;
use rust_xlsxwriter::Workbook;

const NOW: &str = "2026-11-23T02:00:00Z";

fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

struct Read {
    evidence: Vec<Evidence>,
    rejections: Vec<String>,
    summary: ExtractSummary,
}

fn read_as(path: &Path, mapping: &str, wanted: &dyn Fn(&Subject) -> bool) -> Result<Read, IntakeError> {
    let limits = Limits { max_json_bytes: 4_096, ..Limits::default() };
    let extract = Extract::open(path, &limits, ExtractMapping::read(mapping).unwrap())?;
    let (mut evidence, mut rejections) = (Vec::new(), Vec::new());
    let summary = extract.read(&limits, NOW.parse().unwrap(), wanted, &mut |entry| match entry {
        ExtractEntry::Evidence(found) => evidence.push(*found),
        ExtractEntry::Rejected(reasons) => {
            let text = |reason: &Rejection| {
                let place = reason.cell.as_deref().unwrap_or_default();
                format!("{} {place} {} {}", reason.line.unwrap_or(0), reason.field, reason.message.id)
            };
            rejections.extend(reasons.iter().map(text));
            for reason in &reasons {
                assert!(!reason.text(Lang::Zh).contains('{'), "{}", reason.text(Lang::Zh));
            }
        }
    })?;
    Ok(Read { evidence, rejections, summary })
}

fn read(name: &str, text: &str) -> Read {
    let (_folder, path) = file(name, text.as_bytes());
    read_as(&path, "", &|_| true).unwrap()
}

fn record(evidence: &Evidence) -> &RegistryRecord {
    match &evidence.observation {
        Observation::Registry(RegistryAnswer { result: RegistryResult::Found(record) }) => record,
        other => panic!("{other:?}"),
    }
}

const HEADS: &str =
    "企业名称,统一社会信用代码,注册号,登记状态,住所,法定代表人,营业期限,曾用名,数据日期,注册资本\n";
const ROW: &str = "深圳市样例科技有限公司,91440300MA5EXAMP19,440301103448669,\"存续（在营、开业、在册）\",深圳市样例路1号,王样例,2015-03-01至2035年2月28日,样例旧名;样例更旧名,2026-11-01,100万\n";

#[test]
fn a_row_serves_its_numbers_and_names() {
    let Read { evidence, rejections, summary } = read("extract.csv", &format!("{HEADS}{ROW}"));
    assert_eq!(rejections, [""; 0]);
    assert_eq!(summary, ExtractSummary { taken: 1, unwanted: 0, rejected: 0 });
    let subjects: Vec<String> = evidence.iter().map(|found| found.subject.to_string()).collect();
    assert_eq!(
        subjects,
        [
            "number:91440300MA5EXAMP19",
            "number:440301103448669",
            "name:深圳市样例科技有限公司",
            "name:样例旧名",
            "name:样例更旧名",
        ]
    );
    let first = &evidence[0];
    assert_eq!((first.means, first.source.as_str()), (Means::Import, "extract.csv:2"));
    assert_eq!(first.observed_at, NOW.parse().unwrap());
    assert_eq!(
        record(first),
        &RegistryRecord {
            name: "深圳市样例科技有限公司".into(),
            number: "91440300MA5EXAMP19".into(),
            status: RegistryStatus::Active,
            status_text: "存续（在营、开业、在册）".into(),
            address: "深圳市样例路1号".into(),
            legal_representative: "王样例".into(),
            valid_until: Some(ValidUntil::Day(date(2035, 2, 28))),
            former_names: vec!["样例旧名".into(), "样例更旧名".into()],
            former_numbers: vec!["440301103448669".into()],
            as_of: Some(date(2026, 11, 1)),
        }
    );
}

#[test]
fn only_what_is_wanted_is_handed_on() {
    let (_folder, path) =
        file("extract.csv", format!("{HEADS}{ROW}{}", ROW.replace("MA5EXAMP19", "MA5EXAMP27")).as_bytes());
    let wanted = Subject::number("91440300MA5EXAMP27").unwrap();
    let read = read_as(&path, "", &|subject| *subject == wanted).unwrap();
    assert_eq!(read.summary, ExtractSummary { taken: 1, unwanted: 1, rejected: 0 });
    assert_eq!(read.evidence.len(), 1);
    assert_eq!(read.evidence[0].source, "extract.csv:3");
}

#[test]
fn an_old_number_stands_for_a_missing_code() {
    let row = ROW.replace("91440300MA5EXAMP19", "").replace("2015-03-01至2035年2月28日", "长期");
    let row = row.replace("2026-11-01", "2026/11/1 09:30");
    let found = read("extract.csv", &format!("{HEADS}{row}")).evidence;
    assert_eq!(found[0].subject.to_string(), "number:440301103448669");
    assert_eq!(
        (record(&found[0]).number.as_str(), record(&found[0]).former_numbers.len()),
        ("440301103448669", 0)
    );
    assert_eq!(record(&found[0]).valid_until, Some(ValidUntil::LongTerm));
    assert_eq!(record(&found[0]).as_of, Some(date(2026, 11, 1)));
}

#[test]
fn nothing_found_is_an_answer_and_an_unknown_word_is_told() {
    let Read { evidence, .. } = read(
        "extract.csv",
        "单位名称,统一社会信用代码,查询结果\n,91440300MA5EXAMP19,查询无结果\n样例公司,91440300MA5EXAMP27,样例状态\n",
    );
    let results: Vec<_> = evidence.iter().map(|found| found.subject.to_string()).collect();
    assert_eq!(results, ["number:91440300MA5EXAMP19", "number:91440300MA5EXAMP27", "name:样例公司"]);
    assert!(matches!(
        &evidence[0].observation,
        Observation::Registry(RegistryAnswer { result: RegistryResult::NotFound })
    ));
    let other = record(&evidence[1]);
    assert_eq!((other.status, other.status_text.as_str()), (RegistryStatus::Other, "样例状态"));
}

#[test]
fn a_row_that_is_wrong_is_named_and_the_others_are_taken() {
    let bad = [
        ROW.replace("91440300MA5EXAMP19", "9.14403E+17"),
        ROW.replace("深圳市样例科技有限公司", ""),
        ROW.replace("\"存续（在营、开业、在册）\"", ""),
        ROW.replace("2026-11-01", "去年"),
        ROW.replace("2035年2月28日", "某日"),
        ROW.replace("440301103448669", "").replace("91440300MA5EXAMP19", ""),
        ROW.replace("100万", "100万,多余"),
    ];
    let read = read("extract.csv", &format!("{HEADS}{}{ROW}", bad.concat()));
    assert_eq!(
        read.rejections,
        [
            "2 B 统一社会信用代码 number intake.cell_rounded",
            "3 A 企业名称 name intake.field_missing",
            "4 D 登记状态 status intake.field_missing",
            "5 I 数据日期 as_of intake.wrong_value",
            "6 G 营业期限 valid_until intake.wrong_value",
            "7 B 统一社会信用代码 number intake.field_missing",
            "8   intake.cell_beyond",
        ]
    );
    assert_eq!(read.summary, ExtractSummary { taken: 1, unwanted: 0, rejected: 7 });
}

#[test]
fn a_number_that_a_workbook_rounded_is_refused_by_its_cell() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("名单.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("名录").unwrap();
    for (at, head) in ["企业名称", "注册号", "登记状态"].iter().enumerate() {
        sheet.write(1, at as u16, *head).unwrap();
    }
    sheet.write(2, 0, "样例一公司").unwrap();
    sheet.write_number(2, 1, 440_301_103_448_669.0).unwrap();
    sheet.write(2, 2, "在业").unwrap();
    sheet.write(3, 0, "样例二公司").unwrap();
    sheet.write_number(3, 1, 914_403_001_922_038_216.0).unwrap();
    sheet.write(3, 2, "在业").unwrap();
    workbook.save(&path).unwrap();
    let read = read_as(&path, "", &|subject| matches!(subject, Subject::Number(_))).unwrap();
    assert_eq!(read.rejections, ["4 名录!B4 former_numbers intake.cell_rounded"]);
    assert_eq!(read.evidence.len(), 1);
    assert_eq!(read.evidence[0].source, "名单.xlsx 名录!3");
    assert_eq!(record(&read.evidence[0]).number, "440301103448669");
}

#[test]
fn json_is_read_row_by_row() {
    let row = |number: &str| {
        format!(
            r#"{{"企业名称": "样例公司", "uscc": {number}, "登记状态": "在业", "base": {{"住所": "样例路1号"}}, "曾用名": ["旧名", "更旧名"], "法定代表人": null}}"#
        )
    };
    let list = format!("\u{feff}[\n{},\n\n{}\n]", row("\"91440300MA5EXAMP19\""), row("914403001922038216"));
    let (_folder, path) = file("extract.json", list.as_bytes());
    let mapping = "[columns]\n'base.住所' = 'address'\n";
    let read = read_as(&path, mapping, &|subject| matches!(subject, Subject::Number(_))).unwrap();
    assert_eq!(read.rejections, ["4 uscc number intake.cell_rounded"]);
    let found = record(&read.evidence[0]);
    assert_eq!((found.address.as_str(), found.former_names.len()), ("样例路1号", 2));
    assert_eq!(read.evidence[0].source, "extract.json:2");
    let lines = format!("{}\n\n{}\n{{\n", row("\"91440300MA5EXAMP19\""), row("\"440301103448669\""));
    let (_folder, path) = file("extract.jsonl", lines.as_bytes());
    let read = read_as(&path, mapping, &|_| true).unwrap();
    assert_eq!(read.summary, ExtractSummary { taken: 2, unwanted: 0, rejected: 1 });
    assert_eq!(read.rejections, ["4   intake.json_cut"]);
}

#[test]
fn a_list_that_breaks_or_never_ends_keeps_what_came_before() {
    let row = r#"{"企业名称": "样例公司", "uscc": "91440300MA5EXAMP19", "登记状态": "在业"}"#;
    for (rest, id) in [
        (",\n{\"a\": ", "intake.json_cut"),
        (",\n]", "intake.json_syntax"),
        (&format!(",\n{{\"a\": \"{}\"}}]", "x".repeat(5_000)), "intake.registry_row_too_long"),
        ("] x", "intake.json_syntax"),
    ] {
        let read = read("extract.json", &format!("[{row}{rest}"));
        assert_eq!((read.summary.taken, read.summary.rejected), (1, 1), "{id}");
        assert!(read.rejections[0].ends_with(id), "{:?} / {id}", read.rejections);
    }
    assert_eq!(read("one.json", row).summary.taken, 1);
    assert_eq!(read("none.json", "3").rejections.len(), 1);
}

#[test]
fn a_mapping_goes_before_the_usual_and_fills_what_is_constant() {
    let (_folder, path) = file("extract.csv", "名;代码;况\n样例公司;91440300MA5EXAMP19;甲\n".as_bytes());
    let mapping = "[columns]\n'名' = 'name'\n'代码' = 'number'\n'况' = 'status'\n[constants]\nas_of = '2026-10-01'\n[values.status]\n'甲' = 'revoked'\n";
    let found = read_as(&path, mapping, &|_| true).unwrap().evidence;
    let found = record(&found[0]);
    assert_eq!(
        (found.status, found.status_text.as_str(), found.as_of),
        (RegistryStatus::Revoked, "甲", Some(date(2026, 10, 1)))
    );
    let wrong = mapping.replace("revoked", "gone");
    assert_eq!(
        read_as(&path, &wrong, &|_| true).unwrap().rejections,
        ["2 C 况 status intake.registry_mapped_status"]
    );
}

#[test]
fn a_table_that_is_no_extract_is_refused() {
    for (text, mapping, expected) in [
        ("甲,乙\n1,2\n", "", "NotHeadings"),
        ("企业名称,住所\n样例,样例路\n", "", "Missing([\"number\", \"status\"])"),
        ("企业名称,单位名称,注册号,状态\na,b,c,d\n", "", "Twice"),
        ("企业名称,注册号,状态\na,b,c\n", "[columns]\n'况' = 'status'\n", "AbsentColumns"),
    ] {
        let (_folder, path) = file("extract.csv", text.as_bytes());
        let Err(IntakeError::Table { fault, .. }) = read_as(&path, mapping, &|_| true) else {
            panic!("{text} was read")
        };
        assert!(format!("{fault:?}").starts_with(expected), "{fault:?}");
    }
    let (_folder, path) = file("extract.csv", format!("{HEADS}{ROW}").as_bytes());
    let extract = Extract::open(&path, &Limits::default(), ExtractMapping::default()).unwrap();
    let warned: Vec<String> = extract.warnings().iter().map(|warning| warning.text(Lang::En)).collect();
    assert_eq!(warned.len(), 1);
    assert!(warned[0].contains("J 注册资本"), "{warned:?}");
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_stumble(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), json: bool) {
        let (_folder, path) = file(if json { "x.json" } else { "x.jsonl" }, &bytes);
        let _ = read_as(&path, "", &|_| true);
    }
}
