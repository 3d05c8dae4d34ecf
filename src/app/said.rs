//! What a notice says, as data: its words are made when it is drawn, so that it follows the language and the keys.

use super::facts;
use super::model::Settings;
use crate::domain::decision::Refusal;
use crate::domain::filing::AttachmentKind;
use crate::domain::message::{self, Lang, Message};

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Message(Message),
    /// These materials must be looked at before a pass.
    LookFirst(Vec<AttachmentKind>),
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
            Said::LookFirst(kinds) => &look_first(kinds, lang),
            Said::Refused(refusal) => &refused(refusal, lang, settings),
        };
        settings.keymap.say(message, lang)
    }
}

fn look_first(kinds: &[AttachmentKind], lang: Lang) -> Message {
    let name = |kind: &AttachmentKind| message::text(lang, &format!("domain.short_{}", kind.text()));
    let names: Vec<&str> = kinds.iter().map(name).collect();
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    Message::new("desk.look_first").with("count", kinds.len()).with("names", names.join(between))
}

fn refused(refusal: &Refusal, lang: Lang, settings: &Settings) -> Message {
    let label = |code: &str| {
        let reason = settings.catalogue.get(code);
        reason.map_or_else(|| code.to_owned(), |reason| reason.label(lang).to_owned())
    };
    match refusal {
        Refusal::NoReason => Message::new("desk.refused_no_reason"),
        Refusal::UnknownCode(code) => Message::new("desk.refused_unknown_code").with("code", code),
        Refusal::WrongObject(used) => Message::new("desk.refused_wrong_object")
            .with("reason", label(&used.code))
            .with("object", facts::object_label(&used.object, lang)),
        Refusal::Twice(used) => Message::new("desk.refused_twice").with("reason", label(&used.code)),
        Refusal::Contradiction(a, b) => Message::new("desk.refused_contradiction")
            .with("first", label(&a.code))
            .with("second", label(&b.code)),
        Refusal::NoteTooShort => Message::new("desk.refused_note_too_short"),
    }
}
