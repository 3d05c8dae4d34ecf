//! The filings themselves as a file: CSV whose headings are the pack format's field paths, and JSONL in the pack
//! format. Unmasked, either is imported again to the same revision; masked, it says so, and import refuses it.
//!
//! Which columns there are depends on the filings: a [`FilingShape`] has seen them all before the first row. Cells are
//! those of [`exact_cell`](crate::domain::exact_cell), with the guards of every CSV of ours.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde::Deserialize;
use serde_json::Value;

use super::{Format, cell, json, mask_free_text};
use crate::domain::exact_cell::{self, EXACT_MARK, MASKED_MARK};
use crate::domain::fields::{self, FIELDS, Field, Kind};
use crate::domain::filing::{Filing, IpRange};

/// The columns that a set of filings needs.
#[derive(Debug, Default)]
pub struct FilingShape {
    /// Path of each column by its place: the list it is in, the place there, the field.
    columns: BTreeMap<(usize, usize, usize), String>,
}

impl FilingShape {
    /// The columns that are always there.
    pub fn new() -> Self {
        let mut shape = FilingShape::default();
        for path in fields::missing(&[]).iter().map(String::as_str).chain(["attachments_elsewhere"]) {
            shape.add(path);
        }
        shape
    }

    /// Makes room for a filing.
    pub fn include(&mut self, filing: &Filing) -> io::Result<()> {
        for (path, _) in leaves(&serde_json::to_value(filing)?) {
            self.add(&path);
        }
        Ok(())
    }

    fn add(&mut self, path: &str) {
        let Some(field) = fields::find(path) else { return };
        let list = |field: &Field| field.pattern.split_once("[]").map(|(list, _)| list);
        let own = FIELDS.iter().position(|other| other.pattern == field.pattern);
        let group =
            list(field).and_then(|name| FIELDS.iter().position(|other| list(other) == Some(name))).or(own);
        let place = path.split(['[', ']']).nth(1).and_then(|place| place.parse().ok()).unwrap_or(0);
        let (Some(group), Some(own)) = (group, own) else { return };
        self.columns.entry((group, place, own)).or_insert_with(|| path.to_owned());
    }
}

/// Why a filing could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FilingFault {
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The filing came or changed after the columns were settled.
    #[error("no column for `{0}`")]
    NoColumn(String),
}

/// An export of filings under way.
pub struct FilingWriter<W: Write> {
    format: Format,
    unmask: bool,
    out: W,
    /// Column by path.
    columns: HashMap<String, usize>,
    rows: u64,
}

impl<W: Write> FilingWriter<W> {
    /// Starts an export: writes what stands before the first row. `out` should be buffered.
    pub fn begin(format: Format, unmask: bool, shape: FilingShape, mut out: W) -> io::Result<Self> {
        let paths: Vec<String> = shape.columns.into_values().collect();
        if format == Format::Csv {
            // The first column has the revision and tells what the file is.
            let mark = if unmask { EXACT_MARK } else { MASKED_MARK };
            write!(out, "\u{feff}{mark},{}\r\n", paths.join(","))?;
        }
        let columns = paths.into_iter().enumerate().map(|(at, path)| (path, at)).collect();
        Ok(FilingWriter { format, unmask, out, columns, rows: 0 })
    }

    /// Writes one filing.
    pub fn row(&mut self, revision: &str, filing: &Filing) -> Result<(), FilingFault> {
        let mut value = serde_json::to_value(filing).map_err(io::Error::from)?;
        if !self.unmask {
            for field in FIELDS {
                mask(&mut value, field.pattern, field, filing.is_individual());
            }
        }
        match self.format {
            Format::Csv => self.csv_line(revision, &value)?,
            Format::Jsonl => self.json_line(&value)?,
        }
        self.rows += 1;
        Ok(())
    }

    /// How many filings were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the export and gives back where it went.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn csv_line(&mut self, revision: &str, filing: &Value) -> Result<(), FilingFault> {
        let mut cells = vec![String::new(); self.columns.len()];
        for (path, value) in leaves(filing) {
            match self.columns.get(&path) {
                Some(at) => cells[*at] = written(value, &path),
                None => return Err(FilingFault::NoColumn(path)),
            }
        }
        let mut line = Vec::new();
        cell::guarded(&mut line, revision);
        for text in &cells {
            line.push(b',');
            cell::guarded(&mut line, text);
        }
        line.extend_from_slice(b"\r\n");
        Ok(self.out.write_all(&line)?)
    }

    fn json_line(&mut self, filing: &Value) -> Result<(), FilingFault> {
        let text = serde_json::to_string(filing).map_err(io::Error::from)?;
        let text = json::escape_hostile(&text);
        match text.strip_prefix('{') {
            Some(rest) if !self.unmask => writeln!(self.out, "{{\"{MASKED_MARK}\":true,{rest}")?,
            _ => writeln!(self.out, "{text}")?,
        }
        Ok(())
    }
}

