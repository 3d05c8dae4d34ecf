//! The store in SQLite: handles that write and handles that only read, each with a connection of its own.
//!
//! One file per concern; each is a set of functions on a connection inside a transaction that is opened and
//! committed here and nowhere else. Time, actor and policy come in; domain types go out.

mod case;
mod claim;
mod condition;
mod daybook;
mod decide;
mod decided;
mod decision;
mod elsewhere;
mod evidence;
mod evidence_verify;
mod fault;
mod filings;
mod findings;
mod import;
mod locate;
mod looks;
mod observations;
mod open;
mod policy;
mod queue;
mod relate;
mod replay;
mod search_find;
mod search_index;
mod search_marks;
mod search_sources;
mod search_verify;
mod text;
pub mod vault;
mod verify;

#[cfg(test)]
mod tests;

use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};

use self::fault::Outcome;
use self::vault::AttachmentVault;
use super::{
    Actor, Anchor, CaseFile, ClaimNext, Condition, Counts, Cursor, DecisionQuery, Elsewhere, EvidenceReport,
    Filter, ImportItem, ImportReport, Page, Progress, ReadStore, Recorded, Store, StoreError, Ticket,
    VerifyReport,
};
use crate::domain::daybook::Event;
use crate::domain::decision::{Decision, Draft};
use crate::domain::evidence::{Gathered, Gatherer, KeptEvidence, PageReading, Subject, Want};
use crate::domain::filing::Filing;
use crate::domain::finding::Finding;
use crate::domain::policy::Policy;
use crate::domain::replay::DecidedCase;
use crate::domain::revision::sha256_hex;
use crate::domain::vault::Vault;
use crate::domain::workspace::FilingState;

/// How often a filing is searched that others take before it is claimed.
const SEARCHES: usize = 8;

/// A handle on a workspace, by what it may do.
pub struct Sqlite<Access> {
    connection: Connection,
    folder: PathBuf,
    access: PhantomData<Access>,
}

/// May write.
pub enum Writes {}
/// May only read.
pub enum Reads {}

/// A handle that writes. Several may be open at once, also in several processes; they take turns.
pub type SqliteStore = Sqlite<Writes>;
/// A handle for pages, search and exports: nothing it does can stand before a decision.
pub type SqliteReader = Sqlite<Reads>;

impl SqliteStore {
    /// Makes a workspace in `folder` (which may exist, but must not hold one) with its first entry.
    pub fn create(folder: &Path, policy: &Policy, now: Timestamp, actor: &Actor) -> Result<Self, StoreError> {
        let connection = open::create(folder, policy, now, actor)?;
        Ok(Sqlite { connection, folder: folder.to_owned(), access: PhantomData })
    }

    /// Opens a workspace. Looks at header and schema version only, whatever its size.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let connection = open::open(folder)?;
        Ok(Sqlite { connection, folder: folder.to_owned(), access: PhantomData })
    }

    /// Opens a workspace only for reading.
    pub fn open_read_only(folder: &Path) -> Result<SqliteReader, StoreError> {
        let connection = open::open_read_only(folder)?;
        Ok(Sqlite { connection, folder: folder.to_owned(), access: PhantomData })
    }

    /// Runs `work` in a transaction that nobody else can write beside, and commits it.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Outcome<T>) -> Result<T, StoreError> {
        let path = open::database(&self.folder);
        let commit = || -> Outcome<T> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        commit().map_err(|fault| fault.at(&path))
    }

    /// Searches without keeping others from writing, since a filter may lead through the whole queue, and claims what it
    /// finds unless that has changed meanwhile.
    fn search_and_claim(
        &mut self,
        mut next: ClaimNext,
        now: Timestamp,
        actor: &Actor,
    ) -> Result<Option<CaseFile>, StoreError> {
        for _ in 0..SEARCHES {
            let Some(found) = self.read(|view| claim::find_next(view, &next, now, actor))? else {
                return Ok(None);
            };
            let claimed =
                self.write(|transaction| claim::claim_found(transaction, &next, found, now, actor))?;
            if claimed.is_some() {
                return Ok(claimed);
            }
            next.after = Some(Cursor::new(found));
        }
        // Others were faster each time: now they wait.
        self.write(|transaction| claim::claim_next(transaction, &next, now, actor))
    }
}

