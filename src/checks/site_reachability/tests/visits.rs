//! Visits to the sample's site.

use crate::checks::fixture::Sample;
use crate::checks::site_reachability::STATES;
use crate::domain::evidence::{
    Answer, Charset, DnsAnswers, Fault, FaultKind, HostAnswers, Observation, Page, PageReading, Subject,
    Visit, VisitEnd, WebsiteVisits, WordHit,
};

const DOMAIN: &str = "yangli.example";

pub fn page(url: &str, status: u16, text_characters: u32) -> Page {
    Page {
        url: url.into(),
        status,
        charset: Charset { header: None, page: None, used: "UTF-8".into() },
        title: String::new(),
        body_sha256: "b".repeat(64),
        body_bytes: 1000,
        text_sha256: (text_characters > 0).then(|| "a".repeat(64)),
        text_characters,
        footer: Vec::new(),
        forms: Vec::new(),
        screenshot_sha256: None,
    }
}

pub fn visit(url: &str, end: VisitEnd) -> Visit {
    Visit { url: url.into(), hops: Vec::new(), end, certificate: None }
}

pub fn visited(sample: &mut Sample, hours: i64, visits: Vec<Visit>, pages: Vec<Page>) {
    let subject = Subject::domain(DOMAIN).unwrap();
    sample.knows(subject, hours, Observation::Website(WebsiteVisits { visits, pages }));
}

/// Every way leads to one page.
pub fn shows(sample: &mut Sample, hours: i64, page: Page) {
    let ways = ["http://yangli.example/", "https://www.yangli.example/"];
    visited(sample, hours, ways.map(|way| visit(way, VisitEnd::Page(0))).into(), vec![page]);
}

pub fn status(sample: &mut Sample, hours: i64, status: u16) {
    shows(sample, hours, page("http://yangli.example/", status, 20));
}

pub fn open(sample: &mut Sample, hours: i64) {
    status(sample, hours, 200);
}

/// Every way ends so.
pub fn ends(sample: &mut Sample, hours: i64, end: &VisitEnd) {
    let ways = ["http://yangli.example/", "https://www.yangli.example/"];
    visited(sample, hours, ways.map(|way| visit(way, end.clone())).into(), Vec::new());
}

pub fn fails(sample: &mut Sample, hours: i64, kind: FaultKind) {
    ends(sample, hours, &VisitEnd::NoAnswer(Fault::new(kind, "192.0.2.11")));
}

pub fn down(sample: &mut Sample, hours: i64) {
    fails(sample, hours, FaultKind::Timeout);
}

/// What the word lists found in every sample page's text.
pub fn reads(sample: &mut Sample, group: &str, word: &str) {
    sample.readings.push(PageReading {
        text_sha256: "a".repeat(64),
        lists: "page-states@2026-11-24".into(),
        hits: vec![WordHit {
            list: STATES.into(),
            group: group.into(),
            word: word.into(),
            line: 3,
            lines: 1,
            last: 3,
            written: None,
        }],
        ..PageReading::default()
    });
}

pub fn resolves_nowhere(sample: &mut Sample, hours: i64) {
    let host = HostAnswers {
        host: DOMAIN.into(),
        aliases: Vec::new(),
        ipv4: Answer::NoSuchName,
        ipv6: Answer::NoSuchName,
    };
    let answers = DnsAnswers { hosts: vec![host], name_servers: Answer::NoSuchName };
    sample.knows(Subject::domain(DOMAIN).unwrap(), hours, Observation::Dns(answers));
}
