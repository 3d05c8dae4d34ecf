//! Colour original or grey copy.

use image::RgbImage;

use crate::domain::evidence::PictureTone;

/// From this difference between the largest and the smallest of red, green and blue on a pixel has a colour: the tint of
/// paper and lamps, and what JPEG smears around black strokes, stay below it.
const CHROMA: u8 = 32;

/// How many thousandths of the pixels must have a colour. A seal of 40 mm on A4 is 20 ‰ of the sheet, and its strokes a
/// fifth of that: a colour scan of a black and white form with a seal is a colour original.
const COLOURED_PERMILLE: usize = 1;

/// The tone of a picture that was reduced, so that single pixels of noise are gone.
pub(super) fn of(coarse: &RgbImage) -> PictureTone {
    let coloured = coarse.pixels().filter(|pixel| {
        let [red, green, blue] = pixel.0;
        red.max(green).max(blue) - red.min(green).min(blue) >= CHROMA
    });
    let total = (coarse.width() as usize * coarse.height() as usize).max(1);
    if coloured.count() * 1_000 > COLOURED_PERMILLE * total { PictureTone::Colour } else { PictureTone::Grey }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    /// A sheet with black lines; `seal` is the radius of a red ring of one pixel, as reducing leaves it.
    fn sheet(paper: [u8; 3], seal: f64) -> RgbImage {
        RgbImage::from_fn(177, 250, |x, y| {
            let from_seal = (f64::from(x) - 130.0).hypot(f64::from(y) - 210.0);
            Rgb(if (from_seal - seal).abs() < 0.6 {
                [225, 150, 150]
            } else if y % 12 < 2 {
                [40, 40, 44]
            } else {
                paper
            })
        })
    }

    #[test]
    fn a_seal_makes_a_form_a_colour_original_and_yellowish_paper_does_not() {
        for (paper, seal, expected) in [
            ([255, 255, 255], 17.0, PictureTone::Colour),
            ([235, 235, 235], 17.0, PictureTone::Colour),
            ([255, 255, 255], -9.0, PictureTone::Grey),
            ([235, 228, 214], -9.0, PictureTone::Grey),
            ([240, 200, 150], -9.0, PictureTone::Colour),
        ] {
            assert_eq!(of(&sheet(paper, seal)), expected, "{paper:?} {seal}");
        }
        assert_eq!(of(&RgbImage::new(0, 0)), PictureTone::Grey);
    }
}
