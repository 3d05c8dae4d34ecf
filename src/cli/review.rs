//! `heyan review`: opens the desk; so does `heyan` alone.

use std::io::{IsTerminal, stdin, stdout};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::error::{CliError, Exit};
use super::habits;
use super::session::{self, Session};
use super::sources::gatherers;
use crate::config;
use crate::domain::message::Message;
use crate::domain::view::Submission;
use crate::media::Limits;
use crate::runtime::desk::{self, Ambiguous, DeskError, DeskOptions};
use crate::runtime::probe::{Surroundings, Width};
use crate::store::SqliteStore;

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
    let reader = SqliteStore::open_read_only(folder)?;
    let zone = session::zone(&reader)?;
    drop(reader);
    let config = &session.config;
    desk::open(DeskOptions {
        workspace: folder.to_owned(),
        actor: session.actor.clone(),
        lang: session.out.lang,
        zone,
        images: config.images.mode,
        surroundings: surroundings(),
        submission: Submission {
            kib: config.images.submitted_kib,
            longest_side: config.images.submitted_longest_side,
        },
        places: habits::own_places()?,
        ambiguous: match config.ui.ambiguous {
            config::Ambiguous::Auto => Ambiguous::Ask,
            config::Ambiguous::Narrow => Ambiguous::Known(Width::Narrow),
            config::Ambiguous::Wide => Ambiguous::Known(Width::Wide),
        },
        arming_ms: config.ui.arming_ms,
        keymap: Arc::new(habits::keymap(&config.keys, session.out.lang)?),
        theme: habits::theme(config.ui.theme),
        theme_by_background: config.ui.theme == config::Theme::Auto,
        colourless: habits::colourless(session.colour),
        mouse: config.ui.mouse,
        picture_limits: limits(&config.images),
        catalogue: session.catalogue.clone(),
        asker: Some(Box::new(gatherers(session, folder, false)?)),
    })?;
    Ok(Exit::Done)
}

/// What the environment tells of the way to the terminal.
pub fn surroundings() -> Surroundings {
    Surroundings::of(|name| std::env::var(name).ok())
}

/// The settings' limits on the picture process.
pub fn limits(settings: &config::Images) -> Limits {
    Limits {
        answer_within: Duration::from_secs(settings.timeout_seconds),
        sent_bytes: usize::try_from(settings.budget_kib << 10).ok().filter(|bytes| *bytes > 0),
        ..Limits::default().within(settings.memory_mib << 20)
    }
}

impl From<DeskError> for CliError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Store(error) => error.into(),
            DeskError::Terminal(error) => CliError::new(
                Exit::Failed,
                Message::new("cli.desk_failed").with("cause", error),
                Message::new("cli.desk_failed_hint"),
            ),
        }
    }
}
