//! Text in pieces of different roles: two values with what tells them apart in brackets, and wrapping such text.

use unicode_segmentation::UnicodeSegmentation;

use super::theme::Role;
use super::width;
use crate::domain::difference;

/// A piece of text and what it means.
pub type Piece = (String, Role);

/// Two safe values; where they are alike enough, the characters that differ stand in brackets.
pub fn compared(a: &str, b: &str) -> [Vec<Piece>; 2] {
    match difference::pieces(a, b) {
        Some((a, b)) => [a, b].map(|side| side.into_iter().map(bracketed).collect()),
        None => [a, b].map(|whole| vec![(whole.to_owned(), Role::Text)]),
    }
}

fn bracketed(piece: difference::Piece) -> Piece {
    if piece.differs { (format!("[{}]", piece.text), Role::Fail) } else { (piece.text, Role::Text) }
}

/// Lines of at most `columns` columns, at least one. Breaks anywhere: values are names, numbers and addresses.
pub fn wrap(pieces: &[Piece], columns: usize) -> Vec<Vec<Piece>> {
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    for (text, role) in pieces {
        let mut run = String::new();
        for grapheme in text.graphemes(true) {
            let wide = width::width(grapheme);
            if used + wide > columns && used > 0 {
                push(&mut lines, &mut run, *role);
                lines.push(Vec::new());
                used = 0;
            }
            used += wide;
            run.push_str(grapheme);
        }
        push(&mut lines, &mut run, *role);
    }
    lines
}

fn push(lines: &mut [Vec<Piece>], run: &mut String, role: Role) {
    if let Some(line) = lines.last_mut().filter(|_| !run.is_empty()) {
        line.push((std::mem::take(run), role));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &[Piece]) -> String {
        line.iter().map(|(text, _)| text.as_str()).collect()
    }

    #[test]
    fn what_differs_stands_in_brackets() {
        let [paper, filed] = compared("样例数码科技", "样例科技");
        assert_eq!((text(&paper).as_str(), text(&filed).as_str()), ("样例[数码]科技", "样例科技"));
        let [paper, filed] = compared("甲", "乙");
        assert_eq!((text(&paper).as_str(), text(&filed).as_str()), ("甲", "乙"));
    }

    #[test]
    fn a_line_ends_between_characters() {
        let lines = wrap(&[("样例".into(), Role::Text), ("[数码]".into(), Role::Fail)], 5);
        assert_eq!(lines.iter().map(|line| text(line)).collect::<Vec<_>>(), ["样例[", "数码]"]);
        assert_eq!(wrap(&[], 5).len(), 1);
        assert_eq!(wrap(&[("样".into(), Role::Text)], 1).len(), 1, "wider than the column, and not for ever");
    }
}
