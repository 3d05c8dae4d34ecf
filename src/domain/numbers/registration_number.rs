//! 工商注册号 of 15 digits, GS 15-2006: the business licence's number before the unified code took over in October
//! 2015. Numbers of 13 digits are older still (before 2007) and have no check digit: they are not read here.

use super::NumberFault;
use super::region;
use super::symbols::Symbols;

/// A number with a right check digit and a known province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RegistrationNumber(Symbols<15>);

/// Reads 15 digits: six of the registering authority's region, eight of sequence, a check digit by ISO 7064
/// MOD 11,10. Normalised as in [`super::symbols`].
///
/// Every single changed digit is found. A swap of neighbours stays hidden in 10 of 450 cases: where the running
/// value `p` and the two digits `a`, `b` give `p+a = 6` and `p+b = 5` modulo 10; and of the last digit with the check
/// digit where `p = 5` and the two are 0 and 1. A right check digit alone proves little.
pub fn parse(raw: &str) -> Result<RegistrationNumber, NumberFault> {
    let symbols = Symbols::<15>::read(raw)?;
    symbols.digit(14)?;
    let product = (0..14).try_fold(10, |product, index| Ok(step(product, symbols.digit(index)?)))?;
    // 0 to 9 after the remainder.
    symbols.expect_check(b'0' + ((11 - product) % 10) as u8)?;
    region::of_organisation(&symbols, 0)?;
    Ok(RegistrationNumber(symbols))
}

const fn step(product: u32, digit: u32) -> u32 {
    let sum = match (product + digit) % 10 {
        0 => 10,
        sum => sum,
    };
    sum * 2 % 11
}

impl RegistrationNumber {
    /// The normalised 15 digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Six digits of GB/T 2260: where the registering authority is.
    pub fn region(&self) -> &str {
        self.as_str().get(..6).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{adjacent_swaps, single_changes};
    use super::*;

    #[test]
    fn published_numbers_are_valid() {
        for (number, region) in [("440301103448669", "440301"), ("110108004466637", "110108")] {
            assert_eq!(parse(number).unwrap().region(), region);
        }
        assert!(parse("310000000000000").is_ok(), "a check digit alone proves nothing");
    }

    #[test]
    fn faults() {
        for (raw, fault) in [
            ("4403011034486", NumberFault::Length { found: 13, expected: &[15] }),
            ("440301103448660", NumberFault::CheckDigit { found: '0', expected: '9' }),
            ("44030110344866X", NumberFault::Character { at: 15, found: 'X' }),
            ("44030A103448669", NumberFault::Character { at: 6, found: 'A' }),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
    }

    /// ISO 7064 MOD 11,10 from the end: of all ten digits the one that makes the whole number come out at 1.
    fn with_check(body: &str) -> String {
        let product = |body: &str| {
            body.bytes().fold(10, |p, c| {
                let sum = (p + u32::from(c - b'0')) % 10;
                (if sum == 0 { 10 } else { sum }) * 2 % 11
            })
        };
        let check = (0..10).find(|check| (product(body) + check) % 10 == 1).unwrap();
        format!("{body}{check}")
    }

    fn hidden_swap(number: &str, at: usize) -> bool {
        let digit = |at: usize| u32::from(number.as_bytes()[at] - b'0');
        let product = (0..at).fold(10, |product, index| step(product, digit(index)));
        let (a, b) = (digit(at), digit(at + 1));
        if at == 13 {
            product == 5 && a.max(b) == 1
        } else {
            let (a, b) = ((product + a) % 10, (product + b) % 10);
            a.min(b) == 5 && a.max(b) == 6
        }
    }

    proptest! {
        #[test]
        fn every_change_and_every_other_swap_is_found(body in "(11|44|65)[0-9]{12}") {
            let number = with_check(&body);
            prop_assert!(parse(&number).is_ok(), "{number}");
            for (_, changed) in single_changes(&number, "0123456789") {
                prop_assert!(parse(&changed).is_err(), "{changed} for {number}");
            }
            for (at, swapped) in adjacent_swaps(&number) {
                // The first two digits are also held by the list of provinces.
                let found = parse(&swapped).is_err();
                prop_assert!(if at < 2 { found || hidden_swap(&number, at) } else { found != hidden_swap(&number, at) }, "{swapped} for {number}");
            }
        }
    }
}
