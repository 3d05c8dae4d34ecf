//! RDAP (RFC 7480, 9082, 9083): one address over HTTPS, JSON in answer. What is kept is text, one member a line.

mod reader;

use url::Url;

pub use reader::read;

use crate::domain::evidence::{Fault, FaultKind, RegistrationAnswer, RegistrationResult};
use crate::evidence::guard::{Guard, Request};

/// What a server says of a domain.
pub async fn ask(guard: &Guard, url: Url, domain: &str) -> RegistrationAnswer {
    // RFC 7480, section 4.2
    let accept = ("Accept".to_owned(), "application/rdap+json, application/json".to_owned());
    let request = Request { headers: vec![accept], ..Request::new(url) };
    match guard.fetch(request).await {
        Ok(fetched) => read(fetched.status, &fetched.body, domain),
        Err(fault) => no_answer(fault),
    }
}

fn no_answer(fault: Fault) -> RegistrationAnswer {
    RegistrationAnswer { result: RegistrationResult::NoAnswer(fault), answer: String::new() }
}

fn protocol(detail: impl ToString) -> RegistrationAnswer {
    no_answer(Fault::new(FaultKind::Protocol, detail))
}
