//! What export writes, import reads: the same filing, to the last character.

use heyan::domain::filing::{Attachment, AttachmentKind, Transcript, VerificationForm};
use heyan::domain::revision::{revision, sha256_hex};
use heyan::export::{FilingShape, FilingWriter, Format};
use proptest::prelude::*;

use super::super::synthetic::Synthetic;
use super::*;

const SYNTHETIC: Synthetic = Synthetic { seed: 7, due_from: jiff::Timestamp::UNIX_EPOCH };

fn exported(format: Format, unmask: bool, filings: &[Filing]) -> Vec<u8> {
    let mut shape = FilingShape::new();
    filings.iter().for_each(|filing| shape.include(filing).unwrap());
    let mut writer = FilingWriter::begin(format, unmask, shape, Vec::new()).unwrap();
    for filing in filings {
        writer.row(&revision(filing), filing).unwrap();
    }
    writer.finish().unwrap()
}

/// Imports a table whose files are all in the vault.
fn back(name: &str, bytes: &[u8], shelf: Shelf) -> Outcome {
    let (_folder, path) = saved(name, bytes);
    let (mut shelf, mut entries) = (shelf, Vec::new());
    let limits = Limits::default();
    let result = Table::open(&path, &limits, Mapping::default())
        .and_then(|table| table.read(&limits, &mut shelf, &mut |entry| entries.push(entry)));
    Outcome { result, entries, shelf }
}

/// Gives every attachment bytes, as an import would have found them.
fn shelved(filings: &mut [Filing]) -> Shelf {
    let mut shelf = Shelf::default();
    for attachment in filings.iter_mut().flat_map(|filing| &mut filing.attachments) {
        let bytes = attachment.file.clone().into_bytes();
        attachment.sha256 = Some(sha256_hex(&bytes));
        shelf.0.insert(sha256_hex(&bytes), bytes);
    }
    shelf
}

#[track_caller]
fn assert_same(filings: &[Filing], outcome: &Outcome) {
    assert_eq!(outcome.told(), [""; 0]);
    assert!(outcome.result.is_ok(), "{:?}", outcome.result);
    let read = self::filings(outcome);
    assert_eq!(read.len(), filings.len());
    for (read, filing) in read.into_iter().zip(filings) {
        assert_eq!(read, filing);
        assert_eq!(revision(read), revision(filing));
    }
}

#[test]
fn synthetic_filings_come_back() {
    for with_materials in [true, false] {
        let mut all: Vec<Filing> = (0..300).map(|index| SYNTHETIC.filing(index, with_materials)).collect();
        let shelf = shelved(&mut all);
        assert_same(&all, &back("filings.csv", &exported(Format::Csv, true, &all), shelf));
    }
}

#[test]
fn no_filing_at_all_comes_back() {
    assert_same(&[], &back("filings.csv", &exported(Format::Csv, true, &[]), Shelf::default()));
}

#[test]
fn a_masked_export_is_refused() {
    let bytes = exported(Format::Csv, false, &[SYNTHETIC.clean(1, false)]);
    assert_eq!(fault(back("filings.csv", &bytes, Shelf::default())), TableFault::Masked);
    let (_folder, path) =
        saved("filings.jsonl", &exported(Format::Jsonl, false, &[SYNTHETIC.clean(1, false)]));
    assert_eq!(super::super::support::take(&path).told(), ["1 G-0000001 heyan_masked masked_export"]);
}

#[test]
fn lines_of_json_come_back() {
    let all: Vec<Filing> = (0..20).map(|index| SYNTHETIC.filing(index, false)).collect();
    let (_folder, path) = saved("filings.jsonl", &exported(Format::Jsonl, true, &all));
    assert_same(&all, &super::super::support::take(&path));
}

/// Text as bad as it comes.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "",
            " ",
            "\t",
            "\n",
            "\r\n",
            "'",
            "''",
            "\"",
            "\\",
            "\\e",
            "\\0",
            "\\u0041",
            "=1+1",
            "+86",
            "-5",
            "@SUM(A1)",
            "＝cmd",
            "007",
            "0755",
            "440305198503020019",
            "440305198503021000",
            "4.40305E+17",
            "1E5",
            "3-5",
            "true",
            "1,5",
            "a;b",
            "；",
            "长期",
            "\u{202e}gpj",
            "\u{feff}",
            "\u{e0041}",
            "\u{1b}[2J",
            "𠮷",
            "a|b\tc",
            "heyan_filings",
            " x ",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
        "[ =+@'\\\\;,\"\t\r\n0-9E.\u{3000}-]{0,8}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| text.chars().filter(|c| !c.is_control()).collect::<String>() + "样")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn the_worst_values_come_back(
        index in 0_u64..50,
        key in name(),
        texts in proptest::collection::vec(hostile(), 12),
        lists in proptest::collection::vec(proptest::collection::vec(hostile(), 0..4), 3),
        options in proptest::collection::vec(proptest::option::of(hostile()), 5),
    ) {
        let mut filing = SYNTHETIC.clean(index, false);
        filing.key = key;
        filing.entity.name.clone_from(&texts[0]);
        filing.entity.certificate_number.clone_from(&texts[1]);
        filing.entity.remark.clone_from(&texts[2]);
        filing.entity.region.clone_from(&options[0]);
        filing.entity.principal.mobile.clone_from(&texts[3]);
        filing.entity.principal.landline.clone_from(&options[1]);
        filing.entity.principal.document_number.clone_from(&texts[4]);
        let site = filing.site.as_mut().unwrap();
        site.domains.clone_from(&lists[0]);
        site.home_urls.clone_from(&lists[1]);
        site.filing_number.clone_from(&options[2]);
        filing.access[0].provider.clone_from(&texts[5]);
        filing.access.push(filing.access[0].clone());
        let form = VerificationForm {
            entity_name: options[3].clone(),
            domains: Some(lists[2].clone()),
            signer: options[4].clone(),
            person_ticked: Some(index % 2 == 0),
            ..VerificationForm::default()
        };
        filing.attachments.push(Attachment {
            kind: AttachmentKind::VerificationForm,
            file: "form.png".into(),
            sha256: None,
            transcript: Some(Transcript::VerificationForm(Box::new(form))),
        });
        let mut all = vec![filing, SYNTHETIC.filing(index + 1, true)];
        let shelf = shelved(&mut all);
        let bytes = exported(Format::Csv, true, &all);
        let text = String::from_utf8(bytes.clone()).unwrap();
        prop_assert!(!text[3..].replace("\r\n", "").chars().any(|c| c.is_control() && c != '\t'));
        assert_same(&all, &back("filings.csv", &bytes, shelf));
    }
}
