//! What a check says about one place of a filing: the parts that all of its findings share.

use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{EvidenceRef, Finding, Section, Status};
use crate::domain::message::Message;
use crate::domain::object::{Object, Place, ReasonUse};

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
        Finding { proposes: vec![ReasonUse::new(code, self.place)], ..self.warn(message) }
    }

    pub fn fail(&self, code: &str, message: Message) -> Finding {
        Finding { proposes: vec![ReasonUse::new(code, self.place)], ..self.finding(Status::Fail, message) }
    }

    fn finding(&self, status: Status, message: Message) -> Finding {
        // The paper first: it is what the viewport brings up.
        let field = EvidenceRef::Field(self.place.into());
        let paper = self.paper.map(|kind| EvidenceRef::Attachment(Object::attachment(kind)));
        Finding {
            check: self.check.id().to_owned(),
            version: self.check.version(),
            status,
            section: self.section,
            object: self.place.into(),
            message,
            observed: self.observed.clone(),
            expected: None,
            evidence: paper.into_iter().chain([field]).collect(),
            proposes: Vec::new(),
        }
    }
}
