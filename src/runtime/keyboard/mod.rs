//! What a terminal sends, read from its bytes: keys, pastes, the mouse, and the answers to questions (ECMA-48, xterm's
//! control sequences, <https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>).
//!
//! The terminal library has a reader of its own, but keeps the answers to itself: they can be had only by a call that
//! stops all input for up to two seconds. Two readers of one terminal would tear each other's sequences. So this is the
//! only reader; it yields the library's own event types.
//!
//! Not here: reading (`input`), and what is asked (`probe`).

mod paste;
mod sequence;
mod string;
#[cfg(test)]
mod tests;

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use paste::Paste;

const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;

/// The longest control sequence that is waited for, in bytes. Keys and answers are far shorter.
const LONGEST_SEQUENCE: usize = 64;

/// The bytes that begin a control string.
const STRING_BEGINS: usize = 2;

/// One thing that the terminal said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Event(Event),
    Report(Report),
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Where the cursor stands (CPR), counted from 1.
    Cursor { row: u16, column: u16 },
    /// What the terminal is (DA1). Every terminal answers this, so it ends the answers to what was asked before it.
    Attributes { sixel: bool },
    /// Its name and version (XTVERSION), as it spells them: text from outside.
    Name(String),
    /// The size of a cell in pixels, at least one in each direction.
    Cell { width: u16, height: u16 },
    /// The size of the whole window in pixels, at least one in each direction.
    Window { width: u16, height: u16 },
    /// The largest sixel that it takes, in pixels (XTSMGRAPHICS).
    LargestSixel { width: u16, height: u16 },
    /// Its background is light (OSC 11).
    Background { light: bool },
    /// What it says of a picture sent in kitty's protocol.
    Graphics { image: u32, works: bool },
}

/// Bytes become events; what is incomplete waits for the rest.
#[derive(Debug, Default)]
pub struct Parser {
    pending: Vec<u8>,
    paste: Option<Paste>,
    /// Whether a string became too long: all up to its end is dropped.
    overflows: bool,
    /// Whether nothing followed what was taken last.
    paused: bool,
}

/// What the first bytes that wait are.
enum Step {
    /// So many bytes are done with.
    Took(usize, Option<Said>),
    /// More bytes are needed.
    Waits,
    /// A string that nobody waits for any longer.
    Overflows,
}

impl Parser {
    /// Takes bytes in, in the order in which they came.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Said> {
        let mut said = Vec::new();
        // Typed by somebody whose keyboard seems dead: pasted text does not come byte by byte.
        if std::mem::take(&mut self.paused) && bytes == [CTRL_C] {
            said.extend(self.give_up());
        }
        self.pending.extend_from_slice(bytes);
        let mut done = 0;
        loop {
            let rest = &self.pending[done..];
            if let Some(paste) = &mut self.paste {
                let Some(count) = paste.take(rest) else {
                    done = self.pending.len();
                    break;
                };
                done += count;
                said.extend(self.paste.take().map(pasted));
            } else if self.overflows {
                let (count, ends) = string::overflow(rest);
                done += count;
                self.overflows = !ends;
                if !ends {
                    break;
                }
            } else if rest.starts_with(Paste::BEGINS) {
                done += Paste::BEGINS.len();
                self.paste = Some(Paste::default());
            } else {
                match step(rest) {
                    Step::Took(count, what) => {
                        done += count;
                        said.extend(what);
                    }
                    Step::Waits => break,
                    Step::Overflows => {
                        done += STRING_BEGINS;
                        self.overflows = true;
                    }
                }
            }
        }
        self.pending.drain(..done);
        said
    }

    /// Whether an escape stands alone: the key, or the beginning of something.
    pub fn has_lone_escape(&self) -> bool {
        self.pending == [ESC]
    }

    /// Whether no more stands than what begins a sequence: hardly a key, but it may be one (Alt+\[).
    pub fn has_lone_introducer(&self) -> bool {
        matches!(self.pending[..], [ESC, b'[' | b'O' | b'P' | b'_' | b']'])
    }

    /// Whether the end of a paste is waited for.
    pub fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Whether the end of a control string is waited for.
    pub fn is_in_string(&self) -> bool {
        self.overflows || matches!(self.pending[..], [ESC, b'P' | b'_' | b']', _, ..])
    }

    /// Nothing follows for now: a lone escape was the key, and so was what only looked like a beginning.
    pub fn pause(&mut self) -> Option<Said> {
        self.paused = true;
        let said = match self.pending[..] {
            [ESC] => key(KeyCode::Esc, KeyModifiers::NONE),
            [ESC, last @ (b'[' | b'O' | b'P' | b'_' | b']')] => {
                let (code, modifiers) = ascii(last);
                key(code, modifiers | KeyModifiers::ALT)
            }
            _ => return None,
        };
        self.pending.clear();
        Some(said)
    }

    /// The end of a paste has been lost: it is what came. That of a string too: it is nothing, but what may have begun
    /// its end was a key.
    pub fn give_up(&mut self) -> Option<Said> {
        if self.is_in_string() {
            self.overflows = false;
            let ended = self.pending.last() == Some(&ESC);
            self.pending.clear();
            return ended.then(|| key(KeyCode::Esc, KeyModifiers::NONE));
        }
        self.paste.take().map(pasted)
    }
}

