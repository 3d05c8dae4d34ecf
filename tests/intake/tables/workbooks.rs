//! Workbooks: typed cells, sheets, and what a spreadsheet does to numbers.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;

/// A workbook with the headings and the good row as text, changed by `edit`; row 0 has the headings.
fn workbook(edit: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("名单").unwrap();
    for (column, (head, cell)) in HEADS.iter().zip(ROW).enumerate() {
        sheet.write_string(0, column as u16, *head).unwrap();
        sheet.write_string(1, column as u16, *cell).unwrap();
    }
    edit(sheet);
    book.add_worksheet().set_name("说明").unwrap().write_string(0, 0, "样例").unwrap();
    book.save_to_buffer().unwrap()
}

fn take_book(bytes: &[u8], told: &str) -> Outcome {
    let (_folder, path) = saved("名单.xlsx", bytes);
    take(&path, mapping(told))
}

fn column(head: &str) -> u16 {
    place(head) as u16
}

#[test]
fn a_sheet_says_the_same_as_a_text() {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let outcome = take_book(
        &workbook(|sheet| {
            sheet.write_number(1, column("单位性质"), 4).unwrap();
            sheet.write_number(1, column("主体负责人手机号码"), 13_800_000_001_f64).unwrap();
            let until = ExcelDateTime::from_ymd(2026, 3, 4).unwrap().and_hms(17, 30, 0).unwrap();
            sheet.write_datetime_with_format(1, column("截止时间"), &until, &day).unwrap();
        }),
        SOURCE,
    );
    let expected = take_text(&csv_text(&[row(&[])], b','), mapping(SOURCE));
    assert_eq!(outcome.told(), [""; 0]);
    assert_eq!(filings(&outcome), filings(&expected));
}

#[test]
fn damaged_cells_are_refused_with_their_address() {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    type Edit = fn(&mut rust_xlsxwriter::Worksheet, &Format);
    let table: &[(Edit, &str, &str)] = &[
        (
            |sheet, _| {
                sheet.write_number(1, column("主体负责人证件号码"), 440305198503020019_f64).unwrap();
            },
            "2 BA-1 entity.principal.document_number cell_rounded",
            "名单!M2",
        ),
        (
            |sheet, _| {
                sheet.write_number(1, column("主体负责人座机"), 75520000001_f64).unwrap();
            },
            "2 BA-1 entity.principal.landline cell_zero_lost",
            "名单!O2",
        ),
        (
            |sheet, day| {
                let moment = ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
                sheet.write_datetime_with_format(1, column("证件号码"), &moment, day).unwrap();
            },
            "2 BA-1 entity.certificate_number cell_became_day",
            "名单!H2",
        ),
        (
            |sheet, _| {
                sheet.write_number(1, column("证件号码"), 1.5).unwrap();
            },
            "2 BA-1 entity.certificate_number cell_fraction",
            "名单!H2",
        ),
        (
            |sheet, _| {
                let formula = rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!");
                sheet.write_formula(1, column("主办单位名称"), formula).unwrap();
            },
            "2 BA-1 entity.name cell_error",
            "名单!E2",
        ),
    ];
    for (edit, told, cell) in table {
        let outcome = take_book(&workbook(|sheet| edit(sheet, &day)), SOURCE);
        assert_eq!(outcome.told(), [*told]);
        assert_eq!(outcome.rejections()[0].cell.as_deref(), Some(*cell), "{told}");
    }
    let exact = take_book(
        &workbook(|sheet| {
            sheet.write_number(1, column("证件号码"), 440305850302001_f64).unwrap();
        }),
        SOURCE,
    );
    assert_eq!(filings(&exact)[0].entity.certificate_number, "440305850302001");
}

