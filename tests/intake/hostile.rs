//! Packs that nobody honest made: links, pipes, lies about sizes, names that lead out.

use std::fs;
use std::os::unix::fs::symlink;

use heyan::intake::Limits;

use crate::support::*;

#[test]
fn links_pipes_and_sockets_of_a_folder_are_refused_without_waiting() {
    let secret = folder(&[("secret", b"secret"), ("deep/secret", b"secret")]);
    let lines = [
        filing("K1", &["fifo"]),
        filing("K2", &["socket"]),
        filing("K3", &["link"]),
        filing("K4", &["deep/secret"]),
        filing("K5", &["inside"]),
        filing("K6", &["good"]),
        filing("K7", &["loop/loop/good"]),
    ]
    .join("\n");
    let pack = folder(&[("filings.jsonl", lines.as_bytes()), ("good", b"good")]);
    make_fifo(&pack.path().join("fifo"));
    let _socket = std::os::unix::net::UnixListener::bind(pack.path().join("socket")).unwrap();
    symlink(secret.path().join("secret"), pack.path().join("link")).unwrap();
    symlink(secret.path().join("deep"), pack.path().join("deep")).unwrap();
    symlink("good", pack.path().join("inside")).unwrap();
    symlink(".", pack.path().join("loop")).unwrap();
    let outcome = take(pack.path());
    assert_eq!(outcome.keys(), ["K6"]);
    assert_eq!(outcome.shelf.0.len(), 1);
    assert_eq!(
        outcome.told(),
        [
            "1 K1 attachments[0].file file_special",
            "2 K2 attachments[0].file file_special",
            "3 K3 attachments[0].file file_link",
            "4 K4 attachments[0].file file_link",
            "5 K5 attachments[0].file file_link",
            "7 K7 attachments[0].file file_link",
        ]
    );
    let found: Vec<&str> = outcome.rejections()[..2].iter().map(|r| r.found.id.as_str()).collect();
    assert_eq!(found, ["intake.found_fifo", "intake.found_socket"]);
}

#[test]
fn a_listing_that_is_a_link_or_a_pipe_is_refused() {
    let outside = folder(&[("filing.json", filing("K", &[]).as_bytes())]);
    let linked = folder(&[]);
    symlink(outside.path().join("filing.json"), linked.path().join("filing.json")).unwrap();
    assert_eq!(take(linked.path()).told(), ["- - - file_link"]);
    let piped = folder(&[]);
    make_fifo(&piped.path().join("filings.jsonl"));
    assert_eq!(take(piped.path()).told(), ["- - - file_special"]);
}

#[test]
fn sizes_are_counted_and_not_believed() {
    let lines = [filing("K1", &["big"]), filing("K2", &["small"])].join("\n");
    let files: [(&str, &[u8]); 3] =
        [("filings.jsonl", lines.as_bytes()), ("big", &[7; 101]), ("small", &[7; 100])];
    let limits = Limits { max_attachment_bytes: 100, max_compression_ratio: 1000, ..Limits::default() };
    let pack = folder(&files);
    let (_zip, zip) = saved(&archive(&files));
    // The directory claims that the big one is small: what comes out counts.
    let (_liar, liar) =
        saved(&edited(&archive(&files), "big", |record| record[24..28].copy_from_slice(&[5, 0, 0, 0])));
    for (path, id) in [
        (pack.path(), "1 K1 attachments[0].file file_too_large"),
        (&zip, "1 K1 attachments[0].file file_too_large"),
        (&liar, "1 K1 attachments[0].file file_damaged"),
    ] {
        let outcome = take_with(path, &limits);
        assert_eq!(outcome.told(), [id], "{path:?}");
        assert_eq!(outcome.keys(), ["K2"]);
        assert_eq!(outcome.shelf.0.len(), 1);
    }
}

#[test]
fn a_pack_has_a_total_and_a_listing_a_size() {
    let lines = [filing("K1", &["a"]), filing("K2", &["b"])].join("\n");
    let pack = folder(&[("filings.jsonl", lines.as_bytes()), ("a", &[1; 1000]), ("b", &[2; 1000])]);
    let limits = Limits { max_pack_bytes: lines.len() as u64 + 1500, ..Limits::default() };
    let outcome = take_with(pack.path(), &limits);
    assert_eq!(outcome.keys(), ["K1"]);
    assert_eq!(outcome.told(), ["2 K2 attachments[0].file pack_too_large"]);

    let one = folder(&[("filing.json", filing("K", &[]).as_bytes())]);
    let outcome = take_with(one.path(), &Limits { max_json_bytes: 10, ..Limits::default() });
    assert_eq!(outcome.told(), ["- - - file_too_large"]);
}

