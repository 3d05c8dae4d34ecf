//! Text by display width: cutting, padding and wrapping never split a wide character.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// At most `columns` columns; what does not fit ends in `..`.
pub fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let keep = columns.saturating_sub(2);
    let mut out = take(text, keep).to_owned();
    while out.width() < columns {
        out.push('.');
    }
    out
}

/// At most `columns` columns, keeping the end: the end is what tells two keys apart.
pub fn cut_front(text: &str, columns: usize) -> String {
    let surplus = text.width().saturating_sub(columns);
    if surplus == 0 { text.to_owned() } else { format!("..{}", skip(text, surplus + 2)) }
}

/// Exactly `columns` columns.
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = cut(text, columns);
    let missing = columns.saturating_sub(out.width());
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// The longest beginning that takes at most `columns` columns.
pub fn take(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// What remains after skipping the graphemes that end within the first `columns` columns.
pub fn skip(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if used >= columns {
            return &text[at..];
        }
        used += grapheme.width();
    }
    ""
}

/// Lines of at most `columns` columns; breaks after spaces where the line has one, else anywhere (Chinese).
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut line = take(rest, columns);
        if line.is_empty() {
            // A single grapheme wider than the line: take it whole rather than loop for ever.
            line = rest.graphemes(true).next().unwrap_or(rest);
        }
        if line.len() < rest.len()
            && let Some(space) = line.rfind(' ').filter(|at| *at > line.len() / 2)
        {
            line = &line[..=space];
        }
        lines.push(line.trim_end().to_owned());
        rest = rest[line.len()..].trim_start_matches(' ');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_never_split() {
        assert_eq!(cut("深圳市样例科技", 7), "深圳...");
        assert_eq!(cut("深圳市样例科技", 14), "深圳市样例科技");
        assert_eq!(cut_front("G-0003736", 8), "..003736");
        assert_eq!(cut_front("样例-样例", 8), "..-样例");
        assert_eq!(pad("样例", 6), "样例  ");
        assert_eq!(take("样例", 3), "样");
        assert_eq!(skip("样例a", 2), "例a");
        assert_eq!(wrap("样例样例样", 4), ["样例", "样例", "样"]);
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
    }

    proptest::proptest! {
        #[test]
        fn cutting_keeps_the_width_and_wrapping_loses_no_words(text in "[a-z样例 ，]{0,60}", columns in 2usize..40) {
            proptest::prop_assert!(cut(&text, columns).width() <= columns);
            proptest::prop_assert_eq!(pad(&text, columns).width(), columns);
            let lines = wrap(&text, columns);
            proptest::prop_assert!(lines.iter().all(|line| line.width() <= columns));
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            proptest::prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
