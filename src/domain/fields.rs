//! The fields of a filing as a table has them: their paths in the pack format, what stands in them, and how private
//! that is. Intake reads tables by it, export writes them by it; a test holds it to the schema of the types.
//!
//! A path is that of the pack: `entity.name`, `access[0].ip_ranges`. Fields of the items of a list have a pattern,
//! `access[].provider`; a list of plain values is one field.

mod table;

use super::codes::List;
use super::declared::LONGEST_PERSON;
use super::filing::{AttachmentKind, EvidenceScheme, FormTemplate, OrderType, ServiceType};
use super::mask;
pub use table::FIELDS;

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A number that is a name: leading zeros and every digit count.
    Number(Digits),
    /// Six digits of GB/T 2260 with four zeros, or the province's name.
    Province,
    /// One of a closed list of the program's own words.
    Word(Vocabulary),
    Code(List),
    /// Several codes of a list.
    Codes(List),
    Day,
    /// A day, or 长期.
    ValidUntil,
    Time,
    Boolean,
    /// A list of texts.
    Texts,
    /// A list of address ranges.
    Addresses,
}

/// What a number names, and so what is known of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// A certificate or an identity document.
    Document,
    Telephone,
    /// A key, a filing number, a permit: any form.
    Other,
}

/// A closed list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    OrderType,
    EvidenceScheme,
    ServiceType,
    AttachmentKind,
    FormTemplate,
    /// What a transcript is of.
    Transcript,
}

impl Vocabulary {
    /// The stable text form of each word, and the id of what people call it.
    pub fn words(self) -> Vec<(&'static str, String)> {
        macro_rules! words {
            ($kind:ident, $label:literal) => {
                $kind::ALL.iter().map(|word| (word.text(), format!($label, word))).collect()
            };
        }
        match self {
            Vocabulary::OrderType => words!(OrderType, "domain.order_type_{}"),
            Vocabulary::EvidenceScheme => words!(EvidenceScheme, "domain.scheme_{}"),
            Vocabulary::ServiceType => words!(ServiceType, "domain.service_{}"),
            Vocabulary::AttachmentKind => words!(AttachmentKind, "domain.attachment_{}"),
            Vocabulary::FormTemplate => words!(FormTemplate, "domain.template_{}"),
            Vocabulary::Transcript => [
                ("certificate", "domain.attachment_entity_certificate"),
                ("identity", "domain.attachment_epr_id_front"),
                ("verification_form", "domain.attachment_verification_form"),
                ("domain_certificate", "domain.attachment_domain_certificate"),
            ]
            .map(|(word, label)| (word, label.to_owned()))
            .to_vec(),
        }
    }
}

/// How private a value is, and so how it is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    Clear,
    /// The sponsor's name: personal when the sponsor is a person.
    EntityName,
    /// 投资者或上级主管单位: an organisation's, or a shareholder's own.
    Superior,
    /// The sponsor's certificate: personal when the sponsor is a person.
    EntityNumber,
    Person,
    Document,
    Telephone,
    Email,
    Address,
    /// Text in which anybody's number may stand.
    Free,
    /// Never shown: a file's name may say anything.
    Hidden,
}

impl Privacy {
    /// The value as others than the reviewer who claimed it may see it; none where no mask is known to be enough.
    pub fn masked(self, value: &str, individual: bool) -> Option<String> {
        let mask: fn(&str) -> String = match self {
            Privacy::EntityName if individual => mask::person,
            // No organisation's full name is as short; a shareholder's own may be.
            Privacy::Superior if individual || value.chars().count() <= LONGEST_PERSON => mask::person,
            Privacy::EntityNumber if individual => mask::document_number,
            Privacy::Clear | Privacy::EntityName | Privacy::EntityNumber | Privacy::Superior => str::to_owned,
            Privacy::Person => mask::person,
            Privacy::Document => mask::document_number,
            Privacy::Telephone => mask::phone,
            Privacy::Email => mask::email,
            Privacy::Address => mask::address,
            Privacy::Free | Privacy::Hidden => return None,
        };
        Some(mask(value))
    }
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its path, with `[]` for each place in a list.
    pub pattern: &'static str,
    pub kind: Kind,
    pub privacy: Privacy,
    /// Whether the object that it belongs to cannot be without it.
    pub required: bool,
}

const fn may(pattern: &'static str, kind: Kind, privacy: Privacy) -> Field {
    Field { pattern, kind, privacy, required: false }
}

const fn must(pattern: &'static str, kind: Kind, privacy: Privacy) -> Field {
    Field { pattern, kind, privacy, required: true }
}

/// Objects that a filing may be without, by pattern.
const OPTIONAL: &[&str] = &[
    "attachments[].transcript",
    "attachments[]",
    "access[]",
    "site.pre_approvals[]",
    "site",
    "entity.legal_representative",
];

/// Most places in a list that a table may have columns for.
pub const MOST_PLACES: usize = 64;

/// The field at a path such as `access[1].provider`; none where the pack format has none.
pub fn find(path: &str) -> Option<&'static Field> {
    let pattern = pattern(path)?;
    FIELDS.iter().find(|field| field.pattern == pattern)
}

/// The path with its places taken out; none when a place is no number below [`MOST_PLACES`].
fn pattern(path: &str) -> Option<String> {
    let mut pattern = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('[') {
        let (place, after) = after.split_once(']')?;
        let canonical = place == "0" || !place.starts_with(['0', '+']);
        if !canonical || place.parse::<usize>().ok()? >= MOST_PLACES {
            return None;
        }
        pattern.push_str(before);
        pattern.push_str("[]");
        rest = after;
    }
    pattern.push_str(rest);
    Some(pattern)
}

