//! How private a fact is: what stands on the desk of the reviewer who claimed the filing, and what stands elsewhere.
//!
//! The desk shows in clear what must be compared with a document (names, document numbers, the address of the
//! certificate): claiming is the recorded access. A number that could be dialled or written to, and free text in which
//! one may stand, wait there for the reveal key, which is an entry of its own. Elsewhere everything of a person is
//! masked.

use crate::domain::filing::{AttachmentKind, Entity};
use crate::domain::object::{Object, Place};
use crate::domain::{free_text, mask};

/// Characters of a person's name at most: a longer superior is an organisation.
pub const LONGEST_PERSON: usize = 4;

/// What of a value may stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Of no person, or published anyway.
    Public,
    /// A person's name.
    Person,
    /// The number of a person's document.
    Document,
    /// An address that a certificate shows.
    Address,
    /// An address that its owner wrote himself, perhaps with a number to call.
    PostalAddress,
    Phone,
    Email,
    /// The applicant's own words, in which anybody's number may stand.
    FreeText,
}

impl Privacy {
    /// How private the value of a place or a document is; `individual`: the sponsor is a natural person.
    pub fn of(object: &Object, individual: bool) -> Privacy {
        use Place as P;
        let Object::Place(place) = object else {
            let identity = matches!(
                object,
                Object::Attachment {
                    kind: AttachmentKind::EntityPrincipalIdFront | AttachmentKind::SitePrincipalIdFront,
                    ..
                }
            );
            return if identity { Privacy::Document } else { Privacy::Public };
        };
        match place {
            P::Name if individual => Privacy::Person,
            // Unless its words say otherwise: `of_superior`.
            P::Superior => Privacy::Person,
            P::Number if individual => Privacy::Document,
            P::Address => Privacy::Address,
            P::MailAddress => Privacy::PostalAddress,
            P::EntityPrincipal | P::EntityPrincipalName | P::SitePrincipal | P::SitePrincipalName => {
                Privacy::Person
            }
            P::EntityPrincipalId | P::SitePrincipalId => Privacy::Document,
            P::EntityPrincipalMobile
            | P::EntityPrincipalLandline
            | P::EntityPrincipalEmergency
            | P::SitePrincipalMobile
            | P::SitePrincipalLandline
            | P::SitePrincipalEmergency => Privacy::Phone,
            P::EntityPrincipalEmail | P::SitePrincipalEmail => Privacy::Email,
            P::SiteRemark => Privacy::FreeText,
            _ => Privacy::Public,
        }
    }

    /// How private 投资者或上级主管单位 is: a shareholder may be a person. What is longer than a person's name, or is an
    /// organisation's own, is no person's.
    pub fn of_superior(entity: &Entity, individual: bool) -> Privacy {
        let organisation = entity.superior == entity.name || entity.superior.chars().count() > LONGEST_PERSON;
        if organisation && !individual { Privacy::Public } else { Privacy::Person }
    }

    /// A telephone number or a mail address.
    pub const fn is_contact(self) -> bool {
        matches!(self, Privacy::Phone | Privacy::Email)
    }

    /// What stands on the desk of the reviewer who claimed the filing, as long as nothing is revealed.
    pub fn on_desk(self, text: &str) -> String {
        match self {
            Privacy::Public | Privacy::Person | Privacy::Document | Privacy::Address => text.to_owned(),
            Privacy::PostalAddress => free_text::masked(text).into_owned(),
            Privacy::Phone | Privacy::Email | Privacy::FreeText => self.elsewhere(text),
        }
    }

    /// What stands everywhere else: queue, lists, `heyan show`, exports.
    pub fn elsewhere(self, text: &str) -> String {
        match self {
            Privacy::Public => text.to_owned(),
            Privacy::Person => mask::person(text),
            Privacy::Document => mask::document_number(text),
            Privacy::Address | Privacy::PostalAddress => mask::address(text),
            Privacy::Phone => mask::phone(text),
            Privacy::Email => mask::email(text),
            Privacy::FreeText => free_text::masked(text).into_owned(),
        }
    }

    /// Whether the value as a whole belongs to a person, so that no text may repeat it unmasked.
    pub const fn whole(self) -> bool {
        !matches!(self, Privacy::Public | Privacy::FreeText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_desk_and_elsewhere() {
        for (privacy, value, on_desk, elsewhere) in [
            (Privacy::Public, "样例科技", "样例科技", "样例科技"),
            (Privacy::Person, "王样例", "王样例", "王**"),
            (Privacy::Document, "11010519491231002X", "11010519491231002X", "11**************2X"),
            (Privacy::Address, "广东省深圳市样例路1号", "广东省深圳市样例路1号", "广东省深圳市*****"),
            (
                Privacy::PostalAddress,
                "深圳市样例路1号 13800005678",
                "深圳市样例路1号 138****5678",
                "深圳市样例路**************",
            ),
            (Privacy::Phone, "13800005678", "138****5678", "138****5678"),
            (Privacy::Email, "li@a.example", "l*@a.example", "l*@a.example"),
            (Privacy::FreeText, "急事打13800005678", "急事打138****5678", "急事打138****5678"),
        ] {
            assert_eq!(privacy.on_desk(value), on_desk, "{privacy:?}");
            assert_eq!(privacy.elsewhere(value), elsewhere, "{privacy:?}");
        }
    }

    #[test]
    fn a_person_as_sponsor_is_private_and_a_company_is_not() {
        for place in [Place::Name, Place::Number] {
            assert_eq!(Privacy::of(&place.into(), false), Privacy::Public, "{place:?}");
            assert!(Privacy::of(&place.into(), true).whole(), "{place:?}");
        }
        for individual in [false, true] {
            assert_eq!(Privacy::of(&Place::Superior.into(), individual), Privacy::Person);
        }
    }
}
