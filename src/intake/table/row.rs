//! What a row of a table holds, whichever file it comes from.

use jiff::civil::DateTime;

/// A cell as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::intake) enum Cell {
    Empty,
    Text(String),
    /// A number as a spreadsheet keeps it: 15 digits count.
    Number(f64),
    Boolean(bool),
    /// A cell that its format makes a day or a time.
    Moment(DateTime),
    /// `#N/A`, `#REF!`…
    Error(String),
}

impl Cell {
    /// Whether nothing but blanks stands there.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// As a heading.
    pub fn heading(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::intake) struct Row {
    /// The line of the file or the row of the sheet, from 1.
    pub line: u64,
    pub cells: Vec<Cell>,
}

impl Row {
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }
}
