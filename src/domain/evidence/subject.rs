//! Subjects: what evidence speaks of, normalised, so that the same thing always has the same name.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Gatherer;
use crate::domain::case::AttachmentFacts;
use crate::domain::domain_name;
use crate::domain::filing::{AttachmentKind, Filing, Person};
use crate::domain::numbers::unified_code;
use crate::domain::relations;

/// What evidence speaks of. The text form is `kind:value`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    /// A host name in ASCII, lower case.
    Domain(String),
    /// A certificate number of an organisation, normalised. Persons' numbers are nobody's subject.
    Number(String),
    /// An organisation's name, NFKC without white space: for numbers that a newer one has replaced.
    Name(String),
    /// A file, by SHA-256.
    Attachment(String),
    /// A telephone number, digits only. Personal data: masked wherever it is shown.
    Phone(String),
    /// A filed address.
    Address(IpAddr),
}

/// The text names no subject.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no subject; expected domain:, number:, name:, attachment:, phone: or address: and a value")]
pub struct BadSubject(pub String);

impl Subject {
    /// A domain as filed, in whatever spelling; none where it is no name.
    pub fn domain(filed: &str) -> Option<Subject> {
        domain_name::ascii(filed).map(Subject::Domain)
    }

    pub fn number(filed: &str) -> Option<Subject> {
        Some(relations::document_number(filed)).filter(|number| !number.is_empty()).map(Subject::Number)
    }

    pub fn name(filed: &str) -> Option<Subject> {
        Some(crate::domain::lexicon::plain(filed).into_owned())
            .filter(|name| !name.is_empty())
            .map(Subject::Name)
    }

    /// A telephone number as filed; a mobile's country code goes.
    pub fn phone(filed: &str) -> Option<Subject> {
        Some(relations::mobile(filed)).filter(|digits| !digits.is_empty()).map(Subject::Phone)
    }

    /// Which gatherers can tell of it.
    pub fn gatherers(&self) -> &'static [Gatherer] {
        match self {
            Subject::Domain(domain) if domain_name::registrable(domain) == Some(domain) => {
                &[Gatherer::Dns, Gatherer::Registration, Gatherer::Website]
            }
            Subject::Domain(_) => &[Gatherer::Dns, Gatherer::Website],
            Subject::Number(_) | Subject::Name(_) => &[Gatherer::Registry],
            Subject::Attachment(_) => &[Gatherer::Pixels, Gatherer::Text, Gatherer::Face],
            Subject::Phone(_) => &[Gatherer::Call],
            Subject::Address(_) => &[Gatherer::Resource],
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Subject::Domain(_) => "domain",
            Subject::Number(_) => "number",
            Subject::Name(_) => "name",
            Subject::Attachment(_) => "attachment",
            Subject::Phone(_) => "phone",
            Subject::Address(_) => "address",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.kind())?;
        match self {
            Subject::Domain(value)
            | Subject::Number(value)
            | Subject::Name(value)
            | Subject::Attachment(value)
            | Subject::Phone(value) => f.write_str(value),
            Subject::Address(address) => write!(f, "{address}"),
        }
    }
}

impl FromStr for Subject {
    type Err = BadSubject;
    /// Reads what [`Display`](fmt::Display) writes: a value that is not in its normal form is refused, because it would
    /// be found by nobody.
    fn from_str(text: &str) -> Result<Self, BadSubject> {
        let bad = || BadSubject(text.to_owned());
        let (kind, value) = text.split_once(':').ok_or_else(bad)?;
        let subject = match kind {
            "domain" => Subject::domain(value),
            "number" => Subject::number(value),
            "name" => Subject::name(value),
            "attachment" => {
                let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                (value.len() == 64 && value.bytes().all(hex)).then(|| Subject::Attachment(value.to_owned()))
            }
            "phone" => Subject::phone(value),
            "address" => value.parse().ok().map(Subject::Address),
            _ => None,
        };
        subject.filter(|subject| subject.to_string() == text).ok_or_else(bad)
    }
}

impl TryFrom<String> for Subject {
    type Error = BadSubject;
    fn try_from(text: String) -> Result<Self, BadSubject> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

impl schemars::JsonSchema for Subject {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Subject".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "`kind:value` in normal form: domain, number, name, attachment, phone or address.",
            "pattern": "^(domain|number|name|attachment|phone|address):.+$"
        })
    }
}

/// Every subject of a filing, each once, in the order of the desk: number (and name, where the number is not today's
/// unified code), telephone numbers, domains, filed addresses, files.
pub fn wanted(filing: &Filing, attachments: &[AttachmentFacts]) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    let mut add = |subject: Option<Subject>| {
        if let Some(subject) = subject
            && !subjects.contains(&subject)
        {
            subjects.push(subject);
        }
    };
    if !filing.order_type.needs_materials() {
        return subjects;
    }
    if !filing.is_individual() {
        let number = &filing.entity.certificate_number;
        add(Subject::number(number));
        if unified_code::parse(number).is_err() {
            add(Subject::name(&filing.entity.name));
        }
    }
    for (_, person) in filing.principals() {
        let Person { mobile, landline, emergency, .. } = person;
        for phone in [Some(mobile), landline.as_ref(), emergency.as_ref()].into_iter().flatten() {
            add(Subject::phone(phone));
        }
    }
    for domain in filing.site.iter().flat_map(|site| &site.domains) {
        let filed = Subject::domain(domain);
        if let Some(Subject::Domain(name)) = &filed {
            add(domain_name::registrable(name).and_then(Subject::domain));
        }
        add(filed);
    }
    for range in filing.access.iter().flat_map(|access| &access.ip_ranges) {
        add(Some(Subject::Address(range.first)));
    }
    for file in attachments.iter().filter(|file| file.format.is_picture()) {
        add(Some(Subject::Attachment(file.sha256.clone())));
    }
    subjects
}

/// Whether text is worth reading in a material of this kind: documents and forms, not photos of persons.
pub const fn has_text(kind: AttachmentKind) -> bool {
    !matches!(kind, AttachmentKind::BackdropPhoto | AttachmentKind::VideoFrame)
}
