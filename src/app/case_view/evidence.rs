//! Which evidence stands in the viewport: the pieces that the selected row rests on, one after the other with the
//! materials, each with its older observations.

mod region;

use super::CaseView;
use crate::app::effect::Opened;
use crate::app::facts::{self, Row};
use crate::app::places;
use crate::domain::evidence::{Gatherer, KeptEvidence, Mark, Observation, Subject};
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::object::Object;
use crate::domain::view::View;
use crate::domain::viewport::Size;

/// One piece of evidence that can stand in the viewport.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    id: String,
    mark: Option<Mark>,
    /// The screenshot that belongs to it, by SHA-256, instead of its words.
    screenshot: Option<String>,
}

/// The evidence of the selected row, and how it is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    all: Vec<Piece>,
    at: usize,
    /// A piece stands in the viewport, not a material.
    open: bool,
    /// How many observations before the one that the finding names.
    back: usize,
    /// The row scrolled to; none while the place that decides is followed.
    scrolled: Option<usize>,
    screenshot_view: View,
    /// The marked region in the viewport.
    framed: Option<region::Framed>,
}

/// What stands in the viewport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing<'a> {
    Attachment,
    /// An attachment with what was learnt of it beside it.
    Beside(&'a KeptEvidence, Option<&'a Mark>),
    Words(&'a KeptEvidence, Option<&'a Mark>),
    /// By SHA-256.
    Screenshot(&'a str),
    /// The finding names a piece that the case does not have (any more).
    Gone,
}

impl CaseView {
    /// Puts the evidence of the selected row into the viewport. What its worst finding names first comes first.
    pub(super) fn show_evidence(&mut self) {
        let findings = self.findings_of_selected();
        let mut all: Vec<Piece> = Vec::new();
        let refs = findings.iter().flat_map(|finding| &finding.evidence);
        for (id, mark) in refs.filter_map(|named| match named {
            EvidenceRef::Evidence { id, mark } => Some((id, mark)),
            _ => None,
        }) {
            let piece = Piece { id: id.clone(), mark: mark.clone(), screenshot: None };
            if !all.contains(&piece) {
                all.push(piece);
                all.extend(self.screenshots(id));
            }
        }
        let first = findings.first().and_then(|finding| {
            finding
                .evidence
                .iter()
                .find(|named| matches!(named, EvidenceRef::Evidence { .. } | EvidenceRef::Attachment(_)))
        });
        let open = match first {
            Some(EvidenceRef::Evidence { .. }) => true,
            Some(_) => false,
            None => !all.is_empty(),
        };
        self.pieces = Pieces { all, open, ..Pieces::default() };
        self.follow_piece();
    }

    fn screenshots(&self, id: &str) -> Vec<Piece> {
        let kept = self.file.evidence.iter().find(|kept| kept.id == *id);
        let pages = match kept.map(|kept| &kept.evidence.observation) {
            Some(Observation::Website(visits)) => visits.pages.as_slice(),
            _ => &[],
        };
        let taken = pages.iter().filter_map(|page| page.screenshot_sha256.clone());
        taken.map(|sha256| Piece { id: id.to_owned(), mark: None, screenshot: Some(sha256) }).collect()
    }

