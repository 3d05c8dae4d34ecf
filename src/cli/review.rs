//! `heyan review`: opens the desk; so does `heyan` alone.

use std::io::{IsTerminal, stdin, stdout};
use std::path::Path;

use super::error::{CliError, Exit};
use super::session::Session;
use crate::domain::message::Message;

pub fn run(session: &mut Session) -> Result<Exit, CliError> {
    let folder = session.workspace()?;
    open_desk(session, &folder)
}

/// Whether there is a terminal to open the desk on.
pub fn terminal() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

/// Opens the desk on a workspace and returns when the reviewer leaves it.
pub fn open_desk(session: &mut Session, folder: &Path) -> Result<Exit, CliError> {
    if !terminal() {
        return Err(CliError::new(
            Exit::Usage,
            Message::new("cli.no_terminal"),
            Message::new("cli.no_terminal_hint"),
        ));
    }
    session.out.finish()?;
    let path = folder.display();
    Err(CliError::new(
        Exit::Failed,
        Message::new("cli.no_desk").with("path", path),
        Message::new("cli.no_desk_hint"),
    ))
}
