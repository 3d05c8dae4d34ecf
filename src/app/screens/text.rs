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

    /// Whether a key types or edits.
    pub fn takes(key: Key) -> bool {
        request(key).is_some()
    }

    /// Takes an editing key; false when the key is not one, or the field is full.
    pub fn key(&mut self, key: Key) -> bool {
        match request(key) {
            Some(InputRequest::InsertChar(_)) if self.room() == 0 => false,
            Some(request) => {
                self.input.handle(request);
                true
            }
            None => false,
        }
    }

    /// Takes pasted text; line ends become spaces, other controls are left out of what a person types.
    pub fn paste(&mut self, text: &str) {
        let line = text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c });
        let pasted: String = line.filter(|c| !c.is_control()).take(self.room()).collect();
        let before: String = self.text().chars().take(self.input.cursor()).collect();
        let after = &self.text()[before.len()..];
        let cursor = self.input.cursor() + pasted.chars().count();
        self.input = Input::new(format!("{before}{pasted}{after}")).with_cursor(cursor);
    }

    /// How many more characters it takes.
    fn room(&self) -> usize {
        LONGEST.saturating_sub(self.text().chars().count())
    }
}

/// What a key does to a text.
fn request(key: Key) -> Option<InputRequest> {
    Some(match (key.code, key.ctrl) {
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
        _ => InputRequest::InsertChar(key.typed().filter(|c| !c.is_control())?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_goes_in_at_the_cursor_on_one_line_and_never_over_the_limit() {
        let mut field = TextField::new("样例");
        field.key(Key::plain(Code::Left));
        field.paste("一\n二\u{7}");
        assert_eq!(field.text(), "样一 二例");
        field.key(Key::char('三'));
        assert_eq!(field.text(), "样一 二三例", "the cursor stands behind what was pasted");
        field.paste(&"长".repeat(LONGEST));
        assert_eq!(field.text().chars().count(), LONGEST);
        assert!(field.text().ends_with("长例"));
        assert!(!field.key(Key::char('四')), "full");
    }

    proptest::proptest! {
        #[test]
        fn pasting_is_typing(start in "[a样 ]{0,8}", left in 0usize..10, text in "[a-c样\n\t ]{0,12}") {
            let mut pasted = TextField::new(&start);
            for _ in 0..left {
                pasted.key(Key::plain(Code::Left));
            }
            let mut typed = pasted.clone();
            pasted.paste(&text);
            for c in text.chars() {
                typed.key(Key::char(if c == '\n' { ' ' } else { c }));
            }
            proptest::prop_assert_eq!(pasted.text(), typed.text());
            proptest::prop_assert_eq!(pasted.cursor(80), typed.cursor(80));
        }
    }
}
