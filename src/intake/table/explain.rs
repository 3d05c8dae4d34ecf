//! What was understood of a table, for the operator who maps it: nothing is imported.

use std::ops::ControlFlow;

use super::super::error::IntakeError;
use super::super::limits::Limits;
use super::super::report::{clip, some_text, unknown_word};
use super::codes::{self, Label};
use super::layout::Column;
use super::mapping::How;
use super::row::Cell;
use super::source::Source;
use super::{Table, TableFault, text};
use crate::domain::fields::{Kind, Privacy};
use crate::domain::free_text;
use crate::domain::message::Message;
use crate::domain::spreadsheet;

/// Rows in which a sample is looked for.
const ROWS: u64 = 100;

/// A table as it was understood. All text is safe to show, all samples are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The file, as the user may find it.
    pub file: String,
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// Name of the encoding, and why it was taken; of a text.
    pub encoding: Option<(String, Message)>,
    /// The delimiter, and why it was taken; of a text.
    pub delimiter: Option<(char, Message)>,
    /// The row of the headings, from 1.
    pub heading_line: u64,
    pub columns: Vec<ExplainedColumn>,
    /// Fields that are the same in every row.
    pub constants: Vec<String>,
    /// Required fields that no column and no constant gives.
    pub missing: Vec<String>,
    /// Why no row can be taken, if that is so.
    pub fault: Option<TableFault>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedColumn {
    /// `A`, `B`…
    pub letters: String,
    /// Masked, or only its length, where it is not understood.
    pub heading: Message,
    /// Path of the field.
    pub field: Option<String>,
    pub how: How,
    /// The first value in the column, masked.
    pub sample: Option<Message>,
}

impl Table {
    /// How each column was understood, with a masked sample.
    pub fn explain(mut self, limits: &Limits) -> Result<Explanation, IntakeError> {
        let Table { pack, source, layout, reading, heading_line } = &mut self;
        let mut samples: Vec<Option<Message>> = vec![None; layout.columns.len()];
        let last = heading_line.saturating_add(ROWS);
        let read = source.rows(pack, limits, &mut |row| {
            if row.line > *heading_line {
                for ((sample, column), cell) in samples.iter_mut().zip(&layout.columns).zip(&row.cells) {
                    if sample.is_none() {
                        *sample = self::sample(column, cell);
                    }
                }
            }
            let done = row.line >= last || samples.iter().all(Option::is_some);
            if done { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let (encoding, delimiter) = match &*source {
            Source::Workbook(_) => (None, None),
            Source::Text { found, delimiter, told } => {
                let why = if *told { "intake.why_mapping" } else { "intake.why_same_cells" };
                (
                    Some((found.encoding.name().to_owned(), found.why.message())),
                    Some((char::from(*delimiter), Message::new(why))),
                )
            }
        };
        let columns = layout.columns.iter().zip(samples).enumerate();
        Ok(Explanation {
            file: pack.shown.clone(),
            sheet: source.sheet().map(clip),
            encoding,
            delimiter,
            heading_line: *heading_line,
            columns: columns
                .map(|(at, (column, sample))| ExplainedColumn {
                    letters: spreadsheet::column_letters(at),
                    heading: layout.heading(at),
                    field: column.target.as_ref().map(|target| target.path.clone()),
                    how: column.how,
                    sample,
                })
                .collect(),
            constants: layout.constants.iter().map(|(target, _)| target.path.clone()).collect(),
            missing: layout.missing(),
            fault: read.err().or_else(|| layout.verdict(&reading.mapping).err()),
        })
    }
}

/// A value that may be shown: as the field's privacy asks for, and only described where nobody knows the field.
fn sample(column: &Column, cell: &Cell) -> Option<Message> {
    if cell.is_empty() {
        return None;
    }
    let value = match cell {
        Cell::Text(raw) => text::cleaned(raw).0,
        Cell::Number(_) => return Some(Message::new("intake.found_spreadsheet_number")),
        Cell::Moment(moment) => moment.to_string(),
        Cell::Boolean(value) => value.to_string(),
        Cell::Error(error) => error.clone(),
        Cell::Empty => return None,
    };
    // A cell that moved by one column may be a person's name where a word of a list is expected.
    let unknown = column.target.as_ref().is_some_and(|target| match target.field.kind {
        Kind::Code(list) => matches!(codes::number(list, &value, None), Label::Unknown),
        Kind::Word(vocabulary) => codes::word(vocabulary, &value).is_none(),
        Kind::Province => codes::province(&value).is_none(),
        _ => false,
    });
    if unknown {
        return Some(unknown_word(&value));
    }
    let masked = column.target.as_ref().and_then(|target| {
        // A row does not say yet whether its sponsor is a person.
        let privacy = if target.field.kind == Kind::Text || matches!(target.field.kind, Kind::Number(_)) {
            target.field.privacy
        } else {
            Privacy::Clear
        };
        privacy.masked(&value, true)
    });
    Some(match masked {
        Some(masked) => Message::new("intake.literal").with("text", clip(&free_text::masked(&masked))),
        None => some_text(&value),
    })
}

impl How {
    /// In words.
    pub fn message(self) -> Message {
        Message::new(match self {
            How::Mapping => "intake.how_mapping",
            How::Path => "intake.how_path",
            How::Usual => "intake.how_usual",
            How::Ignored => "intake.how_ignored",
            How::Unknown => "intake.how_unknown",
            How::NoHeading => "intake.how_no_heading",
        })
    }

    /// The stable text form, in `--json`.
    pub const fn text(self) -> &'static str {
        match self {
            How::Mapping => "mapping",
            How::Path => "path",
            How::Usual => "built_in",
            How::Ignored => "ignored",
            How::Unknown => "unknown",
            How::NoHeading => "no_heading",
        }
    }
}
