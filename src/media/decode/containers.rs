//! The formats that the `image` crate reads as they are: PNG, GIF, WebP and BMP.

use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError};

use super::colour::{Colours, opaque};
use super::{BYTES_PER_PIXEL, Decoded, check_size, gif_frames};
use crate::domain::file_format::FileFormat;
use crate::media::Limits;
use crate::media::fault::PictureFault;
use crate::media::note::Note;

pub(super) fn png(bytes: &[u8], limits: &Limits) -> Result<Decoded, PictureFault> {
    let fault = |error| fault(error, FileFormat::Png);
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), allowed(limits)).map_err(fault)?;
    let animated = decoder.is_apng().map_err(fault)?;
    first_of(animated, read(decoder, FileFormat::Png, limits)?)
}

pub(super) fn gif(bytes: &[u8], limits: &Limits) -> Result<Decoded, PictureFault> {
    let decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|error| fault(error, FileFormat::Gif))?;
    first_of(gif_frames::several(bytes), read(decoder, FileFormat::Gif, limits)?)
}

pub(super) fn webp(bytes: &[u8], limits: &Limits) -> Result<Decoded, PictureFault> {
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| fault(error, FileFormat::WebP))?;
    first_of(decoder.has_animation(), read(decoder, FileFormat::WebP, limits)?)
}

pub(super) fn bmp(bytes: &[u8], limits: &Limits) -> Result<Decoded, PictureFault> {
    let decoder = BmpDecoder::new(Cursor::new(bytes)).map_err(|error| fault(error, FileFormat::Bmp))?;
    read(decoder, FileFormat::Bmp, limits)
}

fn first_of(animated: bool, mut decoded: Decoded) -> Result<Decoded, PictureFault> {
    if animated {
        decoded.notes.push(Note::FirstFrame);
    }
    Ok(decoded)
}

fn allowed(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.pixels.saturating_mul(BYTES_PER_PIXEL));
    allowed
}

fn read(
    mut decoder: impl ImageDecoder,
    format: FileFormat,
    limits: &Limits,
) -> Result<Decoded, PictureFault> {
    let fault = |error| fault(error, format);
    let (width, height) = decoder.dimensions();
    check_size(width, height, format, limits)?;
    if decoder.total_bytes() > limits.pixels.saturating_mul(BYTES_PER_PIXEL) {
        return Err(PictureFault::OutOfMemory);
    }
    decoder.set_limits(allowed(limits)).map_err(fault)?;
    // A picture whose EXIF or profile is broken is still a picture: it is shown as stored.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let pixels = DynamicImage::from_decoder(decoder).map_err(fault)?;
    let grey = !pixels.color().has_color();
    Ok(Decoded {
        pixels: opaque(pixels),
        orientation,
        colours: Colours::of(profile, grey),
        pages: 1,
        notes: Vec::new(),
    })
}

fn fault(error: ImageError, format: FileFormat) -> PictureFault {
    match error {
        ImageError::Limits(_) => PictureFault::OutOfMemory,
        ImageError::Unsupported(_) => PictureFault::Unsupported { format, feature: None },
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::IoError(_) => PictureFault::Broken { format },
    }
}
