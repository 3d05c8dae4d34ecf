//! Replay: the same checks say the same without asking anybody; a changed rule shows exactly whom it concerns.

use heyan::checks::{self, Check};
use heyan::domain::case::Case;
use heyan::domain::decision::{Conclusion, Draft};
use heyan::domain::evidence::{Evidence, Gatherer, Means, Observation, RegistryAnswer, RegistryResult};
use heyan::domain::finding::{Finding, Section, Status};
use heyan::domain::message::Message;
use heyan::domain::object::Place;
use heyan::domain::replay::Basis;
use heyan::runtime::judge::Judge;
use heyan::runtime::replay::Replay;
use heyan::store::{Anchor, FilingState, FilterState, QueueRow, ReadStore, SqliteStore, Store};
use jiff::Timestamp;

use crate::workspace::{actor, of};

/// A rule that somebody tries: of filings of one entity type only, and no longer what it said.
struct Tried;

impl Check for Tried {
    fn id(&self) -> &'static str {
        "tried"
    }
    fn proposes(&self) -> &'static [&'static str] {
        &[]
    }
    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if !case.filing.is_individual() {
            return;
        }
        out.push(Finding {
            check: "tried".into(),
            version: 1,
            status: Status::Warn,
            section: Section::Entity,
            object: Place::EntityType.into(),
            message: Message::new("checks.any"),
            observed: None,
            expected: None,
            evidence: Vec::new(),
            proposes: Vec::new(),
        });
    }
}

static WITH_ANOTHER: std::sync::LazyLock<Vec<&'static dyn Check>> =
    std::sync::LazyLock::new(|| checks::ALL.iter().copied().chain([&Tried as &dyn Check]).collect());

fn all(store: &SqliteStore, state: FilingState) -> Vec<String> {
    let page =
        store.queue(&FilterState::State(state).into(), Anchor::Start, 1_000, Timestamp::now()).unwrap();
    page.rows.iter().map(QueueRow::reference).collect()
}

fn registry(store: &SqliteStore, filing: &str, at: Timestamp) -> Option<Evidence> {
    let wants = store.wants_of(filing).unwrap();
    let want = wants.into_iter().find(|want| want.gatherer == Gatherer::Registry)?;
    Some(Evidence {
        version: 1,
        subject: want.subject,
        means: Means::Import,
        source: "extract.csv:2".into(),
        observed_at: at,
        allowed_networks: Vec::new(),
        observation: Observation::Registry(RegistryAnswer { result: RegistryResult::NotFound }),
    })
}

#[test]
fn a_replay_repeats_what_was_said_and_tells_whom_another_rule_concerns() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = of(folder.path(), 40);
    let now = Timestamp::now();
    let day = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap().to_datetime(now).date();
    let mut judge = Judge::default();
    for filing in all(&store, FilingState::Open) {
        let case = store.case(&filing, now).unwrap();
        let findings = judge.findings(&store, &case, day).unwrap();
        let draft = Draft {
            filing: filing.clone(),
            revision: case.revision.clone(),
            seen: None,
            conclusion: Conclusion::Pass,
            opinion: String::new(),
            internal_note: String::new(),
            findings,
            shown: Vec::new(),
            not_asked_again: Vec::new(),
            basis: Basis::of(&case),
            second_review: false,
        };
        store.record(&draft, false, None, now, &actor()).unwrap();
        // What is learnt afterwards, or by a clock that was wrong, was not known then.
        let later = registry(&store, &filing, now);
        store.keep_evidence(&later.into_iter().map(Into::into).collect::<Vec<_>>(), now, &actor()).unwrap();
    }
    let decided = store.concluded(None).unwrap();
    assert_eq!(decided.len(), 40);

    let replay = Replay::new(&store, checks::ALL).unwrap();
    for &decision in &decided {
        let replayed = replay.decision(&store, decision, now).unwrap();
        assert!(replayed.decided.exact);
        assert_eq!(replayed.differences, [], "{decision}");
    }

    let replay = Replay::new(&store, &WITH_ANOTHER).unwrap();
    let mut concerned = 0;
    for &decision in &decided {
        let replayed = replay.decision(&store, decision, now).unwrap();
        let told: Vec<_> = replayed.differences.iter().map(|difference| difference.check.as_str()).collect();
        let individual = replayed.decided.case.filing.is_individual();
        assert_eq!(told, if individual { vec!["tried"] } else { vec![] }, "{decision}");
        concerned += u64::from(individual);
    }
    assert!(concerned > 0);
    assert!(store.verify(&mut |_| {}).unwrap().problems.is_empty());
}
