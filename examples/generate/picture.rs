//! A synthetic picture: a gradient, shapes and grain, no text; no two seeds give the same.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageError, Rgb, RgbImage};

use crate::synthetic::random::Random;

/// Draws a 4:3 picture of about `megapixels` and answers it as a JPEG.
pub fn draw(random: &mut Random, megapixels: f64) -> Result<Vec<u8>, ImageError> {
    let unit = ((megapixels * 1e6 / 12.0).sqrt().round() as u32).max(1);
    let (width, height) = (4 * unit, 3 * unit);
    let corners = [colour(random), colour(random)];
    let shapes: Vec<Shape> = (0..12).map(|_| Shape::any(random, width, height)).collect();
    let mut grain = random.next() | 1;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let across = (u64::from(x) + u64::from(y)) * 256 / u64::from(width + height);
        let pixel = match shapes.iter().rev().find(|shape| shape.covers(x, y)) {
            Some(shape) => shape.colour,
            None => std::array::from_fn(|channel| {
                let [from, to] = corners.map(|corner| u64::from(corner[channel]));
                ((from * (256 - across) + to * across) / 256) as u8
            }),
        };
        // xorshift64: a few instructions a pixel.
        grain ^= grain << 13;
        grain ^= grain >> 7;
        grain ^= grain << 17;
        Rgb(pixel.map(|channel| channel.saturating_add((grain & 7) as u8)))
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).write_image(
        picture.as_raw(),
        width,
        height,
        ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

/// A filled ellipse or box.
struct Shape {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    round: bool,
    colour: [u8; 3],
}

impl Shape {
    fn any(random: &mut Random, width: u32, height: u32) -> Self {
        let mut part = |whole: u32, of: u32| random.below(u64::from(whole / of + 1)) as u32;
        let (left, top) = (part(width, 1), part(height, 1));
        let (shape_width, shape_height) = (width / 20 + part(width, 4), height / 20 + part(height, 4));
        Shape {
            left,
            top,
            width: shape_width,
            height: shape_height,
            round: random.one_in(2),
            colour: colour(random),
        }
    }

    fn covers(&self, x: u32, y: u32) -> bool {
        let (Some(x), Some(y)) = (x.checked_sub(self.left), y.checked_sub(self.top)) else { return false };
        if x >= self.width || y >= self.height {
            return false;
        }
        let along = |at: u32, length: u32| f64::from(2 * at) / f64::from(length) - 1.0;
        !self.round || along(x, self.width).powi(2) + along(y, self.height).powi(2) <= 1.0
    }
}

fn colour(random: &mut Random) -> [u8; 3] {
    std::array::from_fn(|_| 40 + random.below(180) as u8)
}
