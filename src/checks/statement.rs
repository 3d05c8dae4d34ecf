//! How a check says something: about one object, resting on evidence, with a status, a sentence and perhaps a reason.

use super::Check;
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{EvidenceRef, Finding, Section, Status};
use crate::domain::message::Message;
use crate::domain::object::{Object, ReasonUse};
use crate::domain::provinces::Rule;

/// What the findings about one object share; each of the methods at the end makes a finding of it.
pub(super) struct Statement<'a> {
    check: &'a dyn Check,
    section: Section,
    object: Object,
    observed: Option<String>,
    evidence: Vec<EvidenceRef>,
}

impl<'a> Statement<'a> {
    pub fn about(check: &'a dyn Check, section: Section, object: impl Into<Object>) -> Self {
        Statement { check, section, object: object.into(), observed: None, evidence: Vec::new() }
    }

    /// The value filed there: the statement rests on that field, too.
    pub fn observed(mut self, value: impl ToString) -> Self {
        self.observed = Some(value.to_string());
        self
    }

    /// The material to look at, the first one of its kind.
    pub fn shown_on(self, material: AttachmentKind) -> Self {
        self.resting_on(EvidenceRef::Attachment(Object::attachment(material)))
    }

    /// What it rests on; the first is what the viewport brings up.
    pub fn resting_on(mut self, evidence: EvidenceRef) -> Self {
        self.evidence.push(evidence);
        self
    }

    pub fn pass(&self, message: impl Into<Message>) -> Finding {
        self.finding(Status::Pass, message)
    }

    pub fn not_run(&self, message: impl Into<Message>) -> Finding {
        self.finding(Status::NotRun, message)
    }

    pub fn warn(&self, message: impl Into<Message>) -> Finding {
        self.finding(Status::Warn, message)
    }

    /// A doubt whose reason is clear if it proves right.
    pub fn warn_of(&self, code: &str, message: impl Into<Message>) -> Finding {
        self.warn(message).proposing(code)
    }

    pub fn fail(&self, code: &str, message: impl Into<Message>) -> Finding {
        self.finding(Status::Fail, message).proposing(code)
    }

    pub fn finding(&self, status: Status, message: impl Into<Message>) -> Finding {
        let field = self.observed.as_ref().map(|_| EvidenceRef::Field(self.object.clone()));
        Finding {
            check: self.check.id().to_owned(),
            version: self.check.version(),
            status,
            section: self.section,
            object: self.object.clone(),
            message: message.into(),
            observed: self.observed.clone(),
            expected: None,
            evidence: self.evidence.iter().cloned().chain(field).collect(),
            proposes: Vec::new(),
        }
    }
}

impl Finding {
    /// What was found and what it was compared with.
    #[must_use]
    pub(super) fn seen(mut self, observed: impl ToString, expected: impl ToString) -> Self {
        self.observed = Some(observed.to_string());
        self.expecting(expected)
    }

    /// What the observed value was compared with.
    #[must_use]
    pub(super) fn expecting(mut self, expected: impl ToString) -> Self {
        self.expected = Some(expected.to_string());
        self
    }

    /// One more thing that it rests on.
    #[must_use]
    pub(super) fn resting_on(mut self, evidence: EvidenceRef) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// A rule of the province that it rests on; its words say which, since when, and where it was read.
    #[must_use]
    pub(super) fn by_rule(mut self, rule: &Rule) -> Self {
        self.message =
            self.message.with("rule", &rule.id).with("from", rule.from).with("source", &rule.source);
        self.resting_on(EvidenceRef::Rule(rule.id.clone()))
    }

    /// Proposes a reason for the finding's own object.
    #[must_use]
    pub(super) fn proposing(mut self, code: &str) -> Self {
        self.proposes.push(ReasonUse::new(code, self.object.clone()));
        self
    }
}
