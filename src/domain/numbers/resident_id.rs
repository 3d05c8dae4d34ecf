//! 公民身份号码, GB 11643-1999, as on residents' identity cards and on the residence permits of people from Hong
//! Kong, Macao and Taiwan (港澳台居民居住证, 国办发〔2018〕81号: regions 810000, 820000, 830000).

use jiff::civil::Date;

use super::NumberFault;
use super::region::{self, Standing};
use super::symbols::Symbols;

/// 2^(17-i) mod 11.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check digit by the weighted sum modulo 11 (ISO 7064 MOD 11-2).
const CHECKS: &[u8; 11] = b"10X98765432";

/// Nobody born earlier can be a principal; an earlier year is a slip.
const FIRST_YEAR: i16 = 1900;

/// Whose document carries the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// 居民身份证
    Citizen,
    /// 港澳台居民居住证, by where the holder is from.
    HongKong,
    Macao,
    Taiwan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    Female,
    Male,
}

/// A number with a right check digit, a known province and a day of birth that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResidentId {
    symbols: Symbols<18>,
    holder: Holder,
    birth: Date,
}

/// Reads 17 digits and a check digit (`X` is ten): six of region, eight of birth, three of sequence (odd: male).
/// Normalised as in [`super::symbols`]; numbers of 15 digits are void since 2013 and answer a fault of length.
///
/// Every single changed digit and every swap of neighbours is found: 11 is prime and the weights are powers of 2.
/// A day of birth in the future is the caller's to judge, who knows the day.
pub fn parse(raw: &str) -> Result<ResidentId, NumberFault> {
    let symbols = checked(raw)?;
    let holder = match (region::of_person(&symbols, 0)?, symbols.number(2..6)?) {
        (81, 0) => Holder::HongKong,
        (82, 0) => Holder::Macao,
        (83, 0) => Holder::Taiwan,
        (found @ 81..=83, _) => return Err(NumberFault::Region { found }),
        _ => Holder::Citizen,
    };
    Ok(ResidentId { symbols, holder, birth: birth(&symbols)? })
}

/// 18 characters with the check digit of ISO 7064 MOD 11-2, whatever the others mean.
pub(super) fn checked(raw: &str) -> Result<Symbols<18>, NumberFault> {
    let symbols = Symbols::<18>::read(raw)?;
    let mut sum = 0;
    for (index, weight) in WEIGHTS.iter().enumerate() {
        sum += symbols.digit(index)? * weight;
    }
    if symbols.bytes()[17] != b'X' {
        symbols.digit(17)?;
    }
    symbols.expect_check(CHECKS[(sum % 11) as usize])?;
    Ok(symbols)
}

/// The day of birth in places 7 to 14.
pub(super) fn birth(symbols: &Symbols<18>) -> Result<Date, NumberFault> {
    let part = |range| symbols.number(range).ok().and_then(|number| i16::try_from(number).ok());
    let (Some(year), Some(month), Some(day)) = (part(6..10), part(10..12), part(12..14)) else {
        return Err(NumberFault::Date);
    };
    match (i8::try_from(month), i8::try_from(day)) {
        (Ok(month), Ok(day)) if year >= FIRST_YEAR => {
            Date::new(year, month, day).map_err(|_| NumberFault::Date)
        }
        _ => Err(NumberFault::Date),
    }
}

/// The parity of place 17.
pub(super) fn sex(symbols: &Symbols<18>) -> Sex {
    if symbols.bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
}

/// Completed years of life on a day (negative before the birth); who is born on 29 February turns a year older on
/// 1 March of common years.
pub fn age(birth: Date, day: Date) -> i16 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    day.year() - birth.year() - i16::from(before_birthday)
}

impl ResidentId {
    /// The normalised 18 characters.
    pub fn as_str(&self) -> &str {
        self.symbols.as_str()
    }

    pub const fn holder(&self) -> Holder {
        self.holder
    }

    pub const fn birth(&self) -> Date {
        self.birth
    }

    pub fn sex(&self) -> Sex {
        sex(&self.symbols)
    }

    /// Six digits of GB/T 2260: where the number was given.
    pub fn region(&self) -> &str {
        self.as_str().get(..6).unwrap_or_default()
    }