/// The innermost object on the way to a field that a filing may be without, as a path: `site` for `site.name`,
/// `access[1]` for `access[1].provider`.
pub fn optional_object(path: &str) -> Option<&str> {
    let ends = path.char_indices().filter(|(_, c)| *c == '.').map(|(at, _)| at);
    ends.rev()
        .map(|end| &path[..end])
        .find(|object| pattern(object).is_some_and(|pattern| OPTIONAL.contains(&pattern.as_str())))
}

/// The required fields of every object that `paths` speak of, and of the filing itself, that are not among `paths`.
pub fn missing(paths: &[&str]) -> Vec<String> {
    let mut objects: Vec<&str> = Vec::new();
    for path in paths {
        let mut object = optional_object(path);
        while let Some(found) = object {
            if !objects.contains(&found) {
                objects.push(found);
            }
            object = optional_object(found);
        }
    }
    let mut missing = Vec::new();
    for field in FIELDS.iter().filter(|field| field.required) {
        let owner = optional_object_of_pattern(field.pattern);
        let wanted: Vec<String> = match owner {
            None => vec![field.pattern.to_owned()],
            Some(owner) => objects
                .iter()
                .filter(|object| pattern(object).as_deref() == Some(owner))
                .map(|object| format!("{object}{}", &field.pattern[owner.len()..]))
                .collect(),
        };
        missing.extend(wanted.into_iter().filter(|path| !paths.contains(&path.as_str())));
    }
    missing
}

fn optional_object_of_pattern(pattern: &str) -> Option<&'static str> {
    OPTIONAL
        .iter()
        .copied()
        .find(|object| pattern.strip_prefix(object).is_some_and(|rest| rest.starts_with('.')))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::super::filing::Filing;
    use super::*;

    /// The leaves of the schema with whether their object requires them.
    fn leaves(root: &Value, node: &Value, path: &str, out: &mut BTreeMap<String, bool>) {
        let resolve = |value: &Value| -> Value {
            let value = value["anyOf"][0].as_object().map_or(value.clone(), |_| value["anyOf"][0].clone());
            match value["$ref"].as_str() {
                Some(reference) => root["$defs"][reference.rsplit('/').next().unwrap()].clone(),
                None => value,
            }
        };
        let node = resolve(node);
        for variant in node["oneOf"].as_array().into_iter().flatten() {
            leaves(root, variant, path, out);
        }
        if let Some(reference) = node["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap();
            leaves(root, &root["$defs"][name], path, out);
        }
        for (name, field) in node["properties"].as_object().into_iter().flatten() {
            let here = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let field = resolve(field);
            let items = resolve(&field["items"]);
            let of_objects = items["properties"].is_object() && name != "ip_ranges";
            let nested = field["properties"].is_object() || field["oneOf"][0]["properties"].is_object();
            if of_objects {
                leaves(root, &items, &format!("{here}[]"), out);
            } else if nested {
                leaves(root, &field, &here, out);
            } else {
                let required = node["required"]
                    .as_array()
                    .is_some_and(|names| names.contains(&Value::from(name.as_str())));
                out.insert(here, required);
            }
        }
    }

    #[test]
    fn the_table_has_the_fields_of_the_types() {
        let schema = schemars::schema_for!(Filing).to_value();
        let mut expected = BTreeMap::new();
        leaves(&schema, &schema, "", &mut expected);
        let listed: BTreeMap<String, bool> =
            FIELDS.iter().map(|field| (field.pattern.to_owned(), field.required)).collect();
        assert_eq!(listed.len(), FIELDS.len(), "a field stands twice");
        assert_eq!(listed, expected);
    }

    #[test]
    fn a_shareholder_is_masked_and_an_organisation_is_not() {
        for (superior, individual, masked) in
            [("王样例", false, "王**"), ("样例控股有限公司", false, "样例控股有限公司")]
        {
            assert_eq!(Privacy::Superior.masked(superior, individual).as_deref(), Some(masked));
        }
        assert_ne!(Privacy::Superior.masked("样例控股有限公司", true).as_deref(), Some("样例控股有限公司"));
    }

    #[test]
    fn paths_lead_to_fields() {
        for (path, found) in [
            ("entity.name", Some("entity.name")),
            ("access[0].ip_ranges", Some("access[].ip_ranges")),
            ("access[63].provider", Some("access[].provider")),
            ("access[64].provider", None),
            ("access[00].provider", None),
            ("access[+1].provider", None),
            ("access[].provider", None),
            ("access.provider", None),
            ("entity", None),
            ("", None),
        ] {
            assert_eq!(find(path).map(|field| field.pattern), found, "{path}");
        }
        assert_eq!(optional_object("attachments[2].transcript.name"), Some("attachments[2].transcript"));
        assert_eq!(optional_object("site.principal.name"), Some("site"));
        assert_eq!(optional_object("entity.principal.name"), None);
    }

    #[test]
    fn what_no_column_gives_is_named() {
        let all: Vec<&str> = missing(&[]).iter().map(|path| find(path).unwrap().pattern).collect();
        assert!(missing(&all).is_empty());
        assert!(all.contains(&"entity.principal.email") && !all.contains(&"site.name"));
        let with = [all.as_slice(), &["access[1].modes", "attachments[0].transcript.name"]].concat();
        assert_eq!(
            missing(&with),
            [
                "access[1].provider",
                "attachments[0].kind",
                "attachments[0].file",
                "attachments[0].transcript.of"
            ]
        );
    }
}
