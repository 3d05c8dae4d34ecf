//! The queue: pages by key, never by offset, and counts that are kept, never counted.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::daybook;
use super::fault::Outcome;
use super::text::{NO_DUE, optional_timestamp, stamp, timestamp, unsigned, word};
use crate::domain::filing::OrderType;
use crate::domain::finding::Tally;
use crate::store::{Anchor, Counts, Cursor, FilingState, Missing, Page, QueueFilter, QueueRow};

/// A place in the queue's order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    lead: String,
    entity_id: String,
    due: String,
    id: i64,
}

#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Backward,
}

/// Which filings a scan takes.
struct Scan<'a> {
    filter: QueueFilter,
    direction: Direction,
    /// Excluded itself.
    from: Option<Place>,
    limit: u32,
    now: Timestamp,
    /// Only what this reviewer could claim now.
    free_for: Option<&'a str>,
}

pub(super) fn page(
    view: &Connection,
    filter: QueueFilter,
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
    // One more than asked for tells whether there is another page.
    let scan = Scan { filter, direction, from, limit: limit.saturating_add(1), now, free_for: None };
    let mut rows = scan.run(view)?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    if matches!(direction, Direction::Backward) {
        rows.reverse();
    }
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
    filter: QueueFilter,
    after: Option<Cursor>,
    reviewer: &str,
    now: Timestamp,
) -> Outcome<Option<i64>> {
    let from = after.map(|cursor| place(view, cursor)).transpose()?;
    let scan = Scan { filter, direction: Direction::Forward, from, limit: 1, now, free_for: Some(reviewer) };
    Ok(scan.run(view)?.first().map(|row| row.cursor.place()))
}

fn place(view: &Connection, cursor: Cursor) -> Outcome<Place> {
    view.prepare_cached("SELECT lead, entity_id, due, id FROM filing WHERE id = ?1")?
        .query_row([cursor.place()], |row| {
            Ok(Place { lead: row.get(0)?, entity_id: row.get(1)?, due: row.get(2)?, id: row.get(3)? })
        })
        .optional()?
        .ok_or_else(|| Missing::Cursor(cursor.to_string()).into())
}

impl Scan<'_> {
    /// The rows from nearest to farthest: each state comes in order from its index, and the few are merged.
    fn run(&self, view: &Connection) -> Outcome<Vec<QueueRow>> {
        let states: &[FilingState] = match &self.filter {
            QueueFilter::Work => &[FilingState::Open, FilingState::Hold, FilingState::SecondReview],
            QueueFilter::State(state) => std::slice::from_ref(state),
            QueueFilter::All => FilingState::ALL,
        };
        let mut rows = Vec::new();
        for state in states {
            self.state(view, state.text(), &mut rows)?;
        }
        if states.len() > 1 {
            rows.sort_by(|(a, _), (b, _)| match self.direction {
                Direction::Forward => a.cmp(b),
                Direction::Backward => b.cmp(a),
            });
            rows.truncate(self.limit as usize);
        }
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    fn state(&self, view: &Connection, state: &str, out: &mut Vec<(Place, QueueRow)>) -> Outcome<()> {
        let (comparison, order) = match self.direction {
            Direction::Forward => (">", "ASC"),
            Direction::Backward => ("<", "DESC"),
        };
        let now = stamp(self.now);
        let mut conditions = String::new();
        let mut values: Vec<(&str, &dyn ToSql)> = vec![(":state", &state), (":limit", &self.limit)];
        if let Some(from) = &self.from {
            let condition = format!(
                " AND (f.lead, f.entity_id, f.due, f.id) {comparison} (:lead, :entity_id, :due, :id)"
            );
            conditions.push_str(&condition);
            values.extend([
                (":lead", &from.lead as &dyn ToSql),
                (":entity_id", &from.entity_id),
                (":due", &from.due),
                (":id", &from.id),
            ]);
        }
        // A filing on hold is work only once its time has come.
        let held = (self.filter == QueueFilter::Work || self.free_for.is_some())
            && state == FilingState::Hold.text();
        // Those whose time has come are few, and held filings may be many.
        let index = if held { "INDEXED BY filing_held" } else { "INDEXED BY filing_queue" };
        if held {
            conditions.push_str(" AND f.hold_until <= :now");
        }
        if let Some(reviewer) = &self.free_for {
            conditions.push_str(
                " AND (f.lease_by IS NULL OR f.lease_by = :reviewer OR f.lease_until <= :now)
                  AND NOT EXISTS (SELECT 1 FROM decision d
                                  WHERE d.seq = f.decision AND f.state = 'second_review' AND d.reviewer = :reviewer)",
            );
            values.push((":reviewer", reviewer));
        }
        if held || self.free_for.is_some() {
            values.push((":now", &now));
        }
        let sql = format!(
            "SELECT f.id, f.due, f.entity_id, f.source, f.key, f.entity, f.order_type, f.province, f.state,
                    f.hold_until, f.lease_by, f.lease_until, f.revision,
                    s.pass, s.warn, s.fail, s.not_run, s.error, p.filing_id, f.lead
             FROM filing f {index}
             LEFT JOIN finding_set s ON s.filing_id = f.id AND s.revision_id = f.current
             LEFT JOIN pending_check p ON p.filing_id = f.id
             WHERE f.state = :state{conditions}
             ORDER BY f.lead {order}, f.entity_id {order}, f.due {order}, f.id {order}
             LIMIT :limit"
        );
        let mut statement = view.prepare_cached(&sql)?;
        let mut rows = statement.query(values.as_slice())?;
        while let Some(row) = rows.next()? {
            out.push(self.row(row)?);
        }
        Ok(())
    }

    fn row(&self, row: &Row<'_>) -> Outcome<(Place, QueueRow)> {
        let place = Place { lead: row.get(19)?, id: row.get(0)?, due: row.get(1)?, entity_id: row.get(2)? };
        let lease_until = optional_timestamp(row.get(11)?)?;
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
        let shown = QueueRow {
            cursor: Cursor::new(place.id),
            source: row.get(3)?,
            key: row.get(4)?,
            entity: row.get(5)?,
            order_type: word(&row.get::<_, String>(6)?, OrderType::from_text)?,
            province: row.get(7)?,
            due_at: if place.due == NO_DUE { None } else { Some(timestamp(&place.due)?) },
            state: word(&row.get::<_, String>(8)?, FilingState::from_text)?,
            hold_until: optional_timestamp(row.get(9)?)?,
            tally,
            clean: !pending && tally.is_some_and(|tally| tally.clean()),
            claimed_by: row.get::<_, Option<String>>(10)?.filter(|_| lease_until > Some(self.now)),
            revision: row.get(12)?,
        };
        Ok((place, shown))
    }
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
