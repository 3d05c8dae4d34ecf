//! Relations: which other filings share a normalised key. Each key is one range of an index, however long the queue.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::fault::Outcome;
use super::locate::FilingRow;
use super::looks::Alike;
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

/// What makes a row of a key a stranger's. Who files for several entities keeps one telephone, and may file alone as
/// well: no check takes either for a stranger.
const fn of_strangers(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Mobile | RelationKind::Email => "AND (?5 = '' OR r.person <> ?5)",
        RelationKind::PersonId => "AND r.entity_id <> r.value",
        RelationKind::Picture | RelationKind::Look => "",
    }
}

/// The other filings that share a key with this one. Strangers are asked for by themselves and first: behind many
/// filings of the same person or entity none of them is crowded out by the limit.
pub(super) fn relations(
    view: &Connection,
    row: &FilingRow,
    filing: &Filing,
    attachments: &[AttachmentFacts],
    alike: &Alike,
) -> Outcome<Vec<Relation>> {
    let all = keys(filing, attachments);
    let mut relations: Vec<Relation> = Vec::new();
    for key in &all {
        let mine = person(&all, key);
        relations.extend(sharing(view, row, key, key.kind, mine)?);
        if key.kind == RelationKind::Picture {
            for sha256 in alike.get(&key.value).into_iter().flatten() {
                let other = RelationKey { kind: RelationKind::Picture, role: None, value: sha256.clone() };
                relations.extend(sharing(view, row, &other, RelationKind::Look, mine)?);
            }
        }
    }
    Ok(relations)
}

/// The other filings that have a key, told as a kind.
fn sharing(
    view: &Connection,
    row: &FilingRow,
    key: &RelationKey,
    kind: RelationKind,
    mine: &str,
) -> Outcome<Vec<Relation>> {
    let strangers = of_strangers(key.kind);
    let mut relations: Vec<Relation> = Vec::new();
    for (entity, only) in [("<", strangers), (">", strangers), ("<", ""), (">", ""), ("=", "")] {
        let mut statement = view.prepare_cached(&format!(
            "SELECT f.key, r.entity_id, ?5 <> '' AND r.person = ?5
             FROM relation_key r JOIN filing f ON f.id = r.filing_id
             WHERE r.kind = ?1 AND r.value = ?2 AND r.entity_id {entity} ?3 AND r.filing_id <> ?4 {only}
             ORDER BY r.entity_id, r.filing_id LIMIT {NAMED_PER_KEY}"
        ))?;
        let mut rows = statement.query(params![key.kind.text(), key.value, row.entity_id, row.id, mine])?;
        while let Some(other) = rows.next()? {
            let found = Relation {
                kind,
                role: key.role,
                filing: other.get(0)?,
                entity: other.get(1)?,
                same_person: other.get(2)?,
            };
            // Both principals of the other filing may have the value, and a stranger was told of before.
            let told = relations
                .iter()
                .any(|known| (&known.filing, &known.entity) == (&found.filing, &found.entity));
            if !told {
                relations.push(found);
            }
        }
    }
    Ok(relations)
}
