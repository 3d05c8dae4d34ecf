//! The queue rail: a window of rows around the present filing, however long the queue is.

use crate::domain::workspace::{Anchor, Page, QueueRow};

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
    more_above: bool,
    more_below: bool,
    loading: bool,
    /// The first page has come.
    pub loaded: bool,
}

impl Rail {
    /// The place of the present filing among the rows.
    pub fn position(&self) -> Option<usize> {
        let current = self.current.as_ref()?;
        self.rows.iter().position(|row| row.reference() == *current)
    }

    /// A page arrived.
    pub fn page(&mut self, at: &Anchor, page: Page) {
        self.loading = false;
        self.loaded = true;
        match at {
            Anchor::Start => {
                self.more_above = false;
                self.more_below = page.next.is_some();
                self.rows = page.rows;
            }
            Anchor::After(_) => {
                self.more_below = page.next.is_some();
                self.add(page.rows, false);
                let surplus = self.rows.len().saturating_sub(WINDOW);
                if surplus > 0 {
                    self.rows.drain(..surplus);
                    self.more_above = true;
                }
            }
            Anchor::Before(_) => {
                self.more_above = page.previous.is_some();
                self.add(page.rows, true);
                if self.rows.len() > WINDOW {
                    self.rows.truncate(WINDOW);
                    self.more_below = true;
                }
            }
        }
    }

    fn add(&mut self, mut new: Vec<QueueRow>, in_front: bool) {
        new.retain(|row| !self.rows.iter().any(|old| old.reference() == row.reference()));
        if in_front {
            new.append(&mut self.rows);
            self.rows = new;
        } else {
            self.rows.append(&mut new);
        }
    }

    /// The page to ask for now, if the present place is near an end; answers once per need.
    pub fn wants(&mut self) -> Option<Anchor> {
        if self.loading || !self.loaded {
            return None;
        }
        let here = self.position().unwrap_or(0);
        let at = if self.more_below && here + MARGIN >= self.rows.len() {
            match self.rows.last() {
                Some(row) => Anchor::After(row.cursor),
                None => Anchor::Start,
            }
        } else if self.more_above && here < MARGIN {
            Anchor::Before(self.rows.first()?.cursor)
        } else {
            return None;
        };
        self.loading = true;
        Some(at)
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
        self.rows.retain(|row| row.reference() != reference);
    }
}
