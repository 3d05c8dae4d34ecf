//! The state of a workspace's database, looked at without changing it.

use rusqlite::Connection;

use super::fault::Outcome;
use super::text::{timestamp, unsigned};
use crate::store::Condition;

pub(super) fn condition(view: &Connection) -> Outcome<Condition> {
    let count = |query: &str| -> Outcome<u64> { Ok(unsigned(view.query_row(query, [], |row| row.get(0))?)) };
    let last: Option<String> = view.query_row("SELECT max(at_utc) FROM entry", [], |row| row.get(0))?;
    // One row `ok`, or one for each complaint.
    let said: String = view.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    Ok(Condition {
        schema: view.pragma_query_value(None, "user_version", |row| row.get(0))?,
        journal: view.pragma_query_value(None, "journal_mode", |row| row.get(0))?,
        entries: count("SELECT count(*) FROM entry")?,
        last_entry: last.as_deref().map(timestamp).transpose()?,
        filings: count("SELECT count(*) FROM filing")?,
        attachments: count("SELECT count(*) FROM attachment")?,
        attachment_bytes: count("SELECT coalesce(sum(bytes), 0) FROM attachment")?,
        complaint: Some(said).filter(|said| said != "ok"),
    })
}
