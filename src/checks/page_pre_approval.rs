//! Content that needs a pre-approval (前置审批, domain reference 4.4) on a page whose site declares none of that category.
//!
//! A doubt at most. What the filing itself says of pre-approvals is `pre_approval`'s, the site's name `site_name`'s.

use super::page::{Signs, visited};
use super::statement::Statement;
use super::{Check, pre_approval};
use crate::domain::case::Case;
use crate::domain::evidence::Gatherer;
use crate::domain::finding::{Finding, Section};
use crate::domain::lexicon::List;
use crate::domain::object::Place;

pub struct PagePreApproval;

impl Check for PagePreApproval {
    fn id(&self) -> &'static str {
        "page_pre_approval"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["PRE-MISSING"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Website]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let about = Statement::about(self, Section::Site, Place::PreApproval);
        let Some(visited) = visited(&about, case, out) else { return };
        for shown in &visited.pages {
            let before = out.len();
            let mut declared = false;
            for signs in Signs::of(shown, List::PagePreApproval, &case.filing.province) {
                let Some(category) = signs.topic() else { continue };
                if pre_approval::is_declared(visited.site, category) {
                    declared = true;
                    continue;
                }
                let message = signs.message(if pre_approval::is_contested(category) {
                    "checks.page_pre_approval_contested"
                } else {
                    "checks.page_pre_approval_missing"
                });
                let message = message.with("category", pre_approval::category(category));
                out.push(signs.under(about.warn_of("PRE-MISSING", message)));
            }
            if out.len() == before {
                out.push(about.pass(if declared {
                    "checks.page_pre_approval_declared"
                } else {
                    "checks.page_pre_approval_none"
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests;
