use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::domain::evidence::{CertificateFacts, Fault, FaultKind, VisitEnd};
use crate::domain::filing::{OrderType, ServiceType};

mod around;
mod visits;

use visits::{down, ends, fails, open, page, reads, resolves_nowhere, shows, status, visit, visited};

/// A filed site that was open thirty hours ago.
fn filed() -> Sample {
    let mut sample = Sample::enterprise();
    open(&mut sample, 30);
    sample
}

/// A first filing's site that was closed thirty hours ago.
fn early() -> Sample {
    let mut sample = Sample::enterprise();
    sample.filing.order_type = OrderType::First;
    down(&mut sample, 30);
    sample
}

const DOWN: &[&str] = &["fail CNT-UNREACHABLE@yangli.example"];
const PERHAPS_DOWN: &[&str] = &["warn CNT-UNREACHABLE@yangli.example"];
const EMPTY_PAGE: &[&str] = &["warn CNT-EMPTY@yangli.example"];
const LED_AWAY: &[&str] = &["warn CNT-HIJACKED@yangli.example"];
const DOUBT: &[&str] = &["warn yangli.example"];

#[test]
fn a_filed_site_must_open() {
    run_table(
        &SiteReachability,
        filed,
        &[
            ("once down", |s| down(s, 1), PERHAPS_DOWN),
            (
                "twice down, four hours apart",
                |s| {
                    down(s, 5);
                    down(s, 1);
                },
                DOWN,
            ),
            (
                "twice within the hour",
                |s| {
                    down(s, 2);
                    down(s, 1);
                },
                PERHAPS_DOWN,
            ),
            (
                "open in between",
                |s| {
                    down(s, 9);
                    open(s, 5);
                    down(s, 1);
                },
                PERHAPS_DOWN,
            ),
            (
                "down and open again",
                |s| {
                    down(s, 9);
                    down(s, 5);
                    open(s, 1);
                },
                &[],
            ),
            (
                "in different ways",
                |s| {
                    status(s, 9, 404);
                    fails(s, 1, FaultKind::Refused);
                },
                DOWN,
            ),
            (
                "an order of another kind",
                |s| {
                    s.filing.order_type = OrderType::Change;
                    status(s, 9, 404);
                    status(s, 1, 404);
                },
                DOWN,
            ),
            (
                "redirects in a loop",
                |s| {
                    ends(s, 9, &VisitEnd::RedirectLoop);
                    ends(s, 1, &VisitEnd::TooManyRedirects);
                },
                PERHAPS_DOWN,
            ),
            (
                "a TLS that we do not speak, twice",
                |s| {
                    fails(s, 9, FaultKind::Protocol);
                    fails(s, 1, FaultKind::Protocol);
                },
                PERHAPS_DOWN,
            ),
            (
                "a firewall's challenge, twice",
                |s| {
                    status(s, 9, 503);
                    status(s, 1, 521);
                },
                PERHAPS_DOWN,
            ),
            (
                "down once since a broken server",
                |s| {
                    status(s, 9, 502);
                    fails(s, 1, FaultKind::Refused);
                },
                PERHAPS_DOWN,
            ),
            (
                "one way opens",
                |s| {
                    let refused = VisitEnd::NoAnswer(Fault::new(FaultKind::Refused, ""));
                    let ways = vec![
                        visit("https://yangli.example/", refused),
                        visit("http://yangli.example/", VisitEnd::Page(0)),
                    ];
                    visited(s, 1, ways, vec![page("http://yangli.example/", 200, 300)]);
                },
                &[],
            ),
            (
                "nobody is let in, twice",
                |s| {
                    status(s, 9, 403);
                    status(s, 1, 403);
                },
                PERHAPS_DOWN,
            ),
        ],
    );
}

#[test]
fn what_was_not_learnt_is_no_verdict() {
    run_table(
        &SiteReachability,
        || {
            let mut sample = filed();
            // Too old to stand in.
            sample.evidence[0].evidence.observed_at -= jiff::SignedDuration::from_hours(100);
            sample
        },
        &[
            ("the guard", |s| fails(s, 1, FaultKind::Guarded), DOUBT),
            (
                "the guard, twice",
                |s| {
                    fails(s, 9, FaultKind::Guarded);
                    fails(s, 1, FaultKind::Guarded);
                },
                DOUBT,
            ),
            (
                "required",
                |s| {
                    fails(s, 1, FaultKind::Guarded);
                    s.requires(Gatherer::Website);
                },
                &["not_run yangli.example"],
            ),
            (
                "the guard on one of two ways",
                |s| {
                    let guarded = VisitEnd::NoAnswer(Fault::new(FaultKind::Guarded, "10.0.0.1"));
                    let late = VisitEnd::NoAnswer(Fault::new(FaultKind::Timeout, ""));
                    let ways = vec![
                        visit("http://yangli.example/", guarded),
                        visit("https://yangli.example/", late),
                    ];
                    visited(s, 1, ways, Vec::new());
                },
                DOUBT,
            ),
            ("too large a page", |s| fails(s, 1, FaultKind::TooLarge), DOUBT),
            (
                "nothing was visited, and required",
                |s| {
                    s.evidence.clear();
                    s.requires(Gatherer::Website);
                },
                &["not_run yangli.example"],
            ),
            ("nothing was visited", |s| s.evidence.clear(), &[]),
        ],
    );
}

