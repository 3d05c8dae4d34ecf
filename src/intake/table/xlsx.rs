//! Rows of a workbook's sheet, one at a time. The workbook's shared texts are held in memory while it is read, so
//! what it may inflate to is limited; styles and formulas are not looked at, only the values that they led to.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use jiff::civil::{Date, DateTime, Time};
use zip::ZipArchive;

use super::fault::TableFault;
use super::row::{Cell, Row};
use crate::intake::limits::Limits;

/// What a part may inflate to whatever its ratio, in bytes: sheets of a few alike rows compress well.
const SMALL: u64 = 1 << 20;

/// A workbook that is known to be within the limits.
pub(in crate::intake) struct Workbook {
    inner: Xlsx<BufReader<File>>,
    pub sheet: String,
}

impl Workbook {
    /// Opens a workbook at a sheet, the first one if none is named.
    pub fn open(file: &File, sheet: Option<&str>, limits: &Limits) -> Result<Self, TableFault> {
        inflates_within(file, limits)?;
        let mut file = file.try_clone().map_err(|error| TableFault::Unreadable(error.to_string()))?;
        file.rewind().map_err(|error| TableFault::Unreadable(error.to_string()))?;
        let inner: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|error| broken(&error))?;
        let sheets = inner.sheet_names();
        let found = match sheet {
            Some(wanted) => sheets.iter().find(|name| name.trim() == wanted.trim()),
            None => sheets.first(),
        };
        match found.cloned() {
            Some(sheet) => Ok(Workbook { inner, sheet }),
            None => Err(TableFault::NoSuchSheet {
                sheet: sheet.unwrap_or_default().to_owned(),
                sheets: sheets.join(", "),
            }),
        }
    }

    /// Hands on each row that has a cell, until `take` breaks.
    pub fn rows(
        &mut self,
        limits: &Limits,
        take: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), TableFault> {
        let mut cells = self.inner.worksheet_cells_reader(&self.sheet).map_err(|error| broken(&error))?;
        let mut row = Row { line: 0, cells: Vec::new() };
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            let (line, column) = cell.get_position();
            let (line, column) = (u64::from(line) + 1, column as usize);
            if line != row.line {
                let before = std::mem::replace(&mut row, Row { line, cells: Vec::new() });
                if !before.cells.is_empty() && take(before).is_break() {
                    return Ok(());
                }
            }
            let value = value(cell.get_value());
            if value == Cell::Empty {
                continue;
            }
            if column >= limits.max_columns {
                return Err(TableFault::TooManyColumns { limit: limits.max_columns });
            }
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::Empty);
            }
            row.cells[column] = value;
        }
        if !row.cells.is_empty() {
            let _ = take(row);
        }
        Ok(())
    }
}

/// Inflates every part once without keeping it: a part's own word for its size counts for nothing.
fn inflates_within(file: &File, limits: &Limits) -> Result<(), TableFault> {
    let broken = |error: &dyn std::fmt::Display| TableFault::Workbook(error.to_string());
    let length = file.metadata().map_err(|error| broken(&error))?.len();
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    let mut left = limits.max_workbook_bytes;
    if archive.len() > limits.max_entries {
        return Err(TableFault::WorkbookTooLarge { limit: limits.max_workbook_bytes });
    }
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(&error))?;
        let shared =
            part.name().map_err(|error| broken(&error))?.to_ascii_lowercase().ends_with("sharedstrings.xml");
        // What a part says of its compressed size counts no further than the file goes.
        let compressed = part.compressed_size().min(length);
        let ratio = compressed.saturating_mul(limits.max_compression_ratio).max(SMALL);
        let own = if shared { ratio.min(limits.max_shared_texts_bytes) } else { ratio };
        let most = own.min(left);
        let bytes = io::copy(&mut part.take(most + 1), &mut io::sink()).map_err(|error| broken(&error))?;
        if bytes > most {
            let limit = if own < left { own } else { limits.max_workbook_bytes };
            return Err(TableFault::WorkbookTooLarge { limit });
        }
        left -= bytes;
    }
    Ok(())
}

fn value(data: &DataRef<'_>) -> Cell {
    match data {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(value) => Cell::Boolean(*value),
        DataRef::DateTime(serial) => moment(*serial).map_or(Cell::Number(serial.as_f64()), Cell::Moment),
        DataRef::DateTimeIso(text) => match text.parse() {
            Ok(moment) => Cell::Moment(moment),
            Err(_) => Cell::Text(text.clone()),
        },
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

/// A serial number of days as a moment; none for a duration or an impossible one.
fn moment(serial: ExcelDateTime) -> Option<DateTime> {
    if !serial.is_datetime() {
        return None;
    }
    let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
    let small = |number: u8| i8::try_from(number).ok();
    let date = Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
    let nanosecond = i32::from(milli) * 1_000_000;
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, nanosecond).ok()?;
    Some(DateTime::from_parts(date, time))
}

fn broken(error: &calamine::XlsxError) -> TableFault {
    TableFault::Workbook(error.to_string())
}
