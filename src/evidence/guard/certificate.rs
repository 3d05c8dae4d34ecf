//! What a certificate says of itself (RFC 5280). Whether it is to be trusted is rustls' to say.

use jiff::Timestamp;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::time::ASN1Time;
use x509_parser::x509::X509Name;

use crate::domain::evidence::CertificateFacts;

/// Names that are kept of one certificate.
const MOST_NAMES: usize = 100;

/// Reads a leaf; `fault` is why it is not to be trusted. None for what is no certificate.
pub(super) fn facts(der: &[u8], fault: Option<String>) -> Option<CertificateFacts> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let by_itself = certificate.subject().as_raw() == certificate.issuer().as_raw();
    let fault = match fault {
        Some(fault) if by_itself && fault == "unknown issuer" => Some("self-signed".to_owned()),
        other => other,
    };
    Some(CertificateFacts {
        names: names(&certificate),
        issuer: shortly(certificate.issuer()),
        not_before: moment(certificate.validity().not_before),
        not_after: moment(certificate.validity().not_after),
        fault,
    })
}

/// The alternative names; the common name only where there are none, as clients did once.
fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let alternative = certificate.subject_alternative_name().ok().flatten();
    let named =
        alternative.iter().flat_map(|names| &names.value.general_names).filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            GeneralName::IPAddress(bytes) => match <[u8; 4]>::try_from(*bytes) {
                Ok(four) => Some(std::net::Ipv4Addr::from(four).to_string()),
                Err(_) => {
                    <[u8; 16]>::try_from(*bytes).ok().map(|six| std::net::Ipv6Addr::from(six).to_string())
                }
            },
            _ => None,
        });
    let named: Vec<String> = named.take(MOST_NAMES).collect();
    if named.is_empty() { common_name(certificate.subject()).into_iter().collect() } else { named }
}

fn common_name(name: &X509Name<'_>) -> Option<String> {
    name.iter_common_name().find_map(|name| name.as_str().ok()).map(str::to_owned)
}

/// The common name, else the organisation, else all of it.
fn shortly(name: &X509Name<'_>) -> String {
    let organisation = || name.iter_organization().find_map(|name| name.as_str().ok()).map(str::to_owned);
    common_name(name).or_else(organisation).unwrap_or_else(|| name.to_string())
}

/// Years beyond what can be counted are the last that can.
fn moment(time: ASN1Time) -> Timestamp {
    Timestamp::from_second(time.timestamp()).unwrap_or(Timestamp::MAX)
}
