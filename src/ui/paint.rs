//! The canvas: text into cells of an area, with roles instead of colours.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::glyphs::{self, Glyphs};
use super::theme::{Role, Theme};
use super::width;
use crate::app::keymap::Keymap;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::{Spot, Spots};
use crate::domain::message::{self, Lang, Message};

/// Ties the second half of each wide character to the first; called on a whole frame.
///
/// ratatui leaves a blank there, which equals a blank that stands by itself. Where the next frame has a blank in that
/// place, and another wide character over the first half, its diff finds nothing to draw; the terminal has emptied the
/// cell, though, in a style of its own. An empty symbol is drawn never and differs from every blank.
pub fn tie_halves(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        for column in 1..row.len() {
            let (left, right) = row.split_at_mut(column);
            let (first, second) = (&mut left[column - 1], &mut right[0]);
            // Nearly all cells are ASCII.
            if first.symbol().len() > 1 && width::width(first.symbol()) > 1 {
                match second.symbol() {
                    " " | "" => second.set_symbol(""),
                    // Something was drawn over the second half: no terminal shows the first one alone.
                    _ => first.set_symbol(" "),
                };
            }
        }
    }
}

/// A surface to draw on, in one language and one theme.
pub struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub theme: &'a Theme,
    pub glyphs: Glyphs,
    pub lang: Lang,
    pub keymap: &'a Keymap,
    /// What stands where.
    pub spots: Spots,
    cursor: Option<(u16, u16)>,
}

