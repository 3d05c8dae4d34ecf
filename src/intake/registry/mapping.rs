//! Which column of an extract means which field of a record. The operator's file goes before the usual headings; it is
//! written like the one of `heyan import --mapping`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::super::table::mapping::normal;
use super::super::table::{How, Mapping, MappingFault};
use crate::domain::fields::{Digits, Field, Kind, Privacy};

/// The fields of a record, as [`RegistryRecord`](crate::domain::evidence::RegistryRecord) names them.
pub(super) const FIELDS: &[Field] = &[
    field("name", Kind::Text, Privacy::Clear),
    field("number", Kind::Number(Digits::Document), Privacy::Clear),
    field("status", Kind::Text, Privacy::Clear),
    field("address", Kind::Text, Privacy::Address),
    field("legal_representative", Kind::Text, Privacy::Person),
    field("valid_until", Kind::ValidUntil, Privacy::Clear),
    field("former_names", Kind::Texts, Privacy::Clear),
    // Each cell of it is one number or several: digits that a spreadsheet rounded are looked for before it is split.
    field(FORMER_NUMBERS, Kind::Number(Digits::Document), Privacy::Clear),
    field("as_of", Kind::Day, Privacy::Clear),
];

pub(super) const FORMER_NUMBERS: &str = "former_numbers";

/// Fields that several columns may give.
pub(super) const LISTS: [&str; 2] = ["former_names", FORMER_NUMBERS];

const fn field(pattern: &'static str, kind: Kind, privacy: Privacy) -> Field {
    Field { pattern, kind, privacy, required: false }
}

pub(super) fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.pattern == name)
}

/// What an operator's mapping file for an extract says. `docs/registry.md` describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExtractMapping(pub(super) Mapping);

impl ExtractMapping {
    /// Reads a mapping file.
    pub fn read(text: &str) -> Result<Self, MappingFault> {
        let kind = |name: &str| find(name).map(|field| field.kind);
        Mapping::read_for(text, "intake.mapping_no_registry_field", &kind).map(ExtractMapping)
    }
}

/// The field of a heading, and how it was found.
pub(super) fn understand(heading: &str, mapping: &Mapping) -> (Option<&'static Field>, How) {
    let heading = normal(heading);
    if heading.is_empty() {
        (None, How::NoHeading)
    } else if let Some(name) = mapping.columns.get(&heading) {
        (find(name), How::Mapping)
    } else if mapping.ignore.contains(&heading) {
        (None, How::Ignored)
    } else if let Some(field) = find(&heading) {
        (Some(field), How::Path)
    } else if let Some(name) = usual().get(&heading) {
        (find(name), How::Usual)
    } else {
        (None, How::Unknown)
    }
}

const USUAL: &str = include_str!("../../../assets/registry_headings.toml");

/// Usual heading, normalised, to field. The file is compiled in and a test reads it.
fn usual() -> &'static BTreeMap<String, String> {
    static USUAL_HEADINGS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    USUAL_HEADINGS.get_or_init(|| {
        let file: BTreeMap<String, Vec<String>> = toml::from_str(USUAL).unwrap_or_default();
        file.into_iter()
            .flat_map(|(name, headings)| headings.into_iter().map(move |head| (normal(&head), name.clone())))
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
        let mut all: Vec<String> = file.values().flatten().map(|head| normal(head)).collect();
        all.sort();
        let twice: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert_eq!(usual().len(), count, "a heading stands twice: {twice:?}");
        for name in file.keys() {
            assert!(find(name).is_some(), "{name}");
        }
    }

    #[test]
    fn headings_are_understood() {
        let mapping = ExtractMapping::read(
            "ignore = ['序号']\n[columns]\n'名 录' = 'name'\n'住所' = 'former_names'\n[values.status]\n'甲' = 'active'\n",
        )
        .unwrap();
        for (heading, name, how) in [
            ("名录", Some("name"), How::Mapping),
            ("住所", Some("former_names"), How::Mapping),
            ("序号", None, How::Ignored),
            ("legal_representative", Some("legal_representative"), How::Path),
            ("*统一社会信用代码（必填）", Some("number"), How::Usual),
            ("企业(机构)名称", Some("name"), How::Usual),
            ("注册号", Some("former_numbers"), How::Usual),
            ("注册资本", None, How::Unknown),
            ("", None, How::NoHeading),
        ] {
            let (field, found) = understand(heading, &mapping.0);
            assert_eq!((field.map(|field| field.pattern), found), (name, how), "{heading}");
        }
    }

    #[test]
    fn a_field_of_filings_is_none_of_a_record() {
        let fault = ExtractMapping::read("[columns]\n'a' = 'entity.name'\n").unwrap_err();
        assert_eq!(
            (fault.line, fault.column, fault.what.id.as_str()),
            (2, 7, "intake.mapping_no_registry_field")
        );
    }
}
