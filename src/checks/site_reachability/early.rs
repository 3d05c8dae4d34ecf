//! A first filing's or a new site's: nobody may open it yet.

use super::outcome::{Kind, Way};
use super::{OPEN_EARLY, Reached, stand_in};
use crate::checks::filed_names::borne_out;
use crate::domain::evidence::{Mark, Observation, Page};
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;

impl Reached<'_> {
    pub(super) fn before_filing(&self) -> Finding {
        let about = self.about(&self.best);
        match (self.best.kind, self.best.page) {
            (Kind::Open, Some(page)) => self.open_early(page),
            (Kind::Untrusted, _) => {
                about.warn_of(OPEN_EARLY, self.message("checks.reach_early_untrusted", &self.best))
            }
            (Kind::Blank, _) => {
                about.warn_of(OPEN_EARLY, self.message("checks.reach_early_blank", &self.best))
            }
            // Who is refused does not see whether others are let in.
            (Kind::Refused, _) => about.warn(self.message("checks.reach_early_refused", &self.best)),
            (Kind::Unknown, _) => self.not_learnt(),
            _ => about.pass(self.message("checks.reach_closed", &self.best)),
        }
    }

    fn open_early(&self, page: &Page) -> Finding {
        // Of several open ways one that shows the site itself tells most.
        let own = |way: &Way<'_>| {
            let shows = |page: &Page| self.elsewhere(page).is_none() && stand_in(self.case, page).is_none();
            way.kind == Kind::Open && way.page.is_some_and(shows)
        };
        let Some(way) = Way::all(self.visits).find(own) else {
            return self.stands_in_early(page);
        };
        let about = self.about(&way);
        let earlier = borne_out(self.case.known, self.kept, |observation| match observation {
            Observation::Website(visits) => match Way::best(visits)?.kind {
                Kind::Unknown => None,
                _ => Some(Way::all(visits).any(|way| own(&way))),
            },
            _ => None,
        });
        match earlier {
            Some(earlier) => about
                .fail(OPEN_EARLY, self.message("checks.reach_early", &way))
                .resting_on(EvidenceRef::kept(earlier)),
            None => about.warn_of(OPEN_EARLY, self.message("checks.reach_early_once", &way)),
        }
    }

    /// A parked or blocked page, or somebody else's site.
    fn stands_in_early(&self, page: &Page) -> Finding {
        let about = self.about(&self.best);
        if let Some((reading, hit)) = stand_in(self.case, page) {
            let (text_sha256, line, word) = (reading.text_sha256.clone(), hit.line, hit.word.clone());
            let mark = EvidenceRef::marked(self.kept, Mark::Word { text_sha256, line, word });
            let message = self.message("checks.reach_early_stand_in", &self.best).with("word", &hit.word);
            return about.resting_on(mark).warn_of(OPEN_EARLY, message);
        }
        let host = self.elsewhere(page).unwrap_or_default();
        let message = Message::new("checks.reach_early_elsewhere");
        about.warn_of(OPEN_EARLY, message.with("way", &self.best.visit.url).with("host", host))
    }
}
