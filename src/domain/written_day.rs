//! Days in the spellings that people and other systems write them in.

use jiff::civil::{Date, Time};

/// What a text may mean that is no end.
const LONG_TERM: [&str; 6] = ["长期", "长期有效", "永久", "永久有效", "无固定期限", "long-term"];

/// The pack format's word for no end, if the text says so.
pub fn long_term(text: &str) -> Option<&'static str> {
    LONG_TERM.contains(&text).then_some("长期")
}

/// `2026-03-01`, `2026/3/1`, `2026.3.1`, `20260301`, `2026年3月1日`, each with or without a time after it.
pub fn day_and_time(text: &str) -> Option<(Date, Option<Time>)> {
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
