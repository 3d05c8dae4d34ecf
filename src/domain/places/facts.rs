//! Which place verifies which declared fact, and what each place should hold.

use super::{DocumentPlace, principal};
use crate::domain::filing::{AttachmentKind, Filing, Role, ValidUntil};
use crate::domain::object::{Object, PersonPlaces, Place};

/// The places that verify a declared fact, the weightiest first: only on materials that the filing has.
///
/// `label` is the fact's own (`Declared::label`), because several facts share an object: a document's number and its
/// validity do.
pub fn of_fact(filing: &Filing, object: &Object, label: &str) -> Vec<(AttachmentKind, DocumentPlace)> {
    let mut places = all_of_fact(filing, object, label);
    places.retain(|(kind, _)| filing.attachments_of(*kind).next().is_some());
    places
}

fn all_of_fact(filing: &Filing, object: &Object, label: &str) -> Vec<(AttachmentKind, DocumentPlace)> {
    use AttachmentKind as K;
    use DocumentPlace as P;
    // It shares its object with the number; a document tells its type as a whole, in no place.
    if label == "domain.fact_document_type" {
        return Vec::new();
    }
    let place = match object {
        Object::Place(place) => *place,
        Object::Domain(_) => {
            return vec![(K::VerificationForm, P::Domain), (K::DomainCertificate, P::Domain)];
        }
        Object::Attachment { kind: kind @ (K::BackdropPhoto | K::VideoFrame), .. } => {
            return vec![(*kind, P::Face)];
        }
        Object::Attachment { kind: kind @ K::VerificationForm, .. } => {
            return [P::Signature, P::Seal, P::Ticks, P::Date].map(|place| (*kind, place)).into();
        }
        Object::Attachment { .. } => return Vec::new(),
    };
    let validity = label == "domain.fact_validity";
    let individual = filing.is_individual();
    let epr = PersonPlaces::of(Role::EntityPrincipal);
    let spr = PersonPlaces::of(Role::SitePrincipal);
    let card = |role: Role, front: P| {
        let (front_side, back_side) = match role {
            Role::SitePrincipal if !one_card_for_both(filing) => {
                (K::SitePrincipalIdFront, K::SitePrincipalIdBack)
            }
            _ => (K::EntityPrincipalIdFront, K::EntityPrincipalIdBack),
        };
        if validity {
            vec![(back_side, P::Validity), (front_side, P::Validity)]
        } else {
            vec![(front_side, front)]
        }
    };
    match place {
        Place::Name if individual => {
            [card(Role::EntityPrincipal, P::PersonName), vec![(K::VerificationForm, P::Sponsor)]].concat()
        }
        Place::Name => vec![
            (K::EntityCertificate, P::Name),
            (K::VerificationForm, P::Sponsor),
            (K::VerificationForm, P::Seal),
            (K::DomainCertificate, P::Name),
        ],
        Place::Number if individual => card(Role::EntityPrincipal, P::Number),
        Place::Number if validity => vec![(K::EntityCertificate, P::Term)],
        Place::Number => vec![(K::EntityCertificate, P::Code)],
        Place::Address if individual => vec![(K::EntityPrincipalIdFront, P::Address)],
        Place::Address => vec![(K::EntityCertificate, P::Address)],
        Place::EntityPrincipal if label == "domain.fact_legal_representative" => {
            vec![(K::EntityCertificate, P::Representative)]
        }
        place if place == epr.name => card(Role::EntityPrincipal, P::PersonName),
        place if place == epr.id => card(Role::EntityPrincipal, P::Number),
        place if place == spr.name => {
            [card(Role::SitePrincipal, P::PersonName), vec![(K::VerificationForm, P::Signature)]].concat()
        }
        place if place == spr.id => card(Role::SitePrincipal, P::Number),
        place if place == spr.mobile => vec![(K::VerificationForm, P::Mobile)],
        place if place == spr.email => vec![(K::VerificationForm, P::Email)],
        Place::SiteName => vec![(K::VerificationForm, P::SiteName)],
        _ => Vec::new(),
    }
}

/// One person in both parts hands the document in once.
fn one_card_for_both(filing: &Filing) -> bool {
    filing.same_principal() && filing.attachments_of(AttachmentKind::SitePrincipalIdFront).next().is_none()
}

/// What a place of an attachment should hold, in the spelling of the document; of several, one is enough. Empty where
/// the filing says nothing of it.
pub fn filed(filing: &Filing, kind: AttachmentKind, place: DocumentPlace) -> Vec<String> {
    use AttachmentKind as K;
    use DocumentPlace as P;
    let entity = &filing.entity;
    let site = filing.site.as_ref();
    let one = |value: &str| vec![value.to_owned()];
    let person = principal(filing, kind);
    let mut filed = match place {
        P::PersonName => person.map_or_else(Vec::new, |person| one(&person.name)),
        P::Number => person.map_or_else(Vec::new, |person| one(&person.document_number)),
        P::Validity => person.map_or_else(Vec::new, |person| {
            let day = |day: jiff::civil::Date| day.strftime("%Y.%m.%d").to_string();
            let until = person.valid_until.map(|until| match until {
                ValidUntil::Day(last) => day(last),
                ValidUntil::LongTerm => until.to_string(),
            });
            let whole =
                person.valid_from.zip(until.as_ref()).map(|(from, until)| format!("{}-{until}", day(from)));
            whole.into_iter().chain(until).collect()
        }),
        P::Name | P::Sponsor => one(&entity.name),
        P::Seal if kind != K::EntityCertificate && !filing.is_individual() => one(&entity.name),
        P::Code => one(&entity.certificate_number),
        // Of a principal of an organisation no address is filed.
        P::Address if kind == K::EntityCertificate || filing.is_individual() => {
            one(&entity.certificate_address)
        }
        P::Representative => entity.legal_representative.iter().map(|person| person.name.clone()).collect(),
        P::Term => entity.certificate_valid_until.map_or_else(Vec::new, |until| match until {
            ValidUntil::Day(last) => vec![last.strftime("%Y年%m月%d日").to_string(), last.to_string()],
            ValidUntil::LongTerm => one(&until.to_string()),
        }),
        P::Domain => site.map_or_else(Vec::new, |site| site.domains.clone()),
        P::SiteName => site.map_or_else(Vec::new, |site| one(&site.name)),
        P::Signature => one(site.map_or(&entity.principal.name, |site| &site.principal.name)),
        P::Mobile => site.map_or_else(Vec::new, |site| one(&site.principal.mobile)),
        P::Email => site.map_or_else(Vec::new, |site| one(&site.principal.email)),
        P::Backdrop => filing.access.iter().map(|access| access.provider.clone()).collect(),
        P::Address | P::Seal | P::Ticks | P::Date | P::Portrait | P::Face | P::Time => Vec::new(),
    };
    filed.retain(|value| !value.trim().is_empty());
    filed
}
