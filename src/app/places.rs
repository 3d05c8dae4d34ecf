//! The named places of the documents of a case: which there are, and where each lies, by what is known of its picture.
//!
//! Where a place lies on a document is `domain::places`'s to say; bringing it into the viewport is `update::places`'s.

use super::case_view::CaseView;
use super::model::{Model, Notice};
use super::pictures::Images;
use crate::domain::case::AttachmentFacts;
use crate::domain::evidence::{Observation, PixelInspection, Region, Subject, TextReading};
use crate::domain::places::{self, Document, DocumentKind, DocumentPlace, Located, PageWords};
use crate::domain::view::{Quad, View};
use crate::domain::workspace::CaseFile;

/// A place of one of the attachments of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// By its place in the filing.
    pub attachment: usize,
    pub place: DocumentPlace,
}

/// A place that is looked at as soon as it is known where it lies, unless the reviewer did something else meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// The filing.
    pub reference: String,
    pub goal: Goal,
    /// How its attachment was looked at.
    pub view: View,
    /// What she was told.
    pub notice: Option<Notice>,
}

/// The places of an attachment, in the order of their keys; none of one that cannot be shown.
pub fn of_attachment(view: &CaseView, at: usize) -> Vec<DocumentPlace> {
    let can_be_shown = view.file.attachments.get(at).is_some_and(|facts| facts.format.can_be_shown());
    let attachment = view.file.filing.attachments.get(at).filter(|_| can_be_shown);
    attachment.map_or_else(Vec::new, |attachment| places::of_attachment(&view.file.filing, attachment.kind))
}

/// What is known of the first page of an attachment.
pub fn document<'v>(view: &'v CaseView, at: usize, quad: Option<Quad>) -> Option<Document<'v>> {
    let attachment = view.file.filing.attachments.get(at)?;
    Some(Document {
        kind: DocumentKind::of(&view.file.filing, attachment.kind)?,
        size: view.known_size_at(at),
        words: view.page_words(at)?,
        faces: faces(view, at),
        quad,
    })
}

impl Model {
    /// Where a place of an attachment of the present case lies; none where nobody knows (yet).
    pub fn locate(&self, goal: Goal) -> Option<Located> {
        let view = self.open_case()?;
        let kind = view.file.filing.attachments.get(goal.attachment)?.kind;
        self.locate_filed(goal, &places::filed(&view.file.filing, kind, goal.place))
    }

    /// The same, where this should stand there: of several one is enough.
    pub(super) fn locate_filed(&self, goal: Goal, filed: &[String]) -> Option<Located> {
        self.document(goal.attachment)?.locate(goal.place, filed, &self.own_places)
    }

    /// Whether a place that was not found may be once more is known of its picture.
    pub(super) fn may_be_found_later(&self, goal: Goal) -> bool {
        let Some(view) = self.open_case().filter(|_| self.settings.images != Images::Off) else {
            return false;
        };
        let facts = view.file.attachments.get(goal.attachment);
        let Some(facts) = facts.filter(|facts| facts.format.can_be_shown() && !view.failed(goal.attachment))
        else {
            return false;
        };
        self.document(goal.attachment)
            .is_some_and(|document| document.may_be_found_later(goal.place, &self.own_places))
            && self.corners.of(&facts.sha256, 0).is_none()
    }

    /// The attachment whose corners would tell where a place is, by its SHA-256; none where they do not, or are known.
    pub(super) fn wanted_corners(&self, goal: Goal) -> Option<String> {
        let lacks = self.may_be_found_later(goal) && self.document(goal.attachment)?.lacks_corners();
        lacks.then(|| {
            self.open_case()?.file.attachments.get(goal.attachment).map(|facts| facts.sha256.clone())
        })?
    }

    /// What is known of the first page of an attachment of the present case.
    pub fn document(&self, at: usize) -> Option<Document<'_>> {
        let view = self.open_case()?;
        let sha256 = &view.file.attachments.get(at)?.sha256;
        document(view, at, self.corners.of(sha256, 0).flatten())
    }
}

/// The words that were read last on each attachment.
pub(super) fn words_of_all(file: &CaseFile) -> Vec<PageWords> {
    let words = |facts: &AttachmentFacts| {
        let read = newest(file, &facts.sha256, |observation| match observation {
            Observation::Text(TextReading::Read(read)) => Some(read.words.as_slice()),
            _ => None,
        });
        read.map_or_else(PageWords::default, PageWords::of)
    };
    file.attachments.iter().map(words).collect()
}

/// The faces that were found last on an attachment.
fn faces(view: &CaseView, at: usize) -> &[Region] {
    let seen = view.file.attachments.get(at).and_then(|facts| {
        newest(&view.file, &facts.sha256, |observation| match observation {
            Observation::Pixels(PixelInspection::Seen(facts)) => Some(facts.faces.as_slice()),
            _ => None,
        })
    });
    seen.unwrap_or_default()
}

/// The newest observation of a file that tells what is wanted: evidence is in that order.
fn newest<'f, T>(file: &'f CaseFile, sha256: &str, of: impl Fn(&'f Observation) -> Option<T>) -> Option<T> {
    file.evidence.iter().find_map(|kept| match &kept.evidence.subject {
        Subject::Attachment(subject) if subject == sha256 => of(&kept.evidence.observation),
        _ => None,
    })
}
