//! 外国人永久居留身份证: the number of foreigners with permanent residence, in both forms now in use.

use jiff::civil::Date;

use super::resident_id::{self, Sex};
use super::symbols::{Symbols, normalise};
use super::{NumberFault, region};

/// A number of either form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForeignResidentId {
    /// Since 1 December 2023.
    Numeric {
        symbols: Symbols<18>,
        birth: Date,
        /// ISO 3166-1 numeric, as printed: it may be one that was never assigned.
        country: u16,
    },
    /// The form of 2017, in use until the card's end.
    Lettered(Symbols<15>),
}

/// Reads either form, normalised as in [`super::symbols`]:
///
/// * 18 characters since 1 December 2023: `9`, two digits of province, three of country (ISO 3166-1 numeric), eight of
///   birth, three of sequence (odd: male), check digit as in GB 11643;
/// * 15 characters of 2017: three letters and twelve digits. Their inner order is not published: only the shape is
///   judged.
pub fn parse(raw: &str) -> Result<ForeignResidentId, NumberFault> {
    if normalise(raw).chars().count() == 15 {
        let symbols = Symbols::<15>::read(raw)?;
        if let Some(at) = (0..3).find(|at| !symbols.bytes()[*at].is_ascii_uppercase()) {
            return Err(NumberFault::Character { at: at + 1, found: char::from(symbols.bytes()[at]) });
        }
        (3..15).try_for_each(|at| symbols.digit(at).map(|_| ()))?;
        return Ok(ForeignResidentId::Lettered(symbols));
    }
    let symbols = resident_id::checked(raw).map_err(|fault| match fault {
        NumberFault::Length { found, .. } => NumberFault::Length { found, expected: &[15, 18] },
        fault => fault,
    })?;
    if symbols.bytes()[0] != b'9' {
        return Err(NumberFault::Character { at: 1, found: char::from(symbols.bytes()[0]) });
    }
    region::of_person(&symbols, 1)?;
    // Three digits always fit.
    let country = symbols.number(3..6)? as u16;
    Ok(ForeignResidentId::Numeric { symbols, birth: resident_id::birth(&symbols)?, country })
}

impl ForeignResidentId {
    /// The normalised characters.
    pub fn as_str(&self) -> &str {
        match self {
            ForeignResidentId::Numeric { symbols, .. } => symbols.as_str(),
            ForeignResidentId::Lettered(symbols) => symbols.as_str(),
        }
    }

    /// The day of birth; the older form does not tell it in a published way.
    pub const fn birth(&self) -> Option<Date> {
        match self {
            ForeignResidentId::Numeric { birth, .. } => Some(*birth),
            ForeignResidentId::Lettered(_) => None,
        }
    }

    /// ISO 3166-1 numeric; the older form has letters instead.
    pub const fn country(&self) -> Option<u16> {
        match self {
            ForeignResidentId::Numeric { country, .. } => Some(*country),
            ForeignResidentId::Lettered(_) => None,
        }
    }

    pub fn sex(&self) -> Option<Sex> {
        match self {
            ForeignResidentId::Numeric { symbols, .. } => Some(resident_id::sex(symbols)),
            ForeignResidentId::Lettered(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn both_forms_are_read() {
        let new = parse("911124198108030024").unwrap();
        assert_eq!(new.country(), Some(124));
        assert_eq!((new.birth(), new.sex()), (Some(date(1981, 8, 3)), Some(Sex::Female)));
        let old = parse("can 11000012345 6").unwrap();
        assert_eq!((old.as_str(), old.birth(), old.sex()), ("CAN110000123456", None, None));
    }

    proptest::proptest! {
        #[test]
        fn every_changed_digit_is_found(
            body in "9(11|31|44)[0-9]{3}(19[0-9]{2}|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}"
        ) {
            let number = super::super::resident_id::tests::with_check(&body);
            proptest::prop_assert!(parse(&number).is_ok(), "{number}");
            for (_, changed) in super::super::tests::single_changes(&number, "0123456789X") {
                proptest::prop_assert!(parse(&changed).is_err(), "{changed} for {number}");
            }
        }
    }

    #[test]
    fn faults() {
        for (raw, fault) in [
            ("9111241981080300", NumberFault::Length { found: 16, expected: &[15, 18] }),
            ("911124198108030025", NumberFault::CheckDigit { found: '5', expected: '4' }),
            ("11010519491231002X", NumberFault::Character { at: 1, found: '1' }),
            ("CA1110000123456", NumberFault::Character { at: 3, found: '1' }),
            ("CAN11000012345X", NumberFault::Character { at: 15, found: 'X' }),
            ("", NumberFault::Empty),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
    }
}
