//! Operators' tables: real files in every encoding, workbooks, mappings, damaged cells.

mod private;
mod round_trip;
mod workbooks;

use std::fs;
use std::path::{Path, PathBuf};

use heyan::domain::filing::{Filing, OrderType, ValidUntil};
use heyan::domain::message::{Lang, known};
use heyan::intake::{Entry, Explanation, How, IntakeError, Limits, Mapping, Table, TableFault};
use tempfile::TempDir;

use super::support::{Outcome, Shelf};

/// Headings and one good row of an operator's table, as cells.
const HEADS: &[&str] = &[
    "订单号",
    "备案类型",
    "备案省份",
    "核验方式",
    "主办单位名称",
    "单位性质",
    "证件类型",
    "证件号码",
    "证件住所",
    "证件有效期",
    "主体负责人姓名",
    "主体负责人证件类型",
    "主体负责人证件号码",
    "主体负责人手机号码",
    "主体负责人座机",
    "主体负责人电子邮箱",
    "服务类型",
    "网站名称",
    "网站域名",
    "服务内容",
    "网站负责人姓名",
    "网站负责人证件类型",
    "网站负责人证件号码",
    "网站负责人手机号码",
    "网站负责人电子邮箱",
    "接入商",
    "接入方式",
    "IP地址",
    "截止时间",
];
const ROW: &[&str] = &[
    "BA-1",
    "专项核查",
    "广东省",
    "电子化核验",
    "深圳市样例科技有限公司",
    "企业",
    "营业执照",
    "91440300MA5XYLH07A",
    "广东省深圳市样例路1号",
    "长期",
    "王样例",
    "居民身份证",
    "440305198503020019",
    "13800000001",
    "0755-20000001",
    "wang@sample.example",
    "网站",
    "样例科技",
    "sample.example；www.sample.example",
    "单位门户网站",
    "李样例",
    "2",
    "440305199107150027",
    "13800000003",
    "li@sample.example",
    "样例云",
    "云接入",
    "192.0.2.10-192.0.2.12、192.0.2.20",
    "2026-03-04 17:30",
];
const SOURCE: &str = "[constants]\nsource = '样例台'\n";

fn mapping(text: &str) -> Mapping {
    Mapping::read(text).unwrap()
}

/// The good row with some of its cells changed.
fn row(changes: &[(&str, &str)]) -> Vec<String> {
    let mut row: Vec<String> = ROW.iter().map(|cell| (*cell).to_owned()).collect();
    for (head, value) in changes {
        row[place(head)] = (*value).to_owned();
    }
    row
}

fn place(head: &str) -> usize {
    HEADS.iter().position(|known| known == &head).unwrap()
}

