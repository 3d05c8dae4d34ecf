//! Pictures that the terminal draws itself: what stands on it and in its memory, and what must be written so that this
//! is what the last drawing meant.
//!
//! Where pictures stand is read off the cells ([`crate::ui::placed`]), so that whatever is drawn over them counts, and
//! nobody has to keep a second account of it. How pixels become bytes is `media::encode`'s.

mod memory;

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use self::memory::Memory;
use crate::media::encode::tmux::Through;
use crate::media::encode::{Encoded, Protocol, Tile};
use crate::ui::placed::Part;

/// A column and a row of the screen.
type Cell = (u16, u16);

/// A picture and the cells in which it can be seen; what is missing of it has been drawn over.
#[derive(Debug, Clone)]
struct Standing {
    number: u32,
    /// Where its upper left cell is, or would be.
    origin: (i32, i32),
    seen: BTreeSet<Cell>,
    picture: Arc<Encoded>,
}

/// What to write after the cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Strokes {
    pub bytes: Vec<u8>,
    /// Cells to be written once more, because a picture was just drawn under them.
    pub again: Vec<Cell>,
}

impl Strokes {
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.again.is_empty()
    }

    /// Writes them over what was just drawn, and leaves the cursor where it was.
    pub fn write<B: Backend>(
        &self,
        buffer: &Buffer,
        backend: &mut B,
        pass: impl Fn(&mut B, &[u8]),
    ) -> Result<(), B::Error> {
        const SAVE_CURSOR: &[u8] = b"\x1b7";
        const RESTORE_CURSOR: &[u8] = b"\x1b8";
        if self.is_empty() {
            return Ok(());
        }
        pass(backend, SAVE_CURSOR);
        pass(backend, &self.bytes);
        backend.draw(self.again.iter().filter_map(|(x, y)| Some((*x, *y, buffer.cell((*x, *y))?))))?;
        pass(backend, RESTORE_CURSOR);
        Ok(())
    }
}

/// The terminal's pictures.
#[derive(Debug, Default)]
pub struct Screen {
    through: Through,
    area: Rect,
    /// What the last drawing showed.
    standing: Vec<Standing>,
    /// What the drawing shows that is about to be written.
    wanted: Vec<Standing>,
    memory: Memory,
    /// The filing whose pictures are in the terminal's memory.
    filing: Option<String>,
    /// To be written before anything else.
    owed: Vec<u8>,
    /// A picture was drawn that the terminal's memory does not hold: emptying the screen removes it.
    drawn: bool,
}

impl Screen {
    pub fn new(through: Through) -> Self {
        Screen { through, ..Screen::default() }
    }

    /// What stands on the terminal is not to be relied on: all pictures are sent again.
    pub fn forget(&mut self) {
        self.standing.clear();
        self.owed.extend(self.memory.clear(self.through));
    }

