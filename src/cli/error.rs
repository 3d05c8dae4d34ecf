//! Why a command ends otherwise than done: two lines for a person, one exit code for a script.

use std::io;

use jiff::tz::TimeZone;

use crate::config::ConfigError;
use crate::domain::message::Message;
use crate::export::FileFault;
use crate::store::{Missing, StoreError};

/// The exit codes of every command, as `docs/cli.md` promises them to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    /// The program failed.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// Input partly or wholly rejected: the good is kept, each rejection named.
    Rejected = 3,
    /// `verify` found damage.
    Damage = 4,
    /// Refused: already decided, leased, not shown, a second reviewer needed.
    Refused = 5,
}

/// Why a command stopped.
#[derive(Debug)]
pub enum CliError {
    /// Nobody reads the output any more: ends silently and well.
    ClosedPipe,
    /// What happened and what to do.
    Told { exit: Exit, message: Message, hint: Message },
}

impl CliError {
    pub fn new(exit: Exit, message: Message, hint: Message) -> Self {
        CliError::Told { exit, message, hint }
    }

    /// Whether it tells a time.
    pub fn tells_time(&self) -> bool {
        matches!(self, CliError::Told { message, .. } if message.tells_time())
    }

    /// The same, with times in a zone.
    #[must_use]
    pub fn in_zone(self, zone: &TimeZone) -> Self {
        match self {
            CliError::Told { exit, message, hint } => {
                CliError::Told { exit, message: message.in_zone(zone), hint }
            }
            CliError::ClosedPipe => CliError::ClosedPipe,
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return CliError::ClosedPipe;
        }
        CliError::new(
            Exit::Failed,
            Message::new("cli.output_failed").with("cause", error),
            Message::new("cli.output_failed_hint"),
        )
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let exit = match &error {
            StoreError::Conflict(_) => Exit::Refused,
            StoreError::NotFound(Missing::Filing(_) | Missing::Cursor(_) | Missing::Decision(_)) => {
                Exit::Usage
            }
            _ => Exit::Failed,
        };
        CliError::new(exit, error.message(), error.hint())
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        CliError::new(Exit::Usage, error.message(), error.hint())
    }
}

impl From<FileFault> for CliError {
    fn from(fault: FileFault) -> Self {
        CliError::new(Exit::Failed, fault.message(), fault.hint())
    }
}
