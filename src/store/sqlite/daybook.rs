//! The day book's end: what the bodies of entries hold, and how an entry is added.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::fault::{Fault, Outcome};
use super::text::{stamp, to_json};
use super::{locate, policy};
use crate::domain::daybook::{EntryFields, EntryKind, Event, GENESIS, commitment};
use crate::domain::decision::Conclusion;
use crate::domain::finding::Finding;
use crate::domain::object::{Object, ReasonUse};
use crate::store::{Actor, FilingState};

/// An entry's body: who besides the name, what, and commitments to what is kept beside it.
#[derive(Serialize, Deserialize)]
pub(super) struct Body<Content> {
    pub uid: u32,
    pub content: Content,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub private: BTreeMap<String, String>,
}

/// One batch of an import.
#[derive(Serialize, Deserialize)]
pub(super) struct ImportBody {
    pub new: u64,
    pub revised: u64,
    pub unchanged: u64,
    /// Source, key and revision of each new or revised filing.
    pub filings: Vec<(String, String, String)>,
}

/// One batch of evidence.
#[derive(Serialize, Deserialize)]
pub(super) struct EvidenceBody {
    /// The names of the pieces: SHA-256 of each body.
    pub evidence: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct DecisionBody {
    pub source: String,
    pub conclusion: Conclusion,
    /// Waits for another reviewer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_second: bool,
    /// The entry of the first decision, when this is the second look at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_look_at: Option<i64>,
    /// The entry whose conclusion and texts stand when this is a second look: this one's, or the first's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replaces: bool,
    pub proposed: Vec<ReasonUse>,
    /// Without values; those are private.
    pub findings: Vec<Finding>,
    pub shown: Vec<String>,
    /// The pieces of evidence that the findings were made from; relations are private. None in entries from before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_by: Option<Vec<String>>,
    /// What the reasons rest on and nobody could be asked about again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_asked_again: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WithdrawBody {
    pub source: String,
    pub decision: i64,
}

#[derive(Serialize, Deserialize)]
struct ClaimBody<'a> {
    source: &'a str,
    until: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct RevealBody {
    source: String,
    object: Object,
}

#[derive(Serialize, Deserialize)]
struct CompareBody<'a> {
    source: String,
    attachment: &'a str,
    /// Source and key of the filing on the desk.
    beside: (String, String),
}

#[derive(Serialize, Deserialize)]
struct ExportBody<'a> {
    from: Date,
    to: Date,
    format: &'a str,
    decisions: u64,
    unmasked: bool,
}

#[derive(Serialize, Deserialize)]
struct FilingsBody<'a> {
    filings: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<FilingState>,
    format: &'a str,
    unmasked: bool,
}

/// An entry to be added.
pub(super) struct NewEntry<'a, Content> {
    pub kind: EntryKind,
    /// Key and revision.
    pub filing: Option<(&'a str, &'a str)>,
    pub content: Content,
    /// Field and value; empty values are not kept.
    pub private: &'a [(&'a str, &'a str)],
}

/// What an entry got when it was added.
pub(super) struct Added {
    pub seq: i64,
    /// As it stands in columns.
    pub at: String,
    pub day: Date,
}

/// The number that the next entry will have.
pub(super) fn next_seq(transaction: &Connection) -> Outcome<i64> {
    Ok(last(transaction)?.map_or(1, |(seq, _)| seq + 1))
}

