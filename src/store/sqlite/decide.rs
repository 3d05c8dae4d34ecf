//! Recording a decision and taking it back: the rules that only the store can check.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::daybook::{self, Added, DecisionBody, NewEntry, WithdrawBody};
use super::decision::{self, FINDINGS, INTERNAL_NOTE, OPINION, RELATIONS, Values, take_out};
use super::fault::Outcome;
use super::locate::{self, FilingRow};
use super::policy;
use super::search_marks;
use super::text::{stamp, to_json};
use super::{case, evidence};
use crate::domain::daybook::EntryKind;
use crate::domain::decision::{Conclusion, Decision, DecisionState, Draft};
use crate::domain::finding::proposals;
use crate::domain::object::ReasonUse;
use crate::store::{Actor, Conflict, FilingState, Recorded};

pub(super) fn record(
    transaction: &Connection,
    draft: &Draft,
    needs_second_review: bool,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Recorded> {
    let row = locate::named(transaction, &draft.filing)?;
    let standing = row.decision.map(|seq| decision::numbered(transaction, seq, now)).transpose()?;
    let first = first_look(&row, standing, draft, actor)?;
    row.refuse_if_claimed(now, &actor.reviewer)?;
    if row.revision != draft.revision {
        let (filing, expected, current) = (row.key, draft.revision.clone(), row.revision);
        return Err(Conflict::Revised { filing, expected, current }.into());
    }
    if row.decision != draft.seen {
        return Err(Conflict::Overtaken { filing: row.key }.into());
    }
    if evidence_now(transaction, &row)? != draft.basis.evidence.iter().cloned().collect() {
        return Err(Conflict::OtherEvidence { filing: row.key }.into());
    }
    let look = Look {
        needs_second: first.is_none() && needs_second_review && policy::read(transaction)?.second_review,
        replaces: first.as_ref().is_some_and(|first| says_its_own(draft, first)),
        conclusion: to_json(&draft.conclusion)?,
        proposed: proposals(&draft.findings),
        row,
        draft,
        first,
        actor,
    };
    let (seq, day) = look.write(transaction, now)?;
    let state = state_after(&draft.conclusion, look.needs_second);
    let until = match &draft.conclusion {
        Conclusion::Hold { until, .. } => until.map(stamp),
        _ => None,
    };
    transaction
        .prepare_cached(
            "UPDATE filing SET state = ?2, decision = ?3, hold_until = ?4, lease_by = NULL, lease_until = NULL
             WHERE id = ?1",
        )?
        .execute(params![look.row.id, state.text(), seq, until])?;
    let standing = decision::numbered(transaction, seq, now)?;
    search_marks::decided(transaction, look.row.id, Some(&standing.conclusion))?;
    Ok(Recorded { seq, day, state, decision: standing.state, next: None })
}

/// Names of what a case shows at this moment.
fn evidence_now(transaction: &Connection, row: &FilingRow) -> Outcome<BTreeSet<String>> {
    let filing = case::filing(transaction, row.current)?;
    let attachments = case::attachments(transaction, row.current)?;
    let known = evidence::of_filing(transaction, &filing, &attachments, None)?;
    Ok(known.into_iter().map(|kept| kept.id).collect())
}

/// Where a decision leaves its filing.
pub(super) fn state_after(conclusion: &Conclusion, needs_second: bool) -> FilingState {
    match conclusion {
        Conclusion::Pass | Conclusion::Fail { .. } if needs_second => FilingState::SecondReview,
        Conclusion::Pass | Conclusion::Fail { .. } => FilingState::Decided,
        Conclusion::Hold { .. } => FilingState::Hold,
        Conclusion::Escalate => FilingState::Escalated,
    }
}

/// The decision that the draft is a second look at, if it is one; refuses what may not be decided again.
fn first_look(
    row: &FilingRow,
    standing: Option<Decision>,
    draft: &Draft,
    actor: &Actor,
) -> Outcome<Option<Decision>> {
    let filing = row.key.clone();
    match (row.state, standing) {
        (FilingState::SecondReview, Some(first)) if draft.second_review => {
            if first.reviewer == actor.reviewer {
                return Err(Conflict::SameReviewer { filing, reviewer: first.reviewer }.into());
            }
            Ok(Some(first))
        }
        (FilingState::SecondReview | FilingState::Decided, Some(done)) => {
            let by = done.second_reviewer.unwrap_or(done.reviewer);
            Err(Conflict::AlreadyDecided { filing, by, at: done.at }.into())
        }
        _ if draft.second_review => Err(Conflict::NoFirstDecision { filing }.into()),
        _ => Ok(None),
    }
}

/// Whether a second look says something of its own, or merely confirms.
fn says_its_own(draft: &Draft, first: &Decision) -> bool {
    draft.conclusion != first.conclusion || !draft.opinion.is_empty() || !draft.internal_note.is_empty()
}

/// A reviewer's look at a filing, allowed and about to be written.
struct Look<'a> {
    row: FilingRow,
    draft: &'a Draft,
    /// The decision that this is the second look at.
    first: Option<Decision>,
    needs_second: bool,
    replaces: bool,
    /// As it stands in its column.
    conclusion: String,
    proposed: Vec<ReasonUse>,
    actor: &'a Actor,
}

