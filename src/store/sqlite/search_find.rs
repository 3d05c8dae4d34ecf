//! Finding the filings of a filter, in the queue's order.
//!
//! Two ways lead there. A walk goes along the queue's index and looks at each row: quick when many rows fit. Candidates
//! come from the indexes of grams and marks and are put in order: quick when few fit. The walk begins; where it finds
//! too little, and there are few enough candidates, those take over.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, Row, params_from_iter};

use super::fault::Outcome;
use super::search_sources::{Marks, Source, sources};
use super::text::stamp;
use crate::domain::search::{Filter, FilterState, Lane, Query};
use crate::store::FilingState;

/// Rows that a walk looks at before candidates are considered: some 2 ms. The few rows of a test must meet both ways.
const STEPS: usize = if cfg!(test) { 2 } else { 1_000 };
/// Candidates that are fetched and put in order: some 20 ms. A walk towards a page of 60 meets as many rows if one in
/// a hundred fits, which is where, of a million filings, the one way becomes quicker than the other.
const CANDIDATES: u32 = if cfg!(test) { 8 } else { 10_000 };

/// A place in the queue's order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub lead: String,
    pub entity_id: String,
    pub due: String,
    pub id: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

/// Which filings are wanted.
pub(super) struct Find<'a> {
    pub filter: &'a Filter,
    pub direction: Direction,
    /// Excluded itself.
    pub from: Option<Place>,
    pub limit: usize,
    pub now: Timestamp,
    /// Only what this reviewer could claim now.
    pub free_for: Option<&'a str>,
}

