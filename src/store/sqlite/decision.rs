//! Decisions as the day book has them, read from their projection.

use std::ops::ControlFlow;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::daybook::{Body, DecisionBody};
use super::fault::{Fault, Outcome};
use super::locate::FilingRow;
use super::policy;
use super::text::{date, from_json, optional_timestamp, timestamp};
use crate::domain::decision::{Conclusion, Decision, DecisionState};
use crate::domain::finding::Finding;
use crate::store::DecisionQuery;

/// The fields of `private` that belong to a decision.
pub(super) const OPINION: &str = "opinion";
pub(super) const INTERNAL_NOTE: &str = "internal_note";
pub(super) const FINDINGS: &str = "findings";
pub(super) const RELATIONS: &str = "relations";

const SELECT: &str = "
    SELECT d.seq, d.at_utc, d.day, d.reviewer, f.source, f.key, r.revision, d.conclusion, d.proposed,
           d.needs_second, d.second_at, d.second_reviewer, d.withdrawn_at, d.standing
    FROM decision d JOIN filing f ON f.id = d.filing_id JOIN revision r ON r.id = d.revision_id";

/// What must be known besides a row to say where a decision stands.
#[derive(Clone, Copy)]
struct Clock {
    now: Timestamp,
    cool_off: SignedDuration,
}

impl Clock {
    fn read(view: &Connection, now: Timestamp) -> Outcome<Self> {
        Ok(Clock { now, cool_off: SignedDuration::from_secs(policy::read(view)?.cool_off_seconds.into()) })
    }
}

