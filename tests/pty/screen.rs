//! The terminal's side of the line: a screen that is only looked at between two frames, and a record of what was said
//! and asked on it.

use unicode_width::UnicodeWidthChar;
use vt100::{Callbacks, Parser, Screen};

use super::terminal::{Manners, Pictures};

/// What a wide terminal shows for an ambiguous character: anything that takes two cells.
pub const TWO_CELLS: char = '〓';

/// The end of kitty's question whether it draws pictures, bare or with a word of its placeholders: one black pixel.
const KITTY_ASKED: &[u8] = b";AAAA\x1b";

/// What comes by besides text, noted while it comes.
#[derive(Default)]
pub struct Watch {
    /// Frames drawn to their end.
    pub frames: u64,
    /// Between the begin and the end of a frame, when a real terminal shows nothing of it.
    drawing: bool,
    /// Every notice that stood in a finished frame, in order.
    pub notices: Vec<String>,
    /// Answers to what was asked and not answered yet.
    answers: String,
    pictures: Pictures,
    /// Sequences that the emulator does not know, e.g. `CSI ?2026h`; every query is one of them.
    pub unknown: Vec<String>,
}

impl Watch {
    fn frame_ends(&mut self, screen: &Screen) {
        self.drawing = false;
        self.frames += 1;
        let notice = rows(screen).into_iter().rev().nth(1).unwrap_or_default().trim().to_owned();
        if self.notices.last() != Some(&notice) {
            self.notices.push(notice);
        }
    }
}

impl Callbacks for Watch {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        first: Option<u8>,
        second: Option<u8>,
        parameters: &[&[u16]],
        last: char,
    ) {
        let synchronized = first == Some(b'?') && parameters == [&[2026]];
        match last {
            'h' if synchronized => self.drawing = true,
            'l' if synchronized => self.frame_ends(screen),
            _ => {
                match (first, parameters, last) {
                    (None, [[6]], 'n') => {
                        let (row, column) = screen.cursor_position();
                        self.answers.push_str(&format!("\x1b[{};{}R", row + 1, column + 1));
                    }
                    (Some(b'>'), [] | [[0]], 'q') => {
                        let name = self.pictures.name.map(|name| format!("\x1bP>|{name}\x1b\\"));
                        self.answers.extend(name);
                    }
                    (None, [[16]], 't') => {
                        let cell = self.pictures.cell;
                        self.answers.extend(cell.map(|(width, height)| format!("\x1b[6;{height};{width}t")));
                    }
                    (None, [] | [[0]], 'c') => {
                        let sixel = if self.pictures.sixel { "4;" } else { "" };
                        self.answers.push_str(&format!("\x1b[?62;{sixel}22c"));
                    }
                    _ => {}
                }
                let signs: String = [first, second].into_iter().flatten().map(char::from).collect();
                self.unknown.push(format!("CSI {signs} {parameters:?} {last}"));
            }
        }
    }

    fn unhandled_escape(&mut self, _: &mut Screen, first: Option<u8>, _: Option<u8>, last: u8) {
        self.unknown.push(format!("ESC {first:?} {}", char::from(last)));
    }

    fn unhandled_osc(&mut self, _: &mut Screen, parameters: &[&[u8]]) {
        self.unknown.push(format!("OSC {parameters:?}"));
    }
}

/// An emulated terminal and all that was ever written to it.
pub struct Emulator {
    parser: Parser<Watch>,
    manners: Manners,
    /// The beginning of a character whose rest has not come.
    cut: Vec<u8>,
    pub written: Vec<u8>,
    /// The other side hung up.
    pub closed: bool,
}

impl Emulator {
    pub fn new((columns, rows): (u16, u16), manners: Manners) -> Self {
        let watch = Watch { pictures: manners.pictures, ..Watch::default() };
        let parser = Parser::new_with_callbacks(length(rows), length(columns), 0, watch);
        Emulator { parser, manners, cut: Vec::new(), written: Vec::new(), closed: false }
    }

    pub fn takes(&mut self, bytes: &[u8]) {
        // The emulator knows no such strings: they are looked for in what was written.
        let mut rest = bytes;
        while let Some(end) = self.ends_question(rest) {
            let (question, after) = rest.split_at(end);
            self.draws(question);
            if self.manners.pictures.kitty {
                self.parser.callbacks_mut().answers.push_str("\x1b_Gi=31;OK\x1b\\");
            }
            rest = after;
        }
        self.draws(rest);
    }

