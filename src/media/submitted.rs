//! A picture as the regulator will receive it (上报件): recompressed as a provider does on the way, and decoded again.

use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, EncodingError, SamplingFactor};

use super::Limits;
use super::decode::Picture;
use super::fault::PictureFault;
use super::keep::Keep;
use crate::domain::file_format::FileFormat;
use crate::domain::submission::SubmittedFile;
use crate::domain::view::{Submission, Surface, View};
use crate::domain::viewport::Size;

/// The best quality that is tried, on the scale of libjpeg.
const BEST: u8 = 90;

/// The worst; what is still too large after that becomes smaller in pixels.
const WORST: u8 = 30;

/// One JPEG of a picture.
struct Sent {
    bytes: Vec<u8>,
    quality: u8,
}

/// How much of what the worker keeps decoded is for these, in parts.
const SHARE: usize = 4;

/// The pages that are looked at as submitted; the last few are kept.
pub(super) struct SubmittedPages {
    limits: Limits,
    kept: Keep<(String, u32, Submission), (Picture, SubmittedFile)>,
}

impl SubmittedPages {
    pub(super) fn new(limits: &Limits) -> Self {
        SubmittedPages { limits: *limits, kept: Keep::new(limits.decoded_bytes / SHARE) }
    }

    /// What a view looks at: the page itself, or what becomes of it, which is then looked at as it is.
    pub(super) fn of<'a>(
        &'a mut self,
        sha256: &str,
        original: &'a Picture,
        view: View,
    ) -> Result<(&'a Picture, View, Option<SubmittedFile>), PictureFault> {
        let Surface::Submitted(submission) = view.surface else { return Ok((original, view, None)) };
        let key = (sha256.to_owned(), view.page, submission);
        if self.kept.get(&key).is_none() {
            let (picture, file) = submit(original, submission, &self.limits)?;
            let bytes = picture.bytes();
            self.kept.put(key.clone(), (picture, file), bytes);
        }
        // The newest stays however large it is.
        let (picture, file) = self.kept.get(&key).ok_or(PictureFault::OutOfMemory)?;
        Ok((picture, View { surface: Surface::Original, ..view }, Some(*file)))
    }
}

/// A page recompressed to the limits. It is handed back in the size that the limits promise ([`Submission::size`]), so
/// that places on it stay where they are also when it had to become smaller still.
pub fn submit(
    picture: &Picture,
    submission: Submission,
    limits: &Limits,
) -> Result<(Picture, SubmittedFile), PictureFault> {
    let promised = submission.size(picture.upright());
    let most = usize::try_from(u64::from(submission.kib.max(1)) << 10).unwrap_or(usize::MAX);
    let mut size = promised;
    let sent = loop {
        let pixels = picture.whole(size);
        match best_within(&pixels, most)? {
            Ok(sent) => break sent,
            Err(Sent { bytes, .. }) => size = smaller(size, bytes.len(), most),
        }
    };
    let received = Picture::decode(&sent.bytes, 0, limits)?;
    let file = SubmittedFile {
        size,
        kib: kib(sent.bytes.len() as u64),
        quality: sent.quality,
        original_kib: kib(picture.file_bytes()),
    };
    Ok((picture.replaced_by(received.whole(promised)), file))
}

fn kib(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX)
}

/// The JPEG of the highest quality that fits, found by halving, or else that of the lowest.
fn best_within(pixels: &RgbImage, most: usize) -> Result<Result<Sent, Sent>, PictureFault> {
    let best = encode(pixels, BEST)?;
    if best.bytes.len() <= most {
        return Ok(Ok(best));
    }
    let worst = encode(pixels, WORST)?;
    if worst.bytes.len() > most {
        return Ok(Err(worst));
    }
    let (mut fits, mut too_large) = (worst, BEST);
    while fits.quality + 1 < too_large {
        let tried = encode(pixels, fits.quality.midpoint(too_large))?;
        if tried.bytes.len() <= most {
            fits = tried;
        } else {
            too_large = tried.quality;
        }
    }
    Ok(Ok(fits))
}

fn encode(pixels: &RgbImage, quality: u8) -> Result<Sent, PictureFault> {
    // Sides are within what JPEG can say, because those of the original are.
    let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder
        .encode(pixels.as_raw(), side(pixels.width()), side(pixels.height()), ColorType::Rgb)
        .map_err(|_: EncodingError| PictureFault::Broken { format: FileFormat::Jpeg })?;
    Ok(Sent { bytes, quality })
}

