//! Why one file of a pack is not read. The others are.

use std::io;

use rustix::fs::FileType;

use super::super::report::{Fault, clip, literal};
use super::guard::Excess;
use crate::domain::message::Message;

/// Why one file of a pack is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Missing,
    /// A symbolic link, at the end of the path or on the way.
    Link,
    /// A folder, device, FIFO or socket.
    NotOrdinary(FileType),
    Encrypted,
    /// Two entries of an archive have this name.
    Doubled,
    TooLarge {
        limit: u64,
    },
    /// Inflates to more than `limit` times its size.
    Ratio {
        limit: u64,
    },
    /// With this file the whole pack would be larger than allowed.
    PackTooLarge {
        limit: u64,
    },
    /// The archive's bytes contradict themselves.
    Damaged(String),
    /// The system's words.
    Unreadable(String),
    /// Other bytes at the second look than at the first.
    Changed,
}

impl Refusal {
    /// A failed read, told apart by its cause.
    pub fn reading(error: &io::Error) -> Self {
        match Excess::of(error) {
            Some(Excess::Ratio(limit)) => return Refusal::Ratio { limit },
            Some(Excess::Pack(limit)) => return Refusal::PackTooLarge { limit },
            None => {}
        }
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                Refusal::Damaged(error.to_string())
            }
            _ => Refusal::Unreadable(error.to_string()),
        }
    }

    /// As a fault of `field`, naming the file.
    pub fn fault(&self, field: String, file: &str) -> Fault {
        let ordinary = || Message::new("intake.expect_file");
        let (id, found, expected) = match self {
            Refusal::Missing => ("intake.file_missing", Message::new("intake.found_nothing"), ordinary()),
            Refusal::Link => ("intake.file_link", Message::new("intake.found_link"), ordinary()),
            Refusal::NotOrdinary(kind) => ("intake.file_special", Message::new(special(*kind)), ordinary()),
            Refusal::Encrypted => (
                "intake.file_encrypted",
                Message::new("intake.found_encrypted"),
                Message::new("intake.expect_clear"),
            ),
            Refusal::Doubled => (
                "intake.file_doubled",
                Message::new("intake.found_twice"),
                Message::new("intake.expect_once"),
            ),
            Refusal::TooLarge { limit } => (
                "intake.file_too_large",
                Message::new("intake.found_more"),
                Message::new("intake.expect_bytes").with("limit", limit),
            ),
            Refusal::Ratio { limit } => (
                "intake.file_ratio",
                Message::new("intake.found_more"),
                Message::new("intake.expect_ratio").with("limit", limit),
            ),
            Refusal::PackTooLarge { limit } => (
                "intake.pack_too_large",
                Message::new("intake.found_more"),
                Message::new("intake.expect_bytes").with("limit", limit),
            ),
            Refusal::Damaged(words) => ("intake.file_damaged", literal(words), ordinary()),
            Refusal::Unreadable(words) => ("intake.file_unreadable", literal(words), ordinary()),
            Refusal::Changed => (
                "intake.file_changed",
                Message::new("intake.found_other"),
                Message::new("intake.expect_same"),
            ),
        };
        Fault { field, found, expected, message: Message::new(id).with("file", clip(file)) }
    }
}

fn special(kind: FileType) -> &'static str {
    match kind {
        FileType::Directory => "intake.found_folder",
        FileType::Fifo => "intake.found_fifo",
        FileType::Socket => "intake.found_socket",
        FileType::CharacterDevice | FileType::BlockDevice => "intake.found_device",
        _ => "intake.found_other",
    }
}
