//! Whether what a decision rests on still holds: what must be asked again before a fail, and what has changed then.
//!
//! The desk and the command line share these rules.

use jiff::{SignedDuration, Timestamp};

use super::{
    Answer, Gatherer, KeptEvidence, Means, Observation, RegistrationResult, RegistryResult, Subject,
    VisitEnd, Want, has_text, wanted,
};
use crate::domain::case::AttachmentFacts;
use crate::domain::filing::Filing;
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::object::ReasonUse;

/// What of a filing is asked for when it is gathered again: everything that comes over the network, and what a machine
/// can tell of a picture where nothing tells it yet.
pub fn again(filing: &Filing, attachments: &[AttachmentFacts], evidence: &[KeptEvidence]) -> Vec<Want> {
    let mut wants = Vec::new();
    for subject in wanted(filing, attachments) {
        for gatherer in subject.gatherers().iter().copied().filter(|gatherer| gatherer.is_automatic()) {
            let want = want(gatherer, &subject, evidence);
            let readable = gatherer != Gatherer::Text || is_document(&subject, attachments);
            if readable && (gatherer.is_network() || want.newest.is_none()) {
                wants.push(want);
            }
        }
    }
    wants
}

fn is_document(subject: &Subject, attachments: &[AttachmentFacts]) -> bool {
    let Subject::Attachment(sha256) = subject else { return false };
    attachments.iter().any(|file| file.sha256 == *sha256 && has_text(file.kind))
}

fn want(gatherer: Gatherer, subject: &Subject, evidence: &[KeptEvidence]) -> Want {
    let not_by_person = |kept: &&KeptEvidence| kept.evidence.means != Means::Person;
    let newest = of(gatherer, subject, evidence)
        .filter(not_by_person)
        .map(|kept| (kept.evidence.observed_at, kept.evidence.version))
        .max();
    Want { gatherer, subject: subject.clone(), newest }
}

fn of<'a>(
    gatherer: Gatherer,
    subject: &'a Subject,
    evidence: &'a [KeptEvidence],
) -> impl Iterator<Item = &'a KeptEvidence> {
    let same =
        move |kept: &&KeptEvidence| kept.evidence.gatherer() == gatherer && kept.evidence.subject == *subject;
    evidence.iter().filter(same)
}

fn newest<'a>(
    gatherer: Gatherer,
    subject: &'a Subject,
    evidence: &'a [KeptEvidence],
) -> Option<&'a KeptEvidence> {
    of(gatherer, subject, evidence).max_by_key(|kept| kept.evidence.observed_at)
}

/// Which sources must be asked again before a fail for these reasons: those whose last answer a finding that proposes
/// one of them rests on, when it is more than `hours` old and comes over the network: whoever looked last, a machine can
/// look again.
pub fn too_old(
    reasons: &[ReasonUse],
    findings: &[Finding],
    evidence: &[KeptEvidence],
    hours: u32,
    now: Timestamp,
) -> Vec<Want> {
    let mut wants: Vec<Want> = Vec::new();
    let named = supporting(reasons, findings).flat_map(|finding| &finding.evidence);
    for id in named.filter_map(|named| match named {
        EvidenceRef::Evidence { id, .. } => Some(id),
        _ => None,
    }) {
        let Some(kept) = evidence.iter().find(|kept| kept.id == *id) else { continue };
        let (gatherer, subject) = (kept.evidence.gatherer(), &kept.evidence.subject);
        let Some(last) = newest(gatherer, subject, evidence) else { continue };
        let old = now.duration_since(last.evidence.observed_at) > SignedDuration::from_hours(hours.into());
        let newest = Some((last.evidence.observed_at, last.evidence.version));
        let want = Want { gatherer, subject: subject.clone(), newest };
        // An extract is as old as it is, and what was made up for the demo is nowhere to be asked.
        let askable = matches!(last.evidence.means, Means::Machine | Means::Person);
        if gatherer.is_network() && askable && old && !wants.contains(&want) {
            wants.push(want);
        }
    }
    wants
}

/// The findings that propose one of the reasons.
fn supporting<'a>(reasons: &'a [ReasonUse], findings: &'a [Finding]) -> impl Iterator<Item = &'a Finding> {
    findings.iter().filter(|finding| finding.proposes.iter().any(|proposed| reasons.contains(proposed)))
}

