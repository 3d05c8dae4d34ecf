//! What is wrong with a person's keys.

use crate::app::command::{Context, TABLE};
use crate::app::key::{Key, Taken};
use crate::domain::message::Message;
use crate::domain::safe::safe;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The command as the settings name it.
    pub command: String,
    /// Which of its keys, from 0; none when it is the command or the list.
    pub at: Option<usize>,
    pub what: What,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    UnknownCommand,
    /// The command keeps its keys: leaving, and choosing by number.
    Fixed,
    /// Not the name of a key.
    Unreadable(String),
    /// Terminals and multiplexers take the key, or do not send it.
    Taken(Key, Taken),
    /// The key types text there.
    Typed(Key, Context),
    /// Space never decides, and Enter not on the desk.
    Decides(Key),
    /// No key is left.
    NoKey,
    /// No key is left that arrives with an input method on.
    NoInputMethod,
    /// Another command has the key in the same place.
    Conflict {
        key: Key,
        other: &'static str,
        context: Context,
    },
}

impl Fault {
    /// What is wrong, without the place in the settings.
    pub fn message(&self) -> Message {
        let said =
            |name: &str| Message::new(format!("desk.keys_{name}")).with("command", safe(&self.command));
        let context = |context: &Context| format!("@desk.context_{}", context.name());
        match &self.what {
            What::UnknownCommand => said("unknown_command"),
            What::Fixed => said("fixed"),
            What::Unreadable(text) => said("unreadable").with("key", safe(text)),
            What::Taken(key, Taken::SameAs(code)) => {
                said("same_as").with("key", key).with("other", Key::plain(*code))
            }
            What::Taken(key, taken) => said("taken").with("key", key).with("by", taken_by(*taken)),
            What::Typed(key, place) => said("typed").with("key", key).with("context", context(place)),
            What::Decides(key) => said("decides").with("key", key),
            What::NoKey => said("no_key"),
            What::NoInputMethod => said("no_input_method"),
            What::Conflict { key, other, context: place } => {
                said("conflict").with("key", key).with("other", other).with("context", context(place))
            }
        }
    }

    /// What to do.
    pub fn hint(&self) -> Message {
        match &self.what {
            What::UnknownCommand => {
                let known: Vec<&str> = TABLE.iter().filter(|row| !row.fixed()).map(|row| row.name).collect();
                Message::new("desk.keys_hint_commands").with("known", known.join(" "))
            }
            What::NoInputMethod => Message::new("desk.keys_hint_input_method"),
            What::Unreadable(_) | What::Taken(..) => Message::new("desk.keys_hint_spelling"),
            _ => Message::new("desk.keys_hint_other"),
        }
    }
}

const fn taken_by(taken: Taken) -> &'static str {
    match taken {
        Taken::Multiplexer => "@desk.taken_multiplexer",
        Taken::FlowControl => "@desk.taken_flow_control",
        Taken::Suspend => "@desk.taken_suspend",
        Taken::TerminalMenu => "@desk.taken_terminal_menu",
        Taken::Leaving => "@desk.taken_leaving",
        Taken::SameAs(_) | Taken::NotSent => "@desk.taken_not_sent",
    }
}
