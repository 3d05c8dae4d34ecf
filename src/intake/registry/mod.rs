//! Extracts of a business registry (登记信息): CSV, XLSX, JSON and JSONL, a row an entity, into evidence.
//!
//! There is no open interface to the registry, so that what operators have are extracts. `docs/registry.md` describes
//! them. Files are opened, decoded and distrusted as tables of filings are ([`Table`](super::Table)); a row is taken
//! whole or refused whole, with the place of what is wrong. Whether what a row says agrees with a filing is the
//! checks' to say.

mod columns;
mod mapping;
mod record;
mod rows;

use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use self::mapping::ExtractMapping;

use self::columns::Columns;
use self::record::{Faults, Item};
use super::error::IntakeError;
use super::json::Node;
use super::limits::Limits;
use super::pack::{Listing, Pack};
use super::report::{Fault, Place, Rejection, clip};
use super::table::cells::Reading;
use super::table::row::{Cell, Row};
use super::table::source::Source;
use super::table::{TableFault, ZONE, heads};
use crate::domain::evidence::{Evidence, Gatherer, Means, Observation, RegistryAnswer, Subject};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::spreadsheet;

/// One row of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtractEntry {
    /// What it says of one subject that was wanted.
    Evidence(Box<Evidence>),
    /// Everything that is wrong with it; nothing of it was taken.
    Rejected(Vec<Rejection>),
}

/// How many rows an extract had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExtractSummary {
    /// Rows that were wanted by somebody.
    pub taken: u64,
    /// Rows of entities that nobody asked for.
    pub unwanted: u64,
    pub rejected: u64,
}

/// An extract whose headings were read.
pub struct Extract {
    pack: Pack,
    reading: Reading,
    /// The file's name without its folder.
    name: String,
    rows: Rows,
}

enum Rows {
    Table {
        source: Source,
        columns: Columns,
    },
    /// Each row has its own names.
    Json,
}

impl Extract {
    /// Opens an extract and reads its headings. No row is taken yet.
    pub fn open(path: &Path, limits: &Limits, mapping: ExtractMapping) -> Result<Self, IntakeError> {
        let ExtractMapping(mapping) = mapping;
        let pack = Pack::open(path, limits)?;
        let fault = |fault| IntakeError::Table { path: pack.shown.clone(), fault };
        let zone = mapping.time_zone.as_deref().unwrap_or(ZONE);
        let zone = TimeZone::get(zone).map_err(|_| fault(TableFault::UnknownZone(zone.to_owned())))?;
        let rows = match pack.listing {
            Listing::One | Listing::Lines => Rows::Json,
            Listing::Table => {
                let mut source = Source::open(&pack, path, limits, &mapping).map_err(fault)?;
                let heads = heads(&mut source, &pack, limits, &mapping).map_err(fault)?;
                let columns = Columns::of(&heads, &mapping, limits).map_err(fault)?;
                Rows::Table { source, columns }
            }
        };
        let typed = !matches!(rows, Rows::Table { source: Source::Text { .. }, .. });
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = safe(&name).into_string();
        Ok(Extract { pack, reading: Reading { mapping, zone, exact: false, typed }, name, rows })
    }

    /// What the operator should know before the rows are read: columns that nobody understands.
    pub fn warnings(&self) -> Vec<Message> {
        match &self.rows {
            Rows::Table { columns, .. } => columns.unknown(),
            Rows::Json => Vec::new(),
        }
    }

