//! `docs/tables.md` names every field and heading, and its example is a mapping.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use heyan::domain::exact_cell;
use heyan::domain::fields::FIELDS;
use heyan::intake::Mapping;

const PAGE: &str = include_str!("../docs/tables.md");

#[test]
fn every_field_and_usual_heading_is_there() {
    let headings: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../assets/table_headings.toml")).unwrap();
    for field in FIELDS {
        let row = format!("| `{}` | {} |", field.pattern, if field.required { "yes" } else { "" });
        let line = PAGE.lines().find(|line| line.starts_with(&row)).unwrap_or_else(|| panic!("no row {row}"));
        let usual = headings.get(&field.pattern.replace("[]", "[0]")).cloned().unwrap_or_default().join("、");
        assert!(line.ends_with(&format!("| {usual} |")), "{row} {usual}");
    }
}

#[test]
fn the_example_is_a_mapping() {
    let example = PAGE.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let mapping = Mapping::read(example).unwrap();
    assert_eq!((mapping.header_row, mapping.delimiter), (Some(2), Some(b';')));
}

#[test]
fn the_escapes_are_those_of_the_program() {
    for (text, written) in [("\\", "\\\\"), ("\u{202e}", "\\u202e"), ("", "\\e")] {
        assert_eq!(exact_cell::write(text), written);
        assert!(PAGE.contains(&format!("| `{written}` |")), "{written}");
    }
    assert_eq!(exact_cell::write_list([]), "\\0");
    assert_eq!(exact_cell::write_list([";"]), "\\u003b");
}
