//! What a table says of persons is never repeated by what is said of the table.

use super::*;

#[test]
fn a_table_without_headings_shows_no_person() {
    let text = csv_text(&[row(&[])], b',');
    let (_, filing) = text.split_once('\n').unwrap();
    let (_folder, path) = saved("table.csv", filing.as_bytes());
    let told = explain(&path, mapping(SOURCE));
    let limits = Limits::default();
    let error = Table::open(&path, &limits, mapping(SOURCE)).unwrap().warnings().unwrap_err();
    let shown = format!("{told:?} {error:?}");
    for personal in ["440305198503020019", "13800000001", "王样例", "wang@sample", "样例路1号"] {
        assert!(!shown.contains(personal), "{personal} {shown}");
    }
    assert_eq!(told.columns[12].heading.text(Lang::Zh), "文本（18 个字符）");
    let TableFault::NotHeadings { line: 1, columns } = fault(take(&path, mapping(SOURCE))) else { panic!() };
    assert!(columns.starts_with("A (4), B ("), "{columns}");
    let partly = text.replacen("主体负责人座机", "客户13900001111", 1);
    let (_folder, path) = saved("table.csv", partly.as_bytes());
    let told = explain(&path, mapping(SOURCE));
    assert!(told.columns.iter().any(|column| column.heading.text(Lang::Zh) == "客户139****1111"));
    let warnings = Table::open(&path, &limits, mapping(SOURCE)).unwrap().warnings().unwrap();
    assert!(warnings[0].text(Lang::Zh).contains("客户139****1111"), "{warnings:?}");
}

/// Cells that moved by one column are personal where a word is expected.
#[test]
fn a_moved_cell_is_not_quoted() {
    let moved =
        [("单位性质", "王样例"), ("主体负责人证件类型", "440305198503020019"), ("订单号", "13800000001")];
    let (_folder, path) = saved("table.csv", csv_text(&[row(&moved)], b',').as_bytes());
    let outcome = take(&path, mapping(SOURCE));
    let told: Vec<String> = outcome
        .rejections()
        .iter()
        .map(|one| format!("{} {}", one.found.text(Lang::Zh), one.field))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], "文本（3 个字符） entity.entity_type");
    assert_eq!(told[1], "44**************19 entity.principal.document_type");
    let word = take_text(&csv_text(&[row(&[("备案类型", "13800000001")])], b','), mapping(SOURCE));
    assert_eq!(word.rejections()[0].found.text(Lang::Zh), "138****0001");
    let shown = format!("{:?}", explain(&path, mapping(SOURCE)));
    for personal in ["王样例", "440305198503020019", "13800000001"] {
        assert!(!shown.contains(personal), "{personal} {shown}");
    }
}
