//! Filed access data (接入信息): the provider's name, the address ranges against the provider's own prefixes, the domains.
//!
//! Where a domain really points is for a look-up. Without a list of prefixes in the workspace nothing is said of where
//! the ranges lie.

use std::collections::BTreeSet;

use super::statement::Statement;
use super::{Check, text};
use crate::domain::case::{Case, Prefixes};
use crate::domain::filing::{Access, IpRange};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::Place;
use crate::domain::prefixes::{self, Coverage, PrefixList};

const MISMATCH: &str = "ACC-INFO-MISMATCH";

pub struct AccessAddresses;

impl Check for AccessAddresses {
    fn id(&self) -> &'static str {
        "access_addresses"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[MISMATCH]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        for access in &case.filing.access {
            out.extend(self.provider(case, access));
            self.ranges(case, access, out);
            out.extend(self.domains(case, access));
        }
    }
}

impl AccessAddresses {
    fn about(&self) -> Statement<'_> {
        Statement::about(self, Section::Access, Place::Access)
    }

    /// Addresses are a fact of their own: where they were not judged, no pass may stand beside them.
    fn about_addresses(&self) -> Statement<'_> {
        Statement::about(self, Section::Access, Place::AccessAddresses)
    }

    fn flag(&self, range: &IpRange, message: impl Into<Message>) -> Finding {
        self.about_addresses().observed(range).warn_of(MISMATCH, message)
    }

    fn provider(&self, case: &Case<'_>, access: &Access) -> Option<Finding> {
        let ours = case.provider.name;
        if text::blank(ours) {
            return None;
        }
        Some(if text::same(&access.provider, ours) {
            self.about().pass("checks.access_provider_same")
        } else {
            let finding = self.about().warn_of(MISMATCH, "checks.access_provider_differs");
            finding.seen(&access.provider, ours)
        })
    }

    fn ranges(&self, case: &Case<'_>, access: &Access, out: &mut Vec<Finding>) {
        let before = out.len();
        out.extend(access.ip_ranges.iter().filter_map(|range| self.odd(range)));
        if access.ip_ranges.is_empty() || out.len() > before {
            return;
        }
        match case.provider.prefixes {
            Prefixes::NotGiven => {}
            Prefixes::Unreadable => out.push(self.about_addresses().not_run("checks.access_list_unreadable")),
            Prefixes::Listed { version, list } => {
                out.extend(access.ip_ranges.iter().filter_map(|range| self.outside(range, version, list)));
                if out.len() == before {
                    let message = Message::new("checks.access_inside").with("version", version);
                    out.push(self.about_addresses().pass(message));
                }
            }
        }
    }

    /// What no list is needed for.
    fn odd(&self, range: &IpRange) -> Option<Finding> {
        let message = if range.first.is_ipv4() != range.last.is_ipv4() || range.last < range.first {
            "checks.access_no_range"
        } else if prefixes::not_public(range.first, range.last) {
            "checks.access_not_public"
        } else {
            return None;
        };
        Some(self.flag(range, message))
    }

    fn outside(&self, range: &IpRange, version: &str, list: &PrefixList) -> Option<Finding> {
        let Coverage::Outside(address) = list.covers(range.first, range.last) else { return None };
        let message = Message::new("checks.access_outside").with("address", address).with("version", version);
        Some(self.flag(range, message))
    }

    /// Nothing where only one side names domains.
    fn domains(&self, case: &Case<'_>, access: &Access) -> Option<Finding> {
        let site = case.filing.site.as_ref()?;
        let plain = |domains: &[String]| -> BTreeSet<String> {
            domains.iter().map(|domain| domain.trim().trim_end_matches('.').to_lowercase()).collect()
        };
        let (here, there) = (plain(&access.domains), plain(&site.domains));
        if here.is_empty() || there.is_empty() {
            return None;
        }
        // Of several access records each may serve some of the site's domains.
        Some(if here.is_subset(&there) && (here == there || case.filing.access.len() > 1) {
            self.about().pass("checks.access_domains_same")
        } else {
            let joined = |domains: BTreeSet<String>| domains.into_iter().collect::<Vec<_>>().join(" ");
            let finding = self.about().warn_of(MISMATCH, "checks.access_domains_differ");
            finding.seen(joined(here), joined(there))
        })
    }
}

#[cfg(test)]
mod tests;
