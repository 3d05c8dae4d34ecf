//! What a spreadsheet does to the text of a cell, and the two marks that keep text what it is.
//!
//! Excel reads a cell of a CSV file as if it had been typed. An apostrophe stands before what would start a formula
//! (OWASP, "CSV Injection"), a tab after what would become a number or a date. A tab *before* the text would itself
//! be a dangerous first character, and `="…"` would be a formula. Text with a tab of its own must be escaped first.

/// A mark that keeps a cell's text what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// One apostrophe before the text.
    Apostrophe,
    /// One tab after the text.
    Tab,
}

/// The mark that a text needs.
pub fn guard(text: &str) -> Option<Guard> {
    if starts_formula(text) {
        Some(Guard::Apostrophe)
    } else if reads_as_value(text) {
        Some(Guard::Tab)
    } else {
        None
    }
}

/// The text of a cell as it was before it was guarded: what a program does that reads the CSV back.
pub fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or_else(|| cell.strip_suffix('\t').unwrap_or(cell))
}

/// Whether a spreadsheet may take the text for a formula; an apostrophe counts, so that one put before it can be
/// taken off again.
pub fn starts_formula(text: &str) -> bool {
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

/// The name of a cell as a spreadsheet shows it: `C7`. Row and column count from 0.
pub fn address(row: u64, column: usize) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

/// The letters of a column, which counts from 0: `A`, `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        for (row, column, name) in
            [(0, 0, "A1"), (6, 2, "C7"), (8, 25, "Z9"), (0, 26, "AA1"), (9, 701, "ZZ10")]
        {
            assert_eq!(address(row, column), name);
        }
    }
}
