//! How long documents are valid, by their kind and the holder's age on the day of issue.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::checks::personal_document::{
    FOREIGN_RESIDENT_ID, HONG_KONG_MACAO_RESIDENCE_PERMIT, HONG_KONG_MACAO_TRAVEL_PERMIT, RESIDENT_ID,
    TAIWAN_RESIDENCE_PERMIT, TAIWAN_TRAVEL_PERMIT,
};
use crate::domain::filing::ValidUntil;

/// Documents end on the anniversary of their first day; one born of 29 February may end a day beside it.
const TOLERANCE_DAYS: i32 = 1;
/// 临时居民身份证 (公安部令 78, art. 7).
const TEMPORARY_MONTHS: i32 = 3;

/// The validity that a kind of document may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// One of these numbers of years from the day of issue.
    Years(&'static [i32]),
    UpToFiveYears,
    Unlimited,
}

impl Term {
    /// By the holder's age on the day of issue, if the number tells it; nothing where no rule is known.
    ///
    /// * 居民身份证: 居民身份证法 art. 5;
    /// * 外国人永久居留身份证: 外国人在中国永久居留审批管理办法 art. 21;
    /// * 港澳台居民居住证: five years;
    /// * 港澳居民来往内地通行证: ten years, minors' three by the rules of 1999 and five on cards;
    /// * 台湾居民来往大陆通行证: five years, or three months for a single journey.
    pub const fn of(document_type: u16, age: Option<i16>) -> Option<Self> {
        Some(match (document_type, age) {
            (RESIDENT_ID, Some(..16)) => Term::Years(&[5]),
            (RESIDENT_ID, Some(16..26)) => Term::Years(&[10]),
            (RESIDENT_ID, Some(26..46)) => Term::Years(&[20]),
            (RESIDENT_ID, Some(46..)) => Term::Unlimited,
            (FOREIGN_RESIDENT_ID, Some(..18)) => Term::Years(&[5]),
            (FOREIGN_RESIDENT_ID, Some(18..)) => Term::Years(&[10]),
            (FOREIGN_RESIDENT_ID, None) => Term::Years(&[5, 10]),
            (HONG_KONG_MACAO_RESIDENCE_PERMIT | TAIWAN_RESIDENCE_PERMIT, _) => Term::Years(&[5]),
            (HONG_KONG_MACAO_TRAVEL_PERMIT, _) => Term::Years(&[3, 5, 10]),
            (TAIWAN_TRAVEL_PERMIT, _) => Term::UpToFiveYears,
            _ => return None,
        })
    }

    /// Whether a document of this term may end so; without its first day only 长期 can be out of place.
    pub fn fits(self, from: Option<Date>, until: ValidUntil) -> bool {
        match (self, until, from) {
            (Term::Unlimited, ValidUntil::LongTerm, _) => true,
            (_, ValidUntil::LongTerm, _) => false,
            (_, _, None) => true,
            (Term::Unlimited, ValidUntil::Day(_), Some(_)) => false,
            (Term::Years(allowed), ValidUntil::Day(last), Some(from)) => {
                allowed.iter().any(|years| is_about(last, from.saturating_add(years.years())))
            }
            (Term::UpToFiveYears, ValidUntil::Day(last), Some(from)) => {
                last <= from.saturating_add(5.years()).saturating_add(TOLERANCE_DAYS.days())
            }
        }
    }

    /// The id of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Term::Years([5]) => "numbers.term_5",
            Term::Years([10]) => "numbers.term_10",
            Term::Years([20]) => "numbers.term_20",
            Term::Years([5, 10]) => "numbers.term_5_10",
            Term::Years(_) => "numbers.term_3_5_10",
            Term::UpToFiveYears => "numbers.term_up_to_5",
            Term::Unlimited => "numbers.term_long",
        }
    }
}

/// Whether a resident's card of these days is a temporary one.
pub(super) fn is_temporary(from: Date, until: ValidUntil) -> bool {
    matches!(until, ValidUntil::Day(last) if is_about(last, from.saturating_add(TEMPORARY_MONTHS.months())))
}

fn is_about(day: Date, end: Date) -> bool {
    let tolerance = TOLERANCE_DAYS.days();
    (end.saturating_sub(tolerance)..=end.saturating_add(tolerance)).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_by_document_and_age_at_issue() {
        for (document_type, age, expected) in [
            (RESIDENT_ID, Some(15), "term_5"),
            (RESIDENT_ID, Some(16), "term_10"),
            (RESIDENT_ID, Some(25), "term_10"),
            (RESIDENT_ID, Some(26), "term_20"),
            (RESIDENT_ID, Some(45), "term_20"),
            (RESIDENT_ID, Some(46), "term_long"),
            (RESIDENT_ID, None, ""),
            (FOREIGN_RESIDENT_ID, Some(17), "term_5"),
            (FOREIGN_RESIDENT_ID, Some(18), "term_10"),
            (FOREIGN_RESIDENT_ID, None, "term_5_10"),
            (HONG_KONG_MACAO_RESIDENCE_PERMIT, Some(10), "term_5"),
            (TAIWAN_RESIDENCE_PERMIT, Some(60), "term_5"),
            (HONG_KONG_MACAO_TRAVEL_PERMIT, None, "term_3_5_10"),
            (TAIWAN_TRAVEL_PERMIT, None, "term_up_to_5"),
            (7, None, ""),
        ] {
            let name = Term::of(document_type, age).map_or("", Term::name);
            assert_eq!(name.trim_start_matches("numbers."), expected, "{document_type} {age:?}");
        }
    }

    #[test]
    fn an_end_fits_a_day_beside_the_anniversary() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (term, from, until, expected) in [
            (Term::Years(&[20]), "2012-02-29", "2032-02-28", true),
            (Term::Years(&[20]), "2012-02-29", "2032-02-29", true),
            (Term::Years(&[20]), "2012-02-29", "2032-03-02", false),
            (Term::Years(&[3, 5, 10]), "2020-05-01", "2025-05-01", true),
            (Term::Years(&[3, 5, 10]), "2020-05-01", "2024-05-01", false),
            (Term::UpToFiveYears, "2020-05-01", "2020-08-01", true),
            (Term::UpToFiveYears, "2020-05-01", "2025-05-02", true),
            (Term::UpToFiveYears, "2020-05-01", "2025-05-03", false),
            (Term::Unlimited, "2020-05-01", "2040-05-01", false),
        ] {
            assert_eq!(term.fits(Some(day(from)), ValidUntil::Day(day(until))), expected, "{from} {until}");
        }
        assert!(Term::Unlimited.fits(None, ValidUntil::LongTerm));
        assert!(!Term::Years(&[5]).fits(None, ValidUntil::LongTerm));
        assert!(Term::Years(&[5]).fits(None, ValidUntil::Day(day("2040-05-01"))));
        assert!(is_temporary(day("2026-11-01"), ValidUntil::Day(day("2027-02-01"))));
        assert!(!is_temporary(day("2026-11-01"), ValidUntil::LongTerm));
    }
}
