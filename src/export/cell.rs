//! One CSV cell: quoted where needed, safe to open in a spreadsheet, and readable back.
//!
//! Which text needs which guard is [`spreadsheet`](crate::domain::spreadsheet)'s. Outside text never contains a tab
//! of its own here: it passes [`safe`](crate::domain::safe) first, or is escaped.

use std::borrow::Cow;
use std::io::Write;

use super::Options;
use super::columns::{Value, label};
use crate::domain::free_text;
use crate::domain::safe::safe;
use crate::domain::spreadsheet::{Guard, guard};

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

/// Appends text that holds no control character.
pub(super) fn guarded(line: &mut Vec<u8>, text: &str) {
    let guard = guard(text);
    let tab = guard == Some(Guard::Tab);
    let quoted = tab || text.contains([',', '"', ';']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted {
        line.push(b'"');
    }
    if guard == Some(Guard::Apostrophe) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::spreadsheet::restore;

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
