//! Whether the site can be opened (网站能否访问), which is a fault before the filing is done and a must afterwards
//! (domain reference 4.2).
//!
//! A site that does not open because its name has no address is told by `domain_resolution`; what an open page shows is
//! judged by others.

mod early;
mod filed;
mod outcome;

use super::filed_names::{FiledName, newest_answer, not_yet_served};
use super::website::website;
use super::{Check, domain_resolution, page};
use crate::domain::case::Case;
use crate::domain::evidence::{
    Gatherer, KeptEvidence, Mark, Observation, Page, PageReading, WebsiteVisits, WordHit,
};
use crate::domain::filing::Site;
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;
use crate::domain::object::Place;

use super::statement::Statement;
use outcome::{Kind, Way};

const OPEN_EARLY: &str = "CNT-OPEN-BEFORE-FILING";
const UNREACHABLE: &str = "CNT-UNREACHABLE";
const HIJACKED: &str = "CNT-HIJACKED";
const EMPTY: &str = "CNT-EMPTY";

/// The word list of what pages say that stand in for a site: parked, blocked, under construction.
const STATES: &str = "page-states";

/// A longer page may mention such words; characters without white space.
const SHORT_PAGE: u32 = 400;

pub struct SiteReachability;

impl Check for SiteReachability {
    fn id(&self) -> &'static str {
        "site_reachability"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[UNREACHABLE, OPEN_EARLY, HIJACKED, EMPTY]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Website, Gatherer::Dns]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let required = case.known.requires(Gatherer::Website);
        let names = FiledName::all(case);
        let visited: Vec<_> = names.iter().map(|domain| (domain, newest(case, domain))).collect();
        if !required && visited.iter().all(|(_, visits)| visits.is_none()) {
            return;
        }
        let Some(site) = website(self, Place::SiteContent, case, out) else { return };
        for (domain, visits) in visited {
            match visits {
                Some((kept, visits)) => {
                    let Some(best) = Way::best(visits) else { continue };
                    let reached = Reached { check: self, case, site, domain, kept, visits, best };
                    if not_yet_served(case.filing.order_type) {
                        out.push(reached.before_filing());
                    } else {
                        reached.as_filed(out);
                    }
                }
                None if required => out.push(domain.about(self).not_run("checks.reach_missing")),
                None => {}
            }
        }
    }
}

fn best_kind(observation: &Observation) -> Option<Kind> {
    match observation {
        Observation::Website(visits) => Way::best(visits).map(|way| way.kind),
        _ => None,
    }
}

fn newest<'a>(case: &Case<'a>, domain: &FiledName) -> Option<(&'a KeptEvidence, &'a WebsiteVisits)> {
    let tells = |observation: &Observation| best_kind(observation).is_some_and(|kind| kind != Kind::Unknown);
    let kept = newest_answer(case.known, Gatherer::Website, &domain.subject(), tells)?;
    match &kept.evidence.observation {
        Observation::Website(visits) => Some((kept, visits)),
        _ => None,
    }
}

/// What visits to one domain of a case came to.
struct Reached<'a> {
    check: &'a SiteReachability,
    case: &'a Case<'a>,
    site: &'a Site,
    domain: &'a FiledName,
    kept: &'a KeptEvidence,
    visits: &'a WebsiteVisits,
    best: Way<'a>,
}

impl<'a> Reached<'a> {
    fn about(&self, way: &Way<'_>) -> Statement<'a> {
        let evidence = EvidenceRef::marked(self.kept, Mark::Visit(way.at));
        self.domain.about(self.check).resting_on(evidence)
    }

    /// A sentence with the placeholders `way`, `why`, `detail` and `hours`.
    fn message(&self, id: &str, way: &Way<'_>) -> Message {
        let (why, detail) = way.why();
        Message::new(id)
            .with("way", &way.visit.url)
            .with("why", why)
            .with("detail", detail)
            .with("hours", self.case.known.rules.apart_hours)
    }

    /// What stood between us and the site is no verdict on it.
    fn not_learnt(&self) -> Finding {
        let message = self.message("checks.reach_not_learnt", &self.best);
        let about = self.about(&self.best);
        if self.case.known.requires(Gatherer::Website) { about.not_run(message) } else { about.warn(message) }
    }

    /// Where a page's way ends when that is outside of everything filed.
    fn elsewhere(&self, page: &Page) -> Option<String> {
        page::elsewhere(self.site, page)
    }
}

/// What says that a page only stands in for a site, by the word lists.
fn stand_in<'a>(case: &Case<'a>, page: &Page) -> Option<(&'a PageReading, &'a WordHit)> {
    if page.text_characters > SHORT_PAGE {
        return None;
    }
    let reading = case.known.reading(page.text_sha256.as_deref()?)?;
    reading.hits.iter().find(|hit| hit.list == STATES).map(|hit| (reading, hit))
}

#[cfg(test)]
mod tests;
