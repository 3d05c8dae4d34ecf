//! Straight lines through the edges of a small picture, and where along them something begins.

use std::f32::consts::PI;

use image::RgbImage;

use super::edges::EdgePoint;

/// How many lines are looked for.
const MOST_LINES: usize = 36;

/// Angles that are told apart while lines are looked for.
const ANGLES: usize = 180;

/// How far the direction of an edge may be from that of its line, in degrees: text is less exact than the side of a card.
const MOST_ASKEW: usize = 5;

/// How far an edge may be from its line, in pixels.
const MOST_BESIDE: f32 = 1.6;

/// How many edges make a line, as a share of the picture's shorter side.
const LEAST_EDGES: f32 = 0.12;

/// At which distances from the line its two sides are compared, in pixels. Beyond the width of a printed line, so that a
/// table's ruling, which has the same paper on both sides, is no border.
const BESIDE: [f32; 3] = [2.5, 3.5, 4.5];

/// Least difference between the two sides of a border, in values of a channel.
const LEAST_DIFFERENCE: f32 = 8.0;

/// A line: the points whose product with the normal is the distance.
pub(super) struct Line {
    /// Of length 1.
    normal: (f32, f32),
    /// The normal's angle, in radians from 0 to pi.
    across: f32,
    distance: f32,
    /// How many of the pixels before each one along the line are on a border, from [`Line::start`].
    border: Vec<u32>,
    start: f32,
}

impl Line {
    fn new(across: f32, distance: f32) -> Line {
        let normal = (across.cos(), across.sin());
        Line { normal, across, distance, border: Vec::new(), start: 0.0 }
    }

    /// Where two lines meet; none when they are nearly parallel.
    pub(super) fn meets(&self, other: &Line) -> Option<(f32, f32)> {
        let determinant = self.normal.0 * other.normal.1 - self.normal.1 * other.normal.0;
        (determinant.abs() > 0.05).then(|| {
            (
                (self.distance * other.normal.1 - other.distance * self.normal.1) / determinant,
                (other.distance * self.normal.0 - self.distance * other.normal.0) / determinant,
            )
        })
    }

    /// The angle between two lines, 0 to a right one, in degrees.
    pub(super) fn angle(&self, other: &Line) -> f32 {
        let cosine = self.normal.0 * other.normal.0 + self.normal.1 * other.normal.1;
        cosine.abs().min(1.0).acos().to_degrees()
    }

    /// How many pixels between two points of the line are on a border. What lies outside the picture is not.
    pub(super) fn border_between(&self, one: (f32, f32), other: (f32, f32)) -> f32 {
        let index = |point| {
            let along = (self.along(point) - self.start).round();
            // `as` saturates at 0.
            (along as usize).min(self.border.len() - 1)
        };
        let (one, other) = (index(one), index(other));
        self.border[one.max(other)].abs_diff(self.border[one.min(other)]) as f32
    }

    fn along(&self, (x, y): (f32, f32)) -> f32 {
        y * self.normal.0 - x * self.normal.1
    }

    fn beside(&self, point: &EdgePoint) -> f32 {
        point.x * self.normal.0 + point.y * self.normal.1 - self.distance
    }

    fn has(&self, point: &EdgePoint) -> bool {
        let askew = (point.across - self.across).abs();
        self.beside(point).abs() <= MOST_BESIDE
            && askew.min(PI - askew) <= (MOST_ASKEW as f32 + 3.0).to_radians()
    }
}

/// The lines with most edges, each edge counted for one line only.
pub(super) fn lines(picture: &RgbImage, points: &[EdgePoint]) -> Vec<Line> {
    let least = LEAST_EDGES * picture.width().min(picture.height()) as f32;
    let mut votes = Votes::new(picture);
    points.iter().for_each(|point| votes.count(point, 1));
    let mut left = points.to_vec();
    let mut lines = Vec::new();
    while lines.len() < MOST_LINES {
        let (line, most) = votes.best();
        if (most as f32) < least {
            break;
        }
        let (on, off): (Vec<EdgePoint>, Vec<EdgePoint>) = left.iter().partition(|point| line.has(point));
        if on.is_empty() {
            break;
        }
        on.iter().for_each(|point| votes.count(point, -1));
        left = off;
        let mut line = fitted(&on, line);
        line.find_border(picture, points);
        lines.push(line);
    }
    lines
}

