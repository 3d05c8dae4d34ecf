//! Strokes and paper only (文字模式).
//!
//! A stroke is judged against the light around it: how much darker it is than the surface without strokes, which
//! [`surroundings`] makes. What of these differences is ink and what is the paper's pattern is told from the window
//! around each pixel, by its moments ([`window`]), so that neither a shadow nor a seal's red nor a pale pen matters.
//! Writing that is left out of a dark band becomes strokes, too.

mod surroundings;
mod window;

use std::ops::{AddAssign, SubAssign};

use image::{GrayImage, Luma, RgbImage};

use self::surroundings::{without_dark, without_light};
use self::window::{Moments, slide};
use super::Sheet;
use crate::domain::view::Tone;
use crate::domain::viewport::{Rect, Size};

/// Half the side of the square that no stroke fills, in shown dots.
const STROKE_DOTS: f64 = 8.0;

/// The same in pixels of the sheet at least, for strokes that are many dots wide.
const STROKE_PIXELS: f64 = 24.0;

/// Half the side of the window whose strokes are judged together, in squares.
const SQUARES_AROUND: f64 = 2.0;

/// Samples on a side for one dot at most. Strokes are told from paper before dots mix them.
const MOST_SAMPLES: u32 = 3;

/// Most samples of a view; what is larger has dots so small that one sample each will do.
const SAMPLES_OF_A_VIEW: u64 = 1_000_000;

/// Least difference between ink and paper, in 1/255 of the lighter: the guilloche of a card is less, a ball-pen more.
/// A step of contrast divides it, so that fainter strokes are taken for ink, too.
const FAINTEST: f64 = 42.0;
const CONTRAST_STEP: f64 = 1.15;

/// What is darker counts as this light when differences are taken of it.
const DARKEST_PAPER: u32 = 40;

/// How dark the paper of light strokes is, as a share of their light. A shadow takes less away.
const DARK_PAPER: f64 = 0.45;

/// How much of a dot's difference from the dots around it is added: a thin stroke stands out, a narrow gap stays open.
const SHARPENING: f32 = 0.8;

/// How much ink a dot needs. A step of brightness multiplies it, so that strokes become thinner.
const ENOUGH: f32 = 0.42;
const BRIGHTNESS_STEP: f32 = 1.1;

/// The strokes of a part of a sheet at a size: black on white, or white on black as a negative.
///
/// There is no light left to set, so brightness and contrast say how much counts as a stroke.
pub(super) fn strokes(sheet: &Sheet, part: Rect, size: Size, tone: Tone) -> RgbImage {
    let view = Around::of(sheet, part, size);
    let faintest = FAINTEST / CONTRAST_STEP.powi(tone.contrast().into());
    let enough = ENOUGH * BRIGHTNESS_STEP.powi(tone.brightness().into());
    let ink = dots(&amounts(&view, faintest), &view, size);
    let sharp = sharpened(&ink, size);
    let (stroke, paper) = if tone.is_inverted() { (255, 0) } else { (0, 255) };
    let values = sharp.iter().flat_map(|ink| [if *ink > enough { stroke } else { paper }; 3]);
    RgbImage::from_raw(size.width, size.height, values.collect()).unwrap_or_default()
}

/// The samples of a view and of as much around it as the windows of its edge reach.
struct Around {
    pixels: GrayImage,
    /// Where the view begins, in samples.
    left: u32,
    top: u32,
    /// Samples on a side for one dot.
    samples: u32,
    /// Half the side of the square that no stroke fills, in samples.
    widest_stroke: u32,
    /// Half the side of the window whose strokes are judged together, in samples.
    window: usize,
}

impl Around {
    fn of(sheet: &Sheet, part: Rect, size: Size) -> Around {
        let scale = (f64::from(part.size.width) / f64::from(size.width))
            .max(f64::from(part.size.height) / f64::from(size.height));
        let affordable = ((SAMPLES_OF_A_VIEW / size.area()) as f64).sqrt() as u32;
        let samples = (scale.ceil() as u32).clamp(1, MOST_SAMPLES.min(affordable.max(1)));
        let stroke = STROKE_DOTS.max(STROKE_PIXELS / scale);
        let margin = stroke * SQUARES_AROUND * scale;
        let whole = sheet.size();
        let across = Span::of(part.x, part.size.width, whole.width, size.width, samples, margin);
        let down = Span::of(part.y, part.size.height, whole.height, size.height, samples, margin);
        let around = Rect { x: across.start, y: down.start, size: Size::new(across.length, down.length) };
        let pixels = sheet.part(around, Size::new(across.samples, down.samples));
        Around {
            pixels: grey(&pixels),
            left: across.before,
            top: down.before,
            samples,
            widest_stroke: (stroke * f64::from(samples)).round() as u32,
            window: (stroke * SQUARES_AROUND * f64::from(samples)).round() as usize,
        }
    }
}

/// One direction of [`Around`].
struct Span {
    /// In pixels of the sheet.
    start: u32,
    length: u32,
    /// The same in samples, and how many of them stand before the view.
    samples: u32,
    before: u32,
}

impl Span {
    fn of(start: u32, length: u32, whole: u32, shown: u32, samples: u32, margin: f64) -> Span {
        let margin = margin.ceil() as u32;
        let before = margin.min(start);
        let after = margin.min(whole - start - length);
        let to_samples =
            |pixels: u32| (f64::from(pixels) * f64::from(shown * samples) / f64::from(length)).round() as u32;
        Span {
            start: start - before,
            length: before + length + after,
            samples: to_samples(before) + shown * samples + to_samples(after),
            before: to_samples(before),
        }
    }
}

