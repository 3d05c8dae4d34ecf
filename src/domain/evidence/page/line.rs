//! A page's line made comparable: NFKC, invisible characters out, traditional characters simplified where the lists use
//! them, and white space as designers use it.
//!
//! White space separates, as between the items of a menu (「新品 闻名」 is no 新闻); but characters that each stand alone
//! are a heading set with spaces (「新 闻 中 心」) and are read together.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::simplified::simplified;

/// The line as words are looked for in it; a run of white space is one space.
pub fn folded(line: &str) -> Cow<'_, str> {
    if line.chars().all(|c| c.is_ascii_graphic() || is_han(c) && simplified(c) == c) {
        return Cow::Borrowed(line);
    }
    let mut folding = Folding::default();
    for c in line.chars() {
        folding.push(c);
    }
    folding.close();
    Cow::Owned(folding.text)
}

/// What of the line stands in bytes `start..start + length` of the folded line.
pub(super) fn written(line: &str, start: usize, length: usize) -> &str {
    // A space may be taken back later, so each character's place is known only at the end: the characters that count
    // are the same on both sides, and spaces are skipped on both.
    let text = folded(line);
    let count = |part: &str| part.chars().filter(|c| *c != ' ').count();
    let (before, inside) =
        (text.get(..start).map_or(0, count), text.get(start..start + length).map_or(0, count));
    let mut seen = 0;
    let mut range: Option<Range<usize>> = None;
    for (at, c) in line.char_indices() {
        let mut piece = Folding::default();
        piece.push(c);
        let size = count(&piece.text);
        if size > 0 && seen + size > before && seen < before + inside {
            let end = at + c.len_utf8();
            range = Some(range.map_or(at, |range| range.start)..end);
        }
        seen += size;
    }
    range.and_then(|range| line.get(range)).unwrap_or_default()
}

/// CJK Unified Ideographs, the block of all common characters.
const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Zero width and without meaning in a word; hostile pages put them into one.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[derive(Default)]
struct Folding {
    text: String,
    /// Where the word at the end begins, and of how many characters it is so far; only `begin` when it has ended.
    begin: usize,
    length: usize,
    /// Whether the word before it is one Han character.
    after_single: bool,
}

impl Folding {
    fn push(&mut self, c: char) {
        if is_invisible(c) {
            return;
        }
        if is_han(c) {
            self.add(simplified(c));
        } else if c.is_ascii_graphic() {
            self.add(c);
        } else if c.is_whitespace() {
            self.space();
        } else {
            for c in std::iter::once(c).nfkc() {
                if c.is_whitespace() { self.space() } else { self.add(simplified(c)) }
            }
        }
    }

    fn add(&mut self, c: char) {
        self.text.push(c);
        self.length += 1;
    }

    fn space(&mut self) {
        if self.length > 0 {
            self.end_word();
            self.text.push(' ');
            self.begin = self.text.len();
        }
    }

    /// Takes the space back between two single characters.
    fn end_word(&mut self) {
        let single = self.length == 1 && self.text[self.begin..].chars().all(is_han);
        if single && self.after_single {
            self.text.remove(self.begin - 1);
        }
        self.after_single = single;
        self.length = 0;
    }

    fn close(&mut self) {
        if self.length > 0 {
            self.end_word();
        }
        if self.text.ends_with(' ') {
            self.text.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_spelling() {
        for (line, expected) in [
            ("样例新闻", "样例新闻"),
            ("新 闻 中 心", "新闻中心"),
            ("　新　闻　中　心　", "新闻中心"),
            ("首页 新品 闻名", "首页 新品 闻名"),
            ("关于 新 闻 动态", "关于 新闻 动态"),
            ("新\u{200b}闻", "新闻"),
            ("Ｐ２Ｐ　网贷，（样例）", "P2P 网贷,(样例)"),
            ("新聞、視頻", "新闻、视频"),
            ("a b c", "a b c"),
            ("", ""),
            ("  ", ""),
        ] {
            assert_eq!(folded(line), expected, "{line}");
        }
    }

    #[test]
    fn a_place_in_the_folded_line_is_a_place_in_the_line() {
        for (line, word, expected) in [
            ("本站新闻", "新闻", "新闻"),
            ("样例： 新 聞 中心", "新闻", "新 聞"),
            ("本站 ｖｉｐ　会员", "vip", "ｖｉｐ"),
            ("看\u{200b}视\u{200b}频", "视频", "视\u{200b}频"),
            ("㈱样例 视频", "视频", "视频"),
        ] {
            let text = folded(line);
            let start = text.find(word).unwrap();
            assert_eq!(written(line, start, word.len()), expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folded_twice_is_folded_once(line in "[a样例新聞　 \u{200b}，Ａ㈱]{0,16}") {
            let once = folded(&line).into_owned();
            proptest::prop_assert_eq!(folded(&once), once.as_str());
        }

        #[test]
        fn no_line_is_too_odd(line in "\\PC{0,24}", start in 0_usize..24, length in 0_usize..24) {
            folded(&line);
            written(&line, start, length);
        }
    }
}
