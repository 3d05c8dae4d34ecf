//! From bytes to a picture in memory, and from there to what a viewport shows. Runs in the worker only.
//!
//! One file for each format that needs more than the `image` crate; [`colour`] brings what they read to sRGB.

mod colour;
mod containers;
mod gif_frames;
mod jpeg;
mod jpeg_head;
#[cfg(feature = "pdf")]
mod pdf;
mod tiff;
mod tiff_pages;
mod tiff_patch;

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

use self::colour::Colours;
use super::Limits;
use super::fault::{Feature, PictureFault};
use super::note::Note;
use super::render::shown;
use super::scale::scale;
use crate::domain::file_format::FileFormat;
use crate::domain::view::View;
use crate::domain::viewport::{Rect, Size};

/// Longest side, in pixels: what JPEG can say at most; the sums of [`super::scale`] rest on it.
pub(super) const LONGEST_SIDE: u32 = u16::MAX as u32;

/// Bytes that a decoder may write for one pixel; PNG with 16 bits and alpha would need eight.
const BYTES_PER_PIXEL: u64 = 4;

/// What a format's reader makes of one page of a file.
struct Decoded {
    /// As stored: not turned upright, in the file's own colours, without transparency.
    pixels: RgbImage,
    orientation: Orientation,
    colours: Colours,
    /// How many pages the file has.
    pages: u32,
    notes: Vec<Note>,
}

/// One decoded page of a picture. The pixels stay as the camera stored them: turning 12 megapixels upright, or converting their
/// colours, takes longer than looking at the right part of them and doing it to what is shown.
pub struct Picture {
    stored: RgbImage,
    orientation: Orientation,
    colours: Colours,
    pages: u32,
    notes: Vec<Note>,
    /// Of the file that it was decoded from, in bytes.
    file_bytes: u64,
}

impl Picture {
    /// Decodes one page of a picture, the first being 0, and refuses by its header what is too large.
    pub fn decode(bytes: &[u8], page: u32, limits: &Limits) -> Result<Picture, PictureFault> {
        let format = FileFormat::of(bytes);
        if page > 0 && !format.has_pages() {
            return Err(PictureFault::NoSuchPage { page, pages: 1 });
        }
        let decoded = match format {
            FileFormat::Jpeg => jpeg::read(bytes, limits),
            FileFormat::Png => containers::png(bytes, limits),
            FileFormat::Gif => containers::gif(bytes, limits),
            FileFormat::WebP => containers::webp(bytes, limits),
            FileFormat::Bmp => containers::bmp(bytes, limits),
            FileFormat::Tiff => tiff::read(bytes, page, limits),
            FileFormat::Heif | FileFormat::Avif => {
                Err(PictureFault::Unsupported { format, feature: Some(Feature::Container) })
            }
            #[cfg(feature = "pdf")]
            FileFormat::Pdf => pdf::read(bytes, page, limits),
            #[cfg(not(feature = "pdf"))]
            FileFormat::Pdf => Err(PictureFault::BuiltWithout { format }),
            FileFormat::Other => Err(PictureFault::NotAPicture),
        }?;
        let Decoded { pixels: stored, orientation, colours, pages, notes } = decoded;
        Ok(Picture { stored, orientation, colours, pages, notes, file_bytes: bytes.len() as u64 })
    }

    /// How many pages its file has, at least one.
    pub const fn pages(&self) -> u32 {
        self.pages
    }

    /// Size of the file that it was decoded from, in bytes.
    pub const fn file_bytes(&self) -> u64 {
        self.file_bytes
    }

    /// The same page with other pixels, which are upright and in sRGB.
    pub fn replaced_by(&self, pixels: RgbImage) -> Picture {
        Picture {
            stored: pixels,
            orientation: Orientation::NoTransforms,
            colours: Colours::AsStored,
            pages: self.pages,
            notes: self.notes.clone(),
            file_bytes: self.file_bytes,
        }
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

    /// What is seen of it on a zone: RGB, at most as large as the zone.
    pub fn render(&self, view: &View, target: Size) -> RgbImage {
        shown(self, view, target)
    }

    /// The whole upright picture at a size, which has its shape.
    pub fn whole(&self, size: Size) -> RgbImage {
        self.part(Rect { x: 0, y: 0, size: self.upright() }, size)
    }

    /// A part of the upright picture, which is not empty and lies inside, at a size.
    pub fn part(&self, part: Rect, size: Size) -> RgbImage {
        let size = if self.lies_on_its_side() { size.turned() } else { size };
        let stored = scale(&self.stored, self.stored_part(part), size);
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
    use crate::domain::viewport::{Frame, Viewport};

    /// Every pixel tells where it is.
    fn chart(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, 128]))
    }

    fn turned_chart(width: u32, height: u32, orientation: Orientation) -> Picture {
        let (colours, notes) = (Colours::AsStored, Vec::new());
        Picture { stored: chart(width, height), orientation, colours, pages: 1, notes, file_bytes: 0 }
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
            let picture = turned_chart(width, height, orientation);
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
            let picture = turned_chart(width, height, orientation);
            let target = Size::new(target.0, target.1);
            let frame = Frame::new(picture.upright(), target);
            let viewport = (0..zooms).fold(Viewport::default(), |view, _| view.zoom_in(frame));
            let viewport = (0..turns).fold(viewport, |view, _| view.rotate_right());
            let shown = viewport.shown_size(frame);
            let view = View { viewport, ..View::default() };
            prop_assert_eq!(picture.render(&view, target).dimensions(), (shown.width, shown.height));
        }
    }
}
