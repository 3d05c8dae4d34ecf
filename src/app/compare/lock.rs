//! Two viewports that move as one: what is done to one is done to the other, and the ratio of their scales stays.

use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// How far the ratio of the scales may drift, as a share: half a small zoom step, and a little.
const DRIFT: f64 = 0.03;

/// A zoom step has so many small ones ([`Viewport::step`]).
const STEP: i16 = 8;

/// How many small steps one picture may be brought closer or back alone, to keep the ratio: 25 times.
const CATCH_UP: i16 = 64;

/// A face is as high as this share of the zone, where the pictures allow it.
const FACE: f64 = 0.45;

/// The ratio of two scales, as the bits of its `f64`, so that states can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ratio(u64);

impl Ratio {
    fn of(viewports: [Viewport; 2], frames: [Frame; 2]) -> Self {
        Ratio((viewports[0].scale(frames[0]) / viewports[1].scale(frames[1])).to_bits())
    }

    fn is_kept(self, viewports: [Viewport; 2], frames: [Frame; 2]) -> bool {
        let now = f64::from_bits(Ratio::of(viewports, frames).0);
        (now / f64::from_bits(self.0)).ln().abs() <= DRIFT.ln_1p()
    }
}

/// Two viewports in lock-step, each on its own frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locked {
    pub viewports: [Viewport; 2],
    ratio: Ratio,
}

impl Locked {
    fn new(viewports: [Viewport; 2], frames: [Frame; 2]) -> Self {
        Locked { viewports, ratio: Ratio::of(viewports, frames) }
    }

    /// The whole of both, turned as before.
    pub fn whole(before: [Viewport; 2], frames: [Frame; 2]) -> Self {
        Locked::new(before.map(Viewport::fit), frames)
    }

    /// Two faces in the middle, equally high on the screen, as far as neither picture must become smaller than whole; turned
    /// as before.
    pub fn on_faces(before: [Viewport; 2], faces: [Rect; 2], frames: [Frame; 2], zone_height: u32) -> Self {
        let before = before.map(Viewport::fit);
        let source = [0, 1].map(|at: usize| {
            let Size { width, height } = faces[at].size;
            f64::from(if before[at].turns().is_multiple_of(2) { height } else { width }.max(1))
        });
        let whole = [0, 1].map(|at| source[at] / before[at].scale(frames[at]));
        let height = (f64::from(zone_height) * FACE).max(whole[0]).max(whole[1]);
        let on = |at: usize| before[at].at_scale(faces[at], source[at] / height, frames[at]);
        Locked::new([on(0), on(1)], frames)
    }

    /// Whether the whole of both is seen.
    pub fn is_whole(self) -> bool {
        self.viewports.iter().all(|viewport| viewport.is_fit())
    }

    /// As many small steps together as both can go, at most one zoom step.
    #[must_use]
    pub fn zoom(self, closer: bool, frames: [Frame; 2]) -> Self {
        let sign = if closer { 1 } else { -1 };
        let stepped = (1..=STEP).rev().map(|steps| self.each(frames, |it, on| it.step(sign * steps, on)));
        let both = |there: &[Viewport; 2]| {
            there[0] != self.viewports[0]
                && there[1] != self.viewports[1]
                && self.ratio.is_kept(*there, frames)
        };
        let viewports = stepped.into_iter().find(both);
        Locked { viewports: viewports.unwrap_or(self.viewports), ..self }
    }

    /// Moves both views; see [`Viewport::pan`].
    #[must_use]
    pub fn pan(self, right: f64, down: f64, frames: [Frame; 2]) -> Self {
        Locked { viewports: self.each(frames, |it, on| it.pan(right, down, on)), ..self }
    }

    /// A quarter turn of one of them: two pictures rarely lie the same way.
    #[must_use]
    pub fn turn(self, half: usize, clockwise: bool, frames: [Frame; 2]) -> Self {
        let turn = if clockwise { Viewport::rotate_right } else { Viewport::rotate_left };
        let mut turned = self;
        turned.viewports[half] = turn(turned.viewports[half]);
        turned.on(frames)
    }

    /// On other frames: what was whole stays whole, else the one that is now too large is followed by the other.
    #[must_use]
    pub fn on(self, frames: [Frame; 2]) -> Self {
        if self.is_whole() {
            return Locked::whole(self.viewports, frames);
        }
        let alone = |at: usize, steps: i16| {
            let mut viewports = self.viewports;
            viewports[at] = viewports[at].step(steps, frames[at]);
            viewports
        };
        let kept = (0..=CATCH_UP)
            .flat_map(|steps| [(0, steps), (1, steps), (0, -steps), (1, -steps)])
            .map(|(at, steps)| alone(at, steps))
            .find(|viewports| self.ratio.is_kept(*viewports, frames));
        match kept {
            Some(viewports) => Locked { viewports, ..self },
            None => Locked::whole(self.viewports, frames),
        }
    }