fn last(transaction: &Connection) -> Outcome<Option<(i64, String)>> {
    let mut last = transaction.prepare_cached("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")?;
    Ok(last.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Adds an entry at the end.
pub(super) fn add<Content: Serialize>(
    transaction: &Connection,
    entry: NewEntry<'_, Content>,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<Added> {
    let kept: Vec<_> = entry.private.iter().filter(|(_, value)| !value.is_empty()).collect();
    let salts = kept.iter().map(|_| salt()).collect::<Outcome<Vec<_>>>()?;
    let commitments = kept
        .iter()
        .zip(&salts)
        .map(|((field, value), salt)| ((*field).to_owned(), commitment(salt, value)))
        .collect();
    let body = to_json(&Body { uid: actor.uid, content: entry.content, private: commitments })?;
    let (seq, prev) = last(transaction)?.map_or((1, GENESIS.to_owned()), |(seq, hash)| (seq + 1, hash));
    let at = stamp(now);
    let day = day_of(transaction, now)?;
    let day_text = day.to_string();
    let fields = EntryFields {
        seq,
        at_utc: &at,
        day: &day_text,
        actor: &actor.reviewer,
        kind: entry.kind.text(),
        filing: entry.filing.map(|(key, _)| key),
        revision: entry.filing.map(|(_, revision)| revision),
        body: &body,
        prev: &prev,
    };
    transaction
        .prepare_cached(
            "INSERT INTO entry (seq, at_utc, day, actor, kind, filing, revision, body, prev, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            fields.seq,
            fields.at_utc,
            fields.day,
            fields.actor,
            fields.kind,
            fields.filing,
            fields.revision,
            fields.body,
            fields.prev,
            fields.hash(),
        ])?;
    let mut keep = transaction
        .prepare_cached("INSERT INTO private (entry, field, salt, value) VALUES (?1, ?2, ?3, ?4)")?;
    for ((field, value), salt) in kept.into_iter().zip(&salts) {
        keep.execute(params![seq, field, salt.as_slice(), value])?;
    }
    Ok(Added { seq, at, day })
}

/// Makes guessing a short private value from its commitment hopeless.
fn salt() -> Outcome<[u8; 16]> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| Fault::damaged("the system's random source", error))?;
    Ok(salt)
}

/// The day of a moment in the workspace's zone.
pub(super) fn day_of(view: &Connection, now: Timestamp) -> Outcome<Date> {
    let zone = policy::zone(&policy::read(view)?)?;
    Ok(zone.to_datetime(now).date())
}

/// Records what changes no filing.
pub(super) fn append(transaction: &Connection, event: &Event, now: Timestamp, actor: &Actor) -> Outcome<i64> {
    let added = match event {
        Event::Reveal { filing, object } => {
            let row = locate::named(transaction, filing)?;
            let content = RevealBody { source: row.source, object: object.clone() };
            let filing = Some((row.key.as_str(), row.revision.as_str()));
            add(transaction, NewEntry { kind: EntryKind::Reveal, filing, content, private: &[] }, now, actor)?
        }
        Event::Compare { filing, attachment, beside } => {
            let row = locate::named(transaction, filing)?;
            let beside = locate::named(transaction, beside)?;
            let content = CompareBody { source: row.source, attachment, beside: (beside.source, beside.key) };
            let filing = Some((row.key.as_str(), row.revision.as_str()));
            let entry = NewEntry { kind: EntryKind::Compare, filing, content, private: &[] };
            add(transaction, entry, now, actor)?
        }
        Event::Export { from, to, format, decisions, unmasked } => {
            let content =
                ExportBody { from: *from, to: *to, format, decisions: *decisions, unmasked: *unmasked };
            let entry = NewEntry { kind: EntryKind::Export, filing: None, content, private: &[] };
            add(transaction, entry, now, actor)?
        }
        Event::ExportFilings { state, format, filings, unmasked } => {
            let content = FilingsBody { filings: *filings, state: *state, format, unmasked: *unmasked };
            let entry = NewEntry { kind: EntryKind::Export, filing: None, content, private: &[] };
            add(transaction, entry, now, actor)?
        }
    };
    Ok(added.seq)
}

/// The recorded access to a filing.
pub(super) fn add_claim(
    transaction: &Connection,
    row: &locate::FilingRow,
    until: Timestamp,
    now: Timestamp,
    actor: &Actor,
) -> Outcome<()> {
    let content = ClaimBody { source: &row.source, until };
    let filing = Some((row.key.as_str(), row.revision.as_str()));
    add(transaction, NewEntry { kind: EntryKind::Claim, filing, content, private: &[] }, now, actor)?;
    Ok(())
}
