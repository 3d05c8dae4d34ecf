//! One case on the desk: what is selected, how each attachment is looked at, what was shown, what was written.

mod compare;
mod evidence;
mod follow;
mod pages;
mod selection;
mod shown;
mod words;

use std::collections::HashMap;
use std::net::IpAddr;

use super::compare::Comparison;
use super::effect::{Clock, Opened, Seen};
use super::facts::{self, Row};
use super::form::Form;
use super::looks::Looks;
use super::places;
use crate::domain::case::AttachmentFacts;
use crate::domain::decision::Decision;
use crate::domain::declared::attachment_object;
use crate::domain::filing::{Attachment, Transcript};
use crate::domain::finding::{Finding, Status, Tally};
use crate::domain::materials;
use crate::domain::object::{Object, ReasonUse};
use crate::domain::places::PageWords;
use crate::domain::view::View;
use crate::domain::viewport::{Frame, Size, Viewport};
use crate::domain::workspace::{CaseFile, FilingState};

pub(in crate::app) use self::pages::Pages;

pub use evidence::Showing;
pub(super) use follow::view_around;
pub use selection::is_contact;

/// How long a revealed value stays readable, in milliseconds.
const REVEAL_MS: u64 = 10_000;

/// The state of one case on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    pub file: CaseFile,
    pub findings: Vec<Finding>,
    /// Which of the addresses that evidence names are the provider's.
    pub ours: Vec<IpAddr>,
    pub rows: Vec<Row>,
    /// The selected row; always a fact or a finding when there is one.
    pub selected: usize,
    /// The attachment in the viewport, by its place in the filing.
    pub attachment: Option<usize>,
    pub opinion: String,
    pub internal_note: String,
    /// The paper form, for filings that have the scan of one.
    form: Option<Form>,
    /// How each attachment is looked at.
    views: Vec<View>,
    /// The pages of each attachment, and which of them were put before the reviewer.
    pages: Vec<Pages>,
    /// The upright size of pictures, known once they were decoded.
    sizes: HashMap<String, Size>,
    revealed: Option<(Object, u64)>,
    /// The evidence of the selected row.
    pieces: evidence::Pieces,
    /// The words that were read on each attachment.
    page_words: Vec<PageWords>,
    /// The place to which the walk through the facts led.
    follow: Option<follow::Follow>,
    words: words::InWords,
    /// Two pictures over the case.
    comparison: Option<Comparison>,
    /// What was seen of other filings, each recorded once; whether it is recorded already.
    compared: Vec<(Seen, bool)>,
    /// The document pulled straight that is looked at as submitted meanwhile, by its place.
    straight: Option<(usize, View)>,
}

impl CaseView {
    pub fn new(opened: Opened) -> Self {
        let Opened { file, findings, ours } = opened;
        let rows = facts::rows(&file.filing, &file.attachments, &findings);
        let count = file.filing.attachments.len();
        let form = Form::of(&file.filing);
        let mut view = CaseView {
            page_words: places::words_of_all(&file),
            rows,
            form,
            selected: 0,
            attachment: None,
            opinion: String::new(),
            internal_note: String::new(),
            views: vec![View::default(); count],
            pages: vec![Pages::default(); count],
            sizes: HashMap::new(),
            revealed: None,
            pieces: evidence::Pieces::default(),
            follow: None,
            words: words::InWords::default(),
            comparison: None,
            compared: Vec::new(),
            straight: None,
            ours,
            file,
            findings,
        };
        let first = view.problems().next().or_else(|| view.selectable().next()).unwrap_or(0);
        let evidence = view.required_attachments().next().or((count > 0).then_some(0));
        view.attachment = evidence;
        view.select(first);
        view
    }

    /// The same filing in the same revision came again (a decision could not be saved): what was looked at stays.
    pub fn resume(&mut self, before: &mut CaseView) {
        if self.reference() == before.reference() && self.file.revision == before.file.revision {
            self.attachment = before.attachment;
            self.views = std::mem::take(&mut before.views);
            self.pages = std::mem::take(&mut before.pages);
            self.sizes = std::mem::take(&mut before.sizes);
            self.words = std::mem::take(&mut before.words);
            self.compared = std::mem::take(&mut before.compared);
            if self.findings == before.findings {
                self.selected = before.selected;
                self.pieces = std::mem::take(&mut before.pieces);
                self.follow = before.follow.take();
                self.form = before.form.take();
            }
        }
    }

    /// The filing's unambiguous name, `source/key`.
    pub fn reference(&self) -> String {
        self.file.reference()
    }

    pub fn tally(&self) -> Tally {
        Tally::of(&self.findings)
    }

    /// What the machine proposes.
    pub fn proposals(&self) -> Vec<ReasonUse> {
        crate::domain::finding::proposals(&self.findings)
    }

    /// An attachment as reasons and findings name it, by its place in the filing.
    pub fn object_at(&self, at: usize) -> Option<Object> {
        attachment_object(&self.file.filing, at)
    }

