//! JSON values: exact, and harmless to a terminal that shows the line.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Options;
use super::columns::{Value, label};
use crate::domain::free_text;
use crate::domain::safe::safe;

/// Appends a value.
pub(super) fn write(line: &mut Vec<u8>, value: &Value<'_>, options: &Options<'_>) -> io::Result<()> {
    match value {
        Value::Absent => line.extend_from_slice(b"null"),
        Value::Integer(number) => write!(line, "{number}")?,
        Value::Time(time) => write!(line, "\"{time}\"")?,
        Value::Day(day) => write!(line, "\"{day}\"")?,
        Value::Word(word) => write!(line, "\"{word}\"")?,
        Value::Text(text) => serde_json::to_writer(line, text)?,
        Value::Free(text) if options.unmask => serde_json::to_writer(line, text)?,
        Value::Free(text) => serde_json::to_writer(line, &free_text::masked(text))?,
        Value::Reasons(uses) => serde_json::to_writer(line, uses)?,
        Value::Labels(uses) => {
            let labels: Vec<&str> = uses.iter().map(|used| label(used, options)).collect();
            serde_json::to_writer(line, &labels)?;
        }
    }
    Ok(())
}

/// A line of JSON in which every character that a terminal may act upon is escaped; the values stay the same.
///
/// JSON itself escapes only C0 controls. What else is hostile can stand in a line of JSON nowhere but in a string.
pub fn escape_hostile(line: &str) -> Cow<'_, str> {
    if line.bytes().all(|byte| byte < 0x7f) || *safe(line) == *line {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 16);
    for c in line.chars() {
        if c.is_ascii() && c != '\u{7f}' || *safe(c.encode_utf8(&mut [0; 4])) == *c.encode_utf8(&mut [0; 4]) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    Cow::Owned(out)
}

/// [`escape_hostile`] on bytes: the new line, if it had to change.
pub(super) fn escaped_line(line: &[u8]) -> Option<Vec<u8>> {
    if line.iter().all(|byte| *byte < 0x7f) {
        return None;
    }
    match escape_hostile(std::str::from_utf8(line).ok()?.trim_end_matches('\n')) {
        Cow::Borrowed(_) => None,
        Cow::Owned(escaped) => Some((escaped + "\n").into_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn escaping_changes_no_value(raw in "\\PC{0,20}[\u{7f}-\u{9f}\u{202e}\u{e0041}]?.{0,20}") {
            let line = serde_json::to_string(&raw).unwrap();
            let escaped = escape_hostile(&line);
            proptest::prop_assert_eq!(&*safe(&escaped), &*escaped);
            proptest::prop_assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), raw);
        }
    }
}
