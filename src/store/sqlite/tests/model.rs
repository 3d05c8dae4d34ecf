//! Random work on a workspace against a model that is easy to believe.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::decision::DecisionState;
use crate::store::{Counts, FilingState};

const KEYS: [&str; 4] = ["A", "B", "C", "D"];
const REVIEWERS: [&str; 2] = ["wang", "li"];

#[derive(Debug, Clone)]
enum Step {
    Import { key: usize, content: u8 },
    Claim { key: usize, by: usize },
    Decide { key: usize, by: usize, conclusion: Conclusion },
    SecondLook { key: usize, by: usize, conclusion: Conclusion },
    Withdraw { key: usize, by: usize },
    Wait { seconds: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    let (key, by) = (0..KEYS.len(), 0..REVIEWERS.len());
    let conclusion =
        prop_oneof![Just(Conclusion::Pass), Just(fail()), Just(hold(None)), Just(Conclusion::Escalate),];
    prop_oneof![
        2 => (key.clone(), 0..3_u8).prop_map(|(key, content)| Step::Import { key, content }),
        1 => (key.clone(), by.clone()).prop_map(|(key, by)| Step::Claim { key, by }),
        3 => (key.clone(), by.clone(), conclusion.clone())
            .prop_map(|(key, by, conclusion)| Step::Decide { key, by, conclusion }),
        2 => (key.clone(), by.clone(), conclusion)
            .prop_map(|(key, by, conclusion)| Step::SecondLook { key, by, conclusion }),
        2 => (key, by).prop_map(|(key, by)| Step::Withdraw { key, by }),
        1 => prop_oneof![Just(1), Just(200), Just(601), Just(50_000)].prop_map(|seconds| Step::Wait { seconds }),
    ]
}

/// A filing as the model sees it.
#[derive(Debug, Clone)]
struct Modelled {
    content: u8,
    state: FilingState,
    claim: Option<(usize, i64)>,
    /// The decision that stands: first reviewer, second reviewer, last looked at.
    decision: Option<(usize, Option<usize>, i64, i64)>,
}

#[derive(Debug, Default)]
struct Model {
    filings: BTreeMap<usize, Modelled>,
    clock: i64,
    recorded: usize,
    withdrawn: usize,
}

impl Model {
    /// Takes the step and says whether it was allowed.
    fn take(&mut self, step: &Step) -> bool {
        let clock = self.clock;
        match step {
            Step::Wait { seconds } => {
                self.clock += seconds;
                true
            }
            Step::Import { key, content } => {
                let known = self.filings.get(key);
                if known.is_none_or(|filing| filing.content != *content) {
                    let claim = known.and_then(|filing| filing.claim);
                    let filing =
                        Modelled { content: *content, state: FilingState::Open, claim, decision: None };
                    self.filings.insert(*key, filing);
                }
                true
            }
            Step::Claim { key, by } => {
                let Some(filing) = self.filings.get_mut(key) else { return false };
                let allowed = filing.free_for(*by, clock);
                if allowed {
                    filing.claim = Some((*by, clock + 300));
                }
                allowed
            }
            Step::Decide { key, by, conclusion } => {
                let Some(filing) = self.filings.get_mut(key) else { return false };
                let closed = matches!(filing.state, FilingState::Decided | FilingState::SecondReview);
                if closed || !filing.free_for(*by, clock) {
                    return false;
                }
                let flagged = !conclusion.reasons().is_empty();
                filing.state = if flagged { FilingState::SecondReview } else { after(conclusion) };
                (filing.decision, filing.claim) = (Some((*by, None, clock, clock)), None);
                self.recorded += 1;
                true
            }
            Step::SecondLook { key, by, conclusion } => {
                let Some(filing) = self.filings.get_mut(key) else { return false };
                let Some((first, None, _, made)) = filing.decision else { return false };
                let waits = filing.state == FilingState::SecondReview;
                if !waits || first == *by || !filing.free_for(*by, clock) {
                    return false;
                }
                filing.state = after(conclusion);
                (filing.decision, filing.claim) = (Some((first, Some(*by), clock, made)), None);
                true
            }
            Step::Withdraw { key, by } => {
                let Some(filing) = self.filings.get_mut(key) else { return false };
                let Some((first, second, at, made)) = filing.decision else { return false };
                let waits = filing.state == FilingState::SecondReview;
                let own = first == *by || second == Some(*by);
                if !own
                    || !(waits || clock - at < 600 || day(made) == day(clock))
                    || !filing.free_for(*by, clock)
                {
                    return false;
                }
                (filing.state, filing.decision) = (FilingState::Open, None);
                self.withdrawn += 1;
                true
            }
        }
    }

