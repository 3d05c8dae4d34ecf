//! What part of a picture is seen (视野): fit, zoom, pan and quarter turns, as arithmetic on sizes.
//!
//! No pixel is touched here. Both sides of the picture worker use these rules, so that the desk knows what is on the
//! screen without asking. A picture is meant *upright*, that is with its EXIF orientation applied.

use serde::{Deserialize, Serialize};

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    pub const fn new(width: u32, height: u32) -> Self {
        Size { width, height }
    }

    /// The same surface after a quarter turn.
    #[must_use]
    pub const fn turned(self) -> Self {
        Size { width: self.height, height: self.width }
    }

    /// Number of pixels.
    pub const fn area(self) -> u64 {
        self.width as u64 * self.height as u64
    }
}

/// A part of a picture in pixels, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rect {
    pub x: u32,
    pub y: u32,
    pub size: Size,
}

/// An upright picture and the surface on which it is shown, both at least one pixel in each direction.
///
/// The pixels of the surface are taken to be square; a half-block cell counts as one pixel wide and two high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    picture: Size,
    target: Size,
}

impl Frame {
    /// A size of nothing is taken for one pixel, so that no later division can fail.
    pub fn new(picture: Size, target: Size) -> Self {
        let some = |size: Size| Size::new(size.width.max(1), size.height.max(1));
        Frame { picture: some(picture), target: some(target) }
    }

    /// The target as it lies over the upright picture.
    const fn target_under(&self, turns: u8) -> Size {
        if turns.is_multiple_of(2) { self.target } else { self.target.turned() }
    }

    /// Source pixels per shown pixel when the whole picture is seen.
    fn fit_scale(&self, turns: u8) -> f64 {
        let target = self.target_under(turns);
        let ratio = |picture: u32, target: u32| f64::from(picture) / f64::from(target);
        ratio(self.picture.width, target.width).max(ratio(self.picture.height, target.height))
    }
}

/// How much closer one zoom step looks.
const STEP: f64 = 1.5;

/// A source pixel is never shown larger than this many pixels on a side, unless the whole picture already is.
const LARGEST_PIXEL: f64 = 8.0;

/// What the reviewer looks at: zoom, point of interest, rotation. The default is the whole picture, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Viewport {
    /// Zoom steps above fit; 0 is fit.
    steps: u8,
    /// The point of interest in the upright picture.
    centre: (Fraction, Fraction),
    /// Clockwise quarter turns of what is shown, 0 to 3.
    turns: u8,
}

impl Default for Viewport {
    fn default() -> Self {
        Viewport { steps: 0, centre: (Fraction::HALF, Fraction::HALF), turns: 0 }
    }
}

impl Viewport {
    /// The whole picture again; a rotation stays.
    #[must_use]
    pub fn fit(self) -> Self {
        Viewport { turns: self.turns, ..Viewport::default() }
    }

    /// Whether the whole picture is seen.
    pub const fn is_fit(self) -> bool {
        self.steps == 0
    }

    /// One step closer, as long as that still enlarges.
    #[must_use]
    pub fn zoom_in(self, frame: Frame) -> Self {
        let closer = Viewport { steps: self.steps.saturating_add(1), ..self };
        if closer.scale(frame) < self.scale(frame) { closer } else { self }
    }

    /// As close as the whole of a region can be seen with something of what is around it, upright.
    pub fn around(region: Rect, frame: Frame) -> Self {
        const MARGIN: f64 = 1.3;
        let middle = |start: u32, length: u32, whole: u32| {
            Fraction::new((f64::from(start) + f64::from(length) / 2.0) / f64::from(whole.max(1)))
        };
        let mut view = Viewport {
            centre: (
                middle(region.x, region.size.width, frame.picture.width),
                middle(region.y, region.size.height, frame.picture.height),
            ),
            ..Viewport::default()
        };
        loop {
            let closer = view.zoom_in(frame);
            let (width, height) = closer.visible(frame);
            let room = width >= f64::from(region.size.width) * MARGIN
                && height >= f64::from(region.size.height) * MARGIN;
            if closer == view || !room {
                return view;
            }
            view = closer;
        }
    }

    /// One step back, at most to fit. The point of interest stays, so that zooming in again returns to it.
    #[must_use]
    pub const fn zoom_out(self) -> Self {
        Viewport { steps: self.steps.saturating_sub(1), ..self }
    }

    /// Moves the view over the picture: `right` and `down` as seen on the screen, in fractions of the visible part.
    #[must_use]
    pub fn pan(self, right: f64, down: f64, frame: Frame) -> Self {
        let (dx, dy) = match self.turns % 4 {
            0 => (right, down),
            1 => (down, -right),
            2 => (-right, -down),
            _ => (-down, right),
        };
        let visible = self.visible(frame);
        let moved = |centre: Fraction, visible: f64, whole: u32, by: f64| {
            let share = visible / f64::from(whole);
            let clamp = |value: f64| value.clamp(share / 2.0, 1.0 - share / 2.0);
            Fraction::new(clamp(clamp(centre.value()) + by * share))
        };
        Viewport {
            centre: (
                moved(self.centre.0, visible.0, frame.picture.width, dx),
                moved(self.centre.1, visible.1, frame.picture.height, dy),
            ),
            ..self
        }
    }

