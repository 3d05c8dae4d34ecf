//! What the word lists find in a page's text: made once for a text and a version of the lists, and kept.

use serde::{Deserialize, Serialize};

use crate::domain::lexicon::{Lexicon, List, plain};

/// A word of a list in a page's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordHit {
    /// The list's id, as in `assets/lexicons`.
    pub list: String,
    pub group: String,
    /// As the list writes it.
    pub word: String,
    /// The first line of the text that has it, from 1.
    pub line: u32,
    /// How many lines have it.
    pub lines: u32,
    /// The last line that has it, from 1.
    pub last: u32,
}

/// The lists that pages are read with.
const LISTS: [List; 1] = [List::PreApproval];

/// One text, read by one version of all lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageReading {
    pub text_sha256: String,
    /// The versions of all lists as one name.
    pub lists: String,
    /// In the order of the lists, then of the text.
    pub hits: Vec<WordHit>,
}

impl PageReading {
    /// Reads a page's text, one block a line, with the lists that come with the program.
    pub fn of(text_sha256: &str, text: &str) -> PageReading {
        let lines: Vec<_> = text.lines().map(plain).collect();
        let mut hits: Vec<WordHit> = Vec::new();
        for lexicon in LISTS.map(Lexicon::shipped) {
            let first_of_list = hits.len();
            for (line, text) in (1..).zip(&lines) {
                for hit in lexicon.hits(text) {
                    let known = hits[first_of_list..]
                        .iter_mut()
                        .find(|known| known.word == hit.word && known.group == hit.group.name);
                    match known {
                        Some(known) if known.last == line => {}
                        Some(known) => (known.lines, known.last) = (known.lines + 1, line),
                        None => hits.push(WordHit {
                            list: lexicon.id().to_owned(),
                            group: hit.group.name.clone(),
                            word: hit.word.to_owned(),
                            line,
                            lines: 1,
                            last: line,
                        }),
                    }
                }
            }
        }
        PageReading { text_sha256: text_sha256.to_owned(), lists: Self::lists(), hits }
    }

    /// The versions of all lists as one name.
    pub fn lists() -> String {
        let names = LISTS.map(|list| {
            let lexicon = Lexicon::shipped(list);
            format!("{}@{}", lexicon.id(), lexicon.version())
        });
        names.join(" ")
    }
}