fn csv_text(rows: &[Vec<String>], delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    writer.write_record(HEADS).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn saved(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn take(path: &Path, mapping: Mapping) -> Outcome {
    let (mut shelf, mut entries) = (Shelf::default(), Vec::new());
    let limits = Limits::default();
    let result = Table::open(path, &limits, mapping)
        .and_then(|table| table.read(&limits, &mut shelf, &mut |entry| entries.push(entry)));
    Outcome { result, entries, shelf }
}

fn take_text(text: &str, mapping: Mapping) -> Outcome {
    let (_folder, path) = saved("table.csv", text.as_bytes());
    take(&path, mapping)
}

fn filings(outcome: &Outcome) -> Vec<&Filing> {
    let accepted = outcome.entries.iter().filter_map(|entry| match entry {
        Entry::Accepted { filing, .. } => Some(&**filing),
        Entry::Evidence { .. } | Entry::Rejected(_) => None,
    });
    accepted.collect()
}

fn fault(outcome: Outcome) -> TableFault {
    match outcome.result {
        Err(error @ IntakeError::Table { .. }) => {
            for lang in Lang::ALL {
                let text = error.message().text(lang);
                assert!(!text.contains('{'), "{text}");
            }
            assert!(known(&error.message().id) && error.is_rejection());
            let IntakeError::Table { fault, .. } = error else { unreachable!() };
            fault
        }
        other => panic!("{other:?}"),
    }
}

fn explain(path: &Path, mapping: Mapping) -> Explanation {
    let limits = Limits::default();
    Table::open(path, &limits, mapping).unwrap().explain(&limits).unwrap()
}

#[test]
fn usual_headings_and_labels_become_a_filing() {
    let outcome = take_text(&csv_text(&[row(&[])], b','), mapping(SOURCE));
    assert_eq!(outcome.told(), [""; 0]);
    let filing = filings(&outcome)[0];
    assert_eq!((filing.source.as_str(), filing.key.as_str()), ("样例台", "BA-1"));
    assert_eq!(filing.order_type, OrderType::SpecialVerification);
    assert_eq!(filing.province, "440000");
    assert_eq!((filing.entity.entity_type, filing.entity.certificate_type), (4, 1));
    assert_eq!(filing.entity.certificate_valid_until, Some(ValidUntil::LongTerm));
    assert_eq!(filing.entity.principal.document_type, 2);
    let site = filing.site.as_ref().unwrap();
    assert_eq!(site.domains, ["sample.example", "www.sample.example"]);
    assert_eq!(site.service_contents.numbers(), [8]);
    assert_eq!(filing.access[0].modes.numbers(), [5]);
    let ranges: Vec<String> =
        filing.access[0].ip_ranges.iter().map(|range| format!("{} {}", range.first, range.last)).collect();
    assert_eq!(ranges, ["192.0.2.10 192.0.2.12", "192.0.2.20 192.0.2.20"]);
    assert_eq!(filing.due_at.unwrap().to_string(), "2026-03-04T09:30:00Z");
    assert!(filing.attachments.is_empty() && filing.attachments_elsewhere);
}

#[test]
fn every_encoding_and_delimiter_says_the_same() {
    let rows = [row(&[]), row(&[("订单号", "BA-2"), ("证件住所", "样例路,\"2\"号\n二层")])];
    let expected = take_text(&csv_text(&rows, b','), mapping(SOURCE));
    let expected = filings(&expected);
    assert_eq!(expected.len(), 2);
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    for delimiter in [b',', b';', b'\t', b'|'] {
        let text = csv_text(&rows, delimiter);
        let crlf = text.replace('\n', "\r\n");
        for bytes in
            [text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes(), utf16(&text), gb(&text)]
        {
            let (_folder, path) = saved("table.txt", &bytes);
            assert_eq!(filings(&take(&path, mapping(SOURCE))), expected, "{}", char::from(delimiter));
        }
        let keys: Vec<String> =
            filings(&take_text(&crlf, mapping(SOURCE))).iter().map(|filing| filing.key.clone()).collect();
        assert_eq!(keys, ["BA-1", "BA-2"]);
    }
}

#[test]
fn a_mapping_goes_before_what_is_usual() {
    let heads =
        csv_text(&[row(&[("单位性质", "有限公司"), ("服务内容", "129"), ("截止时间", "04.03.2026")])], b',');
    let text = format!("样例清单,,\n{}", heads.replace("主办单位名称", "客户").replace("网站名称", "站名"));
    let told = mapping(
        "header_row = 2\ndate_format = '%d.%m.%Y'\ntime_zone = 'UTC'\nmasks = ['site.service_contents']\n\
         [constants]\nsource = 'crm'\n[columns]\n'客户' = 'entity.name'\n'站名' = 'site.name'\n\
         [values.'entity.entity_type']\n'有限公司' = 4\n[lists]\nseparator = '；'\n",
    );
    let outcome = take_text(&text.replace("192.0.2.10-192.0.2.12、192.0.2.20", "192.0.2.20"), told);
    assert_eq!(outcome.told(), [""; 0]);
    let filing = filings(&outcome)[0];
    assert_eq!((filing.source.as_str(), filing.entity.entity_type), ("crm", 4));
    assert_eq!(filing.site.as_ref().unwrap().service_contents.numbers(), [1, 8]);
    assert_eq!(filing.due_at.unwrap().to_string(), "2026-03-04T23:59:59Z");
}

#[test]
fn bad_rows_are_named_with_their_cells_and_good_ones_kept() {
    let mut long = row(&[("订单号", "BA-9")]);
    long.push("one too many".into());
    let rows = [
        row(&[]),
        row(&[("订单号", "BA-2"), ("证件号码", "9.144E+17")]),
        row(&[("订单号", "BA-3"), ("主体负责人证件号码", "440305198503021000")]),
        row(&[("订单号", "BA-4"), ("单位性质", "有限公司"), ("接入方式", "云接入；火箭")]),
        row(&[("订单号", "BA-5"), ("证件有效期", "2026年2月30日")]),
        row(&[("订单号", "BA-6"), ("IP地址", "192.0.2.300")]),
        row(&[("订单号", "BA-7"), ("主体负责人姓名", " ")]),
        row(&[("订单号", "BA-8"), ("备案省份", "样例省"), ("备案类型", "核查")]),
        long,
        row(&[]),
        row(&[("订单号", "BA-10"), ("网站负责人电子邮箱", "")]),
        row(&[("订单号", "BA-11"), ("证件类型", "组织机构代码证"), ("单位性质", "4")]),
    ];
    let outcome = take_text(&csv_text(&rows, b','), mapping(SOURCE));
    assert_eq!(
        outcome.told(),
        [
            "3 BA-2 entity.certificate_number cell_rounded",
            "4 BA-3 entity.principal.document_number cell_rounded",
            "5 BA-4 entity.entity_type label_unknown",
            "5 BA-4 access[0].modes label_unknown",
            "6 BA-5 entity.certificate_valid_until wrong_value",
            "7 BA-6 access[0].ip_ranges[0].first wrong_value",
            "8 BA-7 entity.principal.name field_missing",
            "9 BA-8 order_type unknown_name",
            "10 BA-9 - cell_beyond",
            "11 BA-1 key duplicate_filing",
            "12 BA-10 site.principal.email field_missing",
        ]
    );
    assert_eq!(outcome.keys(), ["BA-1", "BA-11"]);
    assert_eq!(filings(&outcome)[1].entity.certificate_type, 12);
    let cells: Vec<Option<&str>> =
        outcome.rejections().iter().map(|rejection| rejection.cell.as_deref()).collect();
    assert_eq!(cells[0], Some("H 证件号码"));
    assert_eq!(cells[5], Some("AB IP地址"));
    assert_eq!(cells[6], Some("K 主体负责人姓名"));
    assert_eq!(cells[8], None);
    let text = outcome.rejections()[1].text(Lang::Zh);
    assert!(text.contains("table.csv:4 M 主体负责人证件号码 BA-3"), "{text}");
    assert!(!text.contains("440305198503021000") && text.contains("文本格式"), "{text}");
}

#[test]
fn guards_of_others_are_taken_off() {
    let cells = [
        ("证件号码", "=\"91440300MA5XYLH07A\""),
        ("主体负责人证件号码", "'440305198503020019"),
        ("主体负责人手机号码", "13800000001\t"),
        ("网站负责人证件号码", "440305199107150027\t"),
    ];
    let outcome = take_text(&csv_text(&[row(&cells)], b','), mapping(SOURCE));
    let expected = take_text(&csv_text(&[row(&[])], b','), mapping(SOURCE));
    assert_eq!(filings(&outcome), filings(&expected));
}

#[test]
fn a_table_that_cannot_be_taken_says_why() {
    let good = csv_text(&[row(&[])], b',');
    let TableFault::Missing(fields) = fault(take_text(&good, Mapping::default())) else { panic!() };
    assert_eq!(fields, ["source"]);
    let twice = good.replace("主体负责人座机", "主体负责人手机");
    assert!(matches!(
        fault(take_text(&twice, mapping(SOURCE))),
        TableFault::Twice { field, first, .. } if field == "entity.principal.mobile" && first == "N 主体负责人手机号码"
    ));
    let also = mapping("[constants]\nsource = 'a'\nkey = 'b'\n");
    assert!(matches!(fault(take_text(&good, also)), TableFault::Twice { field, .. } if field == "key"));
    let absent = mapping("[columns]\n'客户' = 'source'\n");
    assert_eq!(fault(take_text(&good, absent)), TableFault::AbsentColumns(vec!["客户".into()]));
    assert_eq!(fault(take_text("", mapping(SOURCE))), TableFault::NoHeadings);
    assert_eq!(fault(take_text("\n\n", mapping(SOURCE))), TableFault::NoHeadings);
    let klingon = mapping("encoding = 'klingon'\n");
    assert_eq!(fault(take_text(&good, klingon)), TableFault::UnknownEncoding("klingon".into()));
    let zone = mapping("time_zone = 'Moon/Base'\n");
    assert_eq!(fault(take_text(&good, zone)), TableFault::UnknownZone("Moon/Base".into()));
    let decisions = "\u{feff}seq,at,day,reviewer,second_reviewer,source,filing,revision,verdict\r\n";
    assert_eq!(fault(take_text(decisions, Mapping::default())), TableFault::Decisions);
    assert_eq!(fault(take_text("heyan_masked,source\nx,y\n", Mapping::default())), TableFault::Masked);
    let quote = format!("{good}BA-2,\"专项核查\n");
    let outcome = take_text(&quote, mapping(SOURCE));
    assert_eq!(outcome.keys(), ["BA-1"], "what was good before is kept");
    assert_eq!(fault(outcome), TableFault::OpenQuote { line: 3 });
    let (_folder, path) = saved("table.csv", &[good.as_bytes(), b"\xff\xff\xff"].concat());
    assert!(matches!(fault(take(&path, mapping(SOURCE))), TableFault::Encoding { line: 3, .. }));
}

#[test]
fn an_explanation_shows_columns_and_imports_nothing() {
    let mut text = csv_text(&[row(&[])], b';').replace("主体负责人座机", "客户经理");
    text = text.replace("0755-20000001", "13900001111");
    let (_folder, path) = saved("table.csv", text.as_bytes());
    let told = explain(
        &path,
        mapping("ignore = ['主体负责人电子邮箱']\n[columns]\n'证件住所' = 'entity.certificate_address'\n"),
    );
    assert_eq!(told.delimiter.as_ref().unwrap().0, ';');
    assert_eq!(told.encoding.as_ref().unwrap().0, "UTF-8");
    assert_eq!(told.missing, ["source", "entity.principal.email"]);
    let column =
        |heading: &str| told.columns.iter().find(|column| column.heading.text(Lang::Zh) == heading).unwrap();
    assert_eq!(column("证件住所").how, How::Mapping);
    assert_eq!(column("主体负责人电子邮箱").how, How::Ignored);
    assert_eq!((column("客户经理").how, column("客户经理").field.as_deref()), (How::Unknown, None));
    let number = column("主体负责人证件号码");
    assert_eq!((number.how, number.letters.as_str()), (How::Usual, "M"));
    assert_eq!(number.sample.as_ref().unwrap().text(Lang::Zh), "44**************19");
    let shown = format!("{told:?}");
    for personal in ["440305198503020019", "13800000001", "13900001111", "王样例", "wang@sample", "样例路1号"]
    {
        assert!(!shown.contains(personal), "{personal}");
    }
    let limits = Limits::default();
    let warnings = Table::open(&path, &limits, mapping(SOURCE)).unwrap().warnings().unwrap();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].text(Lang::Zh).contains("客户经理"));
}

