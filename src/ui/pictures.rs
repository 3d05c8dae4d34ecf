//! Pictures in cells: what drawing needs from whoever has the pixels, and how pixels become cells.

use ratatui::buffer::Buffer;
use ratatui::style::Color;

use crate::app::layout::Area;
use crate::app::model::{Images, PictureKey};
use crate::domain::message::Message;
use crate::domain::viewport::Size;

/// Pixels ready to draw: 3 bytes each, red green blue, row by row.
#[derive(Debug, Clone, Copy)]
pub struct Pixels<'a> {
    pub size: Size,
    pub rgb: &'a [u8],
}

impl Pixels<'_> {
    /// The colour of a pixel; black outside, which a short buffer would otherwise make a panic.
    fn colour(&self, x: u32, y: u32) -> Option<Color> {
        if x >= self.size.width || y >= self.size.height {
            return None;
        }
        let at = (y as usize * self.size.width as usize + x as usize) * 3;
        let rgb = self.rgb.get(at..at + 3)?;
        Some(Color::Rgb(rgb[0], rgb[1], rgb[2]))
    }
}

/// The state of a picture.
#[derive(Debug)]
pub enum Picture<'a> {
    Loading,
    /// The picture as it was looked at before, until the new view is ready.
    Stale(Pixels<'a>),
    Ready(Pixels<'a>),
    /// Ready, and what must be said of it.
    Noted(Pixels<'a>, Vec<Message>),
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

/// Draws pixels in the middle of an area.
pub fn draw(buffer: &mut Buffer, area: Area, pixels: Pixels<'_>, images: Images) {
    match images {
        Images::HalfBlocks => half_blocks(buffer, area, pixels),
        Images::Backgrounds => backgrounds(buffer, area, pixels),
        Images::Off => {}
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

fn backgrounds(buffer: &mut Buffer, area: Area, pixels: Pixels<'_>) {
    let rows = pixels.size.height.min(u32::from(area.height));
    let columns = pixels.size.width.min(u32::from(area.width / 2));
    let (left, top) =
        (area.x + (area.width - 2 * columns as u16) / 2, area.y + (area.height - rows as u16) / 2);
    for row in 0..rows {
        for column in 0..columns * 2 {
            if let (Some(cell), Some(colour)) =
                (buffer.cell_mut((left + column as u16, top + row as u16)), pixels.colour(column / 2, row))
            {
                cell.set_char(' ').set_bg(colour);
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
        draw(&mut buffer, Area::new(0, 0, 2, 1), pixels, Images::HalfBlocks);
        let cell = |x| buffer.cell((x, 0)).map(|cell| (cell.fg, cell.bg));
        assert_eq!(cell(0), Some((Color::Rgb(255, 0, 0), Color::Rgb(0, 0, 255))));
        assert_eq!(cell(1), Some((Color::Rgb(0, 0, 255), Color::Rgb(255, 0, 0))));
    }

    #[test]
    fn where_half_blocks_are_wide_only_backgrounds_are_drawn() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let rgb = [RED, BLUE].concat();
        draw(
            &mut buffer,
            Area::new(0, 0, 4, 1),
            Pixels { size: Size::new(2, 1), rgb: &rgb },
            Images::Backgrounds,
        );
        let colours: Vec<_> = (0..4).filter_map(|x| buffer.cell((x, 0)).map(|cell| cell.bg)).collect();
        let (red, blue) = (Color::Rgb(255, 0, 0), Color::Rgb(0, 0, 255));
        assert_eq!(colours, [red, red, blue, blue]);
        assert!((0..4).all(|x| buffer.cell((x, 0)).is_some_and(|cell| cell.symbol() == " ")));
    }

    #[test]
    fn a_short_buffer_draws_nothing_where_it_ends() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 3));
        draw(
            &mut buffer,
            Area::new(0, 0, 3, 3),
            Pixels { size: Size::new(3, 6), rgb: &RED },
            Images::HalfBlocks,
        );
    }
}
