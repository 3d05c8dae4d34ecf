//! The term of business (营业期限) that the registry states. A term that ran out is a doubt: the state decides.

use super::super::Check;
use super::super::statement::Statement;
use super::{GATHERERS, record};
use crate::domain::case::Case;
use crate::domain::evidence::Gatherer;
use crate::domain::finding::{Finding, Section};
use crate::domain::object::Place;

pub struct RegistryTerm;

impl Check for RegistryTerm {
    fn id(&self) -> &'static str {
        "registry_term"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        GATHERERS
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(registered) = record(case) else { return };
        let Some(until) = registered.record.valid_until else { return };
        let about = Statement::about(self, Section::Entity, Place::Entity)
            .resting_on(registered.field("valid_until"));
        out.push(if until.covers(case.day) {
            about.pass("checks.registry_in_term")
        } else {
            about.warn("checks.registry_term_ended").seen(until, case.day)
        });
    }
}