/// The first filing of a table without headings is no heading: it is neither shown nor warned of.
#[test]
fn attachments_are_found_beside_the_table_or_in_the_vault() {
    let heads = "source,key,order_type,province,evidence_scheme,entity.name,entity.entity_type,entity.certificate_type,\
                 entity.certificate_number,entity.certificate_address,entity.principal.name,entity.principal.document_type,\
                 entity.principal.document_number,entity.principal.mobile,entity.principal.email,attachments[0].kind,\
                 attachments[0].file,attachments[0].sha256";
    let line = |key: &str, kind: &str, file: &str, sha256: &str| {
        format!(
            "样例台,{key},first,440000,electronic,样例公司,4,1,1,样例路,王样例,2,1,1,a@a.example,{kind},{file},{sha256}"
        )
    };
    let sha256 = heyan::domain::revision::sha256_hex(b"known");
    let text = [
        heads.to_owned(),
        line("K-1", "other", "a.jpg", ""),
        line("K-2", "other", "gone.jpg", &sha256),
        line("K-3", "other", "gone.jpg", ""),
        line("K-4", "other", "../a.jpg", ""),
        line("K-5", "", "", ""),
    ]
    .join("\n");
    let (folder, path) = saved("table.csv", text.as_bytes());
    fs::write(folder.path().join("a.jpg"), "here").unwrap();
    let (mut shelf, mut entries) = (Shelf::default(), Vec::new());
    shelf.0.insert(sha256, b"known".to_vec());
    let limits = Limits::default();
    let table = Table::open(&path, &limits, Mapping::default()).unwrap();
    let result = table.read(&limits, &mut shelf, &mut |entry| entries.push(entry));
    let outcome = Outcome { result, entries, shelf };
    assert_eq!(outcome.keys(), ["K-1", "K-2", "K-5"]);
    assert_eq!(
        outcome.told(),
        ["4 K-3 attachments[0].file file_missing", "5 K-4 attachments[0].file path_leaves"]
    );
    assert!(filings(&outcome).iter().all(|filing| !filing.attachments_elsewhere));
}
