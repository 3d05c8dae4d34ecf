//! Rows 11 and 12: the domain, where it leads, and the resource behind it.

use std::net::Ipv4Addr;

use heyan::domain::evidence::{
    Answer, Gatherer, Holder, Observation, RegistrationResult, Resource, ResourceState, Stated, Subject,
    VisitEnd,
};
use jiff::civil::{Date, date};

use crate::case::Exactly::{Fail, NotRun, Warn};
use crate::case::{Case, silent, wrong};
use crate::scene::Base::{Access, Company, Elsewhere, First, Person};
use crate::scene::{APART, SOON, Scene};

pub const CASES: &[Case] = &[
    // 11: the domain
    wrong(
        11,
        Company,
        "another holder",
        |s| s.registered(|r| r.holder = named("宁波样例门锁有限公司")),
        &[("domain_holder", Warn, "DOM-HOLDER-MISMATCH@yangli.example")],
    ),
    wrong(
        11,
        Person,
        "another person holds it",
        |s| s.registered(|r| r.holder = named("钱样例")),
        &[("domain_holder", Warn, "DOM-HOLDER-MISMATCH@geren.example")],
    ),
    wrong(
        11,
        First,
        "another holder, first filing",
        |s| s.registered(|r| r.holder = named("深圳市样例科技发展有限公司")),
        &[("domain_holder", Warn, "DOM-HOLDER-MISMATCH@yangli.example")],
    ),
    wrong(
        11,
        Company,
        "expired long ago",
        |s| expires(s, date(2026, 3, 2)),
        &[("domain_registration", Fail, "DOM-EXPIRED@yangli.example")],
    ),
    wrong(
        11,
        Access,
        "expired last week",
        |s| expires(s, date(2026, 11, 16)),
        &[("domain_registration", Fail, "DOM-EXPIRED@yangli.example")],
    ),
    wrong(
        11,
        Company,
        "expires in two months",
        |s| expires(s, date(2027, 1, 20)),
        &[("domain_registration", Warn, "DOM-EXPIRING@yangli.example")],
    ),
    wrong(
        11,
        Company,
        "not registered",
        |s| s.registration(RegistrationResult::NotRegistered { line: Some(1) }, "No matching record.\n"),
        &[("domain_registration", Fail, "DOM-UNREGISTERED@yangli.example")],
    ),
    wrong(
        11,
        Elsewhere,
        "not registered, elsewhere",
        |s| s.registration(RegistrationResult::NotRegistered { line: Some(1) }, "No match for domain\n"),
        &[("domain_registration", Fail, "DOM-UNREGISTERED@yangli.example")],
    ),
    silent(11, Company, "brackets and blanks in the holder's name", |s| {
        s.registered(|r| r.holder = named(" 深圳市样例科技有限公司 "))
    }),
    silent(11, Company, "expires in four months", |s| expires(s, date(2027, 3, 25))),
    silent(11, Elsewhere, "expires in ten years", |s| expires(s, date(2036, 3, 25))),
    silent(11, Company, "locked against transfer", |s| {
        s.registered(|r| r.statuses = vec![stated("clientTransferProhibited".into(), 2)])
    }),
    silent(11, Company, "the registry was asked a minute later, too", |s| s.again(Gatherer::Registration, 1)),
    silent(11, Person, "the person holds it himself", |_| ()),
    // 12: where it leads
    wrong(
        12,
        Company,
        "no such name, some hours apart",
        |s| {
            nowhere(s, true);
            s.again(Gatherer::Dns, APART);
            s.again(Gatherer::Website, APART);
        },
        &[("site_title", NotRun, "@site.content"), ("domain_resolution", Fail, "ACC-NO-DNS@yangli.example")],
    ),
    wrong(
        12,
        Elsewhere,
        "a name without an address, some hours apart",
        |s| {
            nowhere(s, false);
            s.again(Gatherer::Dns, APART);
            s.again(Gatherer::Website, APART);
        },
        &[("site_title", NotRun, "@site.content"), ("domain_resolution", Fail, "ACC-NO-DNS@yangli.example")],
    ),
    wrong(
        12,
        Company,
        "no such name, seen once",
        |s| nowhere(s, true),
        &[("site_title", NotRun, "@site.content"), ("domain_resolution", Warn, "ACC-NO-DNS@yangli.example")],
    ),
    wrong(
        12,
        Company,
        "no such name, twice within minutes",
        |s| {
            nowhere(s, true);
            s.again(Gatherer::Dns, SOON);
            s.again(Gatherer::Website, SOON);
        },
        &[("site_title", NotRun, "@site.content"), ("domain_resolution", Warn, "ACC-NO-DNS@yangli.example")],
    ),
    wrong(
        12,
        Company,
        "another provider's address",
        |s| points(s, "203.0.113.9"),
        &[("domain_resolution", Fail, "ACC-IP-NOT-OURS@yangli.example")],
    ),
    // Until the new access is granted the site is where it was.
    wrong(
        12,
        Access,
        "a new access, served elsewhere until then",
        |s| points(s, "203.0.113.200"),
        &[("domain_resolution", Warn, "ACC-IP-NOT-OURS@yangli.example")],
    ),
    wrong(
        12,
        Company,
        "ours, and not the filed one",
        |s| points(s, "192.0.2.77"),
        &[("domain_resolution", Fail, "ACC-IP-MISMATCH@yangli.example")],
    ),
    wrong(
        12,
        Elsewhere,
        "ours in another block, and not the filed one",
        |s| points(s, "198.51.100.7"),
        &[("domain_resolution", Fail, "ACC-IP-MISMATCH@yangli.example")],
    ),
    wrong(
        12,
        Company,
        "www leads to another provider",
        |s| s.dns(|d| d.hosts[1].ipv4 = Answer::Found(vec!["203.0.113.9".parse().unwrap()])),
        &[("domain_resolution", Warn, "ACC-IP-NOT-OURS@yangli.example")],
    ),
    wrong(
        12,
        Company,
        "the server ran out",
        |s| resource(s, ResourceState::Expired),
        &[("access_resource", Fail, "ACC-RESOURCE-EXPIRED@access")],
    ),
    wrong(
        12,
        Access,
        "the server was given back",
        |s| resource(s, ResourceState::Released),
        &[("access_resource", Fail, "ACC-RESOURCE-EXPIRED@access")],
    ),
    wrong(
        12,
        Company,
        "a filed range that is nobody's here",
        |s| {
            let far = "203.0.113.5".parse().unwrap();
            for range in &mut s.filing.access[0].ip_ranges {
                (range.first, range.last) = (far, far);
            }
            points(s, "203.0.113.5");
        },
        &[
            ("access_addresses", Warn, "ACC-INFO-MISMATCH@access.addresses"),
            ("domain_resolution", Fail, "ACC-IP-NOT-OURS@yangli.example"),
        ],
    ),
    silent(12, First, "a first filing resolves nowhere yet", |_| ()),
    silent(12, Company, "the server runs", |s| resource(s, ResourceState::Running)),
    silent(12, Company, "www without an address", |s| {
        s.dns(|d| {
            d.hosts[1].ipv4 = Answer::NoSuchName;
            d.hosts[1].ipv6 = Answer::NoSuchName;
        })
    }),
    silent(12, Company, "the filed range has more addresses", |s| {
        s.filing.access[0].ip_ranges[0].last = "192.0.2.20".parse().unwrap()
    }),
    silent(12, Access, "an address in the middle of the filed range", |s| {
        s.filing.access[0].ip_ranges[0].last = "192.0.2.20".parse().unwrap();
        points(s, "192.0.2.15");
    }),
    silent(12, Company, "it led elsewhere some hours ago", |s| {
        s.again(Gatherer::Dns, APART);
        let last = s.pieces.len() - 1;
        if let Observation::Dns(answers) = &mut s.pieces[last].evidence.observation {
            for host in &mut answers.hosts {
                host.ipv4 = Answer::Found(vec!["203.0.113.9".parse().unwrap()]);
            }
        }
    }),
    silent(12, Company, "an alias within the domain", |s| {
        s.dns(|d| d.hosts[1].aliases = vec!["yangli.example".into()])
    }),
    silent(12, Elsewhere, "name servers of another house", |s| {
        s.dns(|d| d.name_servers = Answer::Found(vec!["ns1.other.example".into()]))
    }),
];

