//! A filed site: everybody must be able to open it.

use jiff::SignedDuration;

use super::outcome::{Kind, Way};
use super::{EMPTY, HIJACKED, Reached, UNREACHABLE, best_kind, domain_resolution, stand_in};
use crate::checks::filed_names::borne_out;
use crate::domain::domain_name;
use crate::domain::evidence::{Mark, Page};
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;

impl Reached<'_> {
    pub(super) fn as_filed(&self, out: &mut Vec<Finding>) {
        let before = out.len();
        match self.best.kind {
            Kind::Open => {}
            Kind::Blank => out.push(self.blank()),
            Kind::Untrusted => {}
            Kind::Refused => {
                let message = self.message("checks.reach_refused", &self.best);
                out.push(self.about(&self.best).warn_of(UNREACHABLE, message));
            }
            Kind::Doubtful => {
                let message = self.message("checks.reach_doubtful", &self.best);
                out.push(self.about(&self.best).warn_of(UNREACHABLE, message));
            }
            Kind::Unknown => out.push(self.not_learnt()),
            Kind::NoPage | Kind::Down | Kind::Unresolved => out.extend(self.closed()),
        }
        if matches!(self.best.kind, Kind::Open | Kind::Blank | Kind::Untrusted) {
            out.extend(self.led_elsewhere());
            out.extend(self.stands_in());
            out.extend(self.certificate());
        }
        if self.best.kind == Kind::Open && out.len() == before {
            let message = Message::new("checks.reach_open").with("way", &self.best.visit.url);
            out.push(self.about(&self.best).pass(message));
        }
    }

    fn blank(&self) -> Finding {
        self.about(&self.best).warn_of(EMPTY, self.message("checks.reach_blank", &self.best))
    }

    /// Nothing where the name has no address by the resolvers: that is the reason, and it is told there.
    fn closed(&self) -> Option<Finding> {
        if self.had_no_address() {
            return None;
        }
        let about = self.about(&self.best);
        if self.best.kind == Kind::Unresolved {
            return Some(about.warn_of(UNREACHABLE, self.message("checks.reach_unresolved", &self.best)));
        }
        if let Some(home) = self.other_home() {
            let message = self.message("checks.reach_other_home", &self.best).with("home", home);
            return Some(about.warn_of(UNREACHABLE, message));
        }
        let earlier =
            borne_out(self.case.known, self.kept, |observation| best_kind(observation)?.is_closed());
        Some(match earlier {
            Some(earlier) => about
                .fail(UNREACHABLE, self.message("checks.reach_down", &self.best))
                .resting_on(EvidenceRef::kept(earlier)),
            None => about.warn_of(UNREACHABLE, self.message("checks.reach_down_once", &self.best)),
        })
    }

    /// Whether the resolvers' answer holds for this visit: it was given at about the same time, or the visit says the
    /// same, and no server was met.
    fn had_no_address(&self) -> bool {
        let Some(asked) = domain_resolution::leads_nowhere(self.case, self.domain) else { return false };
        let since = self.kept.evidence.observed_at.duration_since(asked);
        let holds = since < SignedDuration::from_hours(self.case.known.rules.apart_hours.into());
        !self.visits.met_a_server() && (holds || self.best.kind == Kind::Unresolved)
    }

    /// A filed home page of this domain to which none of the ways leads: what was visited is not what people open.
    fn other_home(&self) -> Option<&str> {
        let parsed = |url: &str| {
            let whole = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
            url::Url::parse(&whole).ok()
        };
        let of_domain = |url: &url::Url| {
            let host = url.host_str().and_then(domain_name::ascii);
            let end =
                |host: String| host == self.domain.name || host.ends_with(&format!(".{}", self.domain.name));
            host.is_some_and(end)
        };
        // Where a domain was visited, its `www` was.
        let host = |url: &url::Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
        let visits = || self.visits.visits.iter().filter_map(|visit| parsed(&visit.url));
        let visited = |url: &url::Url| visits().any(|visit| host(&visit) == host(url));
        let below_start = |url: &url::Url| url.path() != "/";
        let homes = self.site.home_urls.iter().filter_map(|home| Some((home.as_str(), parsed(home.trim())?)));
        homes
            .filter(|(_, url)| of_domain(url))
            .find(|(_, url)| !visited(url) || (below_start(url) && self.best.is_missing_page()))
            .map(|(home, _)| home)
    }

    /// A redirect to a domain that is not the site's: moved, sold or hijacked.
    fn led_elsewhere(&self) -> Option<Finding> {
        let mut open = Way::all(self.visits).filter(|way| way.kind == Kind::Open);
        let (way, host) = open.find_map(|way| Some((way, self.elsewhere(way.page?)?)))?;
        let message = Message::new("checks.reach_elsewhere").with("way", &way.visit.url).with("host", &host);
        Some(self.about(&way).warn_of(HIJACKED, message).seen(host, &self.domain.name))
    }

    /// Told only where no way shows the site itself.
    fn stands_in(&self) -> Option<Finding> {
        let mut pages: Vec<&Page> =
            Way::all(self.visits).filter(|way| way.kind == Kind::Open).filter_map(|way| way.page).collect();
        pages.dedup();
        let mut hits = pages.into_iter().map(|page| stand_in(self.case, page));
        let (reading, hit) = hits.next()??;
        if hits.any(|hit| hit.is_none()) {
            return None;
        }
        let (text_sha256, line, word) = (reading.text_sha256.clone(), hit.line, hit.word.clone());
        let mark = EvidenceRef::marked(self.kept, Mark::Word { text_sha256, line, word });
        let code = if matches!(hit.group.as_str(), "blocked" | "error") { UNREACHABLE } else { EMPTY };
        let message = self.message("checks.reach_stand_in", &self.best).with("word", &hit.word);
        Some(self.domain.about(self.check).resting_on(mark).warn_of(code, message))
    }

    fn certificate(&self) -> Option<Finding> {
        let (way, fault) = Way::all(self.visits).find_map(|way| Some((way, way.certificate_fault()?)))?;
        let message =
            Message::new("checks.reach_certificate").with("way", &way.visit.url).with("fault", fault);
        Some(self.about(&way).warn(message))
    }
}
