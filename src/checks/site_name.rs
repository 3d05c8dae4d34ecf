//! 网站名称: the naming rules of domain reference 4.5. A fail where a machine can tell; a doubt where a word list or a
//! rule of thumb speaks, because lists differ by province and provider.
//!
//! Whether the name has to do with the sponsor or with the content is the reviewer's to see.

mod individual;
mod shape;

use std::borrow::Cow;

use super::statement::Statement;
use super::website::website;
use super::words::Words;
use super::{Check, pre_approval, text};
use crate::domain::case::Case;
use crate::domain::filing::{Filing, Site};
use crate::domain::finding::{Finding, Section};
use crate::domain::lexicon::{self, Lexicon, List};
use crate::domain::message::Message;
use crate::domain::object::Place;

pub struct SiteName;

/// Sponsors that may be national bodies (list `entity_types`): 国防机构, 政府机关, 事业单位, 社会团体, 基金会, 群众性团体组织.
const PUBLIC_BODIES: [u16; 6] = [1, 2, 3, 6, 10, 13];

impl Check for SiteName {
    fn id(&self) -> &'static str {
        "site_name"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[
            "SITE-NAME-INVALID",
            "SITE-NAME-SHORT",
            "SITE-NAME-CHARSET",
            "SITE-NAME-NATIONAL",
            "SITE-NAME-SENSITIVE",
            "SITE-NAME-IS-DOMAIN",
            "SITE-NAME-PERSONAL",
            "SITE-NAME-PREAPPROVAL",
        ]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(site) = website(self, Place::SiteName, case, out) else { return };
        let about = Statement::about(self, Section::Site, Place::SiteName).observed(&site.name);
        if text::blank(&site.name) {
            out.push(about.warn_of("SITE-NAME-INVALID", "checks.site_name_blank"));
            return;
        }
        let before = out.len();
        let name = Name { filing: case.filing, site, plain: lexicon::plain(&site.name) };
        out.extend(shape::fault(&name, &about));
        out.extend(name.sensitive(&about));
        out.extend(name.national(&about));
        out.extend(name.pre_approval(&about));
        if case.filing.is_individual() {
            out.extend(individual::doubts(&name, &about));
        }
        if out.len() == before {
            out.push(about.pass("checks.site_name_fine"));
        }
    }
}

/// The name under judgement.
struct Name<'a> {
    filing: &'a Filing,
    site: &'a Site,
    /// The name made comparable, see [`lexicon::plain`].
    plain: Cow<'a, str>,
}

impl Name<'_> {
    /// The words of a list in the name, by group.
    fn words(&self, list: List) -> Vec<Words<'_>> {
        Words::of(Lexicon::shipped(list), &self.filing.province, &self.plain, |_| true)
    }

    fn is_of_public_body(&self) -> bool {
        PUBLIC_BODIES.contains(&self.filing.entity.entity_type)
    }

    fn sensitive(&self, about: &Statement<'_>) -> Option<Finding> {
        let words = self.words(List::SensitiveNames).into_iter().next()?;
        let message = words.message("checks.site_name_sensitive");
        // Whose task the thing itself is may name it.
        let finding = if self.is_of_public_body() {
            about.warn_of("SITE-NAME-SENSITIVE", message)
        } else {
            about.fail("SITE-NAME-SENSITIVE", message)
        };
        Some(finding.resting_on(words.evidence()))
    }

    /// Heads only: 中国 inside a name is no rank. A sponsor whose registered name has the same head was allowed it.
    fn national(&self, about: &Statement<'_>) -> Option<Finding> {
        let list = Lexicon::shipped(List::NationalHeads);
        let words = Words::of(list, &self.filing.province, &self.plain, |hit| {
            hit.start == 0 && !lexicon::plain(&self.filing.entity.name).starts_with(hit.word)
        });
        let words = words.into_iter().next()?;
        let finding = if self.is_of_public_body() {
            about.warn_of("SITE-NAME-NATIONAL", words.message("checks.site_name_national_body"))
        } else if words.group.name == "national" {
            about.fail("SITE-NAME-NATIONAL", words.message("checks.site_name_national"))
        } else {
            about.warn_of("SITE-NAME-NATIONAL", words.message("checks.site_name_oversight"))
        };
        Some(finding.resting_on(words.evidence()))
    }

    fn pre_approval(&self, about: &Statement<'_>) -> Vec<Finding> {
        let undeclared = |words: &Words<'_>| !pre_approval::is_declared(self.site, &words.group.name);
        let words = self.words(List::PreApproval).into_iter().filter(undeclared);
        words
            .map(|words| {
                let message: Message = words.message(if pre_approval::is_contested(&words.group.name) {
                    "checks.site_name_pre_approval_contested"
                } else {
                    "checks.site_name_pre_approval"
                });
                let message = message.with("category", pre_approval::category(&words.group.name));
                about.warn_of("SITE-NAME-PREAPPROVAL", message).resting_on(words.evidence())
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
