//! From pixels to the bytes that a terminal takes for a picture (終端图像): one file for each protocol.
//!
//! Pure: pixels, a cell's size and a budget in, bytes out, with what had to be given up so that they fit. It runs in the
//! parent, off the thread that draws, and never in the confined worker: pixels from there are checked like outside
//! text, escape sequences could not be.
//!
//! Not here: where a picture stands, what the terminal already has, and when bytes are written (`runtime::graphics`).

mod cells;
mod ladder;

pub mod iterm2;
pub mod kitty;
pub mod sixel;
pub mod tmux;

use crate::domain::viewport::Size;

/// How pictures reach the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// kitty's graphics protocol: pictures in the terminal's memory, placeholders in cells.
    Kitty,
    /// iTerm2's inline images, also understood by WezTerm.
    ITerm2,
    /// DEC's sixels.
    Sixel,
    /// Coloured half-blocks: no protocol at all, but bytes that can be saved.
    HalfBlocks,
}

/// What pixels are made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoding {
    pub protocol: Protocol,
    /// A cell of the terminal in pixels.
    pub cell: Size,
    /// The largest sixel that the terminal takes, in pixels; a larger picture is several.
    pub largest_sixel: Size,
    /// The most bytes that one picture may take on its way to the terminal; none for no limit.
    pub budget: Option<usize>,
}

/// A picture as its terminal takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    pub protocol: Protocol,
    /// Columns and rows that it takes on the screen.
    pub columns: u16,
    pub rows: u16,
    /// What [`kitty::transmit`] takes, or the whole sequence of the other protocols; the cursor stands in the first cell.
    pub payload: Vec<u8>,
    /// The rest of a picture that is too large for one sequence.
    pub tiles: Vec<Tile>,
    /// Colours or pixels were given up so that it fits the budget.
    pub reduced: bool,
}

/// A part of a picture: its first cell, counted from the picture's, and the sequence that draws it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub column: u16,
    pub row: u16,
    pub payload: Vec<u8>,
}

impl Encoded {
    /// What all its sequences take.
    pub fn bytes(&self) -> usize {
        self.payload.len() + self.tiles.iter().map(|tile| tile.payload.len()).sum::<usize>()
    }
}

/// Pixels that became fewer colours, or a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// RGB triples to be drawn in cells; whether colours were given up.
    Cells(Vec<u8>, bool),
    Terminal(Encoded),
}

/// Why pixels could not be made into a picture.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    #[error("{bytes} bytes are no {width} x {height} RGB pixels")]
    NotThatManyPixels { bytes: usize, width: u32, height: u32 },
    #[error("the picture could not be compressed: {0}")]
    Compressing(#[from] image::ImageError),
}

impl Encoding {
    /// Encodes `shown.width * shown.height` RGB triples, row by row.
    pub fn encode(&self, shown: Size, rgb: Vec<u8>) -> Result<Outcome, EncodeError> {
        if rgb.is_empty() || rgb.len() as u64 != shown.area() * 3 {
            let (width, height) = (shown.width, shown.height);
            return Err(EncodeError::NotThatManyPixels { bytes: rgb.len(), width, height });
        }
        let pixels = Pixels { size: shown, rgb };
        Ok(match self.protocol {
            Protocol::HalfBlocks => {
                let (rgb, reduced) = cells::economical(pixels.rgb, shown, self.budget);
                Outcome::Cells(rgb, reduced)
            }
            Protocol::Kitty => Outcome::Terminal(kitty::encode(&pixels, self)?),
            Protocol::ITerm2 => Outcome::Terminal(iterm2::encode(&pixels, self)?),
            Protocol::Sixel => Outcome::Terminal(sixel::encode(&pixels, self)),
        })
    }

    /// Columns and rows that pixels take.
    fn zone(&self, shown: Size) -> (u16, u16) {
        let cells = |length: u32, cell: u32| u16::try_from(length.div_ceil(cell.max(1))).unwrap_or(u16::MAX);
        (cells(shown.width, self.cell.width), cells(shown.height, self.cell.height))
    }
}

/// RGB triples, row by row: as many as the size says, and at least one.
struct Pixels {
    size: Size,
    rgb: Vec<u8>,
}
