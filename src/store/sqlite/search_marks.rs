//! Marks: the findings, the reasons and the kinds of hold by which filings can be filtered.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::fault::Outcome;
use crate::domain::decision::Conclusion;
use crate::domain::finding::{Finding, Status, proposals};

/// A reason that a check proposed; one that the standing decision uses. Findings are marked with their status.
pub(super) const PROPOSED: &str = "proposed";
pub(super) const DECIDED: &str = "decided";
/// What a filing on hold waits for.
pub(super) const WAITS: &str = "waits";

/// Keeps what the checks said, instead of what they had said before.
pub(super) fn judged(transaction: &Connection, filing: i64, findings: &[Finding]) -> Outcome<()> {
    transaction
        .prepare_cached("DELETE FROM filing_mark WHERE filing_id = ?1 AND kind NOT IN ('decided', 'waits')")?
        .execute([filing])?;
    let proposed = proposals(findings);
    let said = findings.iter().filter(|finding| finding.status != Status::Pass);
    let marks: BTreeSet<_> = said
        .map(|finding| (finding.status.text(), finding.check.as_str()))
        .chain(proposed.iter().map(|used| (PROPOSED, used.code.as_str())))
        .collect();
    insert(transaction, filing, marks)
}

/// Keeps what the decision that stands says, instead of one before; none where no decision stands.
pub(super) fn decided(transaction: &Connection, filing: i64, conclusion: Option<&Conclusion>) -> Outcome<()> {
    transaction
        .prepare_cached("DELETE FROM filing_mark WHERE filing_id = ?1 AND kind IN ('decided', 'waits')")?
        .execute([filing])?;
    insert(transaction, filing, conclusion.map(of_decision).unwrap_or_default())
}

/// The marks of a decision.
pub(super) fn of_decision(conclusion: &Conclusion) -> BTreeSet<(&'static str, &str)> {
    let mut marks: BTreeSet<_> =
        conclusion.reasons().iter().map(|used| (DECIDED, used.code.as_str())).collect();
    if let Conclusion::Hold { hold, .. } = conclusion {
        marks.insert((WAITS, hold.text()));
    }
    marks
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
