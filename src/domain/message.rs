//! Text as data: a message id with its arguments, made into words only where somebody reads it.
//!
//! Findings, reasons, errors and screens carry ids, so that both languages, letters and a replay a year later
//! speak from the same record. The catalogues are `assets/i18n/{zh,en}/*.toml`, one file per room.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// The language of everything a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The other language, for the switch key.
    pub const fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }
}

/// A message id and its arguments. Arguments are outside text and are made safe where they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// `room.name`, e.g. `checks.id_expired`.
    pub id: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Message {
    pub fn new(id: impl Into<String>) -> Self {
        Message { id: id.into(), args: BTreeMap::new() }
    }

    /// Adds an argument for the placeholder `{name}`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// The arguments that are times (RFC 3339, UTC), as a person reads them in a zone, to the minute.
    #[must_use]
    pub fn in_zone(mut self, zone: &TimeZone) -> Self {
        for value in self.args.values_mut() {
            if let Some(time) = time(value) {
                *value = zone.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string();
            }
        }
        self
    }

    /// Whether an argument is a time that [`Message::in_zone`] would put into a zone.
    pub fn tells_time(&self) -> bool {
        self.args.values().any(|value| time(value).is_some())
    }

    /// The words in a language. An argument value that is itself a message id (`@room.name`) is translated too.
    pub fn text(&self, lang: Lang) -> String {
        fill(template(lang, &self.id), |name| {
            self.args.get(name).map(|value| match value.strip_prefix('@') {
                Some(id) if known(id) => template(lang, id).to_owned(),
                _ => value.clone(),
            })
        })
    }
}

fn time(value: &str) -> Option<Timestamp> {
    if value.ends_with('Z') { value.parse().ok() } else { None }
}

/// A message without arguments.
impl From<&str> for Message {
    fn from(id: &str) -> Self {
        Message::new(id)
    }
}

/// The words of an id without arguments; a question mark for an id that does not exist.
pub fn text(lang: Lang, id: &str) -> &'static str {
    catalogue(lang).get(id).map_or("?", String::as_str)
}

/// Whether the catalogue has this id.
pub fn known(id: &str) -> bool {
    catalogue(Lang::Zh).contains_key(id)
}

/// Every id of a language with its template, in alphabetical order.
pub fn entries(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    catalogue(lang).iter().map(|(id, template)| (id.as_str(), template.as_str()))
}

fn template(lang: Lang, id: &str) -> &str {
    catalogue(lang).get(id).map_or(id, String::as_str)
}

/// Replaces `{name}`; an unknown name stays as it is, so that a missing argument is seen and not swallowed.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        out.push_str(before);
        match tail.find('}') {
            Some(close) => {
                let name = &tail[1..close];
                match value(name) {
                    Some(text) => out.push_str(&text),
                    None => out.push_str(&tail[..=close]),
                }
                rest = &tail[close + 1..];
            }
            None => {
                out.push_str(tail);
                return out;
            }
        }
    }
    out.push_str(rest);
    out
}

macro_rules! files {
    ($lang:literal: $($room:literal),+ $(,)?) => {
        &[$(($room, include_str!(concat!("../../assets/i18n/", $lang, "/", $room, ".toml")))),+]
    };
}

type Catalogue = BTreeMap<String, String>;

fn catalogue(lang: Lang) -> &'static Catalogue {
    static ZH: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    match lang {
        Lang::Zh => ZH.get_or_init(|| {
            read(files!("zh": "domain", "checks", "numbers", "store", "intake", "media", "export", "cli", "desk"))
        }),
        Lang::En => EN.get_or_init(|| {
            read(files!("en": "domain", "checks", "numbers", "store", "intake", "media", "export", "cli", "desk"))
        }),
    }
}

/// The files are compiled in and a test reads each of them; a broken one yields no text rather than a panic.
fn read(files: &[(&str, &str)]) -> Catalogue {
    let mut catalogue = Catalogue::new();
    for (room, text) in files {
        if let Ok(table) = toml::from_str::<BTreeMap<String, String>>(text) {
            catalogue.extend(table.into_iter().map(|(name, template)| (format!("{room}.{name}"), template)));
        }
    }
    catalogue
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(template: &str) -> Vec<String> {
        let mut names: Vec<String> = template
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    #[test]
    fn both_languages_have_the_same_ids_with_the_same_placeholders() {
        let zh: Vec<_> = entries(Lang::Zh).collect();
        let en: Vec<_> = entries(Lang::En).collect();
        let ids = |list: &[(&'static str, &'static str)]| list.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        assert_eq!(ids(&zh), ids(&en));
        for ((id, zh), (_, en)) in zh.iter().zip(&en) {
            assert_eq!(placeholders(zh), placeholders(en), "{id}");
            assert!(!zh.is_empty() && !en.is_empty(), "{id}");
        }
    }

    #[test]
    fn every_file_is_read() {
        for lang in Lang::ALL {
            for room in ["domain", "checks", "numbers", "store", "intake", "media", "export", "cli", "desk"] {
                let prefix = format!("{room}.");
                assert!(entries(lang).any(|(id, _)| id.starts_with(&prefix)), "{lang:?} {room}");
            }
        }
    }

    #[test]
    fn times_are_told_in_a_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let message =
            Message::new("store.final").with("since", "2026-11-24T16:20:31.5Z").with("filing", "D-1Z");
        assert!(message.tells_time());
        let told = message.in_zone(&zone);
        assert_eq!((told.args["since"].as_str(), told.args["filing"].as_str()), ("2026-11-25 00:20", "D-1Z"));
        assert!(!told.tells_time());
    }

    #[test]
    fn arguments_are_filled_and_missing_ones_stay_visible() {
        assert_eq!(fill("a {x} {y}", |name| (name == "x").then(|| "1".to_owned())), "a 1 {y}");
        assert_eq!(fill("open {x", |_| None), "open {x");
    }
}
