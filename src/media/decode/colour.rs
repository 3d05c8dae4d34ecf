//! Colours: to sRGB by an embedded ICC profile, inks to light, transparency onto white paper.

use std::sync::Arc;

use image::{DynamicImage, Rgb, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions};

/// How the stored values become sRGB.
///
/// Applied to what is shown and not to what is stored: a screenful instead of 12 megapixels.
pub(super) enum Colours {
    AsStored,
    Rgb(Arc<Transform8BitExecutor>),
    /// From the first of three equal values.
    Grey(Arc<Transform8BitExecutor>),
}

impl Colours {
    /// By an embedded profile (ICC.1:2022). One that is broken, or made for another kind of picture, counts for
    /// nothing: values without a profile are meant as sRGB.
    pub(super) fn of(profile: Option<Vec<u8>>, grey: bool) -> Colours {
        let parsed = profile.and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok());
        let Some(profile) = parsed else { return Colours::AsStored };
        let transform = match profile.color_space {
            DataColorSpace::Rgb => to_srgb(&profile, Layout::Rgb).map(Colours::Rgb),
            DataColorSpace::Gray if grey => to_srgb(&profile, Layout::Gray).map(Colours::Grey),
            _ => None,
        };
        transform.unwrap_or(Colours::AsStored)
    }

    pub(super) fn apply(&self, mut pixels: RgbImage) -> RgbImage {
        let from: Vec<u8> = match self {
            Colours::AsStored => return pixels,
            Colours::Rgb(_) => pixels.as_raw().clone(),
            Colours::Grey(_) => pixels.pixels().map(|pixel| pixel.0[0]).collect(),
        };
        if let Colours::Rgb(transform) | Colours::Grey(transform) = self
            && transform.transform(&from, &mut pixels).is_err()
        {
            return RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
                let at = y as usize * pixels.width() as usize + x as usize;
                Rgb(match self {
                    Colours::Grey(_) => [from[at]; 3],
                    _ => [from[at * 3], from[at * 3 + 1], from[at * 3 + 2]],
                })
            });
        }
        pixels
    }
}

fn to_srgb(profile: &ColorProfile, from: Layout) -> Option<Arc<Transform8BitExecutor>> {
    profile
        .create_transform_8bit(from, &ColorProfile::new_srgb(), Layout::Rgb, TransformOptions::default())
        .ok()
}

/// Cyan, magenta, yellow, black (0 is no ink) to red, green, blue: by the profile of the press if there is one, else as
/// if the inks were perfect.
pub(super) fn cmyk_to_rgb(inks: &[u8], profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut rgb = vec![0; inks.len() / 4 * 3];
    let press = profile
        .and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok())
        .filter(|profile| profile.color_space == DataColorSpace::Cmyk)
        .and_then(|profile| to_srgb(&profile, Layout::Rgba));
    if press.is_some_and(|press| press.transform(inks, &mut rgb).is_ok()) {
        return rgb;
    }
    for (inks, pixel) in inks.chunks_exact(4).zip(rgb.chunks_exact_mut(3)) {
        let light = |ink: u8| 255 - u32::from(ink);
        for (value, ink) in pixel.iter_mut().zip(&inks[..3]) {
            *value = ((light(*ink) * light(inks[3]) + 127) / 255) as u8;
        }
    }
    rgb
}

/// Luminance and two colour differences to red, green, blue (JFIF 1.02, ITU-R BT.601 over the full range).
pub(super) fn ycc_to_rgb([luma, blue, red]: [u8; 3]) -> [u8; 3] {
    let (luma, blue, red) = (f32::from(luma), f32::from(blue) - 128.0, f32::from(red) - 128.0);
    [luma + 1.402 * red, luma - 0.344_136 * blue - 0.714_136 * red, luma + 1.772 * blue]
        .map(|value| value.round().clamp(0.0, 255.0) as u8)
}

/// A value over white paper. With `multiplied`, the value already carries its opacity.
pub(super) fn over_white(value: u8, alpha: u8, multiplied: bool) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let light = if multiplied { value * 255 } else { value * alpha };
    ((light + 255 * (255 - alpha) + 127) / 255).min(255) as u8
}

/// Without transparency: scans with an alpha channel are meant to lie on white paper.
pub(super) fn opaque(pixels: DynamicImage) -> RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8();
    }
    let pixels = pixels.into_rgba8();
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|value| over_white(value, alpha, false)))
    })
}
