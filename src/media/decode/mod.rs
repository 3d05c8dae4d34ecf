//! From bytes to a picture in memory, and from there to what a viewport shows. Runs in the worker only.
//!
//! One file for each format that needs more than the `image` crate; [`colour`] brings what they read to sRGB.

mod colour;
mod containers;
mod gif_frames;
mod jpeg;
mod jpeg_head;
mod tiff;
mod tiff_patch;

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

use self::colour::Colours;
use super::Limits;
use super::fault::{Feature, PictureFault};
use super::note::Note;
use super::scale::scale;
use crate::domain::file_format::FileFormat;
use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// Longest side, in pixels: what JPEG can say at most; the sums of [`super::scale`] rest on it.
const LONGEST_SIDE: u32 = u16::MAX as u32;

/// Bytes that a decoder may write for one pixel; PNG with 16 bits and alpha would need eight.
const BYTES_PER_PIXEL: u64 = 4;

/// What a format's reader makes of a file.
struct Decoded {
    /// As stored: not turned upright, in the file's own colours, without transparency.
    pixels: RgbImage,
    orientation: Orientation,
    colours: Colours,
    notes: Vec<Note>,
}

/// A decoded picture. The pixels stay as the camera stored them: turning 12 megapixels upright, or converting their
/// colours, takes longer than looking at the right part of them and doing it to what is shown.
pub struct Picture {
    stored: RgbImage,
    orientation: Orientation,
    colours: Colours,
    notes: Vec<Note>,
}

impl Picture {
    /// Decodes a picture, refusing by its header what is too large.
    pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, PictureFault> {
        let format = FileFormat::of(bytes);
        let decoded = match format {
            FileFormat::Jpeg => jpeg::read(bytes, limits),
            FileFormat::Png => containers::png(bytes, limits),
            FileFormat::Gif => containers::gif(bytes, limits),
            FileFormat::WebP => containers::webp(bytes, limits),
            FileFormat::Bmp => containers::bmp(bytes, limits),
            FileFormat::Tiff => tiff::read(bytes, limits),
            FileFormat::Heif | FileFormat::Avif => {
                Err(PictureFault::Unsupported { format, feature: Some(Feature::Container) })
            }
            FileFormat::Pdf => Err(PictureFault::Unsupported { format, feature: None }),
            FileFormat::Other => Err(PictureFault::NotAPicture),
        }?;
        let Decoded { pixels: stored, orientation, colours, notes } = decoded;
        Ok(Picture { stored, orientation, colours, notes })
    }

    /// What must be said of it.
    pub fn notes(&self) -> &[Note] {
        &self.notes
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
        let small = scale(&self.stored, part, if turned { shown.turned() } else { shown });
        let mut small = DynamicImage::from(self.colours.apply(small));
        small.apply_orientation(self.orientation);
        small.apply_orientation(match viewport.turns() {
            0 => Orientation::NoTransforms,
            1 => Orientation::Rotate90,
            2 => Orientation::Rotate180,
            _ => Orientation::Rotate270,
        });
        small.into_rgb8()
    }

    /// The whole upright picture at a size, which has its shape.
    pub fn whole(&self, size: Size) -> RgbImage {
        let part = Rect { x: 0, y: 0, size: self.stored_size() };
        let stored = scale(&self.stored, part, if self.lies_on_its_side() { size.turned() } else { size });
        let mut upright = DynamicImage::from(self.colours.apply(stored));
        upright.apply_orientation(self.orientation);
        upright.into_rgb8()
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

/// Refuses a size that the limits do not allow, before anything is decoded.
fn check_size(width: u32, height: u32, format: FileFormat, limits: &Limits) -> Result<(), PictureFault> {
    let size = Size::new(width, height);
    if width.max(height) > LONGEST_SIDE || size.area() > limits.pixels {
        return Err(PictureFault::TooManyPixels { width, height, limit: limits.pixels });
    }
    if size.area() == 0 {
        return Err(PictureFault::Broken { format });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use image::Rgb;
    use proptest::prelude::*;

    use super::*;

    /// Every pixel tells where it is.
    fn chart(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, 128]))
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
            let picture = Picture { stored: chart(width, height), orientation, colours: Colours::AsStored, notes: Vec::new() };
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
            let picture = Picture { stored: chart(width, height), orientation, colours: Colours::AsStored, notes: Vec::new() };
            let target = Size::new(target.0, target.1);
            let frame = Frame::new(picture.upright(), target);
            let view = (0..zooms).fold(Viewport::default(), |view, _| view.zoom_in(frame));
            let view = (0..turns).fold(view, |view, _| view.rotate_right());
            let shown = view.shown_size(frame);
            prop_assert_eq!(picture.render(view, target).dimensions(), (shown.width, shown.height));
        }
    }
}
