//! The store in SQLite: one handle a process writes with, and any number of handles that only read.

pub mod vault;

use std::marker::PhantomData;
use std::path::PathBuf;

use rusqlite::Connection;

/// A handle on a workspace, by what it may do.
pub struct Sqlite<Access> {
    connection: Connection,
    folder: PathBuf,
    access: PhantomData<Access>,
}

/// May write.
pub enum Writes {}
/// May only read.
pub enum Reads {}

/// The handle that writes; each has its own connection, and several may be open at once.
pub type SqliteStore = Sqlite<Writes>;
/// A handle for pages, search and exports: nothing it does can stand before a decision.
pub type SqliteReader = Sqlite<Reads>;
