//! Settings: typed, layered, and wrong ones are errors that say where they stand.
//!
//! `config.toml` at the top of the repository holds every default and is compiled in; it is also the list of known
//! keys. Over it come the person's own file, then `HEYAN_SECTION__KEY` variables, then flags (applied by the
//! command line). What a workspace has in common lives in its store; [`Config::policy`] only starts a new one.

mod error;
mod keys;
mod layers;
mod registry;
mod rules;
mod sources;

pub use error::{ConfigError, Origin};
pub use keys::Keys;
pub use layers::Layers;
pub use registry::{HeaderSetting, Registry, StatusWord};
pub use rules::broken_policy;

use std::path::PathBuf;

use serde::Deserialize;

use crate::domain::message::Lang;
use crate::domain::policy::{GatherPolicy, Policy};

/// The text of `config.toml`: every default, with comments.
pub const DEFAULTS: &str = include_str!("../../config.toml");

/// All settings of one run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where a new workspace starts.
    pub policy: Policy,
    /// The policy's rules of evidence, as a section of their own.
    pub gather: GatherPolicy,
    pub sources: Sources,
    pub registry: Registry,
    pub reviewer: Reviewer,
    pub reasons: Reasons,
    pub ui: Ui,
    pub keys: Keys,
    pub images: Images,
    pub intake: Intake,
}

/// Who is asked for evidence, and how fast.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// `address` or `address:port`; empty: the system's.
    pub resolvers: Vec<String>,
    pub resolver_seconds: u64,
    pub resolver_at_once: u64,
    /// `suffix=host` or `suffix=host:port`.
    pub whois_servers: Vec<String>,
    /// Empty: the shipped file.
    pub rdap_bootstrap: PathBuf,
    /// To one server.
    pub registration_at_once: u64,
    pub site_ports: Vec<u16>,
    pub http_port: u16,
    pub https_port: u16,
    pub site_seconds: u64,
    pub sites_at_once: u64,
    pub registry_at_once: u64,
}

/// Who reviews.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewer {
    /// Empty: the login name.
    pub name: String,
}

/// The reason catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    /// The operator's own reasons; empty: only the shipped ones.
    pub file: PathBuf,
}

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ui {
    pub lang: Lang,
    pub ambiguous: Ambiguous,
    /// How long decision keys stay dead after a case is drawn, in milliseconds.
    pub arming_ms: u64,
    pub theme: Theme,
    /// Whether the desk starts with the mouse; else the terminal keeps it for selecting text.
    pub mouse: bool,
}

/// The colours of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the terminal answers, or else `COLORFGBG` says, else dark.
    Auto,
    Dark,
    Light,
    None,
}

/// How many cells an East-Asian-ambiguous character takes (UAX #11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ambiguous {
    /// The terminal is asked.
    Auto,
    Narrow,
    Wide,
}

/// Pictures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Images {
    pub mode: ImageMode,
    /// Address space of the picture process, in MiB.
    pub memory_mib: u64,
    /// Wall time for one picture, in seconds.
    pub timeout_seconds: u64,
    /// Largest file of a picture that the regulator's system accepts, in KiB.
    pub submitted_kib: u32,
    /// Longest side of one, in pixels.
    pub submitted_longest_side: u32,
    /// Bytes of one picture on its way to the terminal, in KiB; 0 for no limit.
    pub budget_kib: u64,
}

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageMode {
    /// The best that the terminal says it can.
    Auto,
    Kitty,
    Iterm2,
    Sixel,
    HalfBlocks,
    Braille,
    Off,
}

/// Limits on filing packs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    pub entry_mib: u64,
    pub attachment_mib: u64,
    pub attachments_per_filing: u64,
    pub pack_mib: u64,
    pub zip_entries: u64,
    pub compression_ratio: u64,
}
