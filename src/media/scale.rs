//! From a part of a picture to the pixels of a pane.

use image::RgbImage;
use image::imageops::{self, FilterType};

use crate::domain::viewport::{Rect, Size};

/// Brings a part of a picture to a size: by the mean of what each pixel covers when reducing, so that thin strokes
/// of a scanned form fade evenly instead of vanishing, and by Catmull-Rom when enlarging.
///
/// `part` lies inside `picture`, neither side of which exceeds 65,535 pixels; `shown` is not empty.
pub(super) fn scale(picture: &RgbImage, part: Rect, shown: Size) -> RgbImage {
    if part.size == shown {
        imageops::crop_imm(picture, part.x, part.y, shown.width, shown.height).to_image()
    } else if part.size.width >= shown.width && part.size.height >= shown.height {
        average(picture, part, shown)
    } else {
        let view = imageops::crop_imm(picture, part.x, part.y, part.size.width, part.size.height);
        imageops::resize(&*view, shown.width, shown.height, FilterType::CatmullRom)
    }
}

/// The weight of a source pixel that lies wholly under a shown one.
const WHOLE: u32 = 256;

/// The source pixels under one shown pixel, in 1/256 of a pixel from the edge of the part.
struct Span {
    start: u64,
    end: u64,
}

impl Span {
    fn of(index: u32, length: u32, shown: u32) -> Span {
        let edge = |index: u32| u64::from(index) * u64::from(length) * u64::from(WHOLE) / u64::from(shown);
        Span { start: edge(index), end: edge(index + 1) }
    }

    fn weight(&self) -> u64 {
        self.end - self.start
    }

    /// The first source pixel, the one behind the last, and how much of these two lies outside, in 1/256.
    fn edges(&self) -> (usize, usize, [u64; 2]) {
        let whole = u64::from(WHOLE);
        let (first, end) = (self.start / whole, self.end.div_ceil(whole));
        (first as usize, end as usize, [self.start - first * whole, end * whole - self.end])
    }

    /// Each source pixel with how much of it is covered, 1 to 256.
    fn pixels(&self) -> impl Iterator<Item = (usize, u32)> {
        let whole = u64::from(WHOLE);
        (self.start / whole..self.end.div_ceil(whole)).map(move |pixel| {
            let covered = self.end.min((pixel + 1) * whole) - self.start.max(pixel * whole);
            (pixel as usize, covered as u32)
        })
    }
}

fn average(picture: &RgbImage, part: Rect, shown: Size) -> RgbImage {
    let pitch = picture.width() as usize * 3;
    let left = part.x as usize * 3;
    let width = part.size.width as usize * 3;
    let columns: Vec<Span> =
        (0..shown.width).map(|index| Span::of(index, part.size.width, shown.width)).collect();
    // At most 65,535 rows of weight 256 and value 255: that still fits 32 bits.
    let mut sums = vec![0_u32; width];
    let mut out = RgbImage::new(shown.width, shown.height);
    for (index, line) in (0..shown.height).zip(out.chunks_exact_mut(shown.width as usize * 3)) {
        let rows = Span::of(index, part.size.height, shown.height);
        sums.fill(0);
        for (row, weight) in rows.pixels() {
            let start = (part.y as usize + row) * pitch + left;
            add(&mut sums, &picture.as_raw()[start..start + width], weight);
        }
        for (column, pixel) in columns.iter().zip(line.chunks_exact_mut(3)) {
            // All of them as if they were covered wholly, less what of the outermost is not.
            let (first, end, [before, after]) = column.edges();
            let under = sums[first * 3..end * 3].as_chunks::<3>().0;
            let mut total = [0_u64; 3];
            for pixel in under {
                for (total, sum) in total.iter_mut().zip(pixel) {
                    *total += u64::from(*sum);
                }
            }
            if let [left, ..] = under
                && let [.., right] = under
            {
                for ((total, left), right) in total.iter_mut().zip(left).zip(right) {
                    *total *= u64::from(WHOLE);
                    *total -= u64::from(*left) * before + u64::from(*right) * after;
                }
            }
            let covered = rows.weight() * column.weight();
            for (value, total) in pixel.iter_mut().zip(total) {
                *value = ((total + covered / 2) / covered) as u8;
            }
        }
    }
    out
}

/// The inner loop over every source pixel; a shift instead of a product lets it run in vector registers.
fn add(sums: &mut [u32], row: &[u8], weight: u32) {
    if weight == WHOLE {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += u32::from(*value) << 8;
        }
    } else {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += u32::from(*value) * weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;
    use proptest::prelude::*;

    use super::*;

    fn whole(picture: &RgbImage) -> Rect {
        Rect { x: 0, y: 0, size: Size::new(picture.width(), picture.height()) }
    }

    #[test]
    fn reducing_takes_the_mean_of_what_is_covered() {
        let stripes = RgbImage::from_fn(6, 2, |x, _| if x % 2 == 0 { Rgb([0; 3]) } else { Rgb([200; 3]) });
        let halved = scale(&stripes, whole(&stripes), Size::new(3, 1));
        assert!(halved.pixels().all(|pixel| *pixel == Rgb([100; 3])));
        // Four to three: each shown pixel covers one and a third.
        let ramp = RgbImage::from_fn(4, 1, |x, _| Rgb([x as u8 * 40; 3]));
        let shown: Vec<u8> = scale(&ramp, whole(&ramp), Size::new(3, 1)).pixels().map(|p| p.0[0]).collect();
        assert_eq!(shown, [10, 60, 110]);
    }

    proptest! {
        #[test]
        fn a_plain_surface_stays_plain_at_any_size(
            (width, height) in (1u32..90, 1u32..90),
            (to_width, to_height) in (1u32..90, 1u32..90),
            (x, y) in (0u32..90, 0u32..90),
            colour in prop::array::uniform3(0u8..),
        ) {
            let picture = RgbImage::from_pixel(width, height, Rgb(colour));
            let (x, y) = (x.min(width - 1), y.min(height - 1));
            let part = Rect { x, y, size: Size::new(width - x, height - y) };
            let shown = scale(&picture, part, Size::new(to_width, to_height));
            prop_assert_eq!(shown.dimensions(), (to_width, to_height));
            prop_assert!(shown.pixels().all(|pixel| pixel.0 == colour));
        }
    }
}
