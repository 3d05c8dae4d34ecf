//! Honest packs: good ones, and bad input that is named.

use std::fs;

use heyan::domain::case::FileFormat;
use heyan::domain::filing::{CodeSet, Filing};
use heyan::domain::message::Lang;
use heyan::domain::revision::sha256_hex;
use heyan::intake::Entry;

use crate::support::*;

#[test]
fn a_pack_reads_the_same_in_every_shape() {
    let photo = jpeg();
    let one = filing("K1", &["photos/a.jpg", "b.pdf"]);
    let files: [(&str, &[u8]); 2] = [("photos/a.jpg", &photo), ("b.pdf", b"%PDF-1.7 sample")];
    let lines = format!("\u{feff}\n{one}\r\n\n   \n{}", filing("K2", &[]));

    let with_one = folder(&[files[0], files[1], ("filing.json", format!("\u{feff}{one}").as_bytes())]);
    let with_lines = folder(&[files[0], files[1], ("filings.jsonl", lines.as_bytes())]);
    let loose =
        folder(&[files[0], files[1], ("today.JSON", one.as_bytes()), ("all.jsonl", lines.as_bytes())]);
    let (_one, zip_one) = saved(&archive(&[files[0], files[1], ("filing.json", one.as_bytes())]));
    let (_lines, zip_lines) = saved(&archive(&[files[0], files[1], ("filings.jsonl", lines.as_bytes())]));

    for (path, keys, list, line) in [
        (with_one.path().to_owned(), vec!["K1"], "/filing.json", 1),
        (with_lines.path().to_owned(), vec!["K1", "K2"], "/filings.jsonl", 2),
        (loose.path().join("today.JSON"), vec!["K1"], "today.JSON", 1),
        (loose.path().join("all.jsonl"), vec!["K1", "K2"], "all.jsonl", 2),
        (zip_one, vec!["K1"], "pack.zip/filing.json", 1),
        (zip_lines, vec!["K1", "K2"], "pack.zip/filings.jsonl", 2),
    ] {
        let outcome = take(&path);
        assert_eq!(outcome.keys(), keys, "{path:?} {:?}", outcome.told());
        assert_eq!(outcome.shelf.0.len(), 2);
        let Entry::Accepted { filing, attachments, origin } = &outcome.entries[0] else { panic!("{path:?}") };
        assert!(origin.file.ends_with(list) && origin.line == line, "{origin:?}");
        assert_eq!(attachments.len(), 2);
        let (first, second) = (&attachments[0], &attachments[1]);
        assert_eq!((first.format, first.pixels), (FileFormat::Jpeg, Some((40, 30))));
        assert_eq!((second.format, second.pixels, second.bytes), (FileFormat::Pdf, None, 15));
        assert_eq!(first.sha256, sha256_hex(&photo));
        assert_eq!(filing.attachments[0].sha256.as_ref(), Some(&first.sha256));
        assert_eq!(filing.attachments[1].sha256.as_ref(), Some(&second.sha256));
    }
}

#[test]
fn the_documented_example_is_a_good_pack() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pack-format.md")).unwrap();
    let example = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let parsed: Filing = serde_json::from_str(example).unwrap();
    let photo = jpeg();
    let mut files: Vec<(&str, &[u8])> = vec![("filing.json", example.as_bytes())];
    files.extend(parsed.attachments.iter().map(|attachment| (attachment.file.as_str(), photo.as_slice())));
    assert_eq!(files.len(), 8);
    let pack = folder(&files);
    let outcome = take(pack.path());
    assert_eq!(outcome.keys(), ["BA-2026-000001"], "{:?}", outcome.told());
}

