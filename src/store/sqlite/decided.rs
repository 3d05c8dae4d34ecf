//! A filing as it stood when it was decided, and the policies that held: what a replay is made from.

use rusqlite::{Connection, params};

use jiff::Timestamp;

use super::daybook::{Body, DecisionBody};
use super::decision::{self, RELATIONS};
use super::fault::Outcome;
use super::text::{date, from_json, timestamp};
use super::{case, evidence, locate};
use crate::domain::daybook::EntryKind;
use crate::domain::policy::Policy;
use crate::domain::replay::DecidedCase;
use crate::store::Missing;

pub(super) fn load(view: &Connection, filing: &str, now: Timestamp) -> Outcome<DecidedCase> {
    let row = locate::named(view, filing)?;
    let seq = row.decision.ok_or_else(|| Missing::Decision(filing.to_owned()))?;
    let (entry, day, at, body): (i64, String, String, String) = view
        .prepare_cached(
            "SELECT e.seq, e.day, e.at_utc, e.body FROM decision d JOIN entry e ON e.seq = d.standing
             WHERE d.seq = ?1",
        )?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let body: Body<DecisionBody> = from_json("entry", &body)?;
    let mut case = case::load(view, &row, now)?;
    let exact = body.content.judged_by.is_some();
    match body.content.judged_by {
        Some(names) => {
            case.evidence =
                names.iter().map(|name| evidence::named(view, name)).collect::<Outcome<Vec<_>>>()?;
            let relations = decision::private(view, entry, RELATIONS)?;
            case.relations =
                if relations.is_empty() { Vec::new() } else { from_json("private.relations", &relations)? };
        }
        None => {
            let until = Some(timestamp(&at)?);
            case.evidence = evidence::of_filing(view, &case.filing, &case.attachments, until)?;
        }
    }
    let decision = decision::numbered(view, seq, now)?;
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
