//! The four corners of a document in a photo (四角).
//!
//! The photo is made small, [`edges`] are found in it and [`lines`] through them; here four lines are chosen that make
//! the likeliest sheet or card. A wrong answer is worse than none: a scan that fills its picture, a document with a
//! corner outside and a photo of a person have none.

mod edges;
mod lines;

use self::edges::edge_points;
use self::lines::{Line, lines};
use super::decode::Picture;
use crate::domain::view::{Point, Quad};
use crate::domain::viewport::Size;

/// The longer side of the picture that is searched. Strokes vanish, borders stay.
const LONGEST_SIDE: u32 = 512;

/// Least share of the picture that a document fills.
const LEAST_AREA: f32 = 0.15;

/// How far opposite sides may be from parallel, in degrees.
const MOST_TAPERED: f32 = 30.0;

/// Between which angles a corner is one, in degrees.
const CORNER: (f32, f32) = (50.0, 130.0);

/// How much of its line each side must follow: fingers and rounded corners hide some of it.
const LEAST_OF_A_SIDE: f32 = 0.55;

/// The same of all four together.
const LEAST_OF_ALL: f32 = 0.8;

/// How much a pixel without border counts against a quadrangle.
const MISSING: f32 = 2.0;

/// How far behind its corners a side is followed, as a share of its length, and how much of that may be border: where a
/// side goes on, there is no corner but a line that crosses.
const BEHIND: f32 = 0.1;
const MOST_BEHIND: f32 = 0.75;

/// How near to the picture's edge a corner may lie, in pixels of the small picture: nearer, and it may be cut off.
const FROM_EDGE: f32 = 2.0;

type Place = (f32, f32);

/// The corners of the document in a picture, in pixels of the upright picture; none when no quadrangle convinces.
pub fn corners(picture: &Picture) -> Option<Quad> {
    let upright = picture.upright();
    let longer = upright.width.max(upright.height);
    let reduced = |side: u32| {
        let side = u64::from(side) * u64::from(LONGEST_SIDE.min(longer)) / u64::from(longer.max(1));
        side.max(1) as u32
    };
    let size = Size::new(reduced(upright.width), reduced(upright.height));
    let small = picture.whole(size);
    let lines = lines(&small, &edge_points(&small));
    let found = likeliest(&lines, size)?;
    let grown = |at: f32, small: u32, whole: u32| {
        // The place is that of a pixel's middle; `as` saturates at 0.
        let at = (at + 0.5) * whole as f32 / small as f32;
        (at.round() as u32).min(whole)
    };
    Some(Quad(found.map(|(x, y)| Point {
        x: grown(x, size.width, upright.width),
        y: grown(y, size.height, upright.height),
    })))
}

/// The convincing quadrangle with the most border on its sides, if there is one; upper left corner first, clockwise.
fn likeliest(lines: &[Line], size: Size) -> Option<[Place; 4]> {
    let mut pairs = Vec::new();
    for (at, one) in lines.iter().enumerate() {
        pairs.extend(
            lines[at + 1..].iter().filter(|other| one.angle(other) <= MOST_TAPERED).map(|other| (one, other)),
        );
    }
    let mut best: Option<(f32, [Place; 4])> = None;
    for (at, &(top, bottom)) in pairs.iter().enumerate() {
        for &(left, right) in &pairs[at + 1..] {
            let sides = [top, right, bottom, left];
            let Some((score, corners)) = judged(sides, size) else { continue };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, corners));
            }
        }
    }
    best.map(|(_, corners)| in_reading_order(corners))
}

/// The corners of four sides in turn, and how much speaks for them; none when they are no document's.
fn judged(sides: [&Line; 4], size: Size) -> Option<(f32, [Place; 4])> {
    let corner = |at: usize| {
        let place = sides[at].meets(sides[(at + 1) % 4])?;
        let inside = |at: f32, length: u32| (FROM_EDGE..=length as f32 - 1.0 - FROM_EDGE).contains(&at);
        (inside(place.0, size.width) && inside(place.1, size.height)).then_some(place)
    };
    let corners = [corner(0)?, corner(1)?, corner(2)?, corner(3)?];
    if !is_plausible(&corners, size) {
        return None;
    }
    let (mut score, mut border, mut around) = (0.0, 0.0, 0.0);
    for (at, side) in sides.iter().enumerate() {
        let (from, to) = (corners[(at + 3) % 4], corners[at]);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        let found = side.border_between(from, to).min(length);
        if found < LEAST_OF_A_SIDE * length {
            return None;
        }
        // Not at once behind a corner, which is never quite sharp.
        let behind = |corner: Place, sign: f32| {
            let at = |share: f32| (corner.0 + sign * share * dx, corner.1 + sign * share * dy);
            side.border_between(at(0.02), at(0.02 + BEHIND))
        };
        if behind(from, -1.0).max(behind(to, 1.0)) > MOST_BEHIND * BEHIND * length {
            return None;
        }
        score += found - MISSING * (length - found);
        border += found;
        around += length;
    }
    (border >= LEAST_OF_ALL * around && score > 0.0).then_some((score, corners))
}

/// Whether four places in turn are the corners of something large, convex and not too slanted.
fn is_plausible(corners: &[Place; 4], size: Size) -> bool {
    let mut area = 0.0;
    let mut turn = 0.0_f32;
    for at in 0..4 {
        let (before, here, next) = (corners[(at + 3) % 4], corners[at], corners[(at + 1) % 4]);
        let (back, on) = ((before.0 - here.0, before.1 - here.1), (next.0 - here.0, next.1 - here.1));
        let cross = back.0 * on.1 - back.1 * on.0;
        let angle = cross.abs().atan2(back.0 * on.0 + back.1 * on.1).to_degrees();
        if !(CORNER.0..=CORNER.1).contains(&angle) || cross * turn < 0.0 {
            return false;
        }
        turn = cross;
        area += here.0 * next.1 - here.1 * next.0;
    }
    area.abs() / 2.0 >= LEAST_AREA * size.area() as f32
}

/// Clockwise, from the corner that is nearest to the picture's upper left.
fn in_reading_order(mut corners: [Place; 4]) -> [Place; 4] {
    let area: f32 = (0..4)
        .map(|at| {
            let (here, next) = (corners[at], corners[(at + 1) % 4]);
            here.0 * next.1 - here.1 * next.0
        })
        .sum();
    // Rows count downwards, so a positive area is clockwise as seen.
    if area < 0.0 {
        corners.reverse();
    }
    let sum = |at: &usize| corners[*at].0 + corners[*at].1;
    let first = (0..4).min_by(|one, other| sum(one).total_cmp(&sum(other))).unwrap_or(0);
    corners.rotate_left(first);
    corners
}
