//! The regions of GB/T 2260 that open other numbers, and those that addresses name.
//!
//! Only the first two digits, the province, can make a number wrong. Counties come and go and stay on the numbers of
//! those who got them, and the table has gaps: what it says of a county is for a human to weigh ([`Standing`]).

mod table;

use std::ops::RangeInclusive;

use super::NumberFault;
use super::symbols::Symbols;
pub use table::Period;

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

/// Registers go on using a code for some years after it was retired.
const GRACE_YEARS: i16 = 5;

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

/// What the table says of a code over some years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In force in one of the years, or shortly before.
    Listed,
    /// The last two digits are 00 or 99: not a county. Whole prefectures stand on the numbers of some old holders,
    /// 99 was given to nobody and so serves for made-up people. Nothing is said of either.
    NoCounty,
    /// Not in the table.
    Unknown,
    /// Given up more than five years before them.
    Retired(&'static Period),
    /// Not yet given in any of them.
    Later(&'static Period),
}

/// Looks a county's code up: whether it was in force in any of the years.
pub fn standing(code: u32, years: RangeInclusive<i16>) -> Standing {
    if matches!(code % 100, 0 | 99) {
        return Standing::NoCounty;
    }
    let periods = table::periods(code);
    let first_year = years.start().saturating_sub(GRACE_YEARS);
    if periods.iter().any(|period| period.until >= first_year && period.from <= *years.end()) {
        return Standing::Listed;
    }
    match periods.iter().rfind(|period| period.until < first_year) {
        Some(period) => Standing::Retired(period),
        None => periods.first().map_or(Standing::Unknown, Standing::Later),
    }
}

/// The whole name of a code as it last was, `广东省深圳市南山区`; empty for a code that never was.
pub fn full_name(code: u32) -> String {
    let province = code / 10_000 * 10_000;
    let mut levels = vec![province];
    levels.extend([code / 100 * 100, code].into_iter().filter(|level| *level != province));
    levels.dedup();
    let names = levels.into_iter().filter_map(|level| table::periods(level).last()).map(|period| period.name);
    // 市辖区, 县 and 省直辖县级行政单位 group others and name no place.
    names.filter(|name| !matches!(*name, "市辖区" | "县" | "市") && !name.contains("直辖")).collect()
}

/// The province or prefecture with which an address begins, `440300` for `广东省深圳市…` and for `深圳市…`.
///
/// Whole names only: `深圳…` answers nothing, and neither does a county's name, which several prefectures may share.
pub fn of_address(address: &str) -> Option<u32> {
    let address = address.trim_start();
    let begins = |rest: &str, period: &Period| rest.starts_with(period.name);
    let first = table::prefectures().iter().find(|period| begins(address, period))?;
    let rest = address.strip_prefix(first.name).unwrap_or_default();
    let inside = |period: &&Period| is_province(first.code) && period.code / 10_000 == first.code / 10_000;
    let inner = table::prefectures().iter().filter(inside).find(|period| begins(rest, period));
    Some(inner.map_or(first.code, |inner| inner.code))
}

const fn is_province(code: u32) -> bool {
    code.is_multiple_of(10_000)
}

/// The part of a code that says which prefecture: nothing in municipalities and for counties that stand directly
/// under their province (prefecture 90), which cannot be told apart by it.
pub fn prefecture(code: u32) -> Option<u32> {
    const MUNICIPALITIES: [u32; 4] = [11, 12, 31, 50];
    const DIRECT: u32 = 90;
    let prefecture = code / 100;
    let direct = matches!(prefecture % 100, 0 | DIRECT) || MUNICIPALITIES.contains(&(code / 10_000));
    (!direct).then_some(prefecture)
}

#[cfg(test)]
mod tests;
