//! Telephones and e-mail addresses of both principals: well formed, of a range that people answer, the landline of the
//! postal address's area, and the emergency number another one than the mobile. Whose they are and who else uses them is for other checks.

use crate::domain::case::Case;
use crate::domain::filing::{Entity, Person};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::numbers::mobile::{Mobile, Segment};
use crate::domain::numbers::symbols::normalise;
use crate::domain::numbers::{NumberFault, area_code, email, landline, mobile, region};
use crate::domain::object::PersonPlaces;

use super::Check;
use super::entity_region::{city, postal_places};
use super::statement::Statement;

const FORMAT: &str = "CON-FORMAT";
const AREA: &str = "CON-LANDLINE-AREA";

pub struct ContactFormat;

impl Check for ContactFormat {
    fn id(&self) -> &'static str {
        "contact_format"
    }

    fn version(&self) -> u16 {
        2
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[FORMAT, AREA, "CON-SEGMENT-UNSUPPORTED", "CON-EMERGENCY-SAME"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        for (role, person) in case.filing.principals() {
            let places = PersonPlaces::of(role);
            let about = |place, value: &str| Statement::about(self, Section::Contact, place).observed(value);
            out.push(of_mobile(&about(places.mobile, &person.mobile), mobile::parse(&person.mobile)));
            if let Some(number) = &person.landline {
                let about = about(places.landline, number);
                let elsewhere = of_another_area(&about, number, &case.filing.entity);
                out.push(elsewhere.unwrap_or_else(|| of_landline(&about, number)));
            }
            if let Some(number) = &person.emergency {
                out.push(of_emergency(&about(places.emergency, number), number, person));
            }
            let about = about(places.email, &person.email);
            out.push(match email::parse(&person.email) {
                Ok(_) => fine(&about),
                Err(fault) => about.fail(FORMAT, fault.message()),
            });
        }
    }
}

fn fine(about: &Statement<'_>) -> Finding {
    about.pass("numbers.contact_fine")
}

fn of_mobile(about: &Statement<'_>, read: Result<Mobile, NumberFault>) -> Finding {
    match read.map(|number| doubt(number.segment())) {
        Ok(None) => fine(about),
        Ok(Some(doubt)) => about.warn_of("CON-SEGMENT-UNSUPPORTED", doubt),
        Err(fault) => about.fail(FORMAT, fault.message()),
    }
}

/// Why a number of a segment may not do.
fn doubt(segment: Segment) -> Option<Message> {
    match segment {
        Segment::Ordinary => None,
        Segment::Virtual => Some(Message::new("numbers.segment_virtual")),
        Segment::Satellite => Some(Message::new("numbers.segment_satellite")),
        Segment::Data => Some(Message::new("numbers.segment_data")),
    }
}

/// A mobile number may stand in for a landline; where a province wants a real one, its rule says so and not the shape.
fn of_landline(about: &Statement<'_>, number: &str) -> Finding {
    if let Ok(mobile) = mobile::parse(number) {
        return doubt(mobile.segment()).map_or_else(|| fine(about), |doubt| about.warn(doubt));
    }
    match landline::parse(number) {
        Ok(line) if line.begins_as_usual() => fine(about),
        Ok(_) => about.warn("numbers.landline_start"),
        Err(fault @ NumberFault::ServiceNumber) => about.warn_of(FORMAT, fault.message()),
        Err(fault) => about.fail(FORMAT, fault.message()),
    }
}

/// A doubt about a well-formed landline whose area code belongs to none of the places where the sponsor is reached.
/// Offices move, and area codes are merged: a human must look.
fn of_another_area(about: &Statement<'_>, number: &str, entity: &Entity) -> Option<Finding> {
    let line = landline::parse(number).ok()?;
    let mut places = postal_places(entity).peekable();
    let first = *places.peek()?;
    if places.any(|place| area_code::covers(line.area(), place)) {
        return None;
    }
    let theirs: Vec<String> =
        area_code::places(line.area()).iter().map(|code| region::full_name(*code)).collect();
    let message = Message::new("numbers.area_elsewhere")
        .with("area", line.area_code())
        .with("places", theirs.join("、"))
        .with("address", city(first));
    Some(about.warn_of(AREA, message))
}