    fn each(self, frames: [Frame; 2], change: impl Fn(Viewport, Frame) -> Viewport) -> [Viewport; 2] {
        [0, 1].map(|at| change(self.viewports[at], frames[at]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UPRIGHT: [Viewport; 2] = [Viewport::WHOLE; 2];

    fn ratio(locked: Locked, frames: [Frame; 2]) -> f64 {
        f64::from_bits(Ratio::of(locked.viewports, frames).0)
    }

    fn face(x: u32, y: u32, side: u32) -> Rect {
        Rect { x, y, size: Size::new(side, side) }
    }

    #[test]
    fn faces_are_equally_high_wherever_they_stand() {
        let target = Size::new(78, 80);
        for (left, right, faces) in [
            ((1000, 630), (3000, 4000), [face(700, 200, 180), face(1200, 900, 900)]),
            ((1000, 630), (640, 480), [face(700, 200, 180), face(200, 100, 300)]),
            ((856, 540), (856, 540), [face(600, 100, 150), face(610, 110, 140)]),
        ] {
            let frames = [left, right].map(|(width, height)| Frame::new(Size::new(width, height), target));
            let locked = Locked::on_faces(UPRIGHT, faces, frames, target.height);
            let shown =
                [0, 1].map(|at| f64::from(faces[at].size.height) / locked.viewports[at].scale(frames[at]));
            assert!((shown[0] / shown[1]).ln().abs() < 0.055, "{shown:?} of {faces:?}");
            for (at, face) in faces.iter().enumerate() {
                let seen = locked.viewports[at].source_rect(frames[at]);
                assert!(seen.x <= face.x && seen.x + seen.size.width >= face.x + face.size.width);
                assert!(seen.y <= face.y && seen.y + seen.size.height >= face.y + face.size.height);
            }
        }
    }

    #[test]
    fn a_turned_picture_stays_turned_and_its_face_is_as_high() {
        let target = Size::new(78, 80);
        let frames = [Size::new(1000, 630), Size::new(3000, 4000)].map(|size| Frame::new(size, target));
        let faces = [Rect { x: 700, y: 200, size: Size::new(240, 180) }, face(1200, 900, 900)];
        let locked = Locked::on_faces([Viewport::WHOLE.rotate_right(), Viewport::WHOLE], faces, frames, 80);
        assert_eq!(locked.viewports.map(Viewport::turns), [1, 0]);
        let scales = [0, 1].map(|at| locked.viewports[at].scale(frames[at]));
        assert!((240.0 / scales[0] / (900.0 / scales[1])).ln().abs() < 0.055, "{scales:?}");
        let turned = locked.turn(1, false, frames);
        assert_eq!(turned.viewports.map(Viewport::turns), [1, 3], "one alone");
    }

    #[derive(Debug, Clone, Copy)]
    enum Move {
        Zoom(bool),
        Pan(f64, f64),
        Turn(usize, bool),
    }

    fn moves() -> impl Strategy<Value = Vec<Move>> {
        let one = prop_oneof![
            4 => any::<bool>().prop_map(Move::Zoom),
            3 => (-1.0..1.0, -1.0..1.0).prop_map(|(right, down)| Move::Pan(right, down)),
            2 => (0usize..2, any::<bool>()).prop_map(|(half, clockwise)| Move::Turn(half, clockwise)),
        ];
        prop::collection::vec(one, 0..30)
    }

    fn sizes() -> impl Strategy<Value = Size> {
        (1u32..6000, 1u32..6000).prop_map(|(width, height)| Size::new(width, height))
    }

    proptest! {
        #[test]
        fn locked_moves_keep_the_ratio_and_stay_within_both_pictures(
            pictures in (sizes(), sizes()), target in (20u32..300, 20u32..200), spots in prop::array::uniform4(0.0..0.8),
            face in 0.05..0.2, moves in moves(),
        ) {
            let pictures = [pictures.0, pictures.1];
            let target = Size::new(target.0, target.1);
            let frames = pictures.map(|picture| Frame::new(picture, target));
            let share = |length: u32, of: f64| (f64::from(length) * of) as u32;
            let faces = [0, 1].map(|at: usize| Rect {
                x: share(pictures[at].width, spots[at]),
                y: share(pictures[at].height, spots[at + 2]),
                size: Size::new(
                    share(pictures[at].width, face).max(1),
                    share(pictures[at].height, face).max(1),
                ),
            });
            let mut locked = Locked::on_faces(UPRIGHT, faces, frames, target.height);
            let before = ratio(locked, frames);
            for step in moves {
                locked = match step {
                    Move::Zoom(closer) => locked.zoom(closer, frames),
                    Move::Pan(right, down) => locked.pan(right, down, frames),
                    Move::Turn(half, clockwise) => locked.turn(half, clockwise, frames),
                };
                if locked.is_whole() {
                    break;
                }
                let drift = ratio(locked, frames) / before;
                prop_assert!((0.97..=1.031).contains(&drift), "{drift}");
                for (at, picture) in pictures.iter().enumerate() {
                    let seen = locked.viewports[at].source_rect(frames[at]);
                    prop_assert!(seen.size.width >= 1 && seen.size.height >= 1);
                    prop_assert!(seen.x + seen.size.width <= picture.width);
                    prop_assert!(seen.y + seen.size.height <= picture.height);
                }
            }
        }
    }
}