/// A size whose JPEG should fit: bytes go with the area.
fn smaller(size: Size, bytes: usize, most: usize) -> Size {
    let factor = (most as f64 / bytes as f64).sqrt().clamp(0.05, 0.95);
    let side = |length: u32| ((f64::from(length) * factor) as u32).max(1);
    Size::new(side(size.width), side(size.height))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, Rgb};

    use super::*;

    fn opened(pixels: RgbImage) -> Picture {
        let mut file = Cursor::new(Vec::new());
        DynamicImage::from(pixels).write_to(&mut file, ImageFormat::Png).unwrap();
        Picture::decode(file.get_ref(), 0, &Limits::default()).unwrap()
    }

    /// Nothing compresses worse.
    fn noise(width: u32, height: u32) -> RgbImage {
        let mut state = 1_u32;
        RgbImage::from_fn(width, height, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [_, red, green, blue] = state.to_le_bytes();
            Rgb([red, green, blue])
        })
    }

    fn ramp(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 128]))
    }

    #[test]
    fn it_always_fits_and_never_grows() {
        for (name, pixels, kib, longest_side) in [
            ("small and plain", ramp(64, 48), 200, 1500),
            ("too wide", ramp(2000, 1500), 200, 1500),
            ("too many bytes", noise(600, 400), 100, 1500),
            ("far too many bytes", noise(600, 400), 8, 1500),
            ("a KiB", noise(600, 400), 1, 1500),
            ("nothing at all", noise(64, 48), 0, 0),
            ("a pixel", ramp(1, 1), 200, 1500),
            ("a column", ramp(1, 60_000), 200, 1500),
            ("a row that may stay", noise(60_000, 1), 50, 65_535),
        ] {
            let original = opened(pixels);
            let submission = Submission { kib, longest_side };
            let (picture, file) = submit(&original, submission, &Limits::default()).unwrap();
            assert!(file.kib <= kib.max(1), "{name}: {file:?}");
            assert!((WORST..=BEST).contains(&file.quality), "{name}: {file:?}");
            let promised = submission.size(original.upright());
            assert_eq!(picture.upright(), promised, "{name}: places stay");
            assert!(
                file.size.width <= promised.width && file.size.height <= promised.height,
                "{name}: {file:?}"
            );
            assert!(file.size.area() > 0, "{name}");
            assert_eq!(file.original_kib, kib_of(&original), "{name}");
        }
    }

    fn kib_of(picture: &Picture) -> u32 {
        u32::try_from(picture.file_bytes().div_ceil(1024)).unwrap()
    }

    #[test]
    fn what_fits_well_keeps_its_size_and_the_best_quality_that_fits() {
        let limits = Limits::default();
        let submit =
            |pixels, kib| submit(&opened(pixels), Submission { kib, longest_side: 1500 }, &limits).unwrap().1;
        let plain = submit(ramp(640, 480), 200);
        assert_eq!((plain.size, plain.quality), (Size::new(640, 480), BEST));
        let tight = submit(noise(320, 240), 60);
        assert_eq!(tight.size, Size::new(320, 240));
        assert!(tight.quality > WORST && tight.quality < BEST, "{tight:?}");
        let next = encode(&noise(320, 240), tight.quality + 1).unwrap();
        assert!(next.bytes.len() > 60 << 10, "one more would not fit");
        let smaller = submit(noise(320, 240), 10);
        assert!(smaller.quality >= WORST && smaller.size.width < 320, "{smaller:?}");
    }

    #[test]
    fn colours_survive_and_detail_is_lost() {
        let original = opened(RgbImage::from_pixel(300, 200, Rgb([200, 40, 60])));
        let submission = Submission { kib: 200, longest_side: 150 };
        let (picture, file) = submit(&original, submission, &Limits::default()).unwrap();
        assert_eq!(file.size, Size::new(150, 100));
        let pixel = picture.whole(picture.upright()).get_pixel(75, 50).0;
        assert!(pixel.iter().zip([200, 40, 60]).all(|(one, other)| one.abs_diff(other) < 6), "{pixel:?}");
    }
}
