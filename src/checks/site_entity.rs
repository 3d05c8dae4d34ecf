//! Whose site the page says that it is: the organisation of its copyright line, or that it introduces, and its unified
//! code, against the sponsor. A person's site with an organisation on it is `individual_content`'s.
//!
//! A doubt at most: trade names, groups and new names are the reviewer's to know. A page that names nobody is silent.

use super::Check;
use super::page::{Shown, visited};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, Observation, RegistryResult, ShownOrganisation, Subject, folded};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::Place;
use crate::domain::relations;

/// 企业 (list `entity_types`).
const ENTERPRISE: u16 = 4;

pub struct SiteEntity;

impl Check for SiteEntity {
    fn id(&self) -> &'static str {
        "site_entity"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["CNT-OTHER-COMPANY", "CNT-ENTITY-MISMATCH"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Website, Gatherer::Registry]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if case.filing.is_individual() {
            return;
        }
        let about = Statement::about(self, Section::Site, Place::SiteContent);
        let Some(visited) = visited(&about, case, out) else { return };
        let own = own_names(case);
        let findings = visited.pages.iter().map(|shown| judge(&about, case, shown, &own));
        out.extend(findings);
    }
}

fn judge(about: &Statement<'_>, case: &Case<'_>, shown: &Shown<'_>, own: &[String]) -> Finding {
    let entity = &case.filing.entity;
    let code = if entity.entity_type == ENTERPRISE { "CNT-OTHER-COMPANY" } else { "CNT-ENTITY-MISMATCH" };
    let Some(reading) = shown.reading() else { return about.pass("checks.site_entity_nobody") };
    let is_own = |organisation: &&ShownOrganisation| own.iter().any(|name| same(name, &organisation.name));
    let number = relations::document_number(&entity.certificate_number);
    let owners = || reading.organisations.iter().filter(|organisation| organisation.owner);
    let names_own =
        owners().any(|owner| is_own(&owner)) || reading.codes.iter().any(|shown| shown.code == number);
    if names_own {
        return about.pass("checks.site_entity_same");
    }
    if let Some(other) = owners().next() {
        let message =
            Message::new("checks.site_entity_other").with("name", &other.name).with("line", other.line);
        let finding = about.warn_of(code, message).seen(&other.name, &entity.name);
        return finding.resting_on(shown.marked(other.line, &other.name));
    }
    if let Some(other) = reading.codes.first() {
        let message = Message::new("checks.site_entity_code").with("line", other.line);
        let finding = about.warn_of(code, message).seen(&other.code, &entity.certificate_number);
        return finding.resting_on(shown.marked(other.line, &other.code));
    }
    let mentioned = reading.organisations.iter().any(|organisation| is_own(&organisation));
    about.pass(if mentioned { "checks.site_entity_same" } else { "checks.site_entity_nobody" })
}

/// The sponsor's name, its superior's, and the names that it had by the registry.
fn own_names(case: &Case<'_>) -> Vec<String> {
    let entity = &case.filing.entity;
    let mut names = vec![entity.name.as_str(), entity.superior.as_str()];
    let record = Subject::number(&entity.certificate_number)
        .and_then(|subject| case.known.latest(Gatherer::Registry, &subject))
        .map(|kept| &kept.evidence.observation);
    if let Some(Observation::Registry(answer)) = record
        && let RegistryResult::Found(record) = &answer.result
    {
        names.push(&record.name);
        names.extend(record.former_names.iter().map(String::as_str));
    }
    let names = names.into_iter().map(|name| folded(name).replace(' ', ""));
    names.filter(|name| !name.is_empty()).collect()
}

/// A branch has its company's name in front, and what ran into the name on the page stands there, too.
fn same(own: &str, shown: &str) -> bool {
    shown.contains(own) || own.contains(shown)
}

#[cfg(test)]
mod tests;
