//! Making and opening a workspace's database: header, schema version, settings of a connection.

use std::fs::{self, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::evidence;
use super::fault::Outcome;
use super::policy;
use super::search_index;
use super::vault::AttachmentVault;
use crate::domain::policy::Policy;
use crate::store::{Actor, Conflict, Missing, StoreError};

/// `heya` in ASCII: marks the file as ours (SQLite's `application_id`).
const APPLICATION_ID: i64 = 0x6865_7961;

/// The schema, version by version: each script leads from the version before to its own, and none is ever edited.
/// What a script alone cannot fill in is made after it.
const MIGRATIONS: &[(&str, Option<Fill>)] = &[
    (include_str!("schema.sql"), None),
    (include_str!("schema_2.sql"), Some(search_index::fill)),
    (include_str!("schema_3.sql"), Some(evidence::fill)),
    (include_str!("schema_4.sql"), None),
];
type Fill = fn(&Connection) -> Outcome<()>;

/// How long a transaction waits for another one's commit.
const PATIENCE: Duration = Duration::from_secs(5);

/// The database of a workspace.
pub(super) fn database(folder: &Path) -> PathBuf {
    folder.join("heyan.db")
}

pub(super) fn create(
    folder: &Path,
    policy: &Policy,
    now: Timestamp,
    actor: &Actor,
) -> Result<Connection, StoreError> {
    let path = database(folder);
    if let Some(name) = stranger(folder) {
        let detail = format!("it already holds `{name}` and no workspace");
        return Err(StoreError::Unusable { path: folder.to_owned(), detail });
    }
    make_folders(folder)
        .map_err(|error| StoreError::Unusable { path: folder.to_owned(), detail: error.to_string() })?;
    let make = || -> Outcome<Connection> {
        let mut connection =
            connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // A file that an interrupted creation left behind is empty, and no workspace yet.
        let tables: i64 =
            transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables > 0 || header(&transaction)? != (Header { application: 0, version: 0 }) {
            return Err(Conflict::WorkspaceExists { path: folder.to_owned() }.into());
        }
        migrate(&transaction, 0)?;
        policy::create(&transaction, policy, now, actor)?;
        transaction.commit()?;
        Ok(connection)
    };
    make().map_err(|fault| fault.at(&path))
}

pub(super) fn open(folder: &Path) -> Result<Connection, StoreError> {
    let path = database(folder);
    let read = || -> Outcome<Connection> {
        let mut connection = connect_existing(folder, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        if version(&connection, folder)? < known() {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let from = version(&transaction, folder)?;
            migrate(&transaction, from)?;
            transaction.commit()?;
        }
        Ok(connection)
    };
    read().map_err(|fault| fault.at(&path))
}

pub(super) fn open_read_only(folder: &Path) -> Result<Connection, StoreError> {
    let path = database(folder);
    let read = || -> Outcome<Connection> {
        let connection = connect_existing(folder, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let found = version(&connection, folder)?;
        if found < known() {
            let detail =
                format!("version {found} must first be opened for writing, to bring it up to {}", known());
            return Err(StoreError::Unusable { path: folder.to_owned(), detail }.into());
        }
        Ok(connection)
    };
    read().map_err(|fault| fault.at(&path))
}

fn connect_existing(folder: &Path, flags: OpenFlags) -> Outcome<Connection> {
    let path = database(folder);
    if !path.is_file() {
        return Err(Missing::Workspace(folder.to_owned()).into());
    }
    connect(&path, flags)
}

fn connect(path: &Path, flags: OpenFlags) -> Outcome<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // In WAL mode NORMAL loses acknowledged transactions when the power fails.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Room for the working set of an import's indexes, in KiB (negative); filled only as far as it is used.
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Otherwise every bound value of a range or LIMIT makes SQLite plan the statement anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

#[derive(PartialEq, Eq)]
struct Header {
    application: i64,
    version: i64,
}

fn header(connection: &Connection) -> Outcome<Header> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok(Header { application: number("application_id")?, version: number("user_version")? })
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The schema version of a workspace that this program can work with.
fn version(connection: &Connection, folder: &Path) -> Outcome<i64> {
    let header = header(connection)?;
    if header.application != APPLICATION_ID || header.version < 1 {
        return Err(Missing::Workspace(folder.to_owned()).into());
    }
    if header.version > known() {
        return Err(StoreError::Newer { found: header.version, known: known() }.into());
    }
    Ok(header.version)
}

/// Brings the schema forward from a version to the newest.
fn migrate(connection: &Connection, from: i64) -> Outcome<()> {
    for (script, fill) in MIGRATIONS.iter().skip(usize::try_from(from).unwrap_or_default()) {
        connection.execute_batch(script)?;
        if let Some(fill) = fill {
            fill(connection)?;
        }
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", known())?;
    Ok(())
}

/// Something in the folder that an interrupted creation does not leave behind: a workspace is not made among other
/// things, nor over attachments whose database is gone.
fn stranger(folder: &Path) -> Option<String> {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let files = AttachmentVault::of(folder).folder().to_owned();
    entries(folder).find_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours =
            name.starts_with("heyan.db") || (entry.path() == files && entries(&files).next().is_none());
        (!ours).then_some(name)
    })
}

/// The folders, on the disk before anything is put into them. A workspace made here is closed to other users of the
/// machine: it holds personal data.
fn make_folders(folder: &Path) -> std::io::Result<()> {
    let mut closed = fs::DirBuilder::new();
    closed.recursive(true).mode(0o700);
    closed.create(folder)?;
    closed.create(AttachmentVault::of(folder).folder())?;
    File::open(folder)?.sync_all()?;
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
        _ => Ok(()),
    }
}