/// Since when a decision is final.
pub(super) fn final_at(view: &Connection, seq: i64) -> Outcome<Timestamp> {
    let looked: String = view
        .prepare_cached("SELECT coalesce(second_at, at_utc) FROM decision WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))?;
    let looked = timestamp(&looked)?;
    let cool_off = Clock::read(view, looked)?.cool_off;
    looked.checked_add(cool_off).map_err(|error| Fault::damaged("policy.cool_off_seconds", error))
}

pub(super) fn numbered(view: &Connection, seq: i64, now: Timestamp) -> Outcome<Decision> {
    let clock = Clock::read(view, now)?;
    let mut statement = view.prepare_cached(&format!("{SELECT} WHERE d.seq = ?1"))?;
    statement.query_row([seq], |row| Ok(read(view, row, clock, true)))?
}

/// The last decision on a filing that no longer stands: on an earlier revision, or withdrawn.
pub(super) fn previous(view: &Connection, row: &FilingRow, now: Timestamp) -> Outcome<Option<Decision>> {
    let mut statement = view.prepare_cached(
        "SELECT seq FROM decision
         WHERE filing_id = ?1 AND (revision_id <> ?2 OR withdrawn_at IS NOT NULL)
         ORDER BY seq DESC LIMIT 1",
    )?;
    let seq = statement.query_row([row.id, row.current], |found| found.get(0)).optional()?;
    seq.map(|seq| numbered(view, seq, now)).transpose()
}

pub(super) fn of_reviewer(
    view: &Connection,
    reviewer: &str,
    day: Date,
    limit: u32,
    before: Option<i64>,
    now: Timestamp,
) -> Outcome<Vec<Decision>> {
    let clock = Clock::read(view, now)?;
    let mut statement = view.prepare_cached(&format!(
        "{SELECT} WHERE d.reviewer = ?1 AND d.day = ?2 AND d.seq < ?3 AND f.decision = d.seq
         ORDER BY d.seq DESC LIMIT ?4"
    ))?;
    let mut rows = statement.query(params![reviewer, day.to_string(), before.unwrap_or(i64::MAX), limit])?;
    let mut decisions = Vec::new();
    while let Some(row) = rows.next()? {
        decisions.push(read(view, row, clock, true)?);
    }
    Ok(decisions)
}

pub(super) fn stream(
    view: &Connection,
    query: &DecisionQuery,
    now: Timestamp,
    sink: &mut dyn FnMut(Decision) -> ControlFlow<()>,
) -> Outcome<()> {
    let clock = Clock::read(view, now)?;
    // The bounds come from the index by day; between them the table itself is in the day book's order.
    let mut statement = view.prepare_cached(&format!(
        "{SELECT}
         WHERE d.seq BETWEEN (SELECT min(seq) FROM decision WHERE day BETWEEN ?1 AND ?2)
                         AND (SELECT max(seq) FROM decision WHERE day BETWEEN ?1 AND ?2)
           AND +d.day BETWEEN ?1 AND ?2
         ORDER BY d.seq"
    ))?;
    let mut rows = statement.query([query.from.to_string(), query.to.to_string()])?;
    while let Some(row) = rows.next()? {
        if sink(read(view, row, clock, query.findings)?).is_break() {
            break;
        }
    }
    Ok(())
}

fn read(view: &Connection, row: &Row<'_>, clock: Clock, findings: bool) -> Outcome<Decision> {
    let at = timestamp(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
    let needs_second: bool = row.get(9)?;
    let second_at = optional_timestamp(row.get(10)?)?;
    let withdrawn_at = optional_timestamp(row.get(12)?)?;
    let standing: i64 = row.get(13)?;
    let state = if withdrawn_at.is_some() {
        DecisionState::Withdrawn
    } else if needs_second && second_at.is_none() {
        DecisionState::SecondReview
    } else if clock.now.duration_since(second_at.unwrap_or(at)) < clock.cool_off {
        DecisionState::Cooling
    } else {
        DecisionState::Final
    };
    let seq: i64 = row.get(0)?;
    let conclusion: Conclusion = from_json("decision.conclusion", &row.get::<_, String>(7)?)?;
    let overturned = if standing == seq { None } else { Some(concluded(view, seq)?) };
    let frozen = if findings { frozen(view, standing)? } else { Frozen::default() };
    Ok(Decision {
        seq,
        at,
        day: date(&row.get::<_, String>(2)?)?,
        reviewer: row.get(3)?,
        source: row.get(4)?,
        filing: row.get(5)?,
        revision: row.get(6)?,
        overturned: overturned.filter(|first| *first != conclusion),
        conclusion,
        opinion: private(view, standing, OPINION)?,
        internal_note: private(view, standing, INTERNAL_NOTE)?,
        proposed: from_json("decision.proposed", &row.get::<_, String>(8)?)?,
        findings: frozen.findings,
        shown: frozen.shown,
        state,
        second_reviewer: row.get(11)?,
        withdrawn_at,
    })
}

pub(super) fn private(view: &Connection, entry: i64, field: &str) -> Outcome<String> {
    let mut statement = view.prepare_cached("SELECT value FROM private WHERE entry = ?1 AND field = ?2")?;
    let value = statement.query_row(params![entry, field], |row| row.get(0)).optional()?;
    Ok(value.unwrap_or_default())
}

/// What an entry concluded.
fn concluded(view: &Connection, entry: i64) -> Outcome<Conclusion> {
    let body: String =
        view.prepare_cached("SELECT body FROM entry WHERE seq = ?1")?.query_row([entry], |row| row.get(0))?;
    Ok(from_json::<Body<DecisionBody>>("entry", &body)?.content.conclusion)
}

/// What an entry froze with its decision.
#[derive(Default)]
struct Frozen {
    findings: Vec<Finding>,
    shown: Vec<String>,
}

fn frozen(view: &Connection, entry: i64) -> Outcome<Frozen> {
    let body: String =
        view.prepare_cached("SELECT body FROM entry WHERE seq = ?1")?.query_row([entry], |row| row.get(0))?;
    let body: Body<DecisionBody> = from_json("entry", &body)?;
    let mut findings = body.content.findings;
    let values = private(view, entry, FINDINGS)?;
    if !values.is_empty() {
        give_back(&mut findings, from_json("private.findings", &values)?);
    }
    Ok(Frozen { findings, shown: body.content.shown })
}

/// The values of one finding, kept apart from the rest of it.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Values {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    observed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// The message's arguments: they name persons and numbers.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    args: std::collections::BTreeMap<String, String>,
}

/// Takes the values out of findings: one each, in their order.
pub(super) fn take_out(findings: &mut [Finding]) -> Vec<Values> {
    let values = |finding: &mut Finding| Values {
        observed: finding.observed.take(),
        expected: finding.expected.take(),
        args: std::mem::take(&mut finding.message.args),
    };
    findings.iter_mut().map(values).collect()
}

fn give_back(findings: &mut [Finding], values: Vec<Values>) {
    for (finding, values) in findings.iter_mut().zip(values) {
        finding.observed = values.observed;
        finding.expected = values.expected;
        finding.message.args = values.args;
    }
}
