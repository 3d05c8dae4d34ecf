//! Which parts of a page were in sight (看到的部分): a grid over the upright picture, filled by each view of it.
//!
//! Whether a view was large enough to count is not asked here; `app::attention` says so.

use super::places::Projection;
use super::view::{Quad, Surface, View};
use super::viewport::{Frame, Rect, Size};

/// Squares along each side of the grid. A square is in sight when its middle is, so that the outermost 3 % may be cut off.
const SIDE: usize = 16;

/// The squares that were in sight, row by row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sight([u16; SIDE]);

impl Sight {
    /// With what a view of a page of this size brought onto a zone of `target` pixels. Of a document pulled straight that is
    /// a part of the picture in which it stands.
    #[must_use]
    pub fn with(mut self, view: View, upright: Size, target: Size) -> Self {
        let surface = view.surface.size(upright);
        let seen = view.viewport.source_rect(Frame::new(surface, target));
        let straightening = match view.surface {
            Surface::Original | Surface::Submitted(_) => None,
            Surface::Flat(quad) => match Projection::straightening(quad) {
                None => return self,
                some => some,
            },
        };
        for (y, row) in self.0.iter_mut().enumerate() {
            for x in 0..SIDE {
                let share = (middle(x), middle(y));
                let on_surface = match &straightening {
                    None => share,
                    Some(projection) => projection
                        .of((share.0 * f64::from(upright.width), share.1 * f64::from(upright.height))),
                };
                if lies_in(seen, surface, on_surface) {
                    *row |= 1 << x;
                }
            }
        }
        self
    }

    /// Whether nothing of the page is missing.
    pub fn is_whole(self) -> bool {
        self.0 == [u16::MAX; SIDE]
    }

    /// Where the first part that was not in sight begins, in shares of the width and the height.
    pub fn first_missing(self) -> Option<(f64, f64)> {
        let y = self.0.iter().position(|row| *row != u16::MAX)?;
        let share = |at: usize| at as f64 / SIDE as f64;
        Some((share(self.0[y].trailing_ones() as usize), share(y)))
    }
}

/// What of the picture a part of a document pulled straight covers; none where the corners make no document.
pub fn under(quad: Quad, part: Rect) -> Option<Rect> {
    let projection = Projection::onto(quad)?;
    let flat = quad.flat_size();
    let share = |at: u32, whole: u32| f64::from(at) / f64::from(whole);
    let across = [part.x, part.x.saturating_add(part.size.width)].map(|x| share(x, flat.width));
    let down = [part.y, part.y.saturating_add(part.size.height)].map(|y| share(y, flat.height));
    let corners = across.map(|x| down.map(|y| projection.of((x, y))));
    let ends = |of: fn(&(f64, f64)) -> f64| {
        let all = corners.iter().flatten().map(of);
        let (least, most) = all.fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
        // `as` saturates, and takes a NaN for 0.
        (least.round() as u32, (most - least).round().max(1.0) as u32)
    };
    let ((x, width), (y, height)) = (ends(|corner| corner.0), ends(|corner| corner.1));
    Some(Rect { x, y, size: Size::new(width, height) })
}

/// The middle of a square, as a share of the side.
fn middle(at: usize) -> f64 {
    (at as f64 + 0.5) / SIDE as f64
}

