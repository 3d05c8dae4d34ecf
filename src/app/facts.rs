//! The case as rows: what was declared, grouped by subject, each with the findings that speak of it.

use crate::domain::case::AttachmentFacts;
use crate::domain::codes::{self, List};
use crate::domain::filing::{Filing, Person, Role};
use crate::domain::finding::{Finding, Section, Status};
use crate::domain::message::{self, Lang, Message};
use crate::domain::object::{Object, Place};
use crate::domain::{mask, materials};

/// How much of a value stands on the screen of the reviewer who claimed the filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Shown: it must be compared with a document, or is public.
    Clear,
    Phone,
    Email,
}

/// A declared value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub object: Object,
    /// Message id of the label.
    pub label: String,
    pub value: Value,
    pub privacy: Privacy,
    /// The worst status of its findings; none when no check speaks of it.
    pub status: Option<Status>,
}

/// A value to show: outside text, or words of ours that follow the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// A code list's number.
    Code(List, u16),
    Codes(List, Vec<u16>),
    Words(Message),
}

impl Value {
    /// The value in a language; not yet made safe.
    pub fn text(&self, lang: Lang) -> String {
        let label = |list: List, number: u16| {
            codes::label(list, number, lang).map_or_else(|| number.to_string(), str::to_owned)
        };
        match self {
            Value::Text(text) => text.clone(),
            Value::Code(list, number) => label(*list, *number),
            Value::Codes(list, numbers) => {
                numbers.iter().map(|number| label(*list, *number)).collect::<Vec<_>>().join(" ")
            }
            Value::Words(message) => message.text(lang),
        }
    }
}

impl Fact {
    /// What stands on the screen; `revealed` lifts the mask for a moment.
    pub fn shown(&self, lang: Lang, revealed: bool) -> String {
        let text = self.value.text(lang);
        match self.privacy {
            Privacy::Phone if !revealed => mask::phone(&text),
            Privacy::Email if !revealed => mask::email(&text),
            _ => text,
        }
    }
}

/// One row of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Section(Section),
    Fact(Fact),
    /// A finding that is not a plain pass, by its place in the list of findings.
    Finding(usize),
}

/// All rows of a case, in the order of the desk.
pub fn rows(filing: &Filing, attachments: &[AttachmentFacts], findings: &[Finding]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut told = vec![false; findings.len()];
    for section in Section::ALL {
        let facts = facts(*section, filing, attachments);
        let mut body = Vec::new();
        for mut fact in facts {
            let about: Vec<usize> = (0..findings.len())
                .filter(|at| findings[*at].object == fact.object && findings[*at].section == *section)
                .collect();
            fact.status = about.iter().map(|at| findings[*at].status).max_by_key(|status| status.severity());
            body.push(Row::Fact(fact));
            for at in about {
                told[at] = true;
                if findings[at].status != Status::Pass {
                    body.push(Row::Finding(at));
                }
            }
        }
        for (at, finding) in findings.iter().enumerate() {
            if finding.section == *section && !told[at] {
                told[at] = true;
                if finding.status != Status::Pass {
                    body.push(Row::Finding(at));
                }
            }
        }
        if !body.is_empty() {
            rows.push(Row::Section(*section));
            rows.append(&mut body);
        }
    }
    rows
}

