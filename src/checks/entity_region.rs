//! Where the sponsor (主体) is: the county code of the postal address against that address and the province of filing,
//! and an organisation's certificate address against that province.
//!
//! Only whole names at the beginning of an address count; an address that names no province and no prefecture says
//! nothing. What provinces ask of the two addresses is their rules' business.

use super::Check;
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::filing::{AttachmentKind, Entity, Filing};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::numbers::region::{self, Standing};
use crate::domain::object::Place;

const OUT_OF_PROVINCE: &str = "ENT-ADDR-OUT-OF-PROVINCE";

pub struct EntityRegion;

impl Check for EntityRegion {
    fn id(&self) -> &'static str {
        "entity_region"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[OUT_OF_PROVINCE]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let filing = case.filing;
        if let Some(code) = &filing.entity.region {
            let about = Statement::about(self, Section::Entity, Place::MailAddress).observed(code);
            out.push(of_postal_address(&about, code, filing));
        }
        if !filing.is_individual() {
            out.extend(self.of_certificate_address(filing));
        }
    }
}

/// Six digits that are or were a region, or could be one of its prefecture's.
fn known(code: &str) -> Option<u32> {
    let six_digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    let code = code.parse().ok().filter(|_| six_digits)?;
    (region::standing(code, i16::MIN..=i16::MAX) != Standing::Unknown).then_some(code)
}

/// The places where the sponsor says to be reached: by code, and by the words of the postal address.
pub(super) fn postal_places(entity: &Entity) -> impl Iterator<Item = u32> {
    let by_code = entity.region.as_deref().and_then(known);
    by_code.into_iter().chain(region::of_address(&entity.mail_address))
}

fn of_postal_address(about: &Statement<'_>, code: &str, filing: &Filing) -> Finding {
    let Some(region) = known(code) else {
        return about.warn(Message::new("numbers.entity_region_unknown").with("code", code));
    };
    match region::of_address(&filing.entity.mail_address) {
        Some(place) if differ(place, region) => {
            let message = Message::new("numbers.entity_region_differs");
            about.warn(message.with("place", city(region)).with("address", city(place)))
        }
        None if is_elsewhere(region, filing) => {
            about.warn(Message::new("numbers.entity_region_elsewhere").with("place", city(region)))
        }
        _ => about.pass("numbers.entity_region_fits"),
    }
}

/// Without the county, which masked lists do not show either.
pub(super) fn city(region: u32) -> String {
    region::full_name(region / 100 * 100)
}

fn differ(one: u32, other: u32) -> bool {
    let prefectures = region::prefecture(one).zip(region::prefecture(other));
    one / 10_000 != other / 10_000 || prefectures.is_some_and(|(one, other)| one != other)
}

fn is_elsewhere(region: u32, filing: &Filing) -> bool {
    filing.province.parse().is_ok_and(|province: u32| province / 10_000 != region / 10_000)
}

impl EntityRegion {
    /// Plain where the address itself names another province; a prefecture's name alone may be a street's.
    fn of_certificate_address(&self, filing: &Filing) -> Option<Finding> {
        let address = &filing.entity.certificate_address;
        let place = region::of_address(address)?;
        let about = Statement::about(self, Section::Entity, Place::Address)
            .observed(address)
            .shown_on(AttachmentKind::EntityCertificate);
        if !is_elsewhere(place, filing) {
            return Some(about.pass("numbers.address_in_province"));
        }
        let province = region::full_name(place / 10_000 * 10_000);
        let message = Message::new("numbers.address_out_of_province").with("province", &province);
        Some(if address.trim_start().starts_with(&province) {
            about.fail(OUT_OF_PROVINCE, message)
        } else {
            about.warn_of(OUT_OF_PROVINCE, message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Sample, run_table};
    use super::*;

    #[test]
    fn the_county_and_its_address() {
        for (region, address, expected) in [
            ("440305", "广东省深圳市样例区样例路1号", "pass entity_region_fits"),
            ("440305", "深圳市样例路1号", "pass entity_region_fits"),
            ("440305", "样例路1号", "pass entity_region_fits"),
            ("440305", "", "pass entity_region_fits"),
            ("440300", "广东省深圳市样例路1号", "pass entity_region_fits"),
            ("440099", "广东省深圳市样例路1号", "pass entity_region_fits"),
            ("440309", "广东省深圳市样例路1号", "pass entity_region_fits"),
            ("330106", "浙江省杭州市样例路1号", "pass entity_region_fits"),
            ("310115", "上海市样例路1号", "pass entity_region_fits"),
            ("440106", "广东省深圳市样例路1号", "warn entity_region_differs"),
            ("330106", "广东省样例路1号", "warn entity_region_differs"),
            ("330106", "样例路1号", "warn entity_region_elsewhere"),
            ("440398", "广东省深圳市样例路1号", "warn entity_region_unknown"),
            ("44030", "广东省深圳市样例路1号", "warn entity_region_unknown"),
            ("深圳", "广东省深圳市样例路1号", "warn entity_region_unknown"),
        ] {
            let mut sample = Sample::enterprise();
            sample.filing.entity.region = Some(region.to_owned());
            sample.filing.entity.mail_address = address.to_owned();
            assert_eq!(sample.said(&EntityRegion)[0], expected, "{region} {address}");
        }
    }

    #[test]
    fn the_certificates_address_and_the_province_of_filing() {
        fn address(sample: &mut Sample, text: &str) {
            text.clone_into(&mut sample.filing.entity.certificate_address);
        }
        run_table(
            &EntityRegion,
            Sample::enterprise,
            &[
                ("no place named", |s| address(s, "样例路1号"), &[]),
                ("a county only", |s| address(s, "南山区样例路1号"), &[]),
                (
                    "another province",
                    |s| address(s, "浙江省杭州市样例路1号"),
                    &["fail ENT-ADDR-OUT-OF-PROVINCE@address"],
                ),
                (
                    "a municipality",
                    |s| address(s, "上海市样例路1号"),
                    &["fail ENT-ADDR-OUT-OF-PROVINCE@address"],
                ),
                (
                    "another prefecture",
                    |s| address(s, "杭州市样例路1号"),
                    &["warn ENT-ADDR-OUT-OF-PROVINCE@address"],
                ),
                (
                    "an individual's papers may come from anywhere",
                    |s| {
                        *s = Sample::individual();
                        address(s, "浙江省杭州市样例路1号");
                    },
                    &[],
                ),
                ("no county filed", |s| s.filing.entity.region = None, &[]),
            ],
        );
    }
}
