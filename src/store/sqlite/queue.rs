//! The queue: pages by key, never by offset, and counts that are kept, never counted.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::daybook;
use super::fault::Outcome;
use super::search_find::{Direction, Find, Place};
use super::text::{NO_DUE, optional_timestamp, stamp, timestamp, unsigned, word};
use crate::domain::filing::OrderType;
use crate::domain::finding::Tally;
use crate::domain::search::{Lane, Query};
use crate::store::{Anchor, Counts, Cursor, FilingState, Filter, Missing, Page, QueueRow};

pub(super) fn page(
    view: &Connection,
    filter: &Filter,
    anchor: Anchor,
    limit: u32,
    now: Timestamp,
) -> Outcome<Page> {
    let (direction, cursor) = match anchor {
        Anchor::Start => (Direction::Forward, None),
        Anchor::After(cursor) => (Direction::Forward, Some(cursor)),
        Anchor::Before(cursor) => (Direction::Backward, Some(cursor)),
    };
    let from = cursor.map(|cursor| place(view, cursor)).transpose()?;
    let limit = limit as usize;
    // One more than asked for tells whether there is another page.
    let find = Find { filter, direction, from, limit: limit + 1, now, free_for: None };
    let mut places = find.run(view)?;
    let more = places.len() > limit;
    places.truncate(limit);
    if direction == Direction::Backward {
        places.reverse();
    }
    let rows = places
        .iter()
        .map(|place| row(view, place.id, filter.text.as_ref(), now))
        .collect::<Outcome<Vec<_>>>()?;
    let (first, last) = (rows.first().map(|row| row.cursor), rows.last().map(|row| row.cursor));
    let (previous, next) = match anchor {
        Anchor::Start => (None, last.filter(|_| more)),
        Anchor::After(_) => (first, last.filter(|_| more)),
        Anchor::Before(_) => (first.filter(|_| more), last),
    };
    Ok(Page { rows, next, previous })
}

/// The first filing after a place that a reviewer could claim.
pub(super) fn next_free(
    view: &Connection,
    filter: &Filter,
    after: Option<Cursor>,
    reviewer: &str,
    now: Timestamp,
) -> Outcome<Option<i64>> {
    let from = after.map(|cursor| place(view, cursor)).transpose()?;
    let find = Find { filter, direction: Direction::Forward, from, limit: 1, now, free_for: Some(reviewer) };
    Ok(find.run(view)?.first().map(|place| place.id))
}

/// Whether a filing fits and a reviewer could claim it.
pub(super) fn still_free(
    view: &Connection,
    filter: &Filter,
    filing: i64,
    reviewer: &str,
    now: Timestamp,
) -> Outcome<bool> {
    let find =
        Find { filter, direction: Direction::Forward, from: None, limit: 1, now, free_for: Some(reviewer) };
    find.fits(view, filing)
}

fn place(view: &Connection, cursor: Cursor) -> Outcome<Place> {
    view.prepare_cached("SELECT lead, entity_id, due, id FROM filing WHERE id = ?1")?
        .query_row([cursor.place()], |row| {
            Ok(Place { lead: row.get(0)?, entity_id: row.get(1)?, due: row.get(2)?, id: row.get(3)? })
        })
        .optional()?
        .ok_or_else(|| Missing::Cursor(cursor.to_string()).into())
}

/// What the queue shows of a filing.
fn row(view: &Connection, id: i64, text: Option<&Query>, now: Timestamp) -> Outcome<QueueRow> {
    let mut statement = view.prepare_cached(
        "SELECT f.id, f.source, f.key, f.entity, f.order_type, f.province, f.due, f.state, f.hold_until,
                f.lease_by, f.lease_until, f.revision, f.lane,
                s.pass, s.warn, s.fail, s.not_run, s.error, p.filing_id, t.text
         FROM filing f
         LEFT JOIN finding_set s ON s.filing_id = f.id AND s.revision_id = f.current
         LEFT JOIN pending_check p ON p.filing_id = f.id
         LEFT JOIN search_text t ON t.filing_id = f.id AND ?2
         WHERE f.id = ?1",
    )?;
    statement.query_row((id, text.is_some()), |row| Ok(shown(row, text, now)))?
}

fn shown(row: &Row<'_>, text: Option<&Query>, now: Timestamp) -> Outcome<QueueRow> {
    let due: String = row.get(6)?;
    let hold_until = optional_timestamp(row.get(8)?)?;
    let lease_until = optional_timestamp(row.get(10)?)?;
    let tally = match row.get::<_, Option<u16>>(13)? {
        Some(pass) => Some(Tally {
            pass,
            warn: row.get(14)?,
            fail: row.get(15)?,
            not_run: row.get(16)?,
            error: row.get(17)?,
        }),
        None => None,
    };
    let pending = row.get::<_, Option<i64>>(18)?.is_some();
    let searched: Option<String> = row.get(19)?;
    let lane = word(&row.get::<_, String>(12)?, Lane::from_text)?;
    Ok(QueueRow {
        cursor: Cursor::new(row.get(0)?),
        source: row.get(1)?,
        key: row.get(2)?,
        entity: row.get(3)?,
        order_type: word(&row.get::<_, String>(4)?, OrderType::from_text)?,
        province: row.get(5)?,
        due_at: if due == NO_DUE { None } else { Some(timestamp(&due)?) },
        state: word(&row.get::<_, String>(7)?, FilingState::from_text)?,
        hold_until,
        tally,
        clean: !pending && tally.is_some_and(|tally| tally.clean()),
        claimed_by: row.get::<_, Option<String>>(9)?.filter(|_| lease_until > Some(now)),
        revision: row.get(11)?,
        lane: if hold_until.is_some_and(|until| until <= now) { Lane::Due } else { lane },
        found: text.zip(searched).and_then(|(query, searched)| query.find(&searched)),
    })
}

pub(super) fn counts(view: &Connection, reviewer: &str, now: Timestamp) -> Outcome<Counts> {
    let mut counts = Counts::default();
    let mut held = 0;
    let mut statement = view.prepare_cached("SELECT state, filings FROM state_count")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let filings = unsigned(row.get(1)?);
        match word(&row.get::<_, String>(0)?, FilingState::from_text)? {
            FilingState::Open => counts.open = filings,
            FilingState::Hold => held = filings,
            FilingState::Escalated => counts.escalated = filings,
            FilingState::SecondReview => counts.second_review = filings,
            FilingState::Decided => counts.decided = filings,
        }
    }
    let due = view
        .prepare_cached("SELECT count(*) FROM filing WHERE hold_until <= ?1")?
        .query_row([stamp(now)], |row| row.get(0))?;
    counts.hold_due = unsigned(due);
    counts.hold_later = held.saturating_sub(counts.hold_due);
    let decided = view
        .prepare_cached(
            "SELECT count(*) FROM decision
             WHERE reviewer = ?1 AND day = ?2 AND verdict IN ('pass', 'fail') AND withdrawn_at IS NULL",
        )?
        .query_row([reviewer, &daybook::day_of(view, now)?.to_string()], |row| row.get(0))?;
    counts.decided_today = unsigned(decided);
    Ok(counts)
}
