//! What somebody typed, and whether a filing has it.

use std::ops::Range;

use super::initials::stands_for;
use super::text::{Field, Found, fields, normalise};
use crate::domain::relations;

/// Longer texts are cut: no field is longer, and every character costs.
const LONGEST: usize = 64;

/// A telephone number is found by its last digits, at least this many: what a call-back list shows.
pub(super) const PHONE_TAIL: usize = 4;

/// A typed text that can be searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    typed: String,
    /// The characters looked for, in the form of [`super::SearchText`].
    wanted: Vec<char>,
    text: String,
    /// The digits, when the whole text may be (the end of) a telephone number.
    phone: Option<String>,
}

impl Query {
    /// None when nothing that can be searched for was typed.
    pub fn new(typed: &str) -> Option<Query> {
        let wanted: Vec<char> = normalise(typed).chars().take(LONGEST).collect();
        if wanted.is_empty() {
            return None;
        }
        let text: String = wanted.iter().collect();
        let phone = text.chars().all(|c| c.is_ascii_digit() || "+-()".contains(c));
        let phone = phone.then(|| relations::mobile(&text)).filter(|digits| digits.len() >= PHONE_TAIL);
        Some(Query { typed: typed.trim().to_owned(), wanted, text, phone })
    }

    /// As it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn wanted(&self) -> &[char] {
        &self.wanted
    }

    pub(super) fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// Where a filing's [`super::SearchText`] has it: as a part of a value, a letter standing for itself or for the
    /// first letter of a character's pinyin; a telephone number only by its end.
    pub fn find(&self, text: &str) -> Option<Found> {
        let found = fields(text).find(|(field, value)| match field {
            Field::Phone => self.phone().is_some_and(|digits| value.ends_with(digits)),
            _ => self.is_in(value),
        });
        found.map(|(field, value)| Found::new(field, value))
    }

    fn is_in(&self, value: &str) -> bool {
        if value.contains(&self.text) {
            return true;
        }
        let spoken = !value.is_ascii() && self.wanted.iter().any(char::is_ascii_lowercase);
        spoken && value.char_indices().any(|(at, _)| self.begins(value[at..].chars()))
    }

    fn begins(&self, mut value: impl Iterator<Item = char>) -> bool {
        self.wanted.iter().all(|wanted| value.next().is_some_and(|c| stands_for(*wanted, c)))
    }

    /// The part of a shown text that is what was typed, in bytes.
    pub fn span(&self, shown: &str) -> Option<Range<usize>> {
        let mut folded: Vec<(char, Range<usize>)> = Vec::new();
        for (at, c) in shown.char_indices() {
            let bytes = at..at + c.len_utf8();
            folded.extend(normalise(c.encode_utf8(&mut [0; 4])).chars().map(|c| (c, bytes.clone())));
        }
        let start = (0..folded.len()).find(|at| self.begins(folded[*at..].iter().map(|(c, _)| *c)))?;
        let end = start + self.wanted.len() - 1;
        Some(folded[start].1.start..folded[end].1.end)
    }
}
