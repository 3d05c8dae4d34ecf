//! `heyan completions SHELL`: the script by which a shell completes heyan's commands and options.

use clap::Args;
use clap_complete::{Shell, generate};

use super::error::{CliError, Exit};
use super::help::definitions;
use super::session::Session;

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    let script = script(arguments.shell, session);
    session.out.line(&script)?;
    Ok(Exit::Done)
}

/// The generator panics when it cannot write; a buffer in memory can always be written.
fn script(shell: Shell, session: &Session) -> String {
    let mut script = Vec::new();
    generate(shell, &mut definitions(session.out.lang), "heyan", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