#[test]
fn good_lines_are_kept_and_bad_ones_named() {
    let sum = "0".repeat(64);
    let wrong = with_province("K9", "440000", &format!(r#"{{"kind":"other","file":"a","sha256":"{sum}"}}"#));
    let shape = with_province("K10", "440000", r#"{"kind":"other","file":"a","sha256":"ABC"}"#);
    let right = with_province(
        "K11",
        "440000",
        &format!(r#"{{"kind":"other","file":"a","sha256":"{}"}}"#, sha256_hex(b"hello")),
    );
    let lines = [
        filing("K1", &["a"]),
        filing("K1", &["a"]),
        String::new(),
        "{".to_owned(),
        "[]".to_owned(),
        filing("", &[]),
        filing("a\\u0007b", &[]),
        filing(&"长".repeat(129), &[]),
        with_province("K2", "广东", ""),
        with_province("K3", "44", r#"{"kind":"other","file":"../a"},{"kind":"other","file":"/a"}"#),
        filing("K4", &["a", "gone", "photos/gone"]),
        filing("K5", &["photos"]),
        filing("K6", &["a/b"]),
        filing("K7", &["a"; 65]),
        format!("{{\"pad\":\"{}\"}}", "x".repeat(1 << 20)),
        wrong,
        shape,
        right,
        filing("K12", &["a", "a"]),
    ];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend(b"\n{\"key\":\"\xd1\xf9\xc0\xfd\"}\n");
    let pack = folder(&[("filings.jsonl", &bytes), ("a", b"hello"), ("photos/b", b"other")]);
    let outcome = take(pack.path());
    let long_key = format!("{}...", "长".repeat(40));
    assert_eq!(outcome.keys(), ["K1", "K11", "K12"]);
    assert_eq!(outcome.shelf.0.len(), 1);
    assert_eq!(
        outcome.told(),
        [
            "2 K1 key duplicate_filing".to_owned(),
            "4 - - json_cut".into(),
            "5 - - not_one_object".into(),
            "6 - key name_empty".into(),
            "7 a<U+0007>b key name_control".into(),
            format!("8 {long_key} key name_too_long"),
            "9 K2 province province_shape".into(),
            "10 K3 province province_shape".into(),
            "10 K3 attachments[0].file path_leaves".into(),
            "10 K3 attachments[1].file path_absolute".into(),
            "11 K4 attachments[1].file file_missing".into(),
            "11 K4 attachments[2].file file_missing".into(),
            "12 K5 attachments[0].file file_special".into(),
            "13 K6 attachments[0].file file_missing".into(),
            "14 K7 attachments too_many_attachments".into(),
            "15 - - line_too_long".into(),
            "16 K9 attachments[0].sha256 sha256_differs".into(),
            "17 K10 attachments[0].sha256 sha256_shape".into(),
            "20 - - wrong_encoding".into(),
        ]
    );
    let differs = outcome.rejections()[16];
    assert!(differs.found.text(Lang::En).contains(&sha256_hex(b"hello")));
    assert!(differs.expected.text(Lang::En).contains(&sum));
    assert_eq!(outcome.rejections()[0].message.args["line"], "1");
}

#[test]
fn masks_become_numbers_and_an_unknown_bit_is_named() {
    let with_modes = |key: &str, modes: &str| {
        let access = format!(r#","access":[{{"provider":"样例云","modes":{modes}}}]}}"#);
        filing(key, &[]).replace(r#","attachments":[]}"#, &access)
    };
    let lines =
        [with_modes("K1", r#"{"mask":18}"#), with_modes("K2", "[5,2,5]"), with_modes("K3", r#"{"mask":32}"#)];
    let pack = folder(&[("filings.jsonl", lines.join("\n").as_bytes())]);
    let outcome = take(pack.path());
    for entry in &outcome.entries {
        if let Entry::Accepted { filing, .. } = entry {
            assert_eq!(filing.access[0].modes, CodeSet::Numbers(vec![2, 5]), "{}", filing.key);
        }
    }
    assert_eq!(outcome.keys(), ["K1", "K2"]);
    assert_eq!(outcome.told(), ["3 K3 access[0].modes mask_bit"]);
}

#[test]
fn a_rejection_reads_as_one_sentence() {
    let pack = folder(&[("filings.jsonl", filing("K1", &["gone.jpg"]).as_bytes())]);
    let outcome = take(pack.path());
    let shown = pack.path().display();
    assert_eq!(
        outcome.rejections()[0].text(Lang::Zh),
        format!(
            "{shown}/filings.jsonl:1 K1 attachments[0].file：数据包内没有文件 gone.jpg。实际：没有；应为：数据包内的普通文件"
        )
    );
    assert_eq!(
        outcome.rejections()[0].text(Lang::En),
        format!(
            "{shown}/filings.jsonl:1 K1 attachments[0].file: the pack has no file gone.jpg. Found: nothing; expected: an ordinary file of the pack"
        )
    );
}

#[test]
fn other_encodings_are_refused_with_a_sentence() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(filing("K", &[]).encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for name in ["filing.json", "filings.jsonl"] {
        let pack = folder(&[(name, &utf16)]);
        assert_eq!(take(pack.path()).told(), ["- - - wrong_encoding"], "{name}");
    }
}

#[test]
fn what_is_no_pack_is_an_error_that_says_so() {
    let one = filing("K", &[]);
    let odd = folder(&[
        ("a.txt", b"x"),
        ("empty/b", b""),
        ("both/filing.json", one.as_bytes()),
        ("both/filings.jsonl", b""),
        ("bad.zip", b"no archive"),
        ("x.json/y", b""),
    ]);
    let (_deep, deep) = saved(&archive(&[("inner/filing.json", one.as_bytes())]));
    let fifo = odd.path().join("fifo.json");
    make_fifo(&fifo);
    for (path, id, rejection) in [
        (odd.path().join("gone.zip"), "cannot_open", false),
        (odd.path().join("a.txt"), "not_a_pack", true),
        (fifo, "not_a_pack", true),
        (odd.path().join("empty"), "no_filing", true),
        (odd.path().join("x.json"), "no_filing", true),
        (odd.path().join("both"), "two_lists", true),
        (odd.path().join("bad.zip"), "bad_archive", true),
        (deep, "no_filing", true),
    ] {
        let outcome = take(&path);
        let error = outcome.result.unwrap_err();
        assert_eq!(error.message().id, format!("intake.{id}"), "{path:?}");
        assert_eq!(error.is_rejection(), rejection, "{path:?}");
        assert!(outcome.entries.is_empty());
        assert!(Lang::ALL.iter().all(|lang| !error.message().text(*lang).contains('{')));
    }
}
