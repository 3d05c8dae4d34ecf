//! Pictures that the terminal draws itself: the cells that say where one stands.
//!
//! Each cell is one of kitty's placeholders ("Unicode placeholders",
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/>): U+10EEEE with a diacritic for the row and one for the column,
//! and the picture's number as its foreground colour. kitty shows the picture there. For other protocols the runtime
//! reads the cells and empties them. Either way, whatever is drawn over such a cell covers the picture.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use crate::app::layout::Area;

const PLACEHOLDER: char = '\u{10eeee}';

/// The diacritics for 0, 1, 2 and so on, as first code points with lengths of runs: `rowcolumn-diacritics.txt` of the
/// protocol, 297 marks of Unicode 6.0 that stand above and belong to no composed character.
#[rustfmt::skip]
const DIACRITICS: [(u32, u32); 86] = [
    (0x305, 1), (0x30d, 2), (0x310, 1), (0x312, 1), (0x33d, 3), (0x346, 1), (0x34a, 3), (0x350, 3), (0x357, 1),
    (0x35b, 1), (0x363, 13), (0x483, 5), (0x592, 4), (0x597, 3), (0x59c, 6), (0x5a8, 2), (0x5ab, 2), (0x5af, 1),
    (0x5c4, 1), (0x610, 8), (0x657, 5), (0x65d, 2), (0x6d6, 7), (0x6df, 4), (0x6e4, 1), (0x6e7, 2), (0x6eb, 2),
    (0x730, 1), (0x732, 2), (0x735, 2), (0x73a, 1), (0x73d, 1), (0x73f, 3), (0x743, 1), (0x745, 1), (0x747, 1),
    (0x749, 2), (0x7eb, 7), (0x7f3, 1), (0x816, 4), (0x81b, 9), (0x825, 3), (0x829, 5), (0x951, 1), (0x953, 2),
    (0xf82, 2), (0xf86, 2), (0x135d, 3), (0x17dd, 1), (0x193a, 1), (0x1a17, 1), (0x1a75, 8), (0x1b6b, 1),
    (0x1b6d, 7), (0x1cd0, 3), (0x1cda, 2), (0x1ce0, 1), (0x1dc0, 2), (0x1dc3, 7), (0x1dcb, 2), (0x1dd1, 22),
    (0x1dfe, 1), (0x20d0, 2), (0x20d4, 4), (0x20db, 2), (0x20e1, 1), (0x20e7, 1), (0x20e9, 1), (0x20f0, 1),
    (0x2cef, 3), (0x2de0, 32), (0xa66f, 1), (0xa67c, 2), (0xa6f0, 2), (0xa8e0, 18), (0xaab0, 1), (0xaab2, 2),
    (0xaab7, 2), (0xaabe, 2), (0xaac1, 1), (0xfe20, 7), (0x10a0f, 1), (0x10a38, 1), (0x1d185, 5), (0x1d1aa, 4),
    (0x1d242, 3),
];

/// A picture as it stands in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// 1 to 2^24 - 1; names the picture.
    pub number: u32,
    pub columns: u16,
    pub rows: u16,
}

/// What one cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub number: u32,
    pub column: u16,
    pub row: u16,
}

/// Draws a picture in the middle of an area; nothing of one that is larger.
pub fn draw(buffer: &mut Buffer, area: Area, picture: Placed) {
    let Placed { number, columns, rows } = picture;
    if columns > area.width || rows > area.height {
        return;
    }
    let (left, top) = (area.x + (area.width - columns) / 2, area.y + (area.height - rows) / 2);
    for row in 0..rows {
        for column in 0..columns {
            let part = Part { number, column, row };
            if let (Some(cell), Some(symbol)) = (buffer.cell_mut((left + column, top + row)), part.symbol()) {
                cell.reset();
                let [_, red, green, blue] = number.to_be_bytes();
                cell.set_symbol(&symbol).set_fg(Color::Rgb(red, green, blue));
            }
        }
    }
}

impl Part {
    fn symbol(self) -> Option<String> {
        Some(String::from_iter([PLACEHOLDER, diacritic(self.row)?, diacritic(self.column)?]))
    }

    /// What a cell says, if it is one of a picture's.
    pub fn of(cell: &Cell) -> Option<Part> {
        let mut signs = cell.symbol().chars();
        let Some(PLACEHOLDER) = signs.next() else { return None };
        let (row, column) = (place(signs.next()?)?, place(signs.next()?)?);
        let Color::Rgb(red, green, blue) = cell.fg else { return None };
        Some(Part { number: u32::from_be_bytes([0, red, green, blue]), column, row })
    }
}

/// None beyond the 297th row or column.
fn diacritic(number: u16) -> Option<char> {
    let mut left = u32::from(number);
    for (first, length) in DIACRITICS {
        if left < length {
            return char::from_u32(first + left);
        }
        left -= length;
    }
    None
}

fn place(diacritic: char) -> Option<u16> {
    let mut before = 0;
    for (first, length) in DIACRITICS {
        match u32::from(diacritic).checked_sub(first) {
            Some(place) if place < length => return u16::try_from(before + place).ok(),
            _ => before += length,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::app::pictures::Images;
    use crate::ui::width::width;

    #[test]
    fn every_row_and_column_has_a_mark_of_its_own_and_takes_one_cell() {
        for number in 0..297 {
            let part = Part { number: 0x01_02_03, column: number, row: 296 - number };
            let symbol = part.symbol().unwrap();
            assert_eq!(width(&symbol), 1, "{number}");
            let mut cell = Cell::EMPTY;
            cell.set_symbol(&symbol).set_fg(Color::Rgb(1, 2, 3));
            assert_eq!(Part::of(&cell), Some(part));
        }
        assert_eq!((diacritic(Images::MOST_CELLS), Images::MOST_CELLS), (None, 297));
    }

    /// As in the protocol's own examples: U+0305 is 0, U+030D is 1, U+030E is 2, U+0310 is 3.
    #[test]
    fn marks_are_those_of_the_protocol() {
        let marks = [(0, '\u{305}'), (1, '\u{30d}'), (2, '\u{30e}'), (3, '\u{310}'), (296, '\u{1d244}')];
        for (number, mark) in marks {
            assert_eq!((diacritic(number), place(mark)), (Some(mark), Some(number)));
        }
    }

    #[test]
    fn a_picture_stands_in_the_middle_and_not_at_all_where_it_has_no_room() {
        let parts = |area: Area| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 4));
            draw(&mut buffer, area, Placed { number: 7, columns: 2, rows: 2 });
            let cells = buffer.content.iter().enumerate();
            cells.filter_map(|(at, cell)| Some((at % 6, at / 6, Part::of(cell)?))).collect::<Vec<_>>()
        };
        let part = |column, row| Part { number: 7, column, row };
        assert_eq!(
            parts(Area::new(0, 0, 6, 4)),
            [(2, 1, part(0, 0)), (3, 1, part(1, 0)), (2, 2, part(0, 1)), (3, 2, part(1, 1))]
        );
        assert_eq!(parts(Area::new(0, 0, 6, 1)), []);
    }
}
