//! One line of text being typed: an opinion, a note, a filter.

use tui_input::{Input, InputRequest};

use crate::app::key::{Code, Key};

/// The longest text a field takes, in characters.
const LONGEST: usize = 2_000;

/// A text field. The cursor stands where the terminal's own cursor must stand, for the input method's window.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    input: Input,
}

impl TextField {
    pub fn new(text: &str) -> Self {
        TextField { input: Input::new(text.to_owned()) }
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Columns before the cursor, and the column at which a field of `width` columns begins to show the text.
    pub fn cursor(&self, width: usize) -> (usize, usize) {
        let scroll = self.input.visual_scroll(width.saturating_sub(1));
        (self.input.visual_cursor().saturating_sub(scroll), scroll)
    }

    pub fn clear(&mut self) {
        self.input = Input::default();
    }

    /// Takes an editing key; false when the key is not one.
    pub fn key(&mut self, key: Key) -> bool {
        let request = match (key.code, key.ctrl) {
            (Code::Char('u'), true) => InputRequest::DeleteLine,
            (Code::Char('w'), true) => InputRequest::DeletePrevWord,
            (Code::Char('k'), true) => InputRequest::DeleteTillEnd,
            (Code::Backspace, _) => InputRequest::DeletePrevChar,
            (Code::Delete, _) => InputRequest::DeleteNextChar,
            (Code::Left, false) => InputRequest::GoToPrevChar,
            (Code::Right, false) => InputRequest::GoToNextChar,
            (Code::Left, true) => InputRequest::GoToPrevWord,
            (Code::Right, true) => InputRequest::GoToNextWord,
            (Code::Home, _) => InputRequest::GoToStart,
            (Code::End, _) => InputRequest::GoToEnd,
            _ => match key.typed() {
                Some(c) if !c.is_control() && self.text().chars().count() < LONGEST => {
                    InputRequest::InsertChar(c)
                }
                _ => return false,
            },
        };
        self.input.handle(request);
        true
    }

    /// Takes pasted text; line ends become spaces, other controls are left out of what a person types.
    pub fn paste(&mut self, text: &str) {
        for c in text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }) {
            self.key(Key::char(c));
        }
    }
}
