//! Whether a number can stand on a personal document of a type: shared by the checks of persons and of individuals'
//! own filings.

use jiff::civil::Date;

use crate::domain::message::Message;
use crate::domain::numbers::resident_id::Holder;
use crate::domain::numbers::travel_document::TaiwanPermit;
use crate::domain::numbers::{NumberFault, foreign_resident_id, resident_id, travel_document};

// Running numbers of the list `certificate_types` (`assets/codes.toml`): the personal ones.
pub(super) const RESIDENT_ID: u16 = 2;
const PASSPORT: u16 = 7;
const TAIWAN_TRAVEL_PERMIT: u16 = 11;
const HONG_KONG_MACAO_TRAVEL_PERMIT: u16 = 14;
const FOREIGN_RESIDENT_ID: u16 = 30;
const HONG_KONG_MACAO_RESIDENCE_PERMIT: u16 = 41;
const TAIWAN_RESIDENCE_PERMIT: u16 = 42;

/// What a number says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Right as far as its standard goes.
    Valid {
        /// The day of birth, where the number tells it.
        birth: Option<Date>,
    },
    /// Unusual; a human must look.
    Doubtful(Message),
    /// Cannot be.
    Invalid(Message),
}

impl Verdict {
    pub fn birth(&self) -> Option<Date> {
        match self {
            Verdict::Valid { birth } => *birth,
            _ => None,
        }
    }
}

/// Judges a document number on a day. Numbers with a check digit are judged wholly; of the others only the shape is
/// known, so that an odd shape is a doubt.
pub(super) fn judge(document_type: u16, number: &str, day: Date) -> Verdict {
    let verdict = match document_type {
        RESIDENT_ID => resident(number, &[Holder::Citizen]),
        HONG_KONG_MACAO_RESIDENCE_PERMIT => resident(number, &[Holder::HongKong, Holder::Macao]),
        TAIWAN_RESIDENCE_PERMIT => resident(number, &[Holder::Taiwan]),
        FOREIGN_RESIDENT_ID => match foreign_resident_id::parse(number) {
            Ok(id) => Verdict::Valid { birth: id.birth() },
            Err(fault @ NumberFault::CheckDigit { .. }) => Verdict::Invalid(fault.message()),
            Err(fault) => by_shape(Err(fault)),
        },
        PASSPORT => by_shape(travel_document::passport(number)),
        HONG_KONG_MACAO_TRAVEL_PERMIT => by_shape(travel_document::hong_kong_macao(number)),
        TAIWAN_TRAVEL_PERMIT => match travel_document::taiwan(number) {
            Ok(TaiwanPermit::Book) => Verdict::Doubtful(Message::new("numbers.taiwan_book")),
            card => by_shape(card.map(|_| ())),
        },
        other => Verdict::Doubtful(Message::new("numbers.not_personal").with("type", other)),
    };
    match verdict.birth() {
        Some(birth) if birth > day => Verdict::Invalid(Message::new("numbers.birth_in_future")),
        _ => verdict,
    }
}

fn resident(number: &str, holders: &[Holder]) -> Verdict {
    match resident_id::parse(number) {
        Ok(id) if holders.contains(&id.holder()) => Verdict::Valid { birth: Some(id.birth()) },
        Ok(_) => Verdict::Invalid(Message::new("numbers.other_document")),
        Err(NumberFault::Length { found: 15, .. }) => Verdict::Invalid(Message::new("numbers.resident_15")),
        Err(fault) => Verdict::Invalid(fault.message()),
    }
}

fn by_shape(read: Result<(), NumberFault>) -> Verdict {
    match read {
        Ok(()) => Verdict::Valid { birth: None },
        Err(NumberFault::Empty) => Verdict::Invalid(NumberFault::Empty.message()),
        Err(fault) => Verdict::Doubtful(fault.message()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

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
            (FOREIGN_RESIDENT_ID, "911124198108030024", "valid"),
            (FOREIGN_RESIDENT_ID, "911124198108030025", "!numbers.check_digit"),
            (FOREIGN_RESIDENT_ID, "CAN110000123456", "valid"),
            (FOREIGN_RESIDENT_ID, "CAN11000012345", "?numbers.length"),
            (PASSPORT, "E12345678", "valid"),
            (PASSPORT, "E1", "?numbers.shape"),
            (PASSPORT, "", "!numbers.empty"),
            (HONG_KONG_MACAO_TRAVEL_PERMIT, "HA1234567", "valid"),
            (HONG_KONG_MACAO_TRAVEL_PERMIT, "12345678", "?numbers.shape"),
            (TAIWAN_TRAVEL_PERMIT, "01234567", "valid"),
            (TAIWAN_TRAVEL_PERMIT, "0123456701", "?numbers.taiwan_book"),
            (1, "91440300000000019B", "?numbers.not_personal"),
        ] {
            let verdict = match judge(document_type, number, date(2026, 11, 23)) {
                Verdict::Valid { .. } => "valid".to_owned(),
                Verdict::Doubtful(message) => format!("?{}", message.id),
                Verdict::Invalid(message) => format!("!{}", message.id),
            };
            assert_eq!(verdict, said, "{document_type} {number}");
        }
    }

    #[test]
    fn every_personal_document_of_the_code_list_has_its_rule() {
        for code in codes::all(codes::List::CertificateTypes) {
            let verdict = judge(code.number, "1", date(2026, 11, 23));
            let unknown = matches!(verdict, Verdict::Doubtful(doubt) if doubt.id == "numbers.not_personal");
            assert_eq!(unknown, !code.personal, "{}", code.number);
        }
    }
}
