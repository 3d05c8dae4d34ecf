//! One cell of a table of filings, in which every value survives exactly and none does harm: what export writes and
//! intake reads back.
//!
//! A backslash is doubled; what a terminal or a spreadsheet may act upon ([`safe`](super::safe)) is written as JSON
//! writes it, `\u202e`, in UTF-16 units. Items of a list are separated by `;`, and an item's own `;` is `\u003b`.
//! An empty cell means "not given"; `\e` is a text that is given and empty, `\0` a list that is given and empty.
//! Guards against spreadsheets ([`spreadsheet`](super::spreadsheet)) go around all of this.

use super::safe::is_hostile;

/// The heading of the first column of such a table.
pub const EXACT_MARK: &str = "heyan_filings";
/// The heading, or the field in JSON, by which an export of filings says that it is masked.
pub const MASKED_MARK: &str = "heyan_masked";

const EMPTY_TEXT: &str = "\\e";
const EMPTY_LIST: &str = "\\0";
const SEPARATOR: char = ';';

/// A cell that export cannot have written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a backslash that is neither doubled nor the start of an escape")]
pub struct BadEscape;

/// A text as a cell.
pub fn write(text: &str) -> String {
    if text.is_empty() { EMPTY_TEXT.to_owned() } else { escaped(text, false) }
}

/// A list of texts as a cell.
pub fn write_list<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items
        .into_iter()
        .map(|item| if item.is_empty() { EMPTY_TEXT.to_owned() } else { escaped(item, true) })
        .collect();
    if items.is_empty() { EMPTY_LIST.to_owned() } else { items.join(";") }
}

/// The text of a cell.
pub fn read(cell: &str) -> Result<String, BadEscape> {
    if cell == EMPTY_TEXT {
        return Ok(String::new());
    }
    let mut units = Vec::new();
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        let unit = match c {
            '\\' => match chars.next() {
                Some('u') => Some(hex_unit(&mut chars)?),
                Some('\\') => None,
                _ => return Err(BadEscape),
            },
            _ => None,
        };
        match unit {
            Some(unit) => units.push(unit),
            None => {
                flush(&mut units, &mut out)?;
                out.push(c);
            }
        }
    }
    flush(&mut units, &mut out)?;
    Ok(out)
}

/// The texts of a list's cell.
pub fn read_list(cell: &str) -> Result<Vec<String>, BadEscape> {
    if cell == EMPTY_LIST { Ok(Vec::new()) } else { cell.split(SEPARATOR).map(read).collect() }
}

fn escaped(text: &str, in_list: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\\' {
            out.push_str("\\\\");
        } else if is_hostile(c) || (in_list && c == SEPARATOR) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn hex_unit(chars: &mut std::str::Chars<'_>) -> Result<u16, BadEscape> {
    let digits: String = chars.take(4).collect();
    let whole = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u16::from_str_radix(&digits, 16).ok().filter(|_| whole).ok_or(BadEscape)
}

/// Escaped units become characters only together: a pair of surrogates is one.
fn flush(units: &mut Vec<u16>, out: &mut String) -> Result<(), BadEscape> {
    out.push_str(&String::from_utf16(units).map_err(|_| BadEscape)?);
    units.clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::spreadsheet::{self, Guard};
    use super::*;

    #[test]
    fn cells() {
        for (text, cell) in [
            ("样例公司", "样例公司"),
            ("", "\\e"),
            ("\\e", "\\\\e"),
            ("C:\\u0041", "C:\\\\u0041"),
            ("两\n行\t", "两\\u000a行\\u0009"),
            ("\u{202e}倒", "\\u202e倒"),
            ("\u{e0041}", "\\udb40\\udc41"),
            ("a;b", "a;b"),
        ] {
            assert_eq!(write(text), cell);
            assert_eq!(read(cell).as_deref(), Ok(text));
        }
        for (items, cell) in
            [(vec![], "\\0"), (vec![""], "\\e"), (vec!["a;b", "", "\\0"], "a\\u003bb;\\e;\\\\0")]
        {
            assert_eq!(write_list(items.iter().copied()), cell);
            assert_eq!(read_list(cell).unwrap(), items);
        }
        for cell in ["\\", "\\x", "\\u12", "\\u+123", "\\ud800", "a\\e"] {
            assert_eq!(read(cell), Err(BadEscape), "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_text_survives_and_no_cell_does_harm(text in "[ \u{3000}]{0,2}[=+@'＝\\\\;\t\n0-9-]?(\\PC|.){0,12}") {
            let cell = write(&text);
            proptest::prop_assert!(!cell.chars().any(is_hostile));
            proptest::prop_assert_eq!(read(&cell).unwrap(), text.clone());
            let guarded = match spreadsheet::guard(&cell) {
                Some(Guard::Apostrophe) => format!("'{cell}"),
                Some(Guard::Tab) => format!("{cell}\t"),
                None => cell.clone(),
            };
            proptest::prop_assert_eq!(spreadsheet::restore(&guarded), cell);
        }

        #[test]
        fn every_list_survives(items in proptest::collection::vec("[;\\\\e0]?\\PC{0,4}[;\n]?", 0..4)) {
            let cell = write_list(items.iter().map(String::as_str));
            proptest::prop_assert_eq!(read_list(&cell).unwrap(), items);
        }
    }
}
