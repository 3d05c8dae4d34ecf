//! The filing number at the bottom of the home page (Order 33 of the ministry, art. 13; domain reference 4.1): there,
//! the site's own, and linked to the ministry's system. Only for sites that were filed before: a first filing has no
//! number to show yet.
//!
//! Which form of the number is shown (the sponsor's or the site's) is the province's rule and only flagged. The number
//! of the police is another authority's: it is told, never judged.

use super::page::{Shown, must_be_open, visited};
use super::statement::Statement;
use super::{Check, home_url};
use crate::domain::case::Case;
use crate::domain::evidence::{FooterNumber, Gatherer, Page};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::message::Message;
use crate::domain::numbers::NumberFault;
use crate::domain::numbers::filing_number::{self, FilingNumber};
use crate::domain::object::Place;
use crate::domain::provinces::{Asks, FooterRule, Rule};

/// The ministry's system.
const SYSTEM: &str = "beian.miit.gov.cn";

/// Where it was or may be reached by another name.
const OLD_SYSTEM: &str = "www.beian.miit.gov.cn";

/// With fewer characters, or with more than are kept, the number may stand where the visit did not read.
const READ: std::ops::RangeInclusive<u32> = 100..=150_000;

/// Bytes of a body for each character of text, above which a page is mostly script: a Chinese character takes three.
const SCRIPTED: u64 = 100;

pub struct SiteFooter;

impl Check for SiteFooter {
    fn id(&self) -> &'static str {
        "site_footer"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["FOOT-MISSING", "FOOT-WRONG", "FOOT-LINK"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Website]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if !must_be_open(case.filing.order_type) {
            return;
        }
        let about = Statement::about(self, Section::Site, Place::SiteFooter);
        let Some(visited) = visited(&about, case, out) else { return };
        let filed = Filed::of(case);
        // A page without any text is told as empty elsewhere.
        for shown in visited.pages.iter().filter(|shown| shown.page.text_characters > 0) {
            out.extend(filed.judge(&about, shown));
            if !shown.page.footer.iter().any(|number| number.police) {
                out.push(about.pass("checks.footer_police_absent"));
            }
        }
    }
}

/// A number on the page, and how it reads.
type Read<'a> = (&'a FooterNumber, Result<FilingNumber, NumberFault>);

/// What the page should show.
struct Filed<'a> {
    entity: Option<FilingNumber>,
    site: Option<FilingNumber>,
    form: Option<(&'a Rule, FooterRule)>,
}

impl<'a> Filed<'a> {
    fn of(case: &Case<'a>) -> Self {
        let read = |number: Option<&String>| number.and_then(|number| filing_number::parse(number).ok());
        let mut rules = case.provinces.in_force(&case.filing.province, case.day);
        Filed {
            entity: read(case.filing.entity.filing_number.as_ref()),
            site: read(case.filing.site.as_ref().and_then(|site| site.filing_number.as_ref())),
            form: rules.find_map(|rule| match rule.asks {
                Asks::Footer(form) => Some((rule, form)),
                _ => None,
            }),
        }
    }

    fn judge(&self, about: &Statement<'_>, shown: &Shown<'_>) -> Vec<Finding> {
        let numbers: Vec<Read<'_>> = shown
            .numbers()
            .map(|number| (number, filing_number::parse(&number.number)))
            // Such a licence stands beside the filing number and never for it.
            .filter(|(_, read)| *read != Err(NumberFault::NationalLicence))
            .collect();
        let Some(first) = numbers.first() else { return vec![missing(about, shown)] };
        if self.entity.is_none() && self.site.is_none() {
            let finding = about.not_run("checks.footer_uncompared").resting_on(mark(shown, first.0));
            let mut findings = vec![observed(finding, first.0)];
            findings.extend(link(about, shown, first.0));
            return findings;
        }
        let own = || numbers.iter().filter(|(_, read)| read.as_ref().is_ok_and(|number| self.is_own(number)));
        let Some((number, _)) = own().max_by_key(|(_, read)| read.as_ref().is_ok_and(|it| self.in_form(it)))
        else {
            return vec![self.wrong(about, shown, &numbers, first)];
        };
        let mut findings: Vec<Finding> = link(about, shown, number).into_iter().collect();
        if let Some((rule, form)) = self.form
            && !own().any(|(_, read)| read.as_ref().is_ok_and(|number| self.in_form(number)))
        {
            let message = match form {
                FooterRule::Entity => "checks.footer_form_entity",
                FooterRule::Site => "checks.footer_form_site",
            };
            let finding = about.warn_of("FOOT-WRONG", message).by_rule(rule);
            findings.push(observed(finding, number).resting_on(mark(shown, number)));
        }
        if findings.is_empty() {
            let finding = about.pass("checks.footer_fine").resting_on(mark(shown, number));
            findings.push(observed(finding, number));
        }
        findings
    }

