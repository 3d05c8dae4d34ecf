//! Pictures in cells: what drawing needs from whoever has the pixels, and how pixels become cells.

mod braille;

use ratatui::buffer::Buffer;
use ratatui::style::Color;

use crate::app::layout::Area;
use crate::app::pictures::Images;
use crate::domain::message::Message;
use crate::domain::view::{PictureKey, Rendering};
use crate::domain::viewport::Size;
use crate::ui::placed::{self, Placed};

/// Pixels ready to draw: 3 bytes each, red green blue, row by row.
#[derive(Debug, Clone, Copy)]
pub struct Pixels<'a> {
    pub size: Size,
    pub rgb: &'a [u8],
}

impl Pixels<'_> {
    /// The colour of a pixel; none outside, which a short buffer would otherwise make a panic.
    fn colour(&self, x: u32, y: u32) -> Option<Color> {
        self.at(x, y).map(|[red, green, blue]| Color::Rgb(red, green, blue))
    }

    fn at(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        if x >= self.size.width || y >= self.size.height {
            return None;
        }
        let at = (y as usize * self.size.width as usize + x as usize) * 3;
        self.rgb.get(at..at + 3)?.try_into().ok()
    }
}

/// What is drawn of a picture.
#[derive(Debug, Clone, Copy)]
pub enum Drawn<'a> {
    /// By us, in cells.
    Pixels(Pixels<'a>),
    /// By the terminal.
    Placed(Placed),
}

/// The state of a picture.
#[derive(Debug)]
pub enum Picture<'a> {
    Loading,
    /// The picture as it was looked at before, until the new view is ready.
    Stale(Drawn<'a>),
    Ready(Drawn<'a>),
    /// Ready, and what must be said of it.
    Noted(Drawn<'a>, Vec<Message>),
    Failed(Message),
}

/// Whoever has the pixels. Must answer at once; what is missing is `Loading`.
pub trait Pictures {
    /// Calls `draw` exactly once.
    fn with(&self, key: &PictureKey, draw: &mut dyn FnMut(Picture<'_>));
}

/// For screens without pictures.
pub struct NoPictures;

impl Pictures for NoPictures {
    fn with(&self, _: &PictureKey, draw: &mut dyn FnMut(Picture<'_>)) {
        draw(Picture::Loading);
    }
}

/// Draws a picture in the middle of an area: in cells by colours or, without half-blocks or of strokes, in dots.
pub fn draw(buffer: &mut Buffer, area: Area, picture: Drawn<'_>, images: Images, rendering: Rendering) {
    let pixels = match picture {
        Drawn::Pixels(pixels) => pixels,
        Drawn::Placed(picture) => return placed::draw(buffer, area, picture),
    };
    match (images, rendering) {
        (Images::HalfBlocks, Rendering::Colour) => half_blocks(buffer, area, pixels),
        (Images::Braille | Images::HalfBlocks, _) => braille::dots(buffer, area, pixels, rendering),
        // Pixels from before the terminal said what it can.
        (Images::Kitty | Images::ITerm2 | Images::Sixel | Images::Off, _) => {}
    }
}

fn half_blocks(buffer: &mut Buffer, area: Area, pixels: Pixels<'_>) {
    let rows = pixels.size.height.div_ceil(2).min(u32::from(area.height));
    let columns = pixels.size.width.min(u32::from(area.width));
    let (left, top) = (area.x + (area.width - columns as u16) / 2, area.y + (area.height - rows as u16) / 2);
    for row in 0..rows {
        for column in 0..columns {
            let Some(cell) = buffer.cell_mut((left + column as u16, top + row as u16)) else { continue };
            let upper = pixels.colour(column, row * 2);
            let lower = pixels.colour(column, row * 2 + 1);
            cell.set_char('▀');
            if let Some(upper) = upper {
                cell.set_fg(upper);
            }
            if let Some(lower) = lower {
                cell.set_bg(lower);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    const RED: [u8; 3] = [255, 0, 0];
    const BLUE: [u8; 3] = [0, 0, 255];

    #[test]
    fn a_cell_is_one_pixel_wide_and_two_high() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        let rgb = [RED, BLUE, BLUE, RED].concat();
        let pixels = Pixels { size: Size::new(2, 2), rgb: &rgb };
        draw(
            &mut buffer,
            Area::new(0, 0, 2, 1),
            Drawn::Pixels(pixels),
            Images::HalfBlocks,
            Rendering::Colour,
        );
        let cell = |x| buffer.cell((x, 0)).map(|cell| (cell.fg, cell.bg));
        assert_eq!(cell(0), Some((Color::Rgb(255, 0, 0), Color::Rgb(0, 0, 255))));
        assert_eq!(cell(1), Some((Color::Rgb(0, 0, 255), Color::Rgb(255, 0, 0))));
    }

    #[test]
    fn a_short_buffer_draws_nothing_where_it_ends() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 3));
        draw(
            &mut buffer,
            Area::new(0, 0, 3, 3),
            Drawn::Pixels(Pixels { size: Size::new(3, 6), rgb: &RED }),
            Images::HalfBlocks,
            Rendering::Colour,
        );
    }
}