fn stated<T>(value: T, line: u32) -> Stated<T> {
    Stated { value, line: Some(line) }
}

fn named(holder: &str) -> Holder {
    Holder::Named(stated(holder.to_owned(), 3))
}

fn expires(scene: &mut Scene, day: Date) {
    scene.registered(|registration| registration.expires_on = Some(stated(day, 7)));
}

fn points(scene: &mut Scene, address: &str) {
    let address: Ipv4Addr = address.parse().unwrap();
    scene.hosts(|host| host.ipv4 = Answer::Found(vec![address]));
    scene.visits(|visits| {
        for hop in visits.visits.iter_mut().flat_map(|visit| &mut visit.hops) {
            hop.address = Some(address.into());
        }
    });
}

/// No host has an address; so no visit comes anywhere either.
fn nowhere(scene: &mut Scene, no_such_name: bool) {
    scene.hosts(|host| {
        host.ipv4 = if no_such_name { Answer::NoSuchName } else { Answer::NoData };
        host.ipv6 = if no_such_name { Answer::NoSuchName } else { Answer::NoData };
    });
    scene.visits_end(&VisitEnd::NotResolved);
}

fn resource(scene: &mut Scene, state: ResourceState) {
    let address = Subject::Address("192.0.2.10".parse().unwrap());
    let resource = Resource {
        state,
        expires_on: Some(if state == ResourceState::Running {
            date(2027, 10, 31)
        } else {
            date(2026, 10, 31)
        }),
    };
    scene.add(address, 600, Observation::Resource(resource));
}
