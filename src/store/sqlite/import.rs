//! Imports: new filings, new revisions, and whom they concern.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::case;
use super::daybook::{self, ImportBody, NewEntry};
use super::evidence;
use super::fault::{Fault, Outcome};
use super::locate::{self, FilingRow};
use super::relate::{self, Shared};
use super::search_index::{self, Searched};
use super::search_marks;
use super::text::{NO_DUE, signed, stamp, to_json};
use super::vault::AttachmentVault;
use crate::domain::case::AttachmentFacts;
use crate::domain::daybook::EntryKind;
use crate::domain::filing::Filing;
use crate::domain::mask;
use crate::domain::relations::{entity_id, keys};
use crate::domain::revision::revision;
use crate::domain::search::Lane;
use crate::store::{Actor, ImportItem, ImportReport};

pub(super) fn import(
    transaction: &Connection,
    vault: &AttachmentVault,
    batch: &[ImportItem],
    now: Timestamp,
    actor: &Actor,
) -> Outcome<ImportReport> {
    let mut import = Import {
        transaction,
        entry: daybook::next_seq(transaction)?,
        next_filing: next_id(transaction, "filing")?,
        next_revision: next_id(transaction, "revision")?,
        report: ImportReport::default(),
        taken: Vec::new(),
        entities: BTreeSet::new(),
        touched: Shared::new(),
        files: Vec::new(),
        searched: BTreeMap::new(),
    };
    for item in batch {
        import.item(item)?;
    }
    import.mark_touched()?;
    import.settle_siblings()?;
    search_index::add(transaction, &import.searched)?;
    vault.settle(&import.files)?;
    let Import { report, taken, .. } = import;
    if !taken.is_empty() {
        let ImportReport { new, revised, unchanged } = report;
        let content = ImportBody { new, revised, unchanged, filings: taken };
        let entry = NewEntry { kind: EntryKind::Import, filing: None, content, private: &[] };
        daybook::add(transaction, entry, now, actor)?;
    }
    Ok(report)
}

fn next_id(transaction: &Connection, table: &str) -> Outcome<i64> {
    let last: i64 =
        transaction.query_row(&format!("SELECT coalesce(max(id), 0) FROM {table}"), [], |row| row.get(0))?;
    Ok(last + 1)
}

/// One batch in the making.
struct Import<'a> {
    transaction: &'a Connection,
    /// The entry that the batch will have, should anything change.
    entry: i64,
    next_filing: i64,
    next_revision: i64,
    report: ImportReport,
    /// Source, key and revision of what was new or revised.
    taken: Vec<(String, String, String)>,
    touched: Shared,
    /// Entities whose filings came, went or changed their due time.
    entities: BTreeSet<String>,
    /// Files that no committed transaction has named yet, with their sizes.
    files: Vec<(&'a str, u64)>,
    /// What is to be searched of the new and revised filings, by row. Written at the end: between other statements the
    /// index would be flushed once a filing.
    searched: BTreeMap<i64, Searched>,
}

impl<'a> Import<'a> {
    fn item(&mut self, item: &'a ImportItem) -> Outcome<()> {
        let revision = revision(&item.filing);
        match locate::of_source(self.transaction, &item.filing.source, &item.filing.key)? {
            Some(known) if known.revision == revision => {
                self.report.unchanged += 1;
                return Ok(());
            }
            Some(known) => {
                self.revise(&known, item, &revision)?;
                self.report.revised += 1;
            }
            None => {
                self.insert(item, &revision)?;
                self.report.new += 1;
            }
        }
        self.taken.push((item.filing.source.clone(), item.filing.key.clone(), revision));
        Ok(())
    }

