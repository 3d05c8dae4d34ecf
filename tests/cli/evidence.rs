//! Evidence that is imported: what is kept, what is not, and what is said of it.

use std::fs;

use serde_json::json;

use crate::home::*;

#[test]
fn imported_evidence_is_kept_once_for_those_it_concerns() {
    let home = Home::new();
    let pack = home.path("pack");
    fs::create_dir_all(&pack).unwrap();
    let filing = json!({
        "source": "样例", "key": "E-1", "order_type": "first", "province": "440000",
        "evidence_scheme": "electronic",
        "entity": {
            "name": "深圳市样例科技有限公司", "entity_type": 4, "certificate_type": 1,
            "certificate_number": "91440300MA5XYLH07A", "certificate_address": "深圳市样例路1号",
            "principal": {
                "name": "王样例", "document_type": 2, "document_number": "440305198503020019",
                "mobile": "13800000001", "email": "wang@sample.example",
            },
        },
    });
    fs::write(pack.join("filing.json"), filing.to_string()).unwrap();
    let record = |number: &str, at: &str| {
        json!({
            "version": 1, "subject": format!("number:{number}"), "means": "import", "source": "样例登记系统",
            "observed_at": at,
            "observation": { "registry": { "result": { "found": {
                "name": "深圳市样例科技有限公司", "number": number, "status": "active", "status_text": "存续",
            } } } },
        })
        .to_string()
    };
    let lines = [
        record("91440300MA5XYLH07A", "2026-01-02T03:04:05Z"),
        record("91440300MA5XYLH07A", "2999-01-02T03:04:05Z"),
        record("91440300XXXXXXXXXX", "2026-01-02T03:04:05Z"),
    ];
    fs::write(pack.join("evidence.jsonl"), lines.join("\n")).unwrap();
    let pack = pack.to_str().unwrap();

    let first = home.run(&["import", pack]).ends(REJECTED);
    first.says(&["evidence.jsonl:2", "observed_at", "证据：新收 1 条，已有 0 条，与本工作区无关 1 条"]);
    let again = home.run(&["import", "--json", pack]).ends(REJECTED).rows();
    let counts = again.last().unwrap();
    assert_eq!(
        ["kept", "known", "unconcerned"].map(|name| counts[format!("evidence_{name}")].as_u64().unwrap()),
        [0, 1, 1]
    );
    home.run(&["verify"]).ends(DONE);
}
