//! The real program with operators' tables: mapping, explanation, import, export and import again.

use super::*;

const HEADS: &str = "单号,备案省份,主办单位名称,单位性质,证件类型,证件号码,证件住所,主体负责人姓名,主体负责人证件类型,\
                     主体负责人证件号码,主体负责人手机号,主体负责人邮箱,客户经理";
const GOOD: &str = "T-1,广东,深圳市样例科技有限公司,企业,营业执照,91440300MA5XYLH07A,样例路1号,王样例,居民身份证,\
                    440305198503020019,13800000001,wang@sample.example,赵样例";
const MAPPING: &str = "[columns]\n'单号' = 'key'\n[constants]\nsource = 'crm'\norder_type = 'special_verification'\n\
                       evidence_scheme = 'electronic'\n";

fn with_table(rows: &[&str]) -> Home {
    let home = Home::new();
    let text = format!("{HEADS}\n{}\n", rows.join("\n"));
    fs::write(home.path("t.csv"), encoding_rs::GB18030.encode(&text).0).unwrap();
    fs::write(home.path("map.toml"), MAPPING).unwrap();
    home
}

#[test]
fn an_explanation_imports_nothing() {
    let home = with_table(&[GOOD]);
    let told = home.run(&["import", "t.csv", "--mapping", "map.toml", "--explain"]).ends(DONE).says(&[
        "gb18030",
        "单号",
        "映射文件",
        "entity.principal.mobile",
        "常用表头",
        "不认识",
        "44**************19",
        "evidence_scheme",
        "可以导入",
    ]);
    for personal in ["440305198503020019", "13800000001", "王样例", "赵样例"] {
        assert!(!told.out.contains(personal), "{personal}");
    }
    assert!(!home.path(".local/share/heyan").exists(), "no workspace is made");
    let rows = home.run(&["import", "t.csv", "--explain", "--json"]).ends(REJECTED).rows();
    assert_eq!((&rows[0]["column"], &rows[0]["how"]), (&"A".into(), &"unknown".into()));
    let last = rows.last().unwrap();
    assert_eq!(last["missing"], serde_json::json!(["source", "key", "order_type", "evidence_scheme"]));
    assert_eq!((&last["encoding"], &last["delimiter"]), (&"gb18030".into(), &",".into()));
}

#[test]
fn good_rows_are_kept_and_bad_ones_named() {
    let bad = GOOD.replace("T-1", "T-2").replace("440305198503020019", "4.40305E+17");
    let home = with_table(&[GOOD, &bad]);
    let import = ["import", "t.csv", "--mapping", "map.toml"];
    home.run(&import).ends(REJECTED).says(&[
        "客户经理",
        "t.csv:3",
        "J 主体负责人证件号码",
        "15 位",
        "新增 1",
        "拒收 1",
    ]);
    let rows = home.run(&[&import[..], &["--json"]].concat()).ends(REJECTED).rows();
    assert!(rows[0]["warning"].as_str().unwrap().contains("客户经理"));
    assert_eq!((&rows[1]["filing"], &rows[1]["cell"]), (&"T-2".into(), &"J 主体负责人证件号码".into()));
    assert_eq!(rows[2]["unchanged"], 1);
    let shown = home.run(&["show", "T-1", "--json"]).ends(DONE).rows();
    let findings = shown[0]["findings"].as_array().unwrap();
    let materials: Vec<&Value> =
        findings.iter().filter(|found| found["check"] == "required_materials").collect();
    assert_eq!((materials.len(), &materials[0]["status"]), (1, &"not_run".into()));
    assert_eq!(materials[0]["proposes"], serde_json::json!([]));
    home.run(&["import", "t.csv"]).ends(REJECTED).says(&["缺少必填字段", "--explain"]);
    home.run(&["decide", "T-1", "--pass"]).ends(DONE);
}

#[test]
fn a_wrong_mapping_is_wrong_usage() {
    let home = with_table(&[GOOD]);
    fs::write(home.path("bad.toml"), "[columns]\n'单号' = 'kee'\n").unwrap();
    home.run(&["import", "t.csv", "--mapping", "bad.toml"]).ends(USAGE).says(&["bad.toml:2:8", "kee"]);
    home.run(&["import", "t.csv", "--mapping", "none.toml"]).ends(USAGE).says(&["none.toml"]);
    write_pack(&home.path("pack"), &[sample(1)]);
    home.run(&["import", "pack", "--explain"]).ends(USAGE).says(&["pack", "不是表格"]);
    assert!(!home.path(".local/share/heyan").exists());
}

#[test]
fn exported_filings_are_imported_again_exactly() {
    let home = Home::with_demo();
    let all = ["export", "--filings", "--format", "csv", "--unmask", "--out", "all.csv"];
    home.demo(&all).ends(DONE).says(&[&samples().to_string(), "all.csv"]);
    let again = home.demo(&["import", "all.csv", "--json"]).ends(DONE).rows();
    assert_eq!((&again[0]["unchanged"], &again[0]["revised"]), (&samples().into(), &0.into()));
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(home.path("all.csv")).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    home.demo(&["decide", "D-1001", "--pass"]).ends(DONE);
    let decided = home.demo(&["export", "--filings", "--state", "decided", "--format", "jsonl", "--unmask"]);
    assert_eq!(decided.ends(DONE).rows()[0]["key"], "D-1001");

    let masked = home.demo(&["export", "--filings", "--format", "csv"]).ends(DONE);
    for value in personal_values() {
        assert!(!masked.out.contains(&value), "{value}");
    }
    fs::write(home.path("masked.csv"), &masked.out).unwrap();
    home.demo(&["import", "masked.csv"]).ends(REJECTED).says(&["打码", "--unmask"]);
    let day = home.day();
    home.demo(&["export", "--day", &day, "--format", "csv", "--out", "day.csv"]).ends(DONE);
    home.demo(&["import", "day.csv"]).ends(REJECTED).says(&["审核结论的导出", "heyan export --filings"]);
    home.demo(&["verify"]).ends(DONE);
    home.demo(&["export", "--filings", "--day", &day, "--format", "csv"]).ends(USAGE);
    home.demo(&["export", "--day", &day, "--state", "open", "--format", "csv"]).ends(USAGE);
}

#[test]
fn rows_leave_only_after_the_day_book_has_them() {
    let home = Home::with_demo();
    let export = ["export", "--filings", "--format", "jsonl", "--unmask"];
    let folders: Vec<PathBuf> = vec![home.path(".")];
    let stores = databases(folders);
    assert!(!stores.is_empty());
    let held: Vec<rusqlite::Connection> =
        stores.iter().map(|store| rusqlite::Connection::open(store).unwrap()).collect();
    for store in &held {
        store.execute_batch("BEGIN IMMEDIATE").unwrap();
    }
    assert!(home.demo(&export).out.is_empty(), "nothing leaves unrecorded");
    drop(held);
    assert!(!home.demo(&export).ends(DONE).out.is_empty());
}

/// The SQLite files below some folders.
fn databases(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read(&path).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3")) {
                found.push(path);
            }
        }
    }
    found
}
