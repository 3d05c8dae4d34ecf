//! All pure checks of one filing. Budget: 50 microseconds a core (`docs/checks.md` lists the checks).
#![allow(clippy::expect_used)]

use divan::{Bencher, black_box};
use heyan::checks;
use heyan::domain::case::{
    AttachmentFacts, Case, FileFormat, Provider, Relation, RelationKind, RelationRole,
};
use heyan::domain::filing::Filing;
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
        day: date(2026, 11, 23),
    };
    bencher.bench_local(|| checks::judge(black_box(&case)));
}
