//! From a filing's name to its row.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::fault::Outcome;
use super::text::{optional_timestamp, word};
use crate::store::{Conflict, Cursor, FilingState, Missing};

/// A filing's row: what transactions decide by.
#[derive(Debug)]
pub(super) struct FilingRow {
    pub id: i64,
    pub source: String,
    pub key: String,
    /// The row of the current revision.
    pub current: i64,
    pub revision: String,
    pub entity_id: String,
    pub state: FilingState,
    /// The decision that stands.
    pub decision: Option<i64>,
    lease_by: Option<String>,
    lease_until: Option<Timestamp>,
}

const COLUMNS: &str = "id, source, key, current, revision, entity_id, state, decision, lease_by, lease_until";

impl FilingRow {
    fn read(row: &Row<'_>) -> Outcome<Self> {
        Ok(FilingRow {
            id: row.get(0)?,
            source: row.get(1)?,
            key: row.get(2)?,
            current: row.get(3)?,
            revision: row.get(4)?,
            entity_id: row.get(5)?,
            state: word(&row.get::<_, String>(6)?, FilingState::from_text)?,
            decision: row.get(7)?,
            lease_by: row.get(8)?,
            lease_until: optional_timestamp(row.get(9)?)?,
        })
    }

    /// Who has claimed the filing and until when, while the claim lasts.
    pub fn claim(&self, now: Timestamp) -> Option<(&str, Timestamp)> {
        let until = self.lease_until.filter(|until| *until > now)?;
        Some((self.lease_by.as_deref()?, until))
    }

    /// Refuses when somebody else has claimed it.
    pub fn refuse_if_claimed(&self, now: Timestamp, reviewer: &str) -> Outcome<()> {
        match self.claim(now) {
            Some((by, until)) if by != reviewer => {
                Err(Conflict::Claimed { filing: self.key.clone(), by: by.to_owned(), until }.into())
            }
            _ => Ok(()),
        }
    }

    pub fn cursor(&self) -> Cursor {
        Cursor::new(self.id)
    }
}

/// The filing that is called `name`: `source/key`, else a key. The full name goes first, so that no key that some
/// source chooses can stand in for another source's filing.
pub(super) fn named(view: &Connection, name: &str) -> Outcome<FilingRow> {
    let mut found = Vec::new();
    // Either part may itself have a slash.
    for (at, _) in name.match_indices('/') {
        found.extend(of_source(view, &name[..at], &name[at + 1..])?);
    }
    if found.is_empty() {
        found = with_key(view, name)?;
    }
    match found.pop() {
        None => Err(Missing::Filing(name.to_owned()).into()),
        Some(row) if found.is_empty() => Ok(row),
        Some(row) => {
            let sources = found.into_iter().chain([row]).map(|row| row.source).collect();
            Err(Conflict::Ambiguous { key: name.to_owned(), sources }.into())
        }
    }
}

fn with_key(view: &Connection, key: &str) -> Outcome<Vec<FilingRow>> {
    let mut statement =
        view.prepare_cached(&format!("SELECT {COLUMNS} FROM filing WHERE key = ?1 ORDER BY source"))?;
    let mut rows = statement.query([key])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(FilingRow::read(row)?);
    }
    Ok(found)
}

/// The filing of a source with a key.
pub(super) fn of_source(view: &Connection, source: &str, key: &str) -> Outcome<Option<FilingRow>> {
    one(view, "key = ?1 AND source = ?2", [key, source])
}

/// The filing of a row that is known to exist.
pub(super) fn numbered(view: &Connection, id: i64) -> Outcome<FilingRow> {
    let row = one(view, "id = ?1", [id])?;
    row.ok_or_else(|| Missing::Cursor(Cursor::new(id).to_string()).into())
}

fn one(view: &Connection, condition: &str, params: impl rusqlite::Params) -> Outcome<Option<FilingRow>> {
    let mut statement = view.prepare_cached(&format!("SELECT {COLUMNS} FROM filing WHERE {condition}"))?;
    let row = statement.query_row(params, |row| Ok(FilingRow::read(row))).optional()?;
    row.transpose()
}
