//! What a search looks through, kept beside each filing's current revision: its searched text, and the grams by which
//! candidates are found.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::daybook;
use super::fault::Outcome;
use super::text::{from_json, word};
use super::{case, search_marks};
use crate::domain::decision::Conclusion;
use crate::domain::filing::{Filing, OrderType};
use crate::domain::search::{Lane, SearchText, class_gram, grams};

/// How many filings are held in memory while a workspace is brought up.
const BATCH: usize = 1_000;

/// What is searched and filtered of one filing.
#[derive(PartialEq, Eq)]
pub(super) struct Searched {
    pub text: String,
    pub order_type: OrderType,
    pub province: String,
    pub lane: Lane,
}

/// The kinds of [`class_gram`].
pub(super) const ORDER: char = 'o';
pub(super) const PROVINCE: char = 'p';
pub(super) const LANE: char = 'l';

impl Searched {
    pub fn new(filing: &Filing, lane: Lane) -> Self {
        Searched {
            text: SearchText::of(filing).into_string(),
            order_type: filing.order_type,
            province: filing.province.clone(),
            lane,
        }
    }

    /// All grams, blanks between them; some come more than once.
    fn grams(&self) -> String {
        let mut all = String::with_capacity(1_024);
        grams(&self.text, |gram| {
            all.push_str(gram);
            all.push(' ');
        });
        for (kind, value) in
            [(ORDER, self.order_type.text()), (PROVINCE, &self.province), (LANE, self.lane.text())]
        {
            all.push_str(&class_gram(kind, value));
            all.push(' ');
        }
        all
    }

    /// Calls `take` once for each gram.
    pub fn each_gram(&self, take: impl FnMut(&str)) {
        let all = self.grams();
        all.split_terminator(' ').collect::<HashSet<_>>().into_iter().for_each(take);
    }
}

/// Adds filings by row. The grams go last and together: SQLite flushes an FTS5 index whenever a statement between
/// needs a savepoint.
pub(super) fn add(transaction: &Connection, filings: &BTreeMap<i64, Searched>) -> Outcome<()> {
    let mut text = transaction.prepare_cached("INSERT INTO search_text (filing_id, text) VALUES (?1, ?2)")?;
    for (filing, searched) in filings {
        text.execute(params![filing, searched.text])?;
    }
    let mut grams = transaction.prepare_cached("INSERT INTO search_gram (rowid, grams) VALUES (?1, ?2)")?;
    for (filing, searched) in filings {
        grams.execute(params![filing, searched.grams()])?;
    }
    Ok(())
}

/// Takes a superseded revision out: an index without content must be told what it has.
pub(super) fn remove(transaction: &Connection, filing: i64) -> Outcome<()> {
    // None where a damaged revision could not be read when the tables were filled.
    let Some(searched) = of_row(transaction, filing)? else { return Ok(()) };
    transaction
        .prepare_cached("INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', ?1, ?2)")?
        .execute(params![filing, searched.grams()])?;
    transaction.prepare_cached("DELETE FROM search_text WHERE filing_id = ?1")?.execute([filing])?;
    Ok(())
}

/// What is kept of a filing.
pub(super) fn of_row(view: &Connection, filing: i64) -> Outcome<Option<Searched>> {
    let found = view
        .prepare_cached(
            "SELECT t.text, f.order_type, f.province, f.lane
             FROM search_text t JOIN filing f ON f.id = t.filing_id WHERE t.filing_id = ?1",
        )?
        .query_row([filing], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get::<_, String>(3)?))
        })
        .optional()?;
    let Some((text, order_type, province, lane)) = found else { return Ok(None) };
    Ok(Some(Searched {
        text,
        order_type: word(&order_type, OrderType::from_text)?,
        province,
        lane: word(&lane, Lane::from_text)?,
    }))
}

/// The lane of a filing's next revision: whether a decision that reached the applicant has failed an earlier one.
pub(super) fn lane(transaction: &Connection, filing: i64, order_type: OrderType) -> Outcome<Lane> {
    let failed = transaction
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM decision
                            WHERE filing_id = ?1 AND verdict = 'fail' AND withdrawn_seq IS NULL
                              AND (needs_second = 0 OR second_seq IS NOT NULL))",
        )?
        .query_row([filing], |row| row.get(0))?;
    Ok(Lane::of(order_type, failed))
}

/// Fills the tables of search for a workspace that was made before them. What the checks said is not kept in a form
/// from which marks could be made: everything is asked to be checked again.
pub(super) fn fill(transaction: &Connection) -> Outcome<()> {
    let mut statement = transaction.prepare(
        "SELECT f.id, f.current, d.conclusion,
                EXISTS (SELECT 1 FROM decision e
                        WHERE e.filing_id = f.id AND e.revision_id <> f.current AND e.verdict = 'fail'
                          AND e.withdrawn_seq IS NULL AND (e.needs_second = 0 OR e.second_seq IS NOT NULL))
         FROM filing f LEFT JOIN decision d ON d.seq = f.decision ORDER BY f.id",
    )?;
    let mut rows = statement.query([])?;
    let mut any = false;
    let mut searched = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        // A damaged revision stays for `verify` to name; it must not keep the workspace closed.
        let Ok(filing) = case::filing(transaction, row.get(1)?) else { continue };
        let lane = Lane::of(filing.order_type, row.get(3)?);
        transaction
            .prepare_cached("UPDATE filing SET lane = ?2 WHERE id = ?1")?
            .execute(params![id, lane.text()])?;
        searched.insert(id, Searched::new(&filing, lane));
        if searched.len() == BATCH {
            add(transaction, &std::mem::take(&mut searched))?;
        }
        if let Some(conclusion) = row.get::<_, Option<String>>(2)? {
            let conclusion: Conclusion = from_json("decision.conclusion", &conclusion)?;
            search_marks::decided(transaction, id, Some(&conclusion))?;
        }
        any = true;
    }
    add(transaction, &searched)?;
    if any {
        let mark = daybook::next_seq(transaction)? - 1;
        transaction.execute(
            "INSERT OR IGNORE INTO pending_check (filing_id, mark) SELECT id, ?1 FROM filing",
            [mark],
        )?;
    }
    Ok(())
}
