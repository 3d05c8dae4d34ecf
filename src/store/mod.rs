//! The store (with the day book): whole transactions on a workspace, behind a trait.
//!
//! A workspace is a folder: `heyan.db` and `attachments/ab/<sha256>`. Domain types go in and come out; no SQL and
//! no database type leaves this room. Nothing here knows the time: it comes in with each call. The traits are
//! synchronous and are called on threads of their own, because a commit waits for the disk.

mod error;
mod report;
pub mod sqlite;

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;

pub use crate::domain::workspace::*;
pub use error::{Conflict, Missing, StoreError};
pub use report::{Condition, Part, Problem, Progress, VerifyReport};
pub use sqlite::vault::AttachmentVault;
pub use sqlite::{Interrupter, SqliteReader, SqliteStore};

use crate::domain::daybook::Event;
use crate::domain::decision::{Decision, Draft};
use crate::domain::evidence::{Gathered, Gatherer, KeptEvidence, PageReading, Subject, Want};
use crate::domain::filing::Filing;
use crate::domain::finding::Finding;
use crate::domain::policy::Policy;
use crate::domain::replay::DecidedCase;

/// What can be asked of a workspace. `filing` is a key, or `source/key` where a key alone is ambiguous.
pub trait ReadStore {
    fn policy(&self) -> Result<Policy, StoreError>;

    /// Counts for the footer; `reviewer`'s own for the day of `now` in the workspace's zone.
    fn counts(&self, reviewer: &str, now: Timestamp) -> Result<Counts, StoreError>;

    /// A page of the queue: by due time (none last), filings of one entity side by side.
    fn queue(&self, filter: &Filter, anchor: Anchor, limit: u32, now: Timestamp) -> Result<Page, StoreError>;

    /// A filing, without claiming it.
    fn case(&self, filing: &str, now: Timestamp) -> Result<CaseFile, StoreError>;

    /// Files of elsewhere to compare a filing's own with ([`CaseFile::elsewhere`]); of other filings some, and those in
    /// `wanted`, by key. For the desk: no check looks at them.
    fn elsewhere(&self, filing: &str, wanted: &[&str]) -> Result<Vec<Elsewhere>, StoreError>;

    /// Filings that wait to be checked: new, changed, or related to one that is. `after` is the last one that is not
    /// wanted any more, where those before it could not be checked.
    fn pending(&self, after: Option<Cursor>, limit: u32) -> Result<Vec<Ticket>, StoreError>;

    /// A reviewer's decisions of a day that stand, the newest first: what can be withdrawn, one a filing. `before` is the `seq` of the last one already shown.
    fn my_decisions(
        &self,
        reviewer: &str,
        day: Date,
        limit: u32,
        before: Option<i64>,
        now: Timestamp,
    ) -> Result<Vec<Decision>, StoreError>;

