//! Fixed-line numbers of the mainland: area code, local number, perhaps an extension.

use std::ops::RangeInclusive;

use super::NumberFault;
use super::symbols::normalise;

/// Areas whose local numbers have eight digits besides 010 and the 02x. Source: libphonenumber 9.0.35, July 2026.
const EIGHT_DIGITS: &[RangeInclusive<u16>] = &[
    311..=311,
    371..=371,
    377..=377,
    379..=379,
    411..=411,
    431..=432,
    451..=451,
    510..=519,
    523..=523,
    527..=527,
    531..=532,
    551..=551,
    571..=571,
    573..=577,
    579..=579,
    591..=591,
    595..=595,
    731..=731,
    755..=755,
    757..=757,
    760..=760,
    769..=769,
    791..=791,
    871..=871,
    898..=898,
];

/// Areas in the middle of the change from seven digits to eight. Same source.
const SEVEN_OR_EIGHT_DIGITS: &[u16] = &[433, 435, 754, 851];

/// The only area codes that begin with 6. Same source. Other three-digit codes are not listed one by one.
const OF_SIX: &[u16] = &[631, 632, 633, 634, 635, 660, 662, 663, 668, 691, 692];

const EXAMPLE: NumberFault = NumberFault::Shape { example: "0755-12345678" };

/// A number whose length fits its area.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Landline {
    area: u16,
    local: String,
    extension: Option<String>,
}

/// Reads `0755-12345678`, with or without hyphens, brackets around the area code, the country code (`+86`, `0086`) and
/// an extension (`-801`, `转801`); otherwise normalised as in [`super::symbols`].
///
/// The area code must exist (10, 20 to 29 without 26, three digits from 3xx on) and the local number must have as many
/// digits as the area uses. Hotlines (400, 800, 95xxx) answer [`NumberFault::ServiceNumber`].
pub fn parse(raw: &str) -> Result<Landline, NumberFault> {
    let text = normalise(raw).replace(['(', ')'], "-");
    let text = text.trim_matches('-');
    if text.is_empty() {
        return Err(NumberFault::Empty);
    }
    let (number, marked) = match text.split_once(['转', '#', ',']) {
        Some((number, extension)) => (number, Some(extension)),
        None => (text, None),
    };
    let abroad = number.strip_prefix("+86").or_else(|| number.strip_prefix("0086"));
    let number = abroad.unwrap_or(number).trim_matches('-');
    if let Some(at) = number.chars().position(|c| !c.is_ascii_digit() && c != '-') {
        return Err(NumberFault::Character { at: at + 1, found: number.chars().nth(at).unwrap_or_default() });
    }
    let whole = number.replace('-', "");
    if is_service(&whole) {
        return Err(NumberFault::ServiceNumber);
    }
    let whole = match whole.strip_prefix('0') {
        Some(rest) => rest.to_owned(),
        None if abroad.is_some() => whole,
        None => return Err(EXAMPLE),
    };
    let (area, local) = split_area(&whole)?;
    let expected = local_digits(area);
    if expected.contains(&local.len()) {
        return with_extension(area, local, marked);
    }
    let hyphenated = number.rsplit_once('-').filter(|_| marked.is_none()).map(|(_, last)| last);
    match hyphenated.and_then(|last| Some((local.strip_suffix(last)?, last))) {
        Some((shorter, last)) if expected.contains(&shorter.len()) => {
            with_extension(area, shorter, Some(last))
        }
        _ => Err(NumberFault::Length { found: local.len(), expected }),
    }
}

fn is_service(digits: &str) -> bool {
    let hotline = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    hotline || (digits.starts_with("95") && (5..=9).contains(&digits.len()))
}

/// Area code and local number of the digits after the leading zero.
fn split_area(digits: &str) -> Result<(u16, &str), NumberFault> {
    let length = if digits.starts_with(['1', '2']) { 2 } else { 3 };
    let (area, local) = digits.split_at_checked(length).ok_or(EXAMPLE)?;
    let area: u16 = area.parse().map_err(|_| EXAMPLE)?;
    match area {
        10 | 20..=25 | 27..=29 | 310..=599 | 700..=999 => Ok((area, local)),
        listed if OF_SIX.contains(&listed) => Ok((area, local)),
        found => Err(NumberFault::AreaCode { found }),
    }
}

