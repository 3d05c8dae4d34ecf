//! The certificate address (证件住所) against the registry's 住所: what is written otherwise and means the same is no
//! difference, what one side leaves out is a doubt, and another place is plain.

use super::super::Check;
use super::super::statement::Statement;
use super::{GATHERERS, record, unsaid};
use crate::domain::case::Case;
use crate::domain::evidence::Gatherer;
use crate::domain::finding::{Finding, Section};
use crate::domain::object::Place;
use crate::domain::postal_address::{self, Likeness};

const MISMATCH: &str = "ENT-ADDR-MISMATCH";

pub struct RegistryAddress;

impl Check for RegistryAddress {
    fn id(&self) -> &'static str {
        "registry_address"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[MISMATCH]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        GATHERERS
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(registered) = record(case) else { return };
        let (filed, address) = (&case.filing.entity.certificate_address, &registered.record.address);
        let about =
            Statement::about(self, Section::Entity, Place::Address).resting_on(registered.field("address"));
        if let Some(finding) = unsaid(case, &about, address, "checks.registry_address_unsaid") {
            out.extend(finding);
            return;
        }
        out.push(match postal_address::compare(filed, address) {
            Likeness::Same => about.pass("checks.registry_address_same"),
            Likeness::Part => about.warn_of(MISMATCH, "checks.registry_address_partly").seen(filed, address),
            Likeness::Different => {
                registered.differs(&about, MISMATCH, "checks.registry_address_differs").seen(filed, address)
            }
        });
    }
}
