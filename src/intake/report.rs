//! What reading a pack yields: filings whole, or rejections that name file, line, field, found and expected.

use crate::domain::case::AttachmentFacts;
use crate::domain::evidence::Evidence;
use crate::domain::filing::Filing;
use crate::domain::free_text::masked;
use crate::domain::message::{Lang, Message};
use crate::domain::safe::safe;

/// Where a filing stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file as the user may find it; inside a pack `pack.zip/filings.jsonl`. Safe to show.
    pub file: String,
    /// From 1, and 1 for a file with a single filing.
    pub line: u64,
}

/// One filing of a pack, accepted whole or rejected whole; or a file of the pack that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Every attachment was read and stored, and carries its hash.
    Accepted {
        filing: Box<Filing>,
        /// In the filing's order.
        attachments: Vec<AttachmentFacts>,
        origin: Origin,
    },
    /// A piece of evidence; the files that it names are stored.
    Evidence { evidence: Box<Evidence>, origin: Origin },
    /// At least one rejection; nothing of it was stored.
    Rejected(Vec<Rejection>),
}

/// How many entries a pack had: filings, pieces of evidence, and what was refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub accepted: u64,
    pub rejected: u64,
}

/// One thing that is wrong. Personal values are never quoted, only described; all text is safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// As in [`Origin::file`].
    pub file: String,
    /// From 1; none when the file as a whole is meant.
    pub line: Option<u64>,
    /// From 1, in bytes; where a parser can tell.
    pub column: Option<u64>,
    /// Of a table: the cell of a sheet (`名单!C7`), or the column of a text (`C 证件号码`).
    pub cell: Option<String>,
    /// The filing's key, when it could be read.
    pub filing: Option<String>,
    /// Path to the field, e.g. `entity.principal.mobile` or `attachments[0].file`; empty for the whole filing.
    pub field: String,
    pub found: Message,
    pub expected: Message,
    /// What is wrong.
    pub message: Message,
}

impl Rejection {
    /// The whole sentence for a person: where, what, found, expected.
    pub fn text(&self, lang: Lang) -> String {
        let mut place = self.file.clone();
        for number in [self.line, self.column].into_iter().flatten() {
            place.push_str(&format!(":{number}"));
        }
        let filing = self.filing.as_deref().unwrap_or_default();
        let cell = self.cell.as_deref().unwrap_or_default();
        let subject = [place.as_str(), cell, filing, self.field.as_str()];
        let subject: Vec<&str> = subject.into_iter().filter(|part| !part.is_empty()).collect();
        Message::new("intake.rejection")
            .with("subject", subject.join(" "))
            .with("message", self.message.text(lang))
            .with("found", self.found.text(lang))
            .with("expected", self.expected.text(lang))
            .text(lang)
    }
}

/// What is wrong with one value, before anybody knows in which file and filing it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub field: String,
    pub found: Message,
    pub expected: Message,
    pub message: Message,
}

/// Where in a pack the reader is: turns faults into rejections.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub file: String,
    pub line: Option<u64>,
    pub column: Option<u64>,
    pub filing: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: &str) -> Self {
        Place { file: file.to_owned(), line: None, column: None, filing: None }
    }

    pub fn reject(&self, fault: Fault) -> Rejection {
        let Fault { field, found, expected, message } = fault;
        let Place { file, line, column, filing } = self.clone();
        Rejection { file, line, column, cell: None, filing, field, found, expected, message }
    }
}

/// Outside text or a technical word that is the same in both languages, made safe and cut to 40 characters.
pub(super) fn literal(text: &str) -> Message {
    Message::new("intake.literal").with("text", clip(text))
}

/// A word that is none of the known ones. It may be a person's name or number that stands one field further than it
/// should: it is masked, and of a text with Chinese characters, which no pattern can mask, only its length is told.
pub(super) fn unknown_word(text: &str) -> Message {
    let ideograph =
        |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    if text.chars().any(ideograph) { some_text(text) } else { literal(&masked(text)) }
}

/// A list of names from the types themselves: safe, and shown whole.
pub(super) fn names(names: &[&str]) -> Message {
    Message::new("intake.literal").with("text", names.join(", "))
}

/// A text value that may be personal: only its length is told.
pub(super) fn some_text(text: &str) -> Message {
    match text.chars().count() {
        0 => Message::new("intake.found_empty"),
        count => Message::new("intake.found_text").with("count", count),
    }
}

/// At most 40 characters, safe to show.
pub(super) fn clip(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}...", safe(&text[..cut])),
        None => safe(text).into_string(),
    }
}
