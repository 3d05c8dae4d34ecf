//! From bytes to a picture in memory, and from there to what a viewport shows. Runs in the worker only.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Rgb, RgbImage};

use super::Limits;
use super::fault::{Format, PictureFault};
use super::scale::scale;
use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// Longest side, in pixels: what JPEG can say at most; the sums of [`super::scale`] rest on it.
const LONGEST_SIDE: u32 = u16::MAX as u32;

/// Bytes that a decoder may write for one pixel; PNG with 16 bits and alpha would need eight.
const BYTES_PER_PIXEL: u64 = 4;

/// A decoded picture. The pixels stay as the camera stored them: turning 12 megapixels upright takes longer than
/// looking at the right part of them and turning what is shown.
pub struct Picture {
    stored: RgbImage,
    orientation: Orientation,
}

impl Picture {
    /// Decodes a JPEG or PNG, refusing by its header what is too large.
    pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, PictureFault> {
        let format = Format::of(bytes).ok_or(PictureFault::NotAPicture)?;
        let fault = |error: ImageError| fault(error, format);
        match format {
            Format::Jpeg => read(JpegDecoder::new(Cursor::new(bytes)).map_err(fault)?, format, limits),
            Format::Png => {
                let decoder = PngDecoder::with_limits(Cursor::new(bytes), allowed(limits)).map_err(fault)?;
                read(decoder, format, limits)
            }
            _ => Err(PictureFault::Unsupported { format }),
        }
    }

    /// Size with the EXIF orientation applied.
    pub fn upright(&self) -> Size {
        if self.lies_on_its_side() { self.stored_size().turned() } else { self.stored_size() }
    }

    /// Bytes that it takes in memory.
    pub fn bytes(&self) -> usize {
        self.stored.as_raw().len()
    }

    /// What a viewport shows of it on a surface: RGB, at most as large as the surface.
    pub fn render(&self, viewport: Viewport, target: Size) -> RgbImage {
        let frame = Frame::new(self.upright(), target);
        let part = self.stored_part(viewport.source_rect(frame));
        let shown = viewport.shown_size(frame);
        // What is shown is turned twice more: to stand upright, and by the reviewer.
        let turned = self.lies_on_its_side() != (viewport.turns() % 2 == 1);
        let mut small =
            DynamicImage::from(scale(&self.stored, part, if turned { shown.turned() } else { shown }));
        small.apply_orientation(self.orientation);
        small.apply_orientation(match viewport.turns() {
            0 => Orientation::NoTransforms,
            1 => Orientation::Rotate90,
            2 => Orientation::Rotate180,
            _ => Orientation::Rotate270,
        });
        small.into_rgb8()
    }

    fn stored_size(&self) -> Size {
        Size::new(self.stored.width(), self.stored.height())
    }

    const fn lies_on_its_side(&self) -> bool {
        matches!(
            self.orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        )
    }

    /// Where a part of the upright picture lies in the stored one.
    fn stored_part(&self, upright: Rect) -> Rect {
        use Orientation as O;
        let Rect { x, y, size } = upright;
        let (x, y, size) = if self.lies_on_its_side() { (y, x, size.turned()) } else { (x, y, size) };
        let stored = self.stored_size();
        let from_right =
            matches!(self.orientation, O::FlipHorizontal | O::Rotate180 | O::Rotate270 | O::Rotate270FlipH);
        let from_below =
            matches!(self.orientation, O::FlipVertical | O::Rotate180 | O::Rotate90 | O::Rotate270FlipH);
        Rect {
            x: if from_right { stored.width - x - size.width } else { x },
            y: if from_below { stored.height - y - size.height } else { y },
            size,
        }
    }
}

fn allowed(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.pixels.saturating_mul(BYTES_PER_PIXEL));
    allowed
}