impl Look<'_> {
    /// Writes entry and projection; answers the decision's number and day.
    fn write(&self, transaction: &Connection, now: Timestamp) -> Outcome<(i64, Date)> {
        let added = self.add_entry(transaction, now)?;
        match &self.first {
            None => {
                self.insert(transaction, &added)?;
                Ok((added.seq, added.day))
            }
            Some(first) => {
                self.update(transaction, first.seq, &added)?;
                Ok((first.seq, first.day))
            }
        }
    }

    fn add_entry(&self, transaction: &Connection, now: Timestamp) -> Outcome<Added> {
        let mut findings = self.draft.findings.clone();
        let values = take_out(&mut findings);
        let nothing = values.iter().all(|of_one| *of_one == Values::default());
        let values = if nothing { String::new() } else { to_json(&values)? };
        let relations = &self.draft.basis.relations;
        let relations = if relations.is_empty() { String::new() } else { to_json(relations)? };
        let content = DecisionBody {
            source: self.row.source.clone(),
            conclusion: self.draft.conclusion.clone(),
            needs_second: self.needs_second,
            second_look_at: self.first.as_ref().map(|first| first.seq),
            replaces: self.replaces,
            proposed: self.proposed.clone(),
            findings,
            shown: self.draft.shown.clone(),
            judged_by: Some(self.draft.basis.evidence.clone()),
            not_asked_again: self.draft.not_asked_again.clone(),
        };
        let entry = NewEntry {
            kind: EntryKind::Decision,
            filing: Some((&self.row.key, &self.row.revision)),
            content,
            private: &[
                (OPINION, &self.draft.opinion),
                (INTERNAL_NOTE, &self.draft.internal_note),
                (FINDINGS, &values),
                (RELATIONS, &relations),
            ],
        };
        daybook::add(transaction, entry, now, self.actor)
    }

    fn insert(&self, transaction: &Connection, added: &Added) -> Outcome<()> {
        transaction
            .prepare_cached(
                "INSERT INTO decision (seq, filing_id, revision_id, at_utc, day, reviewer, needs_second, standing,
                                       verdict, conclusion, proposed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1, ?8, ?9, ?10)",
            )?
            .execute(params![
                added.seq,
                self.row.id,
                self.row.current,
                added.at,
                added.day.to_string(),
                self.actor.reviewer,
                self.needs_second,
                self.draft.conclusion.verdict().text(),
                self.conclusion,
                to_json(&self.proposed)?,
            ])?;
        Ok(())
    }

    fn update(&self, transaction: &Connection, first: i64, added: &Added) -> Outcome<()> {
        transaction
            .prepare_cached(
                "UPDATE decision SET second_seq = ?2, second_at = ?3, second_reviewer = ?4 WHERE seq = ?1",
            )?
            .execute(params![first, added.seq, added.at, self.actor.reviewer])?;
        if self.replaces {
            transaction
                .prepare_cached(
                    "UPDATE decision SET standing = ?2, verdict = ?3, conclusion = ?4, proposed = ?5
                     WHERE seq = ?1",
                )?
                .execute(params![
                    first,
                    added.seq,
                    self.draft.conclusion.verdict().text(),
                    self.conclusion,
                    to_json(&self.proposed)?,
                ])?;
        }
        Ok(())
    }
}

pub(super) fn withdraw(
    transaction: &Connection,
    filing: &str,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Decision> {
    let row = locate::named(transaction, filing)?;
    let filing = row.key.clone();
    let Some(seq) = row.decision else { return Err(Conflict::NothingToWithdraw { filing }.into()) };
    let standing = decision::numbered(transaction, seq, now)?;
    let reviewer = Some(&actor.reviewer);
    if Some(&standing.reviewer) != reviewer && standing.second_reviewer.as_ref() != reviewer {
        return Err(Conflict::NotYours { filing, by: standing.reviewer }.into());
    }
    // What is final may still be taken back on its own day, as long as nothing has left the workspace because of it.
    if standing.state == DecisionState::Final && standing.day != daybook::day_of(transaction, now)? {
        let since = decision::final_at(transaction, seq)?;
        return Err(Conflict::Final { filing, since }.into());
    }
    row.refuse_if_claimed(now, &actor.reviewer)?;
    let content = WithdrawBody { source: row.source.clone(), decision: seq };
    let entry = NewEntry {
        kind: EntryKind::Withdraw,
        filing: Some((&row.key, &row.revision)),
        content,
        private: &[],
    };
    let added = daybook::add(transaction, entry, now, actor)?;
    transaction
        .prepare_cached("UPDATE decision SET withdrawn_seq = ?2, withdrawn_at = ?3 WHERE seq = ?1")?
        .execute(params![seq, added.seq, added.at])?;
    transaction
        .prepare_cached("UPDATE filing SET state = 'open', decision = NULL, hold_until = NULL WHERE id = ?1")?
        .execute([row.id])?;
    search_marks::decided(transaction, row.id, None)?;
    decision::numbered(transaction, seq, now)
}
