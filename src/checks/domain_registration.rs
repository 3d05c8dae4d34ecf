//! The filed domains at their registry (域名注册): registered, in term, not on hold.
//!
//! What a certificate prints of the term is an older word than the registry's; `domain_certificate` speaks of it only
//! where the registry does not.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz;

use super::filed_names::FiledName;
use super::registration::Asked;
use super::statement::Statement;
use super::{Check, no_answer};
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, Registration, RegistrationResult, Stated};
use crate::domain::finding::Finding;
use crate::domain::message::Message;

/// Many provinces want that much left (domain reference 2.1).
const MONTHS_LEFT: i32 = 3;

/// EPP statuses under which a name is not in the DNS (RFC 5731, 2.3), folded.
const HELD: [&str; 3] = ["clienthold", "serverhold", "inactive"];

/// EPP statuses of a name that is being deleted (RFC 5731, 2.3; RFC 3915, 3.1), folded.
const DELETED: [&str; 3] = ["redemptionperiod", "pendingrestore", "pendingdelete"];

const EXPIRED: &str = "DOM-EXPIRED";

pub struct DomainRegistration;

impl Check for DomainRegistration {
    fn id(&self) -> &'static str {
        "domain_registration"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["DOM-UNREGISTERED", EXPIRED, "DOM-EXPIRING"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Registration]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        for domain in FiledName::all(case).iter().filter(|domain| domain.registrable().is_some()) {
            self.judge(case, domain, out);
        }
    }
}

impl DomainRegistration {
    fn judge(&self, case: &Case<'_>, domain: &FiledName, out: &mut Vec<Finding>) {
        let required = case.known.requires(Gatherer::Registration);
        let Some(asked) = Asked::of(case, domain) else {
            out.extend(required.then(|| domain.about(self).not_run("checks.registration_missing")));
            return;
        };
        let resting_on = |line| domain.about(self).resting_on(asked.line(line));
        match asked.result {
            RegistrationResult::NoAnswer(fault) => {
                let message = no_answer::told("checks.registration_no_answer", fault);
                out.extend(required.then(|| resting_on(None).not_run(message)));
            }
            RegistrationResult::NotRegistered { line } => {
                out.push(resting_on(*line).fail("DOM-UNREGISTERED", "checks.registration_none"));
            }
            RegistrationResult::Reserved { line } => {
                out.push(resting_on(*line).warn("checks.registration_reserved"));
            }
            RegistrationResult::Registered(registration) => {
                match &registration.expires_on {
                    Some(expires) => {
                        let looked_up = tz::offset(8).to_datetime(asked.kept.evidence.observed_at).date();
                        out.push(term(&resting_on(expires.line), expires.value, looked_up, case.day));
                    }
                    None if required => out.push(resting_on(None).not_run("checks.registration_term_absent")),
                    None => out.push(resting_on(None).pass("checks.registration_there")),
                }
                out.extend(state(registration, resting_on));
            }
        }
    }
}

/// Registries write times without a zone: a day more or less is no difference (domain reference 10.9).
fn term(about: &Statement<'_>, expires: Date, looked_up: Date, day: Date) -> Finding {
    let last = expires.saturating_add(1.day());
    let finding = if last < day && looked_up <= last {
        about.warn_of(EXPIRED, "checks.registration_ended_since")
    } else if last < day {
        about.fail(EXPIRED, "checks.registration_expired")
    } else if expires <= day {
        about.warn_of(EXPIRED, "checks.registration_ends")
    } else if expires < day.saturating_add(MONTHS_LEFT.months()) {
        about.warn_of("DOM-EXPIRING", "checks.registration_expiring")
    } else {
        about.pass("checks.registration_in_term")
    };
    finding.seen(expires, day)
}

/// The first status that keeps the name out of the DNS, and the first that says it is going.
fn state<'a>(
    registration: &'a Registration,
    about: impl Fn(Option<u32>) -> Statement<'a>,
) -> impl Iterator<Item = Finding> {
    let first = |of: &[&str]| -> Option<&'a Stated<String>> {
        registration.statuses.iter().find(|status| of.contains(&folded(&status.value).as_str()))
    };
    let told = [(first(&HELD), "checks.registration_held"), (first(&DELETED), "checks.registration_deleted")];
    told.into_iter().filter_map(move |(status, id)| {
        let status = status?;
        let message = Message::new(id).with("status", &status.value);
        Some(about(status.line).warn(message))
    })
}

/// `clientHold` of WHOIS and `client hold` of RDAP (RFC 8056) are one status.
fn folded(status: &str) -> String {
    status.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
