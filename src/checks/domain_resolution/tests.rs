use std::net::IpAddr;

use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::domain::evidence::{Subject, Visit, VisitEnd, WebsiteVisits};
use crate::domain::filing::{Access, IpRange};
use crate::domain::prefixes::PrefixList;

mod unanswered_questions;

const APEX: &str = "yangli.example";
const WWW: &str = "www.yangli.example";

fn host(name: &str, addresses: &[&str]) -> HostAnswers {
    let addresses: Vec<IpAddr> = addresses.iter().map(|text| text.parse().unwrap()).collect();
    let four = addresses.iter().filter_map(|address| match address {
        IpAddr::V4(address) => Some(*address),
        IpAddr::V6(_) => None,
    });
    let six = addresses.iter().filter_map(|address| match address {
        IpAddr::V6(address) => Some(*address),
        IpAddr::V4(_) => None,
    });
    fn answer<T>(found: Vec<T>) -> Answer<T> {
        if found.is_empty() { Answer::NoData } else { Answer::Found(found) }
    }
    HostAnswers {
        host: name.into(),
        aliases: Vec::new(),
        ipv4: answer(four.collect()),
        ipv6: answer(six.collect()),
    }
}

fn no_such(name: &str) -> HostAnswers {
    HostAnswers { host: name.into(), aliases: Vec::new(), ipv4: Answer::NoSuchName, ipv6: Answer::NoSuchName }
}

fn unanswered(name: &str, timeout: bool) -> HostAnswers {
    if timeout {
        HostAnswers { host: name.into(), aliases: Vec::new(), ipv4: Answer::Timeout, ipv6: Answer::Timeout }
    } else {
        let (ipv4, ipv6) = (Answer::ServerFailure, Answer::ServerFailure);
        HostAnswers { host: name.into(), aliases: Vec::new(), ipv4, ipv6 }
    }
}

fn resolved(sample: &mut Sample, hours: i64, hosts: [HostAnswers; 2]) {
    let name_servers = Answer::Found(vec!["ns1.yangli.example".to_owned()]);
    let answers = DnsAnswers { hosts: hosts.into(), name_servers };
    sample.knows(Subject::domain(APEX).unwrap(), hours, Observation::Dns(answers));
}

fn leads(sample: &mut Sample, apex: &[&str], www: &[&str]) {
    resolved(sample, 1, [host(APEX, apex), host(WWW, www)]);
}

/// Both names lead to the filed address, which is the provider's.
fn listed() -> Sample {
    let mut sample = Sample::enterprise();
    sample.prefixes = PrefixList::parse("192.0.2.0/24").unwrap();
    file(&mut sample, &[("192.0.2.10", "192.0.2.19")]);
    resolved(&mut sample, 2, [host(APEX, &["192.0.2.11"]), host(WWW, &["192.0.2.12"])]);
    sample
}

fn file(sample: &mut Sample, ranges: &[(&str, &str)]) {
    let range =
        |(first, last): &(&str, &str)| IpRange { first: first.parse().unwrap(), last: last.parse().unwrap() };
    sample.filing.access = vec![Access {
        provider: "样例云".into(),
        modes: Default::default(),
        server_locations: Default::default(),
        ip_ranges: ranges.iter().map(range).collect(),
        domains: vec![APEX.into()],
    }];
}

const NOT_OURS: &[&str] = &["fail ACC-IP-NOT-OURS@yangli.example"];
const PERHAPS_NOT_OURS: &[&str] = &["warn ACC-IP-NOT-OURS@yangli.example"];
const NOT_FILED: &[&str] = &["fail ACC-IP-MISMATCH@yangli.example"];
const PERHAPS_NOT_FILED: &[&str] = &["warn ACC-IP-MISMATCH@yangli.example"];
const DOUBT: &[&str] = &["warn yangli.example"];

