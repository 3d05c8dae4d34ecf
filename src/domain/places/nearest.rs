//! Where in a text something stands that is nearly a value: the least edits over all stretches of the text.
//!
//! P. H. Sellers, "The Theory and Computation of Evolutionary Distances: Pattern Recognition", J. Algorithms 1 (1980).

use std::ops::Range;

/// The stretch of a text that is nearest to a value, and by how many edits (a character left out, put in or replaced).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nearest {
    pub edits: usize,
    pub at: Range<usize>,
}

/// How many edits a value of so many characters may be away and still be taken for itself; none where it is too short
/// to be looked for.
pub(super) const fn tolerated(length: usize) -> Option<usize> {
    match length {
        0 | 1 => None,
        2 => Some(0),
        3..=4 => Some(1),
        _ => Some(length / 4),
    }
}

/// The nearest stretch; of several the one of the most fitting length, of those the first. None for an empty value.
pub(super) fn nearest(value: &[char], text: &[char]) -> Option<Nearest> {
    if value.is_empty() || text.is_empty() {
        return None;
    }
    // Column by column of the text: (edits, start) for each head of the value.
    let mut column: Vec<(usize, usize)> = (0..=value.len()).map(|edits| (edits, 0)).collect();
    let mut best: Option<Nearest> = None;
    for (end, character) in (1..).zip(text) {
        // A stretch may begin anywhere.
        let mut diagonal = std::mem::replace(&mut column[0], (0, end));
        for (row, wanted) in (1..).zip(value) {
            let (left, above) = (column[row], column[row - 1]);
            let replaced = (diagonal.0 + usize::from(wanted != character), diagonal.1);
            let others = [(left.0 + 1, left.1), (above.0 + 1, above.1)];
            column[row] =
                others.into_iter().fold(replaced, |best, other| if other.0 < best.0 { other } else { best });
            diagonal = left;
        }
        let (edits, start) = column[value.len()];
        let found = Nearest { edits, at: start..end };
        let off = |found: &Nearest| (found.edits, found.at.len().abs_diff(value.len()));
        if best.as_ref().is_none_or(|best| off(&found) < off(best)) {
            best = Some(found);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(value: &str, text: &str) -> (usize, String) {
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        let text = characters(text);
        let nearest = nearest(&characters(value), &text).unwrap();
        (nearest.edits, text[nearest.at].iter().collect())
    }

    #[test]
    fn a_value_is_found_with_what_was_misread_in_it() {
        for (value, text, edits, stretch) in [
            ("陈样例", "姓名陈样例性别男", 0, "陈样例"),
            ("陈样例", "姓名阵样例性别男", 1, "阵样例"),
            ("陈样例", "姓名陈样侧性别男", 1, "陈样侧"),
            ("440099198704120132", "4400991987041201329", 0, "440099198704120132"),
            ("440099198704120132", "号码44009919870412O132", 1, "44009919870412O132"),
            ("440099198704120132", "号码4400991987412013", 2, "4400991987412013"),
            ("ab", "ab ab", 0, "ab"),
        ] {
            assert_eq!(found(value, text), (edits, stretch.to_owned()), "{value} in {text}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_there_is_found_and_nothing_is_farther_than_its_length(
            value in "[样例科技ab]{1,8}", before in "[样例cd]{0,6}", after in "[科技cd]{0,6}",
        ) {
            prop_assert_eq!(found(&value, &format!("{before}{value}{after}")).0, 0);
            let (edits, _) = found(&value, &format!("{before}{after}x"));
            prop_assert!(edits <= value.chars().count());
        }
    }
}
