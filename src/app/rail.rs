//! The queue rail: a window of rows around the present filing, however long the queue is.

use crate::domain::workspace::{Anchor, Cursor, Page, QueueRow};

/// How many rows a page has.
pub const PAGE: u32 = 60;
/// More rows than this are never held; the far end is dropped and can be read again.
const WINDOW: usize = 300;
/// This close to the end the next page is asked for.
const MARGIN: usize = 20;

/// A window on the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rail {
    pub rows: Vec<QueueRow>,
    /// The filing on the desk, by reference.
    pub current: Option<String>,
    /// Its place in the queue, by which it is found again when it is outside the window.
    place: Option<Cursor>,
    more_above: bool,
    more_below: bool,
    loading: bool,
    seek: Seek,
    /// The first page has come.
    pub loaded: bool,
}

/// How far the search for a filing outside the window is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Seek {
    #[default]
    Idle,
    /// What lies before it was asked for, and becomes the window.
    Before,
    /// What follows, it among them, was asked for. If it is not there, it is not in the queue.
    After,
}

impl Rail {
    /// The place of the present filing among the rows.
    pub fn position(&self) -> Option<usize> {
        self.find(self.current.as_ref()?)
    }

    fn find(&self, reference: &str) -> Option<usize> {
        self.rows.iter().position(|row| is(row, reference))
    }

    /// Where a row of the window stands in the queue.
    pub fn place_of(&self, reference: &str) -> Option<Cursor> {
        self.find(reference).and_then(|at| self.rows.get(at)).map(|row| row.cursor)
    }

    /// Another filing is the present one.
    pub fn go(&mut self, reference: String, place: Option<Cursor>) {
        if self.current.as_ref() != Some(&reference) {
            self.seek = Seek::Idle;
        }
        self.current = Some(reference);
        self.place = place;
    }

    /// A page arrived; answers by how much the rows that were there moved down. A page that does not join the window
    /// (which changed since it was asked for) is dropped and asked for again.
    pub fn page(&mut self, at: &Anchor, page: Page) -> isize {
        self.loading = false;
        self.loaded = true;
        match at {
            Anchor::Start => {
                (self.more_above, self.more_below) = (false, page.next.is_some());
                self.rows = page.rows;
                0
            }
            Anchor::Before(place) if self.seek == Seek::Before && self.place == Some(*place) => {
                (self.more_above, self.more_below) = (page.previous.is_some(), true);
                self.rows = page.rows;
                0
            }
            Anchor::After(place) if self.rows.last().is_some_and(|row| row.cursor == *place) => {
                self.more_below = page.next.is_some();
                let new = self.unknown(page.rows);
                self.rows.extend(new);
                let surplus = self.rows.len().saturating_sub(WINDOW);
                self.more_above |= surplus > 0;
                self.rows.drain(..surplus);
                -surplus.cast_signed()
            }
            Anchor::Before(place) if self.rows.first().is_some_and(|row| row.cursor == *place) => {
                self.more_above = page.previous.is_some();
                let mut rows = self.unknown(page.rows);
                let added = rows.len();
                rows.append(&mut self.rows);
                self.more_below |= rows.len() > WINDOW;
                rows.truncate(WINDOW);
                self.rows = rows;
                added.cast_signed()
            }
            Anchor::After(_) | Anchor::Before(_) => 0,
        }
    }

    /// The page to read again to see what others have done: the first, as long as the reviewer works near it.
    pub fn again(&self) -> Option<Anchor> {
        let near = !self.more_above && self.position().is_none_or(|at| at < MARGIN);
        (self.loaded && !self.loading && near).then_some(Anchor::Start)
    }

    fn unknown(&self, mut rows: Vec<QueueRow>) -> Vec<QueueRow> {
        rows.retain(|row| self.find(&row.reference()).is_none());
        rows
    }

    /// The page to ask for now, if what is looked at (`focus`, else the present filing) is near an end of the window
    /// or outside it; answers once per need.
    pub fn wants(&mut self, focus: Option<usize>) -> Option<Anchor> {
        if self.loading || !self.loaded {
            return None;
        }
        let at = match focus.or_else(|| self.position()) {
            Some(here) => {
                self.seek = Seek::Idle;
                self.near_end(here)
            }
            None => self.seek_current(),
        }?;
        self.loading = true;
        Some(at)
    }

    fn near_end(&self, here: usize) -> Option<Anchor> {
        if self.more_below && here + MARGIN >= self.rows.len() {
            Some(self.below())
        } else if self.more_above && here < MARGIN {
            self.rows.first().map(|row| Anchor::Before(row.cursor))
        } else {
            None
        }
    }

    fn seek_current(&mut self) -> Option<Anchor> {
        self.current.as_ref()?;
        match self.seek {
            Seek::Idle => {
                let place = self.place?;
                self.seek = Seek::Before;
                Some(Anchor::Before(place))
            }
            Seek::Before => {
                self.seek = Seek::After;
                Some(self.below())
            }
            Seek::After => None,
        }
    }

    fn below(&self) -> Anchor {
        self.rows.last().map_or(Anchor::Start, |row| Anchor::After(row.cursor))
    }

    /// The neighbour of the present filing.
    pub fn neighbour(&self, forward: bool) -> Option<&QueueRow> {
        match self.position() {
            Some(here) if forward => self.rows.get(here + 1),
            Some(here) => here.checked_sub(1).and_then(|at| self.rows.get(at)),
            None => self.rows.first(),
        }
    }

    /// A filing left the queue.
    pub fn remove(&mut self, reference: &str) {
        self.rows.retain(|row| !is(row, reference));
    }
}

/// Whether a row is the filing of a reference, without building one for each row of the window.
fn is(row: &QueueRow, reference: &str) -> bool {
    reference.strip_prefix(row.source.as_str()).and_then(|rest| rest.strip_prefix('/'))
        == Some(row.key.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filing_whose_place_nobody_knows_is_not_searched_for() {
        let mut rail = Rail::default();
        rail.page(&Anchor::Start, Page { rows: Vec::new(), next: Some(Cursor::new(1)), previous: None });
        rail.go("demo/D-1001".into(), None);
        assert_eq!((rail.wants(None), rail.wants(None)), (None, None));
        rail.go("demo/D-1002".into(), Some(Cursor::new(7)));
        assert_eq!(rail.wants(None), Some(Anchor::Before(Cursor::new(7))));
    }
}
