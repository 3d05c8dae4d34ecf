//! The filed domains as names that evidence can speak of, and which of several observations of one counts.

use jiff::{SignedDuration, Timestamp};

use super::Check;
use super::statement::Statement;
use crate::domain::case::{Case, Known};
use crate::domain::domain_name;
use crate::domain::evidence::{Gatherer, KeptEvidence, Observation, Subject};
use crate::domain::filing::OrderType;
use crate::domain::finding::Section;
use crate::domain::object::{Object, Place};

/// Two observations that lie further apart say nothing of the time between them.
const FAR_APART: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The object of a filed domain. What is no domain may be no object either: a finding that nobody can read back would be
/// worse than one about the site.
pub(super) fn object(filed: &str) -> Object {
    let object = Object::Domain(filed.to_lowercase());
    if object.to_string().parse() == Ok(object.clone()) { object } else { Place::Site.into() }
}

/// A filed domain that is a name.
pub(super) struct FiledName {
    object: Object,
    /// As the DNS has it.
    pub name: String,
}

impl FiledName {
    /// Those of an order that is judged by its materials, each once. What is written wrongly is told elsewhere.
    pub fn all(case: &Case<'_>) -> Vec<FiledName> {
        let mut names: Vec<FiledName> = Vec::new();
        let site = case.filing.site.as_ref().filter(|_| case.filing.order_type.needs_materials());
        for filed in site.iter().flat_map(|site| &site.domains) {
            if let Some(name) = FiledName::of(filed)
                && names.iter().all(|known| known.name != name.name)
            {
                names.push(name);
            }
        }
        names
    }

    pub fn of(filed: &str) -> Option<FiledName> {
        domain_name::ascii(filed).map(|name| FiledName { object: object(filed), name })
    }

    pub fn about<'a>(&self, check: &'a dyn Check) -> Statement<'a> {
        Statement::about(check, Section::Site, self.object.clone())
    }

    pub fn subject(&self) -> Subject {
        Subject::Domain(self.name.clone())
    }

    /// What somebody registers of it; none for a public suffix.
    pub fn registrable(&self) -> Option<&str> {
        domain_name::registrable(&self.name)
    }
}

/// Whether the site must not be served yet (domain reference 4.2). A site whose access is added, changed or verified again
/// is filed already, and must be.
pub(super) const fn not_yet_served(order: OrderType) -> bool {
    matches!(order, OrderType::First | OrderType::NewSite)
}

/// The newest observation that answers. Where a newer one brought none, an older one stands in for it as long as it was
/// fresh then; where none answers, the newest.
pub(super) fn newest_answer<'a>(
    known: Known<'a>,
    gatherer: Gatherer,
    subject: &Subject,
    answers: impl Fn(&Observation) -> bool,
) -> Option<&'a KeptEvidence> {
    let newest = known.latest(gatherer, subject)?;
    let fresh = known.rules.fresh_hours(gatherer).map_or(SignedDuration::MAX, hours);
    let stands_in = |kept: &&KeptEvidence| before(kept, newest.evidence.observed_at) <= fresh;
    let answered = known.observed(gatherer, subject).filter(|kept| answers(&kept.evidence.observation));
    Some(answered.take_while(stands_in).next().unwrap_or(newest))
}

/// An observation that bears a state out: made enough hours before, of the same state, with none in between that is of
/// another. `state` is none for what tells nothing.
pub(super) fn borne_out<'a>(
    known: Known<'a>,
    by: &KeptEvidence,
    state: impl Fn(&Observation) -> Option<bool>,
) -> Option<&'a KeptEvidence> {
    let apart = hours(known.rules.apart_hours);
    known
        .observed(by.evidence.gatherer(), &by.evidence.subject)
        .skip_while(|kept| kept.id != by.id)
        .skip(1)
        .filter_map(|kept| state(&kept.evidence.observation).map(|same| (kept, same)))
        .take_while(|(kept, same)| *same && before(kept, by.evidence.observed_at) <= FAR_APART)
        .map(|(kept, _)| kept)
        .find(|kept| before(kept, by.evidence.observed_at) >= apart)
}

fn before(kept: &KeptEvidence, moment: Timestamp) -> SignedDuration {
    moment.duration_since(kept.evidence.observed_at)
}

fn hours(hours: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(hours))
}

#[cfg(test)]
mod tests;
