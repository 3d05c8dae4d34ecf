//! Which characters tell two values apart.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of a value: common to both, or in this one only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub differs: bool,
    pub text: String,
}

/// Longer values are compared by their beginnings and ends only: the table of the comparison grows with the square.
const LONGEST: usize = 400;

/// Two values in pieces; none when they have less than half of the shorter one in common, so that marks would cover
/// nearly everything and say nothing.
///
/// Characters are equal when they are after NFKC (width and shape do not count); white space never differs.
pub fn pieces(a: &str, b: &str) -> Option<(Vec<Piece>, Vec<Piece>)> {
    let (left, right) = (graphemes(a), graphemes(b));
    let (in_left, in_right) = common(&left, &right);
    let visible = |side: &[Grapheme<'_>]| side.iter().filter(|grapheme| !grapheme.blank()).count();
    let shared = left.iter().zip(&in_left).filter(|(grapheme, common)| **common && !grapheme.blank()).count();
    let alike = shared * 2 >= visible(&left).min(visible(&right)) && shared > 0;
    alike.then(|| (joined(&left, &in_left), joined(&right, &in_right)))
}

struct Grapheme<'a> {
    text: &'a str,
    comparable: String,
}

impl Grapheme<'_> {
    fn blank(&self) -> bool {
        self.comparable.trim().is_empty()
    }
}

fn graphemes(text: &str) -> Vec<Grapheme<'_>> {
    text.graphemes(true).map(|text| Grapheme { text, comparable: text.nfkc().collect() }).collect()
}

/// For each side, which graphemes belong to a longest common subsequence.
fn common(left: &[Grapheme<'_>], right: &[Grapheme<'_>]) -> (Vec<bool>, Vec<bool>) {
    let equal = |i: usize, j: usize| left[i].comparable == right[j].comparable;
    let shorter = left.len().min(right.len());
    let head = (0..shorter).take_while(|at| equal(*at, *at)).count();
    let tail = (1..=shorter - head).take_while(|back| equal(left.len() - back, right.len() - back)).count();
    let mut in_left: Vec<bool> = ends(left.len(), head, tail);
    let mut in_right: Vec<bool> = ends(right.len(), head, tail);
    let (rows, columns) = (left.len() - head - tail, right.len() - head - tail);
    if rows > LONGEST || columns > LONGEST {
        return (in_left, in_right);
    }
    // longest[i][j]: how much the rests from i and from j have in common.
    let width = columns + 1;
    let mut longest = vec![0_u16; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            longest[i * width + j] = if equal(head + i, head + j) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        if equal(head + i, head + j) {
            in_left[head + i] = true;
            in_right[head + j] = true;
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (in_left, in_right)
}

fn ends(length: usize, head: usize, tail: usize) -> Vec<bool> {
    (0..length).map(|at| at < head || at >= length - tail).collect()
}

fn joined(graphemes: &[Grapheme<'_>], common: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (grapheme, common) in graphemes.iter().zip(common) {
        match pieces.last_mut() {
            Some(piece) if grapheme.blank() || piece.differs != *common => piece.text.push_str(grapheme.text),
            _ => {
                pieces.push(Piece { differs: !common && !grapheme.blank(), text: grapheme.text.to_owned() });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        let mark = |piece: &Piece| {
            if piece.differs { format!("[{}]", piece.text) } else { piece.text.clone() }
        };
        pieces.iter().map(mark).collect()
    }

    #[test]
    fn the_characters_that_differ_are_marked_on_their_side() {
        for (a, b, marked_a, marked_b) in [
            ("样例科技", "样例科技", "样例科技", "样例科技"),
            ("样例数码科技", "样例科技", "样例[数码]科技", "样例科技"),
            ("yangli.example", "yang1i.example", "yang[l]i.example", "yang[1]i.example"),
            ("wenhau.example", "wenhua.example", "wenh[a]u.example", "wenhu[a].example"),
            ("样例（深圳）公司", "样例(深圳)公司", "样例（深圳）公司", "样例(深圳)公司"),
            ("样例 科技", "样例技术", "样例 [科]技", "样例技[术]"),
            ("13900000001", "13900000010", "139000000[0]1", "1390000001[0]"),
        ] {
            let (left, right) = pieces(a, b).unwrap();
            assert_eq!((marked(&left).as_str(), marked(&right).as_str()), (marked_a, marked_b));
        }
    }

    #[test]
    fn values_with_little_in_common_are_not_marked() {
        for (a, b) in [("样例科技", "别的名字"), ("", "样例"), ("", ""), ("a样", "bcd")] {
            assert_eq!(pieces(a, b), None, "{a} / {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_the_value_and_what_is_common_is_the_same(a in "[样例科技ab ]{0,12}", b in "[样例科技ab ]{0,12}") {
            if let Some((left, right)) = pieces(&a, &b) {
                let whole = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
                proptest::prop_assert_eq!(whole(&left), a);
                proptest::prop_assert_eq!(whole(&right), b);
                let same = |pieces: &[Piece]| {
                    let common = pieces.iter().filter(|piece| !piece.differs).map(|piece| piece.text.as_str());
                    common.collect::<String>().replace(' ', "")
                };
                proptest::prop_assert_eq!(same(&left), same(&right));
            }
        }
    }
}
