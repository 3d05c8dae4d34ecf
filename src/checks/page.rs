//! What a site shows: the page of each filed domain as its newest visit read it, for the checks on content.
//!
//! A page that is not the site's own (parked, blocked, an error) is nobody's content: `site_title` says so once, and so
//! it does where nothing opened; whether a site must be open is `site_reachability`'s. Services that are no websites
//! have no pages.

mod signs;

pub(super) use signs::Signs;

use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::domain_name;
use crate::domain::evidence::{
    FooterNumber, Form, FormKind, Gatherer, KeptEvidence, Mark, Means, Observation, Page, PageReading,
    Subject, WebsiteVisits, WordHit, folded,
};
use crate::domain::filing::{OrderType, ServiceType, Site};
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::lexicon::{Lexicon, List};

/// A page with more characters is content, whatever words it has.
const LONGEST_STATE: u32 = 500;

/// What was found at the site's domains.
pub(super) struct Visited<'a> {
    pub site: &'a Site,
    /// The site's own pages, each once.
    pub pages: Vec<Shown<'a>>,
    /// Pages that are not the site's own, and the kind: a group of [`List::PageStates`].
    pub others: Vec<(Shown<'a>, &'static str)>,
    /// Visits that came to no page.
    pub closed: Vec<&'a KeptEvidence>,
}

/// A page and what is known of its text.
pub(super) struct Shown<'a> {
    pub kept: &'a KeptEvidence,
    pub page: &'a Page,
    /// None for a page without text.
    reading: Option<&'a PageReading>,
}

/// The site's pages. Says "not run" where a domain was not visited although the policy asks for it, and where a text
/// cannot be read. Nothing for other services, and for an order that only cancels.
pub(super) fn visited<'a>(
    about: &Statement<'_>,
    case: &Case<'a>,
    out: &mut Vec<Finding>,
) -> Option<Visited<'a>> {
    let site = case.filing.site.as_ref()?;
    if !case.filing.order_type.needs_materials() || site.service_type != ServiceType::Website {
        return None;
    }
    let mut visited = Visited { site, pages: Vec::new(), others: Vec::new(), closed: Vec::new() };
    let (mut unvisited, mut unread) = (false, false);
    for subject in site.domains.iter().filter_map(|domain| Subject::domain(domain)) {
        let Some(kept) = judged(case, site, &subject) else {
            unvisited = true;
            continue;
        };
        let Observation::Website(visits) = &kept.evidence.observation else { continue };
        let Some(page) = own_page(site, visits) else {
            visited.closed.push(kept);
            continue;
        };
        let reading = page.text_sha256.as_ref().map(|text| case.known.reading(text));
        match reading {
            Some(None) => unread = true,
            _ => visited.add(Shown { kept, page, reading: reading.flatten() }),
        }
    }
    if unvisited && case.known.requires(Gatherer::Website) {
        out.push(about.not_run("checks.page_not_visited"));
    }
    if unread {
        out.push(about.not_run("checks.page_unread"));
    }
    Some(visited)
}

/// The newest visit; a person's note, which is never all of a page, does not replace the page that a machine read.
fn judged<'a>(case: &Case<'a>, site: &Site, subject: &Subject) -> Option<&'a KeptEvidence> {
    let has_page = |kept: &&KeptEvidence| match &kept.evidence.observation {
        Observation::Website(visits) => own_page(site, visits).is_some(),
        _ => false,
    };
    let by_machine = |kept: &&KeptEvidence| kept.evidence.means != Means::Person;
    let whole = case.known.observed(Gatherer::Website, subject).find(by_machine).filter(has_page);
    whole.or_else(|| case.known.latest(Gatherer::Website, subject))
}

/// Whether the site must be open: it was filed before, and is not being closed.
pub(super) const fn must_be_open(order: OrderType) -> bool {
    matches!(order, OrderType::Access | OrderType::Change | OrderType::SpecialVerification)
}

/// Of the pages that answered with success the one that shows a filing number, or else the most text: the others are
/// what a server shows on ways that nobody set up. A page on a domain that is not filed is somebody else's.
fn own_page<'a>(site: &Site, visits: &'a WebsiteVisits) -> Option<&'a Page> {
    let own = |page: &&Page| (200..300).contains(&page.status) && elsewhere(site, page).is_none();
    let open = visits.pages.iter().filter(own);
    open.max_by_key(|page| (page.footer.iter().any(|number| !number.police), page.text_characters))
}

/// The host at which a page's way ends, when that is outside of everything filed.
pub(super) fn elsewhere(site: &Site, page: &Page) -> Option<String> {
    let host = url::Url::parse(&page.url).ok()?.host_str()?.trim_end_matches('.').to_owned();
    let own = |filed: &String| {
        let filed = domain_name::ascii(filed)?;
        Some(domain_name::registrable(&filed) == domain_name::registrable(&host))
    };
    let ours = site.domains.iter().filter_map(own).any(|same| same);
    (!ours).then_some(host)
}

impl<'a> Visited<'a> {
    fn add(&mut self, shown: Shown<'a>) {
        let same = |known: &Shown<'_>| known.page.body_sha256 == shown.page.body_sha256;
        if self.pages.iter().any(same) || self.others.iter().any(|(known, _)| same(known)) {
            return;
        }
        match shown.state() {
            Some(state) => self.others.push((shown, state)),
            None => self.pages.push(shown),
        }
    }
}

impl<'a> Shown<'a> {
    fn state(&self) -> Option<&'static str> {
        let list = Lexicon::shipped(List::PageStates);
        if self.page.text_characters > LONGEST_STATE {
            return None;
        }
        let title = folded(&self.page.title);
        let by_title = list.hits(&title).next().and_then(|hit| list.group(&hit.group.name));
        let by_text = || self.hits(list.id()).next().and_then(|hit| list.group(&hit.group));
        by_title.or_else(by_text).map(|group| group.name.as_str())
    }

    /// The words of a list in the text.
    pub fn hits(&self, list: &str) -> impl Iterator<Item = &'a WordHit> {
        let hits = self.reading.map_or(&[][..], |reading| &reading.hits);
        hits.iter().filter(move |hit| hit.list == list)
    }

    pub const fn reading(&self) -> Option<&'a PageReading> {
        self.reading
    }

    /// The forms of some kinds.
    pub fn forms(&self, kinds: &[FormKind]) -> impl Iterator<Item = &'a Form> {
        self.page.forms.iter().filter(|form| kinds.contains(&form.kind))
    }

    /// Filing numbers, not those of the police.
    pub fn numbers(&self) -> impl Iterator<Item = &'a FooterNumber> {
        self.page.footer.iter().filter(|number| !number.police)
    }

    /// Whether it is what a person wrote down of the page, which is never all of it.
    pub fn by_a_person(&self) -> bool {
        self.kept.evidence.means == Means::Person
    }

    /// A text that stands in a line of the page.
    pub fn marked(&self, line: u32, text: &str) -> EvidenceRef {
        match &self.page.text_sha256 {
            Some(sha256) => EvidenceRef::marked(
                self.kept,
                Mark::Word { text_sha256: sha256.clone(), line, word: text.to_owned() },
            ),
            None => EvidenceRef::kept(self.kept),
        }
    }
}

#[cfg(test)]
pub(super) mod fixture;
#[cfg(test)]
mod tests;
