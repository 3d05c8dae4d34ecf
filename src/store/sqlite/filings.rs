//! The filings themselves, one after the other, for an export.

use std::ops::ControlFlow;

use rusqlite::Connection;

use super::fault::Outcome;
use super::text::from_json;
use crate::domain::filing::Filing;
use crate::store::FilingState;

/// Hands on revision and filing, in the order in which filings came, until `sink` breaks.
pub(super) fn stream(
    view: &Connection,
    state: Option<FilingState>,
    sink: &mut dyn FnMut(&str, Filing) -> ControlFlow<()>,
) -> Outcome<()> {
    let mut statement = view.prepare_cached(
        "SELECT f.revision, r.body FROM filing f JOIN revision r ON r.id = f.current
         WHERE ?1 IS NULL OR f.state = ?1 ORDER BY f.id",
    )?;
    let mut rows = statement.query([state.map(FilingState::text)])?;
    while let Some(row) = rows.next()? {
        let (revision, body): (String, String) = (row.get(0)?, row.get(1)?);
        if sink(&revision, from_json("revision", &body)?).is_break() {
            break;
        }
    }
    Ok(())
}
