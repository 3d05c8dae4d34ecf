//! The mapping: which column means which field. The operator's file goes before the built-in headings.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;
use toml::Spanned;
use unicode_normalization::UnicodeNormalization;

use super::fault::MappingFault;
use crate::domain::fields::{self, Kind};
use crate::domain::message::Message;
use crate::domain::safe::safe;

/// What an operator's mapping file says. `docs/tables.md` describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pub sheet: Option<String>,
    /// The row of the headings, from 1; none: the first row that is not empty.
    pub header_row: Option<u64>,
    pub encoding: Option<String>,
    pub delimiter: Option<u8>,
    /// As `strftime` writes it.
    pub date_format: Option<String>,
    /// Of times without an offset.
    pub time_zone: Option<String>,
    pub list_separator: Option<String>,
    /// Heading, normalised, to the field's path.
    pub(in crate::intake) columns: BTreeMap<String, String>,
    /// Field's path to the value of every row.
    pub(in crate::intake) constants: BTreeMap<String, String>,
    /// Field's path to what its cells mean.
    pub(in crate::intake) values: BTreeMap<String, BTreeMap<String, String>>,
    /// Fields of code lists whose cells are bit masks.
    pub(super) masks: Vec<String>,
    /// Headings, normalised, whose columns are left out without a word.
    pub(in crate::intake) ignore: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sheet: Option<String>,
    header_row: Option<Spanned<u64>>,
    encoding: Option<String>,
    delimiter: Option<Spanned<String>>,
    date_format: Option<String>,
    time_zone: Option<String>,
    #[serde(default)]
    masks: Vec<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    lists: Lists,
    #[serde(default)]
    columns: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    constants: BTreeMap<Spanned<String>, Scalar>,
    #[serde(default)]
    values: BTreeMap<Spanned<String>, BTreeMap<String, Scalar>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    separator: Option<String>,
}

/// What may stand for a value: as a cell would have it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Number(i64),
    Boolean(bool),
}

impl Scalar {
    fn into_cell(self) -> String {
        match self {
            Scalar::Text(text) => text,
            Scalar::Number(number) => number.to_string(),
            Scalar::Boolean(value) => value.to_string(),
        }
    }
}

impl Mapping {
    /// Reads a mapping file.
    pub fn read(text: &str) -> Result<Self, MappingFault> {
        Mapping::read_for(text, "intake.mapping_no_field", &|path| fields::find(path).map(|field| field.kind))
    }

    /// Reads a mapping file for tables of other things than filings: `kind` knows their fields, and `no_field` is
    /// the message for a name that it does not know.
    pub(in crate::intake) fn read_for(
        text: &str,
        no_field: &str,
        kind: &dyn Fn(&str) -> Option<Kind>,
    ) -> Result<Self, MappingFault> {
        let place = |span: Range<usize>, what: Message| {
            let before = text.get(..span.start).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            MappingFault { line, column, what }
        };
        let file: File = toml::from_str(text).map_err(|error| {
            let detail = safe(error.message()).into_string();
            place(
                error.span().unwrap_or_default(),
                Message::new("intake.mapping_syntax").with("detail", detail),
            )
        })?;
        let known = |path: &Spanned<String>| {
            let unknown = || Message::new(no_field).with("field", safe(path.get_ref()));
            kind(path.get_ref()).ok_or_else(|| place(path.span(), unknown()))
        };
        for path in file.columns.values().chain(file.constants.keys()).chain(file.values.keys()) {
            known(path)?;
        }
        for path in &file.masks {
            if !matches!(known(path)?, Kind::Codes(_)) {
                let what = Message::new("intake.mapping_no_list").with("field", safe(path.get_ref()));
                return Err(place(path.span(), what));
            }
        }
        if let Some(row) = file.header_row.as_ref().filter(|row| *row.get_ref() == 0) {
            return Err(place(row.span(), Message::new("intake.mapping_header_row")));
        }
        let delimiter = match &file.delimiter {
            None => None,
            Some(given) => match given.get_ref().as_bytes() {
                [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Some(*byte),
                _ => return Err(place(given.span(), Message::new("intake.mapping_delimiter"))),
            },
        };
        Ok(Mapping {
            sheet: file.sheet,
            header_row: file.header_row.map(Spanned::into_inner),
            encoding: file.encoding,
            delimiter,
            date_format: file.date_format,
            time_zone: file.time_zone,
            list_separator: file.lists.separator.filter(|separator| !separator.is_empty()),
            columns: file
                .columns
                .into_iter()
                .map(|(head, path)| (normal(&head), path.into_inner()))
                .collect(),
            constants: file
                .constants
                .into_iter()
                .map(|(path, value)| (path.into_inner(), value.into_cell()))
                .collect(),
            values: file
                .values
                .into_iter()
                .map(|(path, values)| {
                    let cells =
                        values.into_iter().map(|(cell, value)| (cell.trim().to_owned(), value.into_cell()));
                    (path.into_inner(), cells.collect())
                })
                .collect(),
            masks: file.masks.into_iter().map(Spanned::into_inner).collect(),
            ignore: file.ignore.iter().map(|head| normal(head)).collect(),
        })
    }
}

/// How a column was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The mapping file says so.
    Mapping,
    /// The heading is the field's own path.
    Path,
    /// A heading that is usual.
    Usual,
    /// The mapping file leaves it out.
    Ignored,
    Unknown,
    /// A column without a heading.
    NoHeading,
}