    /// A quarter turn counter-clockwise.
    #[must_use]
    pub const fn rotate_left(self) -> Self {
        Viewport { turns: (self.turns + 3) % 4, ..self }
    }

    /// A quarter turn clockwise.
    #[must_use]
    pub const fn rotate_right(self) -> Self {
        Viewport { turns: (self.turns + 1) % 4, ..self }
    }

    /// Clockwise quarter turns of what is shown, 0 to 3.
    pub const fn turns(self) -> u8 {
        self.turns % 4
    }

    /// Source pixels per shown pixel: above 1 the picture is reduced, below 1 enlarged.
    pub fn scale(self, frame: Frame) -> f64 {
        let fit = frame.fit_scale(self.turns);
        let wanted = fit / STEP.powi(i32::from(self.steps));
        wanted.max(fit.min(1.0 / LARGEST_PIXEL))
    }

    /// The visible part, in pixels of the upright picture. Never empty, never outside it.
    pub fn source_rect(self, frame: Frame) -> Rect {
        let (width, height) = self.visible(frame);
        let span = |centre: Fraction, visible: f64, whole: u32| {
            let length = (visible.round() as u32).clamp(1, whole);
            let start = (centre.value() * f64::from(whole) - f64::from(length) / 2.0).round().max(0.0);
            ((start as u32).min(whole - length), length)
        };
        let (x, width) = span(self.centre.0, width, frame.picture.width);
        let (y, height) = span(self.centre.1, height, frame.picture.height);
        Rect { x, y, size: Size::new(width, height) }
    }

    /// The size of what is shown, rotation applied: as much of the target as the visible part fills.
    pub fn shown_size(self, frame: Frame) -> Size {
        let (width, height) = self.visible(frame);
        let scale = self.scale(frame);
        let target = frame.target_under(self.turns);
        let length = |visible: f64, target: u32| ((visible / scale).round() as u32).clamp(1, target);
        let size = Size::new(length(width, target.width), length(height, target.height));
        if self.turns.is_multiple_of(2) { size } else { size.turned() }
    }

    /// Width and height of the visible part before rounding, in pixels of the upright picture.
    fn visible(self, frame: Frame) -> (f64, f64) {
        let scale = self.scale(frame);
        let target = frame.target_under(self.turns);
        let length = |picture: u32, target: u32| f64::from(picture).min(f64::from(target) * scale);
        (length(frame.picture.width, target.width), length(frame.picture.height, target.height))
    }
}

/// A number from 0 to 1 in fixed point, so that viewports can be compared and be keys of a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Fraction(u32);

impl Fraction {
    const HALF: Fraction = Fraction(1 << 31);
    const ONE: f64 = (1u64 << 32) as f64;

    fn new(value: f64) -> Self {
        // `as` saturates, and takes a NaN for 0.
        Fraction((value * Self::ONE).round() as u32)
    }

