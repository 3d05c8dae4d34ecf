//! Verification of what search is made of: texts, grams and marks, each made again and compared.

use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::Connection;

use super::fault::Outcome;
use super::search_index::{self, Searched};
use super::search_marks::{DECIDED, WAITS, of_decision};
use super::text::from_json;
use crate::domain::decision::Conclusion;
use crate::domain::filing::Filing;
use crate::domain::search::Lane;
use crate::store::reference;

/// A sum over pairs of gram and filing that does not depend on their order: the index has them by gram, the filings by
/// filing, and neither fits into memory.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct GramSum(u64);

impl GramSum {
    pub(super) fn add(&mut self, gram: &str, filing: i64) {
        let mut hasher = DefaultHasher::new();
        (gram, filing).hash(&mut hasher);
        self.0 = self.0.wrapping_add(hasher.finish());
    }
}

/// Whether a filing is searched as its revision says; adds the grams it must have.
pub(super) fn same(
    view: &Connection,
    id: i64,
    filing: &Filing,
    returned: bool,
    sum: &mut GramSum,
) -> Outcome<bool> {
    let expected = Searched::new(filing, Lane::of(filing.order_type, returned));
    expected.each_gram(|gram| sum.add(gram, id));
    Ok(search_index::of_row(view, id)? == Some(expected))
}

/// The grams that the index has. The view of them is temporary: nothing is written into the workspace.
pub(super) fn kept(view: &Connection) -> Outcome<GramSum> {
    view.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_instance USING fts5vocab(main, search_gram, instance)",
    )?;
    let mut sum = GramSum::default();
    let mut statement = view.prepare("SELECT term, doc FROM search_instance")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // A changed byte that is no text is no gram of ours either.
        let term = row.get_ref(0)?.as_bytes().map_err(rusqlite::Error::from)?;
        sum.add(&String::from_utf8_lossy(term), row.get(1)?);
    }
    Ok(sum)
}

/// Filings, by `source/key`, whose marks are not what their checks and their standing decision said. The findings
/// themselves are not kept: only whether there are any of a status can be compared.
pub(super) fn marked_otherwise(view: &Connection) -> Outcome<Vec<String>> {
    let mut statement = view.prepare(
        "SELECT f.source, f.key, d.conclusion,
                (SELECT json_group_array(json_array(kind, value))
                 FROM (SELECT kind, value FROM filing_mark
                       WHERE filing_id = f.id AND kind IN (?1, ?2) ORDER BY kind, value)),
                coalesce(s.warn, 0) > 0 IS NOT m.warn OR coalesce(s.fail, 0) > 0 IS NOT m.fail
                OR coalesce(s.not_run, 0) > 0 IS NOT m.not_run OR coalesce(s.error, 0) > 0 IS NOT m.error
         FROM filing f
         LEFT JOIN decision d ON d.seq = f.decision
         LEFT JOIN finding_set s ON s.filing_id = f.id AND s.revision_id = f.current
         JOIN (SELECT g.id,
                      EXISTS (SELECT 1 FROM filing_mark WHERE filing_id = g.id AND kind = 'warn') AS warn,
                      EXISTS (SELECT 1 FROM filing_mark WHERE filing_id = g.id AND kind = 'fail') AS fail,
                      EXISTS (SELECT 1 FROM filing_mark WHERE filing_id = g.id AND kind = 'not_run') AS not_run,
                      EXISTS (SELECT 1 FROM filing_mark WHERE filing_id = g.id AND kind = 'error') AS error
               FROM filing g) m ON m.id = f.id
         ORDER BY f.id",
    )?;
    let mut rows = statement.query([DECIDED, WAITS])?;
    let mut otherwise = Vec::new();
    while let Some(row) = rows.next()? {
        let conclusion = row.get::<_, Option<String>>(2)?;
        let conclusion: Option<Conclusion> =
            conclusion.map(|text| from_json("decision.conclusion", &text)).transpose()?;
        let expected = conclusion.as_ref().map(of_decision).unwrap_or_default();
        let kept: Vec<(String, String)> = from_json("filing_mark", &row.get::<_, String>(3)?)?;
        let kept = kept.iter().map(|(kind, value)| (kind.as_str(), value.as_str()));
        if !kept.eq(expected) || row.get(4)? {
            otherwise.push(reference(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?));
        }
    }
    Ok(otherwise)
}
