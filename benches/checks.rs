//! All pure checks of one filing, and the look-up of an address among the provider's prefixes. Budget of the checks: 50 microseconds a core (`docs/checks.md` lists the checks).
#![allow(clippy::expect_used)]

use std::net::{IpAddr, Ipv4Addr};

use divan::{Bencher, black_box};
use heyan::checks;
use heyan::domain::case::{
    AttachmentFacts, Case, FileFormat, Known, Provider, Relation, RelationKind, RelationRole,
};
use heyan::domain::filing::Filing;
use heyan::domain::prefixes::PrefixList;
use heyan::domain::provinces::ProvinceRules;
use jiff::civil::date;

fn main() {
    divan::main();
}

fn filing() -> Filing {
    serde_json::from_str(include_str!("../src/checks/fixture/enterprise.json"))
        .expect("the fixture is a filing")
}

/// The clean filing, and one where everything that can differ does and ten strangers share the telephone.
#[divan::bench(args = ["clean", "faulty"])]
fn one_filing(bencher: Bencher, which: &str) {
    let mut filing = filing();
    let mut relations = Vec::new();
    if which == "faulty" {
        filing.entity.name.push('一');
        filing.entity.certificate_number.push('1');
        filing.entity.certificate_address.push('一');
        filing.entity.principal.name.push('一');
        if let Some(site) = &mut filing.site {
            site.name.push('一');
            site.domains.push("yangli.test".into());
            site.principal.name.push('一');
            site.principal.mobile.clone_from(&filing.entity.principal.mobile);
            site.principal.email.clone_from(&filing.entity.principal.email);
        }
        relations.extend((0..10).map(|nth| Relation {
            kind: RelationKind::Mobile,
            role: Some(RelationRole::SitePrincipal),
            filing: format!("F-{nth}"),
            entity: "91440300MA00000152".into(),
            same_person: false,
        }));
    }
    let facts: Vec<AttachmentFacts> = filing
        .attachments
        .iter()
        .map(|attachment| AttachmentFacts {
            kind: attachment.kind,
            sha256: "00".repeat(32),
            bytes: 60_000,
            format: FileFormat::Jpeg,
            pixels: Some((800, 600)),
        })
        .collect();
    let case = Case {
        filing: &filing,
        attachments: &facts,
        relations: &relations,
        provinces: ProvinceRules::shipped(),
        provider: Provider::UNKNOWN,
        known: Known::NOTHING,
        day: date(2026, 11, 23),
    };
    bencher.bench_local(|| checks::judge(black_box(&case)));
}

/// Whether a filed address lies in the provider's prefixes: a list of 100,000, looked up at addresses inside and outside.
#[divan::bench(args = ["inside", "outside"])]
fn prefix_lookup(bencher: Bencher, which: &str) {
    const PREFIXES: u32 = 100_000;
    // Every second /24 from 1.0.0.0 on, so that nothing merges.
    let block = |nth: u32| Ipv4Addr::from_bits(0x0100_0000 + nth * 512);
    let text: String = (0..PREFIXES).map(|nth| format!("{}/24\n", block(nth))).collect();
    let list = PrefixList::parse(&text).expect("a list");
    let beside = if which == "inside" { 7 } else { 256 + 7 };
    let mut nth = 0;
    bencher.counter(divan::counter::ItemsCount::new(1_u32)).bench_local(|| {
        nth = (nth + 7919) % PREFIXES;
        let address = IpAddr::V4(Ipv4Addr::from_bits(block(nth).to_bits() + beside));
        black_box(list.covers(address, address))
    });
}

/// Reading that list, which happens once per process.
#[divan::bench]
fn prefix_list(bencher: Bencher) {
    let text: String = (0..100_000_u32)
        .map(|nth| format!("{}/24\n", Ipv4Addr::from_bits(0x0100_0000 + nth * 512)))
        .collect();
    bencher.bench_local(|| PrefixList::parse(black_box(&text)).expect("a list"));
}
