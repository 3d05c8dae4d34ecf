//! The entity principal (主体负责人) and the filed legal representative against the one whom the registry names.
//!
//! Another principal is plain only where the province's rule asks for the legal representative; elsewhere a person
//! looks, as with a branch, whose principal is the head office's legal representative (domain reference 3).

use super::super::statement::Statement;
use super::super::{Check, text};
use super::{GATHERERS, Registered, record, unsaid};
use crate::domain::case::Case;
use crate::domain::evidence::Gatherer;
use crate::domain::finding::{Finding, Section};
use crate::domain::object::Place;
use crate::domain::provinces::PrincipalRule;

const NOT_LEGAL: &str = "EPR-NOT-LEGAL-REP";

pub struct RegistryRepresentative;

impl Check for RegistryRepresentative {
    fn id(&self) -> &'static str {
        "registry_representative"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[NOT_LEGAL]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        GATHERERS
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(registered) = record(case) else { return };
        let about = Statement::about(self, Section::EntityPrincipal, Place::EntityPrincipalName)
            .resting_on(registered.field("legal_representative"));
        let named = &registered.record.legal_representative;
        if let Some(finding) = unsaid(case, &about, named, "checks.registry_rep_unsaid") {
            out.extend(finding);
            return;
        }
        let filed = &case.filing.entity.principal.name;
        out.push(if is_named(filed, named) {
            about.pass("checks.registry_rep_same")
        } else {
            another(case, &registered, &about).seen(filed, named)
        });
        let stated = case.filing.entity.legal_representative.as_ref().map(|person| person.name.as_str());
        if let Some(stated) = stated.filter(|name| !text::blank(name) && !is_named(name, named)) {
            out.push(about.warn("checks.registry_rep_changed").seen(stated, named));
        }
    }
}

fn another(case: &Case<'_>, registered: &Registered<'_>, about: &Statement<'_>) -> Finding {
    let names = [&case.filing.entity.name, &registered.record.name];
    let branch = names.iter().any(|name| name.contains("分公司"));
    match case.provinces.principal(&case.filing.province, case.day) {
        _ if branch => about.warn_of(NOT_LEGAL, "checks.registry_rep_branch"),
        Some((rule, PrincipalRule::Required)) => {
            registered.differs(about, NOT_LEGAL, "checks.registry_rep_required").by_rule(rule)
        }
        Some((rule, PrincipalRule::WithAuthorisation | PrincipalRule::Free)) => {
            about.warn_of(NOT_LEGAL, "checks.registry_rep_allowed").by_rule(rule)
        }
        None => about.warn_of(NOT_LEGAL, "checks.registry_rep_differs"),
    }
}

/// Whether a person is the one named, or among several: partnerships name their partners, and a company among them its
/// delegate (`样例投资有限公司（委派代表：王样例）`).
fn is_named(person: &str, named: &str) -> bool {
    const SEPARATORS: &[char] = &['(', ')', '（', '）', ':', '：', ',', '，', '、', ';', '；', '/', '\n'];
    text::same_person(person, named) || named.split(SEPARATORS).any(|part| text::same_person(person, part))
}
