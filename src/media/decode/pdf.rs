//! PDF (ISO 32000): a page drawn to pixels, inside the sandbox like everything else.
//!
//! What hayro leaves out in silence is told: fonts that only the author's computer had, damaged pictures, a cut file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::peniko::ImageAlphaType;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;
use image::metadata::Orientation;

use super::colour::Colours;
use super::{Decoded, check_size};
use crate::domain::file_format::FileFormat;
use crate::domain::viewport::Size;
use crate::media::Limits;
use crate::media::fault::{Feature, PictureFault};
use crate::media::note::Note;

const BROKEN: PictureFault = PictureFault::Broken { format: FileFormat::Pdf };

/// To what the longer side of a page is drawn, in pixels: about 190 dots an inch for A4.
const LONGER_SIDE: f32 = 2200.0;

/// A whole file says so in its last bytes (ISO 32000-1, annex H, note 18).
const END: &[u8] = b"%%EOF";
const END_WITHIN: usize = 1024;

pub(super) fn read(bytes: &[u8], page: u32, limits: &Limits) -> Result<Decoded, PictureFault> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(fault)?;
    refuse_large_images(&pdf, limits)?;
    let pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    if pages == 0 {
        return Err(BROKEN);
    }
    let wanted = pdf.pages().get(page as usize).ok_or(PictureFault::NoSuchPage { page, pages })?;
    let mut notes = Vec::new();
    if !bytes[bytes.len().saturating_sub(END_WITHIN)..].windows(END.len()).any(|window| window == END) {
        notes.push(Note::CutShort);
    }
    let (pixels, complete) = draw(wanted, limits)?;
    if !complete {
        notes.push(Note::PartsMissing);
    }
    Ok(Decoded { pixels, orientation: Orientation::NoTransforms, colours: Colours::AsStored, pages, notes })
}

/// The page on white paper, and whether nothing of it was left out.
fn draw(page: &Page<'_>, limits: &Limits) -> Result<(RgbImage, bool), PictureFault> {
    let size = size(page)?;
    check_size(size.width, size.height, FileFormat::Pdf, limits)?;
    let unread = page.raw().contains_key(b"Contents") && page.page_stream().is_none_or(<[u8]>::is_empty);
    let incomplete = Arc::new(AtomicBool::new(unread));
    let (width, height) = page.render_dimensions();
    // Half a pixel more, because the renderer cuts off what is no whole one.
    let scale = |pixels: u32, length: f32| (pixels as f32 + 0.5) / length;
    let paper = PixmapSettings {
        x_scale: scale(size.width, width),
        y_scale: scale(size.height, height),
        bg_color: WHITE,
    };
    let drawn = render(page, &RenderCache::new(), &telling(&incomplete), &RenderSettings::default(), &paper);
    let rgb = drawn
        .take_rgba8(ImageAlphaType::AlphaPremultiplied)
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let pixels = RgbImage::from_raw(size.width, size.height, rgb).ok_or(BROKEN)?;
    Ok((pixels, !incomplete.load(Ordering::Relaxed)))
}

/// How large a page is drawn, at least a pixel in each direction, whatever the size of its paper.
fn size(page: &Page<'_>) -> Result<Size, PictureFault> {
    let (width, height) = page.render_dimensions();
    if !(width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0) {
        return Err(BROKEN);
    }
    let scale = LONGER_SIDE / width.max(height);
    let side = |length: f32| (length * scale).round().max(1.0) as u32;
    Ok(Size::new(side(width), side(height)))
}

/// Settings that note what could not be drawn.
fn telling(incomplete: &Arc<AtomicBool>) -> InterpreterSettings {
    let (by_warning, by_font) = (Arc::clone(incomplete), Arc::clone(incomplete));
    let usual = InterpreterSettings::default();
    let resolver = Arc::clone(&usual.font_resolver);
    InterpreterSettings {
        warning_sink: Arc::new(move |_| by_warning.store(true, Ordering::Relaxed)),
        font_resolver: Arc::new(move |query| {
            // For Latin letters there is a font at hand, for Chinese, Japanese and Korean characters there is none.
            if matches!(query, FontQuery::Fallback(font) if font.character_collection.is_some()) {
                by_font.store(true, Ordering::Relaxed);
            }
            resolver(query)
        }),
        ..usual
    }
}

/// Refuses a document whose pictures would be larger than any other picture may be, by what it says of them.
fn refuse_large_images(pdf: &Pdf, limits: &Limits) -> Result<(), PictureFault> {
    for object in pdf.objects() {
        let Some(stream) = object.into_stream() else { continue };
        let side = |name: &str| stream.dict().get::<u32>(name).unwrap_or(0);
        let (width, height) = (side("Width"), side("Height"));
        if u64::from(width) * u64::from(height) > limits.pixels {
            return Err(PictureFault::TooManyPixels { width, height, limit: limits.pixels });
        }
    }
    Ok(())
}

const fn fault(error: LoadPdfError) -> PictureFault {
    match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => PictureFault::Unsupported { format: FileFormat::Pdf, feature: Some(Feature::Encryption) },
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption)
        | LoadPdfError::Invalid => BROKEN,
    }
}