#[test]
fn addresses_against_the_filed_and_the_providers() {
    run_table(
        &DomainResolution,
        listed,
        &[
            ("the ends of the range", |s| leads(s, &["192.0.2.10"], &["192.0.2.19"]), &[]),
            ("only the domain itself", |s| leads(s, &["192.0.2.11"], &[]), &[]),
            ("only www", |s| leads(s, &[], &["192.0.2.11"]), DOUBT),
            ("ours, next to the filed", |s| leads(s, &["192.0.2.20"], &["192.0.2.20"]), NOT_FILED),
            ("not ours", |s| leads(s, &["203.0.113.9"], &["203.0.113.9"]), NOT_OURS),
            ("www is not ours", |s| leads(s, &["192.0.2.11"], &["203.0.113.9"]), PERHAPS_NOT_OURS),
            ("one of two is not filed", |s| leads(s, &["192.0.2.11", "192.0.2.99"], &[]), PERHAPS_NOT_FILED),
            (
                "not ours, and not filed",
                |s| leads(s, &["203.0.113.9"], &["192.0.2.99"]),
                &["fail ACC-IP-NOT-OURS@yangli.example", "fail ACC-IP-MISMATCH@yangli.example"],
            ),
            ("private", |s| leads(s, &["10.0.0.8"], &["10.0.0.8"]), PERHAPS_NOT_OURS),
            ("loopback", |s| leads(s, &["127.0.0.1"], &[]), PERHAPS_NOT_OURS),
            (
                "IPv6 beside it, and none filed",
                |s| leads(s, &["192.0.2.11", "2001:db8::1"], &[]),
                PERHAPS_NOT_FILED,
            ),
            (
                "IPv6 filed",
                |s| {
                    file(s, &[("192.0.2.11", "192.0.2.11"), ("2001:db8::1", "2001:db8::1")]);
                    leads(s, &["192.0.2.11", "2001:db8::1"], &[]);
                },
                &[],
            ),
            (
                "IPv6 that is not ours",
                |s| {
                    s.prefixes = PrefixList::parse("192.0.2.0/24\n2001:db8::/48").unwrap();
                    leads(s, &["2001:db8:1::1"], &["2001:db8:1::1"]);
                },
                NOT_OURS,
            ),
            ("no filed range", |s| file(s, &[]), &[]),
            (
                "another access serves the domain",
                |s| {
                    let mut other = s.filing.access[0].clone();
                    other.domains = vec!["bie.example".into()];
                    file(s, &[("192.0.2.99", "192.0.2.99")]);
                    s.filing.access.push(other);
                },
                NOT_FILED,
            ),
            (
                "a new access, served elsewhere until then",
                |s| {
                    s.filing.order_type = OrderType::Access;
                    leads(s, &["203.0.113.9"], &["203.0.113.9"]);
                },
                PERHAPS_NOT_OURS,
            ),
            (
                "a first filing, parked elsewhere",
                |s| {
                    s.filing.order_type = OrderType::First;
                    leads(s, &["203.0.113.9"], &["203.0.113.9"]);
                },
                &[],
            ),
        ],
    );
}

#[test]
fn without_a_list_the_filed_ranges_count() {
    run_table(
        &DomainResolution,
        || {
            let mut sample = listed();
            sample.prefixes = PrefixList::default();
            sample
        },
        &[
            ("elsewhere", |s| leads(s, &["203.0.113.9"], &["203.0.113.9"]), NOT_FILED),
            ("nothing filed", |s| file(s, &[]), &[]),
            (
                "nothing filed, and required",
                |s| {
                    file(s, &[]);
                    s.requires(Gatherer::Dns);
                },
                &["not_run yangli.example"],
            ),
        ],
    );
}

#[test]
fn behind_a_delivery_network() {
    fn delivered(sample: &mut Sample, alias: &str) {
        let mut hosts = [host(APEX, &["203.0.113.9"]), host(WWW, &["203.0.113.9"])];
        for host in &mut hosts {
            host.aliases = vec![alias.to_owned()];
        }
        resolved(sample, 1, hosts);
    }
    run_table(
        &DomainResolution,
        listed,
        &[
            ("a known one", |s| delivered(s, "yangli.example.w.kunlunsl.com"), DOUBT),
            ("a name of one's own", |s| delivered(s, "kunlunsl.com.yangli.example"), NOT_OURS),
            (
                "www alone",
                |s| {
                    let mut www = host(WWW, &["203.0.113.9"]);
                    www.aliases = vec!["yangli.example.cdn.dnsv1.com".into()];
                    resolved(s, 1, [host(APEX, &["192.0.2.11"]), www]);
                },
                DOUBT,
            ),
            (
                "by its name servers",
                |s| {
                    leads(s, &["203.0.113.9"], &["203.0.113.9"]);
                    if let Observation::Dns(answers) = &mut s.evidence[0].evidence.observation {
                        answers.name_servers = Answer::Found(vec!["amy.ns.cloudflare.com".into()]);
                    }
                },
                DOUBT,
            ),
        ],
    );
    let mut sample = listed();
    delivered(&mut sample, "yangli.example.w.kunlunsl.com");
    let finding = sample.findings(&DomainResolution).remove(0);
    assert_eq!(finding.message.args["network"], "阿里云 CDN");
}