/// Every value of a filing that has a column, with its path.
fn leaves(filing: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for field in FIELDS {
        follow(filing, field.pattern, String::new(), &mut found);
    }
    found
}

fn follow<'v>(value: &'v Value, pattern: &str, path: String, found: &mut Vec<(String, &'v Value)>) {
    let (step, rest) = pattern.split_once('.').unwrap_or((pattern, ""));
    let (name, is_list) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
    let dot = if path.is_empty() { "" } else { "." };
    let here = format!("{path}{dot}{name}");
    match value.get(name) {
        None | Some(Value::Null) => {}
        Some(Value::Array(items)) if is_list => {
            for (at, item) in items.iter().enumerate() {
                follow(item, rest, format!("{here}[{at}]"), found);
            }
        }
        Some(inner) if rest.is_empty() => found.push((here, inner)),
        Some(inner) => follow(inner, rest, here, found),
    }
}

/// A value as a cell, without guards.
fn written(value: &Value, path: &str) -> String {
    match value {
        Value::String(text) => exact_cell::write(text),
        Value::Array(items) => {
            let addresses = fields::find(path).is_some_and(|field| field.kind == Kind::Addresses);
            let items: Vec<String> =
                items.iter().map(|item| if addresses { range(item) } else { plain(item) }).collect();
            exact_cell::write_list(items.iter().map(String::as_str))
        }
        other => plain(other),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn range(value: &Value) -> String {
    IpRange::deserialize(value).map_or_else(|_| plain(value), |range| range.to_string())
}

/// Masks the values of a field, or takes away what no mask is enough for.
fn mask(value: &mut Value, pattern: &str, field: &Field, individual: bool) {
    let (step, rest) = pattern.split_once('.').unwrap_or((pattern, ""));
    let (name, is_list) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
    match value.get_mut(name) {
        Some(Value::Array(items)) if is_list => {
            items.iter_mut().for_each(|item| mask(item, rest, field, individual));
        }
        Some(inner) if rest.is_empty() => {
            if let Some(text) = inner.as_str() {
                *inner = match field.privacy {
                    fields::Privacy::Free => Value::from(mask_free_text(text)),
                    privacy => privacy.masked(text, individual).map_or(Value::Null, Value::from),
                };
            }
        }
        Some(inner) => mask(inner, rest, field, individual),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Filing {
        serde_json::from_str(include_str!("../checks/fixture/enterprise.json")).unwrap()
    }

    fn csv_of(filings: &[Filing], unmask: bool) -> String {
        let mut shape = FilingShape::new();
        filings.iter().for_each(|filing| shape.include(filing).unwrap());
        let mut writer = FilingWriter::begin(Format::Csv, unmask, shape, Vec::new()).unwrap();
        for filing in filings {
            writer.row("abc", filing).unwrap();
        }
        assert_eq!(writer.rows(), filings.len() as u64);
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    #[test]
    fn columns_are_those_that_have_values_place_by_place() {
        let mut filing = sample();
        let access = r#"{"provider": "样例云", "modes": [5], "domains": ["a.example"]}"#;
        filing.access = vec![serde_json::from_str(access).unwrap(); 2];
        let text = csv_of(&[filing], true);
        let heads: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        assert_eq!(heads[0], "\u{feff}heyan_filings");
        let access: Vec<&str> = heads.iter().filter(|head| head.starts_with("access")).copied().collect();
        let place = ["provider", "modes", "domains"];
        let expected: Vec<String> =
            (0..2).flat_map(|at| place.map(|field| format!("access[{at}].{field}"))).collect();
        assert_eq!(access, expected);
        assert!(!heads.contains(&"site.principal.remark"));
        assert_eq!(heads.last(), Some(&"attachments_elsewhere"));
    }

    #[test]
    fn a_masked_export_holds_nobody() {
        let mut filing = sample();
        filing.entity.remark = "联系13800005678".into();
        let json = {
            let mut writer =
                FilingWriter::begin(Format::Jsonl, false, FilingShape::new(), Vec::new()).unwrap();
            writer.row("abc", &filing).unwrap();
            String::from_utf8(writer.finish().unwrap()).unwrap()
        };
        assert!(json.starts_with("{\"heyan_masked\":true,\"source\""), "{json}");
        for text in [csv_of(&[filing.clone()], false), json] {
            for (_, person) in filing.principals() {
                for value in [&person.name, &person.document_number, &person.mobile, &person.email] {
                    assert!(!text.contains(value.as_str()), "{value}");
                }
            }
            for value in [&filing.entity.certificate_address, "13800005678", &filing.attachments[0].file] {
                assert!(!text.contains(value), "{value}");
            }
            assert!(text.contains(&filing.entity.name));
        }
    }

    #[test]
    fn a_filing_that_came_later_is_not_cut() {
        let mut writer = FilingWriter::begin(Format::Csv, true, FilingShape::new(), Vec::new()).unwrap();
        assert!(matches!(writer.row("abc", &sample()), Err(FilingFault::NoColumn(_))));
    }
}
