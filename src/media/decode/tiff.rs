//! TIFF 6.0: strips and tiles, interleaved and planar, grey, palette, RGB, CMYK and YCbCr.

use std::io::Cursor;

use image::RgbImage;
use image::metadata::Orientation;
use tiff::decoder::{Decoder, DecodingResult, Limits as TiffLimits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError, TiffUnsupportedError};

use super::colour::{Colours, cmyk_to_rgb, over_white, ycc_to_rgb};
use super::tiff_pages::Pages;
use super::tiff_patch::{Patched, palette};
use super::{BYTES_PER_PIXEL, Decoded, check_size};
use crate::domain::file_format::FileFormat;
use crate::media::Limits;
use crate::media::fault::{Feature, PictureFault};

const BROKEN: PictureFault = PictureFault::Broken { format: FileFormat::Tiff };

pub(super) type File<'a> = Decoder<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], page: u32, limits: &Limits) -> Result<Decoded, PictureFault> {
    let pages = Pages::of(bytes)?;
    let bytes = &pages.beginning_with(bytes, page)?;
    let patched = Patched::of(bytes, &mut open(bytes, limits)?)?;
    let mut file = open(&patched.bytes, limits)?;
    let (width, height) = file.dimensions().map_err(fault)?;
    check_size(width, height, FileFormat::Tiff, limits)?;
    let colour = file.colortype().map_err(fault)?;
    let tag = |file: &mut File<'_>, tag| file.find_tag_unsigned_vec::<u16>(tag).ok().flatten();
    let extra = tag(&mut file, Tag::ExtraSamples).and_then(|kinds| kinds.first().copied());
    let orientation = tag(&mut file, Tag::Orientation).and_then(|turns| u8::try_from(*turns.first()?).ok());
    let profile = file.get_tag_u8_vec(Tag::IccProfile).ok();

    let samples = Samples::read(&mut file, (width, height), colour, patched.palette.is_some())?;
    let mut profile = profile;
    let rgb = match (colour, &patched.palette) {
        (_, Some(colours)) => samples.map(|pixel| palette(colours, pixel[0])),
        (ColorType::Gray(_), _) => samples.map(|pixel| [pixel[0]; 3]),
        (ColorType::Multiband { .. }, _) => {
            let paper = alpha_kind(extra);
            samples.map(|pixel| {
                [paper.map_or(pixel[0], |multiplied| over_white(pixel[0], pixel[1], multiplied)); 3]
            })
        }
        (ColorType::RGB(_), _) => samples.map(|pixel| [pixel[0], pixel[1], pixel[2]]),
        (ColorType::RGBA(_), _) => {
            let multiplied = alpha_kind(extra).unwrap_or(false);
            samples.map(|pixel| [0, 1, 2].map(|at| over_white(pixel[at], pixel[3], multiplied)))
        }
        (ColorType::YCbCr(_), _) => samples.map(|pixel| ycc_to_rgb([pixel[0], pixel[1], pixel[2]])),
        (ColorType::CMYK(_) | ColorType::CMYKA(_), _) => {
            let inks: Vec<u8> =
                samples.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]]).collect();
            cmyk_to_rgb(&inks, profile.take())
        }
        _ => return Err(unsupported(Feature::Colours)),
    };
    let grey =
        matches!(colour, ColorType::Gray(_) | ColorType::Multiband { .. }) && patched.palette.is_none();
    Ok(Decoded {
        pixels: RgbImage::from_raw(width, height, rgb).ok_or(BROKEN)?,
        orientation: orientation.and_then(Orientation::from_exif).unwrap_or(Orientation::NoTransforms),
        colours: Colours::of(profile, grey),
        pages: pages.count(),
        notes: pages.notes(),
    })
}

fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<File<'a>, PictureFault> {
    let mut allowed = TiffLimits::default();
    let most = limits.pixels.saturating_mul(BYTES_PER_PIXEL);
    allowed.decoding_buffer_size = usize::try_from(most).unwrap_or(usize::MAX);
    allowed.intermediate_buffer_size = usize::try_from(limits.file_bytes).unwrap_or(usize::MAX);
    allowed.ifd_value_size = 8 << 20;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(fault)?.with_limits(allowed))
}

