//! Two pictures together (并排, 闪切): which two, how they are looked at, and where they stand.
//!
//! What becomes of the single view meanwhile: nothing. Which files there are to compare with is the case file's.

mod lock;
mod on_screen;
mod partners;

pub use lock::Locked;
pub use partners::{Half, Of, partners};

use super::layout::Area;
use crate::domain::view::{Surface, View};
use crate::domain::viewport::{Frame, Rect, Size};

/// How two pictures are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// 并排
    SideBySide,
    /// 闪切: one at a time in the same place.
    Blink,
}

impl Together {
    /// Where the two stand in the zone of one.
    pub fn areas(self, zone: Area) -> [Area; 2] {
        match self {
            Together::Blink => [zone; 2],
            Together::SideBySide => {
                // One column between them is the border's.
                let width = zone.width.saturating_sub(1) / 2;
                [Area { width, ..zone }, Area { x: zone.x + width + 1, width, ..zone }]
            }
        }
    }
}

/// What is known of a half: its upright size, and the largest face that was found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub size: Size,
    pub face: Option<Rect>,
}

/// A comparison on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub how: Together,
    /// The partner stands in front of the first one while they blink.
    pub swapped: bool,
    first: Half,
    /// At least one.
    partners: Vec<Half>,
    at: usize,
    /// Their viewports are those before both sizes are known.
    views: [View; 2],
    /// None until both sizes are known.
    locked: Option<Locked>,
    frames: Option<[Frame; 2]>,
    /// They were moved, and are no longer laid out anew when a zone or a size changes.
    moved: bool,
}

impl Comparison {
    /// None without a partner.
    pub fn new(how: Together, first: Half, partners: Vec<Half>) -> Option<Self> {
        if partners.is_empty() {
            return None;
        }
        let views = [first.view, partners[0].view];
        Some(Comparison {
            how,
            swapped: false,
            first,
            partners,
            at: 0,
            views,
            locked: None,
            frames: None,
            moved: false,
        })
    }

    /// The next or previous partner, around the end. It comes turned and toned as it is looked at alone, as strokes or as
    /// submitted where the one before stood so.
    pub fn step(&mut self, forward: bool) {
        let count = self.partners.len();
        self.at = if forward { self.at + 1 } else { self.at + count - 1 } % count;
        let View { surface, rendering, .. } = self.views[1];
        self.views = [self.view(0), View { surface, rendering, ..self.partners[self.at].view }];
        self.lay_anew();
    }

    fn lay_anew(&mut self) {
        self.views[0].viewport = self.views[0].viewport.fit();
        (self.locked, self.frames, self.moved) = (None, None, false);
    }

    pub fn halves(&self) -> [&Half; 2] {
        [&self.first, &self.partners[self.at]]
    }

    /// Which partner of how many, from 1.
    pub fn place(&self) -> (usize, usize) {
        (self.at + 1, self.partners.len())
    }

    /// Whether a half is seen now.
    pub fn in_sight(&self, half: usize) -> bool {
        self.how == Together::SideBySide || self.swapped == (half == 1)
    }

    /// How a half is looked at.
    pub fn view(&self, half: usize) -> View {
        let view = self.views[half];
        View { viewport: self.locked.map_or(view.viewport, |locked| locked.viewports[half]), ..view }
    }

    /// Looks at both in another tone, rendering or surface.
    pub fn change(&mut self, change: impl Fn(View) -> View) {
        self.views = self.views.map(change);
    }

    /// Lays both into a zone of `target` pixels: on the faces at equal scale, else whole; what was moved stays where it is.
    pub fn lay(&mut self, known: [Option<Known>; 2], target: Size) {
        let [Some(first), Some(partner)] = known else { return };
        let known = [first, partner];
        let frames = [0, 1].map(|at| Frame::new(self.views[at].surface.size(known[at].size), target));
        if self.frames == Some(frames) {
            return;
        }
        self.frames = Some(frames);
        self.locked = Some(match self.locked.filter(|_| self.moved) {
            Some(locked) => locked.on(frames),
            None => self.opening(known, frames, target),
        });
    }

    fn opening(&self, known: [Known; 2], frames: [Frame; 2], target: Size) -> Locked {
        let before = [0, 1].map(|half| self.view(half).viewport);
        let original = self.views.iter().all(|view| view.surface == Surface::Original && view.page == 0);
        match known.map(|known| known.face) {
            // Faces are places in the first page as it was handed in.
            [Some(first), Some(partner)] if original => {
                Locked::on_faces(before, [first, partner], frames, target.height)
            }
            _ => Locked::whole(before, frames),
        }
    }

    /// Moves both; nothing while a size is not known.
    pub fn go(&mut self, go: impl FnOnce(Locked, [Frame; 2]) -> Locked) {
        if let (Some(locked), Some(frames)) = (self.locked, self.frames) {
            self.locked = Some(go(locked, frames));
            self.moved = true;
        }
    }

    /// A quarter turn of one: of two side by side the left one by `first`, else the right one, clockwise; of two that blink
    /// the one in sight, clockwise or back.
    pub fn turn(&mut self, first: bool) {
        let (half, clockwise) = match self.how {
            Together::SideBySide => (usize::from(!first), true),
            Together::Blink => (usize::from(self.swapped), first),
        };
        self.go(|locked, frames| locked.turn(half, clockwise, frames));
    }

    /// The whole of both; where that is seen already, as they were opened.
    pub fn fit(&mut self) {
        let (Some(locked), Some(frames)) = (self.locked, self.frames) else { return };
        let whole = Locked::whole(locked.viewports, frames);
        if whole.viewports == locked.viewports {
            self.views = self.halves().map(|half| half.view);
            self.lay_anew();
        } else {
            (self.locked, self.moved) = (Some(whole), true);
        }
    }
}
