//! Relations: which other filings share a normalised key. Each key is one range of an index, however long the queue.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::fault::Outcome;
use super::locate::FilingRow;
use crate::domain::case::{AttachmentFacts, Relation, RelationKind, RelationRole};
use crate::domain::filing::Filing;
use crate::domain::relations::{RelationKey, keys};

/// The most strangers, and the most siblings, that are named for one key: enough to judge by, and a number that a
/// thousand filings use does not make each of them slow.
const NAMED_PER_KEY: u32 = 20;

/// A key's kind and value: what two related filings have in common.
pub(super) type Shared = HashSet<(RelationKind, String)>;

/// The document number of the person a key belongs to; a picture belongs to the site principal.
fn person<'a>(all: &'a [RelationKey], key: &RelationKey) -> &'a str {
    let of = |role| all.iter().find(|other| other.kind == RelationKind::PersonId && other.role == Some(role));
    let found = match key.role {
        Some(role) => of(role),
        None => of(RelationRole::SitePrincipal).or_else(|| of(RelationRole::EntityPrincipal)),
    };
    found.map_or("", |id| &id.value)
}

fn role(key: &RelationKey) -> &'static str {
    key.role.map_or("", RelationRole::text)
}

/// Writes the keys of a filing, and notes them as touched.
pub(super) fn add(
    transaction: &Connection,
    filing: i64,
    entity_id: &str,
    all: &[RelationKey],
    touched: &mut Shared,
) -> Outcome<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO relation_key (kind, value, entity_id, filing_id, role, person)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for key in all {
        insert.execute(params![
            key.kind.text(),
            key.value,
            entity_id,
            filing,
            role(key),
            person(all, key)
        ])?;
        touched.insert((key.kind, key.value.clone()));
    }
    Ok(())
}

/// Removes the keys of a superseded revision, and notes them as touched.
pub(super) fn remove(
    transaction: &Connection,
    row: &FilingRow,
    all: Vec<RelationKey>,
    touched: &mut Shared,
) -> Outcome<()> {
    let mut delete = transaction.prepare_cached(
        "DELETE FROM relation_key WHERE kind = ?1 AND value = ?2 AND entity_id = ?3 AND filing_id = ?4",
    )?;
    for key in all {
        delete.execute(params![key.kind.text(), key.value, row.entity_id, row.id])?;
        touched.insert((key.kind, key.value));
    }
    Ok(())
}

/// The other filings that share a key with this one: strangers first.
pub(super) fn relations(
    view: &Connection,
    row: &FilingRow,
    filing: &Filing,
    attachments: &[AttachmentFacts],
) -> Outcome<Vec<Relation>> {
    let all = keys(filing, attachments);
    let mut relations: Vec<Relation> = Vec::new();
    for comparison in ["<", ">", "="] {
        let mut statement = view.prepare_cached(&format!(
            "SELECT f.key, r.entity_id, r.person
             FROM relation_key r JOIN filing f ON f.id = r.filing_id
             WHERE r.kind = ?1 AND r.value = ?2 AND r.entity_id {comparison} ?3 AND r.filing_id <> ?4
             ORDER BY r.entity_id, r.filing_id LIMIT {NAMED_PER_KEY}"
        ))?;
        for key in &all {
            let mine = person(&all, key);
            let mut rows = statement.query(params![key.kind.text(), key.value, row.entity_id, row.id])?;
            while let Some(other) = rows.next()? {
                let found = Relation {
                    kind: key.kind,
                    role: key.role,
                    filing: other.get(0)?,
                    entity: other.get(1)?,
                    same_person: !mine.is_empty() && mine == other.get::<_, String>(2)?,
                };
                merge(&mut relations, found);
            }
        }
    }
    Ok(relations)
}

/// Both principals of the other filing may have the value: it is the same person's only if it is for both.
fn merge(relations: &mut Vec<Relation>, found: Relation) {
    match relations.last_mut() {
        Some(last) if Relation { same_person: found.same_person, ..last.clone() } == found => {
            last.same_person &= found.same_person;
        }
        _ => relations.push(found),
    }
}
