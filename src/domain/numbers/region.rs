//! The regions of GB/T 2260 that open other numbers: only their first two digits, the province.
//!
//! Counties come and go and stay on the numbers of those who got them, so nothing beyond the province is judged.

use super::NumberFault;
use super::symbols::Symbols;

/// GB/T 2260: provinces, municipalities, autonomous and special administrative regions (71, 81 and 82 included).
const PROVINCES: &[u8] = &[
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82,
];

/// 100000: no province but the state, where the ministry itself registered the organisation.
const STATE: u8 = 10;

/// 830000: residence permits of people from Taiwan (国办发〔2018〕81号 art. 3).
const TAIWAN_PERMIT: u8 = 83;

const fn set(codes: &[u8]) -> u128 {
    let mut set = 0;
    let mut at = 0;
    while at < codes.len() {
        set |= 1 << codes[at];
        at += 1;
    }
    set
}

/// 国外 in the tables of identity numbers in common use.
const ABROAD: u8 = 91;

const OF_PERSONS: u128 = set(PROVINCES) | set(&[TAIWAN_PERMIT, ABROAD]);
const OF_ORGANISATIONS: u128 = set(PROVINCES) | set(&[STATE]);

/// Reads the six region digits of a person's number beginning at `start`, and answers the province's two digits.
pub(super) fn of_person<const N: usize>(symbols: &Symbols<N>, start: usize) -> Result<u8, NumberFault> {
    province(symbols, start, OF_PERSONS)
}

/// The same for an organisation's number, where 100000 stands for the state itself.
pub(super) fn of_organisation<const N: usize>(symbols: &Symbols<N>, start: usize) -> Result<u8, NumberFault> {
    province(symbols, start, OF_ORGANISATIONS)
}

fn province<const N: usize>(symbols: &Symbols<N>, start: usize, known: u128) -> Result<u8, NumberFault> {
    let region = symbols.number(start..start + 6)?;
    // Six digits divided by 10,000 leave two.
    let found = u8::try_from(region / 10_000).unwrap_or(u8::MAX);
    if found < 128 && known >> found & 1 == 1 { Ok(found) } else { Err(NumberFault::Region { found }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(digits: &str) -> Result<u8, NumberFault> {
        of_person(&Symbols::<6>::read(digits)?, 0)
    }

    fn organisation(digits: &str) -> Result<u8, NumberFault> {
        of_organisation(&Symbols::<6>::read(digits)?, 0)
    }

    #[test]
    fn provinces_are_known_by_two_digits() {
        assert_eq!(PROVINCES.len(), 34);
        assert_eq!(person("440305"), Ok(44));
        assert_eq!(person("830000"), Ok(83));
        assert_eq!(person("100000"), Err(NumberFault::Region { found: 10 }));
        assert_eq!(person("160000"), Err(NumberFault::Region { found: 16 }));
        assert_eq!(person("000000"), Err(NumberFault::Region { found: 0 }));
        assert_eq!(person("990000"), Err(NumberFault::Region { found: 99 }));
        assert_eq!(organisation("100000"), Ok(10));
        assert_eq!(organisation("830000"), Err(NumberFault::Region { found: 83 }));
        assert_eq!(organisation("44A000"), Err(NumberFault::Character { at: 3, found: 'A' }));
    }
}
