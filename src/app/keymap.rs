//! The keys in force: those of the command table with a person's own laid over them.
//!
//! Footer, help, palette and every sentence that names a key read them here. What a person may not do with a key is a
//! [`Fault`]; the shipped keys keep the same rules.

mod fault;

pub use fault::{Fault, What};

use std::collections::BTreeMap;

use super::command::{Class, Command, Context, Row, TABLE};
use super::key::{Code, Key};
use super::screens::text::TextField;
use crate::domain::message::{self, Lang, Message};

/// What each key means, and which keys each command has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// Row by row as in [`TABLE`].
    keys: Vec<Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Keymap { keys: TABLE.iter().map(|row| row.keys.to_vec()).collect() }
    }
}

impl Keymap {
    /// The shipped keys with `bindings` (command name to keys) instead of those of the same commands.
    ///
    /// # Errors
    /// Everything that is wrong with the bindings, not only the first.
    pub fn new(bindings: &BTreeMap<String, Vec<String>>) -> Result<Self, Vec<Fault>> {
        let mut keymap = Keymap::default();
        let mut own = vec![false; TABLE.len()];
        let mut faults = Vec::new();
        for (name, spelled) in bindings {
            let fault = |at, what| Fault { command: name.clone(), at, what };
            let Some(at) = TABLE.iter().position(|row| row.name == name) else {
                faults.push(fault(None, What::UnknownCommand));
                continue;
            };
            let mut keys = Vec::new();
            for (nth, text) in spelled.iter().enumerate() {
                match text.parse::<Key>() {
                    Ok(key) => match refused(&TABLE[at], key) {
                        Some(what) => faults.push(fault(Some(nth), what)),
                        None => keys.push(key),
                    },
                    Err(_) => faults.push(fault(Some(nth), What::Unreadable(text.clone()))),
                }
            }
            // What is missing because another key was refused is no fault of its own.
            if keys.len() == spelled.len() {
                faults.extend(missing(&TABLE[at], &keys).map(|what| fault(None, what)));
            }
            own[at] = true;
            keymap.keys[at] = keys;
        }
        faults.extend(keymap.conflicts(&own));
        if faults.is_empty() { Ok(keymap) } else { Err(faults) }
    }

    /// The keys of a row; the first is the one that is shown where there is room for one.
    pub fn keys(&self, row: &Row) -> &[Key] {
        let at = TABLE.iter().position(|other| other.command == row.command);
        at.and_then(|at| self.keys.get(at)).map_or(&[], Vec::as_slice)
    }

    /// What a key means in a context. The key must be in its command form ([`Key::as_command`]).
    pub fn lookup(&self, context: Context, key: Key) -> Option<Command> {
        let mut rows = TABLE.iter().zip(&self.keys).filter(|(row, _)| row.contexts.contains(&context));
        let found = rows.find(|(row, keys)| keys.contains(&key) || row.takes_digit(key));
        found.map(|(row, _)| row.command)
    }

    /// The keys of a row as help shows them; nothing for what only the palette reaches.
    pub fn text(&self, row: &Row) -> String {
        if row.by_digit() {
            return "1-9".to_owned();
        }
        self.keys(row).iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The first key of a row, as the footer shows it.
    pub fn first(&self, row: &Row) -> String {
        self.keys(row).first().map(Key::to_string).unwrap_or_default()
    }

    /// A sentence with the keys that it names: `{key_pass}` is the first key of `pass`, `{ime_pass}` the first that
    /// arrives with an input method on.
    pub fn say(&self, message: &Message, lang: Lang) -> String {
        let mut names = placeholders(message::text(lang, &message.id)).peekable();
        if names.peek().is_none() {
            return message.text(lang);
        }
        let keys = names.filter_map(|name| Some((name, self.named(name)?)));
        keys.fold(message.clone(), |told, (name, key)| told.with(name, key)).text(lang)
    }

    /// The key that a placeholder stands for.
    fn named(&self, placeholder: &str) -> Option<String> {
        let (kind, name) = placeholder.split_once('_')?;
        let row = TABLE.iter().find(|row| row.name == name)?;
        match kind {
            "key" => Some(self.first(row)),
            "ime" => {
                let arrives = self.keys(row).iter().find(|key| key.arrives_with_input_method());
                Some(arrives.map(Key::to_string).unwrap_or_default())
            }
            _ => None,
        }
    }

    /// Keys that mean two things in one place. Told of the command that a person changed.
    fn conflicts(&self, own: &[bool]) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        for (at, row) in TABLE.iter().enumerate() {
            for (other_at, other) in TABLE.iter().enumerate().filter(|(other, _)| *other != at) {
                // Each pair once: told of the row that is a person's own, of the later if both are.
                if !own[at] || (own[other_at] && other_at > at) {
                    continue;
                }
                let context = row.contexts.iter().find(|context| other.contexts.contains(context));
                let Some(context) = context else { continue };
                for (nth, key) in self.keys[at].iter().enumerate() {
                    if self.keys[other_at].contains(key) || other.takes_digit(*key) {
                        let what = What::Conflict { key: *key, other: other.name, context: *context };
                        faults.push(Fault { command: row.name.to_owned(), at: Some(nth), what });
                    }
                }
            }
        }
        faults
    }
}

/// Why a command may not have a key.
fn refused(row: &Row, key: Key) -> Option<What> {
    if row.fixed() {
        return Some(What::Fixed);
    }
    if let Some(taken) = key.taken() {
        return Some(What::Taken(key, taken));
    }
    if let Some(context) = row.contexts.iter().find(|context| is_text(**context, key)) {
        return Some(What::Typed(key, *context));
    }
    let stray = match key.code {
        Code::Char(' ') => true,
        Code::Enter => row.contexts.contains(&Context::Desk),
        _ => false,
    };
    (stray && row.class == Class::Act).then_some(What::Decides(key))
}

/// What a command lacks with these keys.
fn missing(row: &Row, keys: &[Key]) -> Option<What> {
    let arrives = |keys: &[Key]| keys.iter().any(|key| key.arrives_with_input_method());
    if row.keys.is_empty() {
        return row.fixed().then_some(What::Fixed);
    }
    match keys {
        [] => Some(What::NoKey),
        _ if arrives(row.keys) && !arrives(keys) => Some(What::NoInputMethod),
        _ => None,
    }
}

/// Whether a key types or edits text in a context.
pub fn is_text(context: Context, key: Key) -> bool {
    match context {
        Context::Text | Context::Palette => TextField::takes(key),
        // Left and right move in the text, and change the value of a condition.
        Context::Search | Context::Lookup => {
            TextField::takes(key) && !matches!(key.code, Code::Left | Code::Right)
        }
        // Space and digits tick; arrows change the object.
        Context::Reasons => match key.code {
            Code::Backspace => true,
            Code::Char('u' | 'w') if key.ctrl => true,
            Code::Char(c) => key.typed().is_some() && !matches!(c, ' ' | '1'..='9'),
            _ => false,
        },
        Context::Desk | Context::Viewer | Context::Panel => false,
    }
}

/// The names of the keys that a template asks for.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let names = template.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name));
    names.filter(|name| name.starts_with("key_") || name.starts_with("ime_"))
}

#[cfg(test)]
mod tests;
