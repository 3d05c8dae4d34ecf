//! Sharpness and exposure of a grey picture.

use image::GrayImage;

/// Below this luminance a pixel is nearly black, above that one nearly white.
pub(super) const DARK: u8 = 40;
pub(super) const BRIGHT: u8 = 245;

/// The variance of the Laplacian (4 neighbours): edges give it large values of both signs, and blur takes them away.
/// 0 for a picture less than three pixels wide or high.
pub(super) fn sharpness(grey: &GrayImage) -> u32 {
    let width = grey.width() as usize;
    let rows: Vec<&[u8]> = grey.as_raw().chunks_exact(width.max(1)).collect();
    let (mut count, mut sum, mut squares) = (0_i64, 0_i64, 0_i64);
    for three in rows.windows(3) {
        let &[above, row, below] = three else { continue };
        for ((side, up), down) in row.windows(3).zip(&above[1..]).zip(&below[1..]) {
            let value = i64::from(side[0]) + i64::from(side[2]) + i64::from(*up) + i64::from(*down)
                - 4 * i64::from(side[1]);
            count += 1;
            sum += value;
            squares += value * value;
        }
    }
    if count == 0 { 0 } else { ((squares - sum * sum / count) / count) as u32 }
}

/// Mean luminance.
pub(super) fn brightness(grey: &GrayImage) -> u8 {
    let total: u64 = grey.as_raw().iter().map(|value| u64::from(*value)).sum();
    (total / (grey.as_raw().len() as u64).max(1)) as u8
}

/// Thousandths of the pixels of which something holds.
pub(super) fn permille(grey: &GrayImage, holds: impl Fn(u8) -> bool) -> u16 {
    let count = grey.as_raw().iter().filter(|value| holds(**value)).count();
    (count * 1_000 / grey.as_raw().len().max(1)) as u16
}

#[cfg(test)]
mod tests {
    use image::Luma;
    use image::imageops::blur;

    use super::*;

    #[test]
    fn blur_takes_sharpness_away_and_a_plain_surface_has_none() {
        let bars = GrayImage::from_fn(200, 100, |x, _| Luma([if x / 10 % 2 == 0 { 30 } else { 220 }]));
        let [sharp, soft, softer] =
            [bars.clone(), blur(&bars, 1.5), blur(&bars, 4.0)].map(|bars| sharpness(&bars));
        assert!(sharp > 4 * soft && soft > 4 * softer, "{sharp} {soft} {softer}");
        for (width, height) in [(0, 0), (1, 1), (2, 9), (9, 2), (50, 50)] {
            assert_eq!(sharpness(&GrayImage::from_pixel(width, height, Luma([90]))), 0);
        }
    }

    #[test]
    fn exposure_counts_what_is_nearly_black_and_nearly_white() {
        let thirds = GrayImage::from_fn(30, 3, |x, _| Luma([[10, 100, 250][x as usize / 10]]));
        assert_eq!(brightness(&thirds), 120);
        assert_eq!(permille(&thirds, |value| value < DARK), 333);
        assert_eq!(permille(&thirds, |value| value > BRIGHT), 333);
        assert_eq!((brightness(&GrayImage::new(0, 0)), permille(&GrayImage::new(0, 0), |_| true)), (0, 0));
    }
}
