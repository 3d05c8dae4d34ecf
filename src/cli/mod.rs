//! The command line: one file per subcommand. Arguments, exit codes and `--json` are a contract.

mod arguments;
mod check;
mod decide;
mod demo;
pub mod demo_pack;
mod error;
mod export;
mod export_filings;
mod facts;
mod import;
mod output;
mod picture_worker;
mod queue;
mod redact;
mod review;
mod rows;
mod session;
mod show;
mod tables;
mod verify;
mod withdraw;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use arguments::Command;
use error::{CliError, Exit};
use session::Session;

use crate::domain::message::Lang;
use crate::domain::safe::safe;
use crate::media::WORKER_ARGUMENT;

/// Runs one command line, the program's name first.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    if words.get(1).is_some_and(|word| word == WORKER_ARGUMENT) {
        return picture_worker::run(words.get(2));
    }
    let named_file = arguments::peek(&words, "--config").map(PathBuf::from);
    let settings = session::settings(named_file.as_deref());
    let lang = arguments::peek(&words, "--lang")
        .and_then(|word| arguments::lang_of(&word))
        .or_else(|| settings.as_ref().ok().map(|config| config.ui.lang))
        .unwrap_or_default();
    let exit = match arguments::parse(words, lang) {
        // Help and version are no errors; clap writes them to standard output and knows its own exit codes.
        Err(usage) => {
            let shown = usage.print();
            if shown.is_err() || !usage.use_stderr() { Exit::Done } else { Exit::Usage }
        }
        Ok(arguments) => told(
            settings
                .and_then(|config| Session::new(config, arguments.global))
                .and_then(|session| dispatch(arguments.command.unwrap_or(Command::Review), session)),
            lang,
        ),
    };
    ExitCode::from(exit as u8)
}

fn dispatch(command: Command, mut session: Session) -> Result<Exit, CliError> {
    let exit = match command {
        Command::Demo(arguments) => demo::run(&mut session, &arguments),
        Command::Import(arguments) => import::run(&mut session, &arguments),
        Command::Check(arguments) => check::run(&mut session, &arguments),
        Command::Queue(arguments) => queue::run(&mut session, &arguments),
        Command::Show(arguments) => show::run(&mut session, &arguments),
        Command::Review => review::run(&mut session),
        Command::Decide(arguments) => decide::run(&mut session, arguments),
        Command::Withdraw(arguments) => withdraw::run(&mut session, &arguments),
        Command::Export(arguments) => export::run(&mut session, &arguments),
        Command::Verify => verify::run(&mut session),
    };
    // What was written before an error is still shown, above the error.
    let flushed = session.out.finish();
    let exit = exit?;
    flushed?;
    Ok(exit)
}

/// Tells an error on standard error: what happened, and what to do.
fn told(result: Result<Exit, CliError>, lang: Lang) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(CliError::ClosedPipe) => Exit::Done,
        Err(CliError::Told { exit, message, hint }) => {
            // Where standard error is closed, the exit code is all that is left to tell.
            let (message, hint) = (message.text(lang), hint.text(lang));
            let _ = writeln!(std::io::stderr(), "heyan: {}\n  {}", safe(&message), safe(&hint));
            exit
        }
    }
}
