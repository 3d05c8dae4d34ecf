//! One CSV cell: quoted where needed, safe to open in a spreadsheet, and readable back.
//!
//! Excel reads a cell of a CSV file as if it had been typed. Two marks keep text what it is, whatever the
//! program that opens the file: an apostrophe before what would start a formula (OWASP, "CSV Injection"), and a tab
//! after what would become a number or a date. A tab *before* the text would itself be a dangerous first
//! character, and `="…"` would be a formula. Outside text never contains a tab of its own here: it passes
//! [`safe`](crate::domain::safe) first.

use std::borrow::Cow;
use std::io::Write;

use super::Options;
use super::columns::{Value, label};
use crate::domain::free_text;
use crate::domain::safe::safe;

/// Appends a value as a cell.
pub(super) fn write(line: &mut Vec<u8>, value: &Value<'_>, options: &Options<'_>) {
    match value {
        Value::Absent => {}
        // Writing to a Vec cannot fail.
        Value::Integer(number) => drop(write!(line, "{number}")),
        Value::Time(time) => drop(write!(line, "{time}")),
        Value::Day(day) => drop(write!(line, "{day}")),
        Value::Word(word) => line.extend_from_slice(word.as_bytes()),
        Value::Text(raw) => text(line, raw),
        Value::Free(raw) if options.unmask => text(line, raw),
        Value::Free(raw) => text(line, &free_text::masked(raw)),
        Value::Reasons(uses) => joined(line, uses.iter().map(|used| Cow::Owned(used.to_string())), " "),
        Value::Labels(uses) => {
            joined(line, uses.iter().map(|used| Cow::Borrowed(label(used, options))), "；");
        }
    }
}

fn joined<'a>(line: &mut Vec<u8>, parts: impl Iterator<Item = Cow<'a, str>>, separator: &str) {
    let mut all = String::new();
    for part in parts {
        if !all.is_empty() {
            all.push_str(separator);
        }
        all.push_str(&part);
    }
    text(line, &all);
}

/// Appends outside text.
fn text(line: &mut Vec<u8>, raw: &str) {
    if raw.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        guarded(line, raw);
    } else {
        guarded(line, &safe(raw));
    }
}

fn guarded(line: &mut Vec<u8>, text: &str) {
    let apostrophe = starts_formula(text);
    let tab = !apostrophe && reads_as_value(text);
    let quoted = tab || text.contains([',', '"', ';']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted {
        line.push(b'"');
    }
    if apostrophe {
        line.push(b'\'');
    }
    for byte in text.bytes() {
        if byte == b'"' {
            line.push(b'"');
        }
        line.push(byte);
    }
    if tab {
        line.push(b'\t');
    }
    if quoted {
        line.push(b'"');
    }
}

/// Whether a spreadsheet may take the text for a formula; an apostrophe counts, so that one put before it can be
/// taken off again.
fn starts_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'', '＇'])
}

/// Whether a spreadsheet may take the text for a number, a day, a time or a truth value.
fn reads_as_value(text: &str) -> bool {
    let has_digit = text.chars().any(char::is_numeric);
    let letter_first = text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
    (has_digit && !letter_first && text.chars().all(in_number))
        || (has_digit && starts_with_month(text))
        || text.eq_ignore_ascii_case("true")
        || text.eq_ignore_ascii_case("false")
}

fn in_number(c: char) -> bool {
    c.is_numeric()
        || c.is_whitespace()
        || "eEdDaApPmM.,/:+-%$#()¥￥（）．，／：－％年月日时分秒上下午".contains(c)
}

fn starts_with_month(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim_start_matches(|c: char| c.is_numeric() || " -/".contains(c));
    text.get(..3).is_some_and(|head| MONTHS.iter().any(|month| head.eq_ignore_ascii_case(month)))
}

/// The text of a cell as it was before it was guarded: what a program does that reads the CSV back.
pub fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or_else(|| cell.strip_suffix('\t').unwrap_or(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(raw: &str) -> String {
        let mut line = Vec::new();
        text(&mut line, raw);
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn cells() {
        for (raw, written) in [
            ("D-1001", "D-1001"),
            ("110105194912310021", "\"110105194912310021\t\""),
            ("007", "\"007\t\""),
            ("1E5", "\"1E5\t\""),
            ("3-5", "\"3-5\t\""),
            ("５月３日", "\"５月３日\t\""),
            ("MAR1", "\"MAR1\t\""),
            ("1-Sep", "\"1-Sep\t\""),
            ("true", "\"true\t\""),
            ("=1+1", "'=1+1"),
            (" =1+1", "\"' =1+1\""),
            ("\u{3000}＝cmd", "'\u{3000}＝cmd"),
            ("＋86", "'＋86"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＠x", "'＠x"),
            ("'quoted", "''quoted"),
            ("\t=1", "<U+0009>=1"),
            ("\r=1", "<U+000D>=1"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("样例", "样例"),
            ("a\nb", "a<U+000A>b"),
            ("", ""),
        ] {
            assert_eq!(cell(raw), written, "{raw:?}");
        }
    }

    fn parsed(written: &str) -> String {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
        reader.records().next().map(|record| record.unwrap()[0].to_owned()).unwrap_or_default()
    }

    proptest::proptest! {
        #[test]
        fn no_cell_is_a_formula_and_all_read_back(raw in "[ \u{3000}]{0,2}[=+@'＝＋－＠a0-9-]?\\PC{0,12}") {
            let cell = parsed(&cell(&raw));
            let first = cell.trim_start().chars().next().unwrap_or('x');
            proptest::prop_assert!(!"=+-@＝＋－＠\t\r".contains(first), "{cell:?}");
            let shown = safe(&raw);
            proptest::prop_assert_eq!(restore(&cell), &*shown);
        }
    }
}