#[test]
fn bombs_are_stopped_while_they_inflate() {
    let zeros = vec![0; 8 << 20];
    let lines = [filing("K1", &["bomb"]), filing("K2", &["good"])].join("\n");
    let (_zip, zip) =
        saved(&archive(&[("filings.jsonl", lines.as_bytes()), ("bomb", &zeros), ("good", b"good")]));
    let outcome = take(&zip);
    assert_eq!(outcome.told(), ["1 K1 attachments[0].file file_ratio"]);
    assert_eq!(outcome.keys(), ["K2"]);
    // A directory that claims a larger compressed size does not buy a better ratio.
    let bytes =
        edited(&fs::read(&zip).unwrap(), "bomb", |record| record[20..24].copy_from_slice(&[0, 0, 0, 1]));
    fs::write(&zip, bytes).unwrap();
    assert_eq!(take(&zip).told(), ["1 K1 attachments[0].file file_ratio"]);

    let (_list, list) = saved(&archive(&[("filings.jsonl", &zeros)]));
    assert_eq!(take(&list).told(), ["- - - file_ratio"]);
}

#[test]
fn hostile_entries_of_an_archive_are_refused_by_name() {
    let lines = [
        filing("K1", &["../evil"]),
        filing("K2", &["link"]),
        filing("K3", &["device"]),
        filing("K4", &["locked"]),
        filing("K5", &["twin1"]),
        filing("K6", &["broken"]),
        filing("K7", &["folder"]),
        filing("K8", &["good"]),
        filing("K9", &["method"]),
    ]
    .join("\n");
    let mut bytes = archive(&[
        ("filings.jsonl", lines.as_bytes()),
        ("xx/evil", b"evil"),
        ("link", b"/etc/hostname"),
        ("device", b""),
        ("locked", b"locked"),
        ("twin1", b"one"),
        ("twin2", b"two"),
        ("broken", b"broken"),
        ("folder/file", b"file"),
        ("folder/", b""),
        ("method", b"method"),
        ("good", b"good"),
    ]);
    bytes = renamed(&bytes, "xx/evil", "../evil");
    bytes = renamed(&bytes, "twin2", "twin1");
    let mode = |mode: u16| move |record: &mut [u8]| record[40..42].copy_from_slice(&mode.to_le_bytes());
    bytes = edited(&bytes, "link", mode(0o120_777));
    bytes = edited(&bytes, "device", mode(0o020_666));
    bytes = edited(&bytes, "locked", |record| record[8] |= 1);
    bytes = edited(&bytes, "broken", |record| record[16] ^= 1);
    bytes = edited(&bytes, "method", |record| record[10] = 99);
    let (_zip, zip) = saved(&bytes);
    let outcome = take(&zip);
    assert_eq!(outcome.keys(), ["K8"], "{:?}", outcome.result);
    assert_eq!(outcome.shelf.0.len(), 1);
    assert_eq!(
        outcome.told(),
        [
            "- - - entry_stray",
            "1 K1 attachments[0].file path_leaves",
            "2 K2 attachments[0].file file_link",
            "3 K3 attachments[0].file file_special",
            "4 K4 attachments[0].file file_encrypted",
            "5 K5 attachments[0].file file_doubled",
            "6 K6 attachments[0].file file_damaged",
            "7 K7 attachments[0].file file_special",
            "9 K9 attachments[0].file file_unreadable",
        ]
    );
    assert!(outcome.rejections()[0].file.ends_with("pack.zip/../evil"));
}

#[test]
fn a_damaged_archive_yields_nothing() {
    let lines = [filing("K1", &[]), filing("K2", &[])].join("\n");
    let whole = archive(&[("filings.jsonl", lines.as_bytes()), ("a", b"a")]);
    for cut in [0, 10, whole.len() / 2, whole.len() - 1] {
        let (_zip, zip) = saved(&whole[..cut]);
        let outcome = take(&zip);
        assert_eq!(outcome.result.unwrap_err().message().id, "intake.bad_archive", "{cut}");
        assert!(outcome.entries.is_empty());
    }
    // A listing whose checksum is wrong is not believed line by line.
    let (_zip, zip) = saved(&edited(&whole, "filings.jsonl", |record| record[16] ^= 1));
    assert_eq!(take(&zip).told(), ["- - - file_damaged"]);
    assert!(take(&zip).keys().is_empty());
}

#[test]
fn an_archive_may_not_have_too_many_entries() {
    let names: Vec<String> = (0..20).map(|number| format!("file{number}")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    let one = filing("K", &[]);
    files.push(("filing.json", one.as_bytes()));
    let (_zip, zip) = saved(&archive(&files));
    let error = take_with(&zip, &Limits { max_entries: 20, ..Limits::default() }).result.unwrap_err();
    assert_eq!(error.message().id, "intake.too_many_entries");
    assert_eq!(take_with(&zip, &Limits { max_entries: 21, ..Limits::default() }).keys(), ["K"]);
}