    /// The site's number, or its sponsor's; where the filing has only the sponsor's, that of any of its sites.
    fn is_own(&self, number: &FilingNumber) -> bool {
        let of_entity =
            |entity: &FilingNumber| number.is_of(entity) && (number.site().is_none() || self.site.is_none());
        self.site.as_ref() == Some(number)
            || self.entity.as_ref().is_some_and(of_entity)
            || self.site.as_ref().is_some_and(|site| number.is_of(site) && number.site().is_none())
    }

    fn in_form(&self, number: &FilingNumber) -> bool {
        match self.form {
            Some((_, FooterRule::Entity)) => number.site().is_none(),
            Some((_, FooterRule::Site)) => number.site().is_some(),
            None => true,
        }
    }

    /// None of the numbers is the site's.
    fn wrong(
        &self,
        about: &Statement<'_>,
        shown: &Shown<'_>,
        numbers: &[Read<'_>],
        first: &Read<'_>,
    ) -> Finding {
        const CODE: &str = "FOOT-WRONG";
        let expected = match (self.form, &self.entity, &self.site) {
            (Some((_, FooterRule::Entity)), Some(entity), _) => Some(entity),
            (_, entity, site) => site.as_ref().or(entity.as_ref()),
        };
        let sponsor = self.entity.as_ref().or(self.site.as_ref());
        let read = |is: &dyn Fn(&FilingNumber) -> bool| {
            numbers.iter().find(|(_, read)| read.as_ref().is_ok_and(is)).map(|(number, _)| *number)
        };
        let (number, finding) = if let Some(number) = read(&|it| sponsor.is_some_and(|own| it.is_of(own))) {
            (number, about.fail(CODE, "checks.footer_other_site"))
        } else if let Some(number) = read(&|it| sponsor.is_some_and(|own| it.kind() == own.kind())) {
            (number, about.fail(CODE, "checks.footer_other_number"))
        } else if let Some(number) = read(&|_| true) {
            (number, about.warn_of(CODE, "checks.footer_other_kind"))
        } else {
            (
                first.0,
                match &first.1 {
                    Err(NumberFault::Province { expected: Some(letter), .. }) => {
                        about.fail(CODE, Message::new("checks.footer_province").with("letter", letter))
                    }
                    Err(NumberFault::Province { .. }) => about.fail(CODE, "checks.footer_not_official"),
                    _ => about.warn_of(CODE, "checks.footer_unread"),
                },
            )
        };
        let finding = observed(finding, number).resting_on(mark(shown, number));
        match expected {
            Some(expected) => finding.expecting(expected),
            None => finding,
        }
    }
}

/// Few characters in a large body: the page writes itself where the visit does not look.
fn is_built_by_script(page: &Page) -> bool {
    u64::from(page.text_characters).saturating_mul(SCRIPTED) < page.body_bytes
}

fn missing(about: &Statement<'_>, shown: &Shown<'_>) -> Finding {
    const CODE: &str = "FOOT-MISSING";
    let whole = READ.contains(&shown.page.text_characters) && !is_built_by_script(shown.page);
    let finding = if whole && !shown.by_a_person() {
        about.fail(CODE, "checks.footer_missing")
    } else {
        about.warn_of(CODE, "checks.footer_perhaps_missing")
    };
    finding.resting_on(EvidenceRef::kept(shown.kept))
}

/// What is wrong with the address that a number links to.
fn link(about: &Statement<'_>, shown: &Shown<'_>, number: &FooterNumber) -> Option<Finding> {
    const CODE: &str = "FOOT-LINK";
    let Some(link) = &number.link else {
        // What a person typed has no address.
        if shown.by_a_person() {
            return None;
        }
        let finding = about.fail(CODE, "checks.footer_no_link").expecting(SYSTEM);
        return Some(finding.resting_on(mark(shown, number)));
    };
    let host = home_url::host_of(link).trim_end_matches('.').to_ascii_lowercase();
    let dead =
        ["miitbeian.gov.cn", "miibeian.gov.cn"].iter().any(|old| host.trim_start_matches("www.") == *old);
    let finding = match host.as_str() {
        SYSTEM => return None,
        OLD_SYSTEM => about.warn_of(CODE, "checks.footer_old_link"),
        _ if dead => about.fail(CODE, "checks.footer_dead_link"),
        _ => about.fail(CODE, "checks.footer_other_link"),
    };
    Some(finding.seen(link, SYSTEM).resting_on(mark(shown, number)))
}

fn observed(mut finding: Finding, number: &FooterNumber) -> Finding {
    finding.observed = Some(number.number.clone());
    finding
}

fn mark(shown: &Shown<'_>, number: &FooterNumber) -> EvidenceRef {
    shown.marked(number.line, &number.number)
}

#[cfg(test)]
mod tests;
