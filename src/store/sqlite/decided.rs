//! A filing as it stood when it was decided, and the policies that held: what a replay is made from.

use rusqlite::{Connection, params};

use jiff::Timestamp;

use super::daybook::{Body, DecisionBody};
use super::decision::{self, RELATIONS};
use super::fault::Outcome;
use super::text::{date, from_json, timestamp};
use super::{case, evidence, locate};
use crate::domain::daybook::EntryKind;
use crate::domain::decision::Verdict;
use crate::domain::policy::Policy;
use crate::domain::replay::DecidedCase;
use crate::store::Missing;

/// Passes and fails that nobody took back, the oldest first: of one filing, whatever its revision, or of all.
pub(super) fn concluded(view: &Connection, filing: Option<&str>) -> Outcome<Vec<i64>> {
    let row = filing.map(|filing| locate::named(view, filing)).transpose()?;
    let mut statement = view.prepare_cached(
        "SELECT seq FROM decision WHERE verdict IN (?1, ?2) AND withdrawn_at IS NULL
           AND (?3 IS NULL OR filing_id = ?3) ORDER BY seq",
    )?;
    let (pass, fail) = (Verdict::Pass.text(), Verdict::Fail.text());
    let found = statement.query_map(params![pass, fail, row.map(|row| row.id)], |row| row.get(0))?;
    let found: Vec<i64> = found.collect::<Result<_, _>>()?;
    match filing {
        Some(filing) if found.is_empty() => Err(Missing::Decision(filing.to_owned()).into()),
        _ => Ok(found),
    }
}

/// The case as it was at one decision: of the revision that was decided then.
pub(super) fn load(view: &Connection, seq: i64, now: Timestamp) -> Outcome<DecidedCase> {
    let decision = decision::numbered(view, seq, now)?;
    let (filing, revision, entry, day, at, body): (i64, i64, i64, String, String, String) = view
        .prepare_cached(
            "SELECT d.filing_id, d.revision_id, e.seq, e.day, e.at_utc, e.body
             FROM decision d JOIN entry e ON e.seq = d.standing WHERE d.seq = ?1",
        )?
        .query_row([seq], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })?;
    let body: Body<DecisionBody> = from_json("entry", &body)?;
    let mut row = locate::numbered(view, filing)?;
    (row.current, row.revision) = (revision, decision.revision.clone());
    let mut case = case::load(view, &row, now)?;
    let relations = decision::private(view, entry, RELATIONS)?;
    // What was committed to and is no longer there was purged: nobody can tell what it was.
    let purged = relations.is_empty() && body.private.contains_key(RELATIONS);
    let exact = body.content.judged_by.is_some() && !purged;
    match body.content.judged_by {
        Some(names) => {
            case.evidence =
                names.iter().map(|name| evidence::named(view, name)).collect::<Outcome<Vec<_>>>()?;
            case.relations =
                if relations.is_empty() { Vec::new() } else { from_json("private.relations", &relations)? };
        }
        None => {
            let until = Some(timestamp(&at)?);
            case.evidence = evidence::of_filing(view, &case.filing, &case.attachments, until)?;
        }
    }
    Ok(DecidedCase { decision, entry, day: date(&day)?, case, exact })
}

/// Every policy with its entry, the oldest first.
pub(super) fn policies(view: &Connection) -> Outcome<Vec<(i64, Policy)>> {
    let mut statement = view.prepare("SELECT seq, body FROM entry WHERE kind IN (?1, ?2) ORDER BY seq")?;
    let mut rows = statement.query(params![EntryKind::Create.text(), EntryKind::Policy.text()])?;
    let mut policies = Vec::new();
    while let Some(row) = rows.next()? {
        let body: Body<Policy> = from_json("entry", &row.get::<_, String>(1)?)?;
        policies.push((row.get(0)?, body.content));
    }
    Ok(policies)
}
