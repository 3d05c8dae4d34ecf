//! One layer over another: each setting is applied by itself, so that an error knows where it came from.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use super::error::{ConfigError, Origin};
use super::keys::{self, Origins};
use super::{Config, DEFAULTS, rules};
use crate::domain::message::Message;

/// Settings under construction: the compiled-in ones, and what was laid over them so far.
#[derive(Debug, Clone)]
pub struct Layers {
    settings: Table,
    config: Config,
    /// Where each key of a command was written.
    key_origins: Origins,
    /// Where each setting that was given stands.
    given: BTreeMap<String, Origin>,
}

impl Layers {
    /// The lowest layer: the program's own defaults.
    pub fn compiled_in() -> Result<Self, ConfigError> {
        let broken = |error: &toml::de::Error| ConfigError::Syntax {
            at: Origin::CompiledIn,
            detail: error.message().to_owned(),
        };
        let settings: Table = toml::from_str(DEFAULTS).map_err(|error| broken(&error))?;
        let config = Config::deserialize_from(&settings).map_err(|error| broken(&error))?;
        Ok(Layers { settings, config, key_origins: Origins::new(), given: BTreeMap::new() })
    }

    /// Lays a person's file over it. `path` is only named in errors.
    pub fn file(mut self, path: &Path, text: &str) -> Result<Self, ConfigError> {
        let origin = |span: Range<usize>| {
            let (line, column) = position(text, span.start);
            Origin::File { path: path.to_owned(), line, column }
        };
        let syntax = |error: toml::de::Error| ConfigError::Syntax {
            at: origin(error.span().unwrap_or_default()),
            detail: error.message().to_owned(),
        };
        let spans = DeTable::parse(text).map_err(syntax)?;
        let values: Table = toml::from_str(text).map_err(syntax)?;
        for (section, content) in in_order(spans.get_ref()) {
            let name = section.get_ref().as_ref();
            if !self.settings.contains_key(name) {
                let known = self.settings.keys().map(|known| format!("[{known}]")).collect();
                return Err(ConfigError::Unknown {
                    at: origin(section.span()),
                    name: format!("[{name}]"),
                    known,
                });
            }
            let (DeValue::Table(keys), Some(Value::Table(section_values))) =
                (content.get_ref(), values.get(name))
            else {
                return Err(ConfigError::Wrong {
                    at: origin(content.span()),
                    name: name.to_owned(),
                    found: content.get_ref().type_str().to_owned(),
                    expected: Message::new("cli.config_expected_section").with("section", name).into(),
                });
            };
            for (key, value) in in_order(keys) {
                let key_name = key.get_ref().as_ref();
                self.known(name, key_name).map_err(|known| ConfigError::Unknown {
                    at: origin(key.span()),
                    name: format!("{name}.{key_name}"),
                    known,
                })?;
                if let Some(new) = section_values.get(key_name) {
                    self.set(name, key_name, new.clone(), origin(value.span()))?;
                }
                if name == keys::SECTION {
                    let places = keys::spans(value).into_iter().map(origin).collect();
                    self.key_origins.insert(key_name.to_owned(), places);
                }
            }
        }
        Ok(self)
    }

    /// Lays `HEYAN_SECTION__KEY` variables over it; other variables are none of its business.
    pub fn environment(
        mut self,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        for (variable, text) in variables {
            let Some((section, key)) =
                variable.strip_prefix("HEYAN_").and_then(|setting| setting.split_once("__"))
            else {
                continue;
            };
            let (section, key) = (section.to_lowercase(), key.to_lowercase());
            let at = Origin::Variable(variable);
            let default = self.known(&section, &key).map_err(|known| ConfigError::Unknown {
                at: at.clone(),
                name: format!("{section}.{key}"),
                known,
            })?;
            let value = match default {
                Value::String(_) => Value::String(text),
                other => read_value(&text).ok_or_else(|| ConfigError::Wrong {
                    at: at.clone(),
                    name: format!("{section}.{key}"),
                    found: format!("`{text}`"),
                    expected: Message::new("cli.config_expected_like").with("example", other).into(),
                })?,
            };
            self.set(&section, &key, value, at.clone())?;
            if section == keys::SECTION {
                self.key_origins.insert(key, vec![at]);
            }
        }
        Ok(self)
    }

    /// The settings that were given otherwise than in the compiled-in file, and where.
    pub fn given(&self) -> impl Iterator<Item = (&str, &Origin)> {
        self.given.iter().map(|(name, at)| (name.as_str(), at))
    }

    /// The settings.
    pub fn finish(mut self) -> Config {
        self.config.keys.written_at(self.key_origins);
        self.config
    }

    /// The present value of a setting, or the names that are known where it was looked for.
    fn known(&self, section: &str, key: &str) -> Result<Value, Vec<String>> {
        match self.settings.get(section) {
            // Commands are known to those who read the keys; here each name is taken.
            Some(Value::Table(_)) if section == keys::SECTION => Ok(Value::Array(Vec::new())),
            Some(Value::Table(keys)) => keys.get(key).cloned().ok_or_else(|| keys.keys().cloned().collect()),
            _ => Err(self.settings.keys().cloned().collect()),
        }
    }

    fn set(&mut self, section: &str, key: &str, value: Value, at: Origin) -> Result<(), ConfigError> {
        let name = format!("{section}.{key}");
        let found = value.to_string();
        if let Some(Value::Table(keys)) = self.settings.get_mut(section) {
            keys.insert(key.to_owned(), value);
        }
        let config = match Config::deserialize_from(&self.settings) {
            Ok(config) => config,
            Err(error) => {
                let expected = Message::new("cli.config_expected_type").with("detail", error.message());
                return Err(ConfigError::Wrong { at, name, found, expected: expected.into() });
            }
        };
        if let Some((_, expected)) = rules::broken(&config).filter(|(broken, _)| *broken == name) {
            return Err(ConfigError::Wrong { at, name, found, expected: expected.into() });
        }
        self.config = config;
        self.given.insert(name, at);
        Ok(())
    }
}

impl Config {
    fn deserialize_from(settings: &Table) -> Result<Self, toml::de::Error> {
        let mut config: Config = settings.clone().try_into()?;
        config.policy.gather = config.gather.clone();
        Ok(config)
    }
}

/// A table's entries in the order in which they stand in the text, so that the first error is the first one.
fn in_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t toml::Spanned<std::borrow::Cow<'i, str>>, &'t toml::Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A bare TOML value, as an environment variable holds one.
fn read_value(text: &str) -> Option<Value> {
    toml::from_str::<Table>(&format!("value = {text}")).ok()?.remove("value")
}

/// Line and column of a byte in a text, both from 1, the column in characters.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
