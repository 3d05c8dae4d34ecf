//! Whether a document is in date, and whether its term is one that its kind is given for ([`super::term`]).

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::domain::filing::ValidUntil;
use crate::domain::finding::Finding;
use crate::domain::message::Message;
use crate::domain::numbers::resident_id::age;

use super::super::personal_document::RESIDENT_ID;
use super::Subject;
use super::term::{Term, is_temporary};

/// The first day of 居民身份证法. Cards issued before are of the first generation, void since 1 January 2013 (art. 23).
const FIRST_DAY: Date = date(2004, 1, 1);
/// Until here both generations were issued side by side.
const CHANGE_OVER_END: Date = date(2005, 12, 31);
/// Providers ask for as much validity as this (domain reference 2.1).
const ENOUGH_MONTHS: i32 = 3;

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
        if from.zip(birth).is_some_and(|(from, birth)| from < birth) {
            return about.warn_of(self.role.invalid, "numbers.id_before_birth");
        }
        if card_from.is_some_and(|from| is_temporary(from, until)) {
            return about.warn_of(self.role.expiring, "numbers.id_temporary");
        }
        if !until.covers(self.day.saturating_add(ENOUGH_MONTHS.months())) {
            let message = Message::new("numbers.id_expiring").with("until", until);
            return about.warn_of(self.role.expiring, message);
        }
        if let Some(from) = card_from.filter(|from| *from <= CHANGE_OVER_END) {
            return about.warn(Message::new("numbers.id_change_over").with("from", from));
        }
        self.term(birth, until).map_or_else(
            || about.pass(Message::new("numbers.id_in_date").with("until", until)),
            |doubt| about.warn(doubt),
        )
    }

    /// Why a document of this kind is not given for such a term. Without its first day the holder cannot have been
    /// older at issue than on the day of the check.
    fn term(&self, birth: Option<Date>, until: ValidUntil) -> Option<Message> {
        let from = self.person.valid_from;
        let age = birth.map(|birth| age(birth, from.unwrap_or(self.day)));
        let term = Term::of(self.person.document_type, age).filter(|term| !term.fits(from, until))?;
        let name = format!("@{}", term.name());
        Some(match (age, from) {
            (Some(age), Some(_)) => Message::new("numbers.id_term").with("age", age).with("term", name),
            (Some(age), None) if self.person.document_type == RESIDENT_ID => {
                Message::new("numbers.id_long_term_young").with("age", age)
            }
            _ => Message::new("numbers.id_term_of_kind").with("term", name),
        })
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
            ("", "长期", "warn id_long_term_young"),
            ("", "2040-01-01", "pass id_in_date"),
            ("1985-05-04", "2040-01-01", "fail id_first_generation EPR-ID-EXPIRED@epr.id"),
            ("2026-10-01", "2027-01-01", "warn id_temporary EPR-ID-EXPIRING@epr.id"),
            ("2026-08-01", "2026-11-01", "fail id_expired EPR-ID-EXPIRED@epr.id"),
            ("2003-12-31", "长期", "fail id_first_generation EPR-ID-EXPIRED@epr.id"),
            ("2004-01-01", "长期", "warn id_change_over"),
            ("2005-12-31", "长期", "warn id_change_over"),
            ("2020-01-01", "", "not_run id_until_missing"),
        ] {
            assert_eq!(card(from, until, day), expected, "{from} {until}");
        }
    }

    #[test]
    fn other_documents_have_terms_of_their_own() {
        for (document_type, number, from, until, expected) in [
            (41, "810000199001010019", "2024-05-01", "2029-05-01", "pass id_in_date"),
            (41, "810000199001010019", "2024-05-01", "2034-05-01", "warn id_term"),
            (42, "830000199001010012", "2024-05-01", "长期", "warn id_term"),
            (14, "H12345678", "2024-05-01", "2034-05-01", "pass id_in_date"),
            (14, "H12345678", "2024-05-01", "2031-05-01", "warn id_term_of_kind"),
            (11, "01234567", "2024-05-01", "2029-05-01", "pass id_in_date"),
            (11, "01234567", "2024-05-01", "2034-05-01", "warn id_term_of_kind"),
            (30, "911124198108030024", "2024-05-01", "2034-05-01", "pass id_in_date"),
            (30, "911124198108030024", "2024-05-01", "2029-05-01", "warn id_term"),
            (30, "CAN110000123456", "2022-05-01", "2027-05-01", "pass id_in_date"),
            (
                41,
                "81000020250101001X",
                "2024-05-01",
                "2029-05-01",
                "warn id_before_birth EPR-ID-INVALID@epr.id",
            ),
        ] {
            let mut sample = Sample::enterprise();
            let person = &mut sample.filing.entity.principal;
            person.document_type = document_type;
            person.document_number = number.to_owned();
            person.valid_from = from.parse().ok();
            person.valid_until = ValidUntil::try_from(until.to_owned()).ok();
            assert_eq!(sample.said(&PrincipalId)[2], expected, "{number} {from} {until}");
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
