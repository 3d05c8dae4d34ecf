//! The command line: one file per subcommand. Arguments, exit codes and `--json` are a contract.

mod arguments;
mod check;
mod completions;
mod decide;
mod decide_again;
mod demo;
mod demo_history;
pub mod demo_pack;
mod doctor;
mod error;
mod export;
mod export_filings;
mod facts;
mod gather;
mod gather_registry;
mod gather_summary;
mod habits;
mod help;
mod import;
mod man;
mod output;
mod picture_worker;
mod policy;
mod policy_gather;
mod queue;
mod queue_filter;
mod redact;
mod reference;
mod replay;
mod review;
mod rows;
mod session;
mod show;
mod sources;
mod tables;
mod usage;
mod verify;
mod withdraw;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use arguments::{Any, Arguments, Command};
use error::{CliError, Exit};
use output::Colour;
pub use reference::reference;
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
    let colour = arguments::peek_colour(&words);
    let exit = match arguments::parse(words, lang) {
        Err(error) => usage::tell(&error, lang, colour),
        Ok(Arguments { global, command }) => {
            let done = match command.unwrap_or(Any::Command(Command::Review)) {
                Any::Doctor => doctor::run(named_file.as_deref(), &global, lang),
                Any::Command(command) => settings
                    .and_then(|config| Session::new(config, global))
                    .and_then(|session| dispatch(command, session)),
            };
            told(done, lang, colour)
        }
    };
    ExitCode::from(exit as u8)
}

fn dispatch(command: Command, mut session: Session) -> Result<Exit, CliError> {
    let exit = match command {
        Command::Demo(arguments) => demo::run(&mut session, &arguments),
        Command::Import(arguments) => import::run(&mut session, &arguments),
        Command::Gather(arguments) => gather::run(&mut session, &arguments),
        Command::Check(arguments) => check::run(&mut session, &arguments),
        Command::Queue(arguments) => queue::run(&mut session, &arguments),
        Command::Show(arguments) => show::run(&mut session, &arguments),
        Command::Review => review::run(&mut session),
        Command::Decide(arguments) => decide::run(&mut session, arguments),
        Command::Withdraw(arguments) => withdraw::run(&mut session, &arguments),
        Command::Export(arguments) => export::run(&mut session, &arguments),
        Command::Policy(arguments) => policy::run(&mut session, arguments),
        Command::Verify => verify::run(&mut session),
        Command::Completions(arguments) => completions::run(&mut session, &arguments),
        Command::Man(arguments) => man::run(&mut session, &arguments),
    };
    // What was written before an error is still shown, above the error.
    let flushed = session.out.finish();
    let exit = exit.map_err(|error| {
        // The workspace that told a time can be read; were it not, UTC is better than nothing.
        let zone = error.tells_time().then(|| session.reader().and_then(|reader| session::zone(&reader)));
        match zone {
            Some(Ok(zone)) => error.in_zone(&zone),
            _ => error,
        }
    })?;
    flushed?;
    Ok(exit)
}

/// Tells an error on standard error: what happened, and what to do.
fn told(result: Result<Exit, CliError>, lang: Lang, colour: Colour) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(CliError::ClosedPipe) => Exit::Done,
        Err(CliError::Told { exit, message, hint }) => {
            // Where standard error is closed, the exit code is all that is left to tell.
            let (message, hint) = (message.text(lang), hint.text(lang));
            let mut out = std::io::stderr();
            let mark = usage::error_mark(colour.wanted(out.is_terminal()));
            let _ = writeln!(out, "{mark} {}\n  {}", safe(&message), safe(&hint));
            exit
        }
    }
}
