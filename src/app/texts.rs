//! Texts of pages that were read for the evidence on the screen.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::domain::message::Message;

/// How many texts stay at hand: those of the present case and a few of the last.
const KEPT: usize = 16;

/// The texts at hand, by SHA-256, the last read one first.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    known: VecDeque<(String, Result<Arc<str>, Message>)>,
    asked: Option<String>,
}

impl Texts {
    /// What is known of a text.
    pub fn get(&self, sha256: &str) -> Option<&Result<Arc<str>, Message>> {
        self.known.iter().find(|(known, _)| known == sha256).map(|(_, text)| text)
    }

    /// Whether a text must be asked for now; from then on it counts as asked for.
    pub fn ask(&mut self, sha256: &str) -> bool {
        let new = self.get(sha256).is_none() && self.asked.as_deref() != Some(sha256);
        if new {
            self.asked = Some(sha256.to_owned());
        }
        new
    }

    pub fn came(&mut self, sha256: String, text: Result<Arc<str>, Message>) {
        self.asked.take_if(|asked| *asked == sha256);
        self.known.push_front((sha256, text));
        self.known.truncate(KEPT);
    }
}
