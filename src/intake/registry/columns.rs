//! The columns of an extract as they were understood.

use super::super::limits::Limits;
use super::super::report::{Fault, clip, some_text};
use super::super::table::mapping::normal;
use super::super::table::row::{Cell, Row};
use super::super::table::{How, Mapping, TableFault};
use super::mapping::{FORMER_NUMBERS, LISTS, understand};
use super::record::Item;
use crate::domain::fields::Field;
use crate::domain::free_text::masked;
use crate::domain::message::Message;
use crate::domain::spreadsheet;

pub(super) struct Columns {
    /// Heading, field and how it was found.
    columns: Vec<(String, Option<&'static Field>, How)>,
    /// The row of the headings, from 1.
    pub line: u64,
}

impl Columns {
    /// Understands the row of the headings, or says why no row of the table can be taken.
    pub fn of(heads: &Row, mapping: &Mapping, limits: &Limits) -> Result<Self, TableFault> {
        if heads.cells.len() > limits.max_columns {
            return Err(TableFault::TooManyColumns { limit: limits.max_columns });
        }
        let understood = |cell: &Cell| {
            let heading = cell.heading();
            let (field, how) = understand(&heading, mapping);
            (heading, field, how)
        };
        let columns = Columns { columns: heads.cells.iter().map(understood).collect(), line: heads.line };
        columns.verdict(mapping)?;
        Ok(columns)
    }

    fn verdict(&self, mapping: &Mapping) -> Result<(), TableFault> {
        let present = |head: &String| self.columns.iter().any(|(heading, ..)| normal(heading) == *head);
        let absent: Vec<String> =
            mapping.columns.keys().filter(|named| !present(named)).map(|named| clip(named)).collect();
        if !absent.is_empty() {
            return Err(TableFault::AbsentColumns(absent));
        }
        if self.columns.iter().all(|(_, field, _)| field.is_none()) {
            return Err(TableFault::NotHeadings { line: self.line, columns: self.lengths() });
        }
        for (at, (_, field, _)) in self.columns.iter().enumerate() {
            let Some(name) = field.map(|field| field.pattern).filter(|name| !LISTS.contains(name)) else {
                continue;
            };
            if let Some(first) = self.position(name).filter(|first| *first != at) {
                let (first, second) = (self.named(first), self.named(at));
                return Err(TableFault::Twice { field: name.to_owned(), first, second });
            }
        }
        let given = |name: &str| self.position(name).is_some() || mapping.constants.contains_key(name);
        let number = given("number") || given(FORMER_NUMBERS);
        let missing: Vec<String> = [("name", given("name")), ("number", number), ("status", given("status"))]
            .into_iter()
            .filter(|(_, given)| !given)
            .map(|(name, _)| name.to_owned())
            .collect();
        if missing.is_empty() { Ok(()) } else { Err(TableFault::Missing(missing)) }
    }

    /// The first column of a field.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|(_, field, _)| field.is_some_and(|field| field.pattern == name))
    }

    /// The cells of a row that fill a field, with their columns.
    pub fn items<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (usize, Item<'r>)> {
        let pairs = self.columns.iter().zip(&row.cells).enumerate();
        pairs.filter_map(|(at, ((_, field, _), cell))| Some((at, Item { field: (*field)?, cell })))
    }

    /// A value where no heading stands: the row may be shifted.
    pub fn beyond(&self, row: &Row) -> Option<Fault> {
        let at = (0..row.cells.len()).find(|at| {
            let headed = self.columns.get(*at).is_some_and(|(_, _, how)| *how != How::NoHeading);
            !headed && !row.cells[*at].is_empty()
        })?;
        let found = match &row.cells[at] {
            Cell::Text(text) => some_text(text),
            _ => Message::new("intake.found_other"),
        };
        Some(Fault {
            field: String::new(),
            found,
            expected: Message::new("intake.expect_cells").with("count", self.columns.len()),
            message: Message::new("intake.cell_beyond").with("column", spreadsheet::column_letters(at)),
        })
    }

    /// Columns that are left out because nobody knows them.
    pub fn unknown(&self) -> Vec<Message> {
        (0..self.columns.len())
            .filter(|at| self.columns[*at].2 == How::Unknown)
            .map(|at| Message::new("intake.column_unknown").with("column", self.named(at)))
            .collect()
    }

    /// A column by its letters and its heading. Safe to show.
    pub fn named(&self, at: usize) -> String {
        let heading = self.columns.get(at).map_or(String::new(), |(heading, _, how)| match how {
            How::Unknown => clip(&masked(heading)),
            _ => clip(heading),
        });
        format!("{} {heading}", spreadsheet::column_letters(at)).trim_end().to_owned()
    }

    /// `A (4), B (18)`: what the headings look like where none is known, since they may be anything.
    fn lengths(&self) -> String {
        const TOLD: usize = 8;
        let told = self.columns.iter().take(TOLD).enumerate().map(|(at, (heading, ..))| {
            format!("{} ({})", spreadsheet::column_letters(at), heading.chars().count())
        });
        told.collect::<Vec<_>>().join(", ")
    }
}
