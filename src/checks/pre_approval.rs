//! 前置审批: what was declared, the permits attached, and words that suggest an approval where none was declared
//! (domain reference 4.4 and 10.7). Applies to every kind of service.
//!
//! A permit that is declared and not attached is a missing material ([`crate::domain::materials`]); whether the content
//! needs an approval is the reviewer's to see, so nothing here fails. The site's name is `site_name`'s.

mod number;

use super::statement::Statement;
use super::words::Words;
use super::{Check, text};
use crate::domain::case::Case;
use crate::domain::codes;
use crate::domain::filing::{AttachmentKind, PreApproval, Site};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::lexicon::{self, Lexicon, List};
use crate::domain::message::Message;
use crate::domain::object::{Object, Place};

/// 互联网金融: the category that a sponsor's name alone can touch on.
pub(super) const FINANCE: &str = "internet_finance";

/// Categories of which a provider says that they were cancelled, while the bureaus' forms still offer them.
const CONTESTED: [&str; 3] = ["education", "health_care", "bulletin_boards"];

pub struct PreApprovals;

impl Check for PreApprovals {
    fn id(&self) -> &'static str {
        "pre_approval"
    }

    fn version(&self) -> u16 {
        2
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["PRE-INVALID", "PRE-WAIVER-MISSING", "ENT-SCOPE-FINANCE"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let filing = case.filing;
        let Some(site) = filing.site.as_ref().filter(|_| filing.order_type.needs_materials()) else { return };
        let about = Statement::about(self, Section::Site, Place::PreApproval);
        let before = out.len();
        out.extend(site.pre_approvals.iter().filter_map(|declared| doubt_of_number(&about, declared)));
        out.extend(permit(&about, case, site));
        out.extend(words_of_remark(&about, case, site));
        out.extend(self.words_of_sponsor(case, site));
        if out.len() == before {
            out.push(about.pass(if site.pre_approvals.is_empty() {
                "checks.pre_approval_none"
            } else {
                "checks.pre_approval_declared"
            }));
        }
    }
}

/// Whether the site declares a category, by its key in `assets/codes.toml`.
pub(super) fn is_declared(site: &Site, key: &str) -> bool {
    site.pre_approvals.iter().any(|declared| key_of(declared) == Some(key))
}

/// Whether it is disputed that the category still needs an approval.
pub(super) fn is_contested(key: &str) -> bool {
    CONTESTED.contains(&key)
}

/// The name of a category, as the argument of a message.
pub(super) fn category(key: &str) -> String {
    format!("@checks.category_{key}")
}

fn key_of(declared: &PreApproval) -> Option<&'static str> {
    codes::find(codes::List::PreApprovals, declared.category)?.key.as_deref()
}

fn doubt_of_number(about: &Statement<'_>, declared: &PreApproval) -> Option<Finding> {
    let Some(key) = key_of(declared) else {
        let message = Message::new("checks.pre_approval_unknown").with("category", declared.category);
        return Some(about.warn(message));
    };
    if text::blank(&declared.number) {
        return Some(
            about.warn(Message::new("checks.pre_approval_no_number").with("category", category(key))),
        );
    }
    let example = number::unlike(key, &declared.number)?;
    let message = Message::new("checks.pre_approval_shape")
        .with("category", category(key))
        .with("number", &declared.number)
        .with("example", example);
    Some(about.warn_of("PRE-INVALID", message))
}

fn permit(about: &Statement<'_>, case: &Case<'_>, site: &Site) -> Option<Finding> {
    let permit = AttachmentKind::Permit;
    match (site.pre_approvals.is_empty(), case.filing.attachments_of(permit).next().is_some()) {
        (true, true) => {
            let attached = EvidenceRef::Attachment(Object::attachment(permit));
            Some(about.warn("checks.pre_approval_permit_only").resting_on(attached))
        }
        (false, false) => Some(about.not_run("checks.pre_approval_no_permit")),
        _ => None,
    }
}

/// Words in the site's remark, one finding a category that is not declared.
fn words_of_remark(about: &Statement<'_>, case: &Case<'_>, site: &Site) -> Vec<Finding> {
    let remark = lexicon::plain(&site.remark);
    let list = Lexicon::shipped(List::PreApproval);
    let words = Words::of(list, &case.filing.province, &remark, |hit| {
        !is_declared(site, &hit.group.name) && !lexicon::is_denied(&remark[..hit.start])
    });
    let finding = |words: Words<'_>| {
        let id = match (is_contested(&words.group.name), has_undertaking(case)) {
            (_, true) => "checks.pre_approval_remark_undertaken",
            (true, false) => "checks.pre_approval_remark_contested",
            (false, false) => "checks.pre_approval_remark",
        };
        let message = words.message(id).with("category", category(&words.group.name));
        let finding = if has_undertaking(case) {
            about.warn(message)
        } else {
            about.warn_of("PRE-WAIVER-MISSING", message)
        };
        finding.resting_on(EvidenceRef::Field(Place::SiteRemark.into())).resting_on(words.evidence())
    };
    words.into_iter().map(finding).collect()
}

/// An undertaking (承诺书) is attached. It may be another one than 不涉及前置审批承诺书, so the doubt stays; only the
/// reason that it is missing is not proposed.
fn has_undertaking(case: &Case<'_>) -> bool {
    case.filing.attachments_of(AttachmentKind::Undertaking).next().is_some()
}

impl PreApprovals {
    /// Only finance: the name of an organisation alone can ask for its permit.
    fn words_of_sponsor(&self, case: &Case<'_>, site: &Site) -> Option<Finding> {
        let entity = &case.filing.entity;
        if case.filing.is_individual() || is_declared(site, FINANCE) {
            return None;
        }
        let name = lexicon::plain(&entity.name);
        let list = Lexicon::shipped(List::PreApproval);
        let words = Words::of(list, &case.filing.province, &name, |hit| hit.group.name == FINANCE);
        let words = words.into_iter().next()?;
        let about = Statement::about(self, Section::Entity, Place::Name).observed(&entity.name);
        let finding = if has_undertaking(case) {
            about.warn(words.message("checks.sponsor_finance_undertaken"))
        } else {
            about.warn_of("ENT-SCOPE-FINANCE", words.message("checks.sponsor_finance"))
        };
        Some(finding.resting_on(words.evidence()))
    }
}

#[cfg(test)]
mod tests;
