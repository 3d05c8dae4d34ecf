//! The certificate number against the registry: today's unified code, or one that a newer has replaced.
//!
//! Positions 9 to 17 of the unified code are the organisation's own code (GB 32100-2015, GB 11714), so that two numbers
//! of one organisation are known to be that whatever else changed.

use super::super::Check;
use super::super::statement::Statement;
use super::{GATHERERS, Registered, record, unsaid};
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, RegistryRecord};
use crate::domain::finding::{Finding, Section};
use crate::domain::numbers::{organisation_code, unified_code};
use crate::domain::object::Place;
use crate::domain::relations::document_number;

pub struct RegistryNumber;

impl Check for RegistryNumber {
    fn id(&self) -> &'static str {
        "registry_number"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["ENT-CERTNO-MISMATCH", "ENT-CERTNO-NOT-USCC", "ENT-CERT-SUPERSEDED"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        GATHERERS
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(registered) = record(case) else { return };
        let about =
            Statement::about(self, Section::Entity, Place::Number).resting_on(registered.field("number"));
        let number = &registered.record.number;
        match unsaid(case, &about, number, "checks.registry_number_unsaid") {
            Some(finding) => out.extend(finding),
            None => out.push(judge(&about, &case.filing.entity.certificate_number, &registered)),
        }
    }
}

fn judge(about: &Statement<'_>, filed: &str, registered: &Registered<'_>) -> Finding {
    let record = registered.record;
    if document_number(filed) == document_number(&record.number) {
        return about.pass("checks.registry_number_same");
    }
    let unified = |number: &str| unified_code::parse(number).is_ok();
    let finding = match (unified(filed), unified(&record.number)) {
        // An older number that the source knows for this entity, or the very organisation.
        (false, true) if !registered.by_name || replaced(filed, record) => {
            about.fail("ENT-CERTNO-NOT-USCC", "checks.registry_number_old")
        }
        (false, true) => about.warn_of("ENT-CERTNO-NOT-USCC", "checks.registry_number_by_name"),
        (true, true) if replaced(filed, record) => {
            registered.differs(about, "ENT-CERT-SUPERSEDED", "checks.registry_number_superseded")
        }
        // Neither is a unified code, or the record has an older one: which is the newer, nobody can tell from it.
        (_, false) if replaced(filed, record) || registered.by_name => {
            about.warn_of("ENT-CERT-SUPERSEDED", "checks.registry_number_older")
        }
        _ => registered.differs(about, "ENT-CERTNO-MISMATCH", "checks.registry_number_differs"),
    };
    finding.seen(filed, &record.number)
}

/// Whether both numbers are the same organisation's: by its code, or by the record's own word.
fn replaced(filed: &str, record: &RegistryRecord) -> bool {
    let filed_number = document_number(filed);
    let former = record.former_numbers.iter().any(|former| document_number(former) == filed_number);
    let codes = organisation(filed).zip(organisation(&record.number));
    former || codes.is_some_and(|(filed, registered)| filed == registered)
}

/// The organisation code that a number is or holds.
fn organisation(number: &str) -> Option<String> {
    let inner = unified_code::parse(number).map(|code| code.organisation_code().to_owned());
    inner.ok().or_else(|| organisation_code::parse(number).ok().map(|code| code.as_str().to_owned()))
}
