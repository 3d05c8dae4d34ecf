//! What is planted in the demo is found, and nothing else is, on any day of the years for which the demo is made.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use heyan::checks;
use heyan::cli::demo_pack::{self, Earlier, Expectation};
use heyan::config::Layers;
use heyan::domain::case::{AttachmentFacts, Case, Known, Prefixes, Provider, Relation, RelationKind};
use heyan::domain::evidence::{Evidence, KeptEvidence, PageReading, wanted};
use heyan::domain::filing::Filing;
use heyan::domain::finding::{Finding, Status, Tally, proposals};
use heyan::domain::object::ReasonUse;
use heyan::domain::prefixes::PrefixList;
use heyan::domain::provinces::ProvinceRules;
use heyan::domain::relations;
use heyan::domain::revision::revision;
use heyan::domain::vault::Vault;
use heyan::intake;
use heyan::store::AttachmentVault;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

#[test]
fn planted_faults_are_proposed_and_clean_filings_are_clean_from_2026_to_2040() {
    let expectations = demo_pack::expectations().unwrap();
    let demo = demo();
    let list = PrefixList::parse(demo_pack::PREFIXES).unwrap();
    let mut surprises = BTreeMap::new();
    for sample in &demo {
        let filing = &sample.filing;
        let expected = &expectations[&filing.key];
        let relations = relations_of(sample, &demo);
        for day in days() {
            let findings = judge(sample, &relations, &list, day);
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
    let keys: BTreeSet<&String> = earlier.iter().map(|sample| &sample.filing.key).collect();
    let told = expectations.iter().filter(|(_, filing)| filing.earlier.is_some()).map(|(key, _)| key);
    assert_eq!(keys, told.collect());
    for sample in &earlier {
        let filing = &sample.filing;
        let same = now.iter().find(|other| other.filing.key == filing.key).unwrap();
        let unchanged = revision(&same.filing) == revision(filing);
        match expectations[&filing.key].earlier.as_ref().unwrap() {
            Earlier::Fail { reasons, opinion } => {
                let relations = relations_of(sample, &now);
                let findings = judge(sample, &relations, &list, date(2026, 1, 1));
                assert_eq!(proposals(&findings), *reasons, "{}", filing.key);
                assert!(!unchanged && !opinion.is_empty(), "{}", filing.key);
            }
            Earlier::Hold(_) => assert!(unchanged, "{}", filing.key),
        }
    }
}

/// As on a workspace made on `day` with the shipped rules of evidence.
fn judge(sample: &Sample, relations: &[Relation], list: &PrefixList, day: Date) -> Vec<Finding> {
    let prefixes = Prefixes::Listed { version: "2026", list };
    let made = demo_pack::MADE.to_zoned_datetime(TimeZone::UTC).time();
    let made = day.to_datetime(made).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
    let evidence: Vec<KeptEvidence> = sample
        .evidence
        .iter()
        .map(|kept| {
            let mut kept = kept.clone();
            demo_pack::age(&mut kept.evidence, made);
            kept
        })
        .collect();
    let rules = Layers::compiled_in().unwrap().finish().policy.gather;
    checks::judge(&Case {
        filing: &sample.filing,
        attachments: &sample.facts,
        relations,
        provinces: ProvinceRules::shipped(),
        provider: Provider { name: demo_pack::PROVIDER, prefixes },
        known: Known { evidence: &evidence, readings: &sample.readings, rules: &rules },
        day,
    })
}

/// Every fourth week, and the last day.
fn days() -> impl Iterator<Item = Date> {
    let last = date(2040, 12, 31);
    date(2026, 1, 1).series(28.days()).take_while(move |day| *day < last).chain([last])
}

/// A filing of the demo with what is known of it.
struct Sample {
    filing: Filing,
    facts: Vec<AttachmentFacts>,
    /// By subject and gatherer, the newest first.
    evidence: Vec<KeptEvidence>,
    readings: Vec<PageReading>,
}

fn demo() -> Vec<Sample> {
    let folder = tempfile::tempdir().unwrap();
    demo_pack::unpack(folder.path()).unwrap();
    read(folder.path())
}

/// What the day before's list has.
fn earlier() -> Vec<Sample> {
    let folder = tempfile::tempdir().unwrap();
    demo_pack::unpack(folder.path()).unwrap();
    read(&folder.path().join(demo_pack::EARLIER))
}

fn read(pack: &Path) -> Vec<Sample> {
    let files = tempfile::tempdir().unwrap();
    let mut vault = AttachmentVault::of(files.path());
    let (mut filings, mut evidence) = (Vec::new(), Vec::new());
    intake::read(pack, &intake::Limits::default(), &mut vault, &mut |entry| match entry {
        intake::Entry::Accepted { filing, attachments, .. } => filings.push((*filing, attachments)),
        intake::Entry::Evidence { evidence: piece, .. } => evidence.push(*piece),
        intake::Entry::Rejected(why) => panic!("{why:#?}"),
    })
    .unwrap();
    evidence.sort_by_key(|piece: &Evidence| std::cmp::Reverse(piece.observed_at));
    let mut unconcerned: BTreeSet<String> = evidence.iter().map(|piece| piece.subject.to_string()).collect();
    let samples = filings
        .into_iter()
        .map(|(filing, facts)| {
            let subjects = wanted(&filing, &facts);
            let own = evidence.iter().filter(|piece| subjects.contains(&piece.subject));
            let own: Vec<KeptEvidence> =
                own.map(|piece| KeptEvidence { id: piece.sealed().0, evidence: piece.clone() }).collect();
            for subject in &subjects {
                unconcerned.remove(&subject.to_string());
            }
            let texts = own.iter().flat_map(|kept| kept.evidence.files());
            let readings = texts
                .map(|sha256| {
                    PageReading::of(sha256, std::str::from_utf8(&vault.get(sha256).unwrap()).unwrap())
                })
                .collect();
            Sample { filing, facts, evidence: own, readings }
        })
        .collect();
    assert!(unconcerned.is_empty(), "evidence that no filing wants: {unconcerned:#?}");
    samples
}

/// What the store would answer: every other filing of the demo that shares a key with this one.
fn relations_of(sample: &Sample, demo: &[Sample]) -> Vec<Relation> {
    let Sample { filing, facts, .. } = sample;
    let mut found = Vec::new();
    for Sample { filing: other, facts: other_facts, .. } in
        demo.iter().filter(|other| other.filing.key != filing.key)
    {
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
