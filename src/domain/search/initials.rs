//! The first letters under which a character is found: its own, or those of its pinyin readings.

use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

/// A set of letters `a` to `z`, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Letters(u32);

/// Han characters in their main blocks (extension A and the unified ideographs); names rarely leave them.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

impl Letters {
    /// Every reading counts: 重 is found by `c` and by `z`.
    pub fn of(c: char) -> Letters {
        static TABLE: OnceLock<Vec<Letters>> = OnceLock::new();
        if c.is_ascii() {
            return Letters::default();
        }
        let table = TABLE.get_or_init(|| {
            (FIRST..=LAST).map(|code| char::from_u32(code).map_or(Letters(0), Letters::read)).collect()
        });
        u32::from(c)
            .checked_sub(FIRST)
            .and_then(|at| table.get(at as usize).copied())
            .unwrap_or_else(|| Letters::read(c))
    }

    fn read(c: char) -> Letters {
        let readings = c.to_pinyin_multi().into_iter().flatten();
        let letters = readings.filter_map(|reading| reading.plain().bytes().next());
        Letters(letters.filter(u8::is_ascii_lowercase).fold(0, |set, letter| set | 1 << (letter - b'a')))
    }

    pub const fn contains(self, c: char) -> bool {
        c.is_ascii_lowercase() && self.0 & (1 << (c as u8 - b'a')) != 0
    }

    pub fn iter(self) -> impl Iterator<Item = char> {
        ('a'..='z').filter(move |c| self.contains(*c))
    }
}

/// A letter stands for itself and for what is read with it.
pub(super) fn stands_for(wanted: char, c: char) -> bool {
    wanted == c || Letters::of(c).contains(wanted)
}

/// Where in a text the wanted letters stand as initials (不通过 by `btg`), counted in its letters and characters; none if
/// nowhere. A Latin letter or a digit stands for itself, what has no initial is passed over.
pub fn position(text: &str, wanted: &str) -> Option<usize> {
    let wanted = wanted.to_ascii_lowercase();
    let count = wanted.chars().count();
    if count == 0 {
        return None;
    }
    let has_initial = |c: &char| c.is_ascii_alphanumeric() || Letters::of(*c) != Letters::default();
    let letters: Vec<char> = text.chars().filter(has_initial).map(|c| c.to_ascii_lowercase()).collect();
    letters
        .windows(count)
        .position(|at| at.iter().zip(wanted.chars()).all(|(c, wanted)| stands_for(wanted, *c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_find_words_by_every_reading() {
        for (text, wanted, found) in [
            ("不通过", "btg", Some(0)),
            ("不通过", "TG", Some(1)),
            ("重庆", "cq", Some(0)),
            ("重庆", "zq", Some(0)),
            ("离开(两次)", "lklc", Some(0)),
            ("显示号码10秒", "hm10", Some(2)),
            ("通过", "b", None),
            ("通过", "tgg", None),
            ("通过", "", None),
            ("", "a", None),
        ] {
            assert_eq!(position(text, wanted), found, "{text} {wanted}");
        }
    }
}
