//! The day book told again from its first entry: where each filing and each decision must stand.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::de::DeserializeOwned;

use super::daybook::{Body, DecisionBody, EvidenceBody, ImportBody, WithdrawBody};
use super::decide::state_after;
use super::fault::{Fault, Outcome};
use super::text::from_json;
use crate::domain::daybook::EntryKind;
use crate::domain::decision::Conclusion;
use crate::domain::policy::Policy;
use crate::store::FilingState;

/// Where a filing must stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FilingStand {
    pub revision: Box<str>,
    pub state: FilingState,
    pub decision: Option<i64>,
    pub hold_until: Option<Timestamp>,
}

/// Which entries made a decision what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DecisionStand {
    pub filing: i64,
    pub standing: i64,
    pub needs_second: bool,
    pub second: Option<i64>,
    pub withdrawn: Option<i64>,
}

#[derive(Default)]
pub(super) struct Replay {
    /// By the filing's row.
    pub filings: HashMap<i64, FilingStand>,
    /// By the entry of the first decision.
    pub decisions: BTreeMap<i64, DecisionStand>,
    pub policy: Option<Policy>,
    /// Filings whose standing decision is a fail that reached the applicant, and those handed in again after one.
    failed: HashSet<i64>,
    pub returned: HashSet<i64>,
    /// The files of every version of the provider's prefixes.
    pub prefix_lists: BTreeSet<String>,
    /// The entry of each piece of evidence, by name.
    pub evidence: HashMap<String, i64>,
}

/// An entry as far as a replay needs it.
pub(super) struct Told<'a> {
    pub seq: i64,
    pub kind: &'a str,
    pub filing: Option<&'a str>,
    pub body: &'a str,
}

impl Replay {
    /// Takes one entry in.
    pub(super) fn tell(&mut self, view: &Connection, entry: &Told<'_>) -> Outcome<()> {
        let kind = EntryKind::from_text(entry.kind)
            .ok_or_else(|| Fault::damaged("entry.kind", format!("`{}` is unknown", entry.kind)))?;
        match kind {
            EntryKind::Create | EntryKind::Policy => {
                let policy: Policy = content(entry)?;
                self.prefix_lists.extend(policy.prefix_list.iter().map(|file| file.sha256.clone()));
                self.policy = Some(policy);
            }
            EntryKind::Import => {
                let import: ImportBody = content(entry)?;
                for (source, key, revision) in import.filings {
                    let stand = FilingStand {
                        revision: revision.into(),
                        state: FilingState::Open,
                        decision: None,
                        hold_until: None,
                    };
                    let filing = row(view, &source, &key)?;
                    if self.failed.remove(&filing) {
                        self.returned.insert(filing);
                    }
                    self.filings.insert(filing, stand);
                }
            }
            EntryKind::Decision => self.decided(view, entry)?,
            EntryKind::Withdraw => {
                let withdrawn: WithdrawBody = content(entry)?;
                let decision = self.decision(withdrawn.decision)?;
                decision.withdrawn = Some(entry.seq);
                let filing = decision.filing;
                self.failed.remove(&filing);
                self.stand(filing, FilingState::Open, None, None)?;
            }
            EntryKind::Evidence => {
                let kept: EvidenceBody = content(entry)?;
                self.evidence.extend(kept.evidence.into_iter().map(|name| (name, entry.seq)));
            }
            EntryKind::Claim | EntryKind::Reveal | EntryKind::Compare | EntryKind::Export => {}
        }
        Ok(())
    }

    fn decided(&mut self, view: &Connection, entry: &Told<'_>) -> Outcome<()> {
        let body: DecisionBody = content(entry)?;
        let first = match body.second_look_at {
            None => {
                let stand = DecisionStand {
                    filing: row(view, &body.source, entry.filing.unwrap_or_default())?,
                    standing: entry.seq,
                    needs_second: body.needs_second,
                    second: None,
                    withdrawn: None,
                };
                self.decisions.insert(entry.seq, stand);
                entry.seq
            }
            Some(first) => {
                let decision = self.decision(first)?;
                decision.second = Some(entry.seq);
                if body.replaces {
                    decision.standing = entry.seq;
                }
                first
            }
        };
        let until = match body.conclusion {
            Conclusion::Hold { until, .. } => until,
            _ => None,
        };
        let filing = self.decision(first)?.filing;
        if matches!(body.conclusion, Conclusion::Fail { .. }) && !body.needs_second {
            self.failed.insert(filing);
        }
        self.stand(filing, state_after(&body.conclusion, body.needs_second), Some(first), until)
    }

    fn decision(&mut self, seq: i64) -> Outcome<&mut DecisionStand> {
        let found = self.decisions.get_mut(&seq);
        found.ok_or_else(|| Fault::damaged("entry.body", format!("entry {seq} is no decision")))
    }

    fn stand(
        &mut self,
        filing: i64,
        state: FilingState,
        decision: Option<i64>,
        hold_until: Option<Timestamp>,
    ) -> Outcome<()> {
        let stand = self.filings.get_mut(&filing);
        let stand = stand.ok_or_else(|| Fault::damaged("entry.filing", "was never imported"))?;
        (stand.state, stand.decision, stand.hold_until) = (state, decision, hold_until);
        Ok(())
    }
}

fn content<Content: DeserializeOwned>(entry: &Told<'_>) -> Outcome<Content> {
    Ok(from_json::<Body<Content>>("entry.body", entry.body)?.content)
}

fn row(view: &Connection, source: &str, key: &str) -> Outcome<i64> {
    view.prepare_cached("SELECT id FROM filing WHERE key = ?1 AND source = ?2")?
        .query_row([key, source], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Fault::damaged("filing", format!("{source}/{key} is missing")))
}
