//! The domains (域名) as filed: written as domains, the registered ones and not sub-domains, each once, and one a site.
//!
//! Whether they are registered, and to whom, is for evidence from outside to say.

mod written;

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use jiff::tz;

use super::statement::Statement;
use super::website::website;
use super::{Check, filed_names};
use crate::domain::case::Case;
use crate::domain::filing::OrderType;
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::Place;

pub(super) use written::{Fault, Level, level, normal};

/// Since this day a first filing or a new site takes one domain (工信管函〔2019〕633号).
const ONE_DOMAIN_SINCE: Date = date(2019, 4, 22);

pub struct FiledDomains;

impl Check for FiledDomains {
    fn id(&self) -> &'static str {
        "filed_domains"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["DOM-SUBDOMAIN", "DOM-COUNT-LIMIT"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(site) = website(self, Place::Site, case, out) else { return };
        let about_site = Statement::about(self, Section::Site, Place::Site);
        if site.domains.is_empty() {
            out.push(about_site.warn("checks.domain_none"));
            return;
        }
        let mut seen = BTreeSet::new();
        for domain in &site.domains {
            let written = normal(domain);
            out.push(self.judge(domain, &written));
            if seen.contains(&written) {
                let message = Message::new("checks.domain_twice").with("domain", &written);
                out.push(about_site.warn(message));
            }
            seen.insert(written);
        }
        if seen.len() > 1 && takes_one_domain(case) {
            let message = Message::new("checks.domain_count").with("count", seen.len());
            out.push(about_site.warn_of("DOM-COUNT-LIMIT", message).seen(seen.len(), 1));
        }
    }
}

impl FiledDomains {
    fn judge(&self, domain: &str, written: &str) -> Finding {
        let about = Statement::about(self, Section::Site, filed_names::object(domain)).observed(domain);
        match level(written) {
            Ok(Level::Registered) => about.pass("checks.domain_fine"),
            Ok(Level::Below(registered)) => about
                .fail("DOM-SUBDOMAIN", Message::new("checks.domain_below").with("registered", &registered))
                .expecting(registered),
            Ok(Level::PerhapsBelow) => about.warn_of("DOM-SUBDOMAIN", "checks.domain_perhaps_below"),
            Ok(Level::Suffix) => about.warn("checks.domain_suffix"),
            Err(Fault::Address) => about.warn("checks.domain_address"),
            Err(Fault::Url) => about.warn("checks.domain_url"),
            Err(Fault::NoDot) => about.warn("checks.domain_no_dot"),
            Err(Fault::Length) => about.warn("checks.domain_length"),
            Err(Fault::Character(found)) => {
                about.warn(Message::new("checks.domain_character").with("found", found))
            }
        }
    }
}

/// Sites that were filed with several domains before the rule keep them.
fn takes_one_domain(case: &Case<'_>) -> bool {
    let beijing = tz::offset(8);
    let filed = case.filing.submitted_at.map_or(case.day, |moment| beijing.to_datetime(moment).date());
    matches!(case.filing.order_type, OrderType::First | OrderType::NewSite) && filed >= ONE_DOMAIN_SINCE
}

#[cfg(test)]
mod tests;