    /// What stands in the viewport. The paper form has its scan beside it.
    pub fn showing(&self) -> Showing<'_> {
        let Some(piece) = self.open_piece() else { return Showing::Attachment };
        if let Some(sha256) = &piece.screenshot {
            return Showing::Screenshot(sha256);
        }
        let Some(kept) = self.observation(piece) else { return Showing::Gone };
        // Places in a text or a picture are those of the observation that the finding names.
        let holds = |mark: &&Mark| self.pieces.back == 0 || matches!(mark, Mark::Field(_) | Mark::Host(_));
        let mark = piece.mark.as_ref().filter(holds);
        match self.attachment_with(kept) {
            Some(_) => Showing::Beside(kept, mark),
            None => Showing::Words(kept, mark),
        }
    }

    fn open_piece(&self) -> Option<&Piece> {
        let open = self.pieces.open && self.open_form().is_none();
        self.pieces.all.get(self.pieces.at).filter(|_| open)
    }

    /// The observation of a piece, or one before it.
    fn observation(&self, piece: &Piece) -> Option<&KeptEvidence> {
        let all = self.observations(piece);
        let named = all.iter().position(|kept| kept.id == piece.id)?;
        all.get(named + self.pieces.back).copied()
    }

    /// All observations of the piece's subject by its gatherer, the newest first.
    fn observations(&self, piece: &Piece) -> Vec<&KeptEvidence> {
        let Some(kept) = self.file.evidence.iter().find(|kept| kept.id == piece.id) else {
            return Vec::new();
        };
        let same = |other: &&KeptEvidence| {
            other.evidence.gatherer() == kept.evidence.gatherer()
                && other.evidence.subject == kept.evidence.subject
        };
        self.file.evidence.iter().filter(same).collect()
    }

    /// Which of how many observations stands there, from 1, the newest first; none when there is only one.
    pub fn observation_place(&self) -> Option<(usize, usize)> {
        let piece = self.open_piece().filter(|piece| piece.screenshot.is_none())?;
        let all = self.observations(piece);
        let named = all.iter().position(|kept| kept.id == piece.id)?;
        (all.len() > 1).then_some((named + self.pieces.back + 1, all.len()))
    }

    /// An older or newer observation of the same subject.
    pub fn step_observation(&mut self, older: bool) {
        let Some((place, count)) = self.observation_place() else { return };
        if older && place < count {
            self.pieces.back += 1;
        } else if !older {
            self.pieces.back = self.pieces.back.saturating_sub(1);
        }
        self.pieces.scrolled = None;
    }

    /// Which piece of how many stands in the viewport, from 1.
    pub fn piece_place(&self) -> Option<(usize, usize)> {
        self.open_piece().map(|_| (self.pieces.at + 1, self.pieces.all.len()))
    }

    /// How many things the viewport can step through.
    pub fn steps(&self) -> usize {
        self.file.filing.attachments.len() + self.pieces.all.len()
    }

    /// To the next or previous thing: the pieces of the selected row, then the materials page by page, around the end.
    pub fn step_attachment(&mut self, forward: bool) {
        self.unfollow();
        if self.open_piece().is_none() && self.step_page(forward) {
            return;
        }
        let (pieces, files) = (self.pieces.all.len(), self.file.filing.attachments.len());
        let count = pieces + files;
        if count == 0 {
            return;
        }
        let here = match self.open_piece() {
            Some(_) => self.pieces.at,
            None => pieces + self.attachment.unwrap_or(0),
        };
        let there = if forward { (here + 1) % count } else { (here + count - 1) % count };
        match there.checked_sub(pieces) {
            Some(file) => {
                self.jump_to_attachment(file);
                self.turn_to_end(forward);
            }
            None => {
                let all = std::mem::take(&mut self.pieces.all);
                self.pieces = Pieces { all, at: there, open: true, ..Pieces::default() };
                self.follow_piece();
            }
        }
    }

    pub fn jump_to_attachment(&mut self, at: usize) {
        if at < self.file.filing.attachments.len() {
            self.unfollow();
            self.attachment = Some(at);
            self.pieces.open = false;
        }
    }

    /// The attachment of which a piece tells comes with it.
    fn follow_piece(&mut self) {
        let at = self
            .open_piece()
            .and_then(|piece| self.observation(piece))
            .and_then(|kept| self.attachment_with(kept));
        if at.is_some() {
            self.attachment = at;
        }
    }

    fn attachment_with(&self, kept: &KeptEvidence) -> Option<usize> {
        let Subject::Attachment(sha256) = &kept.evidence.subject else { return None };
        // A call and a registry record have no picture; a comparison of faces has the photo.
        self.file.attachments.iter().position(|file| file.sha256 == *sha256)
    }

    /// The row scrolled to, and a new one.
    pub const fn scrolled(&self) -> Option<usize> {
        self.pieces.scrolled
    }

    pub const fn scroll_to(&mut self, row: usize) {
        self.pieces.scrolled = Some(row);
    }

    /// The upright size of the attachment in the viewport, as far as it is known.
    pub fn framed_size(&self) -> Option<Size> {
        let (_, _, facts) = self.current_attachment()?;
        self.picture_size(facts)
    }

    /// The upright size of a picture as an inspection of its pixels found it.
    pub(in crate::app) fn upright_size(&self, sha256: &str) -> Option<Size> {
        use crate::domain::evidence::PixelInspection;
        self.file.evidence.iter().find_map(|kept| {
            match (&kept.evidence.subject, &kept.evidence.observation) {
                (Subject::Attachment(of), Observation::Pixels(PixelInspection::Seen(facts)))
                    if of == sha256 =>
                {
                    Some(Size::new(facts.width, facts.height))
                }
                _ => None,
            }
        })
    }

    /// How the screenshot is looked at.
    pub(super) const fn screenshot_view(&self) -> View {
        self.pieces.screenshot_view
    }

    pub(super) const fn set_screenshot_view(&mut self, view: View) {
        self.pieces.screenshot_view = view;
    }

    /// What the selected row's first piece of evidence is of, and who gathered it.
    pub fn selected_subject(&self) -> Option<(Gatherer, &Subject)> {
        let piece = self.pieces.all.first()?;
        let kept = self.file.evidence.iter().find(|kept| kept.id == piece.id)?;
        Some((kept.evidence.gatherer(), &kept.evidence.subject))
    }

    /// The case was judged anew by what is known now: the selection stays on the same fact, and what is looked at stays.
    /// Answers whether the findings are others.
    pub fn learn(&mut self, opened: Opened) -> bool {
        let Opened { file, findings, ours } = opened;
        if file.revision != self.file.revision {
            // Another revision came meanwhile; deciding about this one will be refused with that sentence.
            return false;
        }
        let selected = self.rows.get(self.selected).cloned();
        let selected_finding = self.selected_finding().cloned();
        let (looked_at, before) = (self.attachment, self.pieces.clone());
        let source = self.pieces.all.get(self.pieces.at).and_then(|piece| self.source_of(piece));
        let changed = findings != self.findings;
        self.rows = facts::rows(&file.filing, &file.attachments, &findings);
        self.page_words = places::words_of_all(&file);
        self.file = file;
        self.findings = findings;
        self.ours = ours;
        let row = self.same_row(selected, selected_finding.as_ref());
        self.selected = row.unwrap_or_else(|| self.selected.min(self.rows.len().saturating_sub(1)));
        self.show_evidence();
        // The same piece is looked at as before; a newer one of the same kind takes its place from the top.
        self.pieces.open = before.open && !self.pieces.all.is_empty();
        let same = self.pieces.all.iter().position(|piece| self.source_of(piece) == source);
        self.pieces.at = same.unwrap_or(0);
        if self.pieces.all == before.all {
            self.pieces = before;
        }
        if !matches!(self.showing(), Showing::Beside(..)) {
            self.attachment = looked_at;
        }
        changed
    }

    /// Of what a piece is, by whom, and whether it is a screenshot: what it has in common with a newer one.
    fn source_of(&self, piece: &Piece) -> Option<(Gatherer, Subject, bool)> {
        let kept = self.file.evidence.iter().find(|kept| kept.id == piece.id)?;
        Some((kept.evidence.gatherer(), kept.evidence.subject.clone(), piece.screenshot.is_some()))
    }

    /// The row that says what a row said before: the same finding, else what the same check says of the same object,
    /// else the fact.
    fn same_row(&self, row: Option<Row>, finding: Option<&Finding>) -> Option<usize> {
        let fact = |object: &Object| {
            self.rows.iter().position(|row| matches!(row, Row::Fact(fact) if fact.object == *object))
        };
        match (row?, finding) {
            (Row::Finding(_), Some(before)) => {
                let same = |at: &usize, alike: fn(&Finding, &Finding) -> bool| {
                    let Some(Row::Finding(at)) = self.rows.get(*at) else { return false };
                    self.findings.get(*at).is_some_and(|finding| alike(finding, before))
                };
                let all = 0..self.rows.len();
                let exact: fn(&Finding, &Finding) -> bool = |one, other| {
                    one.check == other.check && one.object == other.object && one.message.id == other.message.id
                };
                let alike: fn(&Finding, &Finding) -> bool =
                    |one, other| one.check == other.check && one.object == other.object;
                all.clone()
                    .find(|at| same(at, exact))
                    .or_else(|| all.clone().find(|at| same(at, alike)))
                    .or_else(|| fact(&before.object))
            }
            (Row::Fact(before), _) => self.rows.iter().position(|row| {
                matches!(row, Row::Fact(fact) if fact.object == before.object && fact.label == before.label)
            }),
            _ => None,
        }
    }

    /// Selects what a check says of an object.
    pub fn select_finding(&mut self, check: &str, object: &Object) {
        let row = self.rows.iter().position(|row| {
            let Row::Finding(at) = row else { return false };
            self.findings.get(*at).is_some_and(|finding| finding.check == check && finding.object == *object)
        });
        let fact =
            || self.rows.iter().position(|row| matches!(row, Row::Fact(fact) if fact.object == *object));
        if let Some(row) = row.or_else(fact) {
            self.select(row);
        }
    }
}
