//! What is planted in the demo is found, and nothing else is, on any day of the years for which the demo is made.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use heyan::checks;
use heyan::cli::demo_pack;
use heyan::domain::case::{AttachmentFacts, Case, FileFormat};
use heyan::domain::filing::Filing;
use heyan::domain::finding::{Finding, Status, Tally, proposals};
use heyan::domain::object::ReasonUse;
use heyan::domain::provinces::ProvinceRules;
use heyan::domain::revision::sha256_hex;
use jiff::ToSpan;
use jiff::civil::{Date, date};

#[test]
fn planted_faults_are_proposed_and_clean_filings_are_clean_from_2026_to_2040() {
    let expectations = demo_pack::expectations().unwrap();
    let provinces = ProvinceRules::default();
    let text = demo_pack::PACK.get_file("filings.jsonl").unwrap().contents_utf8().unwrap();
    for line in text.lines() {
        let filing: Filing = serde_json::from_str(line).unwrap();
        let attachments = facts(&filing);
        let expected: BTreeSet<ReasonUse> = expectations[&filing.key].expect.iter().cloned().collect();
        for day in days() {
            let case = Case {
                filing: &filing,
                attachments: &attachments,
                relations: &[],
                provinces: &provinces,
                day,
            };
            let findings = checks::judge(&case);
            let proposed: BTreeSet<ReasonUse> = proposals(&findings).into_iter().collect();
            assert_eq!(proposed, expected, "{} on {day}", filing.key);
            let others: Vec<&Finding> = findings.iter().filter(|f| f.status != Status::Pass).collect();
            assert_eq!(
                Tally::of(&findings).clean(),
                expected.is_empty(),
                "{} on {day}: {others:#?}",
                filing.key
            );
        }
    }
}

/// Every fourth week, and the last day.
fn days() -> impl Iterator<Item = Date> {
    let last = date(2040, 12, 31);
    date(2026, 1, 1).series(28.days()).take_while(move |day| *day < last).chain([last])
}

fn facts(filing: &Filing) -> Vec<AttachmentFacts> {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let fact = |attachment: &heyan::domain::filing::Attachment| {
        let bytes = std::fs::read(pack.join(&attachment.file)).unwrap();
        let size = imagesize::blob_size(&bytes).unwrap();
        AttachmentFacts {
            kind: attachment.kind,
            sha256: sha256_hex(&bytes),
            bytes: bytes.len() as u64,
            format: FileFormat::Jpeg,
            pixels: Some((u32::try_from(size.width).unwrap(), u32::try_from(size.height).unwrap())),
        }
    };
    filing.attachments.iter().map(fact).collect()
}
