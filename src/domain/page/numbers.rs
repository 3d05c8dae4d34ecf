//! Filing numbers in a line of text, however they are written: wide characters, broken spacing, wrong letters. Whether
//! one is right is for the checks, so what merely looks like a number is found, too.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::domain::safe::is_hostile;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownNumber {
    /// Bytes of the line.
    pub place: Range<usize>,
    /// 公安备案号: the police's, not the ministry's.
    pub police: bool,
}

/// A symbol of the text as numbers are compared, and the bytes that it came from.
struct Symbol {
    plain: char,
    place: Range<usize>,
}

/// How a kind of number goes on from the letters that give it away.
struct Kind {
    /// In the normal form of [`symbols`].
    letters: &'static str,
    police: bool,
    /// What may stand before: `I` and its look-alikes of `ICP`.
    before: &'static str,
    /// Also of what stands for digits where nobody filled them in.
    fewest_digits: usize,
    ends_with_hao: bool,
}

const KINDS: [Kind; 4] = [
    Kind { letters: "CP备", police: false, before: "IL1|", fewest_digits: 6, ends_with_hao: true },
    Kind { letters: "CP证", police: false, before: "IL1|", fewest_digits: 6, ends_with_hao: true },
    Kind { letters: "B2-", police: false, before: "", fewest_digits: 6, ends_with_hao: false },
    Kind { letters: "公网安备", police: true, before: "", fewest_digits: 6, ends_with_hao: true },
];

