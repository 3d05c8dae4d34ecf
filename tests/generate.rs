//! The generator: the same seed gives the same pack, filings are whole, numbers are nobody's and right.

#![allow(clippy::unwrap_used)]

#[path = "../examples/generate/pack.rs"]
mod pack;
#[path = "../examples/generate/picture.rs"]
mod picture;
#[path = "common/synthetic/mod.rs"]
mod synthetic;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use heyan::checks;
use heyan::domain::case::{AttachmentFacts, Case, FileFormat, Known, Prefixes, Provider};
use heyan::domain::filing::{Attachment, Filing};
use heyan::domain::finding::Tally;
use heyan::domain::materials;
use heyan::domain::provinces::ProvinceRules;
use heyan::domain::revision::sha256_hex;
use jiff::Timestamp;
use jiff::civil::date;
use pack::{Size, Written};
use synthetic::Synthetic;

fn synthetic(seed: u64) -> Synthetic {
    Synthetic { seed, due_from: "2026-01-05T00:00:00Z".parse::<Timestamp>().unwrap() }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn the_same_seed_gives_the_same_pack_and_another_seed_another() {
    let packs: Vec<_> = [7, 7, 8]
        .into_iter()
        .map(|seed| {
            let folder = tempfile::tempdir().unwrap();
            let size = Size { filings: 40, photos: 30, megapixels: 0.01 };
            pack::write(folder.path(), &synthetic(seed), size).unwrap();
            files(folder.path())
        })
        .collect();
    assert_eq!(packs[0], packs[1]);
    assert_ne!(packs[0]["filings.jsonl"], packs[2]["filings.jsonl"]);
}

#[test]
fn pictures_are_dealt_out_in_full_sets_and_are_all_different() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size { filings: 30, photos: 25, megapixels: 0.03 };
    let written = pack::write(folder.path(), &synthetic(1), size).unwrap();
    let mut files = files(folder.path());
    let list = String::from_utf8(files.remove("filings.jsonl").unwrap()).unwrap();
    let filings: Vec<Filing> = list.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let named: BTreeSet<String> = filings
        .iter()
        .flat_map(|filing| &filing.attachments)
        .map(|attachment| attachment.file.clone())
        .collect();
    assert_eq!(written, Written { filings: 30, photos: named.len() as u64 });
    assert!(named.len() > 15 && named.len() <= 25, "{}", named.len());
    assert_eq!(named, files.keys().cloned().collect());
    assert_eq!(files.values().collect::<BTreeSet<_>>().len(), files.len());
    for bytes in files.values() {
        let picture = image::load_from_memory(bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (200, 150));
    }
    assert!(filings[29].attachments.is_empty());
}

#[test]
fn a_filing_reads_back_and_carries_what_its_order_needs() {
    for index in 0..500 {
        let clean = synthetic(3).clean(index, true);
        let kinds: Vec<_> = clean.attachments.iter().map(|attachment| attachment.kind).collect();
        let asked = materials::asked(&clean, ProvinceRules::shipped(), date(2026, 2, 1));
        let asked = asked.into_iter().map(|asked| asked.kind);
        let expected: Vec<_> = materials::required(&clean).into_iter().chain(asked).collect();
        assert_eq!(kinds, expected, "{}", clean.key);
        let filing = synthetic(3).filing(index, true);
        let json = serde_json::to_string(&filing).unwrap();
        assert_eq!(serde_json::from_str::<Filing>(&json).unwrap(), filing);
        assert!(json.contains("样例"));
    }
}

#[test]
fn one_filing_in_four_has_a_fault_with_and_without_materials() {
    for materials in [true, false] {
        let faulty = (0..4000)
            .filter(|index| synthetic(5).filing(*index, materials) != synthetic(5).clean(*index, materials))
            .count();
        assert!((900..1100).contains(&faulty), "{faulty}");
    }
}

/// What the checks say on a day when nothing but what is planted has expired.
fn judge(filing: &Filing) -> Tally {
    let facts = |attachment: &Attachment| AttachmentFacts {
        kind: attachment.kind,
        sha256: sha256_hex(attachment.file.as_bytes()),
        bytes: 100_000,
        format: FileFormat::Jpeg,
        pixels: Some((1156, 867)),
    };
    let attachments: Vec<_> = filing.attachments.iter().map(facts).collect();
    Tally::of(&checks::judge(&Case {
        filing,
        attachments: &attachments,
        relations: &[],
        provinces: ProvinceRules::shipped(),
        provider: Provider { name: "样例云", prefixes: Prefixes::NotGiven },
        known: Known::NOTHING,
        day: date(2026, 2, 1),
    }))
}

#[test]
fn the_checks_pass_what_is_clean_and_fail_or_doubt_every_fault() {
    for index in 0..1000 {
        let (clean, filing) = (synthetic(4).clean(index, true), synthetic(4).filing(index, true));
        if clean.order_type.needs_materials() {
            assert!(judge(&clean).clean(), "{clean:#?}");
            assert_eq!(judge(&filing).clean(), filing == clean, "{filing:#?}");
        }
    }
}

#[test]
fn one_entity_in_five_has_several_filings_and_strangers_share_nothing() {
    let mut filings: BTreeMap<String, usize> = BTreeMap::new();
    let mut persons: BTreeMap<String, String> = BTreeMap::new();
    for index in 0..13_000 {
        let filing = synthetic(9).clean(index, false);
        for (_, person) in filing.principals() {
            let entity = filing.entity.certificate_number.clone();
            for key in [&person.document_number, &person.mobile, &person.email] {
                let owner = persons.entry(key.clone()).or_insert_with(|| entity.clone());
                assert_eq!(*owner, entity, "{key}");
            }
        }
        *filings.entry(filing.entity.certificate_number).or_default() += 1;
    }
    assert_eq!(filings.len(), 10_000);
    assert_eq!(filings.values().filter(|count| **count > 1).count(), 2_000);
}
