//! What must be said of a picture that is shown: a closed list, each with a sentence for the reviewer.

use serde::{Deserialize, Serialize};

use crate::domain::message::Message;

/// What a reviewer cannot see from the pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// The file is cut short or damaged: only what could be decoded is shown.
    CutShort,
    /// There are more pages than could be found: their chain is broken, endless or turns back.
    MorePages,
    /// Some of the page could not be drawn: a font that is not in the file, a damaged picture.
    PartsMissing,
    /// The first frame of an animation is shown.
    FirstFrame,
}

impl Note {
    /// The sentence that stands below the picture.
    pub fn message(self) -> Message {
        match self {
            Note::CutShort => Message::new("media.cut_short"),
            Note::MorePages => Message::new("media.more_pages"),
            Note::PartsMissing => Message::new("media.parts_missing"),
            Note::FirstFrame => Message::new("media.first_frame"),
        }
    }

    /// Whether part of what was handed in is not on the screen, so that the document was not seen as a picture.
    pub const fn is_partial(self) -> bool {
        match self {
            Note::CutShort | Note::MorePages | Note::PartsMissing => true,
            Note::FirstFrame => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{Lang, known};

    #[test]
    fn every_note_has_a_sentence_with_nothing_left_open() {
        for note in [Note::CutShort, Note::MorePages, Note::PartsMissing, Note::FirstFrame] {
            let message = note.message();
            assert!(known(&message.id), "{}", message.id);
            for lang in Lang::ALL {
                assert!(!message.text(lang).contains('{'), "{}", message.text(lang));
            }
        }
    }
}
