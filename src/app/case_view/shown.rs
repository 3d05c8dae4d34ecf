//! What of the materials was before the reviewer, and how the step to the next one looks at it so that it counts.
//!
//! Shown means seen: a crop of the number says nothing of the face beside it. A page counts when all of it was in sight
//! large enough to be read, at once or part by part (`domain::sight`).

use super::{CaseView, Showing};
use crate::app::attention::{self, Shown};
use crate::domain::view::{Rendering, Surface, View};
use crate::domain::viewport::{Frame, Size};

impl CaseView {
    /// Required evidence that was not shown yet, by place in the filing. In words alone is not shown where there is
    /// something for the eye.
    pub fn unseen(&self) -> Vec<usize> {
        self.required_attachments().filter(|at| !self.seen(*at)).collect()
    }

    /// Required evidence in whose place only a sentence could be shown, by place in the filing.
    pub fn unshowable(&self) -> Vec<usize> {
        self.required_attachments().filter(|at| self.pages[*at].shown() == Some(Shown::Sentence)).collect()
    }

    pub fn seen(&self, at: usize) -> bool {
        self.pages.get(at).is_some_and(|pages| pages.shown().is_some()) && !self.only_read(at)
    }

    /// The next required evidence that was not shown, after the current one and around the end.
    pub fn next_unseen(&self) -> Option<usize> {
        self.after_current(self.unseen())
    }

    /// The first of some attachments after the current one, around the end.
    pub(super) fn after_current(&self, some: Vec<usize>) -> Option<usize> {
        let here = self.attachment.unwrap_or(0);
        some.iter().copied().find(|at| *at > here).or_else(|| some.first().copied())
    }

    /// The picture was drawn on a zone of `target` pixels, `dots` of which lie along a half-block.
    pub fn drawn_as_picture(&mut self, upright: Size, target: Size, dots: f64) {
        match self.showing() {
            Showing::Attachment | Showing::Beside(..) => {}
            Showing::Screenshot(sha256) => {
                self.sizes.insert(sha256.to_owned(), upright);
                return;
            }
            Showing::Words(..) | Showing::Gone => return,
        }
        if let Some(at) = self.attachment {
            self.was_in_sight(at, self.view_of(at), upright, target, dots);
        }
    }

    /// An attachment was drawn in a view: what of it was seen largely enough counts.
    pub(super) fn was_in_sight(&mut self, at: usize, view: View, upright: Size, target: Size, dots: f64) {
        let (Some(facts), Some(pages)) = (self.file.attachments.get(at), self.pages.get_mut(at)) else {
            return;
        };
        if view.page == 0 {
            self.sizes.insert(facts.sha256.clone(), upright);
        } else {
            pages.has_size(view.page, upright);
        }
        // Of a file that may have several pages nothing is said before it is known how many.
        let counted = !facts.format.has_pages() || pages.is_counted();
        if counted
            && attention::has_shades_for(facts.kind, view.rendering)
            && attention::is_readable(facts.kind, view, upright, target, dots)
        {
            pages.was_in_sight(view, upright, target);
        }
    }

    /// Something else than a picture stood in the viewport.
    pub fn drawn_otherwise(&mut self, how: Shown) {
        let attachment = matches!(self.showing(), Showing::Attachment | Showing::Beside(..));
        if attachment
            && let Some((at, page)) = self.attachment.map(|at| (at, self.view_of(at).page))
            && let Some(pages) = self.pages.get_mut(at)
        {
            pages.was_shown(page, how);
        }
    }

    /// Whether the current attachment is readable on `target`, of whose pixels `dots` lie along a half-block, as far as that
    /// is known.
    pub fn readable_on(&self, target: Size, dots: f64) -> bool {
        self.current_attachment().is_none_or(|(at, attachment, facts)| {
            self.page_size(at, facts).is_none_or(|size| {
                attention::is_readable(attachment.kind, self.view_of(at), size, target, dots)
            })
        })
    }

    /// Looks at the whole of the attachment in the viewport, in a rendering in which it counts.
    pub fn look_at_whole(&mut self) {
        let Some((at, attachment, _)) = self.current_attachment() else { return };
        let kind = attachment.kind;
        if let Some(view) = self.views.get_mut(at) {
            if let Surface::Flat(_) = view.surface {
                view.surface = Surface::Original;
            }
            if !attention::has_shades_for(kind, view.rendering) {
                view.rendering = Rendering::Colour;
            }
            view.viewport = view.viewport.fit();
        }
    }

    /// Where the whole of the attachment in the viewport is too small to be read: so close that it can be, at the first part
    /// that was not in sight.
    pub fn look_at_next_part(&mut self, target: Size, dots: f64) {
        let Some((at, attachment, facts)) = self.current_attachment() else { return };
        let (kind, Some(upright)) = (attachment.kind, self.page_size(at, facts)) else { return };
        let (Some(view), Some(pages)) = (self.views.get_mut(at), self.pages.get(at)) else { return };
        let frame = Frame::new(view.surface.size(upright), target);
        let mut closer = *view;
        while !attention::is_readable(kind, closer, upright, target, dots) {
            let before = closer.viewport;
            closer.viewport = before.step(1, frame);
            if closer.viewport == before {
                break;
            }
        }
        if closer.viewport != view.viewport
            && let Some(from) = pages.first_missing(view.page)
        {
            closer.viewport = closer.viewport.beginning_at(from, frame);
        }
        *view = closer;
    }

    /// What the decision records of the evidence.
    pub fn shown_record(&self) -> Vec<String> {
        self.pages
            .iter()
            .zip(&self.file.attachments)
            .filter_map(|(pages, facts)| Some(pages.shown()?.record(&facts.sha256)))
            .collect()
    }
}