fn of_emergency(about: &Statement<'_>, number: &str, person: &Person) -> Finding {
    let emergency = mobile::parse(number);
    let same = match (emergency, mobile::parse(&person.mobile)) {
        (Ok(emergency), Ok(mobile)) => emergency == mobile,
        _ => normalise(number) == normalise(&person.mobile),
    };
    if same && !number.is_empty() {
        return about.fail("CON-EMERGENCY-SAME", "numbers.emergency_same");
    }
    // What begins with 1 was meant as a mobile number, and its fault is the one to tell.
    if emergency.is_ok() || normalise(number).starts_with('1') {
        of_mobile(about, emergency)
    } else {
        of_landline(about, number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Sample;
    use super::*;

    fn after(change: impl FnOnce(&mut Person)) -> Vec<String> {
        let mut sample = Sample::enterprise();
        change(&mut sample.filing.entity.principal);
        sample.said(&ContactFormat)[..4].to_vec()
    }

    #[test]
    fn a_clean_filing_passes_only() {
        assert_eq!(Sample::enterprise().said(&ContactFormat), ["pass contact_fine"; 8]);
    }

    #[test]
    fn mobiles() {
        for (number, expected) in [
            ("139 0000 0001", "pass contact_fine"),
            ("+86 13900000001", "pass contact_fine"),
            ("", "fail empty CON-FORMAT@epr.mobile"),
            ("1390000000", "fail length CON-FORMAT@epr.mobile"),
            ("1390000000l", "fail character CON-FORMAT@epr.mobile"),
            ("14000000000001", "fail length CON-FORMAT@epr.mobile"),
            ("1400000000001", "fail machine_number CON-FORMAT@epr.mobile"),
            ("19400000001", "fail segment CON-FORMAT@epr.mobile"),
            ("17000000001", "warn segment_virtual CON-SEGMENT-UNSUPPORTED@epr.mobile"),
            ("13490000001", "warn segment_satellite CON-SEGMENT-UNSUPPORTED@epr.mobile"),
            ("14900000001", "warn segment_data CON-SEGMENT-UNSUPPORTED@epr.mobile"),
        ] {
            assert_eq!(after(|person| person.mobile = number.to_owned())[0], expected, "{number}");
        }
    }

    #[test]
    fn landlines() {
        for (number, expected) in [
            ("0755-22220001-801", "pass contact_fine"),
            ("13900000009", "pass contact_fine"),
            ("17000000009", "warn segment_virtual"),
            ("0755-12220001", "warn landline_start"),
            ("020-22220001", "warn area_elsewhere CON-LANDLINE-AREA@epr.landline"),
            ("010-22220001", "warn area_elsewhere CON-LANDLINE-AREA@epr.landline"),
            ("0699-2222001", "fail area_code CON-FORMAT@epr.landline"),
            ("400-000-0001", "warn service_number CON-FORMAT@epr.landline"),
            ("0755-2222001", "fail length CON-FORMAT@epr.landline"),
            ("22220001", "fail shape CON-FORMAT@epr.landline"),
            ("", "fail empty CON-FORMAT@epr.landline"),
        ] {
            assert_eq!(after(|person| person.landline = Some(number.to_owned()))[1], expected, "{number}");
        }
    }

    #[test]
    fn the_area_of_the_postal_address() {
        let elsewhere = "warn area_elsewhere CON-LANDLINE-AREA@epr.landline";
        for (number, region, address, expected) in [
            ("0755-22220001", Some("440305"), "广东省深圳市样例路1号", "pass contact_fine"),
            ("0755-22220001", Some("440106"), "广东省广州市样例路1号", elsewhere),
            ("0755-22220001", Some("440106"), "广东省深圳市样例路1号", "pass contact_fine"),
            ("0755-22220001", Some("440099"), "样例路1号", "pass contact_fine"),
            ("0755-22220001", None, "样例路1号", "pass contact_fine"),
            ("0755-22220001", None, "浙江省杭州市样例路1号", elsewhere),
            ("0755-22220001", None, "广东省样例路1号", "pass contact_fine"),
            ("0898-22220001", Some("460400"), "海南省儋州市样例路1号", "pass contact_fine"),
            ("024-22220001", Some("210402"), "辽宁省抚顺市样例路1号", "pass contact_fine"),
            ("0728-2222001", Some("429005"), "湖北省潜江市样例路1号", "pass contact_fine"),
        ] {
            let mut sample = Sample::enterprise();
            let entity = &mut sample.filing.entity;
            entity.principal.landline = Some(number.to_owned());
            entity.region = region.map(str::to_owned);
            entity.mail_address = address.to_owned();
            assert_eq!(sample.said(&ContactFormat)[1], expected, "{number} {region:?} {address}");
        }
    }

    #[test]
    fn emergency_numbers() {
        for (number, expected) in [
            ("13900000003", "pass contact_fine"),
            ("0755-22220009", "pass contact_fine"),
            ("+86 17000000003", "warn segment_virtual CON-SEGMENT-UNSUPPORTED@epr.emergency"),
            ("13900000001", "fail emergency_same CON-EMERGENCY-SAME@epr.emergency"),
            ("+86 139-0000-0001", "fail emergency_same CON-EMERGENCY-SAME@epr.emergency"),
            ("1390000000", "fail length CON-FORMAT@epr.emergency"),
            ("0755", "fail length CON-FORMAT@epr.emergency"),
            ("", "fail empty CON-FORMAT@epr.emergency"),
        ] {
            assert_eq!(after(|person| person.emergency = Some(number.to_owned()))[2], expected, "{number}");
        }
        let malformed = after(|person| {
            person.mobile = "139-0000".to_owned();
            person.emergency = Some("139-0000".to_owned());
        });
        assert_eq!(malformed[2], "fail emergency_same CON-EMERGENCY-SAME@epr.emergency");
    }

    #[test]
    fn addresses() {
        for (address, expected) in [
            ("principal@site.example", "pass contact_fine"),
            ("principal@样例.example", "pass contact_fine"),
            ("principal", "fail shape CON-FORMAT@epr.email"),
            ("prin cipal@site.example", "fail character CON-FORMAT@epr.email"),
            ("", "fail empty CON-FORMAT@epr.email"),
        ] {
            assert_eq!(after(|person| person.email = address.to_owned())[3], expected, "{address}");
        }
    }

    #[test]
    fn what_is_not_filed_is_not_judged() {
        let mut sample = Sample::enterprise();
        let person = &mut sample.filing.entity.principal;
        (person.landline, person.emergency) = (None, None);
        sample.filing.site = None;
        assert_eq!(sample.said(&ContactFormat).len(), 2);
    }

    #[test]
    fn the_site_principal_is_judged_too() {
        let mut sample = Sample::enterprise();
        sample.site().principal.email = "a@b".to_owned();
        assert_eq!(sample.said(&ContactFormat)[7], "fail shape CON-FORMAT@spr.email");
    }
}