fn with_extension(area: u16, local: &str, extension: Option<&str>) -> Result<Landline, NumberFault> {
    match extension {
        Some(digits) if !(1..=6).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(NumberFault::Shape { example: "0755-12345678-801" })
        }
        _ => Ok(Landline { area, local: local.to_owned(), extension: extension.map(str::to_owned) }),
    }
}

/// How many digits a local number of an area may have.
pub fn local_digits(area: u16) -> &'static [usize] {
    if area < 100 || EIGHT_DIGITS.iter().any(|areas| areas.contains(&area)) {
        &[8]
    } else if SEVEN_OR_EIGHT_DIGITS.contains(&area) {
        &[7, 8]
    } else {
        &[7]
    }
}

impl Landline {
    /// The area code with its zero, e.g. `0755`.
    pub fn area_code(&self) -> String {
        format!("0{}", self.area)
    }

    /// The area code without its zero.
    pub const fn area(&self) -> u16 {
        self.area
    }

    /// The local number.
    pub fn local(&self) -> &str {
        &self.local
    }

    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// Whether the local number begins as subscribers' numbers do, with 2 to 8: a custom that no standard seen here
    /// states, so its breach is a doubt and no fault.
    pub fn begins_as_usual(&self) -> bool {
        self.local.starts_with(|first| ('2'..='8').contains(&first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_in_many_ways() {
        for (raw, area, local, extension) in [
            ("0755-22345678", "0755", "22345678", None),
            ("075522345678", "0755", "22345678", None),
            ("(0755)22345678", "0755", "22345678", None),
            ("（0755）2234 5678", "0755", "22345678", None),
            ("0755-2234-5678", "0755", "22345678", None),
            ("+86-755-22345678", "0755", "22345678", None),
            ("0086 0755 22345678", "0755", "22345678", None),
            ("0755-22345678-801", "0755", "22345678", Some("801")),
            ("0755-22345678转801", "0755", "22345678", Some("801")),
            ("075522345678-8", "0755", "22345678", Some("8")),
            ("010-62345678", "010", "62345678", None),
            ("0435-2234567", "0435", "2234567", None),
            ("0435-22345678", "0435", "22345678", None),
            ("0660-2234567", "0660", "2234567", None),
        ] {
            let line = parse(raw).unwrap_or_else(|fault| panic!("{raw}: {fault}"));
            assert_eq!(
                (&*line.area_code(), line.local(), line.extension()),
                (area, local, extension),
                "{raw}"
            );
        }
    }

    #[test]
    fn faults() {
        for (raw, fault) in [
            ("", NumberFault::Empty),
            ("-", NumberFault::Empty),
            ("22345678", EXAMPLE),
            ("0755-2234567", NumberFault::Length { found: 7, expected: &[8] }),
            ("0660-22345678", NumberFault::Length { found: 8, expected: &[7] }),
            ("0435-223456", NumberFault::Length { found: 6, expected: &[7, 8] }),
            ("0755-22345678-1234567", NumberFault::Shape { example: "0755-12345678-801" }),
            ("026-22345678", NumberFault::AreaCode { found: 26 }),
            ("0600-2234567", NumberFault::AreaCode { found: 600 }),
            ("0110-2234567", NumberFault::AreaCode { found: 11 }),
            ("0755-2234567a", NumberFault::Character { at: 13, found: 'A' }),
            ("0755-22345678转", NumberFault::Shape { example: "0755-12345678-801" }),
            ("400-000-0000", NumberFault::ServiceNumber),
            ("95000", NumberFault::ServiceNumber),
            ("07", EXAMPLE),
            ("0", EXAMPLE),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
    }

    #[test]
    fn an_unusual_beginning_is_told() {
        assert!(parse("0755-22345678").unwrap().begins_as_usual());
        assert!(!parse("0755-12345678").unwrap().begins_as_usual());
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(raw in ".*|[0-9()+转-]{0,20}") {
            let _ = parse(&raw);
        }
    }
}
