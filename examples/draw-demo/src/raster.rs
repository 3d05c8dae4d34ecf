//! From SVG to a JPEG file, the way phones and scanners make them.

use std::sync::Arc;

use image::{RgbImage, imageops};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use resvg::{tiny_skia, usvg};

use crate::svg::{SANS, SERIF, Sheet};

/// Text stays readable when zoomed, and all pictures together stay well under 6 MB.
const QUALITY: u8 = 66;

/// The system's fonts, if they have the two faces the papers are set in.
pub fn fonts() -> Result<Arc<usvg::fontdb::Database>, String> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_system_fonts();
    for name in [SANS, SERIF] {
        let query =
            usvg::fontdb::Query { families: &[usvg::fontdb::Family::Name(name)], ..Default::default() };
        if fonts.query(&query).is_none() {
            return Err(format!(
                "the font `{name}` is missing: install it (Debian: apt-get install fonts-noto-cjk)"
            ));
        }
    }
    Ok(Arc::new(fonts))
}

/// Draws a sheet, scaled to `width` pixels when one is given.
pub fn pixels(
    sheet: Sheet,
    width: Option<u32>,
    fonts: &Arc<usvg::fontdb::Database>,
) -> Result<RgbImage, String> {
    let scale = width.map_or(1.0, |width| width as f32 / sheet.width as f32);
    let size = |length: u32| (length as f32 * scale).round() as u32;
    let (wide, tall) = (size(sheet.width), size(sheet.height));
    let options = usvg::Options { fontdb: Arc::clone(fonts), ..Default::default() };
    let tree =
        usvg::Tree::from_str(&sheet.finish(), &options).map_err(|error| format!("bad SVG: {error}"))?;
    let mut canvas = tiny_skia::Pixmap::new(wide, tall).ok_or("a picture without area")?;
    canvas.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let rgb = canvas.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    RgbImage::from_raw(wide, tall, rgb).ok_or_else(|| "a picture of the wrong length".to_owned())
}

/// Encodes an upright picture; with an EXIF orientation the pixels are stored turned, as phones store them.
pub fn jpeg(upright: &RgbImage, orientation: Option<u8>) -> Result<Vec<u8>, String> {
    let stored = match orientation {
        None | Some(1) => upright.clone(),
        Some(3) => imageops::rotate180(upright),
        Some(6) => imageops::rotate270(upright),
        Some(8) => imageops::rotate90(upright),
        Some(other) => return Err(format!("EXIF orientation {other}: only 1, 3, 6 and 8 are turns")),
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    // As phones do. Not with optimised tables: this encoder then writes one scan per component, and
    // zune-jpeg 0.5.15 reads such a file with 4:2:0 as green stripes, without an error.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(orientation) = orientation {
        encoder.add_exif_metadata(&exif(orientation)).map_err(|error| error.to_string())?;
    }
    let side = |length: u32| u16::try_from(length).map_err(|_| "a side of over 65535 pixels".to_owned());
    encoder
        .encode(stored.as_raw(), side(stored.width())?, side(stored.height())?, ColorType::Rgb)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// A TIFF header with one directory of one entry: tag 0x0112 Orientation, SHORT, count 1 (Exif 2.32, 4.6.4 A).
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff
}