/// Whether a place, in shares of a surface, lies in a part of it.
fn lies_in(part: Rect, surface: Size, (x, y): (f64, f64)) -> bool {
    let within = |at: f64, whole: u32, start: u32, length: u32| {
        let at = at * f64::from(whole);
        (f64::from(start)..=f64::from(start.saturating_add(length))).contains(&at)
    };
    within(x, surface.width, part.x, part.size.width) && within(y, surface.height, part.y, part.size.height)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::view::{Point, Submission};
    use crate::domain::viewport::Viewport;

    const PHOTO: Size = Size::new(4000, 3000);
    const ZONE: Size = Size::new(80, 42);

    fn seen(sight: Sight, view: View) -> Sight {
        sight.with(view, PHOTO, ZONE)
    }

    fn near(x: u32, y: u32) -> View {
        let region = Rect { x, y, size: Size::new(400, 300) };
        View { viewport: Viewport::default().around(region, Frame::new(PHOTO, ZONE)), ..View::default() }
    }

    fn quad(corners: [(u32, u32); 4]) -> Surface {
        Surface::Flat(Quad(corners.map(|(x, y)| Point { x, y })))
    }

    #[test]
    fn the_whole_picture_is_seen_at_once_however_it_lies() {
        let submitted = Surface::Submitted(Submission { kib: 200, longest_side: 1500 });
        let turned = Viewport::default().rotate_right();
        for view in [
            View::default(),
            View { surface: submitted, ..View::default() },
            View { viewport: turned, ..View::default() },
            View { surface: quad([(0, 0), (4000, 0), (4000, 3000), (0, 3000)]), ..View::default() },
        ] {
            assert!(seen(Sight::default(), view).is_whole(), "{view:?}");
        }
    }

    #[test]
    fn a_number_from_near_leaves_the_face_unseen() {
        let number = seen(Sight::default(), near(1500, 2400));
        assert!(!number.is_whole() && number != Sight::default());
        assert_eq!(number.first_missing(), Some((0.0, 0.0)));
        let again = seen(number, near(1500, 2400));
        assert_eq!(again, number, "the same place again adds nothing");
        assert!(seen(number, View::default()).is_whole());
    }

    #[test]
    fn a_document_pulled_straight_is_its_part_of_the_picture() {
        let leaning = quad([(400, 300), (3600, 500), (3400, 2700), (600, 2500)]);
        let alone = seen(Sight::default(), View { surface: leaning, ..View::default() });
        assert!(!alone.is_whole(), "what stands around it was not seen");
        let share = alone.0.iter().map(|row| row.count_ones()).sum::<u32>();
        assert!((110..190).contains(&share), "{share} of 256");
        let line = quad([(0, 0), (1, 1), (2, 2), (3, 3)]);
        let nothing = View { surface: line, ..View::default() };
        assert_eq!(seen(Sight::default(), nothing), Sight::default());
    }

    #[test]
    fn a_part_of_the_document_is_found_in_the_picture() {
        let Surface::Flat(upright) = quad([(1000, 500), (3000, 500), (3000, 1500), (1000, 1500)]) else {
            return;
        };
        let part = Rect { x: 500, y: 250, size: Size::new(1000, 500) };
        assert_eq!(under(upright, part), Some(Rect { x: 1500, y: 750, size: Size::new(1000, 500) }));
        let Surface::Flat(turned) = quad([(3000, 500), (3000, 2500), (2000, 2500), (2000, 500)]) else {
            return;
        };
        let first = Rect { x: 0, y: 0, size: Size::new(1000, 1000) };
        assert_eq!(under(turned, first), Some(Rect { x: 2000, y: 500, size: Size::new(1000, 1000) }));
    }

    proptest! {
        #[test]
        fn going_on_at_what_is_missing_comes_to_an_end(
            size in (1u32..5000, 1u32..5000), steps in 1i16..24, turns in 0u8..4,
        ) {
            let page = Size::new(size.0, size.1);
            let frame = Frame::new(page, ZONE);
            let near = (0..turns).fold(Viewport::default(), |view, _| view.rotate_right()).step(steps, frame);
            let mut sight = Sight::default();
            let mut views = 0;
            while let Some(from) = sight.first_missing() {
                let view = View { viewport: near.beginning_at(from, frame), ..View::default() };
                let more = sight.with(view, page, ZONE);
                prop_assert_ne!(more, sight, "nothing new from {:?}", from);
                sight = more;
                views += 1;
            }
            prop_assert!(views <= 256);
        }
    }
}