    /// Reads off a finished drawing what pictures it shows, before its cells are written. `find` gives the picture of a
    /// number. Cells of those that kitty's placeholders do not show are emptied and left to the picture.
    pub fn settle(&mut self, buffer: &mut Buffer, find: &dyn Fn(u32) -> Option<Arc<Encoded>>) {
        if buffer.area != self.area {
            self.area = buffer.area;
            self.forget();
        }
        self.wanted.clear();
        let below = buffer.area.bottom();
        for y in buffer.area.top()..below {
            for x in buffer.area.left()..buffer.area.right() {
                let Some(part) = buffer.cell((x, y)).and_then(Part::of) else { continue };
                let origin = (i32::from(x) - i32::from(part.column), i32::from(y) - i32::from(part.row));
                let picture = match self.wanted_at(part.number, origin) {
                    Some(standing) => {
                        standing.seen.insert((x, y));
                        Some(Arc::clone(&standing.picture))
                    }
                    None => find(part.number).inspect(|picture| {
                        let (seen, picture) = (BTreeSet::from([(x, y)]), Arc::clone(picture));
                        self.wanted.push(Standing { number: part.number, origin, seen, picture });
                    }),
                };
                if picture.as_ref().is_some_and(|picture| picture.protocol == Protocol::Kitty) {
                    continue;
                }
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.reset();
                    if picture.is_some_and(|picture| stands_above(&picture, origin, below)) {
                        cell.set_diff_option(CellDiffOption::Skip);
                    }
                }
            }
        }
        self.wanted.retain(|standing| {
            let picture = &standing.picture;
            picture.protocol == Protocol::Kitty || stands_above(picture, standing.origin, below)
        });
    }

    fn wanted_at(&mut self, number: u32, origin: (i32, i32)) -> Option<&mut Standing> {
        self.wanted.iter_mut().find(|standing| (standing.number, standing.origin) == (number, origin))
    }

    /// What must be written now that the cells are, within the same synchronized update. Pictures of a filing that is
    /// no longer `filing` are removed from the terminal's memory.
    pub fn strokes(&mut self, filing: Option<&str>) -> Strokes {
        let mut strokes = Strokes { bytes: std::mem::take(&mut self.owed), again: Vec::new() };
        let wanted = std::mem::take(&mut self.wanted);
        for standing in &wanted {
            if standing.picture.protocol == Protocol::Kitty {
                let bytes = self.memory.show(standing.number, &standing.picture, self.through);
                strokes.bytes.extend(bytes);
            } else if !self.stands(standing) {
                self.draw(standing, &mut strokes);
            }
        }
        let shown = |number: u32| wanted.iter().any(|standing| standing.number == number);
        if self.filing.as_deref() != filing {
            self.filing = filing.map(str::to_owned);
            strokes.bytes.extend(self.memory.keep(shown, self.through));
        }
        strokes.bytes.extend(self.memory.shrink(shown, self.through));
        self.standing = wanted;
        strokes
    }

    /// Whether a picture stands there already, and nothing that covered it has gone.
    fn stands(&self, wanted: &Standing) -> bool {
        self.standing.iter().any(|standing| {
            (standing.number, standing.origin) == (wanted.number, wanted.origin)
                && wanted.seen.is_subset(&standing.seen)
        })
    }

    /// Empties the picture's cells, so that nothing shows through where it is not opaque, and draws it.
    fn draw(&mut self, standing: &Standing, strokes: &mut Strokes) {
        let (Ok(left), Ok(top)) = (u16::try_from(standing.origin.0), u16::try_from(standing.origin.1)) else {
            return;
        };
        let Encoded { columns, rows, payload, tiles, .. } = &*standing.picture;
        strokes.bytes.extend_from_slice(b"\x1b[0m");
        for row in top..top + rows {
            strokes
                .bytes
                .extend_from_slice(format!("\x1b[{};{}H\x1b[{columns}X", row + 1, left + 1).as_bytes());
        }
        strokes.bytes.extend_from_slice(format!("\x1b[{};{}H", top + 1, left + 1).as_bytes());
        strokes.bytes.extend_from_slice(payload);
        for Tile { column, row, payload } in tiles {
            let place = format!("\x1b[{};{}H", top + row + 1, left + column + 1);
            strokes.bytes.extend_from_slice(place.as_bytes());
            strokes.bytes.extend_from_slice(payload);
        }
        let cells = (top..top + rows).flat_map(|y| (left..left + columns).map(move |x| (x, y)));
        strokes.again.extend(cells.filter(|cell| !standing.seen.contains(cell)));
        self.drawn = true;
    }

    /// What removes every picture, from the screen and from the terminal's memory; for the moment at which the terminal
    /// is given back, which may come at any time.
    pub fn farewell(&self) -> Vec<u8> {
        let mut bytes = self.owed.clone();
        bytes.extend(self.memory.farewell(self.through));
        if self.drawn {
            bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
        }
        bytes
    }
}

/// Whether a picture ends above the last row, where drawing one would scroll the screen.
fn stands_above(picture: &Encoded, origin: (i32, i32), below: u16) -> bool {
    origin.1 + i32::from(picture.rows) < i32::from(below)
}
