//! 统一社会信用代码, GB 32100-2015 (amended by XG1-2016).

use super::NumberFault;
use super::region;
use super::symbols::Symbols;

/// 31 symbols: digits and capital letters without I, O, S, V, Z; a symbol's value is its place.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// 3^i mod 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Values by ASCII code; 31 where the alphabet has no such symbol.
const VALUES: [u8; 128] = {
    let mut values = [31; 128];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// Registering authority and class of organisation, as the standard's coding rule lists them, and two pairs seen
/// in a bank's validation table only (55 grass-roots self-government, G1 overseas NGO's office).
/// The list is not complete: an unknown pair is a doubt, never a fault.
const PAIRS: &[&str] = &[
    "11", "12", "13", "19", // 机构编制: state organs, public institutions, mass organisations
    "21", "29", // 外交
    "31", "32", "33", "34", "35", "39", // 司法行政
    "41", "49", // 文化
    "51", "52", "53", "55", "59", // 民政
    "61", "62", "69", // 旅游
    "71", "72", "79", // 宗教
    "81", "89", // 工会
    "91", "92", "93", // 市场监管: enterprises, individual businesses, farmers' cooperatives
    "A1", "A9", // 中央军委
    "G1", // 境外非政府组织
    "N1", "N2", "N3", "N9", // 农业农村: collective economies
    "Y1", // 其他
];

/// A code with a right check digit and a known province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnifiedCode(Symbols<18>);

/// Reads 18 characters: authority, class, six region digits (GB/T 2260), nine of the organisation code, check digit
/// (MOD 31). Normalised as in [`super::symbols`].
///
/// Every single changed character and every swap of neighbours is found: 31 is prime, the weights are powers of 3,
/// and so no two neighbouring weights are equal and none is zero (the check digit's own is 1 after 28).
pub fn parse(raw: &str) -> Result<UnifiedCode, NumberFault> {
    let symbols = Symbols::<18>::read(raw)?;
    let mut sum = 0;
    for (index, byte) in symbols.bytes().iter().enumerate() {
        let value = VALUES[usize::from(*byte & 0x7f)];
        if value == 31 {
            return Err(NumberFault::Character { at: index + 1, found: char::from(*byte) });
        }
        sum += u32::from(value) * WEIGHTS.get(index).copied().unwrap_or(0);
    }
    symbols.expect_check(ALPHABET[((31 - sum % 31) % 31) as usize])?;
    region::of_organisation(&symbols, 2)?;
    Ok(UnifiedCode(symbols))
}

impl UnifiedCode {
    /// The normalised 18 characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Authority and class, e.g. `91` for an enterprise.
    pub fn pair(&self) -> &str {
        self.part(0..2)
    }

    /// Whether the pair is on the standard's list.
    pub fn pair_is_known(&self) -> bool {
        PAIRS.contains(&self.pair())
    }

    /// Six digits of GB/T 2260: where the registering authority is, which may be elsewhere than the organisation.
    pub fn region(&self) -> &str {
        self.part(2..8)
    }

    /// The nine characters of the organisation code (GB 11714), with its own check digit.
    pub fn organisation_code(&self) -> &str {
        self.part(8..17)
    }

    fn part(&self, range: std::ops::Range<usize>) -> &str {
        self.as_str().get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::organisation_code;
    use super::super::tests::{adjacent_swaps, single_changes};
    use super::*;

    const PUBLISHED: [&str; 4] =
        ["9144030071526726XG", "91110000802100433B", "914403001922038216", "91330100799655058B"];

    fn alphabet() -> &'static str {
        std::str::from_utf8(ALPHABET).unwrap()
    }

    #[test]
    fn published_codes_are_valid_and_so_is_the_organisation_code_inside() {
        for code in PUBLISHED {
            let code = parse(code).unwrap();
            assert!(code.pair_is_known());
            assert_eq!(code.pair(), "91");
            assert!(organisation_code::parse(code.organisation_code()).is_ok());
        }
        assert_eq!(parse("9144030071526726XG").unwrap().region(), "440300");
    }

    #[test]
    fn typed_in_any_width_and_case() {
        for raw in ["9144030071526726xg", "９１４４０３００７１５２６７２６ＸＧ", " 9144 0300 7152 6726 XG "]
        {
            assert_eq!(parse(raw).unwrap().as_str(), "9144030071526726XG");
        }
    }

    #[test]
    fn faults() {
        for (raw, fault) in [
            ("", NumberFault::Empty),
            ("440301103448669", NumberFault::Length { found: 15, expected: &[18] }),
            ("9144030071526726IG", NumberFault::Character { at: 17, found: 'I' }),
            ("9144030071526726XH", NumberFault::CheckDigit { found: 'H', expected: 'G' }),
            ("9144030071526726中G", NumberFault::Character { at: 17, found: '中' }),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
    }

    #[test]
    fn letters_may_open_a_code_but_not_its_region() {
        for (body, region) in [("N2440300MF0000000", Ok("440300")), ("91990300000000000", Err(99))] {
            let code = with_check(body);
            match region {
                Ok(region) => assert_eq!(parse(&code).unwrap().region(), region),
                Err(found) => assert_eq!(parse(&code), Err(NumberFault::Region { found })),
            }
        }
        assert_eq!(
            parse(&with_check("9144A300000000000")),
            Err(NumberFault::Character { at: 5, found: 'A' })
        );
        assert!(!parse(&with_check("94440300000000000")).unwrap().pair_is_known());
    }

    /// The check digit by the formula of the standard, written apart from `parse`.
    fn with_check(body: &str) -> String {
        let sum: usize = body
            .chars()
            .enumerate()
            .map(|(at, c)| alphabet().find(c).unwrap() * 3usize.pow(u32::try_from(at).unwrap()))
            .sum();
        format!("{body}{}", &alphabet()[(31 - sum % 31) % 31..][..1])
    }

    proptest! {
        #[test]
        fn every_change_and_every_swap_is_found(
            body in "(91|12|51|N1|A1)(11|44|65|82)[0-9]{4}[0-9A-HJ-NP-RTUWXY]{9}"
        ) {
            let code = with_check(&body);
            prop_assert!(parse(&code).is_ok(), "{code}");
            for (_, changed) in single_changes(&code, alphabet()).chain(adjacent_swaps(&code)) {
                prop_assert!(parse(&changed).is_err(), "{changed} for {code}");
            }
        }

        #[test]
        fn no_text_is_too_odd(raw in ".*") {
            let _ = parse(&raw);
        }
    }
}
