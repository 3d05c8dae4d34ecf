use super::*;
use crate::checks::fixture::{Sample, run_table};

fn access(ranges: &[(&str, &str)]) -> Access {
    let range =
        |(first, last): &(&str, &str)| IpRange { first: first.parse().unwrap(), last: last.parse().unwrap() };
    Access {
        provider: "样例云".into(),
        modes: Default::default(),
        server_locations: Default::default(),
        ip_ranges: ranges.iter().map(range).collect(),
        domains: vec!["yangli.example".into()],
    }
}

/// A company whose one server stands in the provider's ranges.
fn listed() -> Sample {
    let mut sample = Sample::enterprise();
    sample.prefixes = PrefixList::parse("192.0.2.0/25\n192.0.2.128/26\n2001:db8::/32").unwrap();
    sample.filing.access = vec![access(&[("192.0.2.11", "192.0.2.11")])];
    sample
}

fn ranges(sample: &mut Sample, ranges: &[(&str, &str)]) {
    sample.filing.access[0].ip_ranges = access(ranges).ip_ranges;
}

const FLAG: &[&str] = &["warn ACC-INFO-MISMATCH@access.addresses"];

#[test]
fn ranges_against_the_providers_own() {
    run_table(
        &AccessAddresses,
        listed,
        &[
            ("a range over two prefixes", |s| ranges(s, &[("192.0.2.100", "192.0.2.140")]), &[]),
            ("the last address of the last prefix", |s| ranges(s, &[("192.0.2.191", "192.0.2.191")]), &[]),
            ("one address beyond it", |s| ranges(s, &[("192.0.2.191", "192.0.2.192")]), FLAG),
            ("elsewhere", |s| ranges(s, &[("203.0.113.1", "203.0.113.1")]), FLAG),
            (
                "one of two",
                |s| ranges(s, &[("192.0.2.1", "192.0.2.9"), ("198.51.100.1", "198.51.100.1")]),
                FLAG,
            ),
            ("IPv6", |s| ranges(s, &[("2001:db8::1", "2001:db8::ff")]), &[]),
            ("IPv6 elsewhere", |s| ranges(s, &[("2001:db9::1", "2001:db9::1")]), FLAG),
            ("backwards", |s| ranges(s, &[("192.0.2.9", "192.0.2.1")]), FLAG),
            ("of two kinds", |s| ranges(s, &[("192.0.2.9", "2001:db8::1")]), FLAG),
            ("private", |s| ranges(s, &[("10.0.0.1", "10.0.0.1")]), FLAG),
            ("loopback", |s| ranges(s, &[("::1", "::1")]), FLAG),
            ("none", |s| ranges(s, &[]), &[]),
            ("no access", |s| s.filing.access.clear(), &[]),
        ],
    );
}

#[test]
fn without_a_list_only_what_cannot_be_is_flagged() {
    let unlisted = || {
        let mut sample = listed();
        sample.prefixes = PrefixList::default();
        sample
    };
    assert_eq!(unlisted().said(&AccessAddresses), ["pass access_provider_same", "pass access_domains_same"]);
    run_table(
        &AccessAddresses,
        unlisted,
        &[
            ("anywhere", |s| ranges(s, &[("203.0.113.1", "203.0.113.1")]), &[]),
            ("private", |s| ranges(s, &[("192.168.0.1", "192.168.0.1")]), FLAG),
        ],
    );
}

#[test]
fn a_list_that_cannot_be_read_is_not_taken_for_none() {
    let sample = listed();
    let mut case = sample.case();
    case.provider.prefixes = Prefixes::Unreadable;
    let mut findings = Vec::new();
    AccessAddresses.run(&case, &mut findings);
    let ids: Vec<&str> = findings.iter().map(|finding| finding.message.id.as_str()).collect();
    assert!(ids.contains(&"checks.access_list_unreadable"), "{ids:?}");
}

const OTHER: &[&str] = &["warn ACC-INFO-MISMATCH@access"];

#[test]
fn provider_and_domains() {
    run_table(
        &AccessAddresses,
        listed,
        &[
            ("another provider", |s| s.filing.access[0].provider = "别的样例云".into(), OTHER),
            ("a space in its name", |s| s.filing.access[0].provider = "样例 云".into(), &[]),
            ("another domain", |s| s.filing.access[0].domains = vec!["bie.example".into()], OTHER),
            (
                "in capitals, with the root's dot",
                |s| s.filing.access[0].domains = vec!["Yangli.EXAMPLE.".into()],
                &[],
            ),
            ("one more", |s| s.filing.access[0].domains.push("bie.example".into()), OTHER),
            ("one less", |s| s.site().domains.push("bie.example".into()), OTHER),
            ("none named", |s| s.filing.access[0].domains.clear(), &[]),
            (
                "two records share the site's domains",
                |s| {
                    s.site().domains.push("bie.example".into());
                    let mut second = s.filing.access[0].clone();
                    second.domains = vec!["bie.example".into()];
                    s.filing.access.push(second);
                },
                &[],
            ),
        ],
    );
}

#[test]
fn it_says_which_address_and_which_version() {
    let mut sample = listed();
    ranges(&mut sample, &[("192.0.2.180", "192.0.2.200")]);
    let findings = sample.findings(&AccessAddresses);
    let flag = findings.iter().find(|finding| !finding.proposes.is_empty()).unwrap();
    assert_eq!(flag.observed.as_deref(), Some("192.0.2.180-192.0.2.200"));
    assert_eq!(flag.message.args["address"], "192.0.2.192");
    assert_eq!(flag.message.args["version"], "样例 1");
}
