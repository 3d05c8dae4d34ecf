//! Travel documents that a principal may show: the permits to enter the mainland and passports. None has a check
//! digit in its printed number, so only the shape is judged.

use super::NumberFault;
use super::symbols::normalise;

/// On which generation of a permit a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// The card, whose number is for life.
    Card,
    /// The book before it, with two more digits that count renewals.
    Book,
}

/// 港澳居民来往内地通行证: `H` or `M` and eight digits; books of 1999 print two more. Since 10 July 2024 permanent
/// residents without Chinese nationality get cards with `HA` or `MA` and seven digits.
pub fn hong_kong_macao(raw: &str) -> Result<Permit, NumberFault> {
    const EXAMPLE: NumberFault = NumberFault::Shape { example: "H12345678" };
    let text = normalise(raw);
    if text.is_empty() {
        return Err(NumberFault::Empty);
    }
    let rest = text.strip_prefix(['H', 'M']).ok_or(EXAMPLE)?;
    match rest.strip_prefix('A') {
        Some(digits) if all_digits(digits, 7) => Ok(Permit::Card),
        None if all_digits(rest, 8) => Ok(Permit::Card),
        None if all_digits(rest, 10) => Ok(Permit::Book),
        _ => Err(EXAMPLE),
    }
}

/// 台湾居民来往大陆通行证: eight digits, for life since 25 September 2008; old books have ten and perhaps their issuer's
/// letter in brackets.
pub fn taiwan(raw: &str) -> Result<Permit, NumberFault> {
    let text = normalise(raw);
    let digits = match text.split_once('(') {
        Some((digits, issuer)) if issuer.len() == 2 && issuer.ends_with(')') => digits,
        _ => &text,
    };
    if text.is_empty() {
        Err(NumberFault::Empty)
    } else if all_digits(&text, 8) {
        Ok(Permit::Card)
    } else if all_digits(digits, 10) {
        Ok(Permit::Book)
    } else {
        Err(NumberFault::Shape { example: "01234567" })
    }
}

/// A passport: countries differ, so only that it has 5 to 12 letters and digits, of which one at least is a digit.
pub fn passport(raw: &str) -> Result<(), NumberFault> {
    let text = normalise(raw);
    if text.is_empty() {
        return Err(NumberFault::Empty);
    }
    let shaped = (5..=12).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit());
    if shaped { Ok(()) } else { Err(NumberFault::Shape { example: "E12345678" }) }
}

fn all_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hong_kong_and_macao() {
        for number in ["H12345678", "m12345678", "HA1234567", "MA1234567", "Ｈ１２３４５６７８"] {
            assert_eq!(hong_kong_macao(number), Ok(Permit::Card), "{number}");
        }
        assert_eq!(hong_kong_macao("H1234567801"), Ok(Permit::Book));
        for number in [
            "A12345678",
            "H1234567",
            "H123456789",
            "HA12345678",
            "HA123456",
            "HB1234567",
            "12345678",
            "H1234567X",
        ] {
            assert_eq!(hong_kong_macao(number), Err(NumberFault::Shape { example: "H12345678" }), "{number}");
        }
        assert_eq!(hong_kong_macao(" "), Err(NumberFault::Empty));
    }

    #[test]
    fn taiwan_cards_and_books() {
        assert_eq!(taiwan("01234567"), Ok(Permit::Card));
        assert_eq!(taiwan("0123456701"), Ok(Permit::Book));
        assert_eq!(taiwan("0123456701（B）"), Ok(Permit::Book));
        for number in [
            "1234567",
            "T1234567",
            "012345670",
            "０１２３４５６中",
            "01234567(B)",
            "0123456701(B",
            "0123456701()",
        ] {
            assert!(matches!(taiwan(number), Err(NumberFault::Shape { .. })), "{number}");
        }
    }

    #[test]
    fn passports_by_length_only() {
        for number in ["E12345678", "123456789", "ab 12345"] {
            assert_eq!(passport(number), Ok(()), "{number}");
        }
        for number in ["E123", "PASSPORT", "E1234567890123", "E1234-678"] {
            assert!(passport(number).is_err(), "{number}");
        }
    }
}
