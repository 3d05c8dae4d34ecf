//! What a picture looks like from afar, so that copies of it are found: the perceptual hash (difference hash, dHash),
//! which says whether brightness rises from one cell to the next, in 8 rows of 9 cells, and the cells of a coarser view,
//! because everybody before the same backdrop has nearly the same hash.

use image::RgbImage;
use image::imageops::grayscale;

use super::shrunk;
use crate::domain::look::CELLS;
use crate::domain::viewport::Size;

/// By how much brightness must rise to count, so that a plain surface with noise gives no bits instead of random ones.
const RISE: u8 = 2;

/// 16 hex digits, the cells row by row, the first in the highest bit.
pub(super) fn hash(picture: &RgbImage) -> String {
    let cells = grayscale(&shrunk(picture, Size::new(9, 8)));
    let rises = cells.as_raw().chunks_exact(9).flat_map(|row| row.windows(2));
    let bits = rises.fold(0_u64, |bits, pair| bits << 1 | u64::from(pair[1] > pair[0].saturating_add(RISE)));
    format!("{bits:016x}")
}

/// The luminances of the picture in 12 rows of 12 cells, two hex digits each.
pub(super) fn cells(picture: &RgbImage) -> String {
    let cells = grayscale(&shrunk(picture, Size::new(CELLS, CELLS)));
    cells.as_raw().iter().map(|cell| format!("{cell:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use image::Rgb;
    use image::imageops::{FilterType, resize};

    use super::*;

    fn scene(person: f64) -> RgbImage {
        RgbImage::from_fn(800, 600, |x, y| {
            let head = (f64::from(x) - person).hypot(f64::from(y) - 300.0) < 130.0;
            let shade = (x / 8 + y / 9) as u8;
            Rgb(if head { [230, 190, 160] } else { [shade / 2, shade / 2, 90 + shade / 2] })
        })
    }

    fn distance(one: &RgbImage, other: &RgbImage) -> u32 {
        let bits = |picture| u64::from_str_radix(&hash(picture), 16).unwrap();
        (bits(one) ^ bits(other)).count_ones()
    }

    #[test]
    fn scaling_and_light_change_few_bits_and_another_scene_many() {
        let scene_one = scene(400.0);
        let small = resize(&scene_one, 403, 300, FilterType::Triangle);
        let brighter = RgbImage::from_fn(800, 600, |x, y| {
            Rgb(scene_one.get_pixel(x, y).0.map(|v| v.saturating_add(12)))
        });
        assert!(distance(&scene_one, &small) <= 1);
        assert!(distance(&scene_one, &brighter) <= 3);
        assert!(distance(&scene_one, &scene(150.0)) > 6);
    }

    #[test]
    fn a_plain_picture_has_no_bits() {
        let noisy = RgbImage::from_fn(90, 80, |x, y| Rgb([120 + ((x * 7 + y * 3) % 3) as u8; 3]));
        assert_eq!(hash(&noisy), "0000000000000000");
        assert_eq!(hash(&RgbImage::new(1, 1)), "0000000000000000");
    }
}