    /// The decision to which this reviewer takes the second look.
    pub fn first_look(&self) -> Option<&Decision> {
        self.file.current.as_ref().filter(|_| self.file.state == FilingState::SecondReview)
    }

    /// The attachment in the viewport.
    pub fn current_attachment(&self) -> Option<(usize, &Attachment, &AttachmentFacts)> {
        let at = self.attachment?;
        Some((at, self.file.filing.attachments.get(at)?, self.file.attachments.get(at)?))
    }

    /// The transcript of the attachment in the viewport.
    pub fn transcript(&self) -> Option<&Transcript> {
        self.current_attachment().and_then(|(_, attachment, _)| attachment.transcript.as_ref())
    }

    /// How what stands in the viewport is looked at.
    pub fn view(&self) -> View {
        match self.showing() {
            Showing::Screenshot(_) => self.screenshot_view(),
            _ => self.attachment.map(|at| self.view_of(at)).unwrap_or_default(),
        }
    }

    /// How an attachment is looked at, by its place in the filing.
    pub fn view_of(&self, at: usize) -> View {
        let brought = self.followed(at).or_else(|| self.framed(at));
        brought.or_else(|| self.views.get(at).copied()).unwrap_or_default()
    }

    /// The pictures are left as they are.
    pub fn leave(&self, looks: &mut Looks) {
        for (facts, view) in self.file.attachments.iter().zip(&self.views) {
            looks.keep(facts, *view);
        }
        looks.keep_seen(self.reference(), &self.file.revision, self.pages.clone());
    }

    /// The pictures are looked at as they were left, and what was seen of them still counts: of the same revision.
    pub fn recall(&mut self, looks: &Looks) {
        for (facts, view) in self.file.attachments.iter().zip(&mut self.views) {
            *view = looks.of(facts);
        }
        if let Some(pages) = looks.seen(&self.reference(), &self.file.revision) {
            self.pages = pages;
        }
    }

    /// Looks at what stands in the viewport differently.
    pub fn change_view(&mut self, change: impl FnOnce(View) -> View) {
        let changed = change(self.view());
        if self.change_followed(changed) || self.change_framed(changed) {
            return;
        }
        match self.showing() {
            Showing::Screenshot(_) => self.set_screenshot_view(changed),
            _ => {
                if let Some(view) = self.attachment.and_then(|at| self.views.get_mut(at)) {
                    *view = changed;
                }
            }
        }
    }

    /// Moves the viewport; `target` is the size of the picture zone in pixels.
    pub fn look(&mut self, target: Size, change: impl FnOnce(Viewport, Frame) -> Viewport) {
        let Some(frame) = self.frame(target) else { return };
        self.change_view(|view| View { viewport: change(view.viewport, frame), ..view });
    }

    /// What stands in the viewport, on a zone of `target` pixels; none while its size is unknown.
    pub fn frame(&self, target: Size) -> Option<Frame> {
        let upright = match self.showing() {
            Showing::Screenshot(sha256) => self.sizes.get(sha256).copied(),
            _ => self.current_attachment().and_then(|(at, _, facts)| self.page_size(at, facts)),
        };
        Some(Frame::new(self.view().surface.size(upright?), target))
    }

    /// The upright size of a picture, as far as it is known: as decoded, else as inspected, else as its header says.
    pub(super) fn picture_size(&self, facts: &AttachmentFacts) -> Option<Size> {
        let decoded = self.sizes.get(&facts.sha256).copied();
        decoded
            .or_else(|| self.upright_size(&facts.sha256))
            .or_else(|| facts.pixels.map(|(width, height)| Size::new(width, height)))
    }

    /// The size of the page of an attachment that is looked at.
    fn page_size(&self, at: usize, facts: &AttachmentFacts) -> Option<Size> {
        match self.view_of(at).page {
            0 => self.picture_size(facts),
            page => self.pages.get(at)?.size(page),
        }
    }

    /// The attachments a reviewer must have seen before a pass, by place in the filing.
    pub fn required_attachments(&self) -> impl Iterator<Item = usize> + '_ {
        let required = materials::required(&self.file.filing);
        (0..self.file.filing.attachments.len())
            .filter(move |at| required.contains(&self.file.filing.attachments[*at].kind))
    }

    pub fn reveal(&mut self, object: Object, clock: Clock) {
        self.revealed = Some((object, clock.ms + REVEAL_MS));
    }

    pub fn is_revealed(&self, object: &Object) -> bool {
        self.revealed.as_ref().is_some_and(|(revealed, _)| revealed == object)
    }

    /// When something revealed must be masked again.
    pub fn reveal_ends(&self) -> Option<u64> {
        self.revealed.as_ref().map(|(_, until)| *until)
    }

    pub fn end_reveal(&mut self, now: u64) {
        self.revealed.take_if(|(_, until)| now >= *until);
    }

    /// Findings that a pass would overrule.
    pub fn overruled(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.status != Status::Pass)
    }
}
