//! What a check says about one place of a filing: the parts that all of its findings share.

use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{EvidenceRef, Finding, Section, Status};
use crate::domain::message::Message;
use crate::domain::object::{Object, Place};

use super::Check;

/// A place of the filing, the value that stands there, and the paper that shows it.
pub(super) struct Statement<'a> {
    check: &'a dyn Check,
    section: Section,
    place: Place,
    observed: Option<String>,
    paper: Option<AttachmentKind>,
}

impl<'a> Statement<'a> {
    pub fn about(check: &'a dyn Check, section: Section, place: Place) -> Self {
        Statement { check, section, place, observed: None, paper: None }
    }

    /// The value that stands there.
    pub fn observed(mut self, value: impl ToString) -> Self {
        self.observed = Some(value.to_string());
        self
    }

    /// The material that shows the value.
    pub fn shown_on(mut self, paper: AttachmentKind) -> Self {
        self.paper = Some(paper);
        self
    }

    pub fn pass(&self, message: Message) -> Finding {
        self.finding(Status::Pass, message)
    }

    pub fn not_run(&self, message: Message) -> Finding {
        self.finding(Status::NotRun, message)
    }

    pub fn warn(&self, message: Message) -> Finding {
        self.finding(Status::Warn, message)
    }

    /// A doubt whose reason is clear if it proves right.
    pub fn warn_of(&self, code: &str, message: Message) -> Finding {
        self.warn(message).proposing(code)
    }

    pub fn fail(&self, code: &str, message: Message) -> Finding {
        self.finding(Status::Fail, message).proposing(code)
    }

    fn finding(&self, status: Status, message: Message) -> Finding {
        let field = EvidenceRef::Field(self.place.into());
        let paper = self.paper.map(|kind| EvidenceRef::Attachment(Object::attachment(kind)));
        Finding {
            message,
            observed: self.observed.clone(),
            // The paper first: it is what the viewport brings up.
            evidence: paper.into_iter().chain([field]).collect(),
            ..Finding::of(self.check, status, self.section, self.place, "")
        }
    }
}
