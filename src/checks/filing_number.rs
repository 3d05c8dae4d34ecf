//! The filing numbers (备案号) of sponsor and site, where the order has them: well formed, of the right kind, and
//! belonging together.
//!
//! What the home page shows, and whether the ministry knows the number, is not judged here. Nothing fails: no reason
//! of the catalogue speaks of a number that the ministry itself gave out, and sources mistype it.

use super::Check;
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::codes;
use crate::domain::filing::{ServiceType, Site};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::numbers::filing_number::{self, FilingNumber, Kind, Service};
use crate::domain::object::Place;

/// Filing began with the ministry's Order 33, in force from March 2005; licences are older.
const FIRST_YEAR: u16 = 2005;

pub struct FilingNumbers;

impl Check for FilingNumbers {
    fn id(&self) -> &'static str {
        "filing_number"
    }

    fn version(&self) -> u16 {
        2
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let entity = case.filing.entity.filing_number.as_deref();
        if let Some(number) = entity {
            let about = Statement::about(self, Section::Entity, Place::Entity).observed(number);
            out.push(judge(&about, number, case, doubt_of_entity));
        }
        let Some(site) = &case.filing.site else { return };
        if let Some(number) = &site.filing_number {
            let about = Statement::about(self, Section::Site, Place::Site).observed(number);
            let entity = entity.and_then(|number| filing_number::parse(number).ok());
            out.push(judge(&about, number, case, |number| doubt_of_site(number, entity.as_ref(), site)));
        }
    }
}

fn judge(
    about: &Statement<'_>,
    number: &str,
    case: &Case<'_>,
    doubt_of_kind: impl FnOnce(&FilingNumber) -> Option<Message>,
) -> Finding {
    let doubt = match filing_number::parse(number) {
        Ok(number) => doubt_of_kind(&number).or_else(|| doubt_of_any(&number, case)),
        Err(fault) => Some(fault.message()),
    };
    doubt.map_or_else(|| about.pass("numbers.filing_number_fine"), |doubt| about.warn(doubt))
}

fn doubt_of_entity(number: &FilingNumber) -> Option<Message> {
    number.site().map(|_| Message::new("numbers.filing_number_of_site"))
}

/// A sponsor may have a filing and a licence; only numbers of one kind can be compared.
fn doubt_of_site(number: &FilingNumber, entity: Option<&FilingNumber>, site: &Site) -> Option<Message> {
    if number.site().is_none() {
        return Some(Message::new("numbers.filing_number_without_site"));
    }
    if let Some(entity) = entity.filter(|entity| entity.kind() == number.kind() && !number.is_of(entity)) {
        return Some(Message::new("numbers.filing_number_of_another").with("entity", entity));
    }
    let service = match site.service_type {
        ServiceType::Website => None,
        ServiceType::App => Some(Service::App),
        ServiceType::MiniProgram => Some(Service::MiniProgram),
        ServiceType::QuickApp => Some(Service::QuickApp),
    };
    if number.service() != service {
        return Some(Message::new("numbers.filing_number_service"));
    }
    // The rule names the letter, but no such number was ever seen (November 2026).
    (service == Some(Service::QuickApp)).then(|| Message::new("numbers.filing_number_quick_app"))
}

fn doubt_of_any(number: &FilingNumber, case: &Case<'_>) -> Option<Message> {
    let (year, first) = (number.year(), if number.kind() == Kind::Filing { FIRST_YEAR } else { 0 });
    if year < first || i32::from(year) > i32::from(case.day.year()) {
        return Some(Message::new("numbers.filing_number_year").with("year", year));
    }
    let province = codes::province(&case.filing.province)?;
    (number.province() != province.letter).then(|| {
        Message::new("numbers.filing_number_province")
            .with("found", number.province())
            .with("expected", province.letter)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::fixture::Sample;
    use super::*;

    const FINE: &str = "pass filing_number_fine";

    fn said(entity: &str, site: &str) -> Vec<String> {
        let mut sample = Sample::enterprise();
        let given = |number: &str| (!number.is_empty()).then(|| number.to_owned());
        sample.filing.entity.filing_number = given(entity);
        sample.site().filing_number = given(site);
        sample.said(&FilingNumbers)
    }

    #[test]
    fn numbers_alone_and_together() {
        for (entity, site, expected) in [
            ("", "", &[][..]),
            ("粤ICP备05000001号", "粤ICP备05000001号-1", &[FINE, FINE]),
            ("粤icp备 2024000001 号", "粤ＩＣＰ备2024000001号－12", &[FINE, FINE]),
            ("粤ICP备05000001号", "粤B2-20090059-1", &[FINE, FINE]),
            ("", "粤ICP备05000001号-1", &[FINE]),
            ("粤ICP备05000001号-1", "", &["warn filing_number_of_site"]),
            ("粤ICP备05000001号", "粤ICP备05000001号", &[FINE, "warn filing_number_without_site"]),
            ("粤ICP备05000001号", "粤ICP备05000002号-1", &[FINE, "warn filing_number_of_another"]),
            ("粤ICP备05000001号", "粤ICP备05000001号-1A", &[FINE, "warn filing_number_service"]),
            ("京ICP备05000001号", "", &["warn filing_number_province"]),
            ("京ICP备05000001号", "京ICP备05000001号-1", &["warn filing_number_province"; 2]),
            ("粤ICP备04000001号", "", &["warn filing_number_year"]),
            ("粤ICP备27000001号", "", &["warn filing_number_year"]),
            ("粤ICP证030173号", "", &[FINE]),
            ("川ICP备05000001号", "粤ICP备05000001号-1", &["warn province_slip", FINE]),
            ("合字B2-20090059", "粤ICP备05000001号-1", &["warn national_licence", FINE]),
            ("备案中", "粤ICP备0500001号-1", &["warn shape", "warn length"]),
        ] {
            assert_eq!(said(entity, site), expected, "{entity} {site}");
        }
    }

    #[test]
    fn the_letter_behind_the_index_tells_the_service() {
        for (service_type, number, expected) in [
            (ServiceType::App, "粤ICP备05000001号-1A", FINE),
            (ServiceType::MiniProgram, "粤ICP备05000001号-1X", FINE),
            (ServiceType::QuickApp, "粤ICP备05000001号-1K", "warn filing_number_quick_app"),
            (ServiceType::MiniProgram, "粤B2-20090059-1626X", FINE),
            (ServiceType::App, "粤ICP备05000001号-1", "warn filing_number_service"),
            (ServiceType::App, "粤ICP备05000001号-1X", "warn filing_number_service"),
        ] {
            let mut sample = Sample::enterprise();
            sample.site().service_type = service_type;
            sample.site().filing_number = Some(number.to_owned());
            assert_eq!(sample.said(&FilingNumbers), [expected], "{service_type} {number}");
        }
    }

    #[test]
    fn the_year_is_right_from_its_first_day_on() {
        let mut sample = Sample::enterprise();
        sample.filing.entity.filing_number = Some("粤ICP备2027000001号".to_owned());
        for (day, expected) in [(date(2026, 12, 31), "warn filing_number_year"), (date(2027, 1, 1), FINE)] {
            sample.day = day;
            assert_eq!(sample.said(&FilingNumbers), [expected], "{day}");
        }
    }
}
