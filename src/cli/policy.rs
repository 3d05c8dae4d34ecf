//! `heyan policy`: the rules of the workspace, shown and changed; each change is an entry of the day book.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::arguments::named;
use super::error::{CliError, Exit};
use super::output::JSON_VERSION;
use super::policy_gather::GatherKey;
use super::session::{Session, day, now, zone};
use crate::config;
use crate::domain::message::Message;
use crate::domain::policy::{Attention, FIRST_VERSION, Policy, PrefixListFile};
use crate::domain::prefixes::{PrefixFault, PrefixList};
use crate::domain::revision::sha256_hex;
use crate::domain::safe::safe;
use crate::domain::vault::Vault;
use crate::store::{ReadStore, SqliteStore, Store};

/// The largest list of prefixes that is read, in bytes: more than a million lines.
const LARGEST_LIST: u64 = 64 << 20;

/// The longest name of a list's version, in characters.
const VERSION_LENGTH: usize = 64;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    change: Option<Change>,
}

#[derive(Debug, Subcommand)]
enum Change {
    Set {
        #[arg(value_name = "KEY", value_parser = named(Key::ALL, Key::name))]
        key: Key,
        #[arg(value_name = "VALUE")]
        value: String,
    },
    Prefixes {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "TEXT")]
        version: Option<String>,
    },
}

/// What `set` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Zone,
    CoolOffSeconds,
    SecondReview,
    Attention,
    LeaseSeconds,
    Provider,
    /// A rule of evidence.
    Gather(GatherKey),
}

impl Key {
    const ALL: &'static [Key] = &[
        Key::Zone,
        Key::CoolOffSeconds,
        Key::SecondReview,
        Key::Attention,
        Key::LeaseSeconds,
        Key::Provider,
        Key::Gather(GatherKey::Required),
        Key::Gather(GatherKey::AllowNetworks),
        Key::Gather(GatherKey::ApartHours),
        Key::Gather(GatherKey::FailHours),
        Key::Gather(GatherKey::DnsFreshHours),
        Key::Gather(GatherKey::RegistrationFreshHours),
        Key::Gather(GatherKey::WebsiteFreshHours),
        Key::Gather(GatherKey::RegistryFreshHours),
    ];

    /// As in `[policy]` of config.toml.
    const fn name(self) -> &'static str {
        match self {
            Key::Zone => "zone",
            Key::CoolOffSeconds => "cool_off_seconds",
            Key::SecondReview => "second_review",
            Key::Attention => "attention",
            Key::LeaseSeconds => "lease_seconds",
            Key::Provider => "provider",
            Key::Gather(key) => key.name(),
        }
    }

    fn value(self, policy: &Policy) -> String {
        match self {
            Key::Zone => policy.zone.clone(),
            Key::CoolOffSeconds => policy.cool_off_seconds.to_string(),
            Key::SecondReview => policy.second_review.to_string(),
            Key::Attention => policy.attention.text().to_owned(),
            Key::LeaseSeconds => policy.lease_seconds.to_string(),
            Key::Provider => policy.provider.clone(),
            Key::Gather(key) => key.value(&policy.gather),
        }
    }
}

pub fn run(session: &mut Session, arguments: Arguments) -> Result<Exit, CliError> {
    match arguments.change {
        None => {
            let policy = session.reader()?.policy()?;
            show(session, &policy)
        }
        Some(Change::Set { key, value }) => {
            let mut store = session.store()?;
            let before = store.policy()?;
            let policy = with(before.clone(), key, &value)?;
            keep(session, &mut store, &before, policy)
        }
        Some(Change::Prefixes { file, version }) => prefixes(session, &file, version),
    }
}

fn show(session: &mut Session, policy: &Policy) -> Result<Exit, CliError> {
    let out = &mut session.out;
    let list = policy.prefix_list.as_ref();
    if out.json {
        out.row(&serde_json::json!({
            "v": JSON_VERSION,
            "zone": policy.zone,
            "cool_off_seconds": policy.cool_off_seconds,
            "second_review": policy.second_review,
            "attention": policy.attention,
            "lease_seconds": policy.lease_seconds,
            "provider": policy.provider,
            "gather": policy.gather,
            "prefixes": match list {
                Some(file) => serde_json::json!({
                    "version": file.version, "count": file.prefixes, "sha256": file.sha256,
                }),
                None => serde_json::json!({
                    "version": FIRST_VERSION, "count": policy.provider_prefixes.len(), "sha256": null,
                }),
            },
        }))?;
        return Ok(Exit::Done);
    }
    let mut rows: Vec<Vec<String>> = Key::ALL
        .iter()
        .map(|key| vec![key.name().to_owned(), safe(&key.value(policy)).into_string()])
        .collect();
    rows.push(vec!["prefixes".to_owned(), prefixes_in_force(policy).text(out.lang)]);
    out.table(&rows)?;
    Ok(Exit::Done)
}

/// The version of the list by which filed ranges are judged, and how many prefixes it has.
pub(super) fn prefixes_in_force(policy: &Policy) -> Message {
    match &policy.prefix_list {
        Some(file) => Message::new("cli.policy_prefixes")
            .with("version", safe(&file.version))
            .with("count", file.prefixes),
        None if policy.provider_prefixes.is_empty() => Message::new("cli.policy_no_prefixes"),
        None => Message::new("cli.policy_prefixes")
            .with("version", FIRST_VERSION)
            .with("count", policy.provider_prefixes.len()),
    }
}

