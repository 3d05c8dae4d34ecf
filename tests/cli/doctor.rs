//! `heyan doctor`: what it finds, what it makes of faults, and that it changes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::home::*;

/// Every file beneath a folder with its bytes; SQLite's own index of its log comes and goes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !path.to_string_lossy().ends_with("-shm") {
            found.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    found.retain(|name, bytes| !(name.ends_with("-wal") && bytes.is_empty()));
    found
}

fn of<'a>(rows: &'a [Value], matter: &str) -> &'a Value {
    rows.iter().find(|row| row["matter"] == matter).unwrap_or_else(|| panic!("{matter}: {rows:?}"))
}

#[test]
fn a_sound_home_is_told_so_and_left_as_it_is() {
    let home = Home::with_demo();
    let before = files(&home.path(""));
    let rows = home.demo(&["doctor", "--json"]).ends(DONE).rows();
    for matter in
        ["version", "settings", "reasons", "workspace", "room", "file_system", "database", "log", "clock"]
    {
        let row = of(&rows, matter);
        assert!(row["v"] == 1 && row["message"].is_string(), "{row}");
        assert!(matter == "file_system" || row["status"] == "pass", "{row}");
    }
    assert_eq!(of(&rows, "prefixes")["status"], "pass", "the demo has a list");
    assert!(of(&rows, "database")["message"].as_str().unwrap().contains(&samples().to_string()));
    home.demo(&["doctor"]).ends(DONE).says(&["工作区", "快速检查无异常", "林样例"]);
    home.demo(&["doctor", "--lang", "en"]).ends(DONE).says(&["quick check passed"]);
    assert!(files(&home.path("")) == before);
}

#[test]
fn an_empty_home_is_no_fault() {
    let home = Home::new();
    home.run(&["doctor"]).ends(DONE).says(&["还没有工作区", "heyan import"]);
    assert_eq!(fs::read_dir(home.path("")).unwrap().count(), 0);
}

#[test]
fn what_would_stop_work_is_named_with_what_to_do() {
    let home = Home::with_demo();
    fs::create_dir_all(home.path(".config/heyan")).unwrap();
    fs::write(home.path(".config/heyan/config.toml"), "[ui]\nlanguage = \"en\"\n").unwrap();
    home.demo(&["doctor"]).ends(FAILED).says(&["x 设置", "config.toml:2:1", "language", "快速检查无异常"]);
    fs::write(home.path(".config/heyan/config.toml"), "[ui]\narming_ms = 300\n").unwrap();
    home.demo(&["doctor"]).ends(DONE).says(&["ui.arming_ms (:2)"]);
    home.demo(&["doctor", "--reviewer", "a\u{202e}b"]).ends(FAILED).says(&["x 审核人", "<U+202E>"]);

    let database = home.path(".local/share/heyan/demo/heyan.db");
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xa5);
    fs::write(&database, bytes).unwrap();
    home.demo(&["doctor"]).ends(FAILED).says(&["x 数据库"]);
    fs::write(&database, "no database at all").unwrap();
    home.demo(&["doctor"]).ends(FAILED).says(&["x 工作区"]);
}
