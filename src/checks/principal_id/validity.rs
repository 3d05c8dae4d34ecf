//! Whether a document is in date, and whether its term is one that the law gives (居民身份证法 art. 5 and 23).

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::domain::filing::ValidUntil;
use crate::domain::finding::Finding;
use crate::domain::message::Message;
use crate::domain::numbers::resident_id::age;

use super::super::personal_document::RESIDENT_ID;
use super::Subject;

/// The law's first day. Cards issued before are of the first generation, void since 1 January 2013.
const FIRST_DAY: Date = date(2004, 1, 1);
/// Until here both generations were issued side by side.
const CHANGE_OVER_END: Date = date(2005, 12, 31);
/// Providers ask for as much validity as this (domain reference 2.1).
const ENOUGH_MONTHS: i32 = 3;
/// Cards end on the anniversary of their first day; one born of 29 February may end a day beside it.
const TOLERANCE_DAYS: i32 = 1;

impl Subject<'_> {
    /// One statement of the filed validity: the gravest.
    pub(super) fn validity(&self, birth: Option<Date>) -> Finding {
        let person = self.person;
        let about = self.about(self.places.id).shown_on(self.role.back);
        let Some(until) = person.valid_until else {
            return about.not_run("numbers.id_until_missing");
        };
        let about = about.observed(until);
        let from = person.valid_from;
        let card_from = from.filter(|_| person.document_type == RESIDENT_ID);
        if !until.covers(self.day) {
            return about.fail(self.role.expired, Message::new("numbers.id_expired").with("until", until));
        }
        if let Some(from) = card_from.filter(|from| *from < FIRST_DAY) {
            return about
                .fail(self.role.expired, Message::new("numbers.id_first_generation").with("from", from));
        }
        if let Some(from) = from.filter(|from| *from > self.day) {
            return about.warn(Message::new("numbers.id_not_yet").with("from", from));
        }
        if !until.covers(self.day.saturating_add(ENOUGH_MONTHS.months())) {
            let message = Message::new("numbers.id_expiring").with("until", until);
            return about.warn_of(self.role.expiring, message);
        }
        match (card_from, birth) {
            (Some(from), _) if from <= CHANGE_OVER_END => {
                about.warn(Message::new("numbers.id_change_over").with("from", from))
            }
            (Some(from), Some(birth)) if !Term::at(age(birth, from)).fits(from, until) => {
                let term = Term::at(age(birth, from));
                let message = Message::new("numbers.id_term")
                    .with("age", age(birth, from))
                    .with("term", format_args!("@{}", term.name()));
                about.warn(message)
            }
            _ => about.pass(Message::new("numbers.id_in_date").with("until", until)),
        }
    }
}

/// How long a resident's card is valid from the day of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    Years(i32),
    LongTerm,
}

impl Term {
    /// By the holder's age on the day of issue.
    const fn at(age: i16) -> Self {
        match age {
            ..16 => Term::Years(5),
            16..26 => Term::Years(10),
            26..46 => Term::Years(20),
            46.. => Term::LongTerm,
        }
    }

    fn fits(self, from: Date, until: ValidUntil) -> bool {
        match (self, until) {
            (Term::LongTerm, ValidUntil::LongTerm) => true,
            (Term::Years(years), ValidUntil::Day(last)) => {
                let end = from.saturating_add(years.years());
                let tolerance = TOLERANCE_DAYS.days();
                (end.saturating_sub(tolerance)..=end.saturating_add(tolerance)).contains(&last)
            }
            _ => false,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Term::Years(5) => "numbers.term_5",
            Term::Years(10) => "numbers.term_10",
            Term::Years(_) => "numbers.term_20",
            Term::LongTerm => "numbers.term_long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Sample;
    use super::super::PrincipalId;
    use super::*;

    /// What is said of a resident's card of somebody born on 5 May 1985.
    fn card(from: &str, until: &str, day: Date) -> String {
        let mut sample = Sample::enterprise();
        let person = &mut sample.filing.entity.principal;
        person.valid_from = from.parse().ok();
        person.valid_until = ValidUntil::try_from(until.to_owned()).ok();
        sample.day = day;
        sample.said(&PrincipalId)[2].clone()
    }

    #[test]
    fn in_date_on_the_day() {
        let expired = "fail id_expired EPR-ID-EXPIRED@epr.id";
        let expiring = "warn id_expiring EPR-ID-EXPIRING@epr.id";
        for (day, expected) in [
            (date(2031, 6, 2), expired),
            (date(2031, 6, 1), expiring),
            (date(2031, 3, 2), expiring),
            (date(2031, 3, 1), "pass id_in_date"),
            (date(2011, 5, 31), "warn id_not_yet"),
        ] {
            assert_eq!(card("2011-06-01", "2031-06-01", day), expected, "{day}");
        }
    }

    #[test]
    fn a_term_that_the_law_gives() {
        let day = date(2026, 11, 23);
        for (from, until, expected) in [
            ("2012-02-29", "2032-02-28", "pass id_in_date"),
            ("2012-02-29", "2032-02-29", "pass id_in_date"),
            ("2012-02-29", "2032-03-02", "warn id_term"),
            ("2020-01-01", "2030-01-01", "warn id_term"),
            ("2020-01-01", "长期", "warn id_term"),
            ("", "长期", "pass id_in_date"),
            ("2003-12-31", "长期", "fail id_first_generation EPR-ID-EXPIRED@epr.id"),
            ("2004-01-01", "长期", "warn id_change_over"),
            ("2005-12-31", "长期", "warn id_change_over"),
            ("2020-01-01", "", "not_run id_until_missing"),
        ] {
            assert_eq!(card(from, until, day), expected, "{from} {until}");
        }
    }

    #[test]
    fn terms_by_age_at_issue() {
        for (age, term) in [
            (15, Term::Years(5)),
            (16, Term::Years(10)),
            (25, Term::Years(10)),
            (26, Term::Years(20)),
            (45, Term::Years(20)),
            (46, Term::LongTerm),
        ] {
            assert_eq!(Term::at(age), term, "{age}");
        }
    }

    #[test]
    fn the_law_of_cards_does_not_bind_other_documents() {
        let mut sample = Sample::enterprise();
        let person = &mut sample.filing.entity.principal;
        person.document_type = 7;
        person.document_number = "E12345678".to_owned();
        person.valid_from = Some(date(2003, 1, 1));
        person.valid_until = Some(ValidUntil::Day(date(2040, 1, 1)));
        assert_eq!(sample.said(&PrincipalId)[2], "pass id_in_date");
    }
}
