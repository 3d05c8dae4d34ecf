//! Makes the demo's sample evidence anew: `cargo run --example demo-evidence` writes `assets/demo/evidence.jsonl` and the
//! page texts in `assets/demo/evidence/`.
//!
//! Each filing first gets the evidence of one with which nothing is wrong; then what is planted is changed, filing by
//! filing. What the checks are to say of it is written in `assets/demo/demo.toml`, not taken from them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[path = "../../tests/common/clean_evidence.rs"]
mod clean_evidence;
mod planted;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clean_evidence::clean;
use heyan::cli::demo_pack::MADE;
use heyan::domain::evidence::Gathered;
use heyan::domain::revision::sha256_hex;
use heyan::intake::{self, Entry, Limits};
use heyan::store::AttachmentVault;

fn main() {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let scratch = tempfile::tempdir().unwrap();
    let mut vault = AttachmentVault::of(scratch.path());
    let mut all: Vec<Gathered> = Vec::new();
    intake::read(&pack.join("filings.jsonl"), &Limits::default(), &mut vault, &mut |entry| match entry {
        Entry::Accepted { filing, attachments, .. } => {
            let mut pieces = clean(&filing, &attachments, MADE);
            planted::plant(&filing, &attachments, &mut pieces);
            all.extend(pieces);
        }
        Entry::Evidence { .. } => {}
        Entry::Rejected(why) => panic!("{why:#?}"),
    })
    .unwrap();

    let folder = pack.join("evidence");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    let mut seen = BTreeSet::new();
    let mut lines = String::new();
    for piece in &all {
        let (name, body) = piece.evidence.sealed();
        // What filings share is there once.
        if seen.insert(name) {
            lines.push_str(&body);
            lines.push('\n');
        }
        for file in &piece.files {
            fs::write(folder.join(sha256_hex(file)), file).unwrap();
        }
    }
    fs::write(pack.join("evidence.jsonl"), lines).unwrap();
    println!("{} pieces", seen.len());
}