fn facts(section: Section, filing: &Filing, attachments: &[AttachmentFacts]) -> Vec<Fact> {
    let mut list = Facts::default();
    let entity = &filing.entity;
    match section {
        Section::Entity => {
            list.text(Place::Name, &entity.name);
            list.add(Place::EntityType, Value::Code(List::EntityTypes, entity.entity_type), Privacy::Clear);
            list.add(
                Place::CertificateType,
                Value::Code(List::CertificateTypes, entity.certificate_type),
                Privacy::Clear,
            );
            list.text(Place::Number, &entity.certificate_number);
            list.text(Place::Address, &entity.certificate_address);
            list.optional(Place::MailAddress, &entity.mail_address);
            list.optional(Place::Superior, &entity.superior);
            if let Some(number) = &entity.filing_number {
                list.labelled(Place::Entity, "desk.fact_entity_filing_number", number);
            }
            if !entity.remark.is_empty() {
                list.labelled(Place::Entity, "desk.fact_entity_remark", &entity.remark);
            }
        }
        Section::EntityPrincipal => {
            list.person(Role::EntityPrincipal, &entity.principal);
            if let Some(legal) = &entity.legal_representative {
                list.labelled(Place::EntityPrincipal, "desk.fact_legal_representative", &legal.name);
            }
        }
        Section::SitePrincipal => {
            if let Some(site) = &filing.site {
                if filing.same_principal() {
                    let same = Value::Words(Message::new("desk.same_person"));
                    list.add(Place::SitePrincipal, same, Privacy::Clear);
                } else {
                    list.person(Role::SitePrincipal, &site.principal);
                }
            }
        }
        Section::Contact => {
            for (role, person) in filing.principals() {
                list.contact(role, person);
            }
        }
        Section::Site => {
            if let Some(site) = &filing.site {
                list.text(Place::SiteName, &site.name);
                for domain in &site.domains {
                    list.facts.push(Fact {
                        object: Object::Domain(domain.to_lowercase()),
                        label: "desk.fact_domain".into(),
                        value: Value::Text(domain.clone()),
                        privacy: Privacy::Clear,
                        status: None,
                    });
                }
                list.optional(Place::SiteUrl, &site.home_urls.join(" "));
                if !site.service_contents.is_empty() {
                    let numbers = site.service_contents.numbers().to_vec();
                    let value = Value::Codes(List::ServiceContents, numbers);
                    list.add(Place::SiteServices, value, Privacy::Clear);
                }
                if !site.pre_approvals.is_empty() {
                    let numbers = site.pre_approvals.iter().map(|approval| approval.category).collect();
                    list.add(Place::PreApproval, Value::Codes(List::PreApprovals, numbers), Privacy::Clear);
                }
                if let Some(number) = &site.filing_number {
                    list.labelled(Place::Site, "desk.fact_site_filing_number", number);
                }
                // The filing's own remark resolves many disputes: it is always there, empty or not.
                list.text(Place::SiteRemark, &site.remark);
            }
        }
        Section::Access => {
            for access in &filing.access {
                list.labelled(Place::Access, "desk.fact_provider", &access.provider);
                let ranges: Vec<String> = access
                    .ip_ranges
                    .iter()
                    .map(|range| {
                        if range.first == range.last {
                            range.first.to_string()
                        } else {
                            format!("{}-{}", range.first, range.last)
                        }
                    })
                    .collect();
                list.labelled(Place::Access, "desk.fact_addresses", &ranges.join(" "));
            }
        }
        Section::Material => {
            for (at, attachment) in filing.attachments.iter().enumerate() {
                let nth = filing.attachments[..=at].iter().filter(|a| a.kind == attachment.kind).count();
                list.facts.push(Fact {
                    object: Object::Attachment {
                        kind: attachment.kind,
                        nth: u8::try_from(nth).unwrap_or(u8::MAX),
                    },
                    label: format!("domain.short_{}", attachment.kind.text()),
                    value: Value::Words(file_words(attachments.get(at))),
                    privacy: Privacy::Clear,
                    status: None,
                });
            }
            for kind in materials::required(filing) {
                if filing.attachments_of(kind).next().is_none() {
                    list.facts.push(Fact {
                        object: Object::attachment(kind),
                        label: format!("domain.short_{}", kind.text()),
                        value: Value::Words(Message::new(if filing.attachments_elsewhere {
                            "desk.material_elsewhere"
                        } else {
                            "desk.material_absent"
                        })),
                        privacy: Privacy::Clear,
                        status: None,
                    });
                }
            }
        }
    }
    list.facts
}

