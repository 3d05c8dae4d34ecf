//! Words of a list found in a field, as a finding tells them: which words, of which list and version, read where.

use crate::domain::finding::EvidenceRef;
use crate::domain::lexicon::{Group, Hit, Lexicon};
use crate::domain::message::Message;

/// The words of one group in one text.
pub(super) struct Words<'a> {
    lexicon: &'a Lexicon,
    pub group: &'a Group,
    found: Vec<&'a str>,
}

impl<'a> Words<'a> {
    /// What a text has of a list in a province, by group, each word once; `counts` says which hits to keep.
    /// The text is [`plain`](crate::domain::lexicon::plain).
    pub fn of(
        lexicon: &'a Lexicon,
        province: &str,
        text: &'a str,
        counts: impl Fn(&Hit<'_>) -> bool,
    ) -> Vec<Words<'a>> {
        let mut groups: Vec<Words<'a>> = Vec::new();
        for hit in lexicon.hits(text).filter(|hit| hit.group.holds_in(province) && counts(hit)) {
            match groups.iter_mut().find(|words| words.group.name == hit.group.name) {
                Some(words) if words.found.contains(&hit.word) => {}
                Some(words) => words.found.push(hit.word),
                None => groups.push(Words { lexicon, group: hit.group, found: vec![hit.word] }),
            }
        }
        groups
    }

    /// A sentence with the placeholders `words`, `list`, `version` and `source`.
    pub fn message(&self, id: &str) -> Message {
        Message::new(id)
            .with("words", self.found.join("、"))
            .with("list", self.lexicon.id())
            .with("version", self.lexicon.version())
            .with("source", &self.group.source)
    }

    pub fn evidence(&self) -> EvidenceRef {
        EvidenceRef::Rule(format!("{}/{}@{}", self.lexicon.id(), self.group.name, self.lexicon.version()))
    }
}
