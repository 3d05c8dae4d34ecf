//! Travel documents that a principal may show: the permits to enter the mainland and passports. None has a check
//! digit in its printed number, so only the shape is judged.

use super::NumberFault;
use super::symbols::normalise;

/// 港澳居民来往内地通行证: `H` or `M` and eight digits, for life; books of 1999 print two more, counting renewals.
/// Since 10 July 2024 permanent residents without Chinese nationality get `HA` or `MA` and seven digits.
pub fn hong_kong_macao(raw: &str) -> Result<(), NumberFault> {
    let text = normalise(raw);
    let fault =
        if text.is_empty() { NumberFault::Empty } else { NumberFault::Shape { example: "H12345678" } };
    let Some(rest) = text.strip_prefix(['H', 'M']) else { return Err(fault) };
    let fits = match rest.strip_prefix('A') {
        Some(digits) => all_digits(digits, &[7]),
        None => all_digits(rest, &[8, 10]),
    };
    if fits { Ok(()) } else { Err(fault) }
}

/// Which 台湾居民来往大陆通行证 a number stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaiwanPermit {
    /// The card: eight digits, for life since 25 September 2008.
    Card,
    /// The book before the card, with two more digits that count renewals.
    Book,
}

/// 台湾居民来往大陆通行证: eight digits, or ten in old books.
pub fn taiwan(raw: &str) -> Result<TaiwanPermit, NumberFault> {
    let text = normalise(raw);
    match text.len() {
        0 => Err(NumberFault::Empty),
        8 if all_digits(&text, &[8]) => Ok(TaiwanPermit::Card),
        10 if all_digits(&text, &[10]) => Ok(TaiwanPermit::Book),
        _ => Err(NumberFault::Shape { example: "01234567" }),
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

fn all_digits(text: &str, lengths: &[usize]) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hong_kong_and_macao() {
        for number in
            ["H12345678", "m12345678", "H1234567801", "HA1234567", "MA1234567", "Ｈ１２３４５６７８"]
        {
            assert_eq!(hong_kong_macao(number), Ok(()), "{number}");
        }
        for number in
            ["A12345678", "H1234567", "H123456789", "HA12345678", "HB1234567", "12345678", "H1234567X"]
        {
            assert_eq!(hong_kong_macao(number), Err(NumberFault::Shape { example: "H12345678" }), "{number}");
        }
        assert_eq!(hong_kong_macao(" "), Err(NumberFault::Empty));
    }

    #[test]
    fn taiwan_cards_and_books() {
        assert_eq!(taiwan("01234567"), Ok(TaiwanPermit::Card));
        assert_eq!(taiwan("0123456701"), Ok(TaiwanPermit::Book));
        for number in ["1234567", "T1234567", "012345670", "０１２３４５６中"] {
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
