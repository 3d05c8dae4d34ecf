//! The text of a cell without what was put around it to keep it text.

use crate::domain::spreadsheet::{guard, restore, starts_formula};

/// The text of a cell that heyan wrote, exactly, and whether it bore a guard.
pub(super) fn exact(cell: &str) -> (String, bool) {
    let text = restore(cell);
    let guarded = text.len() < cell.len() && guard(text).is_some();
    ((if guarded { text } else { cell }).to_owned(), guarded)
}

/// The text of anybody's cell without blanks around it, and whether it bore a guard: a tab after it, an apostrophe
/// before what would be a number or a formula, or `="…"` around it.
pub(super) fn cleaned(cell: &str) -> (String, bool) {
    let text = cell.trim();
    let tab = cell.ends_with('\t') && !text.is_empty();
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return (inner.trim().to_owned(), true);
    }
    match text.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) || rest.starts_with(|c: char| c.is_ascii_digit()) => {
            (rest.trim().to_owned(), true)
        }
        _ => (text.to_owned(), tab),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_are_taken_off() {
        for (cell, text, guarded) in [
            ("样例", "样例", false),
            (" 样例 ", "样例", false),
            ("440305198503020019\t", "440305198503020019", true),
            ("'440305198503020019", "440305198503020019", true),
            ("=\"440305198503020019\"", "440305198503020019", true),
            ("'+86", "+86", true),
            ("'样例'", "'样例'", false),
            ("\t", "", false),
        ] {
            assert_eq!(cleaned(cell), (text.to_owned(), guarded), "{cell:?}");
        }
        for (cell, text, guarded) in [
            ("007\t", "007", true),
            ("'=1", "=1", true),
            ("''x", "'x", true),
            ("'x", "'x", false),
            (" 样例 ", " 样例 ", false),
            ("样例\t", "样例\t", false),
        ] {
            assert_eq!(exact(cell), (text.to_owned(), guarded), "{cell:?}");
        }
    }
}
