//! Evidence: keeping it, finding it for a filing, and telling what is still wanted.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::daybook::{self, EvidenceBody, NewEntry};
use super::fault::{Fault, Outcome};
use super::looks;
use super::observations::{LOOKED_AT, Observations};
use super::policy;
use super::text::{from_json, stamp, timestamp, to_json};
use super::vault::AttachmentVault;
use crate::domain::case::{AttachmentFacts, RelationKind};
use crate::domain::daybook::EntryKind;
use crate::domain::evidence::{
    Evidence, Gathered, Gatherer, KeptEvidence, PageReading, Subject, Want, has_text, wanted,
};
use crate::domain::filing::{AttachmentKind, Filing};
use crate::store::{Actor, EvidenceReport, Missing};

/// Writes the subjects of a filing's current revision. Telephone numbers are not among them: their relation keys are
/// there already, and a person's call is made from one filing.
pub(super) fn add_subjects(
    transaction: &Connection,
    filing: i64,
    content: &Filing,
    attachments: &[AttachmentFacts],
) -> Outcome<()> {
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO filing_subject (subject, filing_id) VALUES (?1, ?2)")?;
    for subject in indexed(content, attachments) {
        insert.execute(params![subject.to_string(), filing])?;
    }
    Ok(())
}

/// Removes the subjects of a superseded revision.
pub(super) fn remove_subjects(
    transaction: &Connection,
    filing: i64,
    content: &Filing,
    attachments: &[AttachmentFacts],
) -> Outcome<()> {
    let mut delete =
        transaction.prepare_cached("DELETE FROM filing_subject WHERE subject = ?1 AND filing_id = ?2")?;
    for subject in indexed(content, attachments) {
        delete.execute(params![subject.to_string(), filing])?;
    }
    Ok(())
}

pub(super) fn indexed(filing: &Filing, attachments: &[AttachmentFacts]) -> impl Iterator<Item = Subject> {
    wanted(filing, attachments).into_iter().filter(|subject| !matches!(subject, Subject::Phone(_)))
}

/// Fills the table of subjects for a workspace that was made before it.
pub(super) fn fill(transaction: &Connection) -> Outcome<()> {
    let mut statement = transaction.prepare("SELECT id, current FROM filing ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // A damaged revision stays for `verify` to name; it must not keep the workspace closed.
        let Ok(filing) = super::case::filing(transaction, row.get(1)?) else { continue };
        let attachments = super::case::attachments(transaction, row.get(1)?)?;
        add_subjects(transaction, row.get(0)?, &filing, &attachments)?;
    }
    Ok(())
}

