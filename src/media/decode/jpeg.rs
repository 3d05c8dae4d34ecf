//! JPEG (ITU-T T.81). What the decoder would draw wrongly is refused by [`Head`], and what it had to guess is told.

use image::RgbImage;
use image::metadata::Orientation;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

use super::colour::{Colours, cmyk_to_rgb, ycc_to_rgb};
use super::jpeg_head::{Head, Inks, Samples};
use super::{Decoded, LONGEST_SIDE, check_size};
use crate::domain::file_format::FileFormat;
use crate::media::Limits;
use crate::media::fault::PictureFault;
use crate::media::note::Note;

const BROKEN: PictureFault = PictureFault::Broken { format: FileFormat::Jpeg };

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Decoded, PictureFault> {
    let head = Head::read(bytes)?;
    check_size(head.width, head.height, FileFormat::Jpeg, limits)?;
    // Strictly first: leniently, the decoder fills up what is missing and does not say so.
    let (decoded, whole) = match decode(&bytes[..head.length], head.samples, true) {
        Ok(decoded) => (decoded, head.whole),
        Err(_) => (decode(bytes, head.samples, false).map_err(|_| BROKEN)?, false),
    };
    let Planes { samples, profile, orientation } = decoded;
    let (rgb, profile) = match head.samples {
        Samples::Grey | Samples::Colour => (samples, profile),
        Samples::Inks(inks) => (cmyk_to_rgb(&plain(samples, inks), profile), None),
    };
    Ok(Decoded {
        pixels: RgbImage::from_raw(head.width, head.height, rgb).ok_or(BROKEN)?,
        orientation,
        colours: Colours::of(profile, matches!(head.samples, Samples::Grey)),
        pages: 1,
        notes: if whole { Vec::new() } else { vec![Note::CutShort] },
    })
}

struct Planes {
    /// Three bytes a pixel, four for inks.
    samples: Vec<u8>,
    profile: Option<Vec<u8>>,
    orientation: Orientation,
}

fn decode(bytes: &[u8], samples: Samples, strict: bool) -> Result<Planes, DecodeErrors> {
    let wanted = match samples {
        Samples::Grey | Samples::Colour => ColorSpace::RGB,
        Samples::Inks(Inks::Ycck) => ColorSpace::YCCK,
        Samples::Inks(Inks::Plain | Inks::Inverted) => ColorSpace::CMYK,
    };
    let options = DecoderOptions::default()
        .set_strict_mode(strict)
        .set_max_width(LONGEST_SIDE as usize)
        .set_max_height(LONGEST_SIDE as usize)
        .jpeg_set_out_colorspace(wanted);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let samples = decoder.decode()?;
    // A picture whose EXIF is broken is still a picture: it is shown as stored.
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    Ok(Planes {
        samples,
        profile: decoder.icc_profile(),
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
    })
}

/// Cyan, magenta, yellow, black with 0 for no ink, as [`cmyk_to_rgb`] takes them.
fn plain(mut samples: Vec<u8>, inks: Inks) -> Vec<u8> {
    for pixel in samples.chunks_exact_mut(4) {
        match inks {
            Inks::Plain => {}
            Inks::Inverted => pixel.iter_mut().for_each(|ink| *ink = 255 - *ink),
            // The colours are those that the first three inks leave, which inverted twice is the inks themselves.
            Inks::Ycck => {
                let ink = ycc_to_rgb([pixel[0], pixel[1], pixel[2]]);
                pixel[..3].copy_from_slice(&ink);
                pixel[3] = 255 - pixel[3];
            }
        }
    }
    samples
}
