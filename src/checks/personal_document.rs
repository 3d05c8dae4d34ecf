//! Whether a number can stand on a personal document of a type: shared by the checks of persons and of individuals'
//! own filings.

use jiff::civil::{Date, date};

use crate::domain::message::Message;
use crate::domain::numbers::region::{self, Period, Standing};
use crate::domain::numbers::resident_id::{Holder, ResidentId};
use crate::domain::numbers::travel_document::Permit;
use crate::domain::numbers::{NumberFault, country, foreign_resident_id, resident_id, travel_document};

// Running numbers of the list `certificate_types` (`assets/codes.toml`): the personal ones.
pub(super) const RESIDENT_ID: u16 = 2;
const PASSPORT: u16 = 7;
pub(super) const TAIWAN_TRAVEL_PERMIT: u16 = 11;
pub(super) const HONG_KONG_MACAO_TRAVEL_PERMIT: u16 = 14;
pub(super) const FOREIGN_RESIDENT_ID: u16 = 30;
pub(super) const HONG_KONG_MACAO_RESIDENCE_PERMIT: u16 = 41;
pub(super) const TAIWAN_RESIDENCE_PERMIT: u16 = 42;

/// Foreigners' cards issued from here on bear 18 digits, those before 15 characters (adaptation rules of 2023).
const NUMERIC_SINCE: Date = date(2023, 12, 1);

/// What a number says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Right as far as its standard goes.
    Valid {
        /// The day of birth, where the number tells it.
        birth: Option<Date>,
    },
    /// Unusual; a human must look.
    Doubtful {
        doubt: Message,
        /// As in a valid number, where only another part is in doubt.
        birth: Option<Date>,
        /// What is known of that part, to be shown beside the number.
        known: Option<String>,
    },
    /// Cannot be.
    Invalid(Message),
}

impl Verdict {
    pub fn birth(&self) -> Option<Date> {
        match self {
            Verdict::Valid { birth } | Verdict::Doubtful { birth, .. } => *birth,
            Verdict::Invalid(_) => None,
        }
    }

    fn doubt(doubt: impl Into<Message>, birth: Option<Date>) -> Self {
        Verdict::Doubtful { doubt: doubt.into(), birth, known: None }
    }
}

/// Judges a document number on a day. Numbers with a check digit are judged wholly; of the others only the shape is
/// known, so that an odd shape is a doubt. `issued` is the first day of the document that shows it, if known.
pub(super) fn judge(document_type: u16, number: &str, issued: Option<Date>, day: Date) -> Verdict {
    let by = issued.map_or(day, |issued| issued.min(day));
    let verdict = match document_type {
        RESIDENT_ID => resident(number, &[Holder::Citizen], by),
        HONG_KONG_MACAO_RESIDENCE_PERMIT => resident(number, &[Holder::HongKong, Holder::Macao], by),
        TAIWAN_RESIDENCE_PERMIT => resident(number, &[Holder::Taiwan], by),
        FOREIGN_RESIDENT_ID => foreign_resident(number, issued),
        PASSPORT => by_shape(travel_document::passport(number)),
        HONG_KONG_MACAO_TRAVEL_PERMIT => {
            permit(travel_document::hong_kong_macao(number), "numbers.permit_book")
        }
        TAIWAN_TRAVEL_PERMIT => permit(travel_document::taiwan(number), "numbers.taiwan_book"),
        other => Verdict::doubt(Message::new("numbers.not_personal").with("type", other), None),
    };
    match verdict.birth() {
        Some(birth) if birth > day => Verdict::Invalid(Message::new("numbers.birth_in_future")),
        _ => verdict,
    }
}

fn resident(number: &str, holders: &[Holder], by: Date) -> Verdict {
    match resident_id::parse(number) {
        Ok(id) if holders.contains(&id.holder()) => of_region(&id, by),
        Ok(_) => Verdict::Invalid(Message::new("numbers.other_document")),
        Err(NumberFault::Length { found: 15, .. }) => Verdict::Invalid(Message::new("numbers.resident_15")),
        Err(fault) => Verdict::Invalid(fault.message()),
    }
}

/// A right number, whose county may still be one that nobody could get. Names and years are told beside the number and
/// not in the sentence, which is shown where numbers are masked.
fn of_region(id: &ResidentId, by: Date) -> Verdict {
    let birth = Some(id.birth());
    let known = |period: &Period| Some(format!("{} {}", region::full_name(period.code), period.years()));
    let doubt = |message, known| Verdict::Doubtful { doubt: Message::new(message), birth, known };
    match id.region_standing(by) {
        Standing::Listed | Standing::NoCounty => Verdict::Valid { birth },
        Standing::Unknown => doubt("numbers.region_unknown", None),
        Standing::Retired(period) => doubt("numbers.region_retired", known(period)),
        Standing::Later(period) => doubt("numbers.region_later", known(period)),
    }
}

fn foreign_resident(number: &str, issued: Option<Date>) -> Verdict {
    let id = match foreign_resident_id::parse(number) {
        Ok(id) => id,
        Err(fault @ NumberFault::CheckDigit { .. }) => return Verdict::Invalid(fault.message()),
        Err(fault) => return by_shape(Err(fault)),
    };
    let unknown = id.country().filter(|country| !country::is_assigned(*country));
    if let Some(unknown) = unknown {
        let doubt = Message::new("numbers.country_unknown").with("country", format_args!("{unknown:03}"));
        return Verdict::doubt(doubt, id.birth());
    }
    let numeric = id.country().is_some();
    if issued.is_some_and(|issued| numeric != (issued >= NUMERIC_SINCE)) {
        return Verdict::doubt("numbers.foreign_form", id.birth());
    }
    Verdict::Valid { birth: id.birth() }
}

