//! Why nothing was fetched: from the errors of connections to named outcomes.

use std::error::Error;
use std::io;

use crate::domain::evidence::{Fault, FaultKind};

/// What came instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Miss {
    #[error("the name has no address")]
    NotResolved,
    #[error("redirects lead in a circle")]
    RedirectLoop,
    #[error("too many redirects")]
    TooManyRedirects,
    /// Why the certificate is not to be trusted.
    #[error("certificate: {0}")]
    Untrusted(String),
    #[error("{}", .0.detail)]
    Fault(Fault),
}

impl From<Fault> for Miss {
    fn from(fault: Fault) -> Self {
        Miss::Fault(fault)
    }
}

impl From<Miss> for Fault {
    fn from(miss: Miss) -> Self {
        match miss {
            Miss::Fault(fault) => fault,
            Miss::NotResolved => Fault::new(FaultKind::Unreachable, miss),
            Miss::RedirectLoop | Miss::TooManyRedirects | Miss::Untrusted(_) => {
                Fault::new(FaultKind::Protocol, miss)
            }
        }
    }
}

/// What a failed exchange means.
pub(super) fn of_exchange(error: &reqwest::Error) -> Miss {
    for cause in causes(error) {
        if let Some(miss) = cause.downcast_ref::<Miss>() {
            return miss.clone();
        }
        if let Some(rustls::Error::InvalidCertificate(fault)) = cause.downcast_ref() {
            return Miss::Untrusted(distrust(fault));
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return Fault::new(FaultKind::Protocol, format!("TLS: {tls}")).into();
        }
        if let Some(io) = cause.downcast_ref::<io::Error>().filter(|io| io.get_ref().is_none()) {
            return of_io(io).into();
        }
    }
    let said = causes(error).last().map(ToString::to_string).unwrap_or_default();
    let kind = if error.is_timeout() {
        FaultKind::Timeout
    } else if said.contains("too large") {
        FaultKind::TooLarge
    } else if said.contains("before message") || error.is_connect() {
        FaultKind::Unreachable
    } else {
        FaultKind::Protocol
    };
    Fault::new(kind, said).into()
}

pub(super) fn of_io(error: &io::Error) -> Fault {
    let kind = match error.kind() {
        io::ErrorKind::ConnectionRefused => FaultKind::Refused,
        io::ErrorKind::TimedOut => FaultKind::Timeout,
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => FaultKind::Protocol,
        _ => FaultKind::Unreachable,
    };
    Fault::new(kind, error)
}

/// An error and what is behind it. `io::Error` hides what it wraps from `source`.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    fn behind<'a>(error: &&'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
        let error: &'a (dyn Error + 'static) = *error;
        match error.downcast_ref::<io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
            None => error.source(),
        }
    }
    std::iter::successors(Some(error), behind)
}

fn distrust(fault: &rustls::CertificateError) -> String {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext,
        Revoked, UnknownIssuer,
    };
    match fault {
        Expired | ExpiredContext { .. } => "expired".to_owned(),
        NotValidYet | NotValidYetContext { .. } => "not yet valid".to_owned(),
        NotValidForName | NotValidForNameContext { .. } => "not for this name".to_owned(),
        UnknownIssuer => "unknown issuer".to_owned(),
        Revoked => "revoked".to_owned(),
        other => other.to_string(),
    }
}
