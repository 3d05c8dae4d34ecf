//! Files of elsewhere to compare a filing's own with: those of the revision before, and photos of other filings that are
//! the same or look the same.

use rusqlite::{Connection, params};

use super::case;
use super::fault::Outcome;
use super::locate::FilingRow;
use super::looks;
use crate::domain::case::AttachmentFacts;
use crate::domain::workspace::{Elsewhere, Origin};

/// How many other filings are there for one photo, besides those that were asked for: before one backdrop thousands may
/// have one that looks like it.
const PER_PHOTO: usize = 3;

/// How many photos that look like one are asked about.
const LOOKING_LIKE_ONE: usize = 50;

/// How many of the oldest filings with a photo are looked at for strangers before each side of the entity is asked.
const OLDEST: usize = if cfg!(test) { 4 } else { 200 };

pub(super) fn with_the_photo() -> String {
    format!(
        "SELECT filing_id, entity_id <> ?2 FROM relation_key INDEXED BY relation_picture
         WHERE kind = 'picture' AND value = ?1 ORDER BY filing_id LIMIT {OLDEST}"
    )
}

pub(super) fn on_a_side(side: &str) -> String {
    format!(
        "SELECT filing_id FROM relation_key
         WHERE kind = 'picture' AND value = ?1 AND entity_id {side} ?2 AND filing_id <> ?3
         ORDER BY entity_id, filing_id LIMIT {PER_PHOTO}"
    )
}

pub(super) const NAMED: &str = "SELECT f.entity_id = ?3, f.id FROM filing f
     CROSS JOIN relation_key r ON r.kind = 'picture' AND r.value = ?2 AND r.entity_id = f.entity_id
                              AND r.filing_id = f.id
     WHERE f.key = ?1 AND f.id <> ?4";

/// `wanted` are keys of filings that a finding names: they are there, however many others there are.
pub(super) fn of_filing(view: &Connection, row: &FilingRow, wanted: &[&str]) -> Outcome<Vec<Elsewhere>> {
    let attachments = case::attachments(view, row.current)?;
    let alike = looks::of_photos(view, &attachments)?;
    let mut found = earlier(view, row, &attachments)?;
    for facts in attachments.iter().filter(|facts| facts.kind.is_photo()) {
        let looking = alike.get(&facts.sha256).into_iter().flatten().map(String::as_str);
        let looking: Vec<&str> = looking.take(LOOKING_LIKE_ONE).collect();
        for other in photos(view, row, &facts.sha256, &looking, wanted)? {
            found.extend(other.read(view, &facts.sha256)?);
        }
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

/// A photo of another filing. The order is that in which they are put beside one's own: those of strangers first, the
/// very same file before what only looks the same, the oldest filing before the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Other<'a> {
    sibling: bool,
    looks_the_same: bool,
    filing: i64,
    sha256: &'a str,
}

/// The photos of other filings for one of a filing's own: those of the filings that are wanted, and some more.
fn photos<'a>(
    view: &Connection,
    row: &FilingRow,
    own: &'a str,
    looking: &[&'a str],
    wanted: &[&str],
) -> Outcome<Vec<Other<'a>>> {
    let mut all = Vec::new();
    let mut asked_for = Vec::new();
    for sha256 in std::iter::once(own).chain(looking.iter().copied()) {
        let other =
            |sibling: bool, filing: i64| Other { sibling, looks_the_same: sha256 != own, filing, sha256 };
        all.extend(strangers(view, row, sha256)?.into_iter().map(|filing| other(false, filing)));
        all.extend(beside(view, row, sha256, "=")?.into_iter().map(|filing| other(true, filing)));
        for key in wanted {
            let named = named(view, row, sha256, key)?;
            asked_for.extend(named.into_iter().map(|(sibling, filing)| other(sibling, filing)));
        }
    }
    all.sort_unstable();
    all.dedup();
    all.truncate(PER_PHOTO);
    all.append(&mut asked_for);
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The oldest filings of other entities with a photo. Where one entity has filed it hundreds of times, these are some.
fn strangers(view: &Connection, row: &FilingRow, sha256: &str) -> Outcome<Vec<i64>> {
    let mut oldest = view.prepare_cached(&with_the_photo())?;
    let mut rows = oldest.query(params![sha256, row.entity_id])?;
    let (mut found, mut looked_at) = (Vec::new(), 0);
    while found.len() < PER_PHOTO
        && let Some(other) = rows.next()?
    {
        looked_at += 1;
        if other.get(1)? {
            found.push(other.get(0)?);
        }
    }
    if found.len() < PER_PHOTO && looked_at == OLDEST {
        for side in ["<", ">"] {
            found.extend(beside(view, row, sha256, side)?);
        }
    }
    Ok(found)
}

/// Some other filings with a photo, of entities that stand so to the filing's own.
fn beside(view: &Connection, row: &FilingRow, sha256: &str, side: &str) -> Outcome<Vec<i64>> {
    let mut statement = view.prepare_cached(&on_a_side(side))?;
    let rows = statement.query_map(params![sha256, row.entity_id, row.id], |other| other.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The other filings with a key that have a photo, and whether they are siblings.
fn named(view: &Connection, row: &FilingRow, sha256: &str, key: &str) -> Outcome<Vec<(bool, i64)>> {
    let mut statement = view.prepare_cached(NAMED)?;
    let rows = statement
        .query_map(params![key, sha256, row.entity_id, row.id], |other| Ok((other.get(0)?, other.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Other<'_> {
    /// The file with its facts; `like` is the filing's own.
    fn read(&self, view: &Connection, like: &str) -> Outcome<Option<Elsewhere>> {
        let (source, key, current): (_, _, i64) = view
            .prepare_cached("SELECT source, key, current FROM filing WHERE id = ?1")?
            .query_row([self.filing], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let facts = case::attachments(view, current)?.into_iter().find(|facts| facts.sha256 == self.sha256);
        let Some(facts) = facts else { return Ok(None) };
        let pixels = looks::newest(view, self.sha256)?;
        Ok(Some(Elsewhere { facts, from: Origin::Filing { source, key, like: like.to_owned() }, pixels }))
    }
}
