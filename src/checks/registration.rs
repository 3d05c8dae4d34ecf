//! What a filed domain's registry says, as several checks read it.

use super::filed_names::{FiledName, newest_answer};
use crate::domain::case::Case;
use crate::domain::evidence::{
    Gatherer, Holder, KeptEvidence, Mark, Observation, Registration, RegistrationResult, Subject,
};
use crate::domain::finding::EvidenceRef;

/// An answer about the registrable part of a filed domain, and the evidence that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub kept: &'a KeptEvidence,
    pub result: &'a RegistrationResult,
}

impl<'a> Asked<'a> {
    /// The newest answer; none where nothing was gathered.
    pub fn of(case: &Case<'a>, domain: &FiledName) -> Option<Asked<'a>> {
        Self::with(case, domain, |result| !matches!(result, RegistrationResult::NoAnswer(_)))
    }

    /// The newest answer that satisfies, else the newest of all.
    fn with(
        case: &Case<'a>,
        domain: &FiledName,
        satisfies: impl Fn(&RegistrationResult) -> bool,
    ) -> Option<Asked<'a>> {
        let subject = Subject::domain(domain.registrable()?)?;
        let kept = newest_answer(
            case.known,
            Gatherer::Registration,
            &subject,
            |observation| matches!(observation, Observation::Registration(answer) if satisfies(&answer.result)),
        )?;
        match &kept.evidence.observation {
            Observation::Registration(answer) => Some(Asked { kept, result: &answer.result }),
            _ => None,
        }
    }

    /// The domain's data, where somebody has registered it.
    pub fn registered(&self) -> Option<&'a Registration> {
        match self.result {
            RegistrationResult::Registered(registration) => Some(registration),
            _ => None,
        }
    }

    /// The line of the answer that decides, or the answer.
    pub fn line(&self, line: Option<u32>) -> EvidenceRef {
        match line {
            Some(line) => EvidenceRef::marked(self.kept, Mark::Line(line)),
            None => EvidenceRef::kept(self.kept),
        }
    }
}

/// The newest answer as long as the domain is registered; one that names the holder goes before one that does not.
pub(super) fn with_holder<'a>(case: &Case<'a>, domain: &FiledName) -> Option<(Asked<'a>, &'a Registration)> {
    let newest = Asked::of(case, domain)?;
    let registration = newest.registered()?;
    let named = Asked::with(case, domain, |result| {
        matches!(result, RegistrationResult::Registered(Registration { holder: Holder::Named(_), .. }))
    });
    let named = named.and_then(|asked| asked.registered().map(|registration| (asked, registration)));
    Some(match named {
        Some((asked, told)) if matches!(told.holder, Holder::Named(_)) => (asked, told),
        _ => (newest, registration),
    })
}

#[cfg(test)]
pub(super) mod samples;
