//! Which observations of one subject by one gatherer a case shows: what the checks compare, however often nobody
//! answered in between.

use std::mem::{Discriminant, discriminant};

use jiff::{SignedDuration, Timestamp};

use crate::domain::evidence::{KeptEvidence, Means, Outcome};

/// How many are shown whatever they say, the newest first.
const NEWEST: usize = 6;

/// How far back is looked at most, in observations: four days of asking every quarter of an hour.
pub(super) const LOOKED_AT: u32 = 400;

/// Takes observations from the newest to the oldest. Beyond the newest few it keeps, for what a person saw and what a
/// machine was told, of each [`Outcome`]: the last, and the last that is far enough from that to make two.
pub(super) struct Observations {
    apart: SignedDuration,
    seen: usize,
    kept: Vec<Of>,
}

/// What is kept of one outcome.
struct Of {
    person: bool,
    outcome: Discriminant<Outcome>,
    last: Timestamp,
    has_apart: bool,
}

impl Observations {
    pub fn new(apart_hours: u32) -> Self {
        Observations { apart: SignedDuration::from_hours(apart_hours.into()), seen: 0, kept: Vec::new() }
    }

    /// Whether this one is shown.
    pub fn takes(&mut self, piece: &KeptEvidence) -> bool {
        let (at, person) = (piece.evidence.observed_at, piece.evidence.means == Means::Person);
        let outcome = discriminant(&piece.evidence.observation.outcome());
        self.seen += 1;
        let new = match self.kept.iter_mut().find(|of| (of.person, of.outcome) == (person, outcome)) {
            None => {
                self.kept.push(Of { person, outcome, last: at, has_apart: false });
                true
            }
            Some(of) if !of.has_apart && of.last.duration_since(at) >= self.apart => {
                of.has_apart = true;
                true
            }
            Some(_) => false,
        };
        new || self.seen <= NEWEST
    }

    /// Whether nothing older can matter: a machine has been answered twice, far enough apart.
    pub fn is_done(&self) -> bool {
        let answered = discriminant(&Outcome::Answer);
        let twice = |of: &Of| !of.person && of.outcome == answered && of.has_apart;
        self.seen >= NEWEST && self.kept.iter().any(twice)
    }
}
