//! Why a table cannot be read at all, and why a mapping cannot be used.

use crate::domain::message::Message;
use crate::domain::safe::safe;

/// Why no row of a table was read. Names of columns are safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableFault {
    /// Bytes that are no text in any encoding we take; `guess` is what they look like.
    Encoding {
        line: u64,
        byte: u64,
        guess: String,
    },
    /// A byte that the encoding does not have, in a file whose encoding was told.
    BadByte {
        line: u64,
        encoding: &'static str,
    },
    /// The mapping's encoding is none that is known.
    UnknownEncoding(String),
    /// The mapping's zone is none that is known.
    UnknownZone(String),
    /// No heading stands where it should.
    NoHeadings,
    /// Nothing in the row of the headings is a known one: it may be a filing. `columns` has letters and lengths.
    NotHeadings {
        line: u64,
        columns: String,
    },
    TooManyColumns {
        limit: usize,
    },
    NoSuchSheet {
        sheet: String,
        sheets: String,
    },
    /// No readable workbook.
    Workbook(String),
    WorkbookTooLarge {
        limit: u64,
    },
    /// A masked export of filings: its values are gone.
    Masked,
    /// An export of decisions.
    Decisions,
    /// Two columns, or a column and a constant, for one field.
    Twice {
        field: String,
        first: String,
        second: String,
    },
    /// Required fields that no column and no constant gives.
    Missing(Vec<String>),
    /// Columns that the mapping names and the table does not have.
    AbsentColumns(Vec<String>),
    /// A row so long that the next cannot be found, perhaps because a quotation mark is never closed.
    EndlessRow {
        line: u64,
        limit: u64,
    },
    /// The file ends inside quotation marks.
    OpenQuote {
        line: u64,
    },
    /// The system's words.
    Unreadable(String),
}

impl TableFault {
    /// What happened and what to do.
    pub fn message(&self) -> Message {
        match self {
            TableFault::Encoding { line, byte, guess } => Message::new("intake.table_encoding")
                .with("line", line)
                .with("byte", byte)
                .with("guess", guess),
            TableFault::BadByte { line, encoding } => {
                Message::new("intake.table_bad_byte").with("line", line).with("encoding", encoding)
            }
            TableFault::UnknownEncoding(name) => {
                Message::new("intake.table_unknown_encoding").with("name", safe(name))
            }
            TableFault::UnknownZone(name) => {
                Message::new("intake.table_unknown_zone").with("name", safe(name))
            }
            TableFault::NoHeadings => Message::new("intake.table_no_headings"),
            TableFault::NotHeadings { line, columns } => {
                Message::new("intake.table_not_headings").with("line", line).with("columns", columns)
            }
            TableFault::TooManyColumns { limit } => {
                Message::new("intake.table_too_many_columns").with("limit", limit)
            }
            TableFault::NoSuchSheet { sheet, sheets } => Message::new("intake.table_no_such_sheet")
                .with("sheet", safe(sheet))
                .with("sheets", safe(sheets)),
            TableFault::Workbook(detail) => {
                Message::new("intake.table_workbook").with("detail", safe(detail))
            }
            TableFault::WorkbookTooLarge { limit } => {
                Message::new("intake.table_workbook_too_large").with("limit", limit)
            }
            TableFault::Masked => Message::new("intake.masked_export"),
            TableFault::Decisions => Message::new("intake.table_decisions"),
            TableFault::Twice { field, first, second } => Message::new("intake.table_twice")
                .with("field", field)
                .with("first", first)
                .with("second", second),
            TableFault::Missing(fields) => {
                Message::new("intake.table_missing").with("fields", fields.join(", "))
            }
            TableFault::AbsentColumns(columns) => {
                Message::new("intake.table_absent_columns").with("columns", columns.join(", "))
            }
            TableFault::EndlessRow { line, limit } => {
                Message::new("intake.table_endless_row").with("line", line).with("limit", limit)
            }
            TableFault::OpenQuote { line } => Message::new("intake.table_open_quote").with("line", line),
            TableFault::Unreadable(words) => {
                Message::new("intake.table_unreadable").with("detail", safe(words))
            }
        }
    }
}

/// Why a mapping cannot be used, and where in its file; line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {}", what.text(crate::domain::message::Lang::En))]
pub struct MappingFault {
    pub line: usize,
    pub column: usize,
    pub what: Message,
}
