//! Replay: today's checks over what was known when filings were decided. Asks nobody and writes nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::judge::{self, Standing};
use crate::checks::Check;
use crate::domain::replay::{DecidedCase, Difference, differences};
use crate::store::{ReadStore, StoreError};

/// Judges decided filings again under the policies that held then.
pub struct Replay {
    /// By the entry from which on it held.
    standings: BTreeMap<i64, Standing>,
    checks: &'static [&'static dyn Check],
}

/// The case of one decision, judged again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    pub decided: DecidedCase,
    pub differences: Vec<Difference>,
}

impl Replay {
    /// With these checks: `checks::ALL`, or some that are to be tried.
    pub fn new(store: &impl ReadStore, checks: &'static [&'static dyn Check]) -> Result<Self, StoreError> {
        let policies = store.policies()?;
        let standings =
            policies.into_iter().map(|(entry, policy)| (entry, Standing::of(policy, store))).collect();
        Ok(Replay { standings, checks })
    }

    /// The case of one decision, by its entry.
    pub fn decision(
        &self,
        store: &impl ReadStore,
        decision: i64,
        now: Timestamp,
    ) -> Result<Replayed, StoreError> {
        let decided = store.decided(decision, now)?;
        let readings = judge::readings(store, &decided.case)?.all;
        let standing = self.standings.range(..decided.entry).next_back();
        // The first entry of a day book is a policy, and `verify` names a day book without one.
        let standing = standing.ok_or_else(|| StoreError::Damaged {
            what: format!("entry {}", decided.entry),
            detail: "no policy stands before it".to_owned(),
        })?;
        let now = standing.1.findings_of(self.checks, &decided.case, &readings, decided.day);
        let differences = differences(&decided.decision.findings, &now);
        Ok(Replayed { decided, differences })
    }
}
