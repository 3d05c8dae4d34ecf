//! The decisions of some days as a file that somebody else can use: CSV that opens right in Excel, and JSONL.
//! [`FilingWriter`] does the same with the filings themselves.
//!
//! One table of columns ([`COLUMNS`]) makes both formats and `docs/export.md`. Rows are pushed one at a time, so
//! memory stays flat. Which decisions, and where the file goes, is the caller's; [`AtomicFile`] makes it whole.

mod atomic_file;
mod cell;
mod columns;
mod filings;
mod json;

use std::io::{self, Write};

pub use atomic_file::{AtomicFile, FileFault};
pub use columns::{COLUMNS, Column, documentation};
pub use filings::{FilingFault, FilingShape, FilingWriter};
pub use json::escape_hostile;

use crate::domain::decision::Decision;
use crate::domain::filing::named;
pub use crate::domain::free_text::masked as mask_free_text;
use crate::domain::reasons::Catalogue;
pub use crate::domain::spreadsheet::restore;
use columns::Value;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

named! {
    /// The format of an export.
    Format {
        /// Comma-separated values: UTF-8 with a byte-order mark, CRLF, a header line
        Csv => "csv",
        /// One JSON object a line
        Jsonl => "jsonl",
    }
}

/// The version of the JSONL rows, as their field `v`. Raised when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// What the rows may say.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Write personal data and internal notes as they are.
    pub unmask: bool,
    /// Where the reasons' labels come from.
    pub catalogue: &'a Catalogue,
}

/// An export under way.
pub struct Writer<'a, W: Write> {
    format: Format,
    options: Options<'a>,
    out: W,
    line: Vec<u8>,
    rows: u64,
}

impl<'a, W: Write> Writer<'a, W> {
    /// Starts an export: writes what stands before the first row. `out` should be buffered.
    pub fn begin(format: Format, options: Options<'a>, mut out: W) -> io::Result<Self> {
        if format == Format::Csv {
            out.write_all("\u{feff}".as_bytes())?;
            let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
            out.write_all(names.join(",").as_bytes())?;
            out.write_all(b"\r\n")?;
        }
        Ok(Writer { format, options, out, line: Vec::new(), rows: 0 })
    }

    /// Writes one decision.
    pub fn row(&mut self, decision: &Decision) -> io::Result<()> {
        self.line.clear();
        match self.format {
            Format::Csv => self.csv_line(decision),
            Format::Jsonl => self.json_line(decision)?,
        }
        self.rows += 1;
        self.out.write_all(&self.line)
    }

    /// How many decisions were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the export and gives back where it went.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn csv_line(&mut self, decision: &Decision) {
        for (at, column) in COLUMNS.iter().enumerate() {
            if at > 0 {
                self.line.push(b',');
            }
            cell::write(&mut self.line, &(column.value)(decision, &self.options), &self.options);
        }
        self.line.extend_from_slice(b"\r\n");
    }

    fn json_line(&mut self, decision: &Decision) -> io::Result<()> {
        write!(self.line, "{{\"v\":{VERSION}")?;
        for column in COLUMNS {
            let value = (column.value)(decision, &self.options);
            if !matches!(value, Value::Absent) {
                write!(self.line, ",\"{}\":", column.name)?;
                json::write(&mut self.line, &value, &self.options)?;
            }
        }
        self.line.extend_from_slice(b"}\n");
        if let Some(escaped) = json::escaped_line(&self.line) {
            self.line = escaped;
        }
        Ok(())
    }
}
