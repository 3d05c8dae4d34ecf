//! Mobile numbers of the mainland: 11 digits, whose first ones tell what kind of line it is.

use std::ops::RangeInclusive;

use super::NumberFault;
use super::symbols::{Symbols, normalise};

/// What a range was allocated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Segment {
    /// An operator's own telephones.
    Ordinary,
    /// 虚拟运营商: resold by virtual operators.
    Virtual,
    /// 卫星移动
    Satellite,
    /// 物联网 and data cards: seldom a telephone that anybody answers.
    Data,
}

/// Allocation by the first four digits, ascending. Source: MIIT, network numbers of public mobile communication as of
/// the end of March 2023; 1610 and 1619 from libphonenumber 9.0.35 of July 2026. Checked November 2026.
/// Whose range it is, is not kept: since December 2019 numbers move between operators.
const SEGMENTS: &[(RangeInclusive<u32>, Segment)] = &[
    (1300..=1348, Segment::Ordinary),
    (1349..=1349, Segment::Satellite),
    (1350..=1399, Segment::Ordinary),
    (1400..=1419, Segment::Data),
    (1440..=1499, Segment::Data),
    (1500..=1539, Segment::Ordinary),
    (1550..=1599, Segment::Ordinary),
    (1610..=1610, Segment::Ordinary),
    (1619..=1619, Segment::Satellite),
    (1620..=1629, Segment::Virtual),
    (1650..=1659, Segment::Virtual),
    (1660..=1669, Segment::Ordinary),
    (1670..=1679, Segment::Virtual),
    (1700..=1719, Segment::Virtual),
    (1720..=1739, Segment::Ordinary),
    (1740..=1749, Segment::Satellite),
    (1750..=1789, Segment::Ordinary),
    (1800..=1939, Segment::Ordinary),
    (1950..=1999, Segment::Ordinary),
];

/// A number in an allocated range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mobile {
    symbols: Symbols<11>,
    segment: Segment,
}

/// Reads 11 digits, with or without the country code (`+86`, `0086`, `86`) and hyphens; otherwise normalised as in
/// [`super::symbols`]. The 13 digits of machines (140 to 144 and 1064 in front, MIIT) answer
/// [`NumberFault::MachineNumber`]. Nothing in the number can show a slip of the pen.
pub fn parse(raw: &str) -> Result<Mobile, NumberFault> {
    let text = normalise(raw).replace('-', "");
    let text = without_country(&text);
    if is_machine(text) {
        return Err(NumberFault::MachineNumber);
    }
    let symbols = Symbols::<11>::read(text)?;
    (0..11).try_for_each(|index| symbols.digit(index).map(|_| ()))?;
    let found = symbols.number(0..4)?;
    match SEGMENTS.iter().find(|(range, _)| range.contains(&found)) {
        Some((_, segment)) => Ok(Mobile { symbols, segment: *segment }),
        // Four digits always fit.
        None => Err(NumberFault::Segment { found: found as u16 }),
    }
}

fn is_machine(text: &str) -> bool {
    let range = ["140", "141", "142", "143", "144", "1064"].iter().any(|range| text.starts_with(range));
    range && text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The rest of a normalised number after the country code, if there is one.
fn without_country(text: &str) -> &str {
    let bare = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086"));
    bare.or_else(|| text.strip_prefix("86").filter(|rest| rest.len() == 11)).unwrap_or(text)
}

impl Mobile {
    /// The 11 digits.
    pub fn as_str(&self) -> &str {
        self.symbols.as_str()
    }

    pub const fn segment(&self) -> Segment {
        self.segment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_what_they_were_allocated_for() {
        for (prefixes, segment) in [
            (
                "130 131 132 133 134 135 136 137 138 139 150 151 152 153 155 156 157 158 159",
                Segment::Ordinary,
            ),
            ("166 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189", Segment::Ordinary),
            ("190 191 192 193 195 196 197 198 199 1610", Segment::Ordinary),
            ("162 165 167 1700 1705 1709 171", Segment::Virtual),
            ("1349 1740 1741 1749 1619", Segment::Satellite),
            ("140 141 144 145 146 147 148 149", Segment::Data),
        ] {
            for prefix in prefixes.split(' ') {
                let number = format!("{prefix:0<11}");
                assert_eq!(parse(&number).map(|mobile| mobile.segment()), Ok(segment), "{number}");
            }
        }
        for prefix in "142 143 154 160 1611 1618 163 164 168 169 179 194 120 200 000".split(' ') {
            let number = format!("{prefix:0<11}");
            assert!(matches!(parse(&number), Err(NumberFault::Segment { .. })), "{number}");
        }
    }

    #[test]
    fn the_table_is_in_order_and_without_overlap() {
        assert!(SEGMENTS.windows(2).all(|pair| pair[0].0.end() < pair[1].0.start()));
    }

    #[test]
    fn typed_in_many_ways() {
        for raw in [
            "13800000000",
            "138-0000-0000",
            "138 0000 0000",
            "+86 13800000000",
            "0086-13800000000",
            "8613800000000",
            "１３８００００００００",
        ] {
            assert_eq!(parse(raw).unwrap().as_str(), "13800000000", "{raw}");
        }
        for (raw, fault) in [
            ("", NumberFault::Empty),
            ("1380000000", NumberFault::Length { found: 10, expected: &[11] }),
            ("1440000000000", NumberFault::MachineNumber),
            ("+86 10640-0000-0000", NumberFault::MachineNumber),
            ("144000000000X", NumberFault::Length { found: 13, expected: &[11] }),
            ("1450000000000", NumberFault::Length { found: 13, expected: &[11] }),
            ("1380000000O", NumberFault::Character { at: 11, found: 'O' }),
            ("0755-12345678", NumberFault::Length { found: 12, expected: &[11] }),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
    }
}
