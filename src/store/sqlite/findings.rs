//! What the checks said, and which filings wait for them.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::fault::Outcome;
use super::locate::{self, FilingRow};
use super::search_marks;
use crate::domain::finding::{Finding, Tally};
use crate::store::{Cursor, Ticket, reference};

pub(super) fn pending(view: &Connection, after: Option<Cursor>, limit: u32) -> Outcome<Vec<Ticket>> {
    let mut statement = view.prepare_cached(
        "SELECT f.id, f.source, f.key, f.revision, p.mark FROM pending_check p JOIN filing f ON f.id = p.filing_id
         WHERE p.filing_id > ?1 ORDER BY p.filing_id LIMIT ?2",
    )?;
    let mut rows = statement.query((after.map_or(i64::MIN, Cursor::place), limit))?;
    let mut tickets = Vec::new();
    while let Some(row) = rows.next()? {
        tickets.push(Ticket {
            cursor: Cursor::new(row.get(0)?),
            filing: reference(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?),
            revision: row.get(3)?,
            mark: row.get(4)?,
        });
    }
    Ok(tickets)
}

/// The ticket for a filing as it is now.
pub(super) fn ticket(view: &Connection, row: &FilingRow) -> Outcome<Ticket> {
    Ok(Ticket {
        cursor: row.cursor(),
        filing: reference(&row.source, &row.key),
        revision: row.revision.clone(),
        mark: mark(view, row.id)?.unwrap_or_default(),
    })
}

fn mark(view: &Connection, filing: i64) -> Outcome<Option<i64>> {
    let mut mark = view.prepare_cached("SELECT mark FROM pending_check WHERE filing_id = ?1")?;
    Ok(mark.query_row([filing], |row| row.get(0)).optional()?)
}

pub(super) fn save(transaction: &Connection, day: Date, judged: &[(Ticket, Vec<Finding>)]) -> Outcome<u64> {
    let mut saved = 0;
    for (ticket, findings) in judged {
        let row = locate::numbered(transaction, ticket.cursor.place())?;
        let outdated = row.revision != ticket.revision
            || mark(transaction, row.id)?.is_some_and(|mark| mark > ticket.mark);
        if outdated {
            continue;
        }
        keep(transaction, &row, day, findings)?;
        transaction.prepare_cached("DELETE FROM pending_check WHERE filing_id = ?1")?.execute([row.id])?;
        saved += 1;
    }
    Ok(saved)
}

fn keep(transaction: &Connection, row: &FilingRow, day: Date, findings: &[Finding]) -> Outcome<()> {
    let tally = Tally::of(findings);
    transaction
        .prepare_cached(
            "INSERT INTO finding_set
                 (filing_id, revision_id, day, pass, warn, fail, not_run, error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (filing_id) DO UPDATE SET
                 revision_id = excluded.revision_id, day = excluded.day, pass = excluded.pass,
                 warn = excluded.warn, fail = excluded.fail, not_run = excluded.not_run,
                 error = excluded.error",
        )?
        .execute(params![
            row.id,
            row.current,
            day.to_string(),
            tally.pass,
            tally.warn,
            tally.fail,
            tally.not_run,
            tally.error,
        ])?;
    search_marks::judged(transaction, row.id, findings)
}