fn file_words(facts: Option<&AttachmentFacts>) -> Message {
    match facts {
        Some(AttachmentFacts { format, pixels: Some((width, height)), bytes, .. }) => {
            Message::new("desk.file_picture")
                .with("format", format.text().to_uppercase())
                .with("width", width)
                .with("height", height)
                .with("kib", bytes.div_ceil(1024))
        }
        Some(AttachmentFacts { format, bytes, .. }) => Message::new("desk.file_other")
            .with("format", format.text().to_uppercase())
            .with("kib", bytes.div_ceil(1024)),
        None => Message::new("desk.material_absent"),
    }
}

/// The label of an object, where no fact gives it.
pub fn object_label(object: &Object, lang: Lang) -> String {
    match object {
        Object::Place(place) => message::text(lang, &label_id(*place)).to_owned(),
        Object::Domain(domain) => domain.clone(),
        Object::Attachment { kind, nth } => {
            let name = message::text(lang, &format!("domain.attachment_{}", kind.text())).to_owned();
            if *nth > 1 { format!("{name} {nth}") } else { name }
        }
    }
}

fn label_id(place: Place) -> String {
    format!("desk.fact_{}", place.text().replace('.', "_"))
}

/// Collects facts; absent optional values leave no row.
#[derive(Default)]
struct Facts {
    facts: Vec<Fact>,
}

impl Facts {
    fn add(&mut self, place: Place, value: Value, privacy: Privacy) {
        self.facts.push(Fact { object: place.into(), label: label_id(place), value, privacy, status: None });
    }

    fn text(&mut self, place: Place, value: &str) {
        self.add(place, Value::Text(value.to_owned()), Privacy::Clear);
    }

    fn optional(&mut self, place: Place, value: &str) {
        if !value.is_empty() {
            self.text(place, value);
        }
    }

    fn labelled(&mut self, place: Place, label: &str, value: &str) {
        self.facts.push(Fact {
            object: place.into(),
            label: label.to_owned(),
            value: Value::Text(value.to_owned()),
            privacy: Privacy::Clear,
            status: None,
        });
    }

    fn person(&mut self, role: Role, person: &Person) {
        let (name, id) = match role {
            Role::EntityPrincipal => (Place::EntityPrincipalName, Place::EntityPrincipalId),
            Role::SitePrincipal => (Place::SitePrincipalName, Place::SitePrincipalId),
        };
        self.text(name, &person.name);
        self.text(id, &person.document_number);
        let validity = match (person.valid_from, person.valid_until) {
            (Some(from), Some(until)) => format!("{from} - {until}"),
            (None, Some(until)) => format!("- {until}"),
            (Some(from), None) => format!("{from} -"),
            (None, None) => String::new(),
        };
        if !validity.is_empty() {
            self.labelled(id, "desk.fact_validity", &validity);
        }
        if !person.remark.is_empty() {
            self.labelled(name, "desk.fact_person_remark", &person.remark);
        }
    }

    fn contact(&mut self, role: Role, person: &Person) {
        let places = match role {
            Role::EntityPrincipal => [
                Place::EntityPrincipalMobile,
                Place::EntityPrincipalLandline,
                Place::EntityPrincipalEmergency,
                Place::EntityPrincipalEmail,
            ],
            Role::SitePrincipal => [
                Place::SitePrincipalMobile,
                Place::SitePrincipalLandline,
                Place::SitePrincipalEmergency,
                Place::SitePrincipalEmail,
            ],
        };
        let phone = |list: &mut Self, place, number: &str| {
            list.add(place, Value::Text(number.to_owned()), Privacy::Phone);
        };
        phone(self, places[0], &person.mobile);
        if let Some(landline) = &person.landline {
            phone(self, places[1], landline);
        }
        if let Some(emergency) = &person.emergency {
            phone(self, places[2], emergency);
        }
        self.add(places[3], Value::Text(person.email.clone()), Privacy::Email);
    }
}
