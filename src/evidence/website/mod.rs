//! Websites (网站): visits by every way that people take, and what of the pages can be judged.
//!
//! One `Website` visits `http` and `https`, with and without `www`, through the guard. It says what it saw; whether a
//! site should be open, or whose it is, is for the checks.

mod charset;
mod controls;
mod elements;
mod page;
mod reading;

use jiff::Timestamp;
use tokio::task::{JoinSet, spawn_blocking};
use url::Url;

use super::guard::{Fetched, Guard, Miss, Request, Trail, target};
use super::screenshot::Screenshots;
use super::{Answering, Source};
use crate::domain::domain_name::registrable;
use crate::domain::evidence::{
    Evidence, Fault, FaultKind, Gathered, Gatherer, Means, Observation, Page, Subject, Visit, VisitEnd,
    WebsiteVisits,
};
use page::{Answer, PageRead};
use reading::TextLimits;

/// How sites are visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebsiteOptions {
    pub http_port: u16,
    pub https_port: u16,
    /// Bounds of one page's visible text.
    pub text_bytes: usize,
    pub text_lines: usize,
}

impl Default for WebsiteOptions {
    fn default() -> Self {
        WebsiteOptions { http_port: 80, https_port: 443, text_bytes: 512 * 1024, text_lines: 10_000 }
    }
}

/// Visits sites.
#[derive(Clone)]
pub struct Website {
    guard: Guard,
    options: WebsiteOptions,
    screenshots: Option<Screenshots>,
}

/// One way, gone to its end.
struct Visited {
    visit: Visit,
    page: Option<PageRead>,
}

impl Website {
    /// With `screenshots`, the first page that opens is drawn, too.
    pub const fn new(guard: Guard, options: WebsiteOptions, screenshots: Option<Screenshots>) -> Self {
        Website { guard, options, screenshots }
    }

    /// The addresses that people try.
    fn ways(&self, domain: &str) -> Vec<String> {
        let mut hosts = vec![domain.to_owned()];
        if registrable(domain) == Some(domain) {
            hosts.push(format!("www.{domain}"));
        }
        let address = |scheme: &str, host: &str, port: u16, usual: u16| {
            if port == usual { format!("{scheme}://{host}/") } else { format!("{scheme}://{host}:{port}/") }
        };
        let both = |host: &String| {
            let WebsiteOptions { http_port, https_port, .. } = self.options;
            [address("http", host, http_port, 80), address("https", host, https_port, 443)]
        };
        hosts.iter().flat_map(both).collect()
    }

    async fn visits(&self, domain: &str) -> (WebsiteVisits, Vec<Vec<u8>>) {
        let ways = self.ways(domain);
        let mut running = JoinSet::new();
        for (number, way) in ways.iter().cloned().enumerate() {
            let own = self.clone();
            running.spawn(async move { (number, own.visit(way).await) });
        }
        let mut ends: Vec<Option<Visited>> = ways.iter().map(|_| None).collect();
        while let Some(ended) = running.join_next().await {
            if let Ok((number, visited)) = ended
                && let Some(place) = ends.get_mut(number)
            {
                *place = Some(visited);
            }
        }
        let mut visits = WebsiteVisits { visits: Vec::new(), pages: Vec::new() };
        let mut files = Vec::new();
        for (way, end) in ways.into_iter().zip(ends) {
            let Some(Visited { mut visit, page }) = end else {
                let fault = Fault::new(FaultKind::Failed, "the visit was broken off");
                visits.visits.push(no_visit(way, VisitEnd::NoAnswer(fault)));
                continue;
            };
            if let Some(PageRead { page, text, .. }) = page {
                let number = place(&mut visits.pages, page);
                files.extend(text.filter(|text| !files.contains(text)));
                if let VisitEnd::Page(end) = &mut visit.end {
                    *end = number;
                }
            }
            visits.visits.push(visit);
        }
        files.extend(self.draw(&mut visits).await);
        (visits, files)
    }

    /// A picture of the first page that opens; without one the page is as good.
    async fn draw(&self, visits: &mut WebsiteVisits) -> Option<Vec<u8>> {
        let screenshots = self.screenshots.as_ref()?;
        let page = visits.pages.iter_mut().find(|page| (200..300).contains(&page.status))?;
        let picture = screenshots.take(&page.url).await.ok()?;
        page.screenshot_sha256 = Some(crate::domain::revision::sha256_hex(&picture));
        Some(picture)
    }

