//! Why a pack could not be read at all. What is wrong inside one is a [`Rejection`](super::Rejection).

use std::fmt;
use std::io;

use super::table::TableFault;
use crate::domain::message::{Lang, Message};
use crate::domain::vault::VaultFault;

/// Why reading stopped, or never began. Paths are safe to show.
#[derive(Debug)]
pub enum IntakeError {
    /// The path cannot be opened.
    Open { path: String, source: io::Error },
    /// Neither a folder nor a file whose name ends in .zip, .json, .jsonl or that of a table; or no ordinary file.
    NotAPack { path: String },
    /// A folder or archive without `filing.json` and `filings.jsonl` at its top.
    NoFiling { path: String },
    /// A pack with both: which one is meant cannot be known.
    TwoLists { path: String },
    /// No readable zip archive.
    Archive { path: String, detail: String },
    /// More entries in an archive than allowed.
    TooManyEntries { path: String, limit: usize },
    /// A table of which no further row can be taken.
    Table { path: String, fault: TableFault },
    /// The store cannot keep an attachment: what was accepted before stays accepted.
    Vault { path: String, source: VaultFault },
}

impl IntakeError {
    /// Whether the input is at fault (exit 3) and not this machine (exit 1).
    pub fn is_rejection(&self) -> bool {
        !matches!(self, IntakeError::Open { .. } | IntakeError::Vault { .. })
    }

    /// What happened and what to do.
    pub fn message(&self) -> Message {
        match self {
            IntakeError::Open { path, source } => {
                Message::new("intake.cannot_open").with("path", path).with("detail", source)
            }
            IntakeError::NotAPack { path } => Message::new("intake.not_a_pack").with("path", path),
            IntakeError::NoFiling { path } => Message::new("intake.no_filing").with("path", path),
            IntakeError::TwoLists { path } => Message::new("intake.two_lists").with("path", path),
            IntakeError::Archive { path, detail } => {
                Message::new("intake.bad_archive").with("path", path).with("detail", detail)
            }
            IntakeError::TooManyEntries { path, limit } => {
                Message::new("intake.too_many_entries").with("path", path).with("limit", limit)
            }
            IntakeError::Table { path, fault } => fault.message().with("path", path),
            IntakeError::Vault { path, source } => {
                Message::new("intake.cannot_store").with("path", path).with("detail", source)
            }
        }
    }
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().text(Lang::En))
    }
}

impl std::error::Error for IntakeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            IntakeError::Open { source, .. } => Some(source),
            IntakeError::Vault { source, .. } => Some(source),
            _ => None,
        }
    }
}
