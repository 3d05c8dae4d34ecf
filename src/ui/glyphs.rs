//! Characters for every terminal: borders in two sets, and text without what some terminals draw two cells wide.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// The characters of the chrome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    pub horizontal: char,
    pub vertical: char,
    pub cross: char,
    pub down: char,
    pub up: char,
    pub corners: [char; 4],
}

impl Glyphs {
    /// Box drawing (East-Asian ambiguous).
    pub const LINES: Glyphs = Glyphs {
        horizontal: '─',
        vertical: '│',
        cross: '┼',
        down: '┬',
        up: '┴',
        corners: ['┌', '┐', '└', '┘'],
    };

    pub const ASCII: Glyphs = Glyphs {
        horizontal: '-',
        vertical: '|',
        cross: '+',
        down: '+',
        up: '+',
        corners: ['+', '+', '+', '+'],
    };
}

/// Text in which every character is as wide on every terminal: East-Asian ambiguous ones (UAX #11) become their
/// closest like, and where there is none, their number.
pub fn unambiguous(text: &str) -> Cow<'_, str> {
    let ambiguous = |c: char| c.width() != c.width_cjk();
    if !text.contains(ambiguous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if !ambiguous(c) => out.push(c),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '…' => out.push_str(".."),
            '—' | '–' | '―' => out.push('-'),
            '×' => out.push('x'),
            // The point in names of several parts; the katakana one is always two cells wide.
            '·' | '•' | '‧' => out.push('・'),
            other => out.push_str(&format!("<U+{:04X}>", u32::from(other))),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambiguous_characters_become_their_like_and_others_stay() {
        for (text, expected) in [
            ("样例科技 abc", "样例科技 abc"),
            ("\u{201c}阿里木·样例\u{201d}…", "\"阿里木・样例\".."),
            ("640×480 — §1", "640x480 - <U+00A7>1"),
        ] {
            assert_eq!(unambiguous(text), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_drawn_is_as_wide_on_every_terminal(text in "\\PC{0,40}") {
            let drawn = unambiguous(&text);
            proptest::prop_assert!(drawn.chars().all(|c| c.width() == c.width_cjk()), "{drawn}");
        }
    }
}