    fn insert(&mut self, item: &'a ImportItem, revision: &str) -> Outcome<()> {
        let (id, current) = (self.next_filing, self.next_revision);
        self.next_filing += 1;
        let shown = Shown::of(&item.filing);
        let lane = Lane::of(item.filing.order_type, false);
        self.transaction
            .prepare_cached(
                "INSERT INTO filing (id, source, key, current, revision, entity_id, entity, order_type, province,
                                     due, lead, state, lane)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, 'open', ?11)",
            )?
            .execute(params![
                id,
                item.filing.source,
                item.filing.key,
                current,
                revision,
                shown.entity_id,
                shown.entity,
                item.filing.order_type.text(),
                item.filing.province,
                shown.due,
                lane.text(),
            ])?;
        self.searched.insert(id, Searched::new(&item.filing, lane));
        self.add_revision(id, None, item, revision)?;
        self.add_keys(id, &shown.entity_id, item)?;
        self.entities.insert(shown.entity_id);
        Ok(())
    }

    /// Puts a filing back to open with its new revision; the decision on the old one stays with the old one.
    fn revise(&mut self, known: &FilingRow, item: &'a ImportItem, revision: &str) -> Outcome<()> {
        let old = case::filing(self.transaction, known.current)?;
        let old_files = case::attachments(self.transaction, known.current)?;
        relate::remove(self.transaction, known, keys(&old, &old_files), &mut self.touched)?;
        evidence::remove_subjects(self.transaction, known.id, &old, &old_files)?;
        let shown = Shown::of(&item.filing);
        let lane = search_index::lane(self.transaction, known.id, item.filing.order_type)?;
        // A batch may revise what it has brought itself.
        if self.searched.remove(&known.id).is_none() {
            search_index::remove(self.transaction, known.id)?;
        }
        search_marks::clear(self.transaction, known.id)?;
        self.transaction
            .prepare_cached(
                "UPDATE filing SET current = ?2, revision = ?3, entity_id = ?4, entity = ?5, order_type = ?6,
                                   province = ?7, due = ?8, state = 'open', decision = NULL, hold_until = NULL,
                                   lane = ?9
                 WHERE id = ?1",
            )?
            .execute(params![
                known.id,
                self.next_revision,
                revision,
                shown.entity_id,
                shown.entity,
                item.filing.order_type.text(),
                item.filing.province,
                shown.due,
                lane.text(),
            ])?;
        self.searched.insert(known.id, Searched::new(&item.filing, lane));
        self.add_revision(known.id, Some(known.current), item, revision)?;
        self.add_keys(known.id, &shown.entity_id, item)?;
        self.entities.insert(known.entity_id.clone());
        self.entities.insert(shown.entity_id);
        Ok(())
    }

    fn add_revision(
        &mut self,
        filing: i64,
        supersedes: Option<i64>,
        item: &'a ImportItem,
        revision: &str,
    ) -> Outcome<()> {
        let id = self.next_revision;
        self.next_revision += 1;
        self.transaction
            .prepare_cached(
                "INSERT INTO revision (id, filing_id, revision, entry, supersedes, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![id, filing, revision, self.entry, supersedes, to_json(&item.filing)?])?;
        for (position, facts) in item.attachments.iter().enumerate() {
            self.add_file(id, position, facts)?;
        }
        Ok(())
    }

    fn add_file(&mut self, revision: i64, position: usize, facts: &'a AttachmentFacts) -> Outcome<()> {
        let new = self
            .transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO attachment (sha256, bytes, format, width, height)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                facts.sha256,
                signed(facts.bytes),
                facts.format.text(),
                facts.pixels.map(|(width, _)| width),
                facts.pixels.map(|(_, height)| height),
            ])?;
        if new > 0 {
            self.files.push((&facts.sha256, facts.bytes));
        }
        let position = i64::try_from(position).map_err(|error| Fault::damaged("attachments", error))?;
        self.transaction
            .prepare_cached(
                "INSERT INTO revision_attachment (revision_id, position, kind, sha256) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![revision, position, facts.kind.text(), facts.sha256])?;
        Ok(())
    }

    /// Writes the keys, and asks for a check.
    fn add_keys(&mut self, filing: i64, entity_id: &str, item: &ImportItem) -> Outcome<()> {
        let keys = keys(&item.filing, &item.attachments);
        relate::add(self.transaction, filing, entity_id, &keys, &mut self.touched)?;
        evidence::add_subjects(self.transaction, filing, &item.filing, &item.attachments)?;
        self.transaction
            .prepare_cached(
                "INSERT INTO pending_check (filing_id, mark) VALUES (?1, ?2)
                 ON CONFLICT (filing_id) DO UPDATE SET mark = excluded.mark",
            )?
            .execute([filing, self.entry])?;
        Ok(())
    }

    /// Puts siblings side by side, where the most urgent of those not yet decided stands. A decision later moves
    /// none of the others: the queue does not jump under the reviewer.
    fn settle_siblings(&self) -> Outcome<()> {
        let mut settle = self.transaction.prepare_cached(
            "UPDATE filing SET lead = e.lead
             FROM (SELECT min(due) AS lead FROM filing WHERE entity_id = ?1 AND state <> 'decided') e
             WHERE entity_id = ?1 AND state <> 'decided' AND filing.lead <> e.lead",
        )?;
        for entity in &self.entities {
            settle.execute([entity])?;
        }
        Ok(())
    }

    /// Asks for a check of every other filing that shares a key with what came or went: once a key and batch.
    fn mark_touched(&self) -> Outcome<()> {
        let mut mark = self.transaction.prepare_cached(
            "INSERT INTO pending_check (filing_id, mark)
             SELECT DISTINCT filing_id, ?3 FROM relation_key WHERE kind = ?1 AND value = ?2
             ON CONFLICT (filing_id) DO UPDATE SET mark = excluded.mark WHERE mark <> excluded.mark",
        )?;
        for (kind, value) in &self.touched {
            mark.execute(params![kind.text(), value, self.entry])?;
        }
        Ok(())
    }
}

/// What the filing's row shows and sorts by.
pub(super) struct Shown {
    pub entity_id: String,
    pub entity: String,
    pub due: String,
}

impl Shown {
    pub(super) fn of(filing: &Filing) -> Self {
        let name = &filing.entity.name;
        Shown {
            entity_id: entity_id(filing),
            entity: if filing.is_individual() { mask::person(name) } else { name.clone() },
            due: filing.due_at.map_or_else(|| NO_DUE.to_owned(), stamp),
        }
    }
}