    fn value(self) -> f64 {
        f64::from(self.0) / Self::ONE
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PHONE: Frame = Frame { picture: Size::new(4000, 3000), target: Size::new(68, 52) };

    fn rect(x: u32, y: u32, width: u32, height: u32) -> Rect {
        Rect { x, y, size: Size::new(width, height) }
    }

    #[test]
    fn fit_shows_everything_and_keeps_the_aspect() {
        for (picture, target, shown) in [
            ((4000, 3000), (68, 52), (68, 51)),
            ((3000, 4000), (68, 52), (39, 52)),
            ((20, 10), (100, 100), (100, 50)),
            ((1, 1), (80, 48), (48, 48)),
            ((60000, 1), (80, 48), (80, 1)),
        ] {
            let frame = Frame::new(Size::new(picture.0, picture.1), Size::new(target.0, target.1));
            let whole = Viewport::default();
            assert_eq!(whole.source_rect(frame), rect(0, 0, picture.0, picture.1));
            assert_eq!(whole.shown_size(frame), Size::new(shown.0, shown.1), "{picture:?} on {target:?}");
        }
    }

    #[test]
    fn a_step_closer_fills_the_target_and_keeps_the_middle() {
        let closer = Viewport::default().zoom_in(PHONE).zoom_in(PHONE);
        assert_eq!(closer.shown_size(PHONE), Size::new(68, 52));
        assert_eq!(closer.source_rect(PHONE), rect(1111, 821, 1778, 1359));
    }

    #[test]
    fn a_region_is_brought_near_and_seen_whole() {
        for region in
            [rect(100, 100, 200, 100), rect(3900, 2900, 90, 90), rect(0, 0, 4000, 3000), rect(5000, 0, 9, 9)]
        {
            let seen = Viewport::around(region, PHONE).source_rect(PHONE);
            let inside = region.x.min(4000) >= seen.x
                && (region.x + region.size.width).min(4000) <= seen.x + seen.size.width
                && region.y >= seen.y
                && region.y + region.size.height <= seen.y + seen.size.height;
            assert!(inside, "{region:?} in {seen:?}");
        }
        let near = Viewport::around(rect(100, 100, 200, 100), PHONE).source_rect(PHONE);
        assert!(near.size.width < 600, "{near:?}");
    }

    #[test]
    fn zoom_stops_where_a_pixel_is_eight_wide() {
        let mut view = Viewport::default();
        for _ in 0..100 {
            view = view.zoom_in(PHONE);
        }
        assert_eq!(view.scale(PHONE), 1.0 / LARGEST_PIXEL);
        assert_eq!(view.zoom_in(PHONE), view);
        assert_ne!(view.zoom_out().scale(PHONE), view.scale(PHONE));
    }

    #[test]
    fn panning_follows_the_screen_whatever_the_rotation() {
        let close = Viewport::default().zoom_in(PHONE).zoom_in(PHONE).zoom_in(PHONE);
        let start = close.source_rect(PHONE);
        let right = |view: Viewport| view.pan(0.2, 0.0, PHONE).source_rect(PHONE);
        assert!(right(close).x > start.x && right(close).y == start.y);
        // Turned clockwise, the upright picture's up points to the right of the screen.
        let turned = close.rotate_right();
        assert!(right(turned).y < turned.source_rect(PHONE).y);
        assert!(right(turned.rotate_right()).x < start.x);
        assert!(right(close.rotate_left()).y > close.rotate_left().source_rect(PHONE).y);
    }

    #[test]
    fn a_pan_past_the_edge_is_not_owed_on_the_way_back() {
        let close = (0..4).fold(Viewport::default(), |view, _| view.zoom_in(PHONE));
        let edge = (0..50).fold(close, |view, _| view.pan(0.5, 0.0, PHONE));
        let shown = edge.source_rect(PHONE);
        assert_eq!(shown.x + shown.size.width, 4000);
        assert!(edge.pan(-0.1, 0.0, PHONE).source_rect(PHONE).x < shown.x);
    }

    #[derive(Debug, Clone, Copy)]
    enum Move {
        In,
        Out,
        Pan(f64, f64),
        Left,
        Right,
        Fit,
    }

    fn moves() -> impl Strategy<Value = Vec<Move>> {
        let one = prop_oneof![
            4 => Just(Move::In),
            2 => Just(Move::Out),
            4 => (-3.0..3.0, -3.0..3.0).prop_map(|(x, y)| Move::Pan(x, y)),
            1 => Just(Move::Left),
            1 => Just(Move::Right),
            1 => Just(Move::Fit),
        ];
        prop::collection::vec(one, 0..40)
    }

    fn after(moves: &[Move], frame: Frame) -> Viewport {
        moves.iter().fold(Viewport::default(), |view, step| match *step {
            Move::In => view.zoom_in(frame),
            Move::Out => view.zoom_out(),
            Move::Pan(x, y) => view.pan(x, y, frame),
            Move::Left => view.rotate_left(),
            Move::Right => view.rotate_right(),
            Move::Fit => view.fit(),
        })
    }

    fn frames() -> impl Strategy<Value = Frame> {
        let side = prop_oneof![0u32..20, 20u32..70_000];
        let target = prop_oneof![0u32..5, 5u32..4096];
        (side.clone(), side, target.clone(), target)
            .prop_map(|(pw, ph, tw, th)| Frame::new(Size::new(pw, ph), Size::new(tw, th)))
    }

    proptest! {
        #[test]
        fn the_view_never_leaves_the_picture_nor_the_target(frame in frames(), moves in moves()) {
            let view = after(&moves, frame);
            let rect = view.source_rect(frame);
            prop_assert!(rect.size.width >= 1 && rect.x + rect.size.width <= frame.picture.width);
            prop_assert!(rect.size.height >= 1 && rect.y + rect.size.height <= frame.picture.height);
            let shown = view.shown_size(frame);
            prop_assert!(shown.width >= 1 && shown.width <= frame.target.width);
            prop_assert!(shown.height >= 1 && shown.height <= frame.target.height);
        }

        #[test]
        fn a_step_in_and_out_is_none_at_all(frame in frames(), moves in moves()) {
            let view = after(&moves, frame);
            let closer = view.zoom_in(frame);
            prop_assert!(closer == view || closer.zoom_out() == view);
        }

        #[test]
        fn four_quarter_turns_are_none(frame in frames(), moves in moves()) {
            let view = after(&moves, frame);
            prop_assert_eq!((0..4).fold(view, |view, _| view.rotate_right()), view);
            prop_assert_eq!(view.rotate_left().rotate_right(), view);
        }

        #[test]
        fn a_viewport_survives_its_journey_to_the_worker(frame in frames(), moves in moves()) {
            let view = after(&moves, frame);
            let text = serde_json::to_string(&view).unwrap();
            prop_assert_eq!(serde_json::from_str::<Viewport>(&text).unwrap(), view);
        }
    }
}
