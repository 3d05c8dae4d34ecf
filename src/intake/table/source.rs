//! The rows of a table's file, whatever its format.

use std::fs::File;
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use super::super::limits::Limits;
use super::super::pack::Pack;
use super::decode::{self, Decoding, Found};
use super::fault::TableFault;
use super::mapping::Mapping;
use super::row::Row;
use super::xlsx::Workbook;
use super::{csv, delimiter};

/// Text of a table in which a delimiter is looked for, in bytes.
const BEGINNING: u64 = 1 << 18;

/// A table's file.
pub(in crate::intake) enum Source {
    Text { found: Found, delimiter: u8, told: bool },
    Workbook(Box<Workbook>),
}

impl Source {
    /// Finds what a file is and how it is to be read.
    pub fn open(pack: &Pack, path: &Path, limits: &Limits, mapping: &Mapping) -> Result<Self, TableFault> {
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
            let workbook = Workbook::open(given(pack)?, mapping.sheet.as_deref(), limits)?;
            return Ok(Source::Workbook(Box::new(workbook)));
        }
        let found = decode::find(&mut start(pack)?, mapping.encoding.as_deref())?;
        let (delimiter, told) = match mapping.delimiter {
            Some(delimiter) => (delimiter, true),
            None => {
                let mut beginning = Vec::new();
                let mut text = Decoding::new(start(pack)?, found.encoding).take(BEGINNING);
                // A byte that cannot be decoded is told with its line when the rows are read.
                let _ = text.read_to_end(&mut beginning);
                (delimiter::find(&String::from_utf8_lossy(&beginning)).0, false)
            }
        };
        Ok(Source::Text { found, delimiter, told })
    }

    /// The sheet of a workbook.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Source::Text { .. } => None,
            Source::Workbook(workbook) => Some(&workbook.sheet),
        }
    }

    /// Hands on each row from the beginning until `take` breaks.
    pub fn rows(
        &mut self,
        pack: &Pack,
        limits: &Limits,
        take: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), TableFault> {
        match self {
            Source::Text { found, delimiter, .. } => {
                let text = Decoding::new(start(pack)?, found.encoding);
                csv::rows(text, *delimiter, limits.max_line_bytes, take)
            }
            Source::Workbook(workbook) => workbook.rows(limits, take),
        }
    }
}

fn given(pack: &Pack) -> Result<&File, TableFault> {
    pack.given().ok_or_else(|| TableFault::Unreadable(String::new()))
}

fn start(pack: &Pack) -> Result<&File, TableFault> {
    let mut file = given(pack)?;
    file.rewind().map_err(|error| TableFault::Unreadable(error.to_string()))?;
    Ok(file)
}