/// What came of asking again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recheck {
    /// Everything that the reasons rest on is as it was.
    Stands,
    Changed(Vec<Changed>),
    /// Nothing contradicts, but these gave no answer.
    NotAnswered(Vec<Want>),
}

/// A finding that a reason rested on, and what the same check says of the same object now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub before: Finding,
    pub now: Option<Finding>,
}

/// Compares the findings before and after `wants` were asked again; `evidence` is what is known now.
pub fn outcome(
    reasons: &[ReasonUse],
    before: &[Finding],
    now: &[Finding],
    wants: &[Want],
    evidence: &[KeptEvidence],
) -> Recheck {
    let silent = |answered: fn(&KeptEvidence) -> bool| -> Vec<Want> {
        let is_silent = |want: &&Want| {
            let last = newest(want.gatherer, &want.subject, evidence);
            let came = |kept: &&KeptEvidence| {
                want.newest.is_none_or(|(asked_before, _)| kept.evidence.observed_at > asked_before)
            };
            !last.filter(came).is_some_and(answered)
        };
        wants.iter().filter(is_silent).cloned().collect()
    };
    let nothing_came = silent(|_| true);
    if !nothing_came.is_empty() {
        return Recheck::NotAnswered(nothing_came);
    }
    let changed: Vec<Changed> = supporting(reasons, before)
        .filter(|finding| !now.iter().any(|other| same_statement(finding, other)))
        .map(|finding| {
            let same = |other: &&Finding| other.check == finding.check && other.object == finding.object;
            let worst = now.iter().filter(same).max_by_key(|other| other.status.severity());
            Changed { before: finding.clone(), now: worst.cloned() }
        })
        .collect();
    let no_answer = silent(answered);
    if !changed.is_empty() {
        let sure = no_answer.is_empty();
        return if sure { Recheck::Changed(changed) } else { Recheck::NotAnswered(no_answer) };
    }
    // "No answer" may itself be what a reason rests on (an unreachable site). Where the old answer stands in for the
    // new silence instead, nobody has confirmed it.
    let unconfirmed: Vec<Want> =
        no_answer.into_iter().filter(|want| !rests_on_newest(want, reasons, now, evidence)).collect();
    if unconfirmed.is_empty() { Recheck::Stands } else { Recheck::NotAnswered(unconfirmed) }
}

/// Whether a finding that proposes one of the reasons cites what came last.
fn rests_on_newest(
    want: &Want,
    reasons: &[ReasonUse],
    findings: &[Finding],
    evidence: &[KeptEvidence],
) -> bool {
    let Some(last) = newest(want.gatherer, &want.subject, evidence) else { return false };
    let is_last = |named: &EvidenceRef| matches!(named, EvidenceRef::Evidence { id, .. } if *id == last.id);
    supporting(reasons, findings).any(|finding| finding.evidence.iter().any(is_last))
}

/// Whether two findings say the same, whatever piece of evidence they say it of.
fn same_statement(one: &Finding, other: &Finding) -> bool {
    let said = |finding: &Finding| {
        let Finding { check, status, object, message, observed, expected, proposes, .. } = finding.clone();
        (check, status, object, message.id, observed, expected, proposes)
    };
    said(one) == said(other)
}

/// Whether whoever was asked said anything.
fn answered(kept: &KeptEvidence) -> bool {
    match &kept.evidence.observation {
        Observation::Dns(answers) => {
            answers.hosts.iter().any(|host| is_said(&host.ipv4) || is_said(&host.ipv6))
        }
        Observation::Registration(answer) => !matches!(answer.result, RegistrationResult::NoAnswer(_)),
        Observation::Registry(answer) => !matches!(answer.result, RegistryResult::NoAnswer(_)),
        Observation::Website(visits) => {
            visits.visits.iter().any(|visit| !matches!(visit.end, VisitEnd::NoAnswer(_)))
        }
        _ => true,
    }
}

fn is_said<T>(answer: &Answer<T>) -> bool {
    answer.is_nothing() || !answer.found().is_empty()
}

/// Names of what was not asked again or gave no answer, as a decision records them: `dns domain:a.example`.
pub fn names(wants: &[Want]) -> Vec<String> {
    wants.iter().map(|want| format!("{} {}", want.gatherer, want.subject)).collect()
}

#[cfg(test)]
mod tests;
