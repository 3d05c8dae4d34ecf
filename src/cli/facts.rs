//! The declared facts of a filing as a person reads them, masked.

use serde::Serialize;

use super::redact::Redactor;
use crate::domain::codes::{self, List};
use crate::domain::filing::{Access, CodeSet, Filing, Person, Role};
use crate::domain::finding::Section;
use crate::domain::message::{Lang, text};
use crate::domain::object::{Object, Place};
use crate::domain::safe::safe;
use crate::export::mask_free_text;

/// One declared value.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub section: Section,
    /// What a reason about it would name.
    pub object: Object,
    pub label: String,
    /// Safe and masked.
    pub value: String,
}

/// Every declared fact that has a value, by section.
pub fn facts(filing: &Filing, redactor: &Redactor, lang: Lang) -> Vec<Fact> {
    let mut list = Facts { facts: Vec::new(), redactor, lang };
    list.entity(filing);
    for (role, person) in filing.principals() {
        list.person(role, person);
    }
    list.site(filing);
    for access in &filing.access {
        list.access(access);
    }
    for attachment in &filing.attachments {
        let object = Object::attachment(attachment.kind);
        let file = redactor.text(&attachment.file);
        let label = format!("material_{}", attachment.kind);
        list.push(Section::Material, object, &label, file);
    }
    list.facts
}

struct Facts<'a> {
    facts: Vec<Fact>,
    redactor: &'a Redactor,
    lang: Lang,
}

impl Facts<'_> {
    fn push(&mut self, section: Section, object: impl Into<Object>, label: &str, value: String) {
        if !value.is_empty() {
            let label = text(self.lang, &format!("cli.fact_{label}")).to_owned();
            self.facts.push(Fact { section, object: object.into(), label, value });
        }
    }

    /// An outside value, masked as its place asks for.
    fn value(&mut self, section: Section, place: Place, label: &str, raw: &str) {
        let value = self.redactor.value(&place.into(), raw);
        self.push(section, place, label, value);
    }

    /// The filing's own free text, in which anybody's number may stand.
    fn remark(&mut self, section: Section, place: Place, raw: &str) {
        let value = self.redactor.text(&mask_free_text(raw));
        self.push(section, place, "remark", value);
    }

    fn code(&mut self, section: Section, place: Place, label: &str, list: List, number: u16) {
        let value = codes::label(list, number, self.lang).map_or_else(|| number.to_string(), str::to_owned);
        self.push(section, place, label, value);
    }

    fn codes(&mut self, section: Section, place: Place, label: &str, list: List, set: &CodeSet) {
        let labels: Vec<String> = set
            .numbers()
            .iter()
            .map(|number| {
                codes::label(list, *number, self.lang).map_or_else(|| number.to_string(), str::to_owned)
            })
            .collect();
        self.push(section, place, label, labels.join(", "));
    }

    fn entity(&mut self, filing: &Filing) {
        const AT: Section = Section::Entity;
        let entity = &filing.entity;
        self.value(AT, Place::Name, "name", &entity.name);
        self.code(AT, Place::EntityType, "entity_type", List::EntityTypes, entity.entity_type);
        let certificate = entity.certificate_type;
        self.code(AT, Place::CertificateType, "certificate_type", List::CertificateTypes, certificate);
        self.value(AT, Place::Number, "number", &entity.certificate_number);
        self.value(AT, Place::Address, "address", &entity.certificate_address);
        if let Some(until) = entity.certificate_valid_until {
            self.push(AT, Place::Number, "valid_until", until.to_string());
        }
        self.value(AT, Place::MailAddress, "mail_address", &entity.mail_address);
        self.value(AT, Place::Superior, "superior", &entity.superior);
        self.value(AT, Place::Entity, "filing_number", entity.filing_number.as_deref().unwrap_or_default());
        self.remark(AT, Place::Entity, &entity.remark);
        if let Some(representative) = &entity.legal_representative {
            let value = self.redactor.value(&Place::EntityPrincipalName.into(), &representative.name);
            self.push(AT, Place::Entity, "legal_representative", value);
        }
    }

    fn person(&mut self, role: Role, person: &Person) {
        use Place as P;
        let (section, [name, id, mobile, landline, emergency, email, whole]) = match role {
            Role::EntityPrincipal => (
                Section::EntityPrincipal,
                [
                    P::EntityPrincipalName,
                    P::EntityPrincipalId,
                    P::EntityPrincipalMobile,
                    P::EntityPrincipalLandline,
                    P::EntityPrincipalEmergency,
                    P::EntityPrincipalEmail,
                    P::EntityPrincipal,
                ],
            ),
            Role::SitePrincipal => (
                Section::SitePrincipal,
                [
                    P::SitePrincipalName,
                    P::SitePrincipalId,
                    P::SitePrincipalMobile,
                    P::SitePrincipalLandline,
                    P::SitePrincipalEmergency,
                    P::SitePrincipalEmail,
                    P::SitePrincipal,
                ],
            ),
        };
        self.value(section, name, "person_name", &person.name);
        self.code(section, id, "document_type", List::CertificateTypes, person.document_type);
        self.value(section, id, "document_number", &person.document_number);
        if let Some(from) = person.valid_from {
            self.push(section, id, "valid_from", from.to_string());
        }
        if let Some(until) = person.valid_until {
            self.push(section, id, "valid_until", until.to_string());
        }
        self.value(section, mobile, "mobile", &person.mobile);
        self.value(section, landline, "landline", person.landline.as_deref().unwrap_or_default());
        self.value(section, emergency, "emergency", person.emergency.as_deref().unwrap_or_default());
        self.value(section, email, "email", &person.email);
        self.remark(section, whole, &person.remark);
    }

    fn site(&mut self, filing: &Filing) {
        const AT: Section = Section::Site;
        let Some(site) = &filing.site else { return };
        self.value(AT, Place::SiteName, "site_name", &site.name);
        let service = text(self.lang, &format!("cli.service_{}", site.service_type)).to_owned();
        self.push(AT, Place::SiteServices, "service_type", service);
        for domain in &site.domains {
            self.push(AT, Object::Domain(domain.to_lowercase()), "domain", safe(domain).into_string());
        }
        for url in &site.home_urls {
            self.value(AT, Place::SiteUrl, "home_url", url);
        }
        self.codes(AT, Place::SiteContent, "contents", List::ServiceContents, &site.service_contents);
        self.codes(AT, Place::Site, "languages", List::Languages, &site.languages);
        for approval in &site.pre_approvals {
            let label = codes::label(List::PreApprovals, approval.category, self.lang)
                .map_or_else(|| approval.category.to_string(), str::to_owned);
            let value = format!("{label} {}", safe(&approval.number));
            self.push(AT, Place::PreApproval, "pre_approval", value.trim_end().to_owned());
        }
        self.value(AT, Place::Site, "filing_number", site.filing_number.as_deref().unwrap_or_default());
        self.remark(AT, Place::SiteRemark, &site.remark);
    }

    fn access(&mut self, access: &Access) {
        const AT: Section = Section::Access;
        self.value(AT, Place::Access, "provider", &access.provider);
        self.codes(AT, Place::Access, "modes", List::AccessModes, &access.modes);
        self.codes(AT, Place::Access, "locations", List::ServerLocations, &access.server_locations);
        let ranges: Vec<String> = access
            .ip_ranges
            .iter()
            .map(|range| {
                if range.first == range.last {
                    range.first.to_string()
                } else {
                    format!("{} - {}", range.first, range.last)
                }
            })
            .collect();
        self.push(AT, Place::AccessAddresses, "addresses", ranges.join(", "));
    }
}
