//! Signs of commercial service (经营性, domain reference 4.7): a market for others, paid membership, recharging, others'
//! advertisements, paid content. A cart or a payment adds to such a sign and is none by itself: selling one's own goods
//! on one's own site is not taken for it.
//!
//! A doubt at most; whether the sponsor has the telecom licence is for a look-up to say.

use super::Check;
use super::page::{Shown, Signs, visited};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{FormKind, Gatherer};
use crate::domain::filing::{Filing, Site};
use crate::domain::finding::{Finding, Section};
use crate::domain::lexicon::List;
use crate::domain::numbers::NumberFault;
use crate::domain::numbers::filing_number::{self, Kind};
use crate::domain::object::Place;

/// Ways to pay.
const PAYING: [FormKind; 2] = [FormKind::Payment, FormKind::Cart];

pub struct CommercialSigns;

impl Check for CommercialSigns {
    fn id(&self) -> &'static str {
        "commercial_signs"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["CNT-COMMERCIAL"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Website]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let about = Statement::about(self, Section::Site, Place::SiteContent);
        let Some(visited) = visited(&about, case, out) else { return };
        for shown in &visited.pages {
            let mut signs = Signs::of(shown, List::Commercial, &case.filing.province);
            let before = out.len();
            for signs in &mut signs {
                shown.forms(&PAYING).for_each(|form| signs.add_form(form));
                out.push(signs.under(judge(&about, case.filing, visited.site, shown, signs)));
            }
            if out.len() == before {
                let pays = shown.forms(&PAYING).next().is_some();
                out.push(about.pass(if pays {
                    "checks.commercial_own_goods"
                } else {
                    "checks.commercial_none"
                }));
            }
        }
    }
}

fn judge(
    about: &Statement<'_>,
    filing: &Filing,
    site: &Site,
    shown: &Shown<'_>,
    signs: &Signs<'_>,
) -> Finding {
    let filed = [&filing.entity.filing_number, &site.filing_number];
    if filed.into_iter().flatten().any(|number| is_licence(number)) {
        return about.pass(signs.message("checks.commercial_licensed"));
    }
    if shown.numbers().any(|number| is_licence(&number.number)) {
        return about.warn(signs.message("checks.commercial_licence_shown"));
    }
    about.warn_of("CNT-COMMERCIAL", signs.message("checks.commercial_found"))
}

/// 经营许可证, also one that holds in several provinces.
fn is_licence(number: &str) -> bool {
    match filing_number::parse(number) {
        Ok(number) => number.kind() != Kind::Filing,
        Err(fault) => fault == NumberFault::NationalLicence,
    }
}

#[cfg(test)]
mod tests;
