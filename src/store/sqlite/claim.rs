//! Claims: who has which filing before them. A claim is the recorded access; prolonging it is not.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::fault::{Fault, Outcome};
use super::locate::{self, FilingRow};
use super::text::{stamp, timestamp};
use super::{case, daybook, policy, queue};
use crate::store::{Actor, CaseFile, ClaimNext};

pub(super) fn claim(
    transaction: &Connection,
    filing: &str,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<CaseFile> {
    take(transaction, &locate::named(transaction, filing)?, now, actor)
}

pub(super) fn claim_next(
    transaction: &Connection,
    next: &ClaimNext,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Option<CaseFile>> {
    let found = find_next(transaction, next, now, actor)?;
    found.map(|id| take(transaction, &locate::numbered(transaction, id)?, now, actor)).transpose()
}

/// What [`claim_next`] would claim.
pub(super) fn find_next(
    view: &Connection,
    next: &ClaimNext,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Option<i64>> {
    queue::next_free(view, &next.filter, next.after, &actor.reviewer, now)
}

/// Claims what [`find_next`] found in an earlier view; none when it is not to be had any more.
pub(super) fn claim_found(
    transaction: &Connection,
    next: &ClaimNext,
    found: i64,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Option<CaseFile>> {
    if !queue::still_free(transaction, &next.filter, found, &actor.reviewer, now)? {
        return Ok(None);
    }
    take(transaction, &locate::numbered(transaction, found)?, now, actor).map(Some)
}

fn take(transaction: &Connection, row: &FilingRow, now: Timestamp, actor: &Actor) -> Outcome<CaseFile> {
    row.refuse_if_claimed(now, &actor.reviewer)?;
    let until = lease(transaction, row, now, &actor.reviewer)?;
    if row.claim(now).is_none() {
        daybook::add_claim(transaction, row, until, now, actor)?;
    }
    let case = case::load(transaction, row, now)?;
    Ok(CaseFile { claimed_by: Some(actor.reviewer.clone()), ..case })
}

pub(super) fn renew(
    transaction: &Connection,
    filing: &str,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Timestamp> {
    let row = locate::named(transaction, filing)?;
    row.refuse_if_claimed(now, &actor.reviewer)?;
    let until = lease(transaction, &row, now, &actor.reviewer)?;
    if row.claim(now).is_none() {
        // It had lapsed: access begins again, and is recorded again.
        daybook::add_claim(transaction, &row, until, now, actor)?;
    }
    Ok(until)
}

/// Writes who has the filing until when.
fn lease(transaction: &Connection, row: &FilingRow, now: Timestamp, reviewer: &str) -> Outcome<Timestamp> {
    let seconds = policy::read(transaction)?.lease_seconds;
    let until = now
        .checked_add(SignedDuration::from_secs(seconds.into()))
        .map_err(|error| Fault::damaged("policy.lease_seconds", error))?;
    let until = stamp(until);
    transaction
        .prepare_cached("UPDATE filing SET lease_by = ?2, lease_until = ?3 WHERE id = ?1")?
        .execute(params![row.id, reviewer, until])?;
    timestamp(&until)
}

pub(super) fn release(transaction: &Connection, filing: &str, actor: &Actor) -> Outcome<()> {
    let row = locate::named(transaction, filing)?;
    transaction
        .prepare_cached(
            "UPDATE filing SET lease_by = NULL, lease_until = NULL WHERE id = ?1 AND lease_by = ?2",
        )?
        .execute(params![row.id, actor.reviewer])?;
    Ok(())
}
