//! What a spreadsheet has done to a number before we saw it: digits that are gone cannot be brought back, so the row is
//! refused and told what to do.

use super::super::report::Fault;
use super::row::Cell;
use crate::domain::fields::Digits;
use crate::domain::message::Message;
use crate::domain::numbers::{landline, mobile, resident_id, unified_code};

/// The digits of a number that a spreadsheet keeps (IEEE 754 double precision, as Excel writes it).
const KEPT: usize = 15;

/// The first whole number that may have lost digits.
const FIRST_ROUNDED: f64 = 1e15;

/// A number of a spreadsheet as text, or how it is damaged. `digits` is none where any number may stand.
pub(super) fn number(number: f64, digits: Option<Digits>) -> Result<String, Message> {
    let whole = number.fract() == 0.0;
    if number.abs() >= FIRST_ROUNDED {
        return Err(Message::new("intake.cell_rounded"));
    }
    if !whole && digits.is_some() {
        return Err(Message::new("intake.cell_fraction"));
    }
    let text = number.to_string();
    if digits == Some(Digits::Telephone) && zero_lost(&text) {
        return Err(Message::new("intake.cell_zero_lost"));
    }
    Ok(text)
}

/// How a text that was once a number is damaged. A text that bears a guard never was a number; one of a workbook
/// (`typed`) may have been made text too late, which a wrong check digit tells.
pub(super) fn text(text: &str, digits: Digits, typed: bool) -> Option<Message> {
    if exponent(text) || (digits == Digits::Document && rounded(text) && !(typed && valid(text))) {
        return Some(Message::new("intake.cell_rounded"));
    }
    None
}

/// `4.40305E+17`
fn exponent(text: &str) -> bool {
    let Some((number, power)) = text.split_once("E+").or_else(|| text.split_once("e+")) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (before, after) = number.split_once('.').unwrap_or((number, "0"));
    digits(before) && before.len() == 1 && digits(after) && digits(power) && power.len() == 2
}

/// 18 digits of which the last three are zeros, as a spreadsheet leaves them. The check digit of one in eleven is right
/// all the same, so that it says nothing.
fn rounded(text: &str) -> bool {
    text.len() == 18
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.bytes().skip(KEPT).all(|byte| byte == b'0')
}

fn valid(text: &str) -> bool {
    resident_id::parse(text).is_ok() || unified_code::parse(text).is_ok()
}

/// A telephone number with an area code whose zero is gone: with it the number is right, and without it is none.
fn zero_lost(digits: &str) -> bool {
    mobile::parse(digits).is_err()
        && landline::parse(digits).is_err()
        && landline::parse(&format!("0{digits}")).is_ok()
}

/// The damage as a fault of the field at `path`.
pub(super) fn fault(path: &str, cell: &Cell, message: Message) -> Fault {
    let found = match cell {
        Cell::Text(text) => Message::new("intake.found_text").with("count", text.trim().chars().count()),
        Cell::Moment(_) => Message::new("intake.found_moment"),
        _ => Message::new("intake.found_spreadsheet_number"),
    };
    Fault { field: path.to_owned(), found, expected: Message::new("intake.expect_text_cell"), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_lost_digits_are_known() {
        for (given, digits, expected) in [
            (440305198503020019_f64, Digits::Document, Err("intake.cell_rounded")),
            (1e15, Digits::Other, Err("intake.cell_rounded")),
            (999_999_999_999_999.0, Digits::Other, Ok("999999999999999")),
            (13_800_000_001.0, Digits::Telephone, Ok("13800000001")),
            (440_305_850_302_001.0, Digits::Document, Ok("440305850302001")),
            (75_520_000_001.0, Digits::Telephone, Err("intake.cell_zero_lost")),
            (1_061_234_567.0, Digits::Telephone, Err("intake.cell_zero_lost")),
            (12.5, Digits::Other, Err("intake.cell_fraction")),
        ] {
            let told = number(given, Some(digits)).map_err(|message| message.id);
            assert_eq!(told.as_deref().map_err(String::as_str), expected, "{given}");
        }
        assert_eq!(number(3.5, None).unwrap(), "3.5");
    }

    #[test]
    fn texts_that_were_rounded_are_known() {
        for (given, digits, damaged) in [
            ("4.40305E+17", Digits::Document, true),
            ("4E+17", Digits::Other, true),
            ("1E5", Digits::Other, false),
            ("440305198503021000", Digits::Document, true),
            ("440305198503021000", Digits::Other, false),
            // Its check digit happens to be right.
            ("440305198503020000", Digits::Document, true),
            ("440305198503020019", Digits::Document, false),
            ("91440300MA5XYLH07A", Digits::Document, false),
            ("440305850302000", Digits::Document, false),
            ("E12345678", Digits::Document, false),
        ] {
            assert_eq!(text(given, digits, false).is_some(), damaged, "{given}");
        }
        assert!(
            text("440305198503020000", Digits::Document, true).is_none(),
            "a text cell keeps every digit"
        );
        assert!(text("440305198503021000", Digits::Document, true).is_some());
    }
}