impl<'a> Canvas<'a> {
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, glyphs: Glyphs, model: &'a Model) -> Self {
        let (lang, keymap) = (model.lang, &*model.settings.keymap);
        Canvas { buffer, theme, glyphs, lang, keymap, spots: Spots::default(), cursor: None }
    }

    /// The words of an id.
    pub fn words(&self, id: &str) -> &'static str {
        message::text(self.lang, id)
    }

    /// A message in the canvas's language, with the keys in force, safe to show.
    pub fn text(&self, message: &Message) -> String {
        crate::domain::safe::safe(&self.keymap.say(message, self.lang)).into_string()
    }

    /// Something that can be pointed at stands on a row of an area.
    pub fn spot(&mut self, area: Area, row: u16, spot: Spot) {
        if row < area.height {
            self.spots.add(Area { y: area.y + row, height: 1, ..area }, spot);
        }
    }

    /// Where the terminal's cursor must stand: in the field, for the input method.
    pub const fn cursor(&self) -> Option<(u16, u16)> {
        self.cursor
    }

    pub const fn set_cursor(&mut self, x: u16, y: u16) {
        self.cursor = Some((x, y));
    }

    /// Text on a row of an area, cut to what remains of the row; answers the column after it.
    pub fn put(&mut self, area: Area, row: u16, column: u16, text: &str, role: Role) -> u16 {
        if row >= area.height || column >= area.width {
            return column;
        }
        let text = if self.glyphs == Glyphs::ASCII { glyphs::unambiguous(text) } else { text.into() };
        let text = width::cut(&text, usize::from(area.width - column));
        let style = self.theme.style(role);
        self.buffer.set_string(area.x + column, area.y + row, &text, style);
        column + u16::try_from(width::width(&text)).unwrap_or(0)
    }

    /// Several pieces one after the other.
    pub fn pieces(&mut self, area: Area, row: u16, pieces: &[(&str, Role)]) -> u16 {
        pieces.iter().fold(0, |column, (text, role)| self.put(area, row, column, text, *role))
    }

    /// Text that ends at the right edge.
    pub fn put_right(&mut self, area: Area, row: u16, text: &str, role: Role) {
        let columns = u16::try_from(width::width(text)).unwrap_or(u16::MAX).min(area.width);
        self.put(area, row, area.width - columns, text, role);
    }

    /// Wrapped text from a row on, at most `rows` rows; answers the row after it.
    pub fn wrapped(&mut self, area: Area, row: u16, rows: u16, text: &str, role: Role) -> u16 {
        let mut at = row;
        for line in width::wrap(text, usize::from(area.width)).into_iter().take(usize::from(rows)) {
            self.put(area, at, 0, &line, role);
            at += 1;
        }
        at
    }

    /// A whole row takes a role's style, whatever stands in it.
    pub fn highlight(&mut self, area: Area, row: u16) {
        if row < area.height {
            let style = self.theme.style(Role::Selected);
            self.buffer.set_style(ratatui::layout::Rect::new(area.x, area.y + row, area.width, 1), style);
        }
    }

    pub fn horizontal(&mut self, x: u16, y: u16, length: u16) {
        let line: String = std::iter::repeat_n(self.glyphs.horizontal, usize::from(length)).collect();
        let style = self.theme.style(Role::Quiet);
        self.buffer.set_string(x, y, line, style);
    }

    pub fn vertical(&mut self, x: u16, y: u16, length: u16) {
        for row in y..y + length {
            self.glyph(x, row, self.glyphs.vertical);
        }
    }

    pub fn glyph(&mut self, x: u16, y: u16, glyph: char) {
        let style = self.theme.style(Role::Quiet);
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_char(glyph).set_style(style);
        }
    }

    /// A sign over a picture: whatever colours lie there, it stands out by reversing the theme's.
    pub fn reversed_glyph(&mut self, x: u16, y: u16, glyph: char) {
        let style = self.theme.style(Role::Fail).add_modifier(ratatui::style::Modifier::REVERSED);
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.reset();
            cell.set_char(glyph).set_style(style);
        }
    }

    /// Empties an area, also of wide characters that reach into it, and draws a frame with a title; answers the inside.
    pub fn boxed(&mut self, area: Area, title: &str) -> Area {
        // One cell to either side, so that no half of a wide character is left beside the frame.
        let margin = Area {
            x: area.x.saturating_sub(1),
            width: (area.width + 2).min(self.buffer.area.width.saturating_sub(area.x.saturating_sub(1))),
            ..area
        };
        for y in margin.y..margin.y + margin.height {
            for x in margin.x..margin.x + margin.width {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(Style::reset());
                }
            }
        }
        let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
        self.horizontal(area.x + 1, area.y, area.width - 2);
        self.horizontal(area.x + 1, bottom, area.width - 2);
        self.vertical(area.x, area.y + 1, area.height - 2);
        self.vertical(right, area.y + 1, area.height - 2);
        let corners = self.glyphs.corners;
        self.glyph(area.x, area.y, corners[0]);
        self.glyph(right, area.y, corners[1]);
        self.glyph(area.x, bottom, corners[2]);
        self.glyph(right, bottom, corners[3]);
        let head = Area { x: area.x + 2, y: area.y, width: area.width - 4, height: 1 };
        self.put(head, 0, 0, &format!(" {title} "), Role::Heading);
        Area { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn drawn(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, text, Style::new());
        tie_halves(&mut buffer);
        buffer
    }

    #[test]
    fn a_cell_that_lost_its_first_half_is_drawn_again() {
        let cases = [
            ("a样", "样 ", vec![0, 2]),
            ("样例", "a样", vec![0, 1, 3]),
            ("样例", "样例", vec![]),
            ("样b", "样c", vec![2]),
        ];
        for (before, after, expected) in cases {
            let (before_cells, after_cells) = (drawn(before), drawn(after));
            let columns: Vec<u16> = before_cells.diff(&after_cells).into_iter().map(|(x, _, _)| x).collect();
            assert_eq!(columns, expected, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn half_of_a_wide_character_is_never_drawn() {
        let mut buffer = drawn("样例");
        buffer.set_string(1, 0, "|", Style::new());
        tie_halves(&mut buffer);
        let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(text, " |例  ");
    }
}
