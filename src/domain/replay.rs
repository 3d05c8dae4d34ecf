//! Replay (重放): what today's checks say of a case as it was decided, against what they said then. Pure.

use serde::Serialize;

use super::case::Relation;
use super::decision::Decision;
use super::finding::{Finding, Status};
use super::object::{Object, ReasonUse};
use super::workspace::CaseFile;
use jiff::civil::Date;

/// What a decision's findings were made from, beside the revision, the policy and the day: frozen with the decision, so
/// that they can be made again exactly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// Names of pieces of evidence, in the case's order.
    pub evidence: Vec<String>,
    pub relations: Vec<Relation>,
}

impl Basis {
    pub fn of(case: &CaseFile) -> Self {
        let evidence = case.evidence.iter().map(|kept| kept.id.clone()).collect();
        Basis { evidence, relations: case.relations.clone() }
    }
}

/// A filing as it stood when it was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedCase {
    pub decision: Decision,
    /// The entry whose findings stand: the second look's where that said something of its own.
    pub entry: i64,
    /// The day of that entry.
    pub day: Date,
    /// With the evidence and relations of then.
    pub case: CaseFile,
    /// False for a decision that froze no basis: the evidence is what had been observed by then, relations are today's.
    pub exact: bool,
}

/// What one check says of one object, as far as a decision rests on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Each finding's, the worst first.
    pub statuses: Vec<Status>,
    pub proposes: Vec<ReasonUse>,
}

/// A check and an object of which it says something else today; nothing on one side where it is silent there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub check: String,
    pub object: Object,
    pub before: Option<Said>,
    pub now: Option<Said>,
}

/// What differs, in the order of the findings of then, and after that what is new. Words and observed values do not
/// count: they can change without the judgement.
pub fn differences(before: &[Finding], now: &[Finding]) -> Vec<Difference> {
    let mut subjects: Vec<(&str, &Object)> = Vec::new();
    for finding in before.iter().chain(now) {
        let subject = (finding.check.as_str(), &finding.object);
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    let difference = |(check, object): (&str, &Object)| {
        let (then, now) = (said(before, check, object), said(now, check, object));
        (then != now).then(|| Difference {
            check: check.to_owned(),
            object: object.clone(),
            before: then,
            now,
        })
    };
    subjects.into_iter().filter_map(difference).collect()
}

fn said(findings: &[Finding], check: &str, object: &Object) -> Option<Said> {
    let of = |finding: &&Finding| finding.check == check && finding.object == *object;
    let mut statuses: Vec<Status> = findings.iter().filter(of).map(|finding| finding.status).collect();
    if statuses.is_empty() {
        return None;
    }
    statuses.sort_by_key(|status| std::cmp::Reverse(status.severity()));
    let mut proposes: Vec<ReasonUse> = Vec::new();
    for reason in findings.iter().filter(of).flat_map(|finding| &finding.proposes) {
        if !proposes.contains(reason) {
            proposes.push(reason.clone());
        }
    }
    Some(Said { statuses, proposes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Section;
    use crate::domain::message::Message;

    fn finding(check: &str, domain: &str, status: Status) -> Finding {
        Finding {
            check: check.into(),
            version: 1,
            status,
            section: Section::Site,
            object: Object::Domain(domain.into()),
            message: Message::new("checks.any"),
            observed: None,
            expected: None,
            evidence: Vec::new(),
            proposes: Vec::new(),
        }
    }

    #[test]
    fn what_appears_goes_or_changes_is_told_and_words_are_not() {
        let before = [
            finding("a", "x.example", Status::Fail),
            finding("b", "x.example", Status::Pass),
            finding("c", "x.example", Status::Warn),
        ];
        let mut reworded = finding("a", "x.example", Status::Fail);
        (reworded.version, reworded.observed) = (2, Some("other".into()));
        let now =
            [reworded, finding("b", "x.example", Status::Fail), finding("b", "y.example", Status::Pass)];
        let told: Vec<_> = differences(&before, &now)
            .into_iter()
            .map(|difference| {
                let worst = |said: Option<Said>| said.map(|said| said.statuses[0]);
                (difference.check, worst(difference.before), worst(difference.now))
            })
            .collect();
        let (pass, fail, warn) = (Some(Status::Pass), Some(Status::Fail), Some(Status::Warn));
        assert_eq!(told, [("b".into(), pass, fail), ("c".into(), warn, None), ("b".into(), None, pass)]);
        assert_eq!(differences(&before, &before), []);
    }
}