/// Ends a read from another thread.
pub struct Interrupter(InterruptHandle);

impl Interrupter {
    /// Whatever the handle reads now ends with an error; when it reads nothing, nothing happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl SqliteReader {
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }
}

impl<Access> Sqlite<Access> {
    /// The folder of the workspace.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where attachment files are kept.
    pub fn vault(&self) -> AttachmentVault {
        AttachmentVault::of(&self.folder)
    }

    /// The state of the database. Reads all of it, as far as its own quick check does.
    pub fn condition(&self) -> Result<Condition, StoreError> {
        self.read(condition::condition)
    }

    /// Runs `work` on one unchanging view of the workspace.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> Result<T, StoreError> {
        let view = || -> Outcome<T> {
            let transaction = self.connection.unchecked_transaction()?;
            work(&transaction)
        };
        view().map_err(|fault| fault.at(&open::database(&self.folder)))
    }
}

impl<Access> ReadStore for Sqlite<Access> {
    fn policy(&self) -> Result<Policy, StoreError> {
        self.read(policy::read)
    }

    fn counts(&self, reviewer: &str, now: Timestamp) -> Result<Counts, StoreError> {
        self.read(|view| queue::counts(view, reviewer, now))
    }

    fn queue(&self, filter: &Filter, anchor: Anchor, limit: u32, now: Timestamp) -> Result<Page, StoreError> {
        self.read(|view| queue::page(view, filter, anchor, limit, now))
    }

    fn case(&self, filing: &str, now: Timestamp) -> Result<CaseFile, StoreError> {
        self.read(|view| case::load(view, &locate::named(view, filing)?, now))
    }

    fn elsewhere(&self, filing: &str, wanted: &[&str]) -> Result<Vec<Elsewhere>, StoreError> {
        self.read(|view| elsewhere::of_filing(view, &locate::named(view, filing)?, wanted))
    }

    fn pending(&self, after: Option<Cursor>, limit: u32) -> Result<Vec<Ticket>, StoreError> {
        self.read(|view| findings::pending(view, after, limit))
    }

    fn my_decisions(
        &self,
        reviewer: &str,
        day: Date,
        limit: u32,
        before: Option<i64>,
        now: Timestamp,
    ) -> Result<Vec<Decision>, StoreError> {
        self.read(|view| decision::of_reviewer(view, reviewer, day, limit, before, now))
    }

    fn decisions(
        &self,
        query: &DecisionQuery,
        now: Timestamp,
        sink: &mut dyn FnMut(Decision) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read(|view| decision::stream(view, query, now, sink))
    }

    fn filings(
        &self,
        state: Option<FilingState>,
        sink: &mut dyn FnMut(&str, Filing) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read(|view| filings::stream(view, state, sink))
    }

    fn concluded(&self, filing: Option<&str>) -> Result<Vec<i64>, StoreError> {
        self.read(|view| decided::concluded(view, filing))
    }

    fn decided(&self, decision: i64, now: Timestamp) -> Result<DecidedCase, StoreError> {
        self.read(|view| decided::load(view, decision, now))
    }

    fn policies(&self) -> Result<Vec<(i64, Policy)>, StoreError> {
        self.read(decided::policies)
    }

    fn evidence(&self, id: &str) -> Result<KeptEvidence, StoreError> {
        self.read(|view| evidence::named(view, id))
    }

    fn concerns(&self, subject: &Subject) -> Result<bool, StoreError> {
        self.read(|view| evidence::concerns(view, subject))
    }

    fn wants(
        &self,
        gatherer: Gatherer,
        after: Option<&Subject>,
        limit: u32,
    ) -> Result<Vec<Want>, StoreError> {
        self.read(|view| evidence::wants(view, gatherer, after, limit))
    }

    fn newest_evidence(
        &self,
        gatherer: Gatherer,
        subject: &Subject,
    ) -> Result<Option<KeptEvidence>, StoreError> {
        self.read(|view| evidence::newest(view, gatherer, subject))
    }

    fn wants_of(&self, filing: &str) -> Result<Vec<Want>, StoreError> {
        self.read(|view| {
            let row = locate::named(view, filing)?;
            let content = case::filing(view, row.current)?;
            evidence::wants_of(view, &content, &case::attachments(view, row.current)?)
        })
    }