/// Between luminance and the darkest channel: blue pens and red seals are darker than their light, and black on red can
/// still be told.
fn grey(pixels: &RgbImage) -> GrayImage {
    let value = |pixel: &image::Rgb<u8>| {
        let [red, green, blue] = pixel.0.map(u32::from);
        // ITU-R BT.601 in 1/256.
        let luminance = (77 * red + 150 * green + 29 * blue) >> 8;
        Luma([((luminance + red.min(green).min(blue)) / 2) as u8])
    };
    GrayImage::from_fn(pixels.width(), pixels.height(), |x, y| value(pixels.get_pixel(x, y)))
}

/// How much ink each sample has, 0 to 1.
fn amounts(view: &Around, faintest: f64) -> Vec<f32> {
    let width = view.pixels.width() as usize;
    let relief = relief(view);
    let mut amounts = Vec::with_capacity(relief.len());
    slide(&relief, width, view.window, |height, around: &Moments| {
        // Most samples are paper: what is next to nothing needs no roots.
        if f64::from(*height) < faintest / 8.0 {
            amounts.push(0.0);
            return;
        }
        let (paper, ink) = around.two_values();
        let difference = ink - paper;
        let amount = if difference < faintest { 0.0 } else { (f64::from(*height) - paper) / difference };
        amounts.push(amount.clamp(0.0, 1.0) as f32);
    });
    amounts
}

/// How much each sample differs from the light around it, in 1/255 of the lighter: darker, or lighter where the writing
/// is left out.
fn relief(view: &Around) -> Vec<u8> {
    let width = view.pixels.width() as usize;
    let lit = without_dark(&view.pixels, view.widest_stroke);
    let unlit = without_light(&view.pixels, view.widest_stroke);
    let hats: Vec<Hats> = view
        .pixels
        .as_raw()
        .iter()
        .zip(lit.as_raw())
        .zip(unlit.as_raw())
        .map(|((value, lit), unlit)| Hats {
            value: *value,
            dark: share(lit - value, *lit),
            light: share(value - unlit, *value),
        })
        .collect();
    let mut relief = Vec::with_capacity(hats.len());
    slide(&hats, width, view.window, |hats, around: &HatSums| {
        relief.push(if around.are_reversed() { hats.light } else { hats.dark });
    });
    relief
}

/// A difference in 1/255 of the light.
fn share(difference: u8, light: u8) -> u8 {
    // Deep shadow has no strokes but noise.
    let light = u32::from(light).max(DARKEST_PAPER);
    (u32::from(difference) * 255 / light) as u8
}

/// How much a sample is darker than its surface without dark strokes, and lighter than that without light ones.
struct Hats {
    value: u8,
    dark: u8,
    light: u8,
}

/// The same of a window.
#[derive(Clone, Default)]
struct HatSums {
    values: Moments,
    dark: u64,
    light: u64,
}

impl From<&Hats> for HatSums {
    fn from(hats: &Hats) -> Self {
        HatSums { values: Moments::from(&hats.value), dark: hats.dark.into(), light: hats.light.into() }
    }
}

impl AddAssign for HatSums {
    fn add_assign(&mut self, other: Self) {
        self.values += other.values;
        self.dark += other.dark;
        self.light += other.light;
    }
}

impl SubAssign for HatSums {
    fn sub_assign(&mut self, other: Self) {
        self.values -= other.values;
        self.dark -= other.dark;
        self.light -= other.light;
    }
}

impl HatSums {
    /// Whether light strokes stand on dark: writing covers less than its gaps, and what stands alone has none. The values
    /// must say so, too, as bold type covers more than its gaps and a shadow is dark on one side.
    fn are_reversed(&self) -> bool {
        let has_gaps = self.light * 4 > self.dark;
        let less_than_gaps = self.light * 3 < self.dark * 2;
        let alone = self.dark * 8 < self.light;
        if !((has_gaps && less_than_gaps) || alone) {
            return false;
        }
        let (low, high) = self.values.two_values();
        self.values.high_values_are_rarer() && low < DARK_PAPER * high
    }
}

/// The mean of the samples of each dot.
fn dots(amounts: &[f32], view: &Around, size: Size) -> Vec<f32> {
    let (width, samples) = (view.pixels.width() as usize, view.samples as usize);
    let mut dots = Vec::with_capacity(size.width as usize * size.height as usize);
    for y in 0..size.height as usize {
        for x in 0..size.width as usize {
            let mut sum = 0.0;
            for row in 0..samples {
                let start =
                    (view.top as usize + y * samples + row) * width + view.left as usize + x * samples;
                sum += amounts[start..start + samples].iter().sum::<f32>();
            }
            dots.push(sum / (samples * samples) as f32);
        }
    }
    dots
}

/// Dots with more of their difference from the eight around them; over the edge there is the nearest dot again.
fn sharpened(dots: &[f32], size: Size) -> Vec<f32> {
    let (width, height) = (size.width as usize, size.height as usize);
    let near = |at: usize, length: usize| [at.saturating_sub(1), at, (at + 1).min(length - 1)];
    let mut sharp = Vec::with_capacity(dots.len());
    for y in 0..height {
        for x in 0..width {
            let own = dots[y * width + x];
            let sum: f32 =
                near(y, height).iter().flat_map(|y| near(x, width).map(|x| dots[y * width + x])).sum();
            sharp.push(own + SHARPENING * (own - (sum - own) / 8.0));
        }
    }
    sharp
}
