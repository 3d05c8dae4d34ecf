//! Operators' tables: CSV in any encoding and with any delimiter, and XLSX; one row, one filing. `docs/tables.md`
//! describes them.
//!
//! A table is read row by row: columns become the fields of the pack format by their headings ([`Mapping`]), the row
//! becomes the tree that the typed reader of JSON takes, and what is wrong is told with the address of its cell.

pub(super) mod cells;
mod codes;
mod csv;
mod damage;
mod decode;
mod delimiter;
mod explain;
mod fault;
mod layout;
pub(super) mod mapping;
mod moments;
pub(super) mod row;
pub(super) mod source;
mod text;
mod tree;
mod xlsx;

use std::ops::ControlFlow;
use std::path::Path;

use jiff::tz::TimeZone;

pub use self::explain::{ExplainedColumn, Explanation};
pub use self::fault::{MappingFault, TableFault};
pub use self::mapping::{How, Mapping};

use self::cells::Reading;
use self::layout::Layout;
use self::row::Row;
use self::source::Source;
use self::tree::Tree;
use super::Session;
use super::error::IntakeError;
use super::json;
use super::limits::Limits;
use super::pack::Pack;
use super::report::{Entry, Fault, Place, Summary, clip};
use crate::domain::message::Message;
use crate::domain::spreadsheet;
use crate::domain::vault::{Vault, VaultFault};

/// The zone of times without an offset, where the mapping tells no other: the filings are those of China.
pub(super) const ZONE: &str = "Asia/Shanghai";

/// Whether a path is a table's, by its name.
pub fn is_table(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["csv", "tsv", "txt", "xlsx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// A table whose headings were read.
pub struct Table {
    pack: Pack,
    source: Source,
    layout: Layout,
    reading: Reading,
    /// The row of the headings.
    heading_line: u64,
}

impl Table {
    /// Opens a table and reads its headings. No row is taken yet.
    pub fn open(path: &Path, limits: &Limits, mapping: Mapping) -> Result<Self, IntakeError> {
        let pack = Pack::open(path, limits)?;
        let fault = |fault| IntakeError::Table { path: pack.shown.clone(), fault };
        let name = mapping.time_zone.as_deref().unwrap_or(ZONE);
        let zone = TimeZone::get(name).map_err(|_| fault(TableFault::UnknownZone(name.to_owned())))?;
        let mut source = Source::open(&pack, path, limits, &mapping).map_err(fault)?;
        let heads = heads(&mut source, &pack, limits, &mapping).map_err(fault)?;
        if heads.cells.len() > limits.max_columns {
            return Err(fault(TableFault::TooManyColumns { limit: limits.max_columns }));
        }
        let layout = Layout::of(&heads, &mapping);
        let reading =
            Reading { mapping, zone, exact: layout.exact, typed: matches!(source, Source::Workbook(_)) };
        Ok(Table { pack, source, layout, reading, heading_line: heads.line })
    }

    /// What the operator should know before the rows are read: columns that nobody understands. A table of which no
    /// row can be taken is refused here, since its headings may be anything.
    pub fn warnings(&self) -> Result<Vec<Message>, IntakeError> {
        self.judge()?;
        let unknown = |at: &usize| self.layout.columns[*at].how == How::Unknown;
        Ok((0..self.layout.columns.len())
            .filter(unknown)
            .map(|at| Message::new("intake.column_unknown").with("column", self.layout.named(at)))
            .collect())
    }

    fn judge(&self) -> Result<(), IntakeError> {
        let told = |fault| IntakeError::Table { path: self.pack.shown.clone(), fault };
        self.layout.verdict(&self.reading.mapping).map_err(told)
    }

    /// Hands each row to `sink`, as [`read`](super::read) does with the filings of a pack.
    pub fn read(
        mut self,
        limits: &Limits,
        vault: &mut dyn Vault,
        sink: &mut dyn FnMut(Entry),
    ) -> Result<Summary, IntakeError> {
        self.judge()?;
        let Table { pack, source, layout, reading, heading_line } = &mut self;
        let shown = pack.shown.clone();
        let told = |fault| IntakeError::Table { path: shown.clone(), fault };
        let sheet = source.sheet().map(clip);
        let mut session = Session::new(pack, limits, vault, sink);
        let mut vault_fault: Option<VaultFault> = None;
        let read = source.rows(pack, limits, &mut |row| {
            if row.line <= *heading_line || row.is_empty() {
                return ControlFlow::Continue(());
            }
            match take(&mut session, layout, reading, sheet.as_deref(), &row) {
                Ok(()) => ControlFlow::Continue(()),
                Err(fault) => {
                    vault_fault = Some(fault);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(source) = vault_fault {
            return Err(IntakeError::Vault { path: shown, source });
        }
        read.map_err(told)?;
        Ok(session.summary)
    }
}

/// The row of the headings: the one that the mapping names, else the first that is not empty.
pub(super) fn heads(
    source: &mut Source,
    pack: &Pack,
    limits: &Limits,
    mapping: &Mapping,
) -> Result<Row, TableFault> {
    let mut heads = None;
    source.rows(pack, limits, &mut |row| {
        let wanted = match mapping.header_row {
            Some(line) => row.line >= line,
            None => !row.is_empty(),
        };
        if wanted {
            heads = Some(row);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    let at = |row: &Row| mapping.header_row.is_none_or(|line| row.line == line) && !row.is_empty();
    heads.filter(at).ok_or(TableFault::NoHeadings)
}

/// One row: a filing with all its attachments, or everything that is wrong with it.
fn take(
    session: &mut Session<'_>,
    layout: &Layout,
    reading: &Reading,
    sheet: Option<&str>,
    row: &Row,
) -> Result<(), VaultFault> {
    let place = Place { filing: layout.key(row).map(clip), ..session.place(Some(row.line)) };
    let address = |fault: &Fault, tree: &Tree| {
        let at = layout.column(&fault.field, tree)?;
        Some(match sheet {
            Some(sheet) => format!("{sheet}!{}", spreadsheet::address(row.line - 1, at)),
            None => layout.named(at),
        })
    };
    match layout.tree(row, reading) {
        Err((tree, faults)) => session.reject_all(&place, faults, &|fault| address(fault, &tree)),
        Ok((tree, node)) => match json::filing_of(&node) {
            Err(fault) => session.reject_all(&place, vec![*fault], &|fault| address(fault, &tree)),
            Ok(filing) => session.accept(filing, &place, row.line, &|fault| address(fault, &tree))?,
        },
    }
    Ok(())
}
