//! The filing against the business registry (登记信息): one file a question, and here which record answers.
//!
//! Of all that was observed of the entity's number the newest word counts, by the day for which its source vouches; a
//! fault is no word. Where the filed number is not today's unified code, a record found by the entity's name may answer.

pub(super) mod address;
pub(super) mod name;
pub(super) mod number;
pub(super) mod representative;
pub(super) mod status;
pub(super) mod term;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::statement::Statement;
use super::text;
use crate::domain::case::Case;
use crate::domain::evidence::{
    Fault, Gatherer, KeptEvidence, Mark, Observation, RegistryRecord, RegistryResult, Subject,
};
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;
use crate::domain::numbers::unified_code;

/// A record is told as old when its day is this many times further back than the policy calls fresh.
const OLD: i64 = 3;

/// And never before so many days: extracts are made by the month.
const LEAST_OLD_DAYS: i64 = 30;

const GATHERERS: &[Gatherer] = &[Gatherer::Registry];

/// What is known of an organisation.
pub(super) enum Known<'c> {
    Record(Registered<'c>),
    /// 查询无结果
    NotFound(&'c KeptEvidence),
    /// Nobody answered; the newest fault, where somebody was asked.
    Nothing(Option<(&'c KeptEvidence, &'c Fault)>),
}

/// The record that counts.
pub(super) struct Registered<'c> {
    kept: &'c KeptEvidence,
    pub record: &'c RegistryRecord,
    /// Found by the entity's name, not by its number.
    pub by_name: bool,
    /// Days since the record's own day, where that is long ago.
    pub old_days: Option<i64>,
}

/// What the registry says of the filing's entity; none where it is not asked: individuals, cancellations.
pub(super) fn known<'c>(case: &Case<'c>) -> Option<Known<'c>> {
    let filing = case.filing;
    if filing.is_individual() || !filing.order_type.needs_materials() {
        return None;
    }
    let number = &filing.entity.certificate_number;
    let by_number = Subject::number(number).and_then(|subject| newest(case, &subject));
    if let Some((kept, RegistryResult::Found(record))) = by_number {
        return Some(Known::Record(Registered::of(case, kept, record, false)));
    }
    let unified = unified_code::parse(number).is_ok();
    let by_name =
        Subject::name(&filing.entity.name).filter(|_| !unified).and_then(|subject| newest(case, &subject));
    if let Some((kept, RegistryResult::Found(record))) = by_name {
        return Some(Known::Record(Registered::of(case, kept, record, true)));
    }
    Some(match by_number.or(by_name) {
        Some((kept, _)) => Known::NotFound(kept),
        None => Known::Nothing(fault(case)),
    })
}

/// The record, for what compares one of its fields.
pub(super) fn record<'c>(case: &Case<'c>) -> Option<Registered<'c>> {
    match known(case)? {
        Known::Record(registered) => Some(registered),
        Known::NotFound(_) | Known::Nothing(_) => None,
    }
}

/// The newest answer that is one.
fn newest<'c>(case: &Case<'c>, subject: &Subject) -> Option<(&'c KeptEvidence, &'c RegistryResult)> {
    answers(case, subject)
        .filter(|(_, result)| !matches!(result, RegistryResult::NoAnswer(_)))
        .max_by_key(|(kept, result)| (day_of(kept, result), kept.evidence.observed_at))
}

fn fault<'c>(case: &Case<'c>) -> Option<(&'c KeptEvidence, &'c Fault)> {
    let subject = Subject::number(&case.filing.entity.certificate_number)?;
    answers(case, &subject).find_map(|(kept, result)| match result {
        RegistryResult::NoAnswer(fault) => Some((kept, fault)),
        RegistryResult::Found(_) | RegistryResult::NotFound => None,
    })
}

fn answers<'c>(
    case: &Case<'c>,
    subject: &Subject,
) -> impl Iterator<Item = (&'c KeptEvidence, &'c RegistryResult)> {
    case.known.observed(Gatherer::Registry, subject).filter_map(|kept| match &kept.evidence.observation {
        Observation::Registry(answer) => Some((kept, &answer.result)),
        _ => None,
    })
}

/// The day for which an answer stands: the source's own, which cannot lie after the look.
fn day_of(kept: &KeptEvidence, result: &RegistryResult) -> Date {
    let seen = day_in_china(kept.evidence.observed_at);
    match result {
        RegistryResult::Found(record) => record.as_of.map_or(seen, |day| day.min(seen)),
        RegistryResult::NotFound | RegistryResult::NoAnswer(_) => seen,
    }
}

/// Registries write days of China Standard Time, whatever the workspace's zone.
pub(super) fn day_in_china(moment: Timestamp) -> Date {
    Offset::constant(8).to_datetime(moment).date()
}

impl<'c> Registered<'c> {
    fn of(case: &Case<'c>, kept: &'c KeptEvidence, record: &'c RegistryRecord, by_name: bool) -> Self {
        let day = record.as_of.unwrap_or_else(|| day_in_china(kept.evidence.observed_at));
        let days = i64::from((case.day - day).get_days());
        let limit = (i64::from(case.known.rules.registry_fresh_hours) * OLD / 24).max(LEAST_OLD_DAYS);
        Registered { kept, record, by_name, old_days: (days > limit).then_some(days) }
    }

    /// The field of the record that decides.
    pub fn field(&self, name: &str) -> EvidenceRef {
        EvidenceRef::marked(self.kept, Mark::Field(name.to_owned()))
    }

    /// A difference: plain where the record is of these days, a doubt where it is old and may be behind the filing.
    pub fn differs(&self, about: &Statement<'_>, code: &str, message: impl Into<Message>) -> Finding {
        match self.old_days {
            None => about.fail(code, message),
            Some(_) => about.warn_of(code, message),
        }
    }
}

/// Where the record has no such field: said only where the registry must have been asked.
fn unsaid(case: &Case<'_>, about: &Statement<'_>, value: &str, message: &str) -> Option<Option<Finding>> {
    let required = || case.known.requires(Gatherer::Registry).then(|| about.not_run(message));
    text::blank(value).then(required)
}

#[cfg(test)]
mod tests;
