//! A whole case file from its rows.

use jiff::Timestamp;
use rusqlite::Connection;

use super::fault::Outcome;
use super::locate::FilingRow;
use super::text::{from_json, unsigned, word};
use super::{decision, evidence, findings, looks, relate};
use crate::domain::case::{AttachmentFacts, FileFormat};
use crate::domain::filing::{AttachmentKind, Filing};
use crate::store::CaseFile;

pub(super) fn load(view: &Connection, row: &FilingRow, now: Timestamp) -> Outcome<CaseFile> {
    let filing = filing(view, row.current)?;
    let attachments = attachments(view, row.current)?;
    let alike = looks::of_photos(view, &attachments)?;
    Ok(CaseFile {
        cursor: row.cursor(),
        relations: relate::relations(view, row, &filing, &attachments, &alike)?,
        revision: row.revision.clone(),
        state: row.state,
        current: row.decision.map(|seq| decision::numbered(view, seq, now)).transpose()?,
        previous: decision::previous(view, row, now)?,
        claimed_by: row.claim(now).map(|(by, _)| by.to_owned()),
        ticket: findings::ticket(view, row)?,
        elsewhere: Vec::new(),
        evidence: evidence::of_filing(view, &filing, &attachments, None)?,
        filing,
        attachments,
    })
}

/// The filing as it was imported, by the row of its revision.
pub(super) fn filing(view: &Connection, revision: i64) -> Outcome<Filing> {
    let body: String = view
        .prepare_cached("SELECT body FROM revision WHERE id = ?1")?
        .query_row([revision], |row| row.get(0))?;
    from_json("revision", &body)
}

/// The facts of a revision's files, in the filing's order.
pub(super) fn attachments(view: &Connection, revision: i64) -> Outcome<Vec<AttachmentFacts>> {
    let mut statement = view.prepare_cached(
        "SELECT r.kind, r.sha256, a.bytes, a.format, a.width, a.height
         FROM revision_attachment r JOIN attachment a ON a.sha256 = r.sha256
         WHERE r.revision_id = ?1 ORDER BY r.position",
    )?;
    let mut rows = statement.query([revision])?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        let pixels = (row.get::<_, Option<u32>>(4)?, row.get::<_, Option<u32>>(5)?);
        facts.push(AttachmentFacts {
            kind: word(&row.get::<_, String>(0)?, AttachmentKind::from_text)?,
            sha256: row.get(1)?,
            bytes: unsigned(row.get(2)?),
            format: word(&row.get::<_, String>(3)?, FileFormat::from_text)?,
            pixels: pixels.0.zip(pixels.1),
        });
    }
    Ok(facts)
}
