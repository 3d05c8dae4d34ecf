//! What a notice says, as data: its words are made when it is drawn, so that it follows the language and the keys.

use super::model::Settings;
use super::twin;
use crate::domain::decision::Refusal;
use crate::domain::filing::AttachmentKind;
use crate::domain::message::{self, Lang, Message};

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Message(Message),
    /// These materials must be looked at before a pass.
    LookFirst(Vec<AttachmentKind>),
    /// These materials must be seen, and this desk has no pictures.
    NeedsEyes(Vec<AttachmentKind>),
    /// The decision was refused.
    Refused(Refusal),
}

impl From<Message> for Said {
    fn from(message: Message) -> Self {
        Said::Message(message)
    }
}

impl Said {
    /// The words; not yet made safe.
    pub fn text(&self, lang: Lang, settings: &Settings) -> String {
        let message = match self {
            Said::Message(message) => message,
            Said::LookFirst(kinds) => &materials("desk.look_first", kinds, lang).with("count", kinds.len()),
            Said::NeedsEyes(kinds) => &materials("desk.needs_eyes", kinds, lang),
            Said::Refused(refusal) => &refusal.message(&settings.catalogue, lang),
        };
        settings.keymap.say(message, lang)
    }
}

/// A sentence about materials.
fn materials(id: &str, kinds: &[AttachmentKind], lang: Lang) -> Message {
    let name = |kind: &AttachmentKind| message::text(lang, &format!("domain.short_{}", kind.text()));
    let names: Vec<&str> = kinds.iter().map(name).collect();
    Message::new(id).with("names", twin::listed(&names, lang))
}
