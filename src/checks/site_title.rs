//! The page's title against the filed name of the site (CNT-NAME-MISMATCH), after what titles add to a name; and, for
//! all checks on content, once what was shown instead of a page of the site's own.
//!
//! A doubt at most: a title may use a brand that nobody filed.

mod names;

use super::Check;
use super::page::{Shown, must_be_open, visited};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, Mark};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::object::Place;

pub struct SiteTitle;

impl Check for SiteTitle {
    fn id(&self) -> &'static str {
        "site_title"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["CNT-NAME-MISMATCH", "CNT-EMPTY"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Website]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let about = Statement::about(self, Section::Site, Place::SiteName);
        let Some(visited) = visited(&about, case, out) else { return };
        if must_be_open(case.filing.order_type) {
            let content = || Statement::about(self, Section::Site, Place::SiteContent);
            out.extend(visited.others.iter().map(|(shown, state)| not_content(&content(), shown, state)));
            let closed =
                visited.closed.iter().filter(|_| visited.pages.is_empty() && visited.others.is_empty());
            out.extend(
                closed
                    .take(1)
                    .map(|kept| content().not_run("checks.page_closed").resting_on(EvidenceRef::kept(kept))),
            );
        }
        let names = names::of(case.filing, visited.site);
        for shown in &visited.pages {
            let title = EvidenceRef::marked(shown.kept, Mark::Field("title".into()));
            let about = Statement::about(self, Section::Site, Place::SiteName).resting_on(title);
            let finding = if super::text::blank(&shown.page.title) {
                about.warn_of("CNT-NAME-MISMATCH", "checks.site_title_none").expecting(&visited.site.name)
            } else if names::agree(&shown.page.title, &names) {
                about.pass("checks.site_title_same").seen(&shown.page.title, &visited.site.name)
            } else {
                about
                    .warn_of("CNT-NAME-MISMATCH", "checks.site_title_differs")
                    .seen(&shown.page.title, &visited.site.name)
            };
            out.push(finding);
        }
    }
}

/// A page that is not the site's own.
fn not_content(about: &Statement<'_>, shown: &Shown<'_>, state: &str) -> Finding {
    let finding = match state {
        "parked" => about.warn_of("CNT-EMPTY", "checks.page_parked"),
        "placeholder" => about.warn_of("CNT-EMPTY", "checks.page_placeholder"),
        "blocked" => about.not_run("checks.page_blocked"),
        _ => about.not_run("checks.page_error"),
    };
    finding.resting_on(EvidenceRef::kept(shown.kept))
}

#[cfg(test)]
mod tests;
