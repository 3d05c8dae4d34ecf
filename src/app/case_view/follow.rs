//! The walk through the facts: each fact that a document can prove brings that document into the viewport at its place.
//! How the reviewer looks at the document herself is kept beside it, and is there again when she steps to it.

use super::CaseView;
use crate::app::facts::Row;
use crate::app::places::Goal;
use crate::app::strip::proofs;
use crate::domain::case::AttachmentFacts;
use crate::domain::places::{Located, PageWords};
use crate::domain::view::{Rendering, Surface, View};
use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// The place that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Follow {
    goal: Goal,
    view: View,
    /// Where the place was, on how large a picture and zone: brought into it again as long as these change.
    framed: Option<(Located, [Size; 2])>,
    /// The reviewer looked at it differently: from then on the view is hers.
    moved: bool,
}

impl CaseView {
    /// Whether there are facts that a document can prove.
    pub fn has_walk(&self) -> bool {
        self.open_form().is_some() || (0..self.rows.len()).any(|at| self.is_provable(at))
    }

    fn is_provable(&self, row: usize) -> bool {
        matches!(self.rows.get(row), Some(Row::Fact(fact)) if !proofs(self, fact).is_empty())
    }

    /// Selects the next or previous fact that a document can prove, around the end; on the paper form its next line.
    pub(in crate::app) fn move_fact(&mut self, forward: bool) {
        if self.step_form(|form| form.step(forward)) {
            return;
        }
        let facts: Vec<usize> = (0..self.rows.len()).filter(|at| self.is_provable(*at)).collect();
        let next = if forward {
            facts.iter().find(|at| **at > self.selected).or(facts.first())
        } else {
            facts.iter().rev().find(|at| **at < self.selected).or(facts.last())
        };
        if let Some(row) = next {
            self.select(*row);
        }
    }

    /// The document of a place comes into the viewport, and stays at that place.
    pub(in crate::app) fn follow(&mut self, goal: Goal) {
        self.jump_to_attachment(goal.attachment);
        let own = self.own_view(goal.attachment);
        // Seen whole until the place is known.
        let view = View { viewport: own.viewport.fit(), tone: own.tone, ..View::default() };
        self.follow = Some(Follow { goal, view, framed: None, moved: false });
    }

    /// How the reviewer looks at an attachment herself.
    pub(in crate::app) fn own_view(&self, at: usize) -> View {
        self.views.get(at).copied().unwrap_or_default()
    }

    /// The words that were read on an attachment.
    pub(in crate::app) fn page_words(&self, at: usize) -> Option<&PageWords> {
        self.page_words.get(at)
    }

    /// The upright size of an attachment as it was decoded or inspected. What a file's header says is the size before it
    /// is turned: nothing is looked for by that.
    pub(in crate::app) fn known_size_at(&self, at: usize) -> Option<Size> {
        let facts = self.file.attachments.get(at)?;
        let told = self.sizes.get(&facts.sha256).copied().or_else(|| self.upright_size(&facts.sha256));
        told.or_else(|| self.header_size(facts).filter(|_| self.drawn_partly(at)))
    }

    /// The same, else what its header says, turned where words were read that lie on it only so.
    pub(in crate::app) fn upright_size_at(&self, at: usize) -> Option<Size> {
        self.known_size_at(at).or_else(|| {
            let size = self.header_size(self.file.attachments.get(at)?)?;
            let words = self.page_words(at)?;
            Some(if !words.lie_on(size) && words.lie_on(size.turned()) { size.turned() } else { size })
        })
    }

    fn header_size(&self, facts: &AttachmentFacts) -> Option<Size> {
        facts.pixels.map(|(width, height)| Size::new(width, height))
    }

    /// The place that is followed.
    pub fn following(&self) -> Option<Goal> {
        self.follow.as_ref().map(|follow| follow.goal)
    }

    pub(super) fn unfollow(&mut self) {
        self.follow = None;
    }

    /// How an attachment is looked at while a place on it is followed.
    pub(super) fn followed(&self, at: usize) -> Option<View> {
        let follow = self.follow.as_ref().filter(|follow| follow.goal.attachment == at);
        follow.filter(|_| self.attachment == Some(at)).map(|follow| follow.view)
    }

    /// Looks at the followed place differently; false where none is followed.
    pub(super) fn change_followed(&mut self, view: View) -> bool {
        let here = self.attachment;
        let follow = self.follow.as_mut().filter(|follow| Some(follow.goal.attachment) == here);
        follow.is_some_and(|follow| {
            (follow.view, follow.moved) = (view, true);
            true
        })
    }

    /// Brings the followed place into a zone of `target` pixels of a rendering, unless the reviewer looks elsewhere.
    pub(in crate::app) fn frame_followed(&mut self, found: &Located, rendering: Rendering, target: Size) {
        let Some(at) = self.attachment else { return };
        let Some(size) = self.upright_size_at(at) else { return };
        let view = view_around(found, self.own_view(at), size, rendering, target);
        if let Some(follow) = self.follow.as_mut().filter(|follow| !follow.moved) {
            let framed = Some((found.clone(), [size, target]));
            if follow.framed != framed {
                (follow.view, follow.framed) = (view, framed);
            }
        }
    }
}

/// A place as it is seen on a zone of `target` pixels, in the reviewer's tone (`own`) and as she turned the picture; a document
/// pulled straight is upright. `upright` is the size of the picture.
pub(in crate::app) fn view_around(
    found: &Located,
    own: View,
    upright: Size,
    rendering: Rendering,
    target: Size,
) -> View {
    let turned = match found.surface {
        Surface::Flat(_) => Viewport::default(),
        Surface::Original | Surface::Submitted(_) => own.viewport,
    };
    let size = Size::new(found.region.width, found.region.height);
    let region = Rect { x: found.region.x, y: found.region.y, size };
    let viewport = turned.around(region, Frame::new(found.surface.size(upright), target));
    View { page: 0, surface: found.surface, viewport, rendering, tone: own.tone }
}
