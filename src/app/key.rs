//! Keys as the desk understands them, independent of any terminal library.

use std::fmt;
use std::str::FromStr;

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
    /// their ASCII keys (the block U+FF01..U+FF5E mirrors ASCII; the others stand on the keys of their ASCII
    /// neighbours: 、 on that of `/`, 。 of `.`, 【 of `[`, 「 of `{`, 《 of `<`).
    #[must_use]
    pub fn as_command(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let ascii = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '、' => '/',
            '。' => '.',
            '【' => '[',
            '】' => ']',
            '「' => '{',
            '」' => '}',
            '《' => '<',
            '》' => '>',
            '—' => '-',
            other => other,
        };
        Key { code: Code::Char(ascii), ..self }
    }
}

/// Keys that have a name, as help shows it and settings write it.
const NAMES: [(&str, Code); 15] = [
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("S-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl+")?;
        }
        if self.alt {
            f.write_str("Alt+")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) if self.ctrl || self.alt => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            named => write!(f, "{named:?}"),
        }
    }
}

/// The text names no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a key")]
pub struct UnknownKey;

/// Reads a key as help shows it: `a`, `Space`, `F4`, `Ctrl+E`, `Alt+Left`. Only a single letter's case matters, and with
/// Ctrl or Alt not even that, because terminals do not tell them apart.
impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let (ctrl, rest) = modifier(text, "Ctrl+");
        let (alt, rest) = modifier(rest, "Alt+");
        let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest)).map(|(_, code)| *code);
        let code =
            named.or_else(|| function(rest)).or_else(|| character(rest, ctrl || alt)).ok_or(UnknownKey)?;
        Ok(Key { code, ctrl, alt })
    }
}

/// Whether a text begins with a modifier, and what follows it.
fn modifier<'t>(text: &'t str, name: &str) -> (bool, &'t str) {
    match text.split_at_checked(name.len()) {
        Some((head, rest)) if head.eq_ignore_ascii_case(name) => (true, rest),
        _ => (false, text),
    }
}

fn function(text: &str) -> Option<Code> {
    let number = text.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=12).contains(&number).then_some(Code::F(number))
}

fn character(text: &str, modified: bool) -> Option<Code> {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let Code::Char(c) = Key::char(c).as_command().code else { return None };
    let c = if modified { c.to_ascii_lowercase() } else { c };
    c.is_ascii_graphic().then_some(Code::Char(c))
}

/// Why a key cannot be given to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The prefix of screen (Ctrl+A) and of tmux (Ctrl+B).
    Multiplexer,
    /// XOFF and XON: some lines stop at them.
    FlowControl,
    /// Suspends the program in a shell; whoever types it expects that.
    Suspend,
    /// Help, search and menus of terminals and browsers.
    TerminalMenu,
    /// Leaves the desk, everywhere.
    Leaving,
    /// Terminals send the same bytes for another key.
    SameAs(Code),
    /// Terminals send nothing that tells it from the key alone.
    NotSent,
}

impl Key {
    /// Who takes this key, if anybody does.
    pub const fn taken(self) -> Option<Taken> {
        if !self.ctrl {
            return match self.code {
                Code::F(1 | 3 | 5 | 10..) => Some(Taken::TerminalMenu),
                // ESC [ begins every longer key.
                Code::Char('[') | Code::Esc if self.alt => Some(Taken::NotSent),
                _ => None,
            };
        }
        Some(match self.code {
            Code::Char('a' | 'b') => Taken::Multiplexer,
            Code::Char('c') => Taken::Leaving,
            Code::Char('s' | 'q') => Taken::FlowControl,
            Code::Char('z') => Taken::Suspend,
            // C0 control characters (ECMA-48): Ctrl+I is HT, Ctrl+J and Ctrl+M are LF and CR, Ctrl+H is BS.
            Code::Char('i') => Taken::SameAs(Code::Tab),
            Code::Char('j' | 'm') => Taken::SameAs(Code::Enter),
            Code::Char('h') => Taken::SameAs(Code::Backspace),
            Code::Char('a'..='z') => return None,
            Code::F(1 | 3 | 5 | 10..) => Taken::TerminalMenu,
            Code::Char(_) | Code::Enter | Code::Esc | Code::Tab | Code::BackTab | Code::Backspace => {
                Taken::NotSent
            }
            _ => return None,
        })
    }

    /// Whether the key arrives while a Chinese input method is on: letters go to the method, punctuation and digits come
    /// full-width at worst.
    pub fn arrives_with_input_method(self) -> bool {
        !self.typed().is_some_and(char::is_alphabetic)
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
            ('－', '-'),
            ('！', '!'),
            ('（', '('),
            ('）', ')'),
            ('｛', '{'),
            ('｝', '}'),
            ('【', '['),
            ('」', '}'),
            ('》', '>'),
            ('样', '样'),
        ] {
            assert_eq!(Key::char(sent).as_command(), Key::char(acts_as));
        }
    }

    #[test]
    fn a_key_is_read_as_it_is_shown() {
        let mut keys: Vec<Key> = ('!'..='~').map(Key::char).collect();
        keys.extend(NAMES.iter().map(|(_, code)| Key::plain(*code)));
        keys.extend((1..=12).map(|n| Key::plain(Code::F(n))));
        keys.extend(NAMES.iter().map(|(_, code)| Key::ctrl(*code)));
        keys.extend(('a'..='z').map(|c| Key { code: Code::Char(c), ctrl: true, alt: true }));
        for key in keys {
            assert_eq!(key.to_string().parse(), Ok(key), "{key}");
        }
    }

    #[test]
    fn spelling_is_forgiving_where_nothing_is_lost() {
        for (text, key) in [
            ("ctrl+e", Key::ctrl(Code::Char('e'))),
            ("CTRL+E", Key::ctrl(Code::Char('e'))),
            ("pgdn", Key::plain(Code::PageDown)),
            ("f4", Key::plain(Code::F(4))),
            ("f", Key::char('f')),
            ("J", Key::char('J')),
            ("？", Key::char('?')),
            ("Ctrl++", Key::ctrl(Code::Char('+'))),
        ] {
            assert_eq!(text.parse(), Ok(key), "{text}");
        }
        for text in ["", " ", "ab", "F0", "F13", "Ctrl+", "Shift+A", "样", "Alt+Ctrl+E", "Page Down"] {
            assert_eq!(text.parse::<Key>(), Err(UnknownKey), "{text:?}");
        }
    }

    #[test]
    fn keys_that_others_take_are_known() {
        for (text, taken) in [
            ("Ctrl+A", Some(Taken::Multiplexer)),
            ("Ctrl+Q", Some(Taken::FlowControl)),
            ("Ctrl+Z", Some(Taken::Suspend)),
            ("Ctrl+C", Some(Taken::Leaving)),
            ("F1", Some(Taken::TerminalMenu)),
            ("F11", Some(Taken::TerminalMenu)),
            ("Ctrl+M", Some(Taken::SameAs(Code::Enter))),
            ("Ctrl+1", Some(Taken::NotSent)),
            ("Ctrl+Enter", Some(Taken::NotSent)),
            ("Alt+[", Some(Taken::NotSent)),
            ("F4", None),
            ("Ctrl+E", None),
            ("Ctrl+Up", None),
            ("Alt+L", None),
            ("a", None),
        ] {
            assert_eq!(text.parse::<Key>().unwrap().taken(), taken, "{text}");
        }
    }
}