fn permit(read: Result<Permit, NumberFault>, book: &str) -> Verdict {
    match read {
        Ok(Permit::Book) => Verdict::doubt(book, None),
        card => by_shape(card.map(|_| ())),
    }
}

fn by_shape(read: Result<(), NumberFault>) -> Verdict {
    match read {
        Ok(()) => Verdict::Valid { birth: None },
        Err(NumberFault::Empty) => Verdict::Invalid(NumberFault::Empty.message()),
        Err(fault) => Verdict::doubt(fault.message(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codes;

    #[test]
    fn each_document_by_its_own_rules() {
        for (document_type, number, said) in [
            (RESIDENT_ID, "11010519491231002X", "valid"),
            (RESIDENT_ID, "110105194912310021", "!numbers.check_digit"),
            (RESIDENT_ID, "110105491231002", "!numbers.resident_15"),
            (RESIDENT_ID, "440305203001010017", "!numbers.birth_in_future"),
            (RESIDENT_ID, "810000199001010019", "!numbers.other_document"),
            (RESIDENT_ID, "", "!numbers.empty"),
            (HONG_KONG_MACAO_RESIDENCE_PERMIT, "810000199001010019", "valid"),
            (HONG_KONG_MACAO_RESIDENCE_PERMIT, "830000199001010012", "!numbers.other_document"),
            (TAIWAN_RESIDENCE_PERMIT, "830000199001010012", "valid"),
            (TAIWAN_RESIDENCE_PERMIT, "440305198505050019", "!numbers.other_document"),
            (RESIDENT_ID, "440398198505050012", "?numbers.region_unknown"),
            (RESIDENT_ID, "110103201601010011", "?numbers.region_retired"),
            (RESIDENT_ID, "440099198505050012", "valid"),
            (FOREIGN_RESIDENT_ID, "911124198108030024", "valid"),
            (FOREIGN_RESIDENT_ID, "91112319810803001X", "?numbers.country_unknown"),
            (FOREIGN_RESIDENT_ID, "911124198108030025", "!numbers.check_digit"),
            (FOREIGN_RESIDENT_ID, "CAN110000123456", "valid"),
            (FOREIGN_RESIDENT_ID, "CAN11000012345", "?numbers.length"),
            (PASSPORT, "E12345678", "valid"),
            (PASSPORT, "E1", "?numbers.shape"),
            (PASSPORT, "", "!numbers.empty"),
            (HONG_KONG_MACAO_TRAVEL_PERMIT, "HA1234567", "valid"),
            (HONG_KONG_MACAO_TRAVEL_PERMIT, "H1234567801", "?numbers.permit_book"),
            (HONG_KONG_MACAO_TRAVEL_PERMIT, "12345678", "?numbers.shape"),
            (TAIWAN_TRAVEL_PERMIT, "01234567", "valid"),
            (TAIWAN_TRAVEL_PERMIT, "0123456701", "?numbers.taiwan_book"),
            (1, "91440300000000019B", "?numbers.not_personal"),
        ] {
            let verdict = match judge(document_type, number, None, date(2026, 11, 23)) {
                Verdict::Valid { .. } => "valid".to_owned(),
                Verdict::Doubtful { doubt, .. } => format!("?{}", doubt.id),
                Verdict::Invalid(message) => format!("!{}", message.id),
            };
            assert_eq!(verdict, said, "{document_type} {number}");
        }
    }

    #[test]
    fn a_card_cannot_show_a_region_that_came_later() {
        let of_1985 = |issued| judge(RESIDENT_ID, "440305198505050019", issued, date(2026, 11, 23));
        assert!(matches!(of_1985(Some(date(2011, 6, 1))), Verdict::Valid { .. }));
        let Verdict::Doubtful { doubt, birth, known } = of_1985(Some(date(1989, 6, 1))) else { panic!() };
        assert_eq!((&*doubt.id, birth), ("numbers.region_later", Some(date(1985, 5, 5))));
        assert_eq!(known.as_deref(), Some("广东省深圳市南山区 1990-"));
    }

    #[test]
    fn foreigners_cards_changed_their_form_on_one_day() {
        for (number, issued, doubtful) in [
            ("911124198108030024", date(2023, 12, 1), false),
            ("911124198108030024", date(2023, 11, 30), true),
            ("CAN110000123456", date(2023, 11, 30), false),
            ("CAN110000123456", date(2023, 12, 1), true),
        ] {
            let verdict = judge(FOREIGN_RESIDENT_ID, number, Some(issued), date(2026, 11, 23));
            let said =
                matches!(&verdict, Verdict::Doubtful { doubt, .. } if doubt.id == "numbers.foreign_form");
            assert_eq!(said, doubtful, "{number} {issued}");
        }
    }

    #[test]
    fn every_personal_document_of_the_code_list_has_its_rule() {
        for code in codes::all(codes::List::CertificateTypes) {
            let verdict = judge(code.number, "1", None, date(2026, 11, 23));
            let unknown =
                matches!(verdict, Verdict::Doubtful { doubt, .. } if doubt.id == "numbers.not_personal");
            assert_eq!(unknown, !code.personal, "{}", code.number);
        }
    }
}
