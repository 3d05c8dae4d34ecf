//! The columns of a table as they were understood, and the rows that they make.

use super::super::json::Node;
use super::super::report::{Fault, clip, some_text};
use super::cells::Reading;
use super::fault::TableFault;
use super::mapping::{How, Mapping, normal, understand};
use super::row::{Cell, Row};
use super::tree::Tree;
use crate::domain::exact_cell::{EXACT_MARK, MASKED_MARK};
use crate::domain::fields::{self, Field};
use crate::domain::free_text::masked;
use crate::domain::message::Message;
use crate::domain::spreadsheet;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// As it stands in the table.
    pub heading: String,
    pub how: How,
    pub target: Option<Target>,
}

/// The field that a column or a constant fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub path: String,
    pub field: &'static Field,
}

impl Target {
    fn at(path: &str) -> Option<Self> {
        fields::find(path).map(|field| Target { path: path.to_owned(), field })
    }
}

/// All columns of a table.
pub(super) struct Layout {
    pub columns: Vec<Column>,
    pub constants: Vec<(Target, String)>,
    /// Written by heyan's own export.
    pub exact: bool,
    /// Places of the columns that fill a field: of the places of a list the lower first.
    order: Vec<usize>,
    /// No column speaks of attachments.
    bare: bool,
    headings: Vec<String>,
    /// The row of the headings.
    line: u64,
}

