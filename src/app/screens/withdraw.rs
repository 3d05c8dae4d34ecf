//! Withdrawing: the reviewer's decisions of the day, any of which can be taken back.

use crate::app::command::Command;
use crate::domain::decision::Decision;

/// The panel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withdraw {
    /// The latest first; none until they were read.
    pub decisions: Option<Vec<Decision>>,
    pub cursor: usize,
}

impl Withdraw {
    pub fn act(&mut self, command: Command) {
        let count = self.decisions.as_ref().map_or(0, Vec::len);
        super::move_cursor(&mut self.cursor, count, command);
    }

    /// The decision under the cursor.
    pub fn chosen(&self) -> Option<&Decision> {
        self.decisions.as_ref()?.get(self.cursor)
    }
}
