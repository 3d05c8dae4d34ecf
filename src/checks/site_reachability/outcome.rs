//! What visits to a site came to, whatever the order wants of it.

use crate::checks::no_answer;
use crate::domain::evidence::{Fault, FaultKind, Page, Visit, VisitEnd, WebsiteVisits};

/// How one way ended; the nearest to an open site first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A page with text, with success.
    Open,
    /// Success without any text.
    Blank,
    /// The certificate is not to be trusted, and nothing was read behind it.
    Untrusted,
    /// The server answers and lets nobody in, or not us: 401, 403, 429 and the like say nothing of what others see.
    Refused,
    /// It was not learnt: the guard, a limit or a tool of ours stood before it.
    Unknown,
    /// Something answers and does not let a program through: a broken or guarded server (5xx), redirects that want a
    /// cookie, a TLS that we do not speak. People may see the site all the same.
    Doubtful,
    /// The server answers that there is no page.
    NoPage,
    /// Nothing answers.
    Down,
    /// The name has no address.
    Unresolved,
}

impl Kind {
    /// Whether surely nobody finds a site there. Not known for what was not learnt.
    pub const fn is_closed(self) -> Option<bool> {
        match self {
            Kind::Unknown => None,
            Kind::NoPage | Kind::Down | Kind::Unresolved => Some(true),
            Kind::Open | Kind::Blank | Kind::Untrusted | Kind::Refused | Kind::Doubtful => Some(false),
        }
    }
}

/// One way to a site with its end.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    pub kind: Kind,
    /// Place among the visits.
    pub at: u16,
    pub visit: &'a Visit,
    pub page: Option<&'a Page>,
}

impl<'a> Way<'a> {
    /// All ways, in the order of the visits.
    pub fn all(visits: &'a WebsiteVisits) -> impl Iterator<Item = Way<'a>> {
        (0..).zip(&visits.visits).map(|(at, visit)| {
            let page = match visit.end {
                VisitEnd::Page(page) => visits.pages.get(usize::from(page)),
                _ => None,
            };
            Way { kind: kind(visit, page), at, visit, page }
        })
    }

    /// The way that comes nearest to an open site.
    pub fn best(visits: &'a WebsiteVisits) -> Option<Way<'a>> {
        Self::all(visits).min_by_key(|way| way.kind)
    }

    /// Whether the server answers that this page is not there; others may be.
    pub fn is_missing_page(&self) -> bool {
        self.page.is_some_and(|page| matches!(page.status, 404 | 410))
    }

    /// Why it is no open page: an argument, and the words of whoever said it.
    pub fn why(&self) -> (String, &'a str) {
        match &self.visit.end {
            VisitEnd::Page(_) => match self.page {
                Some(page) => (format!("HTTP {}", page.status), ""),
                None => (no_answer::words(FaultKind::Protocol).to_owned(), ""),
            },
            VisitEnd::NotResolved => ("@checks.reach_not_resolved".to_owned(), ""),
            VisitEnd::Untrusted(fault) => ("@checks.reach_not_trusted".to_owned(), fault),
            VisitEnd::RedirectLoop | VisitEnd::TooManyRedirects => ("@checks.reach_loop".to_owned(), ""),
            VisitEnd::NoAnswer(Fault { kind, detail }) => (no_answer::words(*kind).to_owned(), detail),
        }
    }

    /// Why its certificate is not to be trusted.
    pub fn certificate_fault(&self) -> Option<&'a str> {
        match (&self.visit.end, &self.visit.certificate) {
            (VisitEnd::Untrusted(fault), _) => Some(fault),
            (_, Some(certificate)) => certificate.fault.as_deref(),
            _ => None,
        }
    }
}

fn kind(visit: &Visit, page: Option<&Page>) -> Kind {
    match &visit.end {
        VisitEnd::Page(_) => match page.map(|page| (page.status, page.text_characters)) {
            Some((200..300, 0)) => Kind::Blank,
            Some((200..300, _)) => Kind::Open,
            Some((404 | 410, _)) => Kind::NoPage,
            Some((500.., _)) => Kind::Doubtful,
            Some(_) => Kind::Refused,
            None => Kind::Unknown,
        },
        VisitEnd::NotResolved => Kind::Unresolved,
        VisitEnd::Untrusted(_) => Kind::Untrusted,
        VisitEnd::RedirectLoop | VisitEnd::TooManyRedirects => Kind::Doubtful,
        VisitEnd::NoAnswer(fault) => match fault.kind {
            FaultKind::Timeout | FaultKind::Refused | FaultKind::Unreachable => Kind::Down,
            FaultKind::Protocol => Kind::Doubtful,
            FaultKind::Limited
            | FaultKind::TooLarge
            | FaultKind::Guarded
            | FaultKind::NotInstalled
            | FaultKind::NoSource
            | FaultKind::Failed => Kind::Unknown,
        },
    }
}
