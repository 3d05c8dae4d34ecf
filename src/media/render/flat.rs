//! A document pulled straight by its four corners (扶正).

use image::RgbImage;

use crate::domain::view::Quad;
use crate::domain::viewport::{Rect, Size};
use crate::media::decode::Picture;

/// How many samples on a side make one shown pixel at most, where perspective reduces one end more than the other.
const MOST_SAMPLES: u32 = 3;

/// A quadrangle of a picture, looked at as the rectangle that it was.
pub(super) struct FlatDocument<'a> {
    picture: &'a Picture,
    size: Size,
    /// None when the four points are no convex quadrangle: then there is nothing to see.
    projection: Option<Projection>,
}

impl<'a> FlatDocument<'a> {
    pub(super) fn of(picture: &'a Picture, quad: Quad) -> Self {
        FlatDocument { picture, size: quad.flat_size(), projection: Projection::onto(quad) }
    }

    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// A part of the straight document at a size; black where the picture has nothing.
    pub(super) fn part(&self, part: Rect, size: Size) -> RgbImage {
        let nothing = RgbImage::new(size.width, size.height);
        let Some(projection) = &self.projection else { return nothing };
        let grid = Grid { part, size, document: self.size, projection };
        let Some(source) = Source::under(self.picture, &grid) else { return nothing };
        let samples = source.samples;
        RgbImage::from_fn(size.width, size.height, |x, y| {
            let mut sum = [0.0_f32; 3];
            for row in 0..samples {
                for column in 0..samples {
                    let within =
                        |at: u32, index: u32| f64::from(at) + (f64::from(index) + 0.5) / f64::from(samples);
                    let point = grid.place(within(x, column), within(y, row));
                    for (sum, value) in sum.iter_mut().zip(source.at(point)) {
                        *sum += value;
                    }
                }
            }
            image::Rgb(sum.map(|sum| (sum / (samples * samples) as f32).round() as u8))
        })
    }
}

/// From shown pixels to places in the picture.
struct Grid<'a> {
    part: Rect,
    size: Size,
    document: Size,
    projection: &'a Projection,
}

impl Grid<'_> {
    /// Where a point of what is shown lies in the picture; both in pixels from the upper left corner.
    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let along = |at: f64, shown: u32, start: u32, length: u32, whole: u32| {
            (f64::from(start) + at * f64::from(length) / f64::from(shown)) / f64::from(whole)
        };
        let Rect { x: left, y: top, size } = self.part;
        self.projection.apply(
            along(x, self.size.width, left, size.width, self.document.width),
            along(y, self.size.height, top, size.height, self.document.height),
        )
    }

    /// The corners of what is shown, in the picture.
    fn corners(&self) -> [(f64, f64); 4] {
        let (width, height) = (f64::from(self.size.width), f64::from(self.size.height));
        [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)].map(|(x, y)| self.place(x, y))
    }

    /// The smallest and the largest distance in the picture between neighbours of what is shown, at nine places.
    fn steps(&self) -> (f64, f64) {
        let thirds = |length: u32| [0.0, 0.5, 1.0].map(|share| share * f64::from(length - 1));
        let mut steps = (f64::INFINITY, 0.0_f64);
        for y in thirds(self.size.height) {
            for x in thirds(self.size.width) {
                let here = self.place(x, y);
                for next in [self.place(x + 1.0, y), self.place(x, y + 1.0)] {
                    let step = (next.0 - here.0).hypot(next.1 - here.1);
                    steps = (steps.0.min(step), steps.1.max(step));
                }
            }
        }
        steps
    }
}

/// The piece of the picture that is sampled, reduced by area to about the shown scale so that nothing flickers between
/// the samples.
struct Source {
    pixels: RgbImage,
    /// Of its upper left corner in the picture.
    origin: (f64, f64),
    /// Its pixels for one of the picture.
    scale: (f64, f64),
    /// The picture's size.
    whole: Size,
    /// Samples on a side for one shown pixel.
    samples: u32,
}

