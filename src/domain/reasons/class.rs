//! The classes of objects that a reason may be used with, as `objects` in the reason files lists them.

use std::fmt;
use std::str::FromStr;

use crate::domain::filing::AttachmentKind;
use crate::domain::object::{NoObject, Object, Place};

/// A class of objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectClass {
    /// One place of the filing.
    Place(Place),
    /// Any of the filing's domains.
    Domain,
    /// Any attachment.
    Attachment,
    /// Any attachment of one kind.
    Kind(AttachmentKind),
}

impl ObjectClass {
    /// Whether the object belongs to the class.
    pub fn covers(self, object: &Object) -> bool {
        match (self, object) {
            (ObjectClass::Place(class), Object::Place(place)) => class == *place,
            (ObjectClass::Domain, Object::Domain(_))
            | (ObjectClass::Attachment, Object::Attachment { .. }) => true,
            (ObjectClass::Kind(class), Object::Attachment { kind, .. }) => class == *kind,
            _ => false,
        }
    }

    /// The object that the class means without naming one: a place, or the first attachment of a kind.
    pub const fn fixed(self) -> Option<Object> {
        match self {
            ObjectClass::Place(place) => Some(Object::Place(place)),
            ObjectClass::Kind(kind) => Some(Object::attachment(kind)),
            ObjectClass::Domain | ObjectClass::Attachment => None,
        }
    }
}

impl fmt::Display for ObjectClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ObjectClass::Place(place) => place.text(),
            ObjectClass::Domain => "domain",
            ObjectClass::Attachment => "attachment",
            ObjectClass::Kind(kind) => kind.text(),
        })
    }
}

impl FromStr for ObjectClass {
    type Err = NoObject;

    fn from_str(text: &str) -> Result<Self, NoObject> {
        let place = Place::ALL.iter().find(|place| place.text() == text);
        match (text, place, AttachmentKind::from_text(text)) {
            ("domain", ..) => Ok(ObjectClass::Domain),
            ("attachment", ..) => Ok(ObjectClass::Attachment),
            (_, Some(place), _) => Ok(ObjectClass::Place(*place)),
            (_, None, Some(kind)) => Ok(ObjectClass::Kind(kind)),
            (_, None, None) => Err(NoObject(text.to_owned())),
        }
    }
}

/// Classes in words, e.g. `name, number, address`.
pub(super) fn listed(classes: &[ObjectClass]) -> String {
    let texts: Vec<String> = classes.iter().map(ToString::to_string).collect();
    texts.join(", ")
}