fn nowhere(sample: &mut Sample, hours: i64) {
    resolved(sample, hours, [no_such(APEX), no_such(WWW)]);
}

fn visited(sample: &mut Sample, hours: i64) {
    let (url, end) = ("http://yangli.example/".to_owned(), VisitEnd::Untrusted("expired".into()));
    let visits = vec![Visit { url, hops: Vec::new(), end, certificate: None }];
    let seen = Observation::Website(WebsiteVisits { visits, pages: Vec::new() });
    sample.knows(Subject::domain(APEX).unwrap(), hours, seen);
}

#[test]
fn nowhere_twice_some_hours_apart() {
    const FAIL: &[&str] = &["fail ACC-NO-DNS@yangli.example"];
    const PERHAPS: &[&str] = &["warn ACC-NO-DNS@yangli.example"];
    run_table(
        &DomainResolution,
        || {
            let mut sample = listed();
            // The older goes first: what stood there before is forgotten.
            sample.evidence.clear();
            resolved(&mut sample, 20, [host(APEX, &["192.0.2.11"]), host(WWW, &["192.0.2.11"])]);
            sample
        },
        &[
            ("once", |s| nowhere(s, 1), PERHAPS),
            (
                "twice in a row",
                |s| {
                    nowhere(s, 4);
                    nowhere(s, 1);
                },
                PERHAPS,
            ),
            (
                "twice, four hours apart",
                |s| {
                    nowhere(s, 5);
                    nowhere(s, 1);
                },
                FAIL,
            ),
            (
                "a server was met since",
                |s| {
                    nowhere(s, 5);
                    nowhere(s, 1);
                    visited(s, 0);
                },
                PERHAPS,
            ),
            (
                "a server was met before",
                |s| {
                    visited(s, 6);
                    nowhere(s, 5);
                    nowhere(s, 1);
                },
                FAIL,
            ),
            (
                "the policy wants more",
                |s| {
                    s.gather.apart_hours = 5;
                    nowhere(s, 5);
                    nowhere(s, 1);
                },
                PERHAPS,
            ),
            (
                "in between it was there",
                |s| {
                    nowhere(s, 9);
                    resolved(s, 5, [host(APEX, &["192.0.2.11"]), host(WWW, &[])]);
                    nowhere(s, 1);
                },
                PERHAPS,
            ),
            (
                "in between nobody answered",
                |s| {
                    nowhere(s, 9);
                    resolved(s, 5, [unanswered(APEX, true), unanswered(WWW, true)]);
                    nowhere(s, 1);
                },
                FAIL,
            ),
            (
                "since, nobody answers",
                |s| {
                    nowhere(s, 9);
                    nowhere(s, 5);
                    resolved(s, 1, [unanswered(APEX, true), unanswered(WWW, true)]);
                },
                FAIL,
            ),
            (
                "the other was in another year",
                |s| {
                    s.evidence.clear();
                    nowhere(s, 400 * 24);
                    nowhere(s, 1);
                },
                PERHAPS,
            ),
            (
                "back again",
                |s| {
                    nowhere(s, 9);
                    nowhere(s, 5);
                    leads(s, &["192.0.2.11"], &[]);
                },
                &[],
            ),
            (
                "the name is there without an address",
                |s| {
                    leads(s, &[], &[]);
                },
                PERHAPS,
            ),
            (
                "a first filing",
                |s| {
                    s.filing.order_type = OrderType::First;
                    nowhere(s, 9);
                    nowhere(s, 1);
                },
                &[],
            ),
            (
                "an app's",
                |s| {
                    s.site().service_type = crate::domain::filing::ServiceType::App;
                    nowhere(s, 9);
                    nowhere(s, 1);
                },
                FAIL,
            ),
        ],
    );
}