impl Source {
    /// None when what is shown lies beside the picture.
    fn under(picture: &Picture, grid: &Grid) -> Option<Source> {
        let whole = picture.upright();
        let corners = grid.corners();
        // A convex quadrangle: what lies between the corners is on the screen, and nothing else. One pixel more for the
        // neighbours of samples on the edge.
        let span = |of: fn(&(f64, f64)) -> f64, length: u32| {
            let least = corners.iter().map(of).fold(f64::INFINITY, f64::min);
            let most = corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            // `as` saturates.
            let start = ((least - 1.0).floor().max(0.0) as u32).min(length);
            let end = ((most + 1.0).ceil().max(0.0) as u32).min(length);
            (least < f64::from(length) && most > 0.0 && start < end).then(|| (start, end - start))
        };
        let (x, width) = span(|corner| corner.0, whole.width)?;
        let (y, height) = span(|corner| corner.1, whole.height)?;
        let (finest, coarsest) = grid.steps();
        let reduced = |length: u32| ((f64::from(length) / finest.max(1.0)).ceil() as u32).clamp(1, length);
        let size = Size::new(reduced(width), reduced(height));
        let ratio = |reduced: u32, length: u32| f64::from(reduced) / f64::from(length);
        Some(Source {
            pixels: picture.part(Rect { x, y, size: Size::new(width, height) }, size),
            origin: (f64::from(x), f64::from(y)),
            scale: (ratio(size.width, width), ratio(size.height, height)),
            whole,
            // `as` saturates.
            samples: ((coarsest / finest.max(1.0)).round() as u32).clamp(1, MOST_SAMPLES),
        })
    }

    /// The colour at a place of the picture, between its four nearest pixels; black beside it.
    fn at(&self, (x, y): (f64, f64)) -> [f32; 3] {
        let inside = |at: f64, length: u32| (0.0..=f64::from(length)).contains(&at);
        if !inside(x, self.whole.width) || !inside(y, self.whole.height) {
            return [0.0; 3];
        }
        let (width, height) = self.pixels.dimensions();
        let near = |at: f64, origin: f64, scale: f64, length: u32| {
            let at = ((at - origin) * scale - 0.5).clamp(0.0, f64::from(length - 1));
            let low = at as u32;
            (low, (low + 1).min(length - 1), (at - f64::from(low)) as f32)
        };
        let (left, right, to_right) = near(x, self.origin.0, self.scale.0, width);
        let (above, below, to_below) = near(y, self.origin.1, self.scale.1, height);
        let mix = |one: f32, other: f32, share: f32| one + (other - one) * share;
        let row = |y: u32| {
            let (one, other) = (self.pixels.get_pixel(left, y).0, self.pixels.get_pixel(right, y).0);
            [0, 1, 2].map(|channel| mix(f32::from(one[channel]), f32::from(other[channel]), to_right))
        };
        let (upper, lower) = (row(above), row(below));
        [0, 1, 2].map(|channel| mix(upper[channel], lower[channel], to_below))
    }
}

/// The projective mapping of the unit square onto a convex quadrangle, in closed form (Heckbert, Fundamentals of
/// Texture Mapping and Image Warping, 1989, section 2.2.3).
struct Projection {
    x: [f64; 3],
    y: [f64; 3],
    depth: [f64; 2],
}

impl Projection {
    /// None for what is not convex: crossed, with three points on a line, with a point within the others.
    fn onto(quad: Quad) -> Option<Projection> {
        let corners = quad.0.map(|corner| (f64::from(corner.x), f64::from(corner.y)));
        if !is_convex(&corners) {
            return None;
        }
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners;
        let (dx1, dy1) = (x1 - x2, y1 - y2);
        let (dx2, dy2) = (x3 - x2, y3 - y2);
        let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let determinant = dx1 * dy2 - dx2 * dy1;
        let g = (sx * dy2 - dx2 * sy) / determinant;
        let h = (dx1 * sy - sx * dy1) / determinant;
        Some(Projection {
            x: [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
            y: [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
            depth: [g, h],
        })
    }

    fn apply(&self, u: f64, v: f64) -> (f64, f64) {
        let depth = self.depth[0] * u + self.depth[1] * v + 1.0;
        (
            (self.x[0] * u + self.x[1] * v + self.x[2]) / depth,
            (self.y[0] * u + self.y[1] * v + self.y[2]) / depth,
        )
    }
}

/// Whether each corner turns the same way. Integers as they are, so the products are nearly exact.
fn is_convex(corners: &[(f64, f64); 4]) -> bool {
    let turn = |at: usize| {
        let (one, corner, next) = (corners[at], corners[(at + 1) % 4], corners[(at + 2) % 4]);
        (corner.0 - one.0) * (next.1 - corner.1) - (corner.1 - one.1) * (next.0 - corner.0)
    };
    let turns: [f64; 4] = std::array::from_fn(turn);
    turns.iter().all(|turn| *turn > 0.0) || turns.iter().all(|turn| *turn < 0.0)
}
