//! Keys as the desk understands them, independent of any terminal library.

use std::fmt;

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// One key press. Shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

impl Key {
    pub const fn plain(code: Code) -> Self {
        Key { code, ctrl: false, alt: false }
    }

    pub const fn char(c: char) -> Self {
        Key::plain(Code::Char(c))
    }

    pub const fn ctrl(code: Code) -> Self {
        Key { code, ctrl: true, alt: false }
    }

    /// The character it would type into a text field.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The key as a command: full-width punctuation, digits and letters, which a Chinese input method sends, act as
    /// their ASCII keys (the block U+FF01..U+FF5E mirrors ASCII; 、 is on the key of `/`, 。 on that of `.`).
    #[must_use]
    pub fn as_command(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let ascii = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '、' => '/',
            '。' => '.',
            '—' => '-',
            other => other,
        };
        Key { code: Code::Char(ascii), ..self }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl+")?;
        }
        if self.alt {
            f.write_str("Alt+")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) if self.ctrl || self.alt => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::Enter => f.write_str("Enter"),
            Code::Esc => f.write_str("Esc"),
            Code::Tab => f.write_str("Tab"),
            Code::BackTab => f.write_str("S-Tab"),
            Code::Backspace => f.write_str("Backspace"),
            Code::Delete => f.write_str("Del"),
            Code::Up => f.write_str("Up"),
            Code::Down => f.write_str("Down"),
            Code::Left => f.write_str("Left"),
            Code::Right => f.write_str("Right"),
            Code::Home => f.write_str("Home"),
            Code::End => f.write_str("End"),
            Code::PageUp => f.write_str("PgUp"),
            Code::PageDown => f.write_str("PgDn"),
            Code::F(n) => write!(f, "F{n}"),
        }
    }
}

/// One press as the terminal delivered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    pub key: Key,
    /// The terminal itself says that the key is held down (kitty keyboard protocol).
    pub repeat: bool,
}

impl From<Key> for Press {
    fn from(key: Key) -> Self {
        Press { key, repeat: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_keys_act_as_their_ascii_keys() {
        for (sent, acts_as) in [
            ('？', '?'),
            ('：', ':'),
            ('１', '1'),
            ('ａ', 'a'),
            ('、', '/'),
            ('　', ' '),
            ('＋', '+'),
            ('样', '样'),
        ] {
            assert_eq!(Key::char(sent).as_command(), Key::char(acts_as));
        }
    }
}
