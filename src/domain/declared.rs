//! The declared facts of a filing: the one table from which the desk, `heyan show` and the paper form view take them.
//!
//! A row says where the fact stands, what it is called, its value and how private it is. What the rows look like on a
//! screen is the others'; a test changes every leaf of a full filing and sees the table change.

mod privacy;
mod transcribed;
mod value;

use super::codes::List;
use super::filing::{Access, CodeSet, Entity, Filing, Person, Role, Site};
use super::finding::Section;
use super::message::Message;
use super::object::{Object, PersonPlaces, Place};
pub use privacy::{LONGEST_PERSON, Privacy};
pub use transcribed::{Transcribed, transcribed};
pub use value::Value;

/// One declared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    pub section: Section,
    /// What a finding or a reason about it names.
    pub object: Object,
    /// Message id.
    pub label: String,
    pub value: Value,
    pub privacy: Privacy,
    /// What findings about the object speak of; other rows of the same object say more of it and are not judged.
    pub main: bool,
}

/// Every declared fact, section by section in the order of the desk. Optional fields that the filing leaves out have no
/// row; the site's own remark always has one, because it resolves many disputes and its absence is worth knowing.
pub fn declared(filing: &Filing) -> Vec<Declared> {
    let mut table = Table { rows: Vec::with_capacity(64), individual: filing.is_individual() };
    table.entity(&filing.entity);
    table.person(Section::EntityPrincipal, Role::EntityPrincipal, &filing.entity.principal);
    table.legal_representative(&filing.entity);
    if let Some(site) = &filing.site {
        table.person(Section::SitePrincipal, Role::SitePrincipal, &site.principal);
    }
    for (role, person) in filing.principals() {
        table.contacts(role, person);
    }
    if let Some(site) = &filing.site {
        table.site(site);
    }
    for access in &filing.access {
        table.access(access);
    }
    table.materials(filing);
    table.order(filing);
    table.rows
}

/// The message id of the label of a place.
pub fn place_label(place: Place) -> String {
    format!("domain.fact_{}", place.text().replace('.', "_"))
}

/// An attachment as findings and reasons name it, by its place in the filing.
pub fn attachment_object(filing: &Filing, at: usize) -> Option<Object> {
    let kind = filing.attachments.get(at)?.kind;
    let nth = filing.attachments[..=at].iter().filter(|other| other.kind == kind).count();
    Some(Object::Attachment { kind, nth: u8::try_from(nth).unwrap_or(u8::MAX) })
}

struct Table {
    rows: Vec<Declared>,
    individual: bool,
}

impl Table {
    /// A place's own value, private as the place is.
    fn own(&mut self, section: Section, place: Place, value: impl Into<Value>) {
        let privacy = Privacy::of(&place.into(), self.individual);
        self.named(section, place, &place_label(place), value, privacy);
        self.judged();
    }

