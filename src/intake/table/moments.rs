//! Days and times in the spellings of operators' tables, as the pack format writes them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, time};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use crate::domain::written_day::day_and_time;
pub(super) use crate::domain::written_day::long_term;

/// A day; `format` is the mapping's own spelling, which goes first.
pub(super) fn day(text: &str, format: Option<&str>) -> Option<Date> {
    format
        .and_then(|format| in_format(text, format))
        .or_else(|| day_and_time(text))
        .and_then(|(day, rest)| rest.is_none_or(midnight).then_some(day))
}

/// A time without an offset is one of the zone; a day alone is its beginning, or its end for a term.
pub(super) fn moment(text: &str, format: Option<&str>, zone: &TimeZone, term: bool) -> Option<Timestamp> {
    let (day, clock) = format.and_then(|format| in_format(text, format)).or_else(|| day_and_time(text))?;
    let clock = match clock {
        None if term => time(23, 59, 59, 0),
        None => Time::midnight(),
        Some(clock) => clock,
    };
    in_zone(DateTime::from_parts(day, clock), zone)
}

/// A day and, if the mapping's own spelling has one, a time: [`Date::strptime`] alone would read the time and drop it.
fn in_format(text: &str, format: &str) -> Option<(Date, Option<Time>)> {
    let parts = strtime::parse(format, text).ok()?;
    let clock = match parts.hour().or(parts.minute()) {
        Some(_) => Some(parts.to_time().ok()?),
        None => None,
    };
    Some((parts.to_date().ok()?, clock))
}

pub(super) fn in_zone(moment: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(moment).compatible().ok()
}

fn midnight(clock: Time) -> bool {
    clock == Time::midnight()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_many_spellings() {
        for (text, expected) in [
            ("2026-03-01", Some("2026-03-01")),
            ("2026/3/1", Some("2026-03-01")),
            ("2026.03.1", Some("2026-03-01")),
            ("20260301", Some("2026-03-01")),
            ("2026年3月1日", Some("2026-03-01")),
            ("2026-03-01 00:00:00", Some("2026-03-01")),
            ("2026-03-01 09:00", None),
            ("26-03-01", None),
            ("2026-02-30", None),
            ("03/01/2026", None),
            ("2026-3", None),
            ("明天", None),
            ("", None),
        ] {
            assert_eq!(day(text, None).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(day("01.03.2026", Some("%d.%m.%Y")), Some(jiff::civil::date(2026, 3, 1)));
    }

    #[test]
    fn a_time_in_a_format_is_kept() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let format = Some("%d/%m/%Y %H:%M");
        for (text, of_day, of_time) in [
            ("01/03/2026 09:30", None, Some("2026-03-01T01:30:00Z")),
            ("01/03/2026 00:00", Some("2026-03-01"), Some("2026-02-28T16:00:00Z")),
            ("2026-03-01", Some("2026-03-01"), Some("2026-03-01T15:59:59Z")),
        ] {
            assert_eq!(day(text, format).map(|day| day.to_string()).as_deref(), of_day, "{text}");
            let time = moment(text, format, &zone, true).map(|time| time.to_string());
            assert_eq!(time.as_deref(), of_time, "{text}");
        }
        let time = moment("01.03.2026", Some("%d.%m.%Y"), &zone, true).map(|time| time.to_string());
        assert_eq!(time.as_deref(), Some("2026-03-01T15:59:59Z"));
    }

    #[test]
    fn times_of_the_zone() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        for (text, term, expected) in [
            ("2026-03-01 09:30", false, Some("2026-03-01T01:30:00Z")),
            ("2026/3/1 9:30:15", false, Some("2026-03-01T01:30:15Z")),
            ("2026年3月1日 09:30", true, Some("2026-03-01T01:30:00Z")),
            ("2026-03-01", false, Some("2026-02-28T16:00:00Z")),
            ("2026-03-01", true, Some("2026-03-01T15:59:59Z")),
            ("2026-03-01 25:00", false, None),
            ("soon", false, None),
        ] {
            assert_eq!(moment(text, None, &zone, term).map(|t| t.to_string()).as_deref(), expected, "{text}");
        }
    }
}
