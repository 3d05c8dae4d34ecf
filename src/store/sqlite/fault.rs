//! What can go wrong inside a transaction, before it becomes the store's own error.

use std::fmt;
use std::path::Path;

use rusqlite::ErrorCode;

use crate::store::{Conflict, Missing, StoreError};

/// A refusal or failure inside a transaction; [`Fault::at`] makes it the caller's.
#[derive(Debug)]
pub(super) enum Fault {
    Store(StoreError),
    Sql(rusqlite::Error),
}

pub(super) type Outcome<T> = Result<T, Fault>;

impl Fault {
    /// Something stored cannot be true.
    pub(super) fn damaged(what: impl Into<String>, detail: impl ToString) -> Self {
        Fault::Store(StoreError::Damaged { what: what.into(), detail: detail.to_string() })
    }

    /// The store's error, for a database at `path`.
    pub(super) fn at(self, path: &Path) -> StoreError {
        let error = match self {
            Fault::Store(error) => return error,
            Fault::Sql(error) => error,
        };
        let detail = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::DiskFull) => StoreError::Full { path: path.to_owned() },
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::OutOfMemory
                | ErrorCode::NoLargeFileSupport,
            ) => StoreError::Unusable { path: path.to_owned(), detail },
            // Corruption, a missing table, a value of the wrong type, a broken constraint.
            _ => StoreError::Damaged { what: path.display().to_string(), detail },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Store(error) => error.fmt(f),
            Fault::Sql(error) => error.fmt(f),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Fault::Store(error)
    }
}

impl From<Conflict> for Fault {
    fn from(conflict: Conflict) -> Self {
        Fault::Store(conflict.into())
    }
}

impl From<Missing> for Fault {
    fn from(missing: Missing) -> Self {
        Fault::Store(missing.into())
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Fault::Sql(error)
    }
}
