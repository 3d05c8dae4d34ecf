//! `heyan demo`: its workspace, the day before in it, and what is planted.

use std::fs;

use serde_json::Value;

use crate::home::*;
use crate::{sample, write_pack};

#[test]
fn the_demo_makes_its_workspace_once() {
    let home = Home::new();
    home.run(&["demo", "--no-review"]).ends(DONE).says(&["示例工作区已建好", "heyan review"]);
    let before = fs::read(home.path(".local/share/heyan/demo/heyan.db")).unwrap();
    home.run(&["demo", "--no-review"]).ends(DONE).says(&["没有改动"]);
    assert!(before == fs::read(home.path(".local/share/heyan/demo/heyan.db")).unwrap());
    let rows = home.demo(&["queue", "--json"]).ends(DONE).rows();
    assert_eq!(rows.len(), workable());
    assert!(rows.iter().all(|row| row["due_at"].is_string()));
    assert_eq!(fs::read_dir(home.path(".local/share/heyan")).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn the_demo_has_a_day_before() {
    let home = Home::with_demo();
    home.demo(&["verify"]).ends(DONE);
    let told = ["export", "--from", "2000-01-01", "--to", "2999-12-31", "--format", "jsonl"];
    let said = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let rows = home.demo(&told).ends(DONE).rows();
    let rows: Vec<_> = rows.iter().map(|row| (said(row, "filing"), said(row, "verdict"))).collect();
    let expected = [("D-1013", "fail"), ("D-1036", "hold")];
    assert_eq!(rows, expected.map(|(filing, verdict)| (filing.to_owned(), verdict.to_owned())));
    let queued = |filter: &[&str]| home.demo(&[&["queue", "--json"], filter].concat()).rows();
    let lane: Vec<_> = queued(&["--lane", "returned"]).iter().map(|row| said(row, "filing")).collect();
    assert_eq!(lane, ["D-1013"], "handed in again");
    let held: Vec<_> = queued(&["--state", "hold"]).iter().map(|row| said(row, "filing")).collect();
    assert_eq!(held, ["D-1036"]);
    home.demo(&["decide", "D-1001", "--pass"]).ends(DONE);
    assert_ne!(home.day(), said(&home.demo(&told).rows()[0], "day"), "it was over before today");
}

#[test]
fn the_demo_refuses_what_it_did_not_make() {
    let home = Home::new();
    fs::create_dir(home.path("full")).unwrap();
    fs::write(home.path("full/mine.txt"), "mine").unwrap();
    home.run(&["demo", "--no-review", "--workspace", "full"]).ends(REFUSED).says(&["full", "--workspace"]);
    assert_eq!(fs::read_dir(home.path("full")).unwrap().count(), 1);
    write_pack(&home.path("pack"), &[sample(1)]);
    home.run(&["import", "--workspace", "other", "pack"]).ends(DONE);
    home.run(&["demo", "--no-review", "--workspace", "other"]).ends(REFUSED);
    assert_eq!(home.run(&["queue", "--workspace", "other", "--json"]).rows().len(), 1);
}

#[test]
fn what_is_planted_in_the_demo_is_proposed() {
    let home = Home::with_demo();
    for row in home.demo(&["check", "--json"]).ends(DONE).rows() {
        let filing = row["filing"].as_str().unwrap();
        let expected = &heyan::cli::demo_pack::expectations().unwrap()[filing].expect;
        let mut proposed: Vec<String> = row["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["status"] == "fail")
            .flat_map(|finding| finding["proposes"].as_array().unwrap())
            .map(|reason| reason.as_str().unwrap().to_owned())
            .collect();
        let mut expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
        proposed.sort();
        proposed.dedup();
        expected.sort();
        assert_eq!(proposed, expected, "{filing}");
    }
}