    /// Streams the decisions of some days in the day book's order, each once, until `sink` breaks.
    fn decisions(
        &self,
        query: &DecisionQuery,
        now: Timestamp,
        sink: &mut dyn FnMut(Decision) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// Streams the filings as they stand with their revisions, those in `state` or all, until `sink` breaks.
    fn filings(
        &self,
        state: Option<FilingState>,
        sink: &mut dyn FnMut(&str, Filing) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// Passes and fails that nobody took back, by their entries, the oldest first: of one filing, whatever its revision
    /// (at least one, or it is an error), or of all.
    fn concluded(&self, filing: Option<&str>) -> Result<Vec<i64>, StoreError>;

    /// A filing as it stood when a decision was made.
    fn decided(&self, decision: i64, now: Timestamp) -> Result<DecidedCase, StoreError>;

    /// Every policy that ever held, with the entry from which on it did; the oldest first.
    fn policies(&self) -> Result<Vec<(i64, Policy)>, StoreError>;

    /// A piece of evidence, by its name.
    fn evidence(&self, id: &str) -> Result<KeptEvidence, StoreError>;

    /// Whether a filing of the workspace has a subject. Any telephone number may be somebody's.
    fn concerns(&self, subject: &Subject) -> Result<bool, StoreError>;

    /// What undecided filings want of one gatherer, by subject, at most `limit` after the given one.
    fn wants(&self, gatherer: Gatherer, after: Option<&Subject>, limit: u32)
    -> Result<Vec<Want>, StoreError>;

    /// What one filing wants to be gathered. Telephone calls and other things that no machine gathers are not among it.
    fn wants_of(&self, filing: &str) -> Result<Vec<Want>, StoreError>;

    /// The newest piece of a gatherer about a subject that did not come from a person.
    fn newest_evidence(
        &self,
        gatherer: Gatherer,
        subject: &Subject,
    ) -> Result<Option<KeptEvidence>, StoreError>;

    /// What the word lists in these versions ([`PageReading::lists`]) find in a page's text, if that was kept.
    fn page_reading(&self, text_sha256: &str, lists: &str) -> Result<Option<PageReading>, StoreError>;

    /// The bytes of an attachment, as imported.
    fn read_attachment(&self, sha256: &str) -> Result<Vec<u8>, StoreError>;

    /// Reads everything and compares it with the day book. Slow; finds one changed byte.
    fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<VerifyReport, StoreError>;
}

/// What can be done in a workspace; each call is one transaction, on the disk when it returns.
pub trait Store: ReadStore {
    /// One batch (about 1,000 filings) of an import, and its entry; nothing at all when nothing has changed.
    /// The files that the batch names must be in the vault.
    fn import(
        &mut self,
        batch: &[ImportItem],
        now: Timestamp,
        actor: &Actor,
    ) -> Result<ImportReport, StoreError>;

    /// Claims a filing: the recorded access. Claiming again what one has already claimed only prolongs it.
    fn claim(&mut self, filing: &str, now: Timestamp, actor: &Actor) -> Result<CaseFile, StoreError>;

    /// Claims the next filing that nobody else has claimed; none at the end of the queue.
    fn claim_next(
        &mut self,
        next: ClaimNext,
        now: Timestamp,
        actor: &Actor,
    ) -> Result<Option<CaseFile>, StoreError>;

    /// Prolongs a claim (the heartbeat; no entry) and says until when.
    fn renew(&mut self, filing: &str, now: Timestamp, actor: &Actor) -> Result<Timestamp, StoreError>;

    /// Gives a claim back; nothing to do when it is not the actor's.
    fn release(&mut self, filing: &str, actor: &Actor) -> Result<(), StoreError>;

    /// Keeps evidence with its files, each piece once, as one entry, and asks for a check of every filing that it
    /// concerns. Files that evidence names must come with it or be in the vault.
    fn keep_evidence(
        &mut self,
        batch: &[Gathered],
        now: Timestamp,
        actor: &Actor,
    ) -> Result<EvidenceReport, StoreError>;

    /// Keeps page readings; they can be made again, so no entry tells of them.
    fn save_page_readings(&mut self, readings: &[PageReading]) -> Result<(), StoreError>;

    /// Keeps what the checks said on `day`; answers how many were kept. Those with an outdated ticket are not.
    fn save_findings(&mut self, day: Date, judged: &[(Ticket, Vec<Finding>)]) -> Result<u64, StoreError>;

    /// Records a decision, and claims the next filing with it if asked to. `needs_second_review` is what the
    /// catalogue says of the reasons; whether it counts is the policy's. Under a filter that has to be searched for, the
    /// next filing is claimed after the decision: it stands then even where there is no next one because of a failure.
    fn record(
        &mut self,
        draft: &Draft,
        needs_second_review: bool,
        next: Option<ClaimNext>,
        now: Timestamp,
        actor: &Actor,
    ) -> Result<Recorded, StoreError>;

    /// Takes a decision back, on its own day or while it is not final, and answers it as it stands now.
    fn withdraw(&mut self, filing: &str, now: Timestamp, actor: &Actor) -> Result<Decision, StoreError>;

    /// Records something that changes no filing; answers the entry's number.
    fn append(&mut self, event: &Event, now: Timestamp, actor: &Actor) -> Result<i64, StoreError>;

    /// Changes the rules of the workspace, as one entry. Where checks look at what has changed (the provider's name and
    /// ranges), every filing that is not decided is marked to be judged again. A file that the policy names must be in
    /// the vault. Refused where the workspace has another policy than `expected`, which the change was made to.
    fn set_policy(
        &mut self,
        policy: &Policy,
        expected: &Policy,
        now: Timestamp,
        actor: &Actor,
    ) -> Result<(), StoreError>;
}
