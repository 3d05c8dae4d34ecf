//! Judging filings: from the store's case file to the checks and back with their findings.
//!
//! The checks are pure and take microseconds, so both the desk and the commands run them where they stand.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::checks;
use crate::domain::case::Case;
use crate::domain::finding::Finding;
use crate::domain::provinces::ProvinceRules;
use crate::domain::workspace::{CaseFile, Ticket};
use crate::store::{Store, StoreError};

/// Filings that are judged and saved in one transaction.
const PAGE: u32 = 500;

/// What the checks say of a case on a day.
pub fn findings(case: &CaseFile, day: Date) -> Vec<Finding> {
    checks::judge(&Case {
        filing: &case.filing,
        attachments: &case.attachments,
        relations: &case.relations,
        provinces: ProvinceRules::shipped(),
        day,
    })
}

/// Judges at most `limit` filings that wait for it and answers how many were kept.
pub fn some(store: &mut impl Store, limit: u32, day: Date, now: Timestamp) -> Result<u64, StoreError> {
    let tickets = store.pending(limit)?;
    let mut page: Vec<(Ticket, Vec<Finding>)> = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        let case = match store.case(&ticket.filing, now) {
            Ok(case) => case,
            // It stays marked, and opening it or `verify` says what is wrong; the others must not wait for it.
            Err(StoreError::Damaged { .. }) => continue,
            Err(error) => return Err(error),
        };
        let findings = findings(&case, day);
        page.push((case.ticket, findings));
    }
    if page.is_empty() { Ok(0) } else { store.save_findings(day, &page) }
}

/// Judges every filing that waits for it (new, changed, or related to one that is) and answers how many.
/// `progress` is told the number so far after each page.
pub fn pending(
    store: &mut impl Store,
    day: Date,
    now: Timestamp,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, StoreError> {
    let mut judged = 0;
    loop {
        // Nothing kept: all is judged, or another process does the same work and is ahead.
        match some(store, PAGE, day, now)? {
            0 => return Ok(judged),
            kept => judged += kept,
        }
        progress(judged);
    }
}
