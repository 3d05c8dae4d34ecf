//! What is written to the terminal to learn what it can.

use std::fmt::Write;

use super::surroundings::Multiplexer;

/// One of each kind that the desk and filings use: terminals differ by kind (box drawing is often special).
pub const SAMPLES: [char; 8] =
    ['\u{2500}', '\u{2502}', '\u{2580}', '\u{b7}', '\u{2026}', '\u{25cf}', '\u{2192}', '\u{2460}'];

/// The number of the picture that kitty is asked about, by which its answer is known. No picture has it.
pub const ASKED_IMAGE: u32 = 31;

/// A picture of one black pixel, to be looked at and forgotten (`a=q`).
const GRAPHICS: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";
/// The same with a word of the placeholders (`U=1`): kitty before 0.28 does not know it and says nothing. Behind tmux the
/// terminal's name and version cannot be asked.
const GRAPHICS_BEHIND: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24,U=1;AAAA\x1b\\";
const VERSION: &str = "\x1b[>q";
/// The largest sixel, in pixels: what it could be at most (XTSMGRAPHICS).
const LARGEST_SIXEL: &str = "\x1b[?2;4;0S";
/// How large a cell is, in pixels, and the whole window: some round a cell up.
pub const CELL: &str = "\x1b[14t\x1b[16t";
/// Its background.
const BACKGROUND: &str = "\x1b]11;?\x1b\\";
const ATTRIBUTES: &str = "\x1b[c";

/// What is to be learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// How wide ambiguous characters are.
    pub width: bool,
    /// What pictures it draws, and its name.
    pub pictures: bool,
    /// How large a cell is, and a sixel at most.
    pub cell: bool,
    /// Whether its background is light.
    pub background: bool,
    pub multiplexer: Multiplexer,
}

impl Question {
    /// All that can be learned.
    pub const fn all(multiplexer: Multiplexer) -> Self {
        Question { width: true, pictures: true, cell: true, background: true, multiplexer }
    }

    pub const fn is_empty(self) -> bool {
        !(self.width || self.pictures || self.cell || self.background)
    }

    /// Whether the answer about pictures comes from further away than the one that ends the answers: tmux gives the
    /// latter itself, the former comes from the terminal around it.
    pub fn outlasts_the_fence(self) -> bool {
        self.pictures && self.multiplexer == Multiplexer::Tmux
    }

    /// The question on a row, counted from 1, or on the one where the cursor stands. The row is empty afterwards: the
    /// samples stand on it, and so does what a terminal shows that knows no such strings.
    ///
    /// Each sample at the beginning of the row, and after it the question for the cursor (`CSI 6 n`); pictures, name
    /// and cell; at last the question what the terminal is.
    pub fn text(self, row: Option<u16>) -> String {
        let mut text = row.map_or_else(String::new, |row| format!("\x1b[{row};1H"));
        if self.width {
            for sample in SAMPLES {
                // Writing to a string cannot fail.
                let _written = write!(text, "\r{sample}\x1b[6n");
            }
        }
        text.push('\r');
        if self.pictures {
            match self.multiplexer {
                Multiplexer::None => text.extend([GRAPHICS, VERSION]),
                Multiplexer::Tmux => text.push_str(&through_tmux(GRAPHICS_BEHIND)),
                // It would keep the string for its own status line.
                Multiplexer::Screen => {}
            }
        }
        if self.background && self.multiplexer != Multiplexer::Screen {
            text.push_str(BACKGROUND);
        }
        text.push_str("\r\x1b[2K");
        if self.cell {
            text.extend([CELL, LARGEST_SIXEL]);
        }
        text.push_str(ATTRIBUTES);
        text
    }
}

/// What tmux hands on to the terminal around it, if it may (`allow-passthrough`, tmux(1)).
fn through_tmux(sequence: &str) -> String {
    format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthChar;

    use super::*;

    #[test]
    fn every_sample_is_ambiguous() {
        assert!(SAMPLES.iter().all(|sample| (sample.width(), sample.width_cjk()) == (Some(1), Some(2))));
    }

    #[test]
    fn only_what_is_to_be_learned_is_asked_and_the_fence_comes_last() {
        let some = |width, pictures, cell, multiplexer| Question {
            background: width,
            width,
            pictures,
            cell,
            multiplexer,
        };
        let (none, tmux, screen) = (Multiplexer::None, Multiplexer::Tmux, Multiplexer::Screen);
        for (question, text) in [
            (some(false, false, true, none), "\r\r\x1b[2K\x1b[14t\x1b[16t\x1b[?2;4;0S\x1b[c"),
            (
                some(false, true, true, none),
                "\r\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\r\x1b[2K\x1b[14t\x1b[16t\x1b[?2;4;0S\x1b[c",
            ),
            (
                some(false, true, true, tmux),
                "\r\x1bPtmux;\x1b\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24,U=1;AAAA\x1b\x1b\\\x1b\\\r\x1b[2K\x1b[14t\x1b[16t\x1b[?2;4;0S\x1b[c",
            ),
            (some(false, true, true, screen), "\r\r\x1b[2K\x1b[14t\x1b[16t\x1b[?2;4;0S\x1b[c"),
        ] {
            assert_eq!(question.text(None), text, "{question:?}");
            assert_eq!(question.text(Some(24)), format!("\x1b[24;1H{text}"));
        }
        let text = Question::all(none).text(None);
        assert_eq!(text.matches("\x1b[6n").count(), SAMPLES.len());
        for (multiplexer, asked) in [(none, true), (tmux, true), (screen, false)] {
            assert_eq!(Question::all(multiplexer).text(None).contains(BACKGROUND), asked, "{multiplexer:?}");
        }
        assert!(GRAPHICS.contains(&format!("i={ASKED_IMAGE},")));
    }
}
