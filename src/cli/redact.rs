//! What the command line never shows in clear: the personal data of a filing, wherever a text repeats it.

use crate::domain::filing::{AttachmentKind, Filing, Person, Transcript};
use crate::domain::mask;
use crate::domain::object::{Object, Place};
use crate::domain::safe::safe;

/// Masks the personal data of one filing.
pub struct Redactor {
    /// Value and mask, the longest values first, so that no value is cut by a shorter one inside it.
    pairs: Vec<(String, String)>,
    individual: bool,
}

impl Redactor {
    pub fn new(filing: &Filing) -> Self {
        let mut redactor = Redactor { pairs: Vec::new(), individual: filing.is_individual() };
        let entity = &filing.entity;
        if redactor.individual {
            redactor.add(&entity.name, mask::person);
            redactor.add(&entity.certificate_number, mask::document_number);
        }
        redactor.add(&entity.certificate_address, mask::address);
        redactor.add(&entity.mail_address, mask::address);
        if let Some(representative) = &entity.legal_representative {
            redactor.add(&representative.name, mask::person);
            redactor.add_some(representative.document_number.as_deref(), mask::document_number);
        }
        for (_, person) in filing.principals() {
            redactor.add_person(person);
        }
        for attachment in &filing.attachments {
            match &attachment.transcript {
                Some(Transcript::Certificate(certificate)) => {
                    redactor.add_some(certificate.address.as_deref(), mask::address);
                    redactor.add_some(certificate.legal_representative.as_deref(), mask::person);
                }
                Some(Transcript::Identity(identity)) => {
                    redactor.add_some(identity.name.as_deref(), mask::person);
                    redactor.add_some(identity.number.as_deref(), mask::document_number);
                }
                Some(Transcript::VerificationForm(form)) => {
                    redactor.add_some(form.signer.as_deref(), mask::person);
                }
                Some(Transcript::DomainCertificate(certificate)) => {
                    // Whoever is not the filing's own organisation may be a person.
                    let holder = certificate.holder.as_deref();
                    redactor.add_some(holder.filter(|holder| *holder != entity.name), mask::person);
                    let number = certificate.holder_certificate_number.as_deref();
                    redactor.add_some(
                        number.filter(|number| *number != entity.certificate_number),
                        mask::document_number,
                    );
                }
                None => {}
            }
        }
        redactor.pairs.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        redactor.pairs.dedup();
        redactor
    }

    fn add(&mut self, value: &str, mask: fn(&str) -> String) {
        // A single character would be masked in every text.
        if value.chars().count() > 1 {
            self.pairs.push((safe(value).into_string(), safe(&mask(value)).into_string()));
        }
    }

    fn add_some(&mut self, value: Option<&str>, mask: fn(&str) -> String) {
        if let Some(value) = value {
            self.add(value, mask);
        }
    }

    fn add_person(&mut self, person: &Person) {
        self.add(&person.name, mask::person);
        self.add(&person.document_number, mask::document_number);
        self.add(&person.mobile, mask::phone);
        self.add_some(person.landline.as_deref(), mask::phone);
        self.add_some(person.emergency.as_deref(), mask::phone);
        self.add(&person.email, mask::email);
    }

    /// A sentence, safe and without the filing's personal data.
    pub fn text(&self, raw: &str) -> String {
        let mut text = safe(raw).into_string();
        for (value, masked) in &self.pairs {
            if text.contains(value.as_str()) {
                text = text.replace(value.as_str(), masked);
            }
        }
        text
    }

    /// The value of a field, safe and masked as the field asks for.
    pub fn value(&self, object: &Object, raw: &str) -> String {
        match self.mask_of(object) {
            Some(mask) => safe(&mask(raw)).into_string(),
            None => self.text(raw),
        }
    }

    fn mask_of(&self, object: &Object) -> Option<fn(&str) -> String> {
        use Place as P;
        let Object::Place(place) = object else {
            let identity = matches!(
                object,
                Object::Attachment {
                    kind: AttachmentKind::EntityPrincipalIdFront | AttachmentKind::SitePrincipalIdFront,
                    ..
                }
            );
            return identity.then_some(mask::document_number as fn(&str) -> String);
        };
        match place {
            P::Name if self.individual => Some(mask::person),
            P::Number if self.individual => Some(mask::document_number),
            P::Address | P::MailAddress => Some(mask::address),
            P::EntityPrincipal | P::EntityPrincipalName | P::SitePrincipal | P::SitePrincipalName => {
                Some(mask::person)
            }
            P::EntityPrincipalId | P::SitePrincipalId => Some(id_or_day),
            P::EntityPrincipalMobile
            | P::EntityPrincipalLandline
            | P::EntityPrincipalEmergency
            | P::SitePrincipalMobile
            | P::SitePrincipalLandline
            | P::SitePrincipalEmergency => Some(mask::phone),
            P::EntityPrincipalEmail | P::SitePrincipalEmail => Some(mask::email),
            _ => None,
        }
    }
}

/// A finding about an ID speaks either of its number or of the days it is valid.
fn id_or_day(value: &str) -> String {
    let shape = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '/' | '.' | '~' | '至' | '长' | '期');
    let is_day = value == "长期"
        || (value.matches('-').count() >= 2 && value.chars().all(shape) && value.chars().count() <= 23);
    if is_day { value.to_owned() } else { mask::document_number(value) }
}
