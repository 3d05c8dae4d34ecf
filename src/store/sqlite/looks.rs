//! Photos that look the same (观感相同): candidates by bands of their perceptual hashes, each a range of an index, and
//! then compared. Whether two looks are the same is [`Look`]'s to say.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::evidence::is_filed_as;
use super::fault::Outcome;
use crate::domain::case::AttachmentFacts;
use crate::domain::evidence::{Evidence, Observation, PixelFacts, PixelInspection, Subject};
use crate::domain::filing::AttachmentKind;
use crate::domain::look::Look;

/// The most candidates that are compared for one band: before one backdrop thousands of photos may share it.
const PER_BAND: u32 = 500;

/// Of each of a filing's photos, the others that look the same, by SHA-256.
pub(super) type Alike = BTreeMap<String, Vec<String>>;

/// Notes what a photo looks like, when its pixels were measured, and answers the photos that look the same. Nothing for
/// other materials, whose likeness is no news, and for plain pictures, which look like every other.
pub(super) fn keep(transaction: &Connection, evidence: &Evidence) -> Outcome<Vec<String>> {
    let (Observation::Pixels(PixelInspection::Seen(facts)), Subject::Attachment(sha256)) =
        (&evidence.observation, &evidence.subject)
    else {
        return Ok(Vec::new());
    };
    let Some(look) = Look::of(facts).filter(Look::is_telling) else { return Ok(Vec::new()) };
    if !is_filed_as(transaction, &evidence.subject, AttachmentKind::is_photo)? {
        return Ok(Vec::new());
    }
    let mut insert = transaction.prepare_cached(
        "INSERT OR REPLACE INTO look_band (band, bits, sha256, look, cells) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (band, bits) in (0_u8..).zip(look.bands()) {
        insert.execute(params![band, bits, sha256, facts.look, facts.cells])?;
    }
    same(transaction, sha256, &look)
}

/// Of each photo among some files, the others that look as it does; none of one that was not measured.
pub(super) fn of_photos(view: &Connection, attachments: &[AttachmentFacts]) -> Outcome<Alike> {
    let mut alike = Alike::new();
    for facts in attachments.iter().filter(|facts| facts.kind.is_photo()) {
        if let Some(look) = newest(view, &facts.sha256)?.as_ref().and_then(Look::of) {
            alike.insert(facts.sha256.clone(), same(view, &facts.sha256, &look)?);
        }
    }
    Ok(alike)
}

/// What the pixels of a file tell, as they were measured last.
pub(super) fn newest(view: &Connection, sha256: &str) -> Outcome<Option<PixelFacts>> {
    let mut newest = view.prepare_cached(
        "SELECT body FROM evidence WHERE subject = ?1 AND gatherer = 'pixels'
         ORDER BY observed_at DESC, id DESC LIMIT 1",
    )?;
    let subject = Subject::Attachment(sha256.to_owned()).to_string();
    let mut rows = newest.query([subject])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let evidence: Evidence = super::text::from_json("evidence", &row.get::<_, String>(0)?)?;
    Ok(match evidence.observation {
        Observation::Pixels(PixelInspection::Seen(facts)) => Some(facts),
        _ => None,
    })
}

fn same(view: &Connection, own: &str, look: &Look) -> Outcome<Vec<String>> {
    let mut candidates = view.prepare_cached(&format!(
        "SELECT sha256, look, cells FROM look_band WHERE band = ?1 AND bits = ?2 AND sha256 <> ?3 LIMIT {PER_BAND}"
    ))?;
    let mut found = BTreeSet::new();
    for (band, bits) in (0_u8..).zip(look.bands()) {
        let mut rows = candidates.query(params![band, bits, own])?;
        while let Some(row) = rows.next()? {
            let other = Look::parse(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?);
            if other.is_some_and(|other| look.same(&other)) {
                found.insert(row.get(0)?);
            }
        }
    }
    Ok(found.into_iter().collect())
}
