//! The named places of the documents of a case: which there are, and where each lies, by what is known of its picture.
//!
//! Where a place lies on a document is `domain::places`'s to say; bringing it into the viewport is `update::places`'s.

use super::case_view::CaseView;
use super::model::Model;
use crate::domain::evidence::{Observation, PixelInspection, Region, Subject, TextReading, Word};
use crate::domain::places::{self, Document, DocumentKind, DocumentPlace, Located};
use crate::domain::view::Quad;
use crate::domain::viewport::Size;

/// A place of one of the attachments of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// By its place in the filing.
    pub attachment: usize,
    pub place: DocumentPlace,
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
        size: view.upright_size_at(at)?,
        words: words(view, at),
        faces: faces(view, at),
        quad,
    })
}

impl Model {
    /// Where a place of an attachment of the present case lies; none where nobody knows (yet).
    pub fn locate(&self, goal: Goal) -> Option<Located> {
        let view = self.open_case()?;
        let kind = view.file.filing.attachments.get(goal.attachment)?.kind;
        let filed = places::filed(&view.file.filing, kind, goal.place);
        self.document(goal.attachment)?.locate(goal.place, &filed, &self.own_places)
    }

    /// What is known of the first page of an attachment of the present case.
    pub fn document(&self, at: usize) -> Option<Document<'_>> {
        let view = self.open_case()?;
        let sha256 = &view.file.attachments.get(at)?.sha256;
        document(view, at, self.corners.of(sha256, 0).flatten())
    }
}

/// The words that were read last on an attachment.
fn words(view: &CaseView, at: usize) -> &[Word] {
    let read = newest(view, at, |observation| match observation {
        Observation::Text(TextReading::Read(read)) => Some(read.words.as_slice()),
        _ => None,
    });
    read.unwrap_or_default()
}

/// The faces that were found last on an attachment.
fn faces(view: &CaseView, at: usize) -> &[Region] {
    let seen = newest(view, at, |observation| match observation {
        Observation::Pixels(PixelInspection::Seen(facts)) => Some(facts.faces.as_slice()),
        _ => None,
    });
    seen.unwrap_or_default()
}

/// The newest observation of an attachment that tells what is wanted: evidence is in that order.
fn newest<'v, T>(view: &'v CaseView, at: usize, of: impl Fn(&'v Observation) -> Option<T>) -> Option<T> {
    let sha256 = &view.file.attachments.get(at)?.sha256;
    view.file.evidence.iter().find_map(|kept| match &kept.evidence.subject {
        Subject::Attachment(subject) if subject == sha256 => of(&kept.evidence.observation),
        _ => None,
    })
}

impl CaseView {
    /// The upright size of an attachment, as far as it is known.
    pub fn upright_size_at(&self, at: usize) -> Option<Size> {
        self.picture_size(self.file.attachments.get(at)?)
    }
}
