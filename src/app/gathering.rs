//! Gathering again (再次采集) from the desk: which filing, how far, and what waits to be written. Beside it a look-up
//! that is being written.

use super::screens::lookup::Lookup;
use crate::domain::evidence::{Gathered, Gatherer, Outcome, Want};

/// One filing that is being gathered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    pub run: u64,
    /// The filing, by reference.
    pub key: String,
    /// How many answers are awaited, and how many came.
    pub asked: usize,
    pub came: usize,
    /// Of what no answer came yet.
    pub unanswered: Vec<Want>,
    /// Answers that came while others were being written, or could not be written: they go together.
    pub waiting: Vec<Gathered>,
    pub writing: bool,
    /// No more answers come.
    pub ended: bool,
    /// It ended before everybody was asked, and that was said.
    pub failed: bool,
}

impl Gathering {
    pub const fn new(run: u64, key: String, wants: Vec<Want>) -> Self {
        Gathering {
            run,
            key,
            asked: wants.len(),
            came: 0,
            unanswered: wants,
            waiting: Vec::new(),
            writing: false,
            ended: false,
            failed: false,
        }
    }

    /// A piece came; one that says that nobody answered is no answer.
    pub fn take(&mut self, gathered: Gathered) {
        self.came += 1;
        let evidence = &gathered.evidence;
        if !matches!(evidence.observation.outcome(), Outcome::NoAnswer(_)) {
            let is_it =
                |want: &Want| want.gatherer == evidence.gatherer() && want.subject == evidence.subject;
            self.unanswered.retain(|want| !is_it(want));
        }
        self.waiting.push(gathered);
    }

    /// The kinds of which something did not answer.
    pub fn silent(&self) -> Vec<Gatherer> {
        let mut kinds: Vec<Gatherer> = self.unanswered.iter().map(|want| want.gatherer).collect();
        kinds.sort();
        kinds.dedup();
        kinds
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
