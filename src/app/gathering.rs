//! Gathering again (再次采集) from the desk: which filing, how far, and what waits to be written. Beside it a look-up
//! that is being written.

use super::screens::lookup::Lookup;
use crate::domain::evidence::Gathered;

/// One filing that is being gathered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    pub run: u64,
    /// The filing, by reference.
    pub key: String,
    /// How many answers are awaited, and how many came.
    pub asked: usize,
    pub came: usize,
    /// Answers that came while others were being written, or could not be written: they go together.
    pub waiting: Vec<Gathered>,
    pub writing: bool,
    /// No more answers come.
    pub ended: bool,
    /// It ended before everybody was asked, and that was said.
    pub failed: bool,
}

impl Gathering {
    pub const fn new(run: u64, key: String, asked: usize) -> Self {
        Gathering {
            run,
            key,
            asked,
            came: 0,
            waiting: Vec::new(),
            writing: false,
            ended: false,
            failed: false,
        }
    }

    /// Everything that came is written, and nothing more comes.
    pub const fn is_done(&self) -> bool {
        self.ended && self.waiting.is_empty() && !self.writing
    }

    /// Nothing more comes, and what came could not be written.
    pub const fn is_unwritten(&self) -> bool {
        self.ended && !self.waiting.is_empty() && !self.writing
    }
}

/// What a person saw, until it is written: a failure gives it back.
#[derive(Debug, Clone)]
pub struct Keeping {
    pub run: u64,
    /// The filing, by reference.
    pub key: String,
    pub lookup: Box<Lookup>,
    pub failed: bool,
}
