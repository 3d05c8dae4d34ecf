//! Which filed values stand on which document.

use super::other;
use crate::domain::filing::{AttachmentKind, Filing, Person, ValidUntil};
use crate::domain::places::page::{Page, Spot};

/// What kind of value it is: how it is looked for, and what another one would look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    PersonName,
    OrganisationName,
    /// Found as a whole or not at all; no other value can be told from the rest of the page.
    Text,
    /// A text that may be wrapped.
    Address,
    Domain,
    Validity,
}

/// A filed value that a document should show.
pub(super) struct Expected {
    kind: Kind,
    /// Its label, a message id.
    pub field: &'static str,
    /// As filed; of several, one on the page is enough.
    pub filed: Vec<String>,
}

/// The values that a document should show: none for one that shows nothing filed.
pub(super) fn wanted(filing: &Filing, kind: AttachmentKind) -> Vec<Expected> {
    use AttachmentKind as K;
    let entity = &filing.entity;
    let site = filing.site.as_ref();
    let text = |kind, field, filed: &str| Expected { kind, field, filed: vec![filed.to_owned()] };
    let front = |person: &Person| {
        vec![
            text(Kind::PersonName, "domain.field_person_name", &person.name),
            text(Kind::Number, "domain.field_number", &person.document_number),
        ]
    };
    let back = |person: &Person| validity(person.valid_until).into_iter().collect();
    let mut wanted: Vec<Expected> = match kind {
        K::EntityCertificate if !filing.is_individual() => vec![
            text(Kind::Number, "domain.field_number", &entity.certificate_number),
            text(Kind::OrganisationName, "domain.field_name", &entity.name),
            text(Kind::Address, "domain.field_address", &entity.certificate_address),
        ],
        K::EntityPrincipalIdFront => front(&entity.principal),
        K::EntityPrincipalIdBack => back(&entity.principal),
        K::SitePrincipalIdFront => site.map(|site| front(&site.principal)).unwrap_or_default(),
        K::SitePrincipalIdBack => site.map(|site| back(&site.principal)).unwrap_or_default(),
        K::VerificationForm => site
            .map(|site| {
                let domains = site.domains.clone();
                vec![
                    text(Kind::Text, "domain.field_site_name", &site.name),
                    Expected { kind: Kind::Domain, field: "domain.field_domains", filed: domains },
                ]
            })
            .unwrap_or_default(),
        K::DomainCertificate => site
            .map(|site| {
                let domains = site.domains.clone();
                vec![Expected { kind: Kind::Domain, field: "domain.field_domains", filed: domains }]
            })
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    // One character stands on every page.
    wanted.iter_mut().for_each(|it| it.filed.retain(|filed| filed.chars().count() > 1));
    wanted.retain(|it| !it.filed.is_empty());
    wanted
}

/// The last day of a document, written as its digits, which is how it is looked for.
fn validity(until: Option<ValidUntil>) -> Option<Expected> {
    let filed = vec![until?.to_string()];
    Some(Expected { kind: Kind::Validity, field: "domain.field_valid_until", filed })
}

impl Expected {
    /// Where it stands as filed.
    pub fn found(&self, page: &Page<'_>) -> Option<Spot> {
        self.filed.iter().find_map(|filed| {
            let region = match self.kind {
                Kind::Address => page.find_wrapped(filed),
                _ => page.find(filed),
            };
            Some(Spot { text: filed.clone(), region: region? })
        })
    }

    /// Another value of its kind that was read well.
    pub fn other(&self, page: &Page<'_>) -> Option<Spot> {
        match self.kind {
            Kind::Number => other::number(page, &self.filed[0]),
            Kind::PersonName => other::person_name(page, &self.filed[0]),
            Kind::OrganisationName => other::organisation_name(page, &self.filed[0]),
            Kind::Domain => other::domain(page, &self.filed),
            Kind::Validity => other::validity(page, &self.filed[0]),
            Kind::Text | Kind::Address => None,
        }
    }
}
