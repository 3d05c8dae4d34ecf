//! Marks: the findings and reasons by which filings can be filtered.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::fault::Outcome;
use crate::domain::finding::{Finding, Status, proposals};
use crate::domain::object::ReasonUse;

/// A reason that a check proposed; one that the standing decision uses. Findings are marked with their status.
pub(super) const PROPOSED: &str = "proposed";
pub(super) const DECIDED: &str = "decided";

/// Keeps what the checks said, instead of what they had said before.
pub(super) fn judged(transaction: &Connection, filing: i64, findings: &[Finding]) -> Outcome<()> {
    transaction
        .prepare_cached("DELETE FROM filing_mark WHERE filing_id = ?1 AND kind <> 'decided'")?
        .execute([filing])?;
    let proposed = proposals(findings);
    let said = findings.iter().filter(|finding| finding.status != Status::Pass);
    let marks: BTreeSet<_> = said
        .map(|finding| (finding.status.text(), finding.check.as_str()))
        .chain(proposed.iter().map(|used| (PROPOSED, used.code.as_str())))
        .collect();
    insert(transaction, filing, marks)
}

/// Keeps the reasons of the decision that stands, instead of those of one before.
pub(super) fn decided(transaction: &Connection, filing: i64, reasons: &[ReasonUse]) -> Outcome<()> {
    transaction
        .prepare_cached("DELETE FROM filing_mark WHERE filing_id = ?1 AND kind = 'decided'")?
        .execute([filing])?;
    insert(transaction, filing, reasons.iter().map(|used| (DECIDED, used.code.as_str())).collect())
}

/// A new revision: nothing was said of it yet.
pub(super) fn clear(transaction: &Connection, filing: i64) -> Outcome<()> {
    transaction.prepare_cached("DELETE FROM filing_mark WHERE filing_id = ?1")?.execute([filing])?;
    Ok(())
}

fn insert(transaction: &Connection, filing: i64, marks: BTreeSet<(&str, &str)>) -> Outcome<()> {
    let mut insert =
        transaction.prepare_cached("INSERT INTO filing_mark (kind, value, filing_id) VALUES (?1, ?2, ?3)")?;
    for (kind, value) in marks {
        insert.execute(params![kind, value, filing])?;
    }
    Ok(())
}
