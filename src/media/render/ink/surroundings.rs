//! The light around each pixel without the strokes on it, by morphology with a square.

use image::GrayImage;
use image::imageops::invert;

/// The surface without what is darker than it and narrower than the square: edges of shadows and of large things stay.
///
/// A closing: the greatest value around each pixel, and of that the least. `radius` is half the square's side.
pub(super) fn without_dark(grey: &GrayImage, radius: u32) -> GrayImage {
    let mut lightest = lightest_around(grey, radius);
    invert(&mut lightest);
    let mut closed = lightest_around(&lightest, radius);
    invert(&mut closed);
    closed
}

/// The surface without what is lighter than it and narrower than the square: an opening.
pub(super) fn without_light(grey: &GrayImage, radius: u32) -> GrayImage {
    let mut negative = grey.clone();
    invert(&mut negative);
    let mut opened = without_dark(&negative, radius);
    invert(&mut opened);
    opened
}

fn lightest_around(grey: &GrayImage, radius: u32) -> GrayImage {
    turned_after_sliding(&turned_after_sliding(grey, radius), radius)
}

/// The greatest value within the radius along each row, with rows and columns exchanged.
///
/// From blocks as long as the window: the greatest so far from each block's start, and from its end backwards; a window
/// is the end of one block and the start of the next (van Herk, "A fast algorithm for local minimum and maximum filters
/// on rectangular and octagonal kernels", 1992).
fn turned_after_sliding(grey: &GrayImage, radius: u32) -> GrayImage {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let radius = (radius as usize).min(width);
    let window = 2 * radius + 1;
    // Nothing is lighter than the padding is dark.
    let padded = (width + 2 * radius).next_multiple_of(window);
    let (mut row, mut from_end) = (vec![0_u8; padded], vec![0_u8; padded]);
    let mut turned = vec![0_u8; width * height];
    for (y, values) in grey.as_raw().chunks_exact(width.max(1)).enumerate() {
        row.fill(0);
        row[radius..radius + width].copy_from_slice(values);
        for (block, from_end) in row.chunks_exact_mut(window).zip(from_end.chunks_exact_mut(window)) {
            let mut greatest = 0;
            for (value, end) in block.iter().zip(from_end.iter_mut()).rev() {
                greatest = greatest.max(*value);
                *end = greatest;
            }
            greatest = 0;
            for value in block {
                greatest = greatest.max(*value);
                *value = greatest;
            }
        }
        for (x, (end, start)) in from_end.iter().zip(&row[window - 1..]).take(width).enumerate() {
            turned[x * height + y] = (*end).max(*start);
        }
    }
    GrayImage::from_raw(grey.height(), grey.width(), turned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use image::Luma;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_stroke_goes_and_the_edge_of_a_shadow_stays() {
        let page = GrayImage::from_fn(60, 40, |x, _| Luma([if x < 30 { 200 } else { 90 }]));
        let mut written = page.clone();
        for y in 5..35 {
            for x in [10, 11, 23, 24, 40, 41] {
                written.put_pixel(x, y, Luma([20]));
            }
        }
        assert!(without_dark(&written, 4) == page);
        assert!(without_light(&page, 4) == page);
    }

    proptest! {
        #[test]
        fn the_lightest_around_is_what_a_plain_search_finds(
            width in 1u32..24, height in 1u32..24, radius in 0u32..30, values in prop::collection::vec(0u8.., 576),
        ) {
            let grey = GrayImage::from_fn(width, height, |x, y| Luma([values[(y * 24 + x) as usize]]));
            let plain = GrayImage::from_fn(width, height, |x, y| {
                let (columns, rows) = (
                    x.saturating_sub(radius)..=(x + radius).min(width - 1),
                    y.saturating_sub(radius)..=(y + radius).min(height - 1),
                );
                let around = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
                Luma([around.map(|(x, y)| grey.get_pixel(x, y).0[0]).max().unwrap()])
            });
            prop_assert_eq!(lightest_around(&grey, radius), plain);
        }
    }
}
