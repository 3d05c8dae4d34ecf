//! Text from outside, made safe: the one type it passes on its way to a screen, a terminal line, a log, CSV or HTML.
//!
//! Control characters, bidi overrides, zero-width and tag characters become visible marks `<U+202E>`: they are
//! never executed and never silently dropped. JSONL carries exact values instead (JSON escapes them).

use std::fmt;
use std::ops::Deref;

/// Text that can do no harm where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Safe(String);

impl Safe {
    pub fn new(raw: &str) -> Self {
        if raw.chars().any(hostile) {
            let mut out = String::with_capacity(raw.len() + 16);
            for c in raw.chars() {
                if hostile(c) {
                    out.push_str(&format!("<U+{:04X}>", u32::from(c)));
                } else {
                    out.push(c);
                }
            }
            Safe(out)
        } else {
            Safe(raw.to_owned())
        }
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Safe {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Makes outside text safe to show.
pub fn safe(raw: &str) -> Safe {
    Safe::new(raw)
}

/// Characters that a terminal, a spreadsheet or a browser may act upon instead of showing.
///
/// C0 and C1 controls (line feed too: a value is one line); soft hyphen; combining grapheme joiner; Arabic letter
/// mark; Hangul, Khmer and Mongolian fillers and separators; zero-width and bidi controls (UAX #9); line and
/// paragraph separators; invisible operators; variation selectors; byte-order mark; interlinear annotation;
/// tag characters; private use and noncharacters.
pub(super) fn hostile(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_become_marks() {
        for (raw, shown) in [
            ("深圳市样例科技有限公司", "深圳市样例科技有限公司"),
            ("a\u{1b}[2Jb", "a<U+001B>[2Jb"),
            ("evil\u{202e}gpj.exe", "evil<U+202E>gpj.exe"),
            ("zero\u{200b}width", "zero<U+200B>width"),
            ("tag\u{e0041}", "tag<U+E0041>"),
            ("two\nlines", "two<U+000A>lines"),
            ("c1\u{9b}31m", "c1<U+009B>31m"),
        ] {
            assert_eq!(&*safe(raw), shown);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_hostile_is_left_and_nothing_is_lost(raw in "\\PC*|.*") {
            let shown = safe(&raw);
            proptest::prop_assert!(!shown.chars().any(hostile));
            proptest::prop_assert!(shown.chars().count() >= raw.chars().count());
        }
    }
}
