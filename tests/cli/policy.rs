//! `heyan policy`: shown, changed, refused, and what follows from it.

use std::fs;

use serde_json::json;

use crate::home::*;

#[test]
fn the_policy_is_shown_and_changed_by_entries() {
    let home = Home::with_demo();
    home.demo(&["policy"]).ends(DONE).says(&["lease_seconds", "900", "Asia/Shanghai", "清单 2025-12，3 段"]);
    home.demo(&["policy", "set", "lease_seconds", "120"]).ends(DONE).says(&["记入台账"]);
    home.demo(&["policy", "set", "lease_seconds", "120"]).ends(DONE).says(&["未作更改"]);
    home.demo(&["policy", "set", "second_review", "false"]).ends(DONE);
    home.demo(&["policy", "set", "attention", "always"]).ends(DONE);
    let row = &home.demo(&["policy", "--json"]).ends(DONE).rows()[0];
    assert_eq!(
        (&row["lease_seconds"], &row["second_review"], &row["attention"]),
        (&json!(120), &json!(false), &json!("always"))
    );
    home.demo(&["verify"]).ends(DONE);
}

#[test]
fn what_cannot_be_is_refused() {
    let home = Home::with_demo();
    for words in [
        ["lease_seconds", "59"],
        ["lease_seconds", "soon"],
        ["cool_off_seconds", "86401"],
        ["second_review", "maybe"],
        ["attention", "sometimes"],
        ["provider", " "],
        ["retention", "1"],
    ] {
        home.demo(&["policy", "set", words[0], words[1]]).ends(USAGE).says(&[words[0]]);
    }
    home.demo(&["policy", "set", "zone", "Asia/Tokyo"]).ends(REFUSED).says(&["Asia/Shanghai"]);
    home.demo(&["policy", "prefixes", "nowhere.txt"]).ends(USAGE).says(&["nowhere.txt"]);
}

#[test]
fn a_list_of_prefixes_is_judged_by_and_verified() {
    let home = Home::with_demo();
    fs::write(home.path("list.txt"), "# 样例云\n192.0.2.0/24\n198.51.100.0/28\n").unwrap();
    home.demo(&["policy", "prefixes", "list.txt", "--version", "样例 7"]).ends(DONE).says(&["heyan check"]);
    let queue = home.demo(&["queue", "--json"]).rows();
    assert!(queue.iter().all(|row| row["clean"] == false), "all wait to be judged again");
    let rows = home.demo(&["check", "--json", "D-1001", "D-1003"]).ends(DONE).rows();
    let said = |at: usize| {
        let findings = rows[at]["findings"].as_array().unwrap();
        findings
            .iter()
            .filter(|finding| finding["check"] == "access_addresses" && finding["status"] == "warn")
            .map(|finding| finding["message"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(said(0), [""; 0]);
    assert_eq!(said(1), ["198.51.100.21 不在本接入商地址段内（清单 样例 7）"]);
    home.demo(&["policy"]).ends(DONE).says(&["清单 样例 7，2 段"]);
    home.demo(&["doctor"]).ends(DONE).says(&["清单 样例 7，2 段"]);

    let row = &home.demo(&["policy", "--json"]).rows()[0];
    let sha256 = row["prefixes"]["sha256"].as_str().unwrap();
    let kept = home.path(&format!(".local/share/heyan/demo/attachments/{}/{sha256}", &sha256[..2]));
    home.demo(&["verify"]).ends(DONE);
    fs::write(&kept, "0.0.0.0/0\n").unwrap();
    home.demo(&["verify"]).ends(DAMAGE).says(&[sha256]);
    home.demo(&["doctor"]).ends(FAILED).says(&["x 地址段清单", "清单 样例 7，2 段"]);
    home.demo(&["show", "D-1003"]).ends(DONE).says(&["地址段清单读不出"]);
    home.demo(&["policy", "prefixes", "list.txt", "--version", "样例 8"]).ends(DONE);
    home.demo(&["verify"]).ends(DONE);
}

#[test]
fn a_list_with_a_bad_line_is_not_taken() {
    let home = Home::with_demo();
    fs::write(home.path("list.txt"), "192.0.2.0/24\n198.51.100.7/24\nnonsense\n").unwrap();
    let told = home.demo(&["policy", "prefixes", "list.txt"]).ends(REJECTED);
    told.says(&["第 2 行", "198.51.100.0/24", "第 3 行", "nonsense", "没有采用"]);
    let rows = home.demo(&["policy", "prefixes", "list.txt", "--json"]).ends(REJECTED).rows();
    assert_eq!(rows.iter().map(|row| row["line"].clone()).collect::<Vec<_>>(), [json!(2), json!(3)]);
    home.demo(&["policy"]).ends(DONE).says(&["清单 2025-12"]);
}
