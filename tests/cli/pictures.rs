//! Documents in words, and filings that wait for somebody who sees pictures.

use crate::home::*;

#[test]
fn documents_are_told_in_words_and_masked() {
    let home = Home::with_demo();
    let told = home.demo(&["show", "D-1005", "--pictures"]).ends(DONE).out;
    for line in ["主体证件, 第1件共", "须看图: 印章", "无须看图的内容", "应由它证明的填报值"]
    {
        assert!(told.contains(line), "{line}: {told}");
    }
    let plain = home.demo(&["show", "D-1005"]).out;
    assert!(!plain.contains("须看图"), "only where it is asked for");
    let rows = home.demo(&["show", "D-1005", "--json"]).ends(DONE);
    let pictures = rows.rows()[0]["pictures"].as_array().unwrap().clone();
    assert_eq!(pictures.len(), rows.rows()[0]["attachments"].as_array().unwrap().len());
    assert_eq!(pictures[0]["needs_eyes"], serde_json::json!(["seal"]));
    assert!(pictures.iter().any(|picture| picture["needs_eyes"] == serde_json::json!([])));
    for value in personal_values() {
        assert!(!told.contains(&value) && !rows.out.contains(&value), "{value}");
    }
}

#[test]
fn what_waits_for_pictures_is_held_found_and_exported() {
    let home = Home::with_demo();
    home.demo(&["decide", "D-1001", "--hold", "pictures", "--until", "2040-01-01"]).ends(DONE);
    home.demo(&["decide", "D-1002", "--hold", "callback", "--until", "2040-01-01"]).ends(DONE);
    let held = |kind: &str| {
        let rows = home.demo(&["queue", "--hold", kind, "--json"]).ends(DONE).rows();
        rows.iter().map(|row| row["filing"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(held("pictures"), ["D-1001"]);
    assert!(
        held("callback").contains(&"D-1002".to_owned()) && !held("callback").contains(&"D-1001".to_owned())
    );
    assert!(held("extension").is_empty());
    home.demo(&["queue", "--hold", "nothing"]).ends(USAGE).says(&["pictures"]);
    let exported = home.demo(&["export", "--day", &home.day(), "--format", "jsonl"]).ends(DONE).rows();
    assert!(exported.iter().any(|row| row["hold"] == "pictures"), "{exported:?}");
    home.demo(&["verify"]).ends(DONE);
}