impl Layout {
    /// Understands the row of the headings.
    pub fn of(heads: &Row, mapping: &Mapping) -> Self {
        let headings: Vec<String> = heads.cells.iter().map(Cell::heading).collect();
        let exact = headings.first().is_some_and(|head| normal(head) == EXACT_MARK);
        let columns: Vec<Column> = headings
            .iter()
            .enumerate()
            .map(|(at, heading)| {
                let (path, how) = match (at, exact) {
                    (0, true) => (None, How::Ignored),
                    _ => understand(heading, mapping),
                };
                Column { heading: heading.clone(), how, target: path.and_then(|path| Target::at(&path)) }
            })
            .collect();
        let constants: Vec<(Target, String)> = mapping
            .constants
            .iter()
            .filter_map(|(path, value)| Some((Target::at(path)?, value.clone())))
            .collect();
        let mut order: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].target.is_some()).collect();
        order.sort_by_key(|at| columns[*at].target.as_ref().map(|target| places(&target.path)));
        let mut layout = Layout { columns, constants, exact, order, bare: false, headings, line: heads.line };
        layout.bare = !layout.paths().iter().any(|path| path.starts_with("attachments"));
        layout
    }

    /// Every field that a column or a constant gives.
    pub fn paths(&self) -> Vec<&str> {
        let columns = self.columns.iter().filter_map(|column| column.target.as_ref());
        columns
            .chain(self.constants.iter().map(|(target, _)| target))
            .map(|target| target.path.as_str())
            .collect()
    }

    /// Required fields that nothing gives.
    pub fn missing(&self) -> Vec<String> {
        fields::missing(&self.paths())
    }

    /// Why no row of the table can be taken.
    pub fn verdict(&self, mapping: &Mapping) -> Result<(), TableFault> {
        let heads: Vec<String> = self.headings.iter().map(|head| normal(head)).collect();
        if heads.first().is_some_and(|head| head == MASKED_MARK) {
            return Err(TableFault::Masked);
        }
        if ["seq", "day", "reviewer", "verdict"].iter().all(|name| heads.iter().any(|head| head == name)) {
            return Err(TableFault::Decisions);
        }
        let absent: Vec<String> =
            mapping.columns.keys().filter(|named| !heads.contains(named)).map(|named| clip(named)).collect();
        if !absent.is_empty() {
            return Err(TableFault::AbsentColumns(absent));
        }
        let mut known: Vec<(&str, String)> = Vec::new();
        let columns = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some((column.target.as_ref()?.path.as_str(), self.named(at))));
        let constants =
            self.constants.iter().map(|(target, _)| (target.path.as_str(), "[constants]".to_owned()));
        for (path, place) in columns.chain(constants) {
            if let Some((_, first)) = known.iter().find(|(other, _)| *other == path) {
                let (first, second) = (first.clone(), place);
                return Err(TableFault::Twice { field: path.to_owned(), first, second });
            }
            known.push((path, place));
        }
        if !self.understood() {
            return Err(TableFault::NotHeadings { line: self.line, columns: self.lengths() });
        }
        let missing = self.missing();
        if missing.is_empty() { Ok(()) } else { Err(TableFault::Missing(missing)) }
    }

    /// A column by its letters and its heading. Safe to show.
    pub fn named(&self, at: usize) -> String {
        let heading = if self.understood() { self.clipped(at) } else { String::new() };
        format!("{} {heading}", spreadsheet::column_letters(at)).trim_end().to_owned()
    }

    /// A column's heading as it may be shown: its length alone where nothing says that the line is one of headings.
    pub fn heading(&self, at: usize) -> Message {
        if self.understood() {
            return Message::new("intake.literal").with("text", self.clipped(at));
        }
        some_text(self.headings.get(at).map(String::as_str).unwrap_or_default())
    }

    /// The row of the headings may be a filing's: what is no known heading may be a person's number.
    fn clipped(&self, at: usize) -> String {
        match (self.headings.get(at), self.columns.get(at).map(|column| column.how)) {
            (Some(heading), Some(How::Unknown)) => clip(&masked(heading)),
            (Some(heading), _) => clip(heading),
            (None, _) => String::new(),
        }
    }

    /// Whether any heading is a field's, or one that the mapping leaves out.
    fn understood(&self) -> bool {
        self.columns.iter().any(|column| !matches!(column.how, How::Unknown | How::NoHeading))
    }

    /// `A (4), B (18)`: the first columns and how many characters stand in them.
    fn lengths(&self) -> String {
        const TOLD: usize = 8;
        let told: Vec<String> = self
            .headings
            .iter()
            .take(TOLD)
            .enumerate()
            .map(|(at, head)| format!("{} ({})", spreadsheet::column_letters(at), head.chars().count()))
            .collect();
        let more = if self.headings.len() > TOLD { "..." } else { "" };
        told.join(", ") + more
    }

    /// A row as the tree of a filing, or everything that is wrong with its cells.
    pub fn tree(&self, row: &Row, reading: &Reading) -> Result<(Tree, Node), (Tree, Vec<Fault>)> {
        let (mut tree, mut faults) = (Tree::default(), Vec::new());
        faults.extend(self.beyond(row));
        let entity_type = self.entity_type(row, reading);
        for &at in &self.order {
            let (Some(target), Some(cell)) = (&self.columns[at].target, row.cells.get(at)) else { continue };
            match reading.value(cell, target.field, &target.path, entity_type) {
                Ok(Some(value)) => tree.insert(&target.path, value, Some(at)),
                Ok(None) => {}
                Err(fault) => faults.push(*fault),
            }
        }
        let paths: Vec<(usize, &str)> = self
            .order
            .iter()
            .filter_map(|at| Some((*at, self.columns[*at].target.as_ref()?.path.as_str())))
            .collect();
        for (target, value) in &self.constants {
            if fields::optional_object(&target.path).is_none_or(|object| tree.has(object, &paths)) {
                match reading.read(value, target.field, &target.path, entity_type) {
                    Ok(value) => tree.insert(&target.path, value, None),
                    Err(fault) => faults.push(*fault),
                }
            }
        }
        if self.bare {
            tree.insert("attachments_elsewhere", Node::Bool(true), None);
        }
        if faults.is_empty() {
            let node = tree.take();
            Ok((tree, node))
        } else {
            Err((tree, faults))
        }
    }

    /// The column of the field at a path: where its value came from, or where it should have.
    pub fn column(&self, path: &str, tree: &Tree) -> Option<usize> {
        let of = |at: &usize| self.columns[*at].target.as_ref().is_some_and(|target| target.path == path);
        tree.column(path).or_else(|| self.order.iter().find(|at| of(at)).copied())
    }

    /// The row's value of a field that is text, for naming the filing before it is read.
    pub fn key<'r>(&self, row: &'r Row) -> Option<&'r str> {
        let at = self.column("key", &Tree::default())?;
        match row.cells.get(at)? {
            Cell::Text(text) => Some(text.trim_matches(['\t', ' ', '\''])).filter(|key| !key.is_empty()),
            _ => None,
        }
    }

    /// A value where no heading stands would be lost.
    fn beyond(&self, row: &Row) -> Option<Fault> {
        let at = (0..row.cells.len()).find(|at| {
            let headed = self.columns.get(*at).is_some_and(|column| column.how != How::NoHeading);
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

    fn entity_type(&self, row: &Row, reading: &Reading) -> Option<u16> {
        const PATH: &str = "entity.entity_type";
        let field = fields::find(PATH)?;
        let value = match self.column(PATH, &Tree::default()) {
            Some(at) => reading.value(row.cells.get(at)?, field, PATH, None).ok()??,
            None => {
                let (_, text) = self.constants.iter().find(|(target, _)| target.path == PATH)?;
                reading.read(text, field, PATH, None).ok()?
            }
        };
        match value {
            Node::Unsigned(number) => u16::try_from(number).ok(),
            _ => None,
        }
    }
}

/// The places of a path, for putting the lower one first.
fn places(path: &str) -> Vec<usize> {
    path.split('[').skip(1).filter_map(|rest| rest.split(']').next()?.parse().ok()).collect()
}