/// The field of a heading, and how it was found.
pub(super) fn understand(heading: &str, mapping: &Mapping) -> (Option<String>, How) {
    let heading = normal(heading);
    if heading.is_empty() {
        (None, How::NoHeading)
    } else if let Some(path) = mapping.columns.get(&heading) {
        (Some(path.clone()), How::Mapping)
    } else if mapping.ignore.contains(&heading) {
        (None, How::Ignored)
    } else if fields::find(&heading).is_some() {
        (Some(heading), How::Path)
    } else if let Some(path) = usual().get(&heading) {
        (Some(path.clone()), How::Usual)
    } else {
        (None, How::Unknown)
    }
}

/// A heading as it is compared: NFKC, without blanks and without the marks that say it must be filled in.
pub(in crate::intake) fn normal(heading: &str) -> String {
    let text: String = heading.nfkc().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    text.trim_start_matches(['*', '\u{feff}'])
        .trim_end_matches('*')
        .trim_end_matches("(必填)")
        .trim_end_matches("(选填)")
        .to_owned()
}

const USUAL: &str = include_str!("../../../assets/table_headings.toml");

/// Usual heading, normalised, to field. The file is compiled in and a test reads it.
fn usual() -> &'static BTreeMap<String, String> {
    static USUAL_HEADINGS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    USUAL_HEADINGS.get_or_init(|| {
        let file: BTreeMap<String, Vec<String>> = toml::from_str(USUAL).unwrap_or_default();
        file.into_iter()
            .flat_map(|(path, headings)| headings.into_iter().map(move |head| (normal(&head), path.clone())))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_heading_means_one_field() {
        let file: BTreeMap<String, Vec<String>> = toml::from_str(USUAL).unwrap();
        let count: usize = file.values().map(Vec::len).sum();
        assert_eq!(usual().len(), count, "a heading stands twice");
        for path in file.keys() {
            assert!(fields::find(path).is_some(), "{path}");
        }
    }

    #[test]
    fn headings_are_understood() {
        let mapping = Mapping::read(
            "ignore = ['内部编号']\n[columns]\n'单 号' = 'key'\n'主办单位名称' = 'entity.superior'\n",
        )
        .unwrap();
        for (heading, path, how) in [
            ("单号", Some("key"), How::Mapping),
            ("主办单位名称", Some("entity.superior"), How::Mapping),
            ("内部编号", None, How::Ignored),
            ("entity.name", Some("entity.name"), How::Path),
            ("access[1].provider", Some("access[1].provider"), How::Path),
            ("* 网站 域名（必填）", Some("site.domains"), How::Usual),
            ("ＩＰ地址", Some("access[0].ip_ranges"), How::Usual),
            ("客户经理", None, How::Unknown),
            (" ", None, How::NoHeading),
        ] {
            assert_eq!(understand(heading, &mapping), (path.map(str::to_owned), how), "{heading}");
        }
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        for (text, line, column, id) in [
            ("[columns]\n'a' = 'entity.nam'\n", 2, 7, "intake.mapping_no_field"),
            ("[constants]\n'sauce' = 'crm'\n", 2, 1, "intake.mapping_no_field"),
            ("colums = 1\n", 1, 1, "intake.mapping_syntax"),
            ("[lists]\nseparater = ';'\n", 2, 1, "intake.mapping_syntax"),
            ("\nheader_row = 0\n", 2, 14, "intake.mapping_header_row"),
            ("delimiter = '::'\n", 1, 13, "intake.mapping_delimiter"),
            ("masks = ['entity.name']\n", 1, 10, "intake.mapping_no_list"),
            ("[values.'entity.type']\n'a' = 1\n", 1, 9, "intake.mapping_no_field"),
            ("x = \n", 1, 5, "intake.mapping_syntax"),
        ] {
            let fault = Mapping::read(text).unwrap_err();
            assert_eq!((fault.line, fault.column, fault.what.id.as_str()), (line, column, id), "{text}");
        }
    }
}