    /// Hands what each row says of a subject that is `wanted` to `sink`, and each row that is refused. `observed_at` is
    /// when the extract is taken in. An error means that the rest was not read.
    pub fn read(
        mut self,
        limits: &Limits,
        observed_at: Timestamp,
        wanted: &dyn Fn(&Subject) -> bool,
        sink: &mut dyn FnMut(ExtractEntry),
    ) -> Result<ExtractSummary, IntakeError> {
        let Extract { pack, reading, name, rows } = &mut self;
        let mut session = Session { reading, observed_at, wanted, sink, summary: ExtractSummary::default() };
        let shown = pack.list_shown.clone();
        match rows {
            Rows::Table { source, columns } => {
                let sheet = source.sheet().map(clip);
                let read = source.rows(pack, limits, &mut |row| {
                    if row.line > columns.line && !row.is_empty() {
                        session.row(columns, sheet.as_deref(), &row, name, &shown);
                    }
                    ControlFlow::Continue(())
                });
                read.map_err(|fault| IntakeError::Table { path: pack.shown.clone(), fault })?;
            }
            Rows::Json => {
                let place = |line| Place { line: Some(line), ..Place::file(&shown) };
                let take = &mut |(line, row): rows::Taken| match row {
                    Ok(row) => session.object(&row, line, name, &place(line)),
                    Err(fault) => session.reject(vec![place(line).reject(fault)]),
                };
                let lines = pack.listing == Listing::Lines;
                let read = pack.with_list(|reader| {
                    let rows = if lines { rows::of_lines } else { rows::of_list };
                    rows(reader, limits, take);
                });
                if let Err(refusal) = read {
                    let fault = refusal.fault(String::new(), &shown);
                    session.reject(vec![Place::file(&shown).reject(fault)]);
                }
            }
        }
        Ok(session.summary)
    }
}

/// An extract being read.
struct Session<'a> {
    reading: &'a Reading,
    observed_at: Timestamp,
    wanted: &'a dyn Fn(&Subject) -> bool,
    sink: &'a mut dyn FnMut(ExtractEntry),
    summary: ExtractSummary,
}

impl Session<'_> {
    fn row(&mut self, columns: &Columns, sheet: Option<&str>, row: &Row, name: &str, shown: &str) {
        let place = Place { line: Some(row.line), ..Place::file(shown) };
        let (at, items): (Vec<usize>, Vec<Item<'_>>) = columns.items(row).unzip();
        let cell = |item: Option<usize>, fault: &Fault| {
            let column = match item {
                Some(item) => at.get(item).copied(),
                None => columns.position(&fault.field),
            }?;
            Some(match sheet {
                Some(sheet) => format!("{sheet}!{}", spreadsheet::address(row.line - 1, column)),
                None => columns.named(column),
            })
        };
        let source = match sheet {
            Some(sheet) => format!("{name} {sheet}!{}", row.line),
            None => format!("{name}:{}", row.line),
        };
        let shifted: Faults = columns.beyond(row).map(|fault| (fault, None)).into_iter().collect();
        self.take(&items, &source, &place, &cell, shifted);
    }

    fn object(&mut self, row: &Node, line: u64, name: &str, place: &Place) {
        let mut cells: Vec<(String, Cell)> = Vec::new();
        rows::cells(row, &mut cells);
        let (keys, items): (Vec<&str>, Vec<Item<'_>>) = cells
            .iter()
            .filter_map(|(key, cell)| {
                let (field, _) = mapping::understand(key, &self.reading.mapping);
                Some((key.as_str(), Item { field: field?, cell }))
            })
            .unzip();
        let cell = |item: Option<usize>, _: &Fault| Some(clip(keys.get(item?)?));
        self.take(&items, &format!("{name}:{line}"), place, &cell, Faults::new());
    }

    fn take(
        &mut self,
        items: &[Item<'_>],
        source: &str,
        place: &Place,
        cell: &dyn Fn(Option<usize>, &Fault) -> Option<String>,
        mut faults: Faults,
    ) {
        let answer = match record::read(items, self.reading) {
            Ok(answer) if faults.is_empty() => answer,
            read => {
                faults.extend(read.err().unwrap_or_default());
                let told = |(fault, item): (Fault, Option<usize>)| Rejection {
                    cell: cell(item, &fault),
                    ..place.reject(fault)
                };
                return self.reject(faults.into_iter().map(told).collect());
            }
        };
        let mut served = false;
        for subject in answer.subjects {
            if (self.wanted)(&subject) {
                served = true;
                (self.sink)(ExtractEntry::Evidence(Box::new(Evidence {
                    version: Gatherer::Registry.version(),
                    subject,
                    means: Means::Import,
                    source: source.to_owned(),
                    observed_at: self.observed_at,
                    allowed_networks: Vec::new(),
                    observation: Observation::Registry(RegistryAnswer { result: answer.result.clone() }),
                })));
            }
        }
        *(if served { &mut self.summary.taken } else { &mut self.summary.unwanted }) += 1;
    }

    fn reject(&mut self, rejections: Vec<Rejection>) {
        self.summary.rejected += 1;
        (self.sink)(ExtractEntry::Rejected(rejections));
    }
}

#[cfg(test)]
mod tests;
