//! The region of a material that decides, in the viewport: the reviewer's own way of looking at it is kept beside it.

use super::Showing;
use crate::app::case_view::CaseView;
use crate::domain::evidence::{Mark, Region};
use crate::domain::view::{Surface, View};
use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// How the attachment is looked at while its marked region decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Framed {
    /// The sizes of zone and picture for which it was brought there.
    on: (Size, Size),
    view: View,
    /// The reviewer moved, and is left where she is.
    moved: bool,
}

impl CaseView {
    /// The region of the attachment in the viewport that decides, in pixels of the upright picture.
    pub fn marked_region(&self) -> Option<Region> {
        match self.showing() {
            Showing::Beside(_, Some(Mark::Region(region))) => Some(*region),
            _ => None,
        }
    }

    /// Brings the marked region into a zone of `target` pixels, again where the zone is another, until the reviewer moves.
    pub fn frame_region(&mut self, target: Size) {
        let (Some(region), Some(at), Some(size)) =
            (self.marked_region(), self.attachment, self.framed_size())
        else {
            return;
        };
        let on = (target, size);
        if self.pieces.framed.is_some_and(|framed| framed.moved || framed.on == on) {
            return;
        }
        let own = self.views.get(at).copied().unwrap_or_default();
        let turned = match own.surface {
            Surface::Flat(_) => Viewport::default(),
            Surface::Original | Surface::Submitted(_) => own.viewport,
        };
        let region = Rect { x: region.x, y: region.y, size: Size::new(region.width, region.height) };
        let viewport = turned.around(region, Frame::new(size, target));
        // Regions are places on the first page as it was handed in.
        let view = View { page: 0, surface: Surface::Original, viewport, ..own };
        self.pieces.framed = Some(Framed { on, view, moved: false });
    }

    /// How an attachment is looked at while its marked region decides.
    pub(in crate::app::case_view) fn framed(&self, at: usize) -> Option<View> {
        let framed = self.pieces.framed.filter(|_| self.attachment == Some(at))?;
        self.marked_region().map(|_| framed.view)
    }

    /// Looks at the attachment with the marked region differently; false where none is in the viewport.
    pub(in crate::app::case_view) fn change_framed(&mut self, view: View) -> bool {
        if self.marked_region().is_none() {
            return false;
        }
        self.pieces.framed.as_mut().is_some_and(|framed| {
            (framed.view, framed.moved) = (view, true);
            true
        })
    }
}
