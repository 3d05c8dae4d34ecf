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

/// A zoom step has so many small ones, so that two pictures can be brought to one scale.
const SMALL_STEPS: u16 = 8;

/// A source pixel is never shown larger than this many pixels on a side, unless the whole picture already is.
const LARGEST_PIXEL: f64 = 8.0;

/// What the reviewer looks at: zoom, point of interest, rotation. The default is the whole picture, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Viewport {
    /// Small zoom steps above fit; 0 is fit.
    steps: u16,
    /// The point of interest in the upright picture.
    centre: (Fraction, Fraction),
    /// Clockwise quarter turns of what is shown, 0 to 3.
    turns: u8,
}

impl Default for Viewport {
    fn default() -> Self {
        Viewport::WHOLE
    }
}

impl Viewport {
    /// The whole picture, upright.
    pub const WHOLE: Viewport = Viewport { steps: 0, centre: (Fraction::HALF, Fraction::HALF), turns: 0 };

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
        self.closer(SMALL_STEPS, frame)
    }

    /// So many small zoom steps (5 % each) closer as long as that still enlarges, or back at most to fit.
    #[must_use]
    pub fn step(self, small_steps: i16, frame: Frame) -> Self {
        match u16::try_from(small_steps) {
            Ok(closer) => self.closer(closer, frame),
            Err(_) => Viewport { steps: self.steps.saturating_sub(small_steps.unsigned_abs()), ..self },
        }
    }

    fn closer(self, steps: u16, frame: Frame) -> Self {
        let closer = Viewport { steps: self.steps.saturating_add(steps), ..self };
        if closer.scale(frame) < self.scale(frame) { closer } else { self }
    }

    /// As close as the whole of a region can be seen with something of what is around it; a rotation stays.
    #[must_use]
    pub fn around(self, region: Rect, frame: Frame) -> Self {
        const MARGIN: f64 = 1.3;
        let mut view = self.over(region, frame);
        loop {
            let closer = view.closer(1, frame);
            let (width, height) = closer.visible(frame);
            let room = width >= f64::from(region.size.width) * MARGIN
                && height >= f64::from(region.size.height) * MARGIN;
            if closer == view || !room {
                return view;
            }
            view = closer;
        }
    }

    /// The whole picture, with a region as its point of interest.
    fn over(self, region: Rect, frame: Frame) -> Self {
        let middle = |start: u32, length: u32, whole: u32| {
            Fraction::new((f64::from(start) + f64::from(length) / 2.0) / f64::from(whole.max(1)))
        };
        Viewport {
            centre: (
                middle(region.x, region.size.width, frame.picture.width),
                middle(region.y, region.size.height, frame.picture.height),
            ),
            ..self.fit()
        }
    }

    /// The same closeness with the visible part beginning at a place, in shares of the upright picture's width and height,
    /// as far as the picture goes on from there.
    #[must_use]
    pub fn beginning_at(self, from: (f64, f64), frame: Frame) -> Self {
        let (width, height) = self.visible(frame);
        let middle = |from: f64, visible: f64, whole: u32| {
            let half = visible / f64::from(whole) / 2.0;
            Fraction::new((from + half).min(1.0 - half))
        };
        let Size { width: across, height: down } = frame.picture;
        Viewport { centre: (middle(from.0, width, across), middle(from.1, height, down)), ..self }
    }

    /// A region in the middle, at a scale (source pixels per shown pixel) to the nearest small step, 3 % to either side;
    /// a rotation stays. No farther than fit.
    #[must_use]
    pub fn at_scale(self, region: Rect, scale: f64, frame: Frame) -> Self {
        let steps = (frame.fit_scale(self.turns) / scale).log(STEP) * f64::from(SMALL_STEPS);
        // `as` saturates, and takes a NaN for 0.
        let wanted = Viewport { steps: steps.round().max(0.0) as u16, ..self.over(region, frame) };
        // Not beyond where zooming in still enlarges, so that one step back is seen.
        let most = (0..wanted.steps)
            .rev()
            .find(|steps| Viewport { steps: *steps, ..wanted }.scale(frame) > wanted.scale(frame));
        Viewport { steps: most.map_or(wanted.steps, |most| most + 1), ..wanted }
    }

    /// One step back, at most to fit. The point of interest stays, so that zooming in again returns to it.
    #[must_use]
    pub const fn zoom_out(self) -> Self {
        Viewport { steps: self.steps.saturating_sub(SMALL_STEPS), ..self }
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
        let wanted = fit / STEP.powf(f64::from(self.steps) / f64::from(SMALL_STEPS));
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
mod tests;
