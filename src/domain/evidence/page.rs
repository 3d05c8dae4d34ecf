//! What a page's text says: words of the lists, organisations, unified codes. Made once for a text and a version of the
//! lists and of these rules, and kept; whether any of it matters is for the checks.
//!
//! A word stands within one block (one line of the text): what is put together from the end of one and the beginning of
//! the next is none. A word that its clause denies (「不提供视频」) is none either. [`line`] says how a line is compared.

mod line;
mod organisation;
mod simplified;

use serde::{Deserialize, Serialize};

pub use line::folded;
pub use organisation::{ShownCode, ShownOrganisation};

use crate::domain::lexicon::{Lexicon, List, is_denied};

/// A word of a list in a page's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordHit {
    /// The list's id, as in `assets/lexicons`.
    pub list: String,
    pub group: String,
    /// As the list writes it.
    pub word: String,
    /// As that line writes it, where it is another spelling: full width, traditional, with spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// The first line of the text that has it, from 1.
    pub line: u32,
    /// How many lines have it.
    pub lines: u32,
    /// The last line that has it, from 1.
    pub last: u32,
}

impl WordHit {
    /// As the page writes it in the first line that has it.
    pub fn as_written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.word)
    }
}

/// The lists that pages are read with.
const LISTS: [List; 4] = [List::PagePreApproval, List::IndividualContent, List::Commercial, List::PageStates];

/// Raised when the rules of reading change.
const RULES: &str = "reading@2";

/// One text, read by one version of all lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageReading {
    pub text_sha256: String,
    /// The versions of the rules of reading and of all lists as one name.
    pub lists: String,
    /// In the order of the lists, then of the text.
    pub hits: Vec<WordHit>,
    /// Companies and the like, each once, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<ShownOrganisation>,
    /// 统一社会信用代码 that the page calls so, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<ShownCode>,
}

impl PageReading {
    /// Reads a page's text, one block a line, with the lists that come with the program.
    pub fn of(text_sha256: &str, text: &str) -> PageReading {
        Self::with(&LISTS.map(Lexicon::shipped), text_sha256, text)
    }

    /// Reads a page's text with lists of one's own.
    pub fn with(lexicons: &[&Lexicon], text_sha256: &str, text: &str) -> PageReading {
        let lines: Vec<(&str, _)> = text.lines().map(|line| (line, folded(line))).collect();
        let mut reading = PageReading {
            text_sha256: text_sha256.to_owned(),
            lists: Self::lists(),
            ..PageReading::default()
        };
        for lexicon in lexicons {
            reading.hits.extend(words(lexicon, &lines));
        }
        for (number, (_, line)) in (1..).zip(&lines) {
            organisation::read(line, number, &mut reading.organisations);
            organisation::read_codes(line, number, &mut reading.codes);
        }
        reading
    }

    /// The versions of the rules of reading and of all lists as one name.
    pub fn lists() -> String {
        let names = LISTS.map(|list| {
            let lexicon = Lexicon::shipped(list);
            format!("{}@{}", lexicon.id(), lexicon.version())
        });
        format!("{RULES} {}", names.join(" "))
    }
}

/// The words of one list, each once, in the order of the text.
fn words(lexicon: &Lexicon, lines: &[(&str, std::borrow::Cow<'_, str>)]) -> Vec<WordHit> {
    let mut hits: Vec<WordHit> = Vec::new();
    let mut place_of: Vec<Option<usize>> = vec![None; lexicon.size()];
    for (line, (raw, text)) in (1..).zip(lines) {
        for hit in lexicon.hits(text) {
            let place = place_of.get(hit.nth).copied().flatten();
            let known = place.and_then(|place| hits.get_mut(place));
            if known.as_ref().is_some_and(|known| known.last == line) || is_denied(&text[..hit.start]) {
                continue;
            }
            if let Some(known) = known {
                (known.lines, known.last) = (known.lines + 1, line);
                continue;
            }
            if let Some(place) = place_of.get_mut(hit.nth) {
                *place = Some(hits.len());
            }
            let written = line::written(raw, hit.start, hit.word.len());
            hits.push(WordHit {
                list: lexicon.id().to_owned(),
                group: hit.group.name.clone(),
                word: hit.word.to_owned(),
                written: (written != hit.word).then(|| written.to_owned()),
                line,
                lines: 1,
                last: line,
            });
        }
    }
    hits
}

#[cfg(test)]
mod tests;
