//! Documents and the photos that somebody takes of them, drawn by the tests.

use std::io::Cursor;
use std::path::Path;

use heyan::media::Limits;
use heyan::media::decode::Picture;
use image::{GrayImage, ImageFormat, Rgb, RgbImage};

/// A picture in the worker's hands.
pub fn picture(pixels: &RgbImage) -> Picture {
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, ImageFormat::Bmp).unwrap();
    Picture::decode(file.get_ref(), 0, &Limits::default()).unwrap()
}

/// The digits and the X of a font, as ink from 0 to 1.
pub struct Glyphs(GrayImage);

impl Glyphs {
    pub const WIDTH: u32 = 48;
    pub const HEIGHT: u32 = 64;
    pub const NAMES: &str = "0123456789X";

    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/media/fixtures/digits.png");
        Glyphs(image::open(path).unwrap().into_luma8())
    }

    /// The ink of a glyph at a place, both coordinates from 0 to 1.
    pub fn ink(&self, glyph: usize, u: f64, v: f64) -> f64 {
        let (x, y) = ((u * f64::from(Self::WIDTH)) as u32, (v * f64::from(Self::HEIGHT)) as u32);
        if u < 0.0 || v < 0.0 || x >= Self::WIDTH || y >= Self::HEIGHT {
            return 0.0;
        }
        f64::from(self.0.get_pixel(glyph as u32 * Self::WIDTH + x, y).0[0]) / 255.0
    }
}

/// A repeatable noise from 0 to 1.
pub struct Noise(u32);

impl Noise {
    pub fn new() -> Self {
        Noise(1)
    }

    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(self.0 >> 8) / f64::from(1 << 24)
    }
}

pub type Corners = [(f64, f64); 4];

/// From places in a photo to places in the document that lies there, from 0 to 1 where it is.
pub struct Lying([f64; 8]);

impl Lying {
    /// The eight unknowns of the mapping by elimination: not the way in which the program does it.
    pub fn at(corners: Corners) -> Self {
        let mut rows = Vec::new();
        for ((x, y), (u, v)) in corners.into_iter().zip([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]) {
            rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
            rows.push([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
        }
        for column in 0..8 {
            let pivot = (column..8)
                .max_by(|one, other| rows[*one][column].abs().total_cmp(&rows[*other][column].abs()));
            rows.swap(column, pivot.unwrap());
            let scale = rows[column][column];
            rows[column].iter_mut().for_each(|value| *value /= scale);
            let by = rows[column];
            for (at, row) in rows.iter_mut().enumerate() {
                let share = row[column];
                if at != column {
                    row.iter_mut().zip(by).for_each(|(value, by)| *value -= share * by);
                }
            }
        }
        Lying(std::array::from_fn(|at| rows[at][8]))
    }

    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f, g, h] = self.0;
        let depth = g * x + h * y + 1.0;
        ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
    }
}

/// How a document looks at a place from 0 to 1, and none where it is cut off round.
pub type Sheet<'a> = dyn Fn(f64, f64) -> Option<[f64; 3]> + 'a;

/// A photo of a document: four samples a pixel, the background where there is no document, light over both.
pub fn photo(
    (width, height): (u32, u32),
    corners: Corners,
    sheet: &Sheet,
    background: &dyn Fn(f64, f64) -> [f64; 3],
    light: &dyn Fn(f64, f64) -> f64,
) -> RgbImage {
    let lying = Lying::at(corners);
    let mut noise = Noise::new();
    RgbImage::from_fn(width, height, |x, y| {
        let mut sum = [0.0; 3];
        for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
            let (x, y) = (f64::from(x) + dx, f64::from(y) + dy);
            let (u, v) = lying.place(x, y);
            let on = (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v);
            let colour = on.then(|| sheet(u, v)).flatten().unwrap_or_else(|| background(x, y));
            sum.iter_mut().zip(colour).for_each(|(sum, value)| *sum += value * light(x, y) / 4.0);
        }
        let grain = noise.next() * 6.0 - 3.0;
        Rgb(sum.map(|value| (value + grain).round().clamp(0.0, 255.0) as u8))
    })
}

/// Evenly lit.
pub fn even(_: f64, _: f64) -> f64 {
    1.0
}

/// Light from the left, and the shadow of a hand across the lower right of a photo of so many pixels.
pub fn shadow(width: f64, height: f64) -> impl Fn(f64, f64) -> f64 {
    move |x, y| {
        let across = 0.8 * x / width + 0.6 * y / height - 0.75;
        (1.0 - 0.25 * x / width) * (1.0 - 0.45 / (1.0 + (-across * 50.0).exp()))
    }
}

/// An identity card with rounded corners: a guilloche, labels, a portrait.
pub fn card(u: f64, v: f64) -> Option<[f64; 3]> {
    // 85.6 x 54 mm with corners of 3.18 mm (ISO/IEC 7810, ID-1).
    let (x, y) = (u * 85.6, v * 54.0);
    let beyond = |at: f64, length: f64| (3.18 - at).max(at - (length - 3.18)).max(0.0);
    if beyond(x, 85.6).hypot(beyond(y, 54.0)) > 3.18 {
        return None;
    }
    let wave = if (y * 1.3 + (x * 0.6).sin()).fract() < 0.15 { 18.0 } else { 0.0 };
    let paper = [228.0 - wave, 238.0 - wave / 2.0, 243.0 - wave];
    let label =
        (6.0..14.0).contains(&x) && [6.0, 13.0, 20.0, 46.0].iter().any(|top| (*top..top + 3.0).contains(&y));
    let portrait = (60.0..80.0).contains(&x) && (8.0..36.0).contains(&y);
    let head = (x - 70.0).hypot((y - 18.0) * 0.8) < 6.0;
    Some(match (label, portrait, head) {
        (true, _, _) if (x * 2.5).fract() < 0.6 => [40.0, 110.0, 190.0],
        (_, true, true) => [205.0, 165.0, 140.0],
        (_, true, _) if y > 26.0 => [55.0, 65.0, 90.0],
        _ => paper,
    })
}

/// A page with lines of writing and a ruled table.
pub fn form(u: f64, v: f64) -> Option<[f64; 3]> {
    let written = (0.12..0.85).contains(&u)
        && (0.08..0.92).contains(&v)
        && (v * 30.0).fract() < 0.3
        && ((u * 70.0).sin() + (u * 31.0 + v * 400.0).sin()) > 0.0;
    let rule = |at: f64, lines: f64| ((at * lines).fract() * 2.0 - 1.0).abs() > 0.985;
    let table = (0.1..0.9).contains(&u) && (0.4..0.8).contains(&v) && (rule(u, 5.0) || rule(v, 15.0));
    Some(if written || table { [45.0; 3] } else { [240.0, 239.0, 234.0] })
}
