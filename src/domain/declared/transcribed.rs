//! The fields that a source read off a document: evidence to be compared with what was declared.

use super::{Privacy, Value};
use jiff::civil::Date;

use crate::domain::filing::{
    CertificateTranscript, DomainCertificateTranscript, Filing, IdentityTranscript, Transcript,
};
use crate::domain::form;

/// One field of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcribed {
    /// Message id.
    pub label: String,
    /// None: not transcribed. An empty text: empty on the paper.
    pub value: Option<Value>,
    pub privacy: Privacy,
}

/// The fields of a document in the order in which they are looked at. What a verification form may also hold, and
/// this one's source did not transcribe, is left out: the paper form view has it.
pub fn transcribed(filing: &Filing, transcript: &Transcript) -> Vec<Transcribed> {
    match transcript {
        Transcript::Certificate(certificate) => certificate_fields(filing, certificate),
        Transcript::Identity(identity) => identity_fields(identity),
        Transcript::VerificationForm(sheet) => form::transcribed(filing, sheet),
        Transcript::DomainCertificate(certificate) => domain_fields(filing, certificate),
    }
}

fn certificate_fields(filing: &Filing, certificate: &CertificateTranscript) -> Vec<Transcribed> {
    let of = |person: Privacy| if filing.is_individual() { person } else { Privacy::Public };
    vec![
        text("name", certificate.name.as_deref(), of(Privacy::Person)),
        text("number", certificate.number.as_deref(), of(Privacy::Document)),
        text("legal_representative", certificate.legal_representative.as_deref(), Privacy::Person),
        text("address", certificate.address.as_deref(), Privacy::Address),
        text("valid_until", certificate.valid_until.map(|day| day.to_string()).as_deref(), Privacy::Public),
    ]
}

fn identity_fields(identity: &IdentityTranscript) -> Vec<Transcribed> {
    vec![
        text("person_name", identity.name.as_deref(), Privacy::Person),
        text("number", identity.number.as_deref(), Privacy::Document),
        text("valid_from", identity.valid_from.map(|day| day.to_string()).as_deref(), Privacy::Public),
        text("valid_until", identity.valid_until.map(|day| day.to_string()).as_deref(), Privacy::Public),
    ]
}

/// A holder who is not the filing's own organisation may be a person.
fn domain_fields(filing: &Filing, certificate: &DomainCertificateTranscript) -> Vec<Transcribed> {
    let own = |value: Option<&str>, own: &str, person| {
        if value == Some(own) && !filing.is_individual() { Privacy::Public } else { person }
    };
    let (holder, number) = (certificate.holder.as_deref(), certificate.holder_certificate_number.as_deref());
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    vec![
        text("domains", certificate.domain.as_deref(), Privacy::Public),
        text("holder", holder, own(holder, &filing.entity.name, Privacy::Person)),
        text("number", number, own(number, &filing.entity.certificate_number, Privacy::Document)),
        text("expires_on", day(certificate.expires_on).as_deref(), Privacy::Public),
        text("registered_on", day(certificate.registered_on).as_deref(), Privacy::Public),
        text("registrar", certificate.registrar.as_deref(), Privacy::Public),
    ]
}

fn text(name: &str, value: Option<&str>, privacy: Privacy) -> Transcribed {
    Transcribed { label: format!("domain.field_{name}"), value: value.map(Value::from), privacy }
}
