//! Brightness, contrast and negative of what is shown.

use image::RgbImage;

use crate::domain::view::Tone;

/// What one step of brightness does to the exponent of the tone curve. A curve, not an offset: black stays black, white
/// stays white, and no two neighbouring steps throw away the detail of shadows or of light.
const BRIGHTNESS_STEP: f64 = 1.25;

/// What one step of contrast does to the slope around the middle.
const CONTRAST_STEP: f64 = 1.25;

/// Applies a tone to each channel; the plain tone touches nothing.
pub(super) fn apply(pixels: &mut RgbImage, tone: Tone) {
    if tone == Tone::default() {
        return;
    }
    let curve = curve(tone);
    for value in pixels.iter_mut() {
        *value = curve[usize::from(*value)];
    }
}

/// What becomes of each value: brightness first, so that what was brought to the middle gets the contrast.
fn curve(tone: Tone) -> [u8; 256] {
    let exponent = BRIGHTNESS_STEP.powi(-i32::from(tone.brightness()));
    let slope = CONTRAST_STEP.powi(i32::from(tone.contrast()));
    std::array::from_fn(|value| {
        let bright = (value as f64 / 255.0).powf(exponent);
        let sharp = ((bright - 0.5) * slope + 0.5).clamp(0.0, 1.0);
        let value = (sharp * 255.0).round() as u8;
        if tone.is_inverted() { 255 - value } else { value }
    })
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn a_step_is_seen_and_leaves_the_detail() {
        let plain = Tone::default();
        for (tone, of_64, of_128, of_192) in [
            (plain, 64, 128, 192),
            (plain.brighter(1), 84, 147, 203),
            (plain.brighter(-1), 45, 108, 179),
            (plain.brighter(8), 202, 227, 243),
            (plain.brighter(-8), 0, 4, 47),
            (plain.sharper(1), 48, 128, 208),
            (plain.sharper(-1), 77, 128, 179),
            (plain.sharper(8), 0, 130, 255),
            (plain.sharper(-8), 117, 128, 138),
            (plain.invert(), 191, 127, 63),
            (plain.brighter(1).sharper(1).invert(), 181, 103, 33),
        ] {
            let curve = curve(tone);
            assert_eq!([curve[64], curve[128], curve[192]], [of_64, of_128, of_192], "{tone:?}");
        }
    }

    #[test]
    fn no_tone_turns_the_order_of_values_around_and_one_step_keeps_most_of_them_apart() {
        let tones = (-8..=8).flat_map(|brightness| {
            (-8..=8).map(move |contrast| Tone::default().brighter(brightness).sharper(contrast))
        });
        for tone in tones {
            let curve = curve(tone);
            assert!(curve.is_sorted(), "{tone:?}");
            let mut levels = curve.to_vec();
            levels.dedup();
            let mild = tone.brightness().abs() <= 1 && tone.contrast().abs() <= 1;
            assert!(levels.len() >= if mild { 160 } else { 10 }, "{tone:?}: {} levels", levels.len());
        }
    }

    #[test]
    fn a_negative_of_a_negative_is_the_picture() {
        let chart = RgbImage::from_fn(16, 16, |x, y| Rgb([(x * 16) as u8, (y * 16) as u8, 7]));
        let mut shown = chart.clone();
        apply(&mut shown, Tone::default().invert());
        assert_eq!(shown.get_pixel(1, 2).0, [239, 223, 248]);
        apply(&mut shown, Tone::default().invert());
        assert_eq!(shown, chart);
    }
}
