//! What a picture's pixels tell (图片像素): measures of its upright form, made where it was decoded, in the worker.
//!
//! Each measure has a file of its own and works on the picture reduced to [`LONGEST_SIDE`], so that its cost is bounded
//! and its scale the same for a telephone's picture and a scan. What is too little of it is the checks' to say.

mod exif;
mod faces;
mod glare;
mod light;
mod look;
mod tone;

use image::imageops::grayscale;
use image::{GrayImage, RgbImage};

pub use faces::FaceFinder;

use super::decode::Picture;
use super::fault::PictureFault;
use super::scale::scale;
use crate::domain::evidence::{PixelFacts, Region};
use crate::domain::viewport::{Rect, Size};

/// To what the longer side is reduced before anything is measured. Smaller pictures stay as they are.
const LONGEST_SIDE: u32 = 1_000;

/// To what the longer side is reduced where only patches and colours count: strokes and noise vanish.
const COARSE_SIDE: u32 = 250;

/// The longer side of a page for reading: A4 at 300 dots an inch, at which Tesseract reads best, is 3,508.
const PAGE_SIDE: u32 = 3_000;

/// How much a small page is enlarged at most: beyond that there is nothing left to read.
const MOST_ENLARGED: u32 = 3;

/// Measures a picture; `bytes` is its file, for what the camera wrote into it.
pub fn inspect(picture: &Picture, bytes: &[u8], finder: &mut FaceFinder) -> Result<PixelFacts, PictureFault> {
    let upright = picture.upright();
    let reduced = picture.whole(at_most(upright, LONGEST_SIDE));
    let coarse = shrunk(&reduced, at_most(upright, COARSE_SIDE));
    let grey = grayscale(&reduced);
    let shot = exif::read(bytes);
    let faces = finder.find(&grey).map_err(|error| PictureFault::NoWorker { detail: error.to_string() })?;
    Ok(PixelFacts {
        width: upright.width,
        height: upright.height,
        taken_at: shot.taken_at,
        software: shot.software,
        sharpness: light::sharpness(&grey),
        brightness: light::brightness(&grey),
        dark_permille: light::permille(&grey, |luminance| luminance < light::DARK),
        bright_permille: light::permille(&grey, |luminance| luminance > light::BRIGHT),
        glare: glare::patch(&coarse).map(|region| to_original(region, size_of(&coarse), upright)),
        tone: tone::of(&coarse),
        look: look::hash(&reduced),
        cells: look::cells(&reduced),
        faces: faces.into_iter().map(|face| to_original(face, size_of(&grey), upright)).collect(),
    })
}

/// The picture's own size, and all of it in grey at a size at which text is read.
pub fn page(picture: &Picture) -> (Size, GrayImage) {
    let upright = picture.upright();
    let longest = PAGE_SIDE.min(upright.width.max(upright.height) * MOST_ENLARGED);
    (upright, grayscale(&picture.whole(sized(upright, longest))))
}

fn at_most(size: Size, longest: u32) -> Size {
    sized(size, longest.min(size.width.max(size.height)))
}

/// The size with the same shape and a longer side of `longest`; no side is less than one pixel.
fn sized(size: Size, longest: u32) -> Size {
    let longer = u64::from(size.width.max(size.height).max(1));
    let side = |length: u32| (u64::from(length) * u64::from(longest)).div_ceil(longer).max(1) as u32;
    Size::new(side(size.width), side(size.height))
}

fn size_of<P: image::Pixel>(picture: &image::ImageBuffer<P, Vec<P::Subpixel>>) -> Size {
    Size::new(picture.width(), picture.height())
}

fn shrunk(picture: &RgbImage, size: Size) -> RgbImage {
    scale(picture, Rect { x: 0, y: 0, size: size_of(picture) }, size)
}

/// A region of a reduced picture, in pixels of the original.
fn to_original(region: Region, reduced: Size, original: Size) -> Region {
    let grown = |length: u32, reduced: u32, original: u32| {
        (u64::from(length) * u64::from(original) / u64::from(reduced.max(1))) as u32
    };
    let x = grown(region.x, reduced.width, original.width);
    let y = grown(region.y, reduced.height, original.height);
    Region {
        x,
        y,
        width: grown(region.x + region.width, reduced.width, original.width) - x,
        height: grown(region.y + region.height, reduced.height, original.height) - y,
    }
}