/// Whether there is an alpha sample, and then whether the colours are multiplied with it (ExtraSamples 1 and 2).
const fn alpha_kind(extra: Option<u16>) -> Option<bool> {
    match extra {
        Some(1) => Some(true),
        Some(2) => Some(false),
        _ => None,
    }
}

/// The samples of all pixels in 8 bits, interleaved.
struct Samples {
    values: Vec<u8>,
    /// A pixel's.
    count: usize,
}

impl Samples {
    fn read(
        file: &mut File<'_>,
        (width, height): (u32, u32),
        colour: ColorType,
        indexed: bool,
    ) -> Result<Samples, PictureFault> {
        let count = usize::from(colour.num_samples());
        let depth = colour.bit_depth();
        let (width, height) = (width as usize, height as usize);
        let mut decoded = DecodingResult::U8(Vec::new());
        let layout = file.read_image_to_buffer(&mut decoded).map_err(fault)?;
        // Planes beyond the limit on memory are left out without an error.
        if decoded.as_buffer(0).byte_len() < layout.complete_len {
            return Err(PictureFault::OutOfMemory);
        }
        let values = match decoded {
            DecodingResult::U8(values) if depth == 8 => values,
            DecodingResult::U8(values) if matches!(depth, 1 | 2 | 4) && count == 1 => {
                let row = layout.row_stride.ok_or(BROKEN)?.get();
                let rows = values.chunks_exact(row).take(height);
                rows.flat_map(|row| unpack(row, depth, indexed).take(width)).collect()
            }
            DecodingResult::U16(values) if !indexed => {
                values.into_iter().map(|value| ((u32::from(value) * 255 + 32_767) / 65_535) as u8).collect()
            }
            DecodingResult::F32(values) => {
                values.into_iter().map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8).collect()
            }
            _ => return Err(unsupported(Feature::Depth)),
        };
        let whole = values.len() == width * height * count;
        let values = if layout.planes > 1 { interleaved(&values, width * height, count) } else { values };
        if whole { Ok(Samples { values, count }) } else { Err(BROKEN) }
    }

    fn pixels(&self) -> impl Iterator<Item = &[u8]> {
        self.values.chunks_exact(self.count)
    }

    fn map(&self, rgb: impl Fn(&[u8]) -> [u8; 3]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.values.len() / self.count * 3);
        self.pixels().for_each(|pixel| out.extend_from_slice(&rgb(pixel)));
        out
    }
}

/// Samples of 1, 2 or 4 bits, the first in the highest bits: their numbers, or brought to the range of 8 bits.
fn unpack(row: &[u8], depth: u8, numbers: bool) -> impl Iterator<Item = u8> + '_ {
    let most = (1_u8 << depth) - 1;
    let scale = if numbers { 1 } else { 255 / most };
    row.iter()
        .flat_map(move |byte| (0..8 / depth).rev().map(move |place| (byte >> (place * depth) & most) * scale))
}

fn interleaved(planes: &[u8], pixels: usize, count: usize) -> Vec<u8> {
    let mut out = vec![0; planes.len()];
    for (place, plane) in planes.chunks_exact(pixels).enumerate() {
        for (pixel, value) in out.chunks_exact_mut(count).zip(plane) {
            if let Some(sample) = pixel.get_mut(place) {
                *sample = *value;
            }
        }
    }
    out
}

pub(super) const fn unsupported(feature: Feature) -> PictureFault {
    PictureFault::Unsupported { format: FileFormat::Tiff, feature: Some(feature) }
}

pub(super) fn fault(error: TiffError) -> PictureFault {
    use TiffUnsupportedError as U;
    match error {
        TiffError::LimitsExceeded => PictureFault::OutOfMemory,
        TiffError::UnsupportedError(what) => unsupported(match what {
            U::UnknownCompressionMethod
            | U::UnsupportedCompressionMethod(_)
            | U::FloatingPointPredictor(_)
            | U::HorizontalPredictor(_) => Feature::Compression,
            U::InconsistentBitsPerSample(_)
            | U::UnsupportedSampleDepth(_)
            | U::UnsupportedSampleFormat(_)
            | U::UnsupportedBitsPerChannel(_) => Feature::Depth,
            U::ChromaSubsampling => Feature::Sampling,
            _ => Feature::Colours,
        }),
        TiffError::FormatError(_)
        | TiffError::IoError(_)
        | TiffError::IntSizeError
        | TiffError::UsageError(_) => BROKEN,
    }
}