    /// Where kitty's question about a picture, bare or for tmux, ends in these bytes that were not written yet.
    fn ends_question(&self, bytes: &[u8]) -> Option<usize> {
        let tail = &self.written[self.written.len().saturating_sub(KITTY_ASKED.len() - 1)..];
        let both = [tail, bytes].concat();
        let at = both.windows(KITTY_ASKED.len()).position(|window| window == KITTY_ASKED)?;
        Some(at + KITTY_ASKED.len() - tail.len())
    }

    fn draws(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        if !self.manners.wide {
            self.parser.process(bytes);
            return;
        }
        self.cut.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.cut) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = self.cut.split_off(whole);
        let text = String::from_utf8(std::mem::replace(&mut self.cut, rest)).expect("valid so far");
        let ambiguous = |c: char| c.width() != c.width_cjk();
        let drawn: String = text.chars().map(|c| if ambiguous(c) { TWO_CELLS } else { c }).collect();
        self.parser.process(drawn.as_bytes());
    }

    /// What it has to say to the program.
    pub fn answers(&mut self) -> String {
        std::mem::take(&mut self.parser.callbacks_mut().answers)
    }

    /// Whether it has something to say.
    pub fn has_answers(&self) -> bool {
        !self.watch().answers.is_empty()
    }

    /// Whether it was asked what it is, which ends a question, and has not answered.
    pub fn is_asked(&self) -> bool {
        self.watch().answers.ends_with('c')
    }

    /// Another size, and blank: whatever stands on it from now on was drawn for it.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.parser.set_size(length(rows), length(columns));
        self.parser.process(b"\x1b[2J");
    }

    /// Whether a finished frame stands on the screen, or one that nobody will finish.
    pub fn settled(&self) -> bool {
        !self.watch().drawing || self.closed
    }

    pub fn watch(&self) -> &Watch {
        self.parser.callbacks()
    }

    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    pub fn rows(&self) -> Vec<String> {
        rows(self.screen())
    }

    pub fn shows(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }

    /// The filings whose decision the screen has said to be saved, in order.
    pub fn saved(&self) -> Vec<String> {
        let filing =
            |notice: &String| Some(notice.strip_prefix("已存 ")?.split([' ', ',']).next()?.to_owned());
        self.watch().notices.iter().filter_map(filing).collect()
    }

    /// The filing on the desk; none while a picture fills the screen.
    pub fn filing(&self) -> Option<String> {
        let row = self.rows().into_iter().nth(3)?;
        // Queue (on a wide screen), case, evidence.
        let zones: Vec<&str> = row.split(['│', '|']).collect();
        let heading = zones.get(zones.len().checked_sub(2)?)?;
        heading.split(' ').next().filter(|key| key.starts_with("D-")).map(str::to_owned)
    }

    /// How many of the required documents were seen, and how many there are; none while a picture fills the screen.
    pub fn required(&self) -> Option<(usize, usize)> {
        let rows = self.rows();
        let row = rows.get(rows.len().checked_sub(3)?)?;
        let (seen, all) = row.trim().strip_prefix("必看 ")?.split(' ').next()?.split_once('/')?;
        Some((seen.parse().ok()?, all.parse().ok()?))
    }

    /// Whether the document on the screen counts as seen, and which of the filing's it is, from its title.
    pub fn document(&self) -> Option<(usize, bool)> {
        let rows = self.rows();
        let row = if self.in_viewer() { rows.first()? } else { rows.get(2)? };
        let title = row.rsplit(['│', '|']).next()?;
        let mut words = title.split(' ').filter(|word| !word.is_empty()).skip(1);
        let place = words.next()?.split_once('/')?.0.parse().ok()?;
        Some((place, words.next() == Some("v")))
    }

    /// One picture fills the screen.
    pub fn in_viewer(&self) -> bool {
        !self.rows().first().is_some_and(|row| row.contains("核验台"))
    }
}

fn length(cells: u16) -> std::num::NonZeroU16 {
    cells.try_into().expect("a terminal has cells")
}

/// The text of every row.
pub fn rows(screen: &Screen) -> Vec<String> {
    screen.rows(0, screen.size().1.get()).collect()
}
