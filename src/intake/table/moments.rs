//! Days and times in the spellings of operators' tables, as the pack format writes them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, time};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// What a text may mean that is no end.
const LONG_TERM: [&str; 6] = ["长期", "长期有效", "永久", "永久有效", "无固定期限", "long-term"];

/// The pack format's word for no end, if the text says so.
pub(super) fn long_term(text: &str) -> Option<&'static str> {
    LONG_TERM.contains(&text).then_some("长期")
}

/// A day; `format` is the mapping's own spelling, which goes first.
pub(super) fn day(text: &str, format: Option<&str>) -> Option<Date> {
    format
        .and_then(|format| in_format(text, format))
        .or_else(|| split(text))
        .and_then(|(day, rest)| rest.is_none_or(midnight).then_some(day))
}

/// A time without an offset is one of the zone; a day alone is its beginning, or its end for a term.
pub(super) fn moment(text: &str, format: Option<&str>, zone: &TimeZone, term: bool) -> Option<Timestamp> {
    let (day, clock) = format.and_then(|format| in_format(text, format)).or_else(|| split(text))?;
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

/// `2026-03-01`, `2026/3/1`, `2026.3.1`, `20260301`, `2026年3月1日`, each with or without a time after it.
fn split(text: &str) -> Option<(Date, Option<Time>)> {
    let text = text.trim().replace(['年', '月', '/', '.'], "-").replace('日', " ");
    let (day, clock) = match text.trim().split_once([' ', 'T']) {
        Some((day, clock)) => (day.trim(), Some(clock.trim())),
        None => (text.trim(), None),
    };
    let day = if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        Date::strptime("%Y%m%d", day).ok()?
    } else {
        let parts: Vec<&str> = day.trim_end_matches('-').split('-').collect();
        let [year, month, day] = parts.as_slice() else { return None };
        let digits = |text: &str, most: usize| {
            (!text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then_some(())
        };
        (year.len() == 4).then_some(())?;
        digits(year, 4).and(digits(month, 2)).and(digits(day, 2))?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?
    };
    let clock = match clock.filter(|clock| !clock.is_empty()) {
        None => None,
        Some(clock) => {
            Some(["%H:%M:%S", "%H:%M"].iter().find_map(|format| Time::strptime(format, clock).ok())?)
        }
    };
    Some((day, clock))
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