#[test]
fn a_name_without_address_is_told_once() {
    run_table(
        &SiteReachability,
        filed,
        &[
            ("by the visit alone", |s| ends(s, 1, &VisitEnd::NotResolved), PERHAPS_DOWN),
            (
                "by the resolvers, too",
                |s| {
                    ends(s, 9, &VisitEnd::NotResolved);
                    ends(s, 1, &VisitEnd::NotResolved);
                    resolves_nowhere(s, 1);
                },
                &[],
            ),
            (
                "the visit still had an address",
                |s| {
                    down(s, 9);
                    down(s, 1);
                    resolves_nowhere(s, 1);
                },
                &[],
            ),
            (
                "the resolvers were asked long before",
                |s| {
                    resolves_nowhere(s, 11);
                    down(s, 9);
                    down(s, 1);
                },
                DOWN,
            ),
            (
                "a server was met all the same",
                |s| {
                    resolves_nowhere(s, 1);
                    status(s, 1, 404);
                },
                PERHAPS_DOWN,
            ),
        ],
    );
}

#[test]
fn a_home_page_that_nobody_visited() {
    fn home(sample: &mut Sample, url: &str, end: u16) {
        sample.site().home_urls = vec![url.into()];
        status(sample, 9, end);
        status(sample, 1, end);
    }
    run_table(
        &SiteReachability,
        filed,
        &[
            ("on another host", |s| home(s, "shop.yangli.example", 404), PERHAPS_DOWN),
            ("below the start page", |s| home(s, "http://yangli.example/cn/", 404), PERHAPS_DOWN),
            ("below a broken server", |s| home(s, "http://yangli.example/cn/", 502), PERHAPS_DOWN),
            ("the start page", |s| home(s, "https://www.yangli.example/", 404), DOWN),
            ("of another domain", |s| home(s, "www.bie.example", 404), DOWN),
        ],
    );
}

#[test]
fn an_open_page_that_is_not_the_site() {
    fn faulty(sample: &mut Sample) {
        let mut secure = visit("https://yangli.example/", VisitEnd::Page(0));
        let instant = "2026-01-01T00:00:00Z".parse().unwrap();
        secure.certificate = Some(CertificateFacts {
            names: vec!["bie.example".into()],
            issuer: "样例 CA".into(),
            not_before: instant,
            not_after: instant,
            fault: Some("name mismatch".into()),
        });
        visited(sample, 1, vec![secure], vec![page("https://yangli.example/", 200, 300)]);
    }
    run_table(
        &SiteReachability,
        filed,
        &[
            ("blank", |s| shows(s, 1, page("http://yangli.example/", 200, 0)), EMPTY_PAGE),
            ("elsewhere", |s| shows(s, 1, page("https://duchang.test/", 200, 300)), LED_AWAY),
            ("below the domain", |s| shows(s, 1, page("https://m.yangli.example/", 200, 300)), &[]),
            (
                "at another filed domain",
                |s| {
                    s.site().domains.push("bie.example".into());
                    shows(s, 1, page("https://www.bie.example/", 200, 300));
                },
                &[],
            ),
            ("parked", |s| reads(s, "parked", "域名出售"), EMPTY_PAGE),
            ("blocked", |s| reads(s, "blocked", "未进行备案"), PERHAPS_DOWN),
            (
                "an article that mentions it",
                |s| {
                    shows(s, 1, page("http://yangli.example/", 200, 5000));
                    reads(s, "parked", "域名出售");
                },
                &[],
            ),
            ("a faulty certificate", faulty, DOUBT),
            (
                "nothing but a faulty certificate",
                |s| ends(s, 1, &VisitEnd::Untrusted("expired".into())),
                DOUBT,
            ),
        ],
    );
}

#[test]
fn a_site_must_not_open_before_it_is_filed() {
    const OPEN: &[&str] = &["fail CNT-OPEN-BEFORE-FILING@yangli.example"];
    const PERHAPS: &[&str] = &["warn CNT-OPEN-BEFORE-FILING@yangli.example"];
    run_table(
        &SiteReachability,
        early,
        &[
            ("once", |s| open(s, 1), PERHAPS),
            (
                "twice, four hours apart",
                |s| {
                    open(s, 5);
                    open(s, 1);
                },
                OPEN,
            ),
            (
                "a new site's, twice",
                |s| {
                    s.filing.order_type = OrderType::NewSite;
                    open(s, 9);
                    open(s, 1);
                },
                OPEN,
            ),
            (
                "twice in a row",
                |s| {
                    open(s, 2);
                    open(s, 1);
                },
                PERHAPS,
            ),
            (
                "closed in between",
                |s| {
                    open(s, 9);
                    down(s, 5);
                    open(s, 1);
                },
                PERHAPS,
            ),
            (
                "closed since",
                |s| {
                    open(s, 9);
                    open(s, 5);
                    status(s, 1, 404);
                },
                &[],
            ),
            (
                "parked, twice",
                |s| {
                    open(s, 9);
                    open(s, 1);
                    reads(s, "parked", "域名停放");
                },
                PERHAPS,
            ),
            (
                "led elsewhere, twice",
                |s| {
                    shows(s, 9, page("https://bie.test/", 200, 300));
                    shows(s, 1, page("https://bie.test/", 200, 300));
                },
                PERHAPS,
            ),
            ("a broken server", |s| status(s, 1, 502), &[]),
            ("no page", |s| status(s, 1, 404), &[]),
            ("nothing on it", |s| shows(s, 1, page("http://yangli.example/", 200, 0)), PERHAPS),
            ("we are not let in", |s| status(s, 1, 403), DOUBT),
            ("we ask too often", |s| status(s, 1, 429), DOUBT),
            ("nothing answers", |s| down(s, 1), &[]),
            ("no address", |s| ends(s, 1, &VisitEnd::NotResolved), &[]),
            ("behind a bad certificate", |s| ends(s, 1, &VisitEnd::Untrusted("expired".into())), PERHAPS),
        ],
    );
}
