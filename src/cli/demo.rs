//! `heyan demo`: a sample workspace of its own, and the desk on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::Args;
use jiff::{SignedDuration, Unit};

use super::demo_history::DayBefore;
use super::demo_pack::{self, Expectation};
use super::error::{CliError, Exit};
use super::import::{self, Prepare, Totals};
use super::output::JSON_VERSION;
use super::review;
use super::session::{Session, now};
use crate::domain::evidence::Evidence;
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::workspace::{ImportItem, reference};
use crate::store::{Missing, ReadStore, SqliteReader, SqliteStore, StoreError};

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long)]
    no_review: bool,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    let folder = session.folder("demo")?;
    let made = if is_ours(&folder)? {
        false
    } else {
        make(session, &folder)?;
        true
    };
    let desk = !arguments.no_review && review::terminal();
    tell(session, &folder, made, desk)?;
    if desk { review::open_desk(session, &folder) } else { Ok(Exit::Done) }
}

/// Whether the workspace is there already; an error when what is there was not made by this command.
fn is_ours(folder: &Path) -> Result<bool, CliError> {
    let refused = || {
        CliError::new(
            Exit::Refused,
            Message::new("cli.demo_foreign").with("path", safe(&folder.to_string_lossy())),
            Message::new("cli.demo_foreign_hint"),
        )
    };
    match SqliteStore::open_read_only(folder) {
        Ok(reader) => {
            if has_sample(&reader)? {
                Ok(true)
            } else {
                Err(refused())
            }
        }
        Err(StoreError::NotFound(Missing::Workspace(_))) => {
            let taken = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
            if taken || folder.is_file() { Err(refused()) } else { Ok(false) }
        }
        Err(error) => Err(error.into()),
    }
}

/// The sample appears whole or not at all, so one filing of it tells.
fn has_sample(reader: &SqliteReader) -> Result<bool, CliError> {
    let samples = samples()?;
    let Some(first) = samples.keys().next() else { return Ok(false) };
    match reader.case(&reference(demo_pack::SOURCE, first), now()) {
        Ok(_) => Ok(true),
        Err(StoreError::NotFound(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// What is known of the sample filings, by key.
fn samples() -> Result<BTreeMap<String, Expectation>, CliError> {
    demo_pack::expectations().map_err(|error| {
        CliError::new(
            Exit::Failed,
            Message::new("cli.demo_broken").with("detail", error.message()),
            Message::new("cli.demo_broken_hint"),
        )
    })
}

/// Makes the workspace beside its place and moves it there when it is whole.
fn make(session: &mut Session, folder: &Path) -> Result<(), CliError> {
    let unusable = |error: std::io::Error| {
        CliError::new(
            Exit::Failed,
            Message::new("cli.demo_unusable")
                .with("path", safe(&folder.to_string_lossy()))
                .with("cause", error),
            Message::new("cli.demo_unusable_hint"),
        )
    };
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(unusable)?;
    let scratch = tempfile::Builder::new().prefix(".heyan-demo-").tempdir_in(parent).map_err(unusable)?;
    let (pack, workspace) = (scratch.path().join("pack"), scratch.path().join("workspace"));
    demo_pack::unpack(&pack).map_err(unusable)?;
    // To the minute, as people set deadlines.
    let made = now().round(Unit::Minute).unwrap_or_else(|_| now());
    let samples = samples()?;
    let due = |item: &mut ImportItem| {
        item.filing.due_at = samples
            .get(&item.filing.key)
            .and_then(|sample| made.checked_add(SignedDuration::from_hours(sample.due_in_hours.into())).ok());
    };
    let day_before = DayBefore { session, made, pack: &pack, samples: &samples, prepare: &due };
    let mut store = day_before.create(&workspace)?;
    let (mut filing, mut evidence) =
        (|item: &mut ImportItem| due(item), |piece: &mut Evidence| demo_pack::age(piece, made));
    let mut prepare = Prepare { filing: &mut filing, evidence: &mut evidence };
    import::pack(session, &mut store, &pack, &mut Totals::default(), &mut prepare)?;
    import::judge_pending(session, &mut store)?;
    drop(store);
    fs::rename(&workspace, folder).map_err(unusable)
}

fn tell(session: &mut Session, folder: &Path, made: bool, desk: bool) -> Result<(), CliError> {
    let out = &mut session.out;
    let path = folder.to_string_lossy();
    if out.json {
        return out.row(&serde_json::json!({ "v": JSON_VERSION, "workspace": path, "made": made }));
    }
    let id = if made { "cli.demo_made" } else { "cli.demo_there" };
    out.say(&Message::new(id).with("path", safe(&path)))?;
    if !desk {
        out.say(&Message::new("cli.demo_next").with("path", safe(&path)))?;
    }
    Ok(())
}
