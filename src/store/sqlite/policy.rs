//! The policy: one row, of which each version is an entry of the day book.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::daybook::{self, NewEntry};
use super::fault::{Fault, Outcome};
use super::text::{from_json, to_json};
use super::vault::AttachmentVault;
use crate::domain::daybook::EntryKind;
use crate::domain::policy::Policy;
use crate::store::{Actor, Conflict};

pub(super) fn read(view: &Connection) -> Outcome<Policy> {
    let body: String = view.prepare_cached("SELECT body FROM policy")?.query_row([], |row| row.get(0))?;
    from_json("policy", &body)
}

pub(super) fn zone(policy: &Policy) -> Outcome<TimeZone> {
    TimeZone::get(&policy.zone)
        .map_err(|error| Fault::damaged(format!("policy.zone `{}`", policy.zone), error))
}

/// The first entry: the workspace with its policy.
pub(super) fn create(
    transaction: &Connection,
    policy: &Policy,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<()> {
    keep(transaction, policy, EntryKind::Create, now, actor)?;
    transaction.execute_batch(
        "INSERT INTO state_count VALUES ('open', 0), ('hold', 0), ('escalated', 0), ('second_review', 0), ('decided', 0)",
    )?;
    Ok(())
}

pub(super) fn set(
    transaction: &Connection,
    vault: &AttachmentVault,
    policy: &Policy,
    expected: &Policy,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<()> {
    let before = read(transaction)?;
    if before != *expected {
        return Err(Conflict::PolicyChanged.into());
    }
    if let Some(file) = &policy.prefix_list {
        vault.settle(&[(&file.sha256, file.bytes)])?;
    }
    let entry = keep(transaction, policy, EntryKind::Policy, now, actor)?;
    if !policy.judges_as(&before) {
        transaction.execute(
            "INSERT INTO pending_check (filing_id, mark) SELECT id, ?1 FROM filing WHERE state <> 'decided'
             ON CONFLICT (filing_id) DO UPDATE SET mark = excluded.mark",
            [entry],
        )?;
    }
    Ok(())
}

/// Keeps the policy and answers the number of its entry.
fn keep(
    transaction: &Connection,
    policy: &Policy,
    kind: EntryKind,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<i64> {
    zone(policy)?;
    transaction.execute(
        "INSERT INTO policy (id, body) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        [to_json(policy)?],
    )?;
    let entry = NewEntry { kind, filing: None, content: policy, private: &[] };
    Ok(daybook::add(transaction, entry, now, actor)?.seq)
}
