//! Registrations for the tests of the checks that read them.

use jiff::civil::date;

use crate::checks::fixture::Sample;
use crate::domain::domain_name;
use crate::domain::evidence::{
    Holder, Observation, Registration, RegistrationAnswer, RegistrationResult, Stated, Subject,
};

/// Registered for years, with nothing odd.
pub fn registration() -> Registration {
    Registration {
        holder: Holder::NotGiven,
        registrar: None,
        registered_on: Some(Stated { value: date(2020, 1, 1), line: Some(8) }),
        expires_on: Some(Stated { value: date(2040, 1, 1), line: Some(9) }),
        statuses: Vec::new(),
        name_servers: Vec::new(),
    }
}

/// Adds an answer about the sample's first domain, as many hours before the noon of its day.
pub fn answered(sample: &mut Sample, hours: i64, result: RegistrationResult) {
    let name = domain_name::ascii(&sample.site().domains[0]).unwrap();
    let subject = Subject::domain(domain_name::registrable(&name).unwrap()).unwrap();
    let answer = RegistrationAnswer { result, answer: String::new() };
    sample.knows(subject, hours, Observation::Registration(answer));
}

/// The registration that was added last.
pub fn registered(sample: &mut Sample) -> &mut Registration {
    match &mut sample.evidence[0].evidence.observation {
        Observation::Registration(RegistrationAnswer {
            result: RegistrationResult::Registered(registration),
            ..
        }) => registration,
        other => panic!("no registration but {other:?}"),
    }
}