/// The line with the least squares of distances to points: through their centre, along their greatest spread.
fn fitted(points: &[EdgePoint], near: Line) -> Line {
    let count = points.len() as f32;
    let mean = |of: fn(&EdgePoint) -> f32| points.iter().map(of).sum::<f32>() / count;
    let (x, y) = (mean(|point| point.x), mean(|point| point.y));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let (dx, dy) = (point.x - x, point.y - y);
        (xx, xy, yy) = (xx + dx * dx, xy + dx * dy, yy + dy * dy);
    }
    let across = (0.5 * (2.0 * xy).atan2(xx - yy) + PI / 2.0).rem_euclid(PI);
    let fitted = Line::new(across, x * across.cos() + y * across.sin());
    // A short cloud of points has no direction of its own.
    if fitted.angle(&near) < MOST_ASKEW as f32 { fitted } else { near }
}

impl Line {
    fn find_border(&mut self, picture: &RgbImage, points: &[EdgePoint]) {
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let ends = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)].map(|end| self.along(end));
        self.start = ends.iter().copied().fold(f32::INFINITY, f32::min).floor();
        let end = ends.iter().copied().fold(f32::NEG_INFINITY, f32::max).ceil();
        let mut has_edge = vec![false; (end - self.start) as usize + 1];
        for point in points.iter().filter(|point| self.has(point)) {
            let at = (self.along((point.x, point.y)) - self.start).round() as usize;
            // The points of a slanted line stand up to a diagonal apart.
            for near in at.saturating_sub(1)..(at + 2).min(has_edge.len()) {
                has_edge[near] = true;
            }
        }
        let mut count = 0;
        self.border = vec![0];
        for (at, has_edge) in has_edge.iter().enumerate() {
            count += u32::from(*has_edge && self.differs(picture, self.start + at as f32));
            self.border.push(count);
        }
    }

    /// Whether the two sides of the line differ at a place along it.
    fn differs(&self, picture: &RgbImage, along: f32) -> bool {
        let (nx, ny) = self.normal;
        let foot = (self.distance * nx - along * ny, self.distance * ny + along * nx);
        let side = |sign: f32| {
            let mut sum = [0.0; 3];
            for beside in BESIDE {
                let (x, y) = (foot.0 + sign * beside * nx, foot.1 + sign * beside * ny);
                let at = |value: f32, length: u32| (value.round().max(0.0) as u32).min(length - 1);
                let pixel = picture.get_pixel(at(x, picture.width()), at(y, picture.height())).0;
                sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += f32::from(value));
            }
            sum
        };
        let (one, other) = (side(1.0), side(-1.0));
        let least = LEAST_DIFFERENCE * BESIDE.len() as f32;
        one.iter().zip(other).any(|(one, other)| (one - other).abs() >= least)
    }
}

/// Votes of edges for the lines through them (Duda and Hart, "Use of the Hough Transformation to Detect Lines and Curves
/// in Pictures", 1972), each for the directions near its own only.
struct Votes {
    /// For each angle the distances from -`reach` on.
    votes: Vec<i32>,
    reach: usize,
    directions: Vec<(f32, f32)>,
}

impl Votes {
    fn new(picture: &RgbImage) -> Votes {
        let reach = (picture.width() as f32).hypot(picture.height() as f32).ceil() as usize + 1;
        let direction = |angle: usize| {
            let angle = angle as f32 * PI / ANGLES as f32;
            (angle.cos(), angle.sin())
        };
        let directions = (0..ANGLES).map(direction).collect();
        Votes { votes: vec![0; ANGLES * (2 * reach + 1)], reach, directions }
    }

    fn count(&mut self, point: &EdgePoint, vote: i32) {
        let own = (point.across / PI * ANGLES as f32).round() as usize + ANGLES;
        for angle in own - MOST_ASKEW..=own + MOST_ASKEW {
            let angle = angle % ANGLES;
            let (x, y) = self.directions[angle];
            let distance = (point.x * x + point.y * y).round() as i32 + self.reach as i32;
            if let Some(votes) = self.votes.get_mut(angle * (2 * self.reach + 1) + distance as usize) {
                *votes += vote;
            }
        }
    }

    fn best(&self) -> (Line, i32) {
        let best = self.votes.iter().enumerate().max_by_key(|(_, votes)| **votes);
        let (at, most) = best.map_or((0, 0), |(at, votes)| (at, *votes));
        let (angle, distance) = (at / (2 * self.reach + 1), at % (2 * self.reach + 1));
        (Line::new(angle as f32 * PI / ANGLES as f32, distance as f32 - self.reach as f32), most)
    }
}
