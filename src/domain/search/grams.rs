//! Grams: short pieces of the searched text, by which an index finds candidates.
//!
//! Of Han text every pair of neighbours; of ASCII and of pinyin initials every run of up to three. Han pairs are rare
//! enough to be read one by one, and letters and digits are not: there are only a few hundred pairs of them. What a
//! query wants is implied by a match and never the other way round: candidates are asked again with [`Query::find`].

use super::initials::Letters;
use super::query::{PHONE_TAIL, Query};
use super::text::{Field, fields};

/// Letters and digits in a gram.
const RUN: usize = 3;
/// Grams of a query; more only cost, the candidates are few by then.
const ENOUGH: usize = 12;
/// Begins the grams that are no part of a name. In a name it would lead to a candidate more, nothing else.
const PHONE: char = '\u{e000}';
const CLASS: char = '\u{e001}';

/// A gram that a match must have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    Whole(String),
    /// Some gram that begins so.
    Prefix(String),
}

/// Calls `take` with every gram of a [`super::SearchText`]; some come more than once.
pub fn grams(text: &str, mut take: impl FnMut(&str)) {
    let (mut gram, mut letters) = (String::with_capacity(16), String::with_capacity(16));
    for (field, value) in fields(text) {
        if field == Field::Phone {
            if let Some(tail) = tail(value) {
                gram.clear();
                gram.push(PHONE);
                gram.push_str(tail);
                take(&gram);
            }
            continue;
        }
        let chars: Vec<(char, Letters)> = value.chars().map(|c| (c, Letters::of(c))).collect();
        for at in 0..chars.len() {
            written(&chars[at..], &mut gram, &mut take);
            // Letters and digits alone are said as they are written, and they are most of a filing.
            if chars[at..].iter().take(RUN).all(|(c, _)| c.is_ascii()) {
                continue;
            }
            letters.clear();
            spoken(&chars[at..], 0, &mut letters, &mut take);
        }
    }
}

/// The gram of the characters as they are written.
fn written(chars: &[(char, Letters)], gram: &mut String, take: &mut impl FnMut(&str)) {
    gram.clear();
    if chars[0].0.is_ascii() {
        gram.extend(chars.iter().map(|(c, _)| *c).take(RUN).take_while(char::is_ascii));
        take(gram);
    } else {
        gram.extend(chars.iter().map(|(c, _)| *c).take(2));
        take(gram);
    }
}

/// The grams of the letters that may be typed for the characters, unless they are the characters.
fn spoken(chars: &[(char, Letters)], typed: usize, gram: &mut String, take: &mut impl FnMut(&str)) {
    let (c, letters) = match chars.get(typed) {
        Some(next) if typed < RUN && (next.0.is_ascii() || next.1 != Letters::default()) => *next,
        _ => {
            if chars[..typed].iter().any(|(c, _)| !c.is_ascii()) {
                take(gram);
            }
            return;
        }
    };
    let own = c.is_ascii().then_some(c);
    for letter in letters.iter().chain(own) {
        gram.push(letter);
        spoken(chars, typed + 1, gram, take);
        gram.pop();
    }
}

/// The gram of a value of a closed list, `kind` telling the lists apart.
pub fn class_gram(kind: char, value: &str) -> String {
    let plain = value.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' });
    [CLASS, kind].into_iter().chain(plain).collect()
}

/// The last digits of a telephone number.
fn tail(phone: &str) -> Option<&str> {
    phone.len().checked_sub(PHONE_TAIL).and_then(|at| phone.get(at..))
}

impl Query {
    /// What the grams of a matching text have, all of it.
    pub fn wanted_grams(&self) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        let runs = self.wanted().chunk_by(|a, b| a.is_ascii() == b.is_ascii());
        for run in runs {
            let whole = if run[0].is_ascii() { RUN } else { 2 };
            if run.len() < whole {
                wanted.push(Wanted::Prefix(run.iter().collect()));
            } else {
                wanted.extend(run.windows(whole).map(|gram| Wanted::Whole(gram.iter().collect())));
            }
        }
        wanted.sort();
        wanted.dedup();
        wanted.truncate(ENOUGH);
        wanted
    }

    /// The gram of a text that has the query as a telephone number, if it can be one.
    pub fn phone_gram(&self) -> Option<String> {
        let tail = tail(self.phone()?)?;
        Some([PHONE].into_iter().chain(tail.chars()).collect())
    }
}