impl Find<'_> {
    /// The places from nearest to farthest.
    pub fn run(&self, view: &Connection) -> Outcome<Vec<Place>> {
        if self.filter.is_plain() {
            return Ok(self.walk(view, None)?.unwrap_or_default());
        }
        if let Some(found) = self.walk(view, Some(STEPS))? {
            return Ok(found);
        }
        match self.source(view)? {
            Some(source) => self.candidates(view, &source),
            None => Ok(self.walk(view, None)?.unwrap_or_default()),
        }
    }

    /// Whether one filing is among what is wanted.
    pub fn fits(&self, view: &Connection, filing: i64) -> Outcome<bool> {
        let only = Source { sql: "SELECT ? AS id".to_owned(), values: vec![filing.into()] };
        Ok(!self.candidates(view, &only)?.is_empty())
    }

    /// Each state comes in order from its index, and the few are merged. None when more steps were needed.
    fn walk(&self, view: &Connection, steps: Option<usize>) -> Outcome<Option<Vec<Place>>> {
        let states = self.states();
        let mut found = Vec::new();
        for state in &states {
            if !self.walk_state(view, *state, steps, &mut found)? {
                return Ok(None);
            }
        }
        if states.len() > 1 {
            self.order(&mut found);
            found.truncate(self.limit);
        }
        Ok(Some(found))
    }

    fn order(&self, found: &mut [Place]) {
        match self.direction {
            Direction::Forward => found.sort_unstable(),
            Direction::Backward => found.sort_unstable_by(|a, b| b.cmp(a)),
        }
    }

    /// Answers whether the steps were enough.
    fn walk_state(
        &self,
        view: &Connection,
        state: FilingState,
        steps: Option<usize>,
        found: &mut Vec<Place>,
    ) -> Outcome<bool> {
        let order = match self.direction {
            Direction::Forward => "ASC",
            Direction::Backward => "DESC",
        };
        let mut fits = Conditions::default();
        self.conditions(&mut fits);
        let mut within = Conditions { sql: String::new(), values: fits.values };
        within.add("f.state = ?", [state.text().to_owned()]);
        self.beyond(&mut within);
        // Those whose time has come are few, and held filings may be many.
        let index = if self.due_only(state) {
            within.add("f.hold_until <= ?", [stamp(self.now)]);
            "filing_held"
        } else {
            "filing_queue"
        };
        let sql = format!(
            "SELECT f.lead, f.entity_id, f.due, f.id, {} FROM filing f INDEXED BY {index} WHERE {}
             ORDER BY f.lead {order}, f.entity_id {order}, f.due {order}, f.id {order}",
            fits.sql, within.sql,
        );
        let mut statement = view.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&within.values))?;
        let mut texts = Texts::of(view, self.filter)?;
        let (mut taken, mut looked_at) = (0, 0);
        while taken < self.limit
            && let Some(row) = rows.next()?
        {
            if steps.is_some_and(|steps| looked_at >= steps) {
                return Ok(false);
            }
            looked_at += 1;
            if row.get(4)? && texts.fits(row.get(3)?)? {
                found.push(place(row)?);
                taken += 1;
            }
        }
        Ok(true)
    }

    /// The source with the fewest candidates, if they are few enough.
    fn source(&self, view: &Connection) -> Outcome<Option<Source>> {
        let mut fewest: Option<(u32, Source)> = None;
        for source in sources(self.filter) {
            let sql = format!("SELECT count(*) FROM ({} LIMIT {})", source.sql, CANDIDATES + 1);
            let count =
                view.prepare_cached(&sql)?.query_row(params_from_iter(&source.values), |row| row.get(0))?;
            if count <= CANDIDATES && fewest.as_ref().is_none_or(|(least, _)| count < *least) {
                fewest = Some((count, source));
            }
        }
        Ok(fewest.map(|(_, source)| source))
    }

    /// All candidates are put in order first: most of them fit, and a text is looked at only until there are enough.
    fn candidates(&self, view: &Connection, source: &Source) -> Outcome<Vec<Place>> {
        let mut within = Conditions { sql: String::new(), values: source.values.clone() };
        let states = self.states();
        let marks = vec!["?"; states.len()].join(", ");
        within.add(&format!("f.state IN ({marks})"), states.iter().map(|state| state.text().to_owned()));
        if states.iter().any(|state| self.due_only(*state)) {
            within.add("(f.state <> 'hold' OR f.hold_until <= ?)", [stamp(self.now)]);
        }
        self.conditions(&mut within);
        self.beyond(&mut within);
        let sql = format!(
            "SELECT f.lead, f.entity_id, f.due, f.id FROM ({}) c CROSS JOIN filing f ON f.id = c.id WHERE {}",
            source.sql, within.sql
        );
        let mut statement = view.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&within.values))?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(place(row)?);
        }
        self.order(&mut all);
        let mut texts = Texts::of(view, self.filter)?;
        let mut found = Vec::new();
        for place in all {
            if found.len() == self.limit {
                break;
            }
            if texts.fits(place.id)? {
                found.push(place);
            }
        }
        Ok(found)
    }

    fn states(&self) -> Vec<FilingState> {
        let states: &[FilingState] = match &self.filter.state {
            FilterState::Work => &[FilingState::Open, FilingState::Hold, FilingState::SecondReview],
            FilterState::State(state) => std::slice::from_ref(state),
            FilterState::All => FilingState::ALL,
        };
        let held = self.filter.lane == Some(Lane::Due) || self.filter.hold.is_some();
        states.iter().copied().filter(|state| !held || *state == FilingState::Hold).collect()
    }

    /// Whether of a state only what is due counts: a filing on hold is work only once its time has come, or for whoever
    /// asks for just this kind of hold.
    fn due_only(&self, state: FilingState) -> bool {
        let work = self.filter.state == FilterState::Work || self.free_for.is_some();
        let work = work && self.filter.hold.is_none();
        state == FilingState::Hold && (work || self.filter.lane == Some(Lane::Due))
    }

    /// Only what lies beyond where the page begins.
    fn beyond(&self, within: &mut Conditions) {
        let comparison = match self.direction {
            Direction::Forward => ">",
            Direction::Backward => "<",
        };
        if let Some(from) = &self.from {
            let condition = format!("(f.lead, f.entity_id, f.due, f.id) {comparison} (?, ?, ?, ?)");
            within.add(&condition, [&from.lead, &from.entity_id, &from.due].map(Clone::clone));
            within.values.push(from.id.into());
        }
    }

    /// What must be true of a row besides its state and its text.
    fn conditions(&self, fits: &mut Conditions) {
        let Filter { lane, order_type, province, finding: _, reason: _, hold: _, state: _, text: _ } =
            self.filter;
        if let Some(lane) = lane.filter(|lane| *lane != Lane::Due) {
            let condition = "f.lane = ? AND (f.hold_until IS NULL OR f.hold_until > ?)";
            fits.add(condition, [lane.text().to_owned(), stamp(self.now)]);
        }
        if let Some(order_type) = order_type {
            fits.add("f.order_type = ?", [order_type.text().to_owned()]);
        }
        if let Some(province) = province {
            fits.add("f.province = ?", [province.clone()]);
        }
        for marks in Marks::of(self.filter) {
            let condition = format!(
                "EXISTS (SELECT 1 FROM filing_mark m
                         WHERE m.kind IN ({}) AND m.value = ? AND m.filing_id = f.id)",
                marks.kinds
            );
            fits.add(&condition, [marks.value.to_owned()]);
        }
        if let Some(reviewer) = self.free_for {
            fits.add(
                "(f.lease_by IS NULL OR f.lease_by = ? OR f.lease_until <= ?)",
                [reviewer.to_owned(), stamp(self.now)],
            );
            fits.add(
                "NOT EXISTS (SELECT 1 FROM decision d
                             WHERE d.seq = f.decision AND f.state = 'second_review' AND d.reviewer = ?)",
                [reviewer.to_owned()],
            );
        }
        if fits.sql.is_empty() {
            fits.sql.push('1');
        }
    }
}

fn place(row: &Row<'_>) -> Outcome<Place> {
    Ok(Place { lead: row.get(0)?, entity_id: row.get(1)?, due: row.get(2)?, id: row.get(3)? })
}

/// Conditions that all must hold, and the values bound to them in order.
#[derive(Default)]
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    fn add<V: Into<Value>>(&mut self, condition: &str, values: impl IntoIterator<Item = V>) {
        let and = if self.sql.is_empty() { "" } else { " AND " };
        self.sql.push_str(and);
        self.sql.push_str(condition);
        self.values.extend(values.into_iter().map(Into::into));
    }
}

/// Looks whether filings have the filter's text.
struct Texts<'a> {
    query: Option<&'a Query>,
    statement: CachedStatement<'a>,
}

impl<'a> Texts<'a> {
    fn of(view: &'a Connection, filter: &'a Filter) -> Outcome<Self> {
        let statement = view.prepare_cached("SELECT text FROM search_text WHERE filing_id = ?1")?;
        Ok(Texts { query: filter.text.as_ref(), statement })
    }

    fn fits(&mut self, filing: i64) -> Outcome<bool> {
        let Some(query) = self.query else { return Ok(true) };
        let mut rows = self.statement.query([filing])?;
        let Some(row) = rows.next()? else { return Ok(false) };
        let text = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        Ok(query.find(text).is_some())
    }
}
