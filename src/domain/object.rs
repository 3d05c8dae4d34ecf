//! What a reason speaks of: the object in `CODE@OBJECT`.
//!
//! The text form is part of the command contract (`heyan decide --fail`), of exports and of the day book.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::filing::{AttachmentKind, Role};

macro_rules! fixed_objects {
    ($($variant:ident => $text:literal),+ $(,)?) => {
        /// A fixed place in a filing that a reason may name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Place { $($variant),+ }
        impl Place {
            /// Every place, in the order of the desk.
            pub const ALL: &'static [Place] = &[$(Place::$variant),+];
            /// The stable text form.
            pub const fn text(self) -> &'static str { match self { $(Place::$variant => $text),+ } }
        }
    };
}

fixed_objects! {
    Order => "order",
    Entity => "entity",
    Name => "name",
    Number => "number",
    Address => "address",
    MailAddress => "mail_address",
    CertificateType => "certificate_type",
    EntityType => "entity_type",
    Superior => "superior",
    EntityPrincipal => "epr",
    EntityPrincipalName => "epr.name",
    EntityPrincipalId => "epr.id",
    EntityPrincipalMobile => "epr.mobile",
    EntityPrincipalLandline => "epr.landline",
    EntityPrincipalEmergency => "epr.emergency",
    EntityPrincipalEmail => "epr.email",
    SitePrincipal => "spr",
    SitePrincipalName => "spr.name",
    SitePrincipalId => "spr.id",
    SitePrincipalMobile => "spr.mobile",
    SitePrincipalLandline => "spr.landline",
    SitePrincipalEmergency => "spr.emergency",
    SitePrincipalEmail => "spr.email",
    Site => "site",
    SiteName => "site.name",
    SiteUrl => "site.url",
    SiteContent => "site.content",
    SiteServices => "site.services",
    SiteRemark => "site.remark",
    SiteFooter => "site.footer",
    PreApproval => "pre_approval",
    Access => "access",
    AccessAddresses => "access.addresses",
}

/// Where the fields of a responsible person stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonPlaces {
    /// The person as a whole.
    pub person: Place,
    pub name: Place,
    pub id: Place,
    pub mobile: Place,
    pub landline: Place,
    pub emergency: Place,
    pub email: Place,
}

impl PersonPlaces {
    pub const fn of(role: Role) -> Self {
        match role {
            Role::EntityPrincipal => PersonPlaces {
                person: Place::EntityPrincipal,
                name: Place::EntityPrincipalName,
                id: Place::EntityPrincipalId,
                mobile: Place::EntityPrincipalMobile,
                landline: Place::EntityPrincipalLandline,
                emergency: Place::EntityPrincipalEmergency,
                email: Place::EntityPrincipalEmail,
            },
            Role::SitePrincipal => PersonPlaces {
                person: Place::SitePrincipal,
                name: Place::SitePrincipalName,
                id: Place::SitePrincipalId,
                mobile: Place::SitePrincipalMobile,
                landline: Place::SitePrincipalLandline,
                emergency: Place::SitePrincipalEmergency,
                email: Place::SitePrincipalEmail,
            },
        }
    }
}

/// The object of a reason: a fixed place, one of the filing's domains, or one of its attachments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Object {
    /// A field, a person, or the order as a whole.
    Place(Place),
    /// One domain, in lower case, as filed.
    Domain(String),
    /// An attachment, by kind; `nth` counts from 1 among those of the same kind.
    Attachment { kind: AttachmentKind, nth: u8 },
}

impl Object {
    /// The first attachment of a kind.
    pub const fn attachment(kind: AttachmentKind) -> Self {
        Object::Attachment { kind, nth: 1 }
    }
}

impl From<Place> for Object {
    fn from(place: Place) -> Self {
        Object::Place(place)
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Object::Place(place) => f.write_str(place.text()),
            Object::Domain(domain) => f.write_str(domain),
            Object::Attachment { kind, nth: 1 } => f.write_str(kind.text()),
            Object::Attachment { kind, nth } => write!(f, "{}#{nth}", kind.text()),
        }
    }
}

/// Why a text is no object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no field, domain or attachment")]
pub struct NoObject(pub String);

impl FromStr for Object {
    type Err = NoObject;

    /// Fixed places come first, then attachment kinds (`verification_form`, `permit#2`), then anything with a dot
    /// is a domain. A domain that reads like a place (`site.name`) is therefore taken for the place.
    fn from_str(text: &str) -> Result<Self, NoObject> {
        if let Some(place) = Place::ALL.iter().find(|place| place.text() == text) {
            return Ok(Object::Place(*place));
        }
        let (name, nth) = match text.split_once('#') {
            Some((name, nth)) => (name, nth.parse::<u8>().ok().filter(|n| *n > 0)),
            None => (text, Some(1)),
        };
        if let (Some(kind), Some(nth)) = (AttachmentKind::from_text(name), nth) {
            return Ok(Object::Attachment { kind, nth });
        }
        let domain = text.contains('.')
            && !text.starts_with('.')
            && !text.ends_with('.')
            && text.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
        if domain { Ok(Object::Domain(text.to_lowercase())) } else { Err(NoObject(text.to_owned())) }
    }
}

impl TryFrom<String> for Object {
    type Error = NoObject;
    fn try_from(text: String) -> Result<Self, NoObject> {
        text.parse()
    }
}

impl From<Object> for String {
    fn from(object: Object) -> Self {
        object.to_string()
    }
}

/// A reason code used with its object: `CODE@OBJECT`.
///
/// The code is not checked here; [`super::reasons::Catalogue::resolve`] knows which codes exist and
/// which objects each may be used with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReasonUse {
    /// Stable code, e.g. `ENT-NAME-MISMATCH`.
    pub code: String,
    pub object: Object,
}

impl ReasonUse {
    pub fn new(code: impl Into<String>, object: impl Into<Object>) -> Self {
        ReasonUse { code: code.into(), object: object.into() }
    }
}

impl fmt::Display for ReasonUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.code, self.object)
    }
}

impl FromStr for ReasonUse {
    type Err = NoObject;
    fn from_str(text: &str) -> Result<Self, NoObject> {
        match text.split_once('@') {
            Some((code, object)) if !code.is_empty() => {
                Ok(ReasonUse { code: code.to_owned(), object: object.parse()? })
            }
            _ => Err(NoObject(text.to_owned())),
        }
    }
}

impl TryFrom<String> for ReasonUse {
    type Error = NoObject;
    fn try_from(text: String) -> Result<Self, NoObject> {
        text.parse()
    }
}

impl From<ReasonUse> for String {
    fn from(reason: ReasonUse) -> Self {
        reason.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_reads_back_as_it_was_written() {
        let mut objects: Vec<Object> = Place::ALL.iter().map(|place| Object::Place(*place)).collect();
        objects.extend(AttachmentKind::ALL.iter().map(|kind| Object::attachment(*kind)));
        objects.push(Object::Attachment { kind: AttachmentKind::Permit, nth: 2 });
        objects.push(Object::Domain("样例.中国".into()));
        objects.push(Object::Domain("a.example".into()));
        for object in objects {
            assert_eq!(object.to_string().parse(), Ok(object));
        }
    }

    #[test]
    fn nonsense_is_no_object() {
        for text in ["", "nonsense", ".example", "a b.example", "permit#0", "permit#x"] {
            assert!(text.parse::<Object>().is_err(), "{text}");
        }
    }
}