/// The numbers in one line, from left to right.
pub fn shown_numbers(line: &str) -> Vec<ShownNumber> {
    // Cheap for the many lines that have none.
    if !line.chars().any(|c| matches!(c, '备' | '備' | '证' | '證' | '2' | '２')) {
        return Vec::new();
    }
    let symbols = symbols(line);
    let mut found: Vec<ShownNumber> = Vec::new();
    let mut at = 0;
    while at < symbols.len() {
        match KINDS.iter().find_map(|kind| number(&symbols, at, kind)) {
            Some((first, end, police)) => {
                let place = symbols[first].place.start..symbols[end - 1].place.end;
                found.push(ShownNumber { place, police });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// NFKC without what is blank or invisible, ASCII in upper case, dashes as hyphens, simplified where it matters here.
fn symbols(line: &str) -> Vec<Symbol> {
    let mut symbols = Vec::with_capacity(line.len() / 2);
    for (start, written) in line.char_indices() {
        let place = start..start + written.len_utf8();
        for plain in written.nfkc().filter(|c| !c.is_whitespace() && !is_hostile(*c)) {
            let plain = match plain {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                '備' => '备',
                '證' => '证',
                '號' => '号',
                '網' => '网',
                other => other.to_ascii_uppercase(),
            };
            symbols.push(Symbol { plain, place: place.clone() });
        }
    }
    symbols
}

/// A number whose giveaway letters begin at `at`: its first symbol, the one behind its last, whether it is the police's.
fn number(symbols: &[Symbol], at: usize, kind: &Kind) -> Option<(usize, usize, bool)> {
    let plain = |at: usize| symbols.get(at).map(|symbol| symbol.plain);
    let mut end = at;
    for letter in kind.letters.chars() {
        (plain(end) == Some(letter)).then_some(())?;
        end += 1;
    }
    let mut first = at;
    if !kind.before.is_empty() {
        let before = first.checked_sub(1)?;
        kind.before.contains(plain(before)?).then_some(())?;
        first = before;
    }
    if kind.police && plain(end) == Some('第') {
        end += 1;
    }
    end += digits(&symbols[end..], kind.fewest_digits)?;
    if kind.ends_with_hao && plain(end) == Some('号') {
        end += 1;
    }
    end += index(symbols.get(end..).unwrap_or_default());
    // The province's letter, or whatever stands in its place; 合字 before licences for several provinces.
    let is_han = |c: Option<char>| {
        c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !matches!(c, '号' | '证'))
    };
    if let Some(before) = first.checked_sub(1).filter(|before| is_han(plain(*before))) {
        first = before;
        let is_national = plain(before) == Some('字') && before.checked_sub(1).and_then(plain) == Some('合');
        first -= usize::from(is_national);
    }
    Some((first, end, kind.police))
}

/// How many symbols of digits, or of what stands for them, there are; none for too few. Blanks may lie between them only
/// where there are too few without.
fn digits(rest: &[Symbol], fewest: usize) -> Option<usize> {
    let is_digit = |symbol: &&Symbol| symbol.plain.is_ascii_digit();
    let filled_in = |symbol: &&Symbol| is_digit(symbol) || matches!(symbol.plain, 'X' | '*');
    let together = together(rest).iter().take_while(filled_in).count();
    let apart = rest.iter().take_while(is_digit).count();
    [together, apart].into_iter().find(|count| *count >= fewest)
}

/// The symbols before the first blank.
fn together(rest: &[Symbol]) -> &[Symbol] {
    let blank = rest.windows(2).position(|pair| pair[0].place.end < pair[1].place.start);
    &rest[..blank.map_or(rest.len(), |last| last + 1)]
}

/// How many symbols `-12A` takes; none where it is something else. What is behind a blank is the next thing in the line.
fn index(rest: &[Symbol]) -> usize {
    let Some((_, rest)) = rest.split_first().filter(|(first, _)| first.plain == '-') else { return 0 };
    let together = together(rest);
    let digits = together.iter().take_while(|symbol| symbol.plain.is_ascii_digit()).count();
    // A longer one is a telephone number.
    if !(1..=5).contains(&digits) {
        return 0;
    }
    let plain = |at: usize| together.get(at).map(|symbol| symbol.plain);
    let is_letter = matches!(plain(digits), Some('A' | 'X' | 'K'))
        && !plain(digits + 1).is_some_and(|c| c.is_ascii_alphanumeric());
    1 + digits + usize::from(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<(&str, bool)> {
        shown_numbers(line).into_iter().map(|shown| (&line[shown.place], shown.police)).collect()
    }

    #[test]
    fn numbers_as_footers_show_them() {
        for (line, expected) in [
            ("粤ICP备05000001号-12", vec![("粤ICP备05000001号-12", false)]),
            (
                "版权所有 © 2026 样例公司 沪ICP备2024000001号-1A 技术支持",
                vec![("沪ICP备2024000001号-1A", false)],
            ),
            ("备案号：粤ICP备05000001号", vec![("粤ICP备05000001号", false)]),
            ("ICP备案号：粤 ICP 备 05000001 号 － 1", vec![("粤 ICP 备 05000001 号 － 1", false)]),
            ("粤ＩＣＰ备０５０００００１号-1", vec![("粤ＩＣＰ备０５０００００１号-1", false)]),
            ("粤lCP備05000001號", vec![("粤lCP備05000001號", false)]),
            ("粤icp备05000001号—3", vec![("粤icp备05000001号—3", false)]),
            ("粤ICP备05000001", vec![("粤ICP备05000001", false)]),
            ("彬ICP备05000001号", vec![("彬ICP备05000001号", false)]),
            ("粤ICP备XXXXXXXX号", vec![("粤ICP备XXXXXXXX号", false)]),
            ("ICP备05000001号", vec![("ICP备05000001号", false)]),
            ("京ICP证030173号", vec![("京ICP证030173号", false)]),
            ("增值电信业务经营许可证：粤B2-20090059-1626X", vec![("粤B2-20090059-1626X", false)]),
            ("合字B2-20090059", vec![("合字B2-20090059", false)]),
            ("粤公网安备 44030502000001号", vec![("粤公网安备 44030502000001号", true)]),
            ("京公网安备第11010502030143号", vec![("京公网安备第11010502030143号", true)]),
            (
                "粤ICP备05000001号-1|粤公网安备44030502000001号|京ICP证030173号",
                vec![
                    ("粤ICP备05000001号-1", false),
                    ("粤公网安备44030502000001号", true),
                    ("京ICP证030173号", false),
                ],
            ),
            ("增值电信业务经营许可证B2-20090059", vec![("B2-20090059", false)]),
            ("粤ICP备05000001号-2026 样例", vec![("粤ICP备05000001号-2026", false)]),
            ("粤ICP备05000001号 0755-12345678", vec![("粤ICP备05000001号", false)]),
            ("粤ICP备05000001号-1 0755-12345678", vec![("粤ICP备05000001号-1", false)]),
            ("粤ICP备05000001 2026 样例", vec![("粤ICP备05000001", false)]),
            ("粤ICP备 0 5 0 0 0 0 0 1 号", vec![("粤ICP备 0 5 0 0 0 0 0 1 号", false)]),
            ("粤ICP备05000001号-1A版", vec![("粤ICP备05000001号-1A", false)]),
            ("粤ICP\u{200b}备05000001号-1", vec![("粤ICP\u{200b}备05000001号-1", false)]),
        ] {
            assert_eq!(found(line), expected, "{line}");
        }
    }

    #[test]
    fn what_only_speaks_of_numbers_is_none() {
        for line in [
            "",
            "ICP备案查询",
            "如何办理ICP备案号",
            "ICP备2024年新规",
            "维生素B2-片 100片装",
            "B2-101室",
            "公网安备案流程说明",
            "2026年11月备忘录",
            "电话 0755-12345678",
        ] {
            assert_eq!(found(line), [], "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_too_odd(line in ".*|[粤IiCcPp备证号B2Xx0-9－ 　-]*") {
            for shown in shown_numbers(&line) {
                proptest::prop_assert!(line.get(shown.place).is_some());
            }
        }

        #[test]
        fn every_well_formed_number_is_found_whole(
            before in "[a-z：:| ]{0,5}",
            number in "[京粤蜀新](ICP备([0-9]{8}|202[0-9]{7})号|B2-20[0-9]{6}|ICP证[0-9]{6}号)(-[1-9][0-9]{0,4}[AXK]?)?",
            behind in "( [a-z]{1,4})?"
        ) {
            let line = format!("{before}{number}{behind}");
            proptest::prop_assert_eq!(found(&line), vec![(number.as_str(), false)]);
        }
    }
}
