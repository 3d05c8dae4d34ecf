//! Whose domain it is by the registry (域名持有者): the sponsor's, by name.
//!
//! What is withheld is unknown, never another's. Where a certificate of the domain is among the materials,
//! `domain_certificate` speaks of the holder that the registry does not name.

use super::domain_certificate::{is_entity, is_own_person};
use super::filed_names::FiledName;
use super::registration::{self, Asked};
use super::statement::Statement;
use super::{Check, registry, text};
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, Holder, Means};
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::Finding;

const MISMATCH: &str = "DOM-HOLDER-MISMATCH";

/// `.cn` and `.中国`: their registry answers with the holder under real name (domain reference 4.3, 10.9).
const REAL_NAME: [&str; 3] = ["cn", "xn--fiqs8s", "xn--fiqz9s"];

pub struct DomainHolder;

impl Check for DomainHolder {
    fn id(&self) -> &'static str {
        "domain_holder"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[MISMATCH]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Registration]
    }

    /// That nothing was looked up, or nothing answered, is told by `domain_registration`, once.
    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let certified = case.filing.attachments_of(AttachmentKind::DomainCertificate).next().is_some();
        for domain in &FiledName::all(case) {
            let Some((asked, registration)) = registration::with_holder(case, domain) else { continue };
            let about = |line| domain.about(self).resting_on(asked.line(line));
            match &registration.holder {
                Holder::Named(holder) => {
                    out.push(named(case, domain, &asked, &about(holder.line), &holder.value));
                }
                _ if certified => {}
                Holder::Redacted(withheld) => {
                    out.push(about(withheld.line).warn("checks.registrant_withheld"));
                }
                Holder::NotGiven => out.push(about(None).warn("checks.registrant_not_given")),
            }
        }
    }
}

fn named(
    case: &Case<'_>,
    domain: &FiledName,
    asked: &Asked<'_>,
    about: &Statement<'_>,
    holder: &str,
) -> Finding {
    let filed = &case.filing.entity.name;
    if is_entity(case.filing, holder) {
        return about.pass("checks.registrant_same").seen(holder, filed);
    }
    let finding = if is_own_person(case, holder) {
        about.warn_of(MISMATCH, "checks.registrant_principal")
    } else if holder.is_ascii() && !filed.is_ascii() {
        about.warn_of(MISMATCH, "checks.registrant_latin")
    } else if is_former_name(case, holder) {
        about.warn_of(MISMATCH, "checks.registrant_former")
    } else if !case.filing.is_individual() && looks_like_a_person(holder) {
        about.warn_of(MISMATCH, "checks.registrant_person")
    } else if speaks_under_real_name(domain) || asked.kept.evidence.means == Means::Person {
        about.fail(MISMATCH, "checks.registrant_differs")
    } else {
        about.warn_of(MISMATCH, "checks.registrant_perhaps_differs")
    };
    finding.seen(holder, filed)
}

/// Whether the business registry knows the sponsor by this earlier name.
fn is_former_name(case: &Case<'_>, holder: &str) -> bool {
    let registered = registry::record(case);
    registered.is_some_and(|it| it.record.former_names.iter().any(|former| text::same(holder, former)))
}

/// As short as persons' names are: perhaps a partner or a shareholder, whom no filing names.
fn looks_like_a_person(holder: &str) -> bool {
    let name: Vec<char> = holder.chars().filter(|c| !c.is_whitespace()).collect();
    (2..=4).contains(&name.len()) && name.iter().all(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

fn speaks_under_real_name(domain: &FiledName) -> bool {
    domain.name.rsplit('.').next().is_some_and(|top| REAL_NAME.contains(&top))
}

#[cfg(test)]
mod tests;
