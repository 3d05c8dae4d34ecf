//! 组织机构代码, GB 11714-1997: nine characters, today the inner part of the unified code.

use super::NumberFault;
use super::symbols::Symbols;

const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A code with a right check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OrganisationCode(Symbols<9>);

/// Reads eight digits or capital letters (A is 10, Z is 35) and a check digit (MOD 11; 10 is written `X`). Hyphens
/// are left out, so that `71526726-X` is read; otherwise normalised as in [`super::symbols`].
///
/// Every changed digit and every swap of two digits is found. What differs by a multiple of 11 is not: `0` for `B`,
/// `M` or `X`, `1` for `C`, `N` or `Y`, and so on; nor is a swap of the last digit `1` with the check digit `X`.
pub fn parse(raw: &str) -> Result<OrganisationCode, NumberFault> {
    let symbols = Symbols::<9>::read_without(raw, Some('-'))?;
    let sum: u32 = symbols.bytes().iter().zip(WEIGHTS).map(|(byte, weight)| value(*byte) * weight).sum();
    let check = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    };
    symbols.expect_check(check)?;
    Ok(OrganisationCode(symbols))
}

const fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => (byte - b'0') as u32,
        letter => (letter - b'A') as u32 + 10,
    }
}

impl OrganisationCode {
    /// The normalised nine characters, without a hyphen.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{adjacent_swaps, single_changes};
    use super::*;

    #[test]
    fn parts_of_published_unified_codes_are_valid() {
        for code in ["71526726X", "802100433", "192203821", "799655058", "71526726-X", "７１５２６７２６－ｘ"]
        {
            assert!(parse(code).is_ok(), "{code}");
        }
    }

    #[test]
    fn faults() {
        for (raw, fault) in [
            ("7152672", NumberFault::Length { found: 7, expected: &[9] }),
            ("715267260", NumberFault::CheckDigit { found: '0', expected: 'X' }),
            ("7152672?X", NumberFault::Character { at: 8, found: '?' }),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
    }

    #[test]
    fn what_the_standard_cannot_find() {
        for code in ["70000001X", "7B000001X", "7000M001X", "7000000NX", "7000000X1"] {
            assert!(parse(code).is_ok(), "{code}");
        }
    }

    /// The check digit that brings the weighted sum, its own weight being 1, to a multiple of 11.
    fn with_check(body: &str) -> String {
        let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(36).unwrap() * w).sum();
        let check = (0..11).find(|check| (sum + check).is_multiple_of(11)).unwrap();
        format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
    }

    proptest! {
        #[test]
        fn every_changed_digit_and_swapped_pair_of_digits_is_found(body in "[0-9A-Z]{8}") {
            let code = with_check(&body);
            prop_assert!(parse(&code).is_ok(), "{code}");
            let digit = |at: usize| code.as_bytes()[at].is_ascii_digit();
            for (at, changed) in single_changes(&code, "0123456789") {
                if digit(at) {
                    prop_assert!(parse(&changed).is_err(), "{changed} for {code}");
                }
            }
            for (at, swapped) in adjacent_swaps(&code) {
                if digit(at) && digit(at + 1) {
                    prop_assert!(parse(&swapped).is_err(), "{swapped} for {code}");
                }
            }
        }
    }
}