    fn count(&self, state: FilingState) -> u64 {
        self.filings.values().filter(|filing| filing.state == state).count() as u64
    }
}

/// The day in Shanghai; the story begins at 09:30.
fn day(clock: i64) -> i64 {
    (clock + 34_200) / 86_400
}

impl Modelled {
    fn free_for(&self, by: usize, clock: i64) -> bool {
        self.claim.is_none_or(|(holder, until)| holder == by || until <= clock)
    }
}

fn after(conclusion: &Conclusion) -> FilingState {
    match conclusion {
        Conclusion::Pass | Conclusion::Fail { .. } => FilingState::Decided,
        Conclusion::Hold { .. } => FilingState::Hold,
        Conclusion::Escalate => FilingState::Escalated,
    }
}

/// Takes the step in the real store and says whether it was allowed.
fn take(desk: &mut Desk, step: &Step) -> bool {
    let known = |desk: &Desk, key: &str| desk.store.case(key, desk.now).is_ok();
    match step {
        Step::Wait { seconds } => {
            desk.wait(*seconds);
            true
        }
        Step::Import { key, content } => {
            desk.import(&[changed(item(KEYS[*key]), &content.to_string())]);
            true
        }
        Step::Claim { key, by } => desk.store.claim(KEYS[*key], desk.now, &reviewer(REVIEWERS[*by])).is_ok(),
        Step::Decide { key, by, conclusion } => {
            known(desk, KEYS[*key]) && desk.decide(KEYS[*key], conclusion.clone(), REVIEWERS[*by]).is_ok()
        }
        Step::SecondLook { key, by, conclusion } => {
            known(desk, KEYS[*key])
                && desk.second_look(KEYS[*key], conclusion.clone(), REVIEWERS[*by]).is_ok()
        }
        Step::Withdraw { key, by } => {
            desk.store.withdraw(KEYS[*key], desk.now, &reviewer(REVIEWERS[*by])).is_ok()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn random_work_follows_the_model(steps in proptest::collection::vec(step(), 1..40)) {
        let mut desk = Desk::new();
        let mut model = Model::default();
        for step in &steps {
            prop_assert_eq!(take(&mut desk, step), model.take(step), "{:?} in {:?}", step, model);
        }
        for (key, filing) in &model.filings {
            let case = desk.case(KEYS[*key]);
            prop_assert_eq!(case.state, filing.state);
            let looked = case.current.map(|decision| (decision.reviewer, decision.second_reviewer));
            let name = |by: usize| REVIEWERS[by].to_owned();
            let expected = filing.decision.map(|(first, second, ..)| (name(first), second.map(name)));
            prop_assert_eq!(looked, expected);
            let claim = filing.claim.filter(|(_, until)| *until > model.clock).map(|(by, _)| name(by));
            prop_assert_eq!(case.claimed_by, claim);
        }
        let decisions = desk.decisions();
        let withdrawn = decisions.iter().filter(|decision| decision.state == DecisionState::Withdrawn);
        prop_assert_eq!(withdrawn.count(), model.withdrawn);
        prop_assert_eq!(decisions.len(), model.recorded);
        let counts = desk.store.counts("nobody", desk.now).unwrap();
        let expected = Counts {
            open: model.count(FilingState::Open),
            hold_due: 0,
            hold_later: model.count(FilingState::Hold),
            escalated: model.count(FilingState::Escalated),
            second_review: model.count(FilingState::SecondReview),
            decided: model.count(FilingState::Decided),
            decided_today: 0,
        };
        prop_assert_eq!(counts, expected);
        let report = desk.store.verify(&mut |_| ()).unwrap();
        prop_assert_eq!(report.problems, []);
    }
}