/// The policy with one value changed.
fn with(mut policy: Policy, key: Key, value: &str) -> Result<Policy, CliError> {
    let wrong = |expected: Message| {
        CliError::new(
            Exit::Usage,
            Message::new("cli.policy_bad_value").with("key", key.name()).with("value", safe(value)),
            expected,
        )
    };
    let number = || value.parse::<u32>().map_err(|_| wrong(Message::new("cli.policy_expected_seconds")));
    match key {
        // Days already written would count from another midnight.
        Key::Zone => {
            return Err(CliError::new(
                Exit::Refused,
                Message::new("cli.policy_zone_stays").with("zone", safe(&policy.zone)),
                Message::new("cli.policy_zone_stays_hint"),
            ));
        }
        Key::CoolOffSeconds => policy.cool_off_seconds = number()?,
        Key::LeaseSeconds => policy.lease_seconds = number()?,
        Key::SecondReview => {
            policy.second_review =
                value.parse().map_err(|_| wrong(Message::new("cli.policy_expected_bool")))?;
        }
        Key::Attention => {
            policy.attention = Attention::from_text(value)
                .ok_or_else(|| wrong(Message::new("cli.policy_expected_attention")))?;
        }
        Key::Provider => value.trim().clone_into(&mut policy.provider),
        Key::Gather(key) => key.set(&mut policy.gather, value).map_err(wrong)?,
    }
    match config::broken_policy(&policy) {
        Some((_, expected)) => Err(wrong(expected)),
        None => Ok(policy),
    }
}

/// Records the policy where it differs, and says what follows.
fn keep(
    session: &mut Session,
    store: &mut SqliteStore,
    before: &Policy,
    policy: Policy,
) -> Result<Exit, CliError> {
    if policy == *before {
        if !session.out.json {
            session.out.say(&Message::new("cli.policy_unchanged"))?;
        }
        return show_json(session, &policy);
    }
    store.set_policy(&policy, before, now(), &session.actor)?;
    if !session.out.json {
        session.out.say(&Message::new("cli.policy_changed"))?;
        if !policy.judges_as(before) {
            session.out.say(&Message::new("cli.policy_judge_again"))?;
        }
    }
    show_json(session, &policy)
}

fn show_json(session: &mut Session, policy: &Policy) -> Result<Exit, CliError> {
    if session.out.json { show(session, policy) } else { Ok(Exit::Done) }
}

fn prefixes(session: &mut Session, path: &Path, version: Option<String>) -> Result<Exit, CliError> {
    let bytes = read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable(path, "UTF-8"))?;
    let list = match PrefixList::parse(text) {
        Ok(list) => list,
        Err(faults) => return rejected(session, path, &faults),
    };
    let mut store = session.store()?;
    let version = match version {
        Some(version) => named_version(version)?,
        None => day(now(), &zone(&store)?).to_string(),
    };
    let before = store.policy()?;
    let policy = with_list(&store, before.clone(), version, &bytes, &list)?;
    keep(session, &mut store, &before, policy)
}

/// The policy with this list in the place of any other; its file is in the vault from here on.
pub(super) fn with_list(
    store: &SqliteStore,
    policy: Policy,
    version: String,
    bytes: &[u8],
    list: &PrefixList,
) -> Result<Policy, CliError> {
    let sha256 = sha256_hex(bytes);
    store.vault().put(&sha256, bytes).map_err(|fault| {
        CliError::new(
            Exit::Failed,
            Message::new("cli.policy_not_kept").with("cause", safe(&fault.to_string())),
            Message::new("cli.policy_not_kept_hint"),
        )
    })?;
    let file = PrefixListFile { version, sha256, bytes: bytes.len() as u64, prefixes: list.len() };
    Ok(Policy { prefix_list: Some(file), provider_prefixes: Vec::new(), ..policy })
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let size = std::fs::metadata(path).map_err(|error| unreadable(path, error))?.len();
    if size > LARGEST_LIST {
        return Err(unreadable(path, format_args!("{size} > {LARGEST_LIST} bytes")));
    }
    std::fs::read(path).map_err(|error| unreadable(path, error))
}

fn unreadable(path: &Path, cause: impl ToString) -> CliError {
    CliError::new(
        Exit::Usage,
        Message::new("cli.policy_list_unreadable")
            .with("path", safe(&path.to_string_lossy()))
            .with("cause", cause),
        Message::new("cli.policy_list_hint"),
    )
}

fn named_version(version: String) -> Result<String, CliError> {
    let name = version.trim();
    if name.is_empty() || name.chars().count() > VERSION_LENGTH || *safe(name) != *name {
        return Err(CliError::new(
            Exit::Usage,
            Message::new("cli.policy_bad_version").with("version", safe(&version)),
            Message::new("cli.policy_bad_version_hint").with("most", VERSION_LENGTH),
        ));
    }
    Ok(name.to_owned())
}

/// A list is taken whole or not at all: one without some of the provider's ranges would accuse its own customers.
fn rejected(session: &mut Session, path: &Path, faults: &[PrefixFault]) -> Result<Exit, CliError> {
    let lang = session.out.lang;
    for fault in faults {
        let text = fault.message().text(lang);
        if session.out.json {
            let row = serde_json::json!({
                "v": JSON_VERSION, "file": path.to_string_lossy(), "line": fault.line(), "message": text,
            });
            session.out.row(&row)?;
        } else {
            session.out.line(&text)?;
        }
    }
    Err(CliError::new(
        Exit::Rejected,
        Message::new("cli.policy_list_rejected").with("path", safe(&path.to_string_lossy())),
        Message::new("cli.policy_list_hint"),
    ))
}