    /// The row added last is what findings about its object speak of.
    fn judged(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.main = true;
        }
    }

    /// A value under a name of its own.
    fn named(
        &mut self,
        section: Section,
        object: impl Into<Object>,
        label: &str,
        value: impl Into<Value>,
        privacy: Privacy,
    ) {
        let (label, value) = (label.to_owned(), value.into());
        self.rows.push(Declared { section, object: object.into(), label, value, privacy, main: false });
    }

    fn public(&mut self, section: Section, object: impl Into<Object>, label: &str, value: impl Into<Value>) {
        self.named(section, object, label, value, Privacy::Public);
    }

    fn remark(&mut self, section: Section, place: Place, label: &str, remark: &str) {
        if !remark.is_empty() {
            self.named(section, place, label, remark, Privacy::FreeText);
        }
    }

    fn codes(&mut self, section: Section, place: Place, label: &str, list: List, set: &CodeSet) {
        if !set.is_empty() {
            self.public(section, place, label, Value::Codes(list, set.numbers().to_vec()));
        }
    }

    fn entity(&mut self, entity: &Entity) {
        const AT: Section = Section::Entity;
        self.own(AT, Place::Name, entity.name.as_str());
        self.own(AT, Place::EntityType, Value::Code(List::EntityTypes, entity.entity_type));
        let certificate = Value::Code(List::CertificateTypes, entity.certificate_type);
        self.own(AT, Place::CertificateType, certificate);
        self.own(AT, Place::Number, entity.certificate_number.as_str());
        if let Some(until) = entity.certificate_valid_until {
            self.public(AT, Place::Number, "domain.fact_validity", Value::Validity(None, Some(until)));
        }
        self.own(AT, Place::Address, entity.certificate_address.as_str());
        if !entity.mail_address.is_empty() {
            self.own(AT, Place::MailAddress, entity.mail_address.as_str());
        }
        if let Some(region) = &entity.region {
            self.public(AT, Place::MailAddress, "domain.fact_region", Value::Region(region.clone()));
        }
        if !entity.superior.is_empty() {
            let privacy = Privacy::of_superior(entity, self.individual);
            let label = place_label(Place::Superior);
            self.named(AT, Place::Superior, &label, entity.superior.as_str(), privacy);
            self.judged();
        }
        if let Some(number) = &entity.filing_number {
            self.public(AT, Place::Entity, "domain.fact_entity_filing_number", number.as_str());
            self.judged();
        }
        self.remark(AT, Place::Entity, "domain.fact_entity_remark", &entity.remark);
    }

    fn person(&mut self, section: Section, role: Role, person: &Person) {
        let places = PersonPlaces::of(role);
        self.own(section, places.name, person.name.as_str());
        self.own(section, places.id, person.document_number.as_str());
        let document = Value::Code(List::CertificateTypes, person.document_type);
        self.public(section, places.id, "domain.fact_document_type", document);
        if person.valid_from.is_some() || person.valid_until.is_some() {
            let validity = Value::Validity(person.valid_from, person.valid_until);
            self.public(section, places.id, "domain.fact_validity", validity);
        }
        self.remark(section, places.person, "domain.fact_person_remark", &person.remark);
    }

    fn legal_representative(&mut self, entity: &Entity) {
        let Some(representative) = &entity.legal_representative else { return };
        let (at, place) = (Section::EntityPrincipal, Place::EntityPrincipal);
        let name = representative.name.as_str();
        self.named(at, place, "domain.fact_legal_representative", name, Privacy::Person);
        self.judged();
        if let Some(number) = &representative.document_number {
            let label = "domain.fact_legal_representative_id";
            self.named(at, place, label, number.as_str(), Privacy::Document);
        }
    }

    fn contacts(&mut self, role: Role, person: &Person) {
        const AT: Section = Section::Contact;
        let places = PersonPlaces::of(role);
        self.own(AT, places.mobile, person.mobile.as_str());
        for (place, number) in [(places.landline, &person.landline), (places.emergency, &person.emergency)] {
            if let Some(number) = number {
                self.own(AT, place, number.as_str());
            }
        }
        self.own(AT, places.email, person.email.as_str());
    }

    fn site(&mut self, site: &Site) {
        const AT: Section = Section::Site;
        self.own(AT, Place::SiteName, site.name.as_str());
        let service = Message::new(format!("domain.service_{}", site.service_type));
        self.public(AT, Place::Site, "domain.fact_service_type", Value::Words(service));
        for domain in &site.domains {
            let object = Object::Domain(domain.to_lowercase());
            self.public(AT, object, "domain.fact_domain", domain.as_str());
            self.judged();
        }
        for url in &site.home_urls {
            self.own(AT, Place::SiteUrl, url.as_str());
        }
        let services = place_label(Place::SiteServices);
        self.codes(AT, Place::SiteServices, &services, List::ServiceContents, &site.service_contents);
        self.codes(AT, Place::Site, "domain.fact_languages", List::Languages, &site.languages);
        for approval in &site.pre_approvals {
            let value = Value::Numbered(List::PreApprovals, approval.category, approval.number.clone());
            self.own(AT, Place::PreApproval, value);
        }
        if let Some(number) = &site.filing_number {
            self.public(AT, Place::Site, "domain.fact_site_filing_number", number.as_str());
            self.judged();
        }
        if site.remark.is_empty() {
            self.own(AT, Place::SiteRemark, Value::Words(Message::new("domain.fact_none")));
        } else {
            self.own(AT, Place::SiteRemark, site.remark.as_str());
        }
    }

    fn access(&mut self, access: &Access) {
        const AT: (Section, Place) = (Section::Access, Place::Access);
        self.public(AT.0, AT.1, "domain.fact_provider", access.provider.as_str());
        self.codes(AT.0, AT.1, "domain.fact_access_modes", List::AccessModes, &access.modes);
        let locations = &access.server_locations;
        self.codes(AT.0, AT.1, "domain.fact_server_locations", List::ServerLocations, locations);
        if !access.ip_ranges.is_empty() {
            self.own(AT.0, Place::AccessAddresses, Value::Ranges(access.ip_ranges.clone()));
        }
        if !access.domains.is_empty() {
            self.public(AT.0, AT.1, "domain.fact_access_domains", access.domains.join(" ").as_str());
        }
    }

    fn materials(&mut self, filing: &Filing) {
        for (at, attachment) in filing.attachments.iter().enumerate() {
            if let Some(object) = attachment_object(filing, at) {
                let label = format!("domain.short_{}", attachment.kind);
                // A file's name may say anything.
                let file = attachment.file.as_str();
                self.named(Section::Material, object, &label, file, Privacy::FreeText);
                self.judged();
            }
        }
    }

    fn order(&mut self, filing: &Filing) {
        const AT: (Section, Place) = (Section::Order, Place::Order);
        let words = |family: &str, text: &str| Value::Words(Message::new(format!("domain.{family}_{text}")));
        for (label, value) in [
            ("domain.fact_source", Value::from(filing.source.as_str())),
            ("domain.fact_key", Value::from(filing.key.as_str())),
            ("domain.fact_order_type", words("order_type", filing.order_type.text())),
            ("domain.fact_province", Value::Region(filing.province.clone())),
            ("domain.fact_scheme", words("scheme", filing.evidence_scheme.text())),
        ] {
            self.public(AT.0, AT.1, label, value);
        }
        if filing.attachments_elsewhere {
            self.public(
                AT.0,
                AT.1,
                "domain.fact_attachments",
                Value::Words("domain.attachments_elsewhere".into()),
            );
        }
        for (label, time) in
            [("domain.fact_submitted_at", filing.submitted_at), ("domain.fact_due_at", filing.due_at)]
        {
            if let Some(time) = time {
                self.public(AT.0, AT.1, label, Value::Time(time));
            }
        }
    }
}

#[cfg(test)]
mod tests;
