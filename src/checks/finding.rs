//! How a check writes a [`Finding`] down: its id and version, then the parts it has, one after another.

use super::Check;
use crate::domain::finding::{EvidenceRef, Finding, Section, Status};
use crate::domain::message::Message;
use crate::domain::object::{Object, ReasonUse};

impl Finding {
    /// A statement of `check` about `object`; `message` is an id with its room, e.g. `checks.name_same`.
    pub(super) fn of(
        check: &dyn Check,
        status: Status,
        section: Section,
        object: impl Into<Object>,
        message: &str,
    ) -> Self {
        Finding {
            check: check.id().to_owned(),
            version: check.version(),
            status,
            section,
            object: object.into(),
            message: Message::new(message),
            observed: None,
            expected: None,
            evidence: Vec::new(),
            proposes: Vec::new(),
        }
    }

    /// Gives the message its argument.
    #[must_use]
    pub(super) fn saying(mut self, name: &str, value: impl ToString) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// What was found and what it was compared with.
    #[must_use]
    pub(super) fn seen(mut self, observed: impl ToString, expected: impl ToString) -> Self {
        self.observed = Some(observed.to_string());
        self.expected = Some(expected.to_string());
        self
    }

    /// What it rests on; the first is what the viewport brings up.
    #[must_use]
    pub(super) fn resting_on(mut self, evidence: EvidenceRef) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Proposes a reason for the finding's own object.
    #[must_use]
    pub(super) fn proposing(mut self, code: &str) -> Self {
        self.proposes.push(ReasonUse::new(code, self.object.clone()));
        self
    }
}
