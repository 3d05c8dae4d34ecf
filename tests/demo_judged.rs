//! What is planted in the demo is found, and nothing else is, on any day of the years for which the demo is made.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use heyan::checks;
use heyan::cli::demo_pack;
use heyan::domain::case::{AttachmentFacts, Case, FileFormat, Prefixes, Provider, Relation, RelationKind};
use heyan::domain::filing::Filing;
use heyan::domain::finding::{Finding, Status, Tally, proposals};
use heyan::domain::object::ReasonUse;
use heyan::domain::provinces::ProvinceRules;
use heyan::domain::relations;
use heyan::domain::revision::sha256_hex;
use jiff::ToSpan;
use jiff::civil::{Date, date};

#[test]
fn planted_faults_are_proposed_and_clean_filings_are_clean_from_2026_to_2040() {
    let expectations = demo_pack::expectations().unwrap();
    let demo = demo();
    for (filing, attachments) in &demo {
        let expected: BTreeSet<ReasonUse> = expectations[&filing.key].expect.iter().cloned().collect();
        let relations = relations_of(filing, attachments, &demo);
        for day in days() {
            let provinces = ProvinceRules::shipped();
            let provider = Provider { name: "样例云", prefixes: Prefixes::NotGiven };
            let findings =
                checks::judge(&Case { filing, attachments, relations: &relations, provinces, provider, day });
            let proposed: BTreeSet<ReasonUse> = proposals(&findings).into_iter().collect();
            assert_eq!(proposed, expected, "{} on {day}", filing.key);
            let others: Vec<&Finding> = findings.iter().filter(|f| f.status != Status::Pass).collect();
            let clean = Tally::of(&findings).clean();
            assert_eq!(clean, expected.is_empty(), "{} on {day}: {others:#?}", filing.key);
        }
    }
}

/// Every fourth week, and the last day.
fn days() -> impl Iterator<Item = Date> {
    let last = date(2040, 12, 31);
    date(2026, 1, 1).series(28.days()).take_while(move |day| *day < last).chain([last])
}

fn demo() -> Vec<(Filing, Vec<AttachmentFacts>)> {
    let text = demo_pack::PACK.get_file("filings.jsonl").unwrap().contents_utf8().unwrap();
    let filings = text.lines().map(|line| serde_json::from_str::<Filing>(line).unwrap());
    filings.map(|filing| (filing.clone(), facts(&filing))).collect()
}

fn facts(filing: &Filing) -> Vec<AttachmentFacts> {
    let fact = |attachment: &heyan::domain::filing::Attachment| {
        let bytes = demo_pack::PACK.get_file(&attachment.file).unwrap().contents();
        let size = imagesize::blob_size(bytes).unwrap();
        AttachmentFacts {
            kind: attachment.kind,
            sha256: sha256_hex(bytes),
            bytes: bytes.len() as u64,
            format: FileFormat::Jpeg,
            pixels: Some((u32::try_from(size.width).unwrap(), u32::try_from(size.height).unwrap())),
        }
    };
    filing.attachments.iter().map(fact).collect()
}

/// What the store would answer: every other filing of the demo that shares a key with this one.
fn relations_of(
    filing: &Filing,
    facts: &[AttachmentFacts],
    demo: &[(Filing, Vec<AttachmentFacts>)],
) -> Vec<Relation> {
    let mut found = Vec::new();
    for (other, other_facts) in demo.iter().filter(|(other, _)| other.key != filing.key) {
        let theirs = relations::keys(other, other_facts);
        for key in relations::keys(filing, facts) {
            if theirs.iter().any(|their| (their.kind, &their.value) == (key.kind, &key.value)) {
                let document = |key: &relations::RelationKey| key.kind == RelationKind::PersonId;
                found.push(Relation {
                    kind: key.kind,
                    role: key.role,
                    filing: other.key.clone(),
                    entity: relations::entity_id(other),
                    same_person: relations::keys(filing, facts)
                        .iter()
                        .filter(|mine| document(mine) && mine.role == key.role)
                        .any(|mine| theirs.iter().any(|their| document(their) && their.value == mine.value)),
                });
            }
        }
    }
    found
}
