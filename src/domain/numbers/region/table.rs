//! The table of GB/T 2260, today's and retired regions (`assets/regions.txt`; sources and licences in its head).
//!
//! Read once, when the first number is judged: about 8,000 lines.

use std::sync::OnceLock;

const TEXT: &str = include_str!("../../../../assets/regions.txt");

/// Before all years of the table, and after them.
const OPEN: (i16, i16) = (i16::MIN, i16::MAX);

/// The years in which a code had a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub code: u32,
    /// First year; `i16::MIN` when the table begins with it, in 1980.
    pub from: i16,
    /// Last year; `i16::MAX` when still in force at the table's end.
    pub until: i16,
    pub name: &'static str,
}

impl Period {
    /// `1980-1992`, open ends left empty.
    pub fn years(&self) -> String {
        let year = |year: i16, open: i16| if year == open { String::new() } else { year.to_string() };
        format!("{}-{}", year(self.from, OPEN.0), year(self.until, OPEN.1))
    }

    pub const fn in_force(&self) -> bool {
        self.until == OPEN.1
    }
}

/// Every period of a code, by its first year; empty for a code that never was.
pub fn periods(code: u32) -> &'static [Period] {
    let table = table();
    let start = table.partition_point(|period| period.code < code);
    let rest = table.get(start..).unwrap_or_default();
    let count = rest.iter().take_while(|period| period.code == code).count();
    rest.get(..count).unwrap_or_default()
}

/// Today's prefectures and provinces.
pub fn prefectures() -> &'static [Period] {
    static PREFECTURES: OnceLock<Vec<Period>> = OnceLock::new();
    PREFECTURES.get_or_init(|| {
        let of_prefecture = |period: &&Period| period.code.is_multiple_of(100) && period.in_force();
        table().iter().filter(of_prefecture).copied().collect()
    })
}

/// A test holds that every line is read.
fn table() -> &'static [Period] {
    static TABLE: OnceLock<Vec<Period>> = OnceLock::new();
    TABLE.get_or_init(|| lines().filter_map(period).collect())
}

fn lines() -> impl Iterator<Item = &'static str> {
    TEXT.lines().filter(|line| !line.starts_with('#'))
}

fn period(line: &'static str) -> Option<Period> {
    let mut fields = line.splitn(4, ' ');
    let code = fields.next()?.parse().ok()?;
    let from = year(fields.next()?, OPEN.0)?;
    let until = year(fields.next()?, OPEN.1)?;
    Some(Period { code, from, until, name: fields.next()? })
}

fn year(text: &str, open: i16) -> Option<i16> {
    if text == "-" { Some(open) } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_in_order() {
        assert_eq!(table().len(), lines().count());
        assert!(table().len() > 8000);
        assert!(table().is_sorted_by_key(|period| (period.code, period.from)));
        for period in table() {
            assert!((110_000..=830_000).contains(&period.code) && period.from <= period.until, "{period:?}");
        }
    }

    #[test]
    fn codes_change_their_names_and_end() {
        let said = |code| {
            let periods = periods(code).iter();
            periods.map(|period| format!("{} {}", period.name, period.years())).collect::<Vec<_>>()
        };
        assert_eq!(said(440_305), ["南山区 1990-"]);
        assert_eq!(said(110_103), ["崇文区 -2009"]);
        assert_eq!(said(120_110), ["东郊区 -1991", "东丽区 1992-"]);
        assert!(said(440_099).is_empty());
    }

    #[test]
    fn every_province_and_its_prefectures_are_there() {
        assert_eq!(prefectures().iter().filter(|period| period.code.is_multiple_of(10_000)).count(), 34);
        assert!(prefectures().iter().any(|period| period.name == "深圳市" && period.code == 440_300));
    }
}
