//! One run of a command: settings, who acts, which workspace, where the output goes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::arguments::Global;
use super::error::{CliError, Exit};
use super::output::{Colour, Output};
use crate::config::{Config, ConfigError, Layers};
use crate::domain::message::Message;
use crate::domain::reasons::Catalogue;
use crate::domain::safe::safe;
use crate::domain::workspace::Actor;
use crate::store::{Missing, ReadStore, SqliteReader, SqliteStore, StoreError};

/// What every command has.
pub struct Session {
    pub config: Config,
    pub actor: Actor,
    /// The shipped reasons and the operator's own.
    pub catalogue: Arc<Catalogue>,
    pub out: Output,
    /// When to colour, as the flag says.
    pub colour: Colour,
    /// The workspace that was named, by flag or variable.
    named: Option<PathBuf>,
}

impl Session {
    pub fn new(config: Config, global: Global) -> Result<Self, CliError> {
        let lang = global.lang.unwrap_or(config.ui.lang);
        let actor = actor(global.reviewer.as_deref(), &config)?;
        let out = Output::new(lang, global.json, global.color);
        let catalogue = Arc::new(catalogue(&config)?);
        Ok(Session { config, actor, catalogue, out, colour: global.color, named: global.workspace })
    }

    /// The workspace that was named, or the one of this name in the person's data folder.
    pub fn folder(&self, default_name: &str) -> Result<PathBuf, CliError> {
        folder(self.named.as_deref(), default_name)
    }

    /// The reviewers' workspace.
    pub fn workspace(&self) -> Result<PathBuf, CliError> {
        self.folder("workspace")
    }

    pub fn reader(&self) -> Result<SqliteReader, CliError> {
        Ok(SqliteStore::open_read_only(&self.workspace()?)?)
    }

    pub fn store(&self) -> Result<SqliteStore, CliError> {
        Ok(SqliteStore::open(&self.workspace()?)?)
    }

    /// The workspace, made if it is not there yet.
    pub fn store_or_new(&self, folder: &Path) -> Result<SqliteStore, CliError> {
        match SqliteStore::open(folder) {
            Err(StoreError::NotFound(Missing::Workspace(_))) => {
                Ok(SqliteStore::create(folder, &self.config.policy, now(), &self.actor)?)
            }
            opened => Ok(opened?),
        }
    }
}

/// The workspace that was named, or the one of this name in the person's data folder.
pub fn folder(named: Option<&Path>, default_name: &str) -> Result<PathBuf, CliError> {
    match named {
        Some(folder) => Ok(folder.to_owned()),
        None => Ok(base_folders()?.data_dir().join("heyan").join(default_name)),
    }
}

/// A file in which the program keeps what a person did with it, whether it is there or not.
pub fn state_file(name: &str) -> Result<PathBuf, CliError> {
    let folders = base_folders()?;
    Ok(folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("heyan").join(name))
}

/// The settings: compiled in, the person's file, the environment.
pub fn settings(named: Option<&Path>) -> Result<Config, CliError> {
    Ok(layers(named)?.finish())
}

/// The person's own settings file, whether it is there or not.
pub fn settings_file(named: Option<&Path>) -> Result<PathBuf, CliError> {
    match named {
        Some(path) => Ok(path.to_owned()),
        None => Ok(base_folders()?.config_dir().join("heyan/config.toml")),
    }
}

/// The settings with where each of them stands.
pub fn layers(named: Option<&Path>) -> Result<Layers, CliError> {
    let layers = Layers::compiled_in()?;
    let path = settings_file(named)?;
    // A file that was named must be there.
    let layers = if named.is_some() || path.exists() { layers.file(&path, &read(&path)?)? } else { layers };
    // A variable that is no Unicode is none of ours; its value cannot be a setting either.
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())));
    Ok(layers.environment(variables)?)
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path)
        .map_err(|error| ConfigError::Unreadable { path: path.to_owned(), cause: error.to_string() })
}

fn base_folders() -> Result<impl BaseStrategy, CliError> {
    etcetera::base_strategy::Xdg::new().map_err(|_| {
        CliError::new(Exit::Failed, Message::new("cli.no_home"), Message::new("cli.no_home_hint"))
    })
}

/// The shipped reasons with those of the operator's file, if one is named.
pub fn catalogue(config: &Config) -> Result<Catalogue, CliError> {
    let shipped = Catalogue::shipped();
    if config.reasons.file.as_os_str().is_empty() {
        return Ok(shipped.clone());
    }
    let path = &config.reasons.file;
    shipped.with_operator_file(&read(path)?).map_err(|fault| {
        CliError::new(
            Exit::Usage,
            Message::new("cli.bad_reasons_file")
                .with("path", path.display())
                .with("fault", fault.message().text(config.ui.lang)),
            Message::new("cli.bad_reasons_file_hint"),
        )
    })
}

/// The longest reviewer's name, in characters.
const NAME_LENGTH: usize = 64;

/// Who acts: the flag, the setting, the login name, or at last the bare user id, which is recorded in any case.
pub fn actor(flag: Option<&str>, config: &Config) -> Result<Actor, CliError> {
    let uid = rustix::process::getuid().as_raw();
    let login = ["LOGNAME", "USER"].into_iter().filter_map(|name| std::env::var(name).ok());
    let reviewer = flag
        .map(str::to_owned)
        .or_else(|| Some(config.reviewer.name.clone()).filter(|name| !name.is_empty()))
        .or_else(|| login.into_iter().find(|name| !name.is_empty()))
        .unwrap_or_else(|| format!("uid{uid}"));
    let name = reviewer.trim();
    if name.is_empty() || name.chars().count() > NAME_LENGTH || *safe(name) != *name {
        return Err(CliError::new(
            Exit::Usage,
            Message::new("cli.bad_reviewer").with("name", safe(&reviewer)),
            Message::new("cli.bad_reviewer_hint").with("most", NAME_LENGTH),
        ));
    }
    Ok(Actor { reviewer: name.to_owned(), uid })
}

/// The time of the call; the only clock of the command line.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The zone in which a workspace's days begin.
pub fn zone(store: &impl ReadStore) -> Result<TimeZone, CliError> {
    let name = store.policy()?.zone;
    TimeZone::get(&name).map_err(|_| {
        CliError::new(
            Exit::Failed,
            Message::new("cli.bad_zone").with("zone", safe(&name)),
            Message::new("cli.bad_zone_hint"),
        )
    })
}

/// The day of a moment.
pub fn day(moment: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(moment).date()
}

/// A moment as a person reads it, in the workspace's zone, to the minute.
pub fn clock(moment: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(moment).strftime("%Y-%m-%d %H:%M").to_string()
}
