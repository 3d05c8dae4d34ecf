//! Recording a decision and taking it back: the rules that only the store can check.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::daybook::{self, Added, DecisionBody, NewEntry, WithdrawBody};
use super::decision::{self, FINDINGS, INTERNAL_NOTE, OPINION, Values, take_out};
use super::fault::Outcome;
use super::locate::{self, FilingRow};
use super::text::{stamp, to_json};
use crate::domain::daybook::EntryKind;
use crate::domain::decision::{Conclusion, Decision, DecisionState, Draft};
use crate::domain::finding::proposals;
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
        return Err(Conflict::Revised {
            filing: row.key,
            expected: draft.revision.clone(),
            current: row.revision,
        }
        .into());
    }
    let needs_second = first.is_none() && needs_second_review && daybook::policy(transaction)?.second_review;
    let replaces = first.as_ref().is_some_and(|first| replaces(draft, first));
    let added = add_entry(transaction, &row, draft, first.as_ref(), needs_second, replaces, now, actor)?;
    let (seq, day) = match &first {
        None => {
            insert(transaction, &row, draft, needs_second, &added, actor)?;
            (added.seq, added.day)
        }
        Some(first) => {
            second_look(transaction, first.seq, draft, replaces, &added, actor)?;
            (first.seq, first.day)
        }
    };
    let state = state_after(&draft.conclusion, needs_second);
    let until = match &draft.conclusion {
        Conclusion::Hold { until, .. } => until.map(stamp),
        _ => None,
    };
    transaction
        .prepare_cached(
            "UPDATE filing SET state = ?2, decision = ?3, hold_until = ?4, lease_by = NULL, lease_until = NULL
             WHERE id = ?1",
        )?
        .execute(params![row.id, state.text(), seq, until])?;
    let decision = decision::numbered(transaction, seq, now)?.state;
    Ok(Recorded { seq, day, state, decision, next: None })
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
fn replaces(draft: &Draft, first: &Decision) -> bool {
    draft.conclusion != first.conclusion || !draft.opinion.is_empty() || !draft.internal_note.is_empty()
}

#[expect(clippy::too_many_arguments, reason = "one call; a struct would only repeat the names")]
fn add_entry(
    transaction: &Connection,
    row: &FilingRow,
    draft: &Draft,
    first: Option<&Decision>,
    needs_second: bool,
    replaces: bool,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Added> {
    let mut findings = draft.findings.clone();
    let values = take_out(&mut findings);
    let values = if values.iter().all(|of_one| *of_one == Values::default()) {
        String::new()
    } else {
        to_json(&values)?
    };
    let content = DecisionBody {
        source: row.source.clone(),
        conclusion: draft.conclusion.clone(),
        needs_second,
        second_look_at: first.map(|first| first.seq),
        replaces,
        proposed: proposals(&draft.findings),
        findings,
        shown: draft.shown.clone(),
    };
    let private = [
        (OPINION, draft.opinion.as_str()),
        (INTERNAL_NOTE, draft.internal_note.as_str()),
        (FINDINGS, &values),
    ];
    let filing = Some((row.key.as_str(), row.revision.as_str()));
    daybook::add(
        transaction,
        NewEntry { kind: EntryKind::Decision, filing, content, private: &private },
        now,
        actor,
    )
}

fn insert(
    transaction: &Connection,
    row: &FilingRow,
    draft: &Draft,
    needs_second: bool,
    added: &Added,
    actor: &Actor,
) -> Outcome<()> {
    transaction
        .prepare_cached(
            "INSERT INTO decision (seq, filing_id, revision_id, at_utc, day, reviewer, needs_second, standing,
                                   verdict, conclusion, proposed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1, ?8, ?9, ?10)",
        )?
        .execute(params![
            added.seq,
            row.id,
            row.current,
            added.at,
            added.day.to_string(),
            actor.reviewer,
            needs_second,
            draft.conclusion.verdict().text(),
            to_json(&draft.conclusion)?,
            to_json(&proposals(&draft.findings))?,
        ])?;
    Ok(())
}

fn second_look(
    transaction: &Connection,
    first: i64,
    draft: &Draft,
    replaces: bool,
    added: &Added,
    actor: &Actor,
) -> Outcome<()> {
    transaction
        .prepare_cached(
            "UPDATE decision SET second_seq = ?2, second_at = ?3, second_reviewer = ?4 WHERE seq = ?1",
        )?
        .execute(params![first, added.seq, added.at, actor.reviewer])?;
    if replaces {
        transaction
            .prepare_cached(
                "UPDATE decision SET standing = ?2, verdict = ?3, conclusion = ?4, proposed = ?5 WHERE seq = ?1",
            )?
            .execute(params![
                first,
                added.seq,
                draft.conclusion.verdict().text(),
                to_json(&draft.conclusion)?,
                to_json(&proposals(&draft.findings))?,
            ])?;
    }
    Ok(())
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
    if standing.state == DecisionState::Final {
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
    decision::numbered(transaction, seq, now)
}