    fn page_reading(&self, text_sha256: &str, lists: &str) -> Result<Option<PageReading>, StoreError> {
        self.read(|view| evidence::reading(view, text_sha256, lists))
    }

    fn read_attachment(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        self.vault().read(sha256)
    }

    fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<VerifyReport, StoreError> {
        self.read(|view| verify::verify(view, &self.vault(), progress))
    }
}

impl Store for SqliteStore {
    fn import(
        &mut self,
        batch: &[ImportItem],
        now: Timestamp,
        actor: &Actor,
    ) -> Result<ImportReport, StoreError> {
        let vault = self.vault();
        self.write(|transaction| import::import(transaction, &vault, batch, now, actor))
    }

    fn claim(&mut self, filing: &str, now: Timestamp, actor: &Actor) -> Result<CaseFile, StoreError> {
        self.write(|transaction| claim::claim(transaction, filing, now, actor))
    }

    fn claim_next(
        &mut self,
        next: ClaimNext,
        now: Timestamp,
        actor: &Actor,
    ) -> Result<Option<CaseFile>, StoreError> {
        if next.filter.is_plain() {
            self.write(|transaction| claim::claim_next(transaction, &next, now, actor))
        } else {
            self.search_and_claim(next, now, actor)
        }
    }

    fn renew(&mut self, filing: &str, now: Timestamp, actor: &Actor) -> Result<Timestamp, StoreError> {
        self.write(|transaction| claim::renew(transaction, filing, now, actor))
    }

    fn release(&mut self, filing: &str, actor: &Actor) -> Result<(), StoreError> {
        self.write(|transaction| claim::release(transaction, filing, actor))
    }

    fn keep_evidence(
        &mut self,
        batch: &[Gathered],
        now: Timestamp,
        actor: &Actor,
    ) -> Result<EvidenceReport, StoreError> {
        let mut vault = self.vault();
        for file in batch.iter().flat_map(|gathered| &gathered.files) {
            vault.put(&sha256_hex(file), file).map_err(|fault| StoreError::Unusable {
                path: vault.folder().to_owned(),
                detail: fault.to_string(),
            })?;
        }
        self.write(|transaction| evidence::keep(transaction, &vault, batch, now, actor))
    }

    fn save_page_readings(&mut self, readings: &[PageReading]) -> Result<(), StoreError> {
        self.write(|transaction| evidence::save_readings(transaction, readings))
    }

    fn save_findings(&mut self, day: Date, judged: &[(Ticket, Vec<Finding>)]) -> Result<u64, StoreError> {
        self.write(|transaction| findings::save(transaction, day, judged))
    }

    fn record(
        &mut self,
        draft: &Draft,
        needs_second_review: bool,
        next: Option<ClaimNext>,
        now: Timestamp,
        actor: &Actor,
    ) -> Result<Recorded, StoreError> {
        let (with_it, searched) = match next {
            Some(next) if !next.filter.is_plain() => (None, Some(next)),
            next => (next, None),
        };
        let mut recorded = self.write(|transaction| {
            let mut recorded = decide::record(transaction, draft, needs_second_review, now, actor)?;
            if let Some(next) = with_it {
                recorded.next = claim::claim_next(transaction, &next, now, actor)?;
            }
            Ok(recorded)
        })?;
        if let Some(next) = searched {
            // The decision is on the disk. Who asks again for the next filing is told why there is none.
            recorded.next = self.search_and_claim(next, now, actor).unwrap_or_default();
        }
        Ok(recorded)
    }

    fn withdraw(&mut self, filing: &str, now: Timestamp, actor: &Actor) -> Result<Decision, StoreError> {
        self.write(|transaction| decide::withdraw(transaction, filing, now, actor))
    }

    fn append(&mut self, event: &Event, now: Timestamp, actor: &Actor) -> Result<i64, StoreError> {
        self.write(|transaction| daybook::append(transaction, event, now, actor))
    }

    fn set_policy(
        &mut self,
        policy: &Policy,
        expected: &Policy,
        now: Timestamp,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let vault = self.vault();
        self.write(|transaction| policy::set(transaction, &vault, policy, expected, now, actor))
    }
}
