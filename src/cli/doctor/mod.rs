//! `heyan doctor`: looks at everything that work depends on, says what is wrong and what to do. It changes nothing.
//!
//! One file per field; each adds lines. It needs neither sound settings nor a workspace: those are what it looks for.

mod display;
mod pictures;
mod program;
mod sources;
mod terminal;
mod workspace;

use std::path::Path;

use unicode_width::UnicodeWidthStr;

use super::arguments::Global;
use super::error::{CliError, Exit};
use super::output::{JSON_VERSION, Output};
use super::session;
use crate::config::{Config, Layers};
use crate::domain::finding::Status;
use crate::domain::message::{Lang, Message, text};
use crate::domain::safe::safe;

/// What was found of one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The last part of `cli.matter_*`, and the matter's name in JSON.
    matter: &'static str,
    /// `Fail` stops work, `Warn` does not.
    status: Status,
    found: Message,
    /// What to do, where something is to be done.
    advice: Option<Message>,
}

impl Line {
    fn pass(matter: &'static str, found: Message) -> Self {
        Line { matter, status: Status::Pass, found, advice: None }
    }

    fn warn(matter: &'static str, found: Message, advice: impl Into<Message>) -> Self {
        Line { matter, status: Status::Warn, found, advice: Some(advice.into()) }
    }

    fn fail(matter: &'static str, found: Message, advice: impl Into<Message>) -> Self {
        Line { matter, status: Status::Fail, found, advice: Some(advice.into()) }
    }

    /// An error of the program itself, as it would stop another command.
    fn of(matter: &'static str, error: CliError) -> Option<Self> {
        match error {
            CliError::Told { message, hint, .. } => Some(Line::fail(matter, message, hint)),
            CliError::ClosedPipe => None,
        }
    }
}

/// `named_file` is the settings file of `--config`.
pub fn run(named_file: Option<&Path>, global: &Global, lang: Lang) -> Result<Exit, CliError> {
    let mut out = Output::new(lang, global.json, global.color);
    let mut lines = program::version();
    let (config, settings) = settings(named_file)?;
    lines.extend(settings);
    lines.extend(program::keys(&config, lang));
    lines.extend(program::reviewer(global.reviewer.as_deref(), &config));
    lines.extend(program::rules(&config));
    lines.extend(workspace::examine(global.workspace.as_deref()));
    lines.push(pictures::examine(&config.images));
    lines.extend(sources::examine(&config));
    lines.extend(terminal::examine(&config.images));
    for line in &lines {
        tell(&mut out, line)?;
    }
    out.finish()?;
    Ok(if lines.iter().any(|line| line.status == Status::Fail) { Exit::Failed } else { Exit::Done })
}

/// The settings, or the compiled-in ones where the person's own cannot be used.
fn settings(named: Option<&Path>) -> Result<(Config, Vec<Line>), CliError> {
    match session::layers(named) {
        Ok(layers) => {
            let lines = program::settings(named, &layers);
            Ok((layers.finish(), lines))
        }
        Err(error) => {
            Ok((Layers::compiled_in()?.finish(), Line::of("settings", error).into_iter().collect()))
        }
    }
}

fn tell(out: &mut Output, line: &Line) -> Result<(), CliError> {
    let lang = out.lang;
    let found = safe(&line.found.text(lang)).into_string();
    let advice = line.advice.as_ref().map(|advice| safe(&advice.text(lang)).into_string());
    if out.json {
        return out.row(&serde_json::json!({
            "v": JSON_VERSION,
            "matter": line.matter,
            "status": line.status.text(),
            "message": found,
            "advice": advice,
        }));
    }
    // The longest label takes 14 columns in English.
    const LABEL: usize = 15;
    let label = text(lang, &format!("cli.matter_{}", line.matter));
    let blank = " ".repeat(LABEL.saturating_sub(label.width()));
    out.line(&format!("{} {label}{blank}{found}", out.mark(line.status)))?;
    if let Some(advice) = advice {
        out.line(&format!("  {}{advice}", " ".repeat(LABEL)))?;
    }
    Ok(())
}
