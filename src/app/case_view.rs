//! One case on the desk: what is selected, how each attachment is looked at, what was shown, what was written.

mod evidence;
mod selection;

use std::collections::HashMap;
use std::net::IpAddr;

use super::attention::{self, Shown};
use super::effect::{Clock, Opened};
use super::facts::{self, Row};
use super::form::Form;
use crate::domain::case::AttachmentFacts;
use crate::domain::decision::Decision;
use crate::domain::declared::attachment_object;
use crate::domain::filing::{Attachment, Transcript};
use crate::domain::finding::{Finding, Status, Tally};
use crate::domain::materials;
use crate::domain::object::{Object, ReasonUse};
use crate::domain::viewport::{Frame, Size, Viewport};
use crate::domain::workspace::{CaseFile, FilingState};

pub use evidence::Showing;
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
    /// How each attachment is looked at; remembered while the case is open.
    views: Vec<Viewport>,
    /// How each attachment was put before the reviewer, once it was.
    shown: Vec<Option<Shown>>,
    /// The upright size of pictures, known once they were decoded.
    sizes: HashMap<String, Size>,
    revealed: Option<(Object, u64)>,
    /// The evidence of the selected row.
    pieces: evidence::Pieces,
}

impl CaseView {
    pub fn new(opened: Opened) -> Self {
        let Opened { file, findings, ours } = opened;
        let rows = facts::rows(&file.filing, &file.attachments, &findings);
        let count = file.filing.attachments.len();
        let form = Form::of(&file.filing);
        let mut view = CaseView {
            rows,
            form,
            selected: 0,
            attachment: None,
            opinion: String::new(),
            internal_note: String::new(),
            views: vec![Viewport::default(); count],
            shown: vec![None; count],
            sizes: HashMap::new(),
            revealed: None,
            pieces: evidence::Pieces::default(),
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
            self.shown = std::mem::take(&mut before.shown);
            self.sizes = std::mem::take(&mut before.sizes);
            if self.findings == before.findings {
                self.selected = before.selected;
                self.pieces = std::mem::take(&mut before.pieces);
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

    pub fn viewport(&self) -> Viewport {
        self.attachment.and_then(|at| self.views.get(at).copied()).unwrap_or_default()
    }

    /// Looks at the current attachment differently; `target` is the size of the picture zone in pixels.
    pub fn look(&mut self, target: Size, change: impl FnOnce(Viewport, Frame) -> Viewport) {
        if let Showing::Screenshot(sha256) = self.showing() {
            let sha256 = sha256.to_owned();
            return self.look_at_screenshot(&sha256, target, change);
        }
        let Some((at, _, facts)) = self.current_attachment() else { return };
        let Some(size) = self.picture_size(facts) else { return };
        if let Some(view) = self.views.get_mut(at) {
            *view = change(*view, Frame::new(size, target));
        }
    }

    fn picture_size(&self, facts: &AttachmentFacts) -> Option<Size> {
        self.sizes
            .get(&facts.sha256)
            .copied()
            .or_else(|| facts.pixels.map(|(width, height)| Size::new(width, height)))
    }

    /// The attachments a reviewer must have seen before a pass, by place in the filing.
    pub fn required_attachments(&self) -> impl Iterator<Item = usize> + '_ {
        let required = materials::required(&self.file.filing);
        (0..self.file.filing.attachments.len())
            .filter(move |at| required.contains(&self.file.filing.attachments[*at].kind))
    }

    /// Required evidence that was not shown yet, by place in the filing.
    pub fn unseen(&self) -> Vec<usize> {
        self.required_attachments().filter(|at| self.shown[*at].is_none()).collect()
    }

    /// Required evidence in whose place only a sentence could be shown, by place in the filing.
    pub fn unshowable(&self) -> Vec<usize> {
        self.required_attachments().filter(|at| self.shown[*at] == Some(Shown::Sentence)).collect()
    }

    pub fn seen(&self, at: usize) -> bool {
        self.shown.get(at).is_some_and(Option::is_some)
    }

    /// The next required evidence that was not shown, after the current one and around the end.
    pub fn next_unseen(&self) -> Option<usize> {
        let unseen = self.unseen();
        let here = self.attachment.unwrap_or(0);
        unseen.iter().copied().find(|at| *at > here).or_else(|| unseen.first().copied())
    }

    /// The picture was drawn on a zone of `target` pixels: counts as shown when it was large enough to read.
    pub fn drawn_as_picture(&mut self, upright: Size, target: Size) {
        match self.showing() {
            Showing::Attachment | Showing::Beside(..) => {}
            Showing::Screenshot(sha256) => {
                self.sizes.insert(sha256.to_owned(), upright);
                return;
            }
            Showing::Words(..) | Showing::Gone => return,
        }
        let Some((at, attachment, facts)) = self.current_attachment() else { return };
        let (kind, sha256) = (attachment.kind, facts.sha256.clone());
        self.sizes.insert(sha256, upright);
        if self.whole_size(upright, target) >= attention::readable(kind) {
            self.shown[at] = Some(Shown::Picture);
        }
    }

    /// Something else than a picture stood in the viewport.
    pub fn drawn_otherwise(&mut self, how: Shown) {
        let attachment = matches!(self.showing(), Showing::Attachment | Showing::Beside(..));
        if attachment
            && let Some(at) = self.attachment
            && let Some(shown @ None) = self.shown.get_mut(at)
        {
            *shown = Some(how);
        }
    }

    /// The longer side of the whole document at the present scale, in pixels of the terminal.
    fn whole_size(&self, upright: Size, target: Size) -> f64 {
        f64::from(upright.width.max(upright.height)) / self.viewport().scale(Frame::new(upright, target))
    }

    /// Whether the whole of the current attachment fits readably on `target`, as far as that is known.
    pub fn readable_on(&self, target: Size) -> bool {
        self.current_attachment().is_none_or(|(_, attachment, facts)| {
            self.picture_size(facts)
                .is_none_or(|size| self.whole_size(size, target) >= attention::readable(attachment.kind))
        })
    }

    /// What the decision records of the evidence.
    pub fn shown_record(&self) -> Vec<String> {
        self.shown
            .iter()
            .zip(&self.file.attachments)
            .filter_map(|(shown, facts)| shown.map(|shown| shown.record(&facts.sha256)))
            .collect()
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
