//! Opening the desk on a workspace: settings in, threads and terminal up, the loop, and everything given back.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::asking::Asker;
use super::effects::Desk;
use super::event_loop::{self, Event, Needed};
use super::input;
use super::jobs::Jobs;
use super::originals;
use super::own_places::PlacesFile;
use super::pictures::DeskPictures;
use super::probe::{self, Multiplexer, Probe, Surroundings, Width};
use super::terminal::{self, TerminalGuard};
use crate::app::effect::{Clock, Msg};
use crate::app::keymap::Keymap;
use crate::app::model::{Model, Settings};
use crate::app::theme::ThemeName;
use crate::config::ImageMode;
use crate::domain::message::{Lang, Message};
use crate::domain::places::OwnPlaces;
use crate::domain::reasons::Catalogue;
use crate::domain::view::Submission;
use crate::domain::workspace::Actor;
use crate::media;
use crate::media::client::{PageKey, PictureClient, PictureEvent};
use crate::media::encode::tmux::Through;
use crate::store::{AttachmentVault, ReadStore, SqliteStore, Store, StoreError};

/// How wide the terminal draws ambiguous characters, as far as it is known before it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguous {
    Known(Width),
    Ask,
}

/// What the desk is opened with.
pub struct DeskOptions {
    pub workspace: PathBuf,
    pub actor: Actor,
    pub lang: Lang,
    pub zone: TimeZone,
    pub submission: Submission,
    pub images: ImageMode,
    pub surroundings: Surroundings,
    /// The places that the reviewer set herself, and where they are kept.
    pub places: (OwnPlaces, PlacesFile),
    pub ambiguous: Ambiguous,
    pub arming_ms: u64,
    pub keymap: Arc<Keymap>,
    pub theme: ThemeName,
    /// The terminal's background decides on the theme, once it is known.
    pub theme_by_background: bool,
    pub colourless: bool,
    pub mouse: bool,
    pub picture_limits: media::Limits,
    pub catalogue: Arc<Catalogue>,
    /// Whoever asks the sources again; none where nobody can.
    pub asker: Option<Box<dyn Asker>>,
}

/// Why the desk could not be opened or went down.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The terminal could not be used, or a thread not be started.
    #[error("{0}")]
    Terminal(#[from] io::Error),
}

/// Opens the desk and returns when the reviewer leaves it.
pub fn open(options: DeskOptions) -> Result<(), DeskError> {
    let store = SqliteStore::open(&options.workspace)?;
    let reads = SqliteStore::open_read_only(&options.workspace)?;
    let searches = SqliteStore::open_read_only(&options.workspace)?;
    let attachments = AttachmentVault::of(&options.workspace);
    let policy = store.policy()?;
    let (events, incoming) = channel();
    input::watch_signals(events.clone())?;

    let mut pictures = match options.images {
        ImageMode::Off => None,
        _ => {
            let program = std::env::current_exe()?;
            let limit = options.picture_limits.file_bytes;
            let source = move |sha256: &str| originals::read(&attachments, sha256, limit);
            let needed = Needed(events.clone());
            let told = move |event| {
                let event = match event {
                    PictureEvent::View { .. } => Event::Picture,
                    PictureEvent::Restarted => {
                        Event::Msg(Box::new(Msg::Trouble(Message::new("media.worker_restarted"))))
                    }
                    PictureEvent::Corners { page: PageKey { sha256, page }, quad } => {
                        Event::Msg(Box::new(Msg::Corners { sha256, page, quad }))
                    }
                };
                // The loop is gone only when the desk is closing.
                let _closing = needed.0.send(event);
            };
            let budget = options.picture_limits.sent_bytes;
            let client =
                PictureClient::start(&program, options.picture_limits, Arc::new(source), Box::new(told))?;
            Some(DeskPictures::new(client, budget, through(&options.surroundings)))
        }
    };

    let jobs = Jobs::start(
        Desk::new(options.actor.clone(), options.zone.clone()).keeping_places(options.places.1),
        store,
        reads,
        searches,
        options.asker,
        events.clone(),
    )?;
    let width = match options.ambiguous {
        Ambiguous::Ask => None,
        Ambiguous::Known(width) => Some(width),
    };
    let mut probe = Probe::new(
        options.images,
        width,
        options.theme_by_background,
        &options.surroundings,
        terminal::cell(),
    );
    let mut settings = Settings {
        reviewer: options.actor.reviewer.clone(),
        policy,
        zone: options.zone,
        catalogue: options.catalogue,
        images: probe.display().images,
        cell: probe.display().cell,
        largest_sixel: probe.display().largest_sixel,
        submission: options.submission,
        // What is right on every terminal, until it is known.
        wide_ambiguous: true,
        arming_ms: options.arming_ms,
        keymap: options.keymap,
        theme: options.theme,
        theme_by_background: options.theme_by_background,
        colourless: options.colourless,
        mouse: options.mouse,
    };
    if !probe.is_open() {
        settings.measured(probe.display());
    }

    let guard = TerminalGuard::take(through(&options.surroundings) == Through::Tmux)?;
    input::spawn(events)?;
    let size = guard.terminal.size()?;
    let clock = Clock { ms: 0, now: Timestamp::now() };
    let mut model = Model::new(settings, options.lang, (size.width, size.height), clock);
    model.own_places = options.places.0;
    let opened = Instant::now();
    let ended = event_loop::run(
        guard.terminal,
        &mut model,
        pictures.as_mut(),
        &mut probe,
        &guard.written,
        &incoming,
        &mut |effect| jobs.perform(effect),
    );
    let late = hear_out(&mut probe, opened, &incoming);
    drop(guard);
    // The claim that was let go and anything still being written.
    let whole = jobs.finish();
    let mut late = late.into_iter().chain(incoming.try_iter()).filter_map(claimed).peekable();
    if late.peek().is_some() {
        let mut store = SqliteStore::open(&options.workspace)?;
        for reference in late {
            store.release(&reference, &options.actor)?;
        }
    }
    if !whole {
        return Err(DeskError::Terminal(io::Error::other("a thread of the desk panicked")));
    }
    ended.map_err(DeskError::from)
}

/// The way that pictures take to the terminal.
const fn through(surroundings: &Surroundings) -> Through {
    match surroundings.multiplexer {
        Multiplexer::Tmux => Through::Tmux,
        Multiplexer::None | Multiplexer::Screen => Through::Direct,
    }
}

/// The longest that an answer is on its way.
const LATEST: Duration = Duration::from_secs(1);

/// Waits a moment for the terminal's answer, if it is still to come: after the terminal was given back it would be typed
/// into the shell. Answers all else that came meanwhile.
fn hear_out(probe: &mut Probe, opened: Instant, incoming: &Receiver<Event>) -> Vec<Event> {
    let end = (Instant::now() + probe::PATIENCE).max(opened + LATEST);
    let mut others = Vec::new();
    while (probe.is_awaited() || probe.may_answer() && Instant::now() < opened + LATEST)
        && let Ok(event) = incoming.recv_timeout(end.saturating_duration_since(Instant::now()))
    {
        match event {
            Event::Report(report) => {
                probe.hear(report);
            }
            other => others.push(other),
        }
    }
    others
}

/// The filing that an answer claimed, by reference. One that the desk did not live to see is given back.
fn claimed(event: Event) -> Option<String> {
    let Event::Msg(msg) = event else { return None };
    match *msg {
        Msg::Opened { case: Some(case), .. } => Some(case.file.reference()),
        Msg::Saved { next: Ok(Some(next)), .. } => Some(next.file.reference()),
        _ => None,
    }
}
