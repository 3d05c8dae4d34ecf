//! Verification of evidence: each piece against its name and the entry that names it, and the subjects of filings.

use std::collections::HashMap;

use rusqlite::Connection;

use super::evidence::indexed;
use super::fault::Outcome;
use super::search_verify::GramSum;
use super::text::stamp;
use crate::domain::case::AttachmentFacts;
use crate::domain::evidence::Evidence;
use crate::domain::filing::Filing;
use crate::domain::revision::sha256_hex;

/// The names of pieces that are not what an entry names, or stand in other columns than their text says; takes from
/// `named` (name and entry) what was found.
pub(super) fn changed(view: &Connection, named: &mut HashMap<String, i64>) -> Outcome<Vec<String>> {
    let mut changed = Vec::new();
    let mut statement = view.prepare(
        "SELECT name, entry, body, gatherer, subject, means, version, observed_at FROM evidence ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let body: String = row.get(2)?;
        let stands = serde_json::from_str::<Evidence>(&body).is_ok_and(|evidence| {
            let columns = [
                (3, evidence.gatherer().text().to_owned()),
                (4, evidence.subject.to_string()),
                (5, evidence.means.text().to_owned()),
                (7, stamp(evidence.observed_at)),
            ];
            row.get(6) == Ok(evidence.version)
                && columns.into_iter().all(|(column, value)| row.get(column) == Ok(value))
        });
        let in_book = named.remove(&name) == row.get(1).ok();
        if !(stands && in_book && sha256_hex(body.as_bytes()) == name) {
            changed.push(name);
        }
    }
    Ok(changed)
}

/// Adds the subjects that a filing must be found by.
pub(super) fn expect(sum: &mut GramSum, id: i64, filing: &Filing, attachments: &[AttachmentFacts]) {
    for subject in indexed(filing, attachments) {
        sum.add(&subject.to_string(), id);
    }
}

/// The subjects that filings are found by.
pub(super) fn kept(view: &Connection) -> Outcome<GramSum> {
    let mut sum = GramSum::default();
    let mut statement = view.prepare("SELECT subject, filing_id FROM filing_subject")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        sum.add(&row.get::<_, String>(0)?, row.get(1)?);
    }
    Ok(sum)
}
