//! Pixels as dots: eight in a cell (U+2800 to U+28FF, one cell wide on every terminal).

use ratatui::buffer::Buffer;
use ratatui::style::Color;

use super::Pixels;
use crate::app::layout::Area;
use crate::domain::view::Rendering;

/// The bit of each dot of a cell, row by row (Unicode, block Braille Patterns).
const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// Thresholds of an ordered dither, in 1/16 (Bayer 1973).
const BAYER: [[u32; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

const PAPER: Color = Color::Rgb(236, 236, 236);
const STROKE: Color = Color::Rgb(16, 16, 16);

/// Draws pixels in the middle of an area: strokes as dark dots on paper, a picture as light dots in its own colours.
pub(super) fn dots(buffer: &mut Buffer, area: Area, pixels: Pixels<'_>, rendering: Rendering) {
    let columns = pixels.size.width.div_ceil(2).min(u32::from(area.width));
    let rows = pixels.size.height.div_ceil(4).min(u32::from(area.height));
    let (left, top) = (area.x + (area.width - columns as u16) / 2, area.y + (area.height - rows as u16) / 2);
    for row in 0..rows {
        for column in 0..columns {
            let Some(cell) = buffer.cell_mut((left + column as u16, top + row as u16)) else { continue };
            let (pattern, light) = pattern(&pixels, column, row, rendering);
            cell.set_char(char::from_u32(0x2800 + pattern).unwrap_or(' '));
            match rendering {
                Rendering::Ink => cell.set_fg(STROKE).set_bg(PAPER),
                Rendering::Colour => cell.set_fg(light).set_bg(Color::Rgb(0, 0, 0)),
            };
        }
    }
}

/// The dots of a cell, and the colour of the lit ones.
fn pattern(pixels: &Pixels<'_>, column: u32, row: u32, rendering: Rendering) -> (u32, Color) {
    let mut pattern = 0;
    let mut sums = [0_u32; 3];
    let mut lit = 0;
    for (y, bits) in (0..4).zip(DOTS) {
        for (x, bit) in (0..2).zip(bits) {
            let (x, y) = (column * 2 + x, row * 4 + y);
            let Some(rgb) = pixels.at(x, y) else { continue };
            let set = match rendering {
                Rendering::Ink => luminance(rgb) < 128,
                Rendering::Colour => {
                    let threshold = BAYER[(y % 4) as usize][(x % 4) as usize] * 16 + 8;
                    luminance(rgb) > threshold
                }
            };
            if set {
                pattern |= bit;
                lit += 1;
                for (sum, value) in sums.iter_mut().zip(rgb) {
                    *sum += u32::from(value);
                }
            }
        }
    }
    let mean = sums.map(|sum| u8::try_from(sum / lit.max(1)).unwrap_or(u8::MAX));
    // A lit dot is light: the dither has made the dark of it already.
    let lighten = |value: u8| value.saturating_add((u8::MAX - value) / 3);
    (pattern, Color::Rgb(lighten(mean[0]), lighten(mean[1]), lighten(mean[2])))
}

/// ITU-R BT.601, section 2.5.1.
fn luminance([red, green, blue]: [u8; 3]) -> u32 {
    (299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use unicode_width::UnicodeWidthChar;

    use super::*;
    use crate::domain::viewport::Size;

    fn drawn(size: Size, rgb: &[u8], rendering: Rendering) -> String {
        let area = Area::new(0, 0, 2, 1);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        dots(&mut buffer, area, Pixels { size, rgb }, rendering);
        buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn dark_pixels_of_strokes_are_dots() {
        let (ink, paper) = ([0_u8; 3], [255_u8; 3]);
        // A diagonal through two cells of 2x4.
        let rgb: Vec<u8> = (0..16).flat_map(|at| if at % 4 == at / 4 { ink } else { paper }).collect();
        assert_eq!(drawn(Size::new(4, 4), &rgb, Rendering::Ink), "⠑⢄");
    }

    #[test]
    fn white_is_full_black_is_empty_and_grey_is_between() {
        for (value, dots) in [(0, 0), (255, 8), (128, 4)] {
            let drawn = drawn(Size::new(2, 4), &[value; 24], Rendering::Colour);
            let pattern = drawn.chars().next().map_or(0, |c| u32::from(c) - 0x2800);
            assert_eq!(pattern.count_ones(), dots, "{value}");
        }
    }

    #[test]
    fn every_pattern_is_one_cell_wide_on_every_terminal() {
        for c in (0x2800..=0x28ff).filter_map(char::from_u32) {
            assert_eq!((c.width(), c.width_cjk()), (Some(1), Some(1)), "{c}");
        }
    }
}