    /// Whether the region could be given: the code was one in some year from the birth to the day by which the number
    /// was there. A number keeps the region of its first issue, whenever that was.
    pub fn region_standing(&self, by: Date) -> Standing {
        match self.holder {
            // 81 to 83 stand for all of the holder's home, 91 for births abroad.
            Holder::Citizen if self.symbols.bytes()[0] < b'8' => {
                let code = self.symbols.number(0..6).unwrap_or_default();
                region::standing(code, self.birth.year()..=by.year())
            }
            _ => Standing::NoCounty,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::tests::{adjacent_swaps, single_changes};
    use super::*;

    #[test]
    fn the_standards_own_sample() {
        let id = parse("11010519491231002x").unwrap();
        assert_eq!(id.as_str(), "11010519491231002X");
        assert_eq!(id.birth(), date(1949, 12, 31));
        assert_eq!(id.sex(), Sex::Female);
        assert_eq!(id.region(), "110105");
        assert_eq!(id.holder(), Holder::Citizen);
    }

    #[test]
    fn residence_permits_are_told_apart() {
        for (region, holder) in [
            ("810000", Ok(Holder::HongKong)),
            ("820000", Ok(Holder::Macao)),
            ("830000", Ok(Holder::Taiwan)),
            ("810001", Err(NumberFault::Region { found: 81 })),
            ("440305", Ok(Holder::Citizen)),
        ] {
            assert_eq!(parse(&with_check(&format!("{region}19900101001"))).map(|id| id.holder()), holder);
        }
    }

    #[test]
    fn faults() {
        for (raw, fault) in [
            ("", NumberFault::Empty),
            ("110105491231002", NumberFault::Length { found: 15, expected: &[18] }),
            ("110105194912310021", NumberFault::CheckDigit { found: '1', expected: 'X' }),
            ("11010519491231002A", NumberFault::Character { at: 18, found: 'A' }),
            ("1101051949123100X2", NumberFault::Character { at: 17, found: 'X' }),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
        for (body, fault) in [
            ("11010519490231002", NumberFault::Date),
            ("11010518991231002", NumberFault::Date),
            ("11010520230229002", NumberFault::Date),
            ("11010520231301002", NumberFault::Date),
            ("99010519900101002", NumberFault::Region { found: 99 }),
            ("10000019900101002", NumberFault::Region { found: 10 }),
        ] {
            assert_eq!(parse(&with_check(body)), Err(fault), "{body}");
        }
        assert!(parse(&with_check("11010520240229002")).is_ok());
    }

    #[test]
    fn a_region_is_one_in_the_holders_lifetime() {
        let day = date(2026, 11, 23);
        for (body, by, expected) in [
            ("44030519850505001", day, "listed"),
            ("44030519850505001", date(1989, 12, 31), "later"),
            ("11010320160101001", day, "retired"),
            ("11010319500101001", day, "listed"),
            ("44039819850505001", day, "unknown"),
            ("44009919850505001", day, "no county"),
            ("81000019850505001", day, "no county"),
            ("91012319850505001", day, "no county"),
        ] {
            let said = match parse(&with_check(body)).unwrap().region_standing(by) {
                Standing::Listed => "listed",
                Standing::NoCounty => "no county",
                Standing::Unknown => "unknown",
                Standing::Retired(_) => "retired",
                Standing::Later(_) => "later",
            };
            assert_eq!(said, expected, "{body} {by}");
        }
    }

    #[test]
    fn years_are_completed_on_the_birthday() {
        let birth = date(2008, 2, 29);
        for (day, years) in [
            (date(2024, 2, 28), 15),
            (date(2024, 2, 29), 16),
            (date(2025, 2, 28), 16),
            (date(2025, 3, 1), 17),
            (date(2007, 1, 1), -2),
        ] {
            assert_eq!(age(birth, day), years, "{day}");
        }
    }

    /// The check digit that brings the sum of digit times 2^(17-i) to 1 modulo 11.
    pub fn with_check(body: &str) -> String {
        let sum: u64 = body.bytes().enumerate().map(|(at, c)| u64::from(c - b'0') * (1 << (17 - at))).sum();
        let check = (0..11).find(|check| (sum + check) % 11 == 1).unwrap();
        format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
    }

    proptest! {
        #[test]
        fn every_change_and_every_swap_is_found(
            region in "(11|32|44|65)[0-9]{4}", year in 1900..2100, month in 1..=12, day in 1..=28, tail in "[0-9]{3}"
        ) {
            let number = with_check(&format!("{region}{year:04}{month:02}{day:02}{tail}"));
            prop_assert!(parse(&number).is_ok(), "{number}");
            for (_, changed) in single_changes(&number, "0123456789X").chain(adjacent_swaps(&number)) {
                prop_assert!(parse(&changed).is_err(), "{changed} for {number}");
            }
        }

        #[test]
        fn no_text_is_too_odd(raw in ".*|[0-9]{17}[0-9X]") {
            let _ = parse(&raw);
        }
    }
}