    async fn visit(&self, way: String) -> Visited {
        let mut trail = Trail::new(self.guard.options());
        let mut page = None;
        let came = match Url::parse(&way) {
            Ok(url) => self.walk(url, &mut trail).await,
            Err(error) => Err(Fault::new(FaultKind::Protocol, error).into()),
        };
        let end = match came {
            Ok(read) => {
                page = Some(read);
                VisitEnd::Page(0)
            }
            Err(Miss::NotResolved) => VisitEnd::NotResolved,
            Err(Miss::RedirectLoop) => VisitEnd::RedirectLoop,
            Err(Miss::TooManyRedirects) => VisitEnd::TooManyRedirects,
            Err(Miss::Untrusted(why)) => VisitEnd::Untrusted(why),
            Err(Miss::Fault(fault)) => VisitEnd::NoAnswer(fault),
        };
        let (hops, certificate) = trail.end();
        let distrust = certificate.as_ref().and_then(|certificate| certificate.fault.clone());
        let end = match (end, distrust) {
            (VisitEnd::Page(_), Some(why)) => VisitEnd::Untrusted(why),
            (end, _) => end,
        };
        Visited { visit: Visit { url: way, hops, end, certificate }, page }
    }

    /// Follows redirects, and pages that do nothing but send on, as people would be taken there.
    async fn walk(&self, url: Url, trail: &mut Trail) -> Result<PageRead, Miss> {
        let mut url = url;
        loop {
            let request = Request { untrusted: true, ..Request::new(url) };
            let mut fetched = self.guard.follow(request, trail).await?;
            trail.certificate(fetched.certificate.take());
            let from = fetched.url.clone();
            let read = self.read(fetched).await?;
            let next =
                read.sends_on.as_ref().and_then(|written| Some((written, target(&from, written).ok()?)));
            match next {
                // Other schemes open other programs, and a page that loads itself anew is where one stays.
                Some((written, next)) if matches!(next.scheme(), "http" | "https") && !trail.has(&next) => {
                    trail.sent_on(written);
                    url = next;
                }
                _ => return Ok(read),
            }
        }
    }

    async fn read(&self, fetched: Fetched) -> Result<PageRead, Fault> {
        let limits = TextLimits { bytes: self.options.text_bytes, lines: self.options.text_lines };
        let header = |name| fetched.header(name).map(str::to_owned);
        let (content_type, refresh) = (header("content-type"), header("refresh"));
        let Fetched { url, status, body, .. } = fetched;
        let answer = Answer { url, status, content_type, refresh, body };
        let read = spawn_blocking(move || page::read(&answer, limits)).await;
        read.map_err(|_| Fault::new(FaultKind::Failed, "the page could not be read"))
    }
}

/// A page's number among those that are there; the same body with the same status is the same page.
fn place(pages: &mut Vec<Page>, page: Page) -> u16 {
    let is_same = |known: &Page| known.body_sha256 == page.body_sha256 && known.status == page.status;
    let number = pages.iter().position(is_same).unwrap_or_else(|| {
        pages.push(page);
        pages.len() - 1
    });
    u16::try_from(number).unwrap_or(u16::MAX)
}

const fn no_visit(url: String, end: VisitEnd) -> Visit {
    Visit { url, hops: Vec::new(), end, certificate: None }
}

impl Source for Website {
    fn gatherer(&self) -> Gatherer {
        Gatherer::Website
    }

    /// The site, by what somebody registered: its hosts are often one machine.
    fn host(&self, subject: &Subject) -> String {
        match subject {
            Subject::Domain(domain) => registrable(domain).unwrap_or(domain).to_owned(),
            other => other.to_string(),
        }
    }

    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a> {
        Box::pin(async move {
            let (visits, files) = match subject {
                Subject::Domain(domain) => self.visits(domain).await,
                // Only domains have sites; whoever asks for others learns that there were no visits.
                _ => (WebsiteVisits { visits: Vec::new(), pages: Vec::new() }, Vec::new()),
            };
            let evidence = Evidence {
                version: Gatherer::Website.version(),
                subject: subject.clone(),
                means: Means::Machine,
                source: self.host(subject),
                observed_at: now,
                allowed_networks: self
                    .guard
                    .options()
                    .allow_networks
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                observation: Observation::Website(visits),
            };
            Gathered { files, ..Gathered::from(evidence) }
        })
    }
}
