//! What a workspace hands out and takes in: queue rows, case files, acknowledgements.
//!
//! The desk and the command line speak with the store in these types; how and where they are kept is the store's.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::case::{AttachmentFacts, Relation};
use super::decision::{Decision, DecisionState};
use super::evidence::{KeptEvidence, PixelFacts};
use super::filing::{Filing, OrderType, named};
use super::finding::Tally;
pub use super::search::{Filter, FilterState};
use super::search::{Found, Lane};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The reviewer's name, as the roster and the day book have it.
    pub reviewer: String,
    /// The user id of the process, recorded beside the name.
    pub uid: u32,
}

named! {
    /// Where a filing stands.
    FilingState {
        /// 待审
        Open => "open",
        /// 挂起
        Hold => "hold",
        /// 转组长
        Escalated => "escalated",
        /// 待复核: decided once, waits for another reviewer
        SecondReview => "second_review",
        /// 已审
        Decided => "decided",
    }
}

/// A filing with its files' facts, as intake read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportItem {
    pub filing: Filing,
    /// In the filing's order.
    pub attachments: Vec<AttachmentFacts>,
}

/// What an import did, in filings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub new: u64,
    /// Known before, with other content now.
    pub revised: u64,
    pub unchanged: u64,
}

/// What keeping evidence did, in pieces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct EvidenceReport {
    pub kept: u64,
    /// The very same was there already.
    pub known: u64,
}

/// A place in the queue. Its text form is for `--after`; it says nothing about the filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor(i64);

impl Cursor {
    /// Only a store knows what the number means.
    pub const fn new(place: i64) -> Self {
        Cursor(place)
    }
    pub const fn place(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "q{:x}", self.0)
    }
}

/// The text is no cursor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no cursor; take one from the end of a page")]
pub struct NoCursor(pub String);

impl FromStr for Cursor {
    type Err = NoCursor;
    fn from_str(text: &str) -> Result<Self, NoCursor> {
        text.strip_prefix('q')
            .and_then(|digits| i64::from_str_radix(digits, 16).ok())
            .map(Cursor)
            .ok_or_else(|| NoCursor(text.to_owned()))
    }
}

/// From where a page is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Anchor {
    #[default]
    Start,
    After(Cursor),
    Before(Cursor),
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    pub cursor: Cursor,
    pub source: String,
    pub key: String,
    /// The sponsor's name; an individual's is masked.
    pub entity: String,
    pub order_type: OrderType,
    pub province: String,
    pub due_at: Option<Timestamp>,
    pub state: FilingState,
    /// When a held filing is to be taken up again.
    pub hold_until: Option<Timestamp>,
    /// What the checks said of this revision; none before they ran.
    pub tally: Option<Tally>,
    /// The checks ran, nothing has changed since, and everything passed.
    pub clean: bool,
    /// Who has claimed it, while the claim lasts.
    pub claimed_by: Option<String>,
    pub revision: String,
    pub lane: Lane,
    /// Where the filter's text was found, when it has one.
    pub found: Option<Found>,
}

impl QueueRow {
    /// The name that is never ambiguous: `source/key`.
    pub fn reference(&self) -> String {
        reference(&self.source, &self.key)
    }
}

/// The name of a filing that stays unambiguous when two sources use the same key.
pub fn reference(source: &str, key: &str) -> String {
    format!("{source}/{key}")
}

/// Rows in queue order, and where the neighbouring pages are taken from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<QueueRow>,
    /// [`Anchor::After`] this for the next page.
    pub next: Option<Cursor>,
    /// [`Anchor::Before`] this for the page before.
    pub previous: Option<Cursor>,
}

/// How many filings stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub open: u64,
    /// Held, and the time to take them up again has come.
    pub hold_due: u64,
    /// Held until later, or without a time.
    pub hold_later: u64,
    pub escalated: u64,
    pub second_review: u64,
    pub decided: u64,
    /// Passed or failed on this day by this reviewer, withdrawn ones not counted.
    pub decided_today: u64,
}

/// One filing with all that is known of it: what is drawn, judged and decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    pub cursor: Cursor,
    pub filing: Filing,
    pub revision: String,
    /// In the filing's order.
    pub attachments: Vec<AttachmentFacts>,
    /// Other filings that share a key; strangers before siblings, at most a few dozen a key.
    pub relations: Vec<Relation>,
    pub state: FilingState,
    /// The decision that stands on this revision.
    pub current: Option<Decision>,
    /// The last one before: on an earlier revision, or withdrawn.
    pub previous: Option<Decision>,
    pub claimed_by: Option<String>,
    /// Files of elsewhere to compare its own with: of the revision before, then of other filings, those of strangers and
    /// the oldest first. Empty until a desk asks for them.
    pub elsewhere: Vec<Elsewhere>,
    /// What is known of its subjects: by subject and gatherer, the newest first.
    pub evidence: Vec<KeptEvidence>,
    /// Hand it back with the findings of a check of exactly this case file.
    pub ticket: Ticket,
}

impl CaseFile {
    /// The name that is never ambiguous: `source/key`.
    pub fn reference(&self) -> String {
        reference(&self.filing.source, &self.filing.key)
    }
}

/// A file that is not the filing's own, to compare one of its own with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub facts: AttachmentFacts,
    pub from: Origin,
    /// What its pixels tell, once they were measured.
    pub pixels: Option<PixelFacts>,
}

/// Where such a file is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The revision before (上一版).
    Revision,
    /// Another filing, by its source and key; its photo is or looks the same as one of this filing's, by SHA-256.
    Filing { source: String, key: String, like: String },
}

/// Names one state of one filing: findings saved with an outdated ticket are dropped, and the filing stays pending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub cursor: Cursor,
    /// `source/key`
    pub filing: String,
    pub revision: String,
    /// The import that last asked for a check; only a store knows more.
    pub mark: i64,
}

/// What was acknowledged: it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The decision's entry; after a second look that of the first, which it belongs to.
    pub seq: i64,
    /// The day the decision counts for, in the workspace's zone.
    pub day: Date,
    pub state: FilingState,
    pub decision: DecisionState,
    /// The filing that was claimed in the same transaction, if one was asked for and there was one.
    pub next: Option<CaseFile>,
}

/// Which filing to claim in the transaction that records a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimNext {
    pub filter: Filter,
    pub after: Option<Cursor>,
}

/// The decisions of some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionQuery {
    pub from: Date,
    /// Included.
    pub to: Date,
    /// Whether findings and shown evidence are wanted too; they are by far the largest part.
    pub findings: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_read_back_and_nothing_else_does() {
        for place in [0, 1, 255, i64::MAX] {
            assert_eq!(Cursor::new(place).to_string().parse(), Ok(Cursor::new(place)));
        }
        for text in ["", "q", "12", "qxyz", "q-"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }
}