/// Keeps evidence, each piece once, and asks for a check of every undecided filing that it concerns.
pub(super) fn keep(
    transaction: &Connection,
    vault: &AttachmentVault,
    batch: &[Gathered],
    now: Timestamp,
    actor: &Actor,
) -> Outcome<EvidenceReport> {
    let entry = daybook::next_seq(transaction)?;
    let mut report = EvidenceReport::default();
    let mut names = Vec::new();
    let mut files = Vec::new();
    let mut subjects: Vec<Subject> = Vec::new();
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO evidence (name, entry, gatherer, subject, means, version, observed_at, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut file = transaction
        .prepare_cached("INSERT OR IGNORE INTO evidence_file (sha256, evidence) VALUES (?1, ?2)")?;
    // The entry comes last, as an import's does, and its row is referred to at once.
    transaction.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    for Gathered { evidence, readings, .. } in batch {
        let (name, body) = evidence.sealed();
        let new = insert.execute(params![
            name,
            entry,
            evidence.gatherer().text(),
            evidence.subject.to_string(),
            evidence.means.text(),
            evidence.version,
            stamp(evidence.observed_at),
            body,
        ])?;
        if new == 0 {
            report.known += 1;
            continue;
        }
        let row = transaction.last_insert_rowid();
        for sha256 in evidence.files() {
            if file.execute(params![sha256, row])? > 0 {
                files.push((sha256, vault.size(sha256)?));
            }
        }
        save_readings(transaction, readings)?;
        subjects.push(evidence.subject.clone());
        // A photo that looks the same is news for the other filing, too.
        subjects.extend(looks::keep(transaction, evidence)?.into_iter().map(Subject::Attachment));
        names.push(name);
        report.kept += 1;
    }
    vault.settle(&files)?;
    if names.is_empty() {
        return Ok(report);
    }
    subjects.sort_unstable();
    subjects.dedup();
    for subject in &subjects {
        mark(transaction, subject, entry)?;
    }
    let content = EvidenceBody { evidence: names };
    daybook::add(
        transaction,
        NewEntry { kind: EntryKind::Evidence, filing: None, content, private: &[] },
        now,
        actor,
    )?;
    Ok(report)
}

fn mark(transaction: &Connection, subject: &Subject, entry: i64) -> Outcome<()> {
    match subject {
        Subject::Phone(digits) => transaction
            .prepare_cached(
                "INSERT INTO pending_check (filing_id, mark)
                 SELECT DISTINCT f.id, ?3 FROM relation_key r JOIN filing f ON f.id = r.filing_id
                 WHERE r.kind = ?1 AND r.value = ?2 AND f.state <> 'decided'
                 ON CONFLICT (filing_id) DO UPDATE SET mark = excluded.mark",
            )?
            .execute(params![RelationKind::Mobile.text(), digits, entry])?,
        _ => transaction
            .prepare_cached(
                "INSERT INTO pending_check (filing_id, mark)
                 SELECT f.id, ?2 FROM filing_subject s JOIN filing f ON f.id = s.filing_id
                 WHERE s.subject = ?1 AND f.state <> 'decided'
                 ON CONFLICT (filing_id) DO UPDATE SET mark = excluded.mark",
            )?
            .execute(params![subject.to_string(), entry])?,
    };
    Ok(())
}

/// What is known of a filing's subjects, by subject and gatherer, the newest first, as far as [`Observations`] takes
/// it; nothing from after `until`.
pub(super) fn of_filing(
    view: &Connection,
    filing: &Filing,
    attachments: &[AttachmentFacts],
    until: Option<Timestamp>,
) -> Outcome<Vec<KeptEvidence>> {
    let mut statement = view.prepare_cached(&format!(
        "SELECT name, body FROM evidence WHERE subject = ?1 AND gatherer = ?2 AND observed_at <= ?3
         ORDER BY observed_at DESC, id DESC LIMIT {LOOKED_AT}"
    ))?;
    let until = until.map_or_else(|| "~".to_owned(), stamp);
    let apart_hours = policy::read(view)?.gather.apart_hours;
    let mut found = Vec::new();
    for subject in wanted(filing, attachments) {
        let text = subject.to_string();
        for gatherer in subject.gatherers() {
            let mut observations = Observations::new(apart_hours);
            let mut rows = statement.query(params![text, gatherer.text(), until])?;
            while !observations.is_done()
                && let Some(row) = rows.next()?
            {
                let piece = read(row.get(0)?, &row.get::<_, String>(1)?)?;
                if observations.takes(&piece) {
                    found.push(piece);
                }
            }
        }
    }
    Ok(found)
}

fn read(id: String, body: &str) -> Outcome<KeptEvidence> {
    let evidence: Evidence = from_json("evidence", body)?;
    Ok(KeptEvidence { id, evidence })
}

pub(super) fn named(view: &Connection, id: &str) -> Outcome<KeptEvidence> {
    let body: Option<String> = view
        .prepare_cached("SELECT body FROM evidence WHERE name = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let body = body.ok_or_else(|| Missing::Evidence(id.to_owned()))?;
    read(id.to_owned(), &body)
}

pub(super) fn concerns(view: &Connection, subject: &Subject) -> Outcome<bool> {
    if matches!(subject, Subject::Phone(_)) {
        return Ok(true);
    }
    let mut found = view.prepare_cached("SELECT EXISTS (SELECT 1 FROM filing_subject WHERE subject = ?1)")?;
    Ok(found.query_row([subject.to_string()], |row| row.get(0))?)
}

/// A page of what undecided filings want of one gatherer, by subject.
pub(super) fn wants(
    view: &Connection,
    gatherer: Gatherer,
    after: Option<&Subject>,
    limit: u32,
) -> Outcome<Vec<Want>> {
    let (first, end) = kinds(gatherer);
    let mut statement = view.prepare_cached(
        "SELECT DISTINCT subject FROM filing_subject s WHERE subject > ?1 AND subject < ?2
           AND EXISTS (SELECT 1 FROM filing f WHERE f.id = s.filing_id AND f.state <> 'decided')
         ORDER BY subject",
    )?;
    let after = after.map_or_else(|| first.to_owned(), ToString::to_string);
    let mut rows = statement.query(params![after, end])?;
    let mut wants = Vec::new();
    while wants.len() < limit as usize
        && let Some(row) = rows.next()?
    {
        let text: String = row.get(0)?;
        let subject: Subject = text.parse().map_err(|error| Fault::damaged("filing_subject", error))?;
        if subject.gatherers().contains(&gatherer) {
            wants.extend(want(view, gatherer, &subject)?);
        }
    }
    Ok(wants)
}

/// Between which texts the subjects of a gatherer stand.
const fn kinds(gatherer: Gatherer) -> (&'static str, &'static str) {
    match gatherer {
        Gatherer::Dns | Gatherer::Registration | Gatherer::Website => ("domain:", "domain;"),
        Gatherer::Registry => ("name:", "number;"),
        Gatherer::Text | Gatherer::Pixels | Gatherer::Face => ("attachment:", "attachment;"),
        Gatherer::Call => ("phone:", "phone;"),
        Gatherer::Resource => ("address:", "address;"),
    }
}

/// What one filing wants to be gathered.
pub(super) fn wants_of(
    view: &Connection,
    filing: &Filing,
    attachments: &[AttachmentFacts],
) -> Outcome<Vec<Want>> {
    let mut wants = Vec::new();
    for subject in wanted(filing, attachments) {
        for gatherer in subject.gatherers().iter().copied().filter(|gatherer| gatherer.is_automatic()) {
            wants.extend(want(view, gatherer, &subject)?);
        }
    }
    Ok(wants)
}

fn want(view: &Connection, gatherer: Gatherer, subject: &Subject) -> Outcome<Option<Want>> {
    if gatherer == Gatherer::Text && !is_filed_as(view, subject, has_text)? {
        return Ok(None);
    }
    let found: Option<(String, u16)> = view
        .prepare_cached(&format!("SELECT observed_at, version {NEWEST}"))?
        .query_row([&subject.to_string(), gatherer.text()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let newest = found.map(|(at, version)| Ok::<_, Fault>((timestamp(&at)?, version))).transpose()?;
    Ok(Some(Want { gatherer, subject: subject.clone(), newest }))
}

/// What a machine or another system told last of a subject.
const NEWEST: &str = "FROM evidence WHERE subject = ?1 AND gatherer = ?2 AND means <> 'person'
                      ORDER BY observed_at DESC, id DESC LIMIT 1";

pub(super) fn newest(
    view: &Connection,
    gatherer: Gatherer,
    subject: &Subject,
) -> Outcome<Option<KeptEvidence>> {
    let found: Option<(String, String)> = view
        .prepare_cached(&format!("SELECT name, body {NEWEST}"))?
        .query_row([&subject.to_string(), gatherer.text()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map(|(name, body)| read(name, &body)).transpose()
}

/// Whether a file is filed, in some filing, as a kind of which something holds.
pub(super) fn is_filed_as(
    view: &Connection,
    subject: &Subject,
    holds: impl Fn(AttachmentKind) -> bool,
) -> Outcome<bool> {
    let Subject::Attachment(sha256) = subject else { return Ok(false) };
    let mut kinds = view.prepare_cached(
        "SELECT DISTINCT r.kind FROM filing_subject s JOIN filing f ON f.id = s.filing_id
         JOIN revision_attachment r ON r.revision_id = f.current AND r.sha256 = ?2 WHERE s.subject = ?1",
    )?;
    let mut rows = kinds.query(params![subject.to_string(), sha256])?;
    while let Some(row) = rows.next()? {
        if AttachmentKind::from_text(&row.get::<_, String>(0)?).is_some_and(&holds) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn reading(view: &Connection, text_sha256: &str, lists: &str) -> Outcome<Option<PageReading>> {
    let body: Option<String> = view
        .prepare_cached("SELECT body FROM page_reading WHERE text_sha256 = ?1 AND lists = ?2")?
        .query_row([text_sha256, lists], |row| row.get(0))
        .optional()?;
    body.map(|body| from_json("page_reading", &body)).transpose()
}

pub(super) fn save_readings(transaction: &Connection, readings: &[PageReading]) -> Outcome<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR REPLACE INTO page_reading (text_sha256, lists, body) VALUES (?1, ?2, ?3)",
    )?;
    for reading in readings {
        insert.execute(params![reading.text_sha256, reading.lists, to_json(reading)?])?;
    }
    Ok(())
}
