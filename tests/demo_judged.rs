//! What is planted in the demo is found, and nothing else is, on any day of the years for which the demo is made.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use heyan::checks;
use heyan::cli::demo_pack::{self, Earlier, Expectation};
use heyan::domain::case::{AttachmentFacts, Case, Known, Prefixes, Provider, Relation, RelationKind};
use heyan::domain::filing::Filing;
use heyan::domain::finding::{Finding, Status, Tally, proposals};
use heyan::domain::object::ReasonUse;
use heyan::domain::prefixes::PrefixList;
use heyan::domain::provinces::ProvinceRules;
use heyan::domain::relations;
use heyan::domain::revision::revision;
use heyan::intake;
use heyan::store::AttachmentVault;
use jiff::ToSpan;
use jiff::civil::{Date, date};

#[test]
fn planted_faults_are_proposed_and_clean_filings_are_clean_from_2026_to_2040() {
    let expectations = demo_pack::expectations().unwrap();
    let demo = demo();
    let list = PrefixList::parse(demo_pack::PREFIXES).unwrap();
    let mut surprises = BTreeMap::new();
    for (filing, attachments) in &demo {
        let expected = &expectations[&filing.key];
        let relations = relations_of(filing, attachments, &demo);
        for day in days() {
            let findings = judge(filing, attachments, &relations, &list, day);
            if let Some(surprise) = surprise(expected, &findings) {
                surprises.entry(&filing.key).or_insert((day, surprise));
            }
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
}

/// Where the checks say something else than what is planted: what they say besides passing.
fn surprise(expected: &Expectation, findings: &[Finding]) -> Option<Vec<String>> {
    let others: Vec<&Finding> = findings.iter().filter(|finding| finding.status != Status::Pass).collect();
    let of = |status| others.iter().filter(move |finding| finding.status == status);
    let doubts = of(Status::Warn).flat_map(|finding| finding.proposes.clone());
    let silent: BTreeSet<&str> = of(Status::NotRun).map(|finding| finding.check.as_str()).collect();
    let set = |reasons: &[ReasonUse]| reasons.iter().cloned().collect::<BTreeSet<ReasonUse>>();
    let as_planted = set(&proposals(findings)) == set(&expected.expect)
        && doubts.collect::<BTreeSet<_>>() == set(&expected.doubt)
        && silent.iter().eq(&expected.not_run)
        && Tally::of(findings).clean() == expected.clean();
    let said = |finding: &&Finding| {
        format!("{} {} {} {:?}", finding.check, finding.status, finding.message.id, finding.proposes)
    };
    (!as_planted).then(|| others.iter().map(said).collect())
}

#[test]
fn the_day_before_the_reviewer_failed_what_was_proposed_and_put_off_what_has_not_changed() {
    let expectations = demo_pack::expectations().unwrap();
    let now = demo();
    let list = PrefixList::parse(demo_pack::PREFIXES).unwrap();
    let earlier = earlier();
    let keys: BTreeSet<&String> = earlier.iter().map(|(filing, _)| &filing.key).collect();
    let told = expectations.iter().filter(|(_, filing)| filing.earlier.is_some()).map(|(key, _)| key);
    assert_eq!(keys, told.collect());
    for (filing, attachments) in &earlier {
        let (same, _) = now.iter().find(|(other, _)| other.key == filing.key).unwrap();
        let unchanged = revision(same) == revision(filing);
        match expectations[&filing.key].earlier.as_ref().unwrap() {
            Earlier::Fail { reasons, opinion } => {
                let relations = relations_of(filing, attachments, &now);
                let findings = judge(filing, attachments, &relations, &list, date(2026, 1, 1));
                assert_eq!(proposals(&findings), *reasons, "{}", filing.key);
                assert!(!unchanged && !opinion.is_empty(), "{}", filing.key);
            }
            Earlier::Hold(_) => assert!(unchanged, "{}", filing.key),
        }
    }
}

fn judge(
    filing: &Filing,
    attachments: &[AttachmentFacts],
    relations: &[Relation],
    list: &PrefixList,
    day: Date,
) -> Vec<Finding> {
    let prefixes = Prefixes::Listed { version: "2026", list };
    let provider = Provider { name: demo_pack::PROVIDER, prefixes };
    let provinces = ProvinceRules::shipped();
    checks::judge(&Case { filing, attachments, relations, provinces, provider, known: Known::NOTHING, day })
}

/// Every fourth week, and the last day.
fn days() -> impl Iterator<Item = Date> {
    let last = date(2040, 12, 31);
    date(2026, 1, 1).series(28.days()).take_while(move |day| *day < last).chain([last])
}

fn demo() -> Vec<(Filing, Vec<AttachmentFacts>)> {
    let folder = tempfile::tempdir().unwrap();
    demo_pack::unpack(folder.path()).unwrap();
    read(folder.path())
}

/// What the day before's list has.
fn earlier() -> Vec<(Filing, Vec<AttachmentFacts>)> {
    let folder = tempfile::tempdir().unwrap();
    demo_pack::unpack(folder.path()).unwrap();
    read(&folder.path().join(demo_pack::EARLIER))
}

fn read(pack: &Path) -> Vec<(Filing, Vec<AttachmentFacts>)> {
    let files = tempfile::tempdir().unwrap();
    let mut vault = AttachmentVault::of(files.path());
    let mut filings = Vec::new();
    intake::read(pack, &intake::Limits::default(), &mut vault, &mut |entry| match entry {
        intake::Entry::Accepted { filing, attachments, .. } => filings.push((*filing, attachments)),
        intake::Entry::Rejected(why) => panic!("{why:#?}"),
    })
    .unwrap();
    filings
}

/// What the store would answer: every other filing of the demo that shares a key with this one.
fn relations_of(
    filing: &Filing,
    facts: &[AttachmentFacts],
    demo: &[(Filing, Vec<AttachmentFacts>)],
) -> Vec<Relation> {
    let mut found = Vec::new();
    for (other, other_facts) in demo.iter().filter(|(other, _)| other.key != filing.key) {
        let theirs = relations::keys(other, other_facts);
        for key in relations::keys(filing, facts) {
            if theirs.iter().any(|their| (their.kind, &their.value) == (key.kind, &key.value)) {
                let document = |key: &relations::RelationKey| key.kind == RelationKind::PersonId;
                found.push(Relation {
                    kind: key.kind,
                    role: key.role,
                    filing: other.key.clone(),
                    entity: relations::entity_id(other),
                    same_person: relations::keys(filing, facts)
                        .iter()
                        .filter(|mine| document(mine) && mine.role == key.role)
                        .any(|mine| theirs.iter().any(|their| document(their) && their.value == mine.value)),
                });
            }
        }
    }
    found
}
