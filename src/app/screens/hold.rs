//! Putting a filing on hold: why, and until when it comes back.

use jiff::{Timestamp, ToSpan};

use crate::app::command::Command;
use crate::domain::decision::{Conclusion, HoldKind};

/// The waiting times offered, in minutes.
pub const WAITS: [i64; 7] = [30, 60, 120, 240, 24 * 60, 3 * 24 * 60, 7 * 24 * 60];
/// The usual second call comes after about an hour.
const USUAL: usize = 1;
/// Whoever sees pictures finds the filing at once; on a desk without them it need not come back before the next day.
const NEXT_DAY: usize = 4;

/// The panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The line under the cursor, in [`HoldKind::ALL`].
    pub kind: usize,
    /// The waiting time, in [`WAITS`].
    pub wait: usize,
}

impl Default for Hold {
    fn default() -> Self {
        Hold { kind: 0, wait: USUAL }
    }
}

impl Hold {
    /// Begins with the kind for filings that need somebody who sees pictures.
    pub fn for_pictures() -> Self {
        let kind = HoldKind::ALL.iter().position(|kind| *kind == HoldKind::Pictures);
        Hold { kind: kind.unwrap_or(0), wait: NEXT_DAY }
    }

    pub fn act(&mut self, command: Command) {
        match command {
            Command::More => self.wait = (self.wait + 1) % WAITS.len(),
            Command::Less => self.wait = (self.wait + WAITS.len() - 1) % WAITS.len(),
            other => super::move_cursor(&mut self.kind, HoldKind::ALL.len(), other),
        }
    }

    /// A digit chooses the kind.
    pub const fn digit(&mut self, at: usize) {
        if at < HoldKind::ALL.len() {
            self.kind = at;
        }
    }

    /// When the filing comes back.
    pub fn until(&self, now: Timestamp) -> Option<Timestamp> {
        now.checked_add(WAITS[self.wait].minutes()).ok()
    }

    pub fn conclusion(&self, now: Timestamp) -> Conclusion {
        Conclusion::Hold { hold: HoldKind::ALL[self.kind], until: self.until(now) }
    }
}
