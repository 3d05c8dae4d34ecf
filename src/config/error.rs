//! What can be wrong with a setting, and where it stands.

use std::fmt;
use std::path::PathBuf;

use crate::domain::message::Message;
use crate::domain::safe::safe;

/// Where a setting was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The file compiled into the program.
    CompiledIn,
    /// A place in a file; line and column count from 1, the column in characters.
    File { path: PathBuf, line: usize, column: usize },
    /// An environment variable.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::CompiledIn => f.write_str("config.toml"),
            Origin::File { path, line, column } => {
                write!(f, "{}:{line}:{column}", safe(&path.to_string_lossy()))
            }
            Origin::Variable(name) => f.write_str(&safe(name)),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: {cause}", path.display())]
    Unreadable { path: PathBuf, cause: String },
    /// The text is no TOML, or a variable's value is not of the TOML type of its setting.
    #[error("{at}: {detail}")]
    Syntax { at: Origin, detail: String },
    #[error("{at}: unknown setting `{name}`")]
    Unknown { at: Origin, name: String, known: Vec<String> },
    #[error("{at}: `{name}` is {found}: {}", expected.text(crate::domain::message::Lang::En))]
    Wrong { at: Origin, name: String, found: String, expected: Box<Message> },
}

impl ConfigError {
    /// What happened, and where.
    pub fn message(&self) -> Message {
        match self {
            ConfigError::Unreadable { path, cause } => Message::new("cli.config_unreadable")
                .with("path", safe(&path.to_string_lossy()))
                .with("cause", cause),
            ConfigError::Syntax { at, detail } => {
                Message::new("cli.config_syntax").with("at", at).with("detail", safe(detail))
            }
            ConfigError::Unknown { at, name, .. } => {
                Message::new("cli.config_unknown").with("at", at).with("name", safe(name))
            }
            ConfigError::Wrong { at, name, found, .. } => Message::new("cli.config_wrong")
                .with("at", at)
                .with("name", safe(name))
                .with("found", safe(found)),
        }
    }

    /// What to do.
    pub fn hint(&self) -> Message {
        match self {
            ConfigError::Unreadable { .. } => Message::new("cli.config_unreadable_hint"),
            ConfigError::Syntax { .. } => Message::new("cli.config_syntax_hint"),
            ConfigError::Unknown { known, .. } => {
                Message::new("cli.config_unknown_hint").with("known", known.join(", "))
            }
            ConfigError::Wrong { expected, .. } => expected.as_ref().clone(),
        }
    }
}
