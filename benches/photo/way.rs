//! The ways in which a picture reaches the terminal: what it answers, how a photo is told from other bytes, and how
//! chafa is asked for the same.

use std::time::Instant;

use heyan::runtime::probe::SAMPLES;

use crate::common::Chunk;

/// A cell of the terminal in pixels.
pub const CELL: (u16, u16) = (9, 18);

pub struct Way {
    pub name: &'static str,
    /// A setting, where the terminal alone would not lead to it.
    pub mode: &'static str,
    terminal: &'static str,
    kitty: bool,
    sixel: bool,
    /// What is written for a photo and for nothing else: one of these.
    marks: &'static [&'static [u8]],
    pub chafa: &'static [&'static str],
}

pub const WAYS: [Way; 5] = [
    Way {
        name: "kitty",
        mode: "auto",
        terminal: "kitty(0.36.4)",
        kitty: true,
        sixel: false,
        // U+10EEEE, the placeholder.
        marks: &[b"\xf4\x8e\xbb\xae"],
        chafa: &["-f", "kitty"],
    },
    Way {
        name: "iterm2",
        mode: "auto",
        terminal: "iTerm2 3.5.10",
        kitty: false,
        sixel: true,
        marks: &[b"\x1b]1337;File="],
        chafa: &["-f", "iterm"],
    },
    Way {
        name: "sixel",
        mode: "auto",
        terminal: "foot(1.20.2)",
        kitty: false,
        sixel: true,
        marks: &[b"\x1bP0;1;0q"],
        chafa: &["-f", "sixels"],
    },
    Way {
        name: "half-blocks",
        mode: "auto",
        terminal: "",
        kitty: false,
        sixel: false,
        // Colours of pictures; the desk's own are of the palette.
        marks: &[b"48;2;"],
        chafa: &["-f", "symbols", "--symbols", "half"],
    },
    Way {
        name: "braille",
        mode: "braille",
        terminal: "",
        kitty: false,
        sixel: false,
        // U+2800 to U+28FF.
        marks: &[b"\xe2\xa0", b"\xe2\xa1", b"\xe2\xa2", b"\xe2\xa3"],
        chafa: &["-f", "symbols", "--symbols", "braille"],
    },
];

impl Way {
    /// What the terminal says to the desk's question, all at once: the cursor behind each sample, kitty's pixel, the
    /// name, the cell and what it is.
    pub fn answers(&self, rows: u16) -> String {
        let kitty = if self.kitty { "\x1b_Gi=31;OK\x1b\\" } else { "" };
        let name = match self.terminal {
            "" => String::new(),
            name => format!("\x1bP>|{name}\x1b\\"),
        };
        let sixel = if self.sixel { "4;" } else { "" };
        let (width, height) = CELL;
        format!(
            "{}{kitty}{name}\x1b[6;{height};{width}t\x1b[?62;{sixel}22c",
            format!("\x1b[{rows};2R").repeat(SAMPLES.len())
        )
    }

    /// The last frame that drew a photo.
    pub fn photo(&self, frames: Vec<Frame>) -> Option<Frame> {
        let holds = |frame: &Frame, mark: &[u8]| frame.bytes.windows(mark.len()).any(|bytes| bytes == mark);
        let has = |frame: &Frame| self.marks.iter().any(|mark| holds(frame, mark));
        frames.into_iter().rev().find(has)
    }
}

/// A synchronized update.
pub struct Frame {
    /// When its last byte came.
    pub ended: Instant,
    pub bytes: Vec<u8>,
}

impl Frame {
    /// Columns and rows of kitty's placement.
    pub fn zone(&self) -> Option<(u16, u16)> {
        let text = String::from_utf8_lossy(&self.bytes);
        let (_, place) = text.split_once("\x1b_Ga=p,")?;
        let (place, _) = place.split_once('\x1b')?;
        let number = |name| place.split(',').find_map(|key| key.strip_prefix(name)?.parse().ok());
        Some((number("c=")?, number("r=")?))
    }
}

/// What was written, frame by frame.
pub fn frames(chunks: &[Chunk]) -> Vec<Frame> {
    const END: &[u8] = b"\x1b[?2026l";
    let (mut frames, mut bytes) = (Vec::new(), Vec::new());
    for chunk in chunks {
        // An end may lie on the border of two chunks.
        let mut looked: usize = bytes.len().saturating_sub(END.len() - 1);
        bytes.extend_from_slice(&chunk.bytes);
        while let Some(at) = bytes[looked..].windows(END.len()).position(|window| window == END) {
            let rest = bytes.split_off(looked + at + END.len());
            frames.push(Frame { ended: chunk.at, bytes: std::mem::replace(&mut bytes, rest) });
            looked = 0;
        }
    }
    frames
}