fn read(mut decoder: impl ImageDecoder, format: Format, limits: &Limits) -> Result<Picture, PictureFault> {
    let (width, height) = decoder.dimensions();
    let size = Size::new(width, height);
    if width.max(height) > LONGEST_SIDE || size.area() > limits.pixels {
        return Err(PictureFault::TooManyPixels { width, height, limit: limits.pixels });
    }
    if size.area() == 0 {
        return Err(PictureFault::Broken { format });
    }
    if decoder.total_bytes() > limits.pixels.saturating_mul(BYTES_PER_PIXEL) {
        return Err(PictureFault::OutOfMemory);
    }
    // A picture whose EXIF is broken is still a picture: it is shown as stored.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = DynamicImage::from_decoder(decoder).map_err(|error| fault(error, format))?;
    Ok(Picture { stored: opaque(pixels), orientation })
}

/// Without transparency: scans with an alpha channel are meant to lie on white paper.
fn opaque(pixels: DynamicImage) -> RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8();
    }
    let pixels = pixels.into_rgba8();
    let over_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|value| over_white(value, alpha)))
    })
}

fn fault(error: ImageError, format: Format) -> PictureFault {
    match error {
        ImageError::Limits(_) => PictureFault::OutOfMemory,
        ImageError::Unsupported(_) => PictureFault::Unsupported { format },
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::IoError(_) => PictureFault::Broken { format },
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};
    use proptest::prelude::*;

    use super::*;

    /// Every pixel tells where it is.
    fn chart(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, 128]))
    }

    #[test]
    fn transparency_becomes_white_paper() {
        let mut file = Cursor::new(Vec::new());
        let sheet = RgbaImage::from_fn(2, 1, |x, _| Rgba([0, 0, 0, if x == 0 { 0 } else { 255 }]));
        sheet.write_to(&mut file, ImageFormat::Png).unwrap();
        let picture = Picture::decode(file.get_ref(), &Limits::default()).unwrap();
        assert_eq!(picture.stored.as_raw(), &[255, 255, 255, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn a_part_of_the_upright_picture_is_the_same_however_it_is_stored(
            (width, height) in (1u32..40, 1u32..40),
            (x, y) in (0u32..40, 0u32..40),
            (part_width, part_height) in (1u32..40, 1u32..40),
            exif in 1u8..=8,
        ) {
            let orientation = Orientation::from_exif(exif).unwrap();
            let picture = Picture { stored: chart(width, height), orientation };
            let mut upright = DynamicImage::from(chart(width, height));
            upright.apply_orientation(orientation);
            let size = picture.upright();
            prop_assert_eq!((size.width, size.height), (upright.width(), upright.height()));

            let (x, y) = (x.min(size.width - 1), y.min(size.height - 1));
            let part = Size::new(part_width.min(size.width - x), part_height.min(size.height - y));
            let stored = picture.stored_part(Rect { x, y, size: part });
            let mut seen =
                DynamicImage::from(picture.stored.clone()).crop_imm(stored.x, stored.y, stored.size.width, stored.size.height);
            seen.apply_orientation(orientation);
            prop_assert_eq!(seen, upright.crop_imm(x, y, part.width, part.height));
        }

        #[test]
        fn what_is_shown_has_the_size_that_the_viewport_promises(
            (width, height) in (1u32..60, 1u32..60),
            target in (1u32..40, 1u32..40),
            exif in 1u8..=8,
            (zooms, turns) in (0usize..6, 0usize..4),
        ) {
            let orientation = Orientation::from_exif(exif).unwrap();
            let picture = Picture { stored: chart(width, height), orientation };
            let target = Size::new(target.0, target.1);
            let frame = Frame::new(picture.upright(), target);
            let view = (0..zooms).fold(Viewport::default(), |view, _| view.zoom_in(frame));
            let view = (0..turns).fold(view, |view, _| view.rotate_right());
            let shown = view.shown_size(frame);
            prop_assert_eq!(picture.render(view, target).dimensions(), (shown.width, shown.height));
        }
    }
}
