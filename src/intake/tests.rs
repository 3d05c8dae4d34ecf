use std::cell::Cell;
use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;

use super::*;

/// Keeps what was put, by address.
#[derive(Default)]
struct Shelf(BTreeMap<String, Vec<u8>>);

impl Vault for Shelf {
    fn get(&self, sha256: &str) -> Option<Vec<u8>> {
        self.0.get(sha256).cloned()
    }

    fn put(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), VaultFault> {
        self.0.insert(sha256.to_owned(), bytes.to_vec());
        Ok(())
    }
}

fn line(key: &str, attachments: &str) -> String {
    format!(
        r#"{{"source":"样例","key":"{key}","order_type":"cancel","province":"440000","evidence_scheme":"electronic","entity":{{"name":"样例公司","entity_type":4,"certificate_type":1,"certificate_number":"1","certificate_address":"样例路1号","principal":{{"name":"王样例","document_type":2,"document_number":"1","mobile":"1","email":"a@a.example"}}}},"attachments":[{attachments}]}}"#
    )
}

/// Makes lines only when they are asked for, and tells how far it came.
struct Tap {
    made: Rc<Cell<u64>>,
    lines: u64,
    left: Vec<u8>,
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() && self.made.get() < self.lines {
            self.made.set(self.made.get() + 1);
            self.left = format!("{}\n", line(&format!("K{}", self.made.get()), "")).into_bytes();
        }
        let count = buffer.len().min(self.left.len());
        buffer[..count].copy_from_slice(&self.left[..count]);
        self.left.drain(..count);
        Ok(count)
    }
}

#[test]
fn ten_thousand_lines_are_handed_on_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("filings.jsonl");
    std::fs::write(&path, "").unwrap();
    let limits = Limits::default();
    let pack = Pack::open(&path, &limits).unwrap();
    let made = Rc::new(Cell::new(0));
    let mut handed = 0_u64;
    let mut furthest_ahead = 0;
    let mut sink = |entry| {
        handed += 1;
        furthest_ahead = furthest_ahead.max(made.get() - handed);
        assert!(matches!(entry, Entry::Accepted { origin, .. } if origin.line == handed));
    };
    let mut session = Session {
        pack: &pack,
        limits: &limits,
        vault: &mut Shelf::default(),
        sink: &mut sink,
        seen: HashMap::new(),
        summary: Summary::default(),
    };
    let tap = Tap { made: Rc::clone(&made), lines: 10_000, left: Vec::new() };
    session.lines(&mut BufReader::with_capacity(4096, tap), "filings.jsonl", Session::filing_line).unwrap();
    assert_eq!(session.summary, Summary { accepted: 10_000, rejected: 0 });
    assert!(furthest_ahead <= 4096 / line("K1", "").len() as u64 + 1, "{furthest_ahead} lines ahead");
}

fn attached(file: &str) -> String {
    format!(r#"{{"kind":"other","file":"{file}"}}"#)
}

#[test]
fn what_is_too_much_to_hold_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a"), "first").unwrap();
    std::fs::write(folder.path().join("b"), "second").unwrap();
    let both = format!("{},{}", attached("a"), attached("b"));
    std::fs::write(folder.path().join("filing.json"), line("K", &both)).unwrap();
    for max_held_bytes in [0, 5, 6, 11] {
        let limits = Limits { max_held_bytes, ..Limits::default() };
        let mut shelf = Shelf::default();
        let summary = read(folder.path(), &limits, &mut shelf, &mut |_| {}).unwrap();
        assert_eq!((summary.accepted, shelf.0.len()), (1, 2), "{max_held_bytes}");
        assert!(shelf.0.iter().all(|(sha256, bytes)| crate::domain::revision::sha256_hex(bytes) == *sha256));
    }
}

/// Rewrites a file of the pack when it is asked to store another.
struct Meddler<'a>(&'a Path, Shelf);

impl Vault for Meddler<'_> {
    fn get(&self, sha256: &str) -> Option<Vec<u8>> {
        self.1.get(sha256)
    }

    fn put(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), VaultFault> {
        std::fs::write(self.0, "other").map_err(|error| VaultFault(error.to_string()))?;
        self.1.put(sha256, bytes)
    }
}

#[test]
fn a_file_that_changes_meanwhile_rejects_the_filing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a"), "first").unwrap();
    std::fs::write(folder.path().join("b"), "second").unwrap();
    let both = format!("{},{}", attached("a"), attached("b"));
    std::fs::write(folder.path().join("filing.json"), line("K", &both)).unwrap();
    let changed = folder.path().join("b");
    let mut meddler = Meddler(&changed, Shelf::default());
    let limits = Limits { max_held_bytes: 0, ..Limits::default() };
    let mut entries = Vec::new();
    read(folder.path(), &limits, &mut meddler, &mut |entry| entries.push(entry)).unwrap();
    let [Entry::Rejected(rejections)] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(rejections[0].message.id, "intake.file_changed");
    assert_eq!(rejections[0].field, "attachments[1].file");
}

/// No space left.
struct FullVault;

impl Vault for FullVault {
    fn get(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&mut self, _: &str, _: &[u8]) -> Result<(), VaultFault> {
        Err(VaultFault("no space left".into()))
    }
}

#[test]
fn a_full_vault_stops_the_import() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a"), "first").unwrap();
    let lines = format!("{}\n{}\n{}\n", line("K1", ""), line("K2", &attached("a")), line("K3", ""));
    std::fs::write(folder.path().join("filings.jsonl"), lines).unwrap();
    let mut count = 0;
    let error = read(folder.path(), &Limits::default(), &mut FullVault, &mut |_| count += 1).unwrap_err();
    assert!(matches!(error, IntakeError::Vault { .. }) && !error.is_rejection());
    assert_eq!(count, 1);
}
