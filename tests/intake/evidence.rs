//! Evidence that comes with a pack: what is taken, and what is refused by line and field.

use heyan::domain::evidence::{Gatherer, Means, Subject};
use heyan::domain::revision::sha256_hex;
use serde_json::{Value, json};

use crate::support::*;

fn face() -> Value {
    json!({
        "version": 1,
        "subject": format!("attachment:{}", "ab".repeat(32)),
        "means": "import",
        "source": "样例比对平台",
        "observed_at": "2026-01-02T03:04:05Z",
        "observation": { "face": { "score_permille": 912, "threshold_permille": 800 } },
    })
}

fn website(text_sha256: &str) -> Value {
    json!({
        "version": 1,
        "subject": "domain:a.example",
        "means": "sample",
        "source": "样例",
        "observed_at": "2026-01-02T03:04:05Z",
        "observation": { "website": {
            "visits": [
                { "url": "http://a.example/", "end": { "page": 0 } },
                { "url": "https://a.example/", "end": "redirect_loop" },
                { "url": "http://www.a.example/", "end": { "no_answer": { "kind": "timeout" } } },
            ],
            "pages": [{
                "url": "http://a.example/",
                "status": 200,
                "charset": { "used": "UTF-8" },
                "body_sha256": "cd".repeat(32),
                "body_bytes": 9,
                "text_sha256": text_sha256,
                "text_characters": 4,
            }],
        } },
    })
}

/// One good filing, and evidence lines of which each is a change to a good one.
fn pack(lines: &[Value], files: &[(&str, &[u8])]) -> Outcome {
    let filing = filing("K1", &[]);
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let lines = lines.join("\n");
    let mut all: Vec<(&str, &[u8])> =
        vec![("filings.jsonl", filing.as_bytes()), ("evidence.jsonl", lines.as_bytes())];
    all.extend(files);
    let folder = folder(&all);
    let outcome = take(folder.path());
    let (_kept, zipped) = saved(&archive(&all));
    assert_eq!(take(&zipped).told(), outcome.told(), "an archive is read as a folder is");
    outcome
}

#[test]
fn pieces_come_after_the_filings_with_the_files_that_they_name() {
    let text = "样例页面";
    let sha256 = sha256_hex(text.as_bytes());
    let file = format!("evidence/{sha256}");
    let outcome = pack(&[face(), website(&sha256)], &[(&file, text.as_bytes())]);
    assert_eq!((outcome.told(), outcome.keys()), (vec![], vec!["K1"]));
    let pieces = outcome.evidence();
    let kinds: Vec<_> = pieces.iter().map(|piece| (piece.gatherer(), piece.means)).collect();
    assert_eq!(kinds, [(Gatherer::Face, Means::Import), (Gatherer::Website, Means::Sample)]);
    assert_eq!(pieces[1].subject, Subject::domain("a.example").unwrap());
    assert_eq!(outcome.shelf.0[&sha256], text.as_bytes());
    let (sealed, body) = pieces[1].sealed();
    assert_eq!((sealed.len(), serde_json::from_str::<Value>(&body).unwrap()), (64, website(&sha256)));
}

#[test]
fn a_list_by_itself_is_read_without_filings() {
    let folder = folder(&[("evidence.jsonl", face().to_string().as_bytes())]);
    let outcome = take(&folder.path().join("evidence.jsonl"));
    assert_eq!((outcome.told(), outcome.evidence().len()), (vec![], 1));
}

#[test]
fn what_is_wrong_is_named_by_line_and_field_and_the_others_are_kept() {
    let change = |at: &str, value: Value| {
        let mut piece = face();
        *piece.pointer_mut(at).unwrap() = value;
        piece
    };
    let cases = [
        (change("/means", json!("machine")), "means evidence_machine"),
        (change("/means", json!("rumour")), "means unknown_name"),
        (change("/subject", json!("attachment:XYZ")), "subject wrong_value"),
        (change("/subject", json!("domain:A.Example")), "subject wrong_value"),
        (change("/observed_at", json!("yesterday")), "observed_at wrong_value"),
        (
            change("/observation/face/score_permille", json!("912")),
            "observation.face.score_permille wrong_type",
        ),
        (change("/observation", json!({ "telepathy": {} })), "observation unknown_name"),
        (change("/observation", json!({})), "observation wrong_type"),
        (website(&"ef".repeat(32)), "observation file_missing"),
        (website("../../etc/passwd"), "observation file_missing"),
        (change("/subject", json!("domain:a.example")), "observation evidence_unfit"),
        (change("/source", json!(" ")), "source wrong_value"),
        (change("/source", json!("x".repeat(201))), "source wrong_value"),
        (
            {
                let mut visit = website(&"ef".repeat(32));
                visit["observation"]["website"]["visits"][0]["end"] = json!({ "page": 1 });
                visit
            },
            "observation.website.visits[0].end.page wrong_value",
        ),
        (json!([1]), "- not_one_object"),
    ];
    let lines: Vec<Value> = cases.iter().map(|(piece, _)| piece.clone()).chain([face()]).collect();
    let outcome = pack(&lines, &[]);
    let expected: Vec<String> =
        cases.iter().enumerate().map(|(at, (_, told))| format!("{} - {told}", at + 1)).collect();
    assert_eq!(outcome.told(), expected);
    assert_eq!((outcome.keys(), outcome.evidence().len()), (vec!["K1"], 1));
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_refused() {
    let sha256 = "ab".repeat(32);
    let file = format!("evidence/{sha256}");
    let outcome = pack(&[website(&sha256)], &[(&file, b"something else")]);
    assert_eq!(outcome.told().len(), 1, "{:?}", outcome.told());
    assert!(outcome.shelf.0.is_empty() && outcome.evidence().is_empty());
}
