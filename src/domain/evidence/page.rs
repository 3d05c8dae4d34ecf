//! What the word lists find in a page's text: made once for a text and a version of the lists, and kept.

use serde::{Deserialize, Serialize};

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
}

/// One text, read by one version of all lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageReading {
    pub text_sha256: String,
    /// The versions of all lists as one name.
    pub lists: String,
    /// In the order of the lists, then of the text.
    pub hits: Vec<WordHit>,
}