#[test]
fn sheets_are_chosen_by_name() {
    let bytes = workbook(|_| {});
    assert_eq!(take_book(&bytes, &format!("sheet = '名单'\n{SOURCE}")).keys(), ["BA-1"]);
    let TableFault::NoSuchSheet { sheet, sheets } = fault(take_book(&bytes, "sheet = '别处'\n")) else {
        panic!()
    };
    assert_eq!((sheet.as_str(), sheets.as_str()), ("别处", "名单, 说明"));
    assert!(matches!(fault(take_book(&bytes, "sheet = '说明'\n")), TableFault::NotHeadings { .. }));
    let (_folder, path) = saved("名单.xlsx", &bytes);
    let told = explain(&path, mapping(SOURCE));
    assert_eq!((told.sheet.as_deref(), told.encoding), (Some("名单"), None));
    assert_eq!(told.missing, [""; 0]);
}

#[test]
fn what_is_no_workbook_or_too_large_is_refused() {
    assert!(matches!(fault(take_book(b"PK\x03\x04 no", SOURCE)), TableFault::Workbook(_)));
    let bytes = workbook(|sheet| {
        for row in 10..400 {
            sheet.write_string(row, 0, format!("{row}{}", "样".repeat(10_000))).unwrap();
        }
    });
    let (_folder, path) = saved("名单.xlsx", &bytes);
    let limits = Limits { max_workbook_bytes: 100_000, ..Limits::default() };
    let Err(IntakeError::Table { fault, .. }) = Table::open(&path, &limits, mapping(SOURCE)) else {
        panic!()
    };
    assert_eq!(fault, TableFault::WorkbookTooLarge { limit: 100_000 });
    assert!(
        matches!(Table::open(&path, &Limits::default(), mapping(SOURCE)), Err(IntakeError::Table { .. })),
        "a part inflates at most so many times"
    );
    let (_folder, path) = saved("名单.xlsx", &workbook(|_| {}));
    let limits = Limits { max_shared_texts_bytes: 100, ..Limits::default() };
    let Err(IntakeError::Table { fault, .. }) = Table::open(&path, &limits, mapping(SOURCE)) else {
        panic!()
    };
    assert_eq!(fault, TableFault::WorkbookTooLarge { limit: 100 });
}

/// A cell far away costs nothing, and damaged parts are told, never believed and never a panic.
#[test]
fn hostile_workbooks_are_survived() {
    let far = workbook(|sheet| {
        sheet.write_string(1_048_575, 0, "BA-2").unwrap();
    });
    assert_eq!(take_book(&far, SOURCE).keys(), ["BA-1"]);
    let wide = workbook(|sheet| {
        sheet.write_string(2, 16_383, "x").unwrap();
    });
    assert!(matches!(fault(take_book(&wide, SOURCE)), TableFault::TooManyColumns { .. }));
    let bytes = workbook(|_| {});
    for at in (0..bytes.len()).step_by(97) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let _ = take_book(&damaged, SOURCE);
        let _ = take_book(&bytes[..at], SOURCE);
    }
}

/// The parts of a workbook by name.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Behind right checksums anything may stand.
#[test]
fn damaged_parts_are_survived() {
    let whole = parts(&workbook(|sheet| {
        sheet.write_number(1, column("证件号码"), 5).unwrap();
    }));
    let mut random = super::super::synthetic::random::Random::new(1, 1, 1);
    for round in 0..300 {
        let mut damaged = whole.clone();
        let names = ["sheet1.xml", "sharedStrings.xml", "workbook.xml", "styles.xml", "workbook.xml.rels"];
        let name = names[round % names.len()];
        let (_, bytes) = damaged.iter_mut().find(|(part, _)| part.ends_with(name)).unwrap();
        for _ in 0..1 + random.below(4) {
            let at = random.below(bytes.len() as u64) as usize;
            match random.below(4) {
                0 => bytes[at] = random.below(256) as u8,
                1 => bytes[at] = b'9',
                2 => bytes.truncate(at + 1),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        let files: Vec<(&str, &[u8])> =
            damaged.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let _ = take_book(&super::super::support::archive(&files), SOURCE);
    }
}
