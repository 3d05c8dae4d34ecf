//! Files of elsewhere to compare a filing's own with: those of the revision before, and photos of other filings that are
//! the same or look the same.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::case;
use super::fault::Outcome;
use super::locate::FilingRow;
use super::looks;
use crate::domain::case::AttachmentFacts;
use crate::domain::workspace::{Elsewhere, Origin};

/// How many other filings are named for one photo; before one backdrop thousands may have one that looks like it.
const NAMED_PER_PHOTO: usize = 3;

/// Of each of a filing's photos, the others that look the same, by SHA-256.
pub(super) type Alike = BTreeMap<String, Vec<String>>;

pub(super) fn of_filing(
    view: &Connection,
    row: &FilingRow,
    attachments: &[AttachmentFacts],
    alike: &Alike,
) -> Outcome<Vec<Elsewhere>> {
    let mut found = earlier(view, row, attachments)?;
    for facts in attachments.iter().filter(|facts| facts.kind.is_photo()) {
        found.extend(photos(view, row, &facts.sha256, alike)?);
    }
    Ok(found)
}

/// What the revision before had that this one has not.
fn earlier(view: &Connection, row: &FilingRow, attachments: &[AttachmentFacts]) -> Outcome<Vec<Elsewhere>> {
    let before: Option<i64> = view
        .prepare_cached("SELECT supersedes FROM revision WHERE id = ?1")?
        .query_row([row.current], |row| row.get(0))?;
    let mut found = Vec::new();
    for facts in before.map(|before| case::attachments(view, before)).transpose()?.unwrap_or_default() {
        if attachments.iter().all(|own| own.sha256 != facts.sha256) {
            let pixels = looks::newest(view, &facts.sha256)?;
            found.push(Elsewhere { facts, from: Origin::Revision, pixels });
        }
    }
    Ok(found)
}

/// Photos of other filings, those of strangers first, the very same file before what only looks the same.
fn photos(view: &Connection, row: &FilingRow, own: &str, alike: &Alike) -> Outcome<Vec<Elsewhere>> {
    let mut statement = view.prepare_cached(&format!(
        "SELECT f.key, f.current, f.source FROM relation_key r JOIN filing f ON f.id = r.filing_id
         WHERE r.kind = 'picture' AND r.value = ?1 AND r.filing_id <> ?2
         ORDER BY r.entity_id = ?3, r.entity_id, r.filing_id LIMIT {NAMED_PER_PHOTO}"
    ))?;
    let mut found = Vec::new();
    let looking = alike.get(own).into_iter().flatten().map(String::as_str);
    for sha256 in std::iter::once(own).chain(looking) {
        let mut rows = statement.query(params![sha256, row.id, row.entity_id])?;
        while let Some(other) = rows.next()? {
            if found.len() == NAMED_PER_PHOTO {
                return Ok(found);
            }
            let (key, revision) = (other.get(0)?, other.get(1)?);
            if let Some(facts) = filed(view, revision, sha256)? {
                let pixels = looks::newest(view, sha256)?;
                let from = Origin::Filing { source: other.get(2)?, key, like: own.to_owned() };
                found.push(Elsewhere { facts, from, pixels });
            }
        }
    }
    Ok(found)
}

/// The facts of a file of a revision.
fn filed(view: &Connection, revision: i64, sha256: &str) -> Outcome<Option<AttachmentFacts>> {
    let all = case::attachments(view, revision)?;
    Ok(all.into_iter().find(|facts| facts.sha256 == sha256))
}
