//! From SVG to a picture file, the way phones, scanners and browsers make them.

use std::io::Cursor;
use std::sync::Arc;

use image::{ImageFormat, RgbImage, imageops};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use resvg::{tiny_skia, usvg};
use tiff::encoder::colortype::Gray8;
use tiff::encoder::{Compression, DeflateLevel, Predictor, TiffEncoder};

use crate::svg::{SANS, SERIF, Sheet};

/// Of 100, for JPEG: text stays readable when zoomed.
pub const QUALITY: u8 = 66;

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

/// The file's bytes, in the format that its name says.
pub fn encode(
    upright: &RgbImage,
    file: &str,
    quality: u8,
    orientation: Option<u8>,
) -> Result<Vec<u8>, String> {
    match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "jpg" => jpeg(upright, quality, orientation),
        "png" => lossless(upright, ImageFormat::Png),
        "webp" => lossless(upright, ImageFormat::WebP),
        "tif" => tiff(upright),
        "heic" => Ok(HEIC.to_vec()),
        other => Err(format!("no pictures are written as `{other}`")),
    }
}

/// The beginning of every HEIC file, and nothing behind it (ISO/IEC 14496-12, 4.3: a file type box; 23008-12: brands).
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";

fn lossless(picture: &RgbImage, format: ImageFormat) -> Result<Vec<u8>, String> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// A scan in shades of grey, in strips (TIFF 6.0), as office scanners make them.
fn tiff(picture: &RgbImage) -> Result<Vec<u8>, String> {
    let grey = imageops::grayscale(picture);
    let mut bytes = Cursor::new(Vec::new());
    let written = TiffEncoder::new(&mut bytes).and_then(|tiff| {
        tiff.with_compression(Compression::Deflate(DeflateLevel::Best))
            .with_predictor(Predictor::Horizontal)
            .write_image::<Gray8>(grey.width(), grey.height(), grey.as_raw())
    });
    written.map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// Encodes an upright picture; with an EXIF orientation the pixels are stored turned, as phones store them.
fn jpeg(upright: &RgbImage, quality: u8, orientation: Option<u8>) -> Result<Vec<u8>, String> {
    let stored = match orientation {
        None | Some(1) => upright.clone(),
        Some(3) => imageops::rotate180(upright),
        Some(6) => imageops::rotate270(upright),
        Some(8) => imageops::rotate90(upright),
        Some(other) => return Err(format!("EXIF orientation {other}: only 1, 3, 6 and 8 are turns")),
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
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
