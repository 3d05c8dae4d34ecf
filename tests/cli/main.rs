//! The real program, command by command: what it prints, what it keeps, and its exit codes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod demo;
mod doctor;
mod evidence;
mod home;
mod pictures;
mod policy;
mod shell;
mod tables;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use home::*;

#[test]
fn the_queue_is_searched_and_filtered() {
    let home = Home::with_demo();
    let keys = |options: &[&str]| {
        let rows = home.demo(&[&["queue", "--json"], options].concat()).ends(DONE).rows();
        rows.iter().map(|row| row["filing"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = keys(&[]);
    assert_eq!(keys(&["--search", "d-1003"]), ["D-1003"]);
    assert_eq!(keys(&["--search", "没有这家"]), [""; 0]);
    let special = keys(&["--lane", "special"]);
    assert!(!special.is_empty() && special.len() < all.len());
    assert_eq!(special, keys(&["--type", "special_verification"]));
    let of = |province: &str| keys(&["--province", province]);
    assert!(!of("粤").is_empty());
    assert_eq!((of("粤"), of("广东")), (of("440000"), of("guangdong")));
    let failed = keys(&["--finding", "principal_id:fail", "--state", "all"]);
    assert!(!failed.is_empty() && failed.len() < all.len());
    let proposed = home.demo(&["check", "--json"]).rows();
    let proposal = proposed.iter().find_map(|row| {
        row["findings"].as_array()?.iter().find_map(|finding| {
            Some((row["filing"].as_str()?, finding["proposes"].get(0)?.as_str()?.split('@').next()?))
        })
    });
    let (filing, code) = proposal.unwrap();
    assert!(keys(&["--reason", code]).contains(&filing.to_owned()));

    let row = home.demo(&["queue", "--json", "--search", "D-1003"]).rows().remove(0);
    assert_eq!(row["found"]["field"], "key");
    assert!(row["lane"].is_string());
    home.demo(&["queue", "--type", "first", "--limit", "1"]).ends(DONE).says(&["同样的条件加 --after q"]);
    for (options, known) in [
        (["--province", "火星"], "440000 广东"),
        (["--finding", "nothing"], "principal_id"),
        (["--finding", "principal_id:pass"], "principal_id:fail"),
        (["--reason", "NO-SUCH"], "ENT-NAME-MISMATCH"),
        (["--lane", "fast"], "returned"),
        (["--search", " "], "--search"),
    ] {
        home.demo(&[&["queue"], &options[..]].concat()).ends(USAGE).says(&[known]);
    }
}

#[test]
fn the_queue_goes_by_due_time_and_in_pages() {
    let home = Home::with_demo();
    let whole = home.demo(&["queue", "--json"]).rows();
    let mut due: Vec<&str> = whole.iter().map(|row| row["due_at"].as_str().unwrap()).collect();
    assert_eq!(whole[0]["filing"], "D-1001");
    due.sort_unstable();
    assert_eq!(due[0], whole[0]["due_at"].as_str().unwrap());
    let first = home.demo(&["queue", "--json", "--limit", "5"]).rows();
    let cursor = first[4]["cursor"].as_str().unwrap();
    let rest = home.demo(&["queue", "--json", "--after", cursor]).rows();
    let pages: Vec<&Value> = first.iter().chain(&rest).map(|row| &row["filing"]).collect();
    assert_eq!(pages, whole.iter().map(|row| &row["filing"]).collect::<Vec<_>>());
    home.demo(&["queue", "--limit", "5"]).ends(DONE).says(&["订单", "专项核查", "heyan queue --after q"]);
    home.demo(&["queue", "--state", "decided"]).ends(DONE).says(&["没有订单"]);
}

#[test]
fn show_masks_and_explains() {
    let home = Home::with_demo();
    let text =
        home.demo(&["show", "D-1009"]).ends(DONE).says(&["主体负责人", "CON-MOBILE-SHARED@spr.mobile"]);
    let rows = home.demo(&["show", "D-1009", "--json"]).ends(DONE);
    let row = &rows.rows()[0];
    assert_eq!((&row["v"], &row["filing"]), (&Value::from(1), &Value::from("D-1009")));
    let finding = &row["findings"].as_array().unwrap()[0];
    for field in ["check", "status", "proposes", "evidence"] {
        assert!(!finding[field].is_null(), "{field}");
    }
    let english = home.demo(&["show", "D-1009", "--lang", "en"]).ends(DONE).says(&["Site principal"]);
    for value in personal_values() {
        for output in [&text.out, &rows.out, &english.out] {
            assert!(!output.contains(&value), "{value}");
        }
    }
}

#[test]
fn no_command_prints_personal_data() {
    let home = Home::with_demo();
    let filings = home.demo(&["queue", "--json"]).rows();
    let mut printed = home.demo(&["queue"]).out + &home.demo(&["queue", "--json"]).out;
    printed += &home.demo(&["check"]).out;
    printed += &home.demo(&["check", "--json"]).out;
    for filing in filings {
        printed += &home.demo(&["show", filing["filing"].as_str().unwrap()]).out;
    }
    for value in personal_values() {
        assert!(!printed.contains(&value), "{value}");
    }
}

#[test]
fn decisions_of_every_kind_are_kept_and_exported() {
    let home = Home::with_demo();
    let revision =
        home.demo(&["show", "D-1001", "--json"]).rows()[0]["revision"].as_str().unwrap().to_owned();
    home.demo(&["decide", "D-1001", "--pass", "--expect-revision", &revision[..12]])
        .ends(DONE)
        .says(&["D-1001", "通过"]);
    let codes = "ENT-NAME-MISMATCH@name,EPR-NOT-LEGAL-REP@epr.name";
    let failed =
        home.demo(&["decide", "D-1005", "--fail", codes, "--opinion", "请联系13800005678", "--json"]);
    assert_eq!(failed.ends(DONE).rows()[0]["verdict"], "fail");
    home.demo(&["decide", "D-1008", "--hold", "callback", "--until", "2040-01-01T09:00"])
        .ends(DONE)
        .says(&["2040-01-01 09:00"]);
    home.demo(&["decide", "D-1009", "--escalate", "--internal", "请组长看看"]).ends(DONE);

    let day = home.day();
    let rows = home.demo(&["export", "--day", &day, "--format", "jsonl"]).ends(DONE).rows();
    let verdicts: Vec<&str> = rows.iter().map(|row| row["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["pass", "fail", "hold", "escalate"]);
    assert_eq!(rows[1]["reasons"][0], "ENT-NAME-MISMATCH@name");
    assert_eq!(rows[1]["opinion"], "请联系138****5678");
    assert_eq!(rows[0]["reviewer"], "林样例");
    assert!(rows.iter().all(|row| row["filing"].is_string() && row["state"] == "cooling"));
    assert!(rows[3].get("internal_note").is_none());

    let unmasked = home.demo(&["export", "--day", &day, "--format", "jsonl", "--unmask"]).rows();
    assert_eq!(unmasked[1]["opinion"], "请联系13800005678");
    assert_eq!(unmasked[3]["internal_note"], "请组长看看");

    let out = ["export", "--day", &day, "--format", "csv", "--out", "day.csv"];
    home.demo(&out).ends(DONE).says(&["4", "day.csv"]);
    home.demo(&out).ends(DONE);
    let csv = fs::read_to_string(home.path("day.csv")).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 5);
    home.demo(&["verify"]).ends(DONE).says(&["完好"]);
}

#[test]
fn a_decision_may_be_withdrawn_and_made_again() {
    let home = Home::with_demo();
    home.demo(&["withdraw", "D-1001"]).ends(REFUSED);
    home.demo(&["decide", "D-1001", "--pass"]).ends(DONE);
    home.demo(&["decide", "D-1001", "--pass"]).ends(REFUSED).says(&["D-1001", "林样例"]);
    home.demo(&["withdraw", "D-1001", "--reviewer", "赵样例"]).ends(REFUSED);
    home.demo(&["withdraw", "D-1001"]).ends(DONE).says(&["撤回"]);
    home.demo(&["decide", "D-1001", "--escalate", "--internal", "请组长看看"]).ends(DONE);
    let exported = home.demo(&["export", "--day", &home.day(), "--format", "jsonl"]).rows();
    let states: Vec<&str> = exported.iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["withdrawn", "cooling"]);
}

#[test]
fn a_flagged_reason_waits_for_another_reviewer() {
    let home = Home::with_demo();
    let first = ["decide", "D-1010", "--fail", "MAT-TAMPERED@verification_form", "--json"];
    assert_eq!(home.demo(&first).ends(DONE).rows()[0]["decision"], "second_review");
    let second =
        ["decide", "D-1010", "--fail", "MAT-TAMPERED@verification_form", "--second-review", "--json"];
    home.demo(&second).ends(REFUSED);
    let mut other = second.to_vec();
    other.extend(["--reviewer", "赵样例"]);
    assert_ne!(home.demo(&other).ends(DONE).rows()[0]["decision"], "second_review");
    let exported = home.demo(&["export", "--day", &home.day(), "--format", "jsonl"]).rows();
    assert_eq!(exported.len(), 1);
    assert_eq!(
        (exported[0]["reviewer"].as_str(), exported[0]["second_reviewer"].as_str()),
        (Some("林样例"), Some("赵样例"))
    );
}

#[test]
fn refusals_name_the_rule() {
    let home = Home::with_demo();
    for (words, code, said) in [
        (&["--fail", "NO-SUCH-CODE@name"][..], USAGE, "NO-SUCH-CODE"),
        (&["--fail", "ENT-NAME-MISMATCH@epr.mobile"], USAGE, "epr.mobile"),
        (&["--fail", "ENT-NAME-MISMATCH@name,ENT-NAME-MISMATCH@name"], REFUSED, "ENT-NAME-MISMATCH@name"),
        (&["--fail", "OTHER@order", "--opinion", "太短"], REFUSED, "十个字"),
        (&["--escalate"], REFUSED, "内部备注"),
        (&["--pass", "--expect-revision", "000000000000"], REFUSED, "000000000000"),
        (&["--pass", "--expect-revision", "00"], USAGE, "12"),
        (&["--pass", "--escalate"], USAGE, "--escalate"),
        (&["--hold", "sometime"], USAGE, "callback"),
        (&["--hold", "callback", "--until", "soon"], USAGE, "soon"),
        (&["--hold", "callback", "--until", "2020-01-01"], USAGE, "2020-01-01"),
        (&["--pass", "--grade", "reject"], USAGE, "--grade"),
        (&["--pass", "--until", "2040-01-01"], USAGE, "--until"),
        (&[], USAGE, "--pass"),
    ] {
        let mut decide = vec!["decide", "D-1002"];
        decide.extend(words);
        home.demo(&decide).ends(code).says(&[said]);
    }
    home.demo(&["decide", "D-9999", "--pass"]).ends(USAGE).says(&["D-9999"]);
    assert_eq!(home.demo(&["queue", "--json"]).rows().len(), workable(), "nothing was decided");
}

#[test]
fn a_policy_may_forbid_to_pass_unseen() {
    let home = Home::new();
    let demo = &["demo", "--no-review"];
    finished(home.command(demo).env("HEYAN_POLICY__ATTENTION", "always")).ends(DONE);
    home.demo(&["decide", "D-1001", "--pass"]).ends(REFUSED).says(&["heyan review"]);
    home.demo(&["decide", "D-1001", "--escalate", "--internal", "请组长看看"]).ends(DONE);
}

#[test]
fn verify_finds_a_changed_byte() {
    let home = Home::with_demo();
    home.demo(&["verify", "--json"]).ends(DONE);
    let folders = fs::read_dir(home.path(".local/share/heyan/demo/attachments")).unwrap();
    let mut pictures: Vec<PathBuf> = folders
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    pictures.sort();
    let mut bytes = fs::read(&pictures[0]).unwrap();
    bytes[100] ^= 1;
    fs::remove_file(&pictures[0]).unwrap();
    fs::write(&pictures[0], bytes).unwrap();
    let name = pictures[0].file_name().unwrap().to_str().unwrap().to_owned();
    home.demo(&["verify"]).ends(DAMAGE).says(&[&name]);
    let rows = home.demo(&["verify", "--json"]).ends(DAMAGE).rows();
    assert_eq!(rows.last().unwrap()["problems"], 1);
}

fn sample(line: usize) -> Value {
    let pack = include_str!("../../assets/demo/filings.jsonl");
    let mut filing: Value = serde_json::from_str(pack.lines().nth(line - 1).unwrap()).unwrap();
    filing["source"] = "console".into();
    filing["attachments"] = Value::Array(Vec::new());
    filing
}

fn write_pack(folder: &Path, filings: &[Value]) {
    fs::create_dir_all(folder).unwrap();
    let lines: String = filings.iter().map(|filing| format!("{filing}\n")).collect();
    fs::write(folder.join("filings.jsonl"), lines).unwrap();
}

#[test]
fn a_bad_pack_is_named_and_its_good_filings_are_kept() {
    let home = Home::new();
    let mut bad = sample(2);
    bad["entity"]["principal"]["mobile"] = Value::from(13);
    write_pack(&home.path("pack"), &[sample(1), bad, sample(3)]);
    home.run(&["import", "pack"]).ends(REJECTED).says(&[
        "filings.jsonl:2",
        "entity.principal.mobile",
        "新增 2",
        "拒收 1",
    ]);
    assert_eq!(home.run(&["queue", "--json"]).ends(DONE).rows().len(), 2);
    let rows = home.run(&["import", "pack", "--json"]).ends(REJECTED).rows();
    assert_eq!(rows[0]["field"], "entity.principal.mobile");
    assert_eq!(rows[1]["unchanged"], 2);
    home.run(&["import", "pack", "nowhere"]).says(&["nowhere"]);
}

#[test]
fn an_import_is_judged_at_once() {
    let home = Home::new();
    write_pack(&home.path("pack"), &[sample(1)]);
    home.run(&["import", "pack"]).ends(DONE).says(&["已核验 1"]);
    let queue = home.run(&["queue", "--json"]).rows();
    assert!(queue[0]["tally"].is_object());
    let one = home.run(&["check", "D-1001", "--json"]).ends(DONE).rows();
    assert_eq!(one.len(), 1);
    home.run(&["check", "D-9999"]).ends(USAGE);
}

#[test]
fn wrong_usage_and_missing_things_have_their_codes() {
    let home = Home::new();
    home.run(&["nonsense"]).ends(USAGE);
    home.run(&["queue"]).ends(FAILED).says(&["workspace", "heyan demo"]);
    home.run(&["export", "--format", "csv"]).ends(USAGE);
    home.run(&["export", "--day", "2026-13-01", "--format", "csv"]).ends(USAGE);
    home.run(&["export", "--from", "2026-02-01", "--to", "2026-01-01", "--format", "csv"]).ends(USAGE);
    home.run(&["review"]).ends(USAGE).says(&["终端"]);
    home.run(&[]).ends(USAGE).says(&["终端"]);
    home.run(&["queue", "--reviewer", "a\u{202e}b"]).ends(USAGE).says(&["<U+202E>"]);
    home.run(&["queue", "--config", "missing.toml"]).ends(USAGE).says(&["missing.toml"]);
    home.run(&["--version"]).ends(DONE).says(&["heyan"]);
}

#[test]
fn settings_come_from_the_home_folder_and_never_from_the_working_directory() {
    let home = Home::new();
    fs::write(home.path("config.toml"), "[nonsense]\n").unwrap();
    home.run(&["review"]).says(&["终端"]);
    fs::create_dir_all(home.path(".config/heyan")).unwrap();
    fs::write(home.path(".config/heyan/config.toml"), "[ui]\nlang = \"en\"\n").unwrap();
    home.run(&["review"]).says(&["terminal"]);
    home.run(&["review", "--lang", "zh"]).says(&["终端"]);
    finished(home.command(&["review"]).env("HEYAN_UI__LANG", "zh")).says(&["终端"]);
    fs::write(home.path(".config/heyan/config.toml"), "[ui]\nlanguage = \"en\"\n").unwrap();
    home.run(&["queue"]).ends(USAGE).says(&["config.toml:2:1", "language"]);
}

#[test]
fn help_speaks_both_languages() {
    let home = Home::new();
    home.run(&["--help"]).ends(DONE).says(&["核验台", "导入备案材料包"]);
    home.run(&["--help", "--lang", "en"]).ends(DONE).says(&["import filing packs"]);
    home.run(&["decide", "--help", "--lang=en"]).ends(DONE).says(&["never leaves"]);
}

#[test]
fn a_closed_pipe_ends_a_command_silently() {
    let home = Home::with_demo();
    let workspace = home.path(".local/share/heyan/demo");
    for words in [&["check", "--json"][..], &["check"], &["queue"]] {
        let mut command = home.command(words);
        let mut child = command
            .env("HEYAN_WORKSPACE", &workspace)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(DONE), ""), "{words:?}");
    }
}

#[test]
fn what_an_error_repeats_is_made_safe() {
    let home = Home::with_demo();
    home.demo(&["show", "x\u{1b}[31m\u{202e}y"]).ends(USAGE).says(&["x<U+001B>[31m<U+202E>y"]);
}