fn pasted(paste: Paste) -> Said {
    Said::Event(Event::Paste(paste.text()))
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Said {
    Said::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [ESC] => Step::Waits,
        [ESC, ESC, ..] => Step::Took(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [ESC, b'[', rest @ ..] => sequence::control(rest),
        [ESC, b'O', rest @ ..] => sequence::single_shift(rest),
        [ESC, b'P', rest @ ..] => string::device_control(rest).unwrap_or_else(|| with_alt(&bytes[1..])),
        [ESC, b'_', rest @ ..] => string::application_command(rest).unwrap_or_else(|| with_alt(&bytes[1..])),
        [ESC, b']', rest @ ..] => string::system_command(rest).unwrap_or_else(|| with_alt(&bytes[1..])),
        [ESC, rest @ ..] => with_alt(rest),
        _ => character(bytes),
    }
}

/// A character behind an escape.
fn with_alt(bytes: &[u8]) -> Step {
    match character(bytes) {
        Step::Took(count, Some(Said::Event(Event::Key(mut event)))) => {
            event.modifiers |= KeyModifiers::ALT;
            Step::Took(count + 1, Some(Said::Event(Event::Key(event))))
        }
        Step::Took(count, other) => Step::Took(count + 1, other),
        other => other,
    }
}

/// A character, also a control one. A byte that is no UTF-8 is dropped.
fn character(bytes: &[u8]) -> Step {
    let first = bytes[0];
    if first.is_ascii() {
        let (code, modifiers) = ascii(first);
        return Step::Took(1, Some(key(code, modifiers)));
    }
    // The first byte names the length (RFC 3629).
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Took(1, None),
    };
    let whole = bytes.get(..length);
    let available = whole.unwrap_or(bytes);
    match std::str::from_utf8(available) {
        Ok(text) => Step::Took(length, text.chars().next().map(typed)),
        Err(error) if whole.is_none() && error.error_len().is_none() => Step::Waits,
        Err(_) => Step::Took(1, None),
    }
}

fn typed(c: char) -> Said {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(c), shift)
}

/// The key that sends an ASCII byte in raw mode.
fn ascii(byte: u8) -> (KeyCode, KeyModifiers) {
    match byte {
        b'\r' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => (KeyCode::Char(' '), KeyModifiers::CONTROL),
        0x01..=0x1a => (KeyCode::Char(char::from(byte - 1 + b'a')), KeyModifiers::CONTROL),
        ESC => (KeyCode::Esc, KeyModifiers::NONE),
        0x1c..=0x1f => (KeyCode::Char(char::from(byte - 0x1c + b'4')), KeyModifiers::CONTROL),
        b'A'..=b'Z' => (KeyCode::Char(char::from(byte)), KeyModifiers::SHIFT),
        _ => (KeyCode::Char(char::from(byte)), KeyModifiers::NONE),
    }
}
