//! The day book (审核台账): what an entry is, and the arithmetic that chains entries together.
//!
//! Each entry's hash covers the one before it, so a changed byte anywhere is found. Personal data, notes and names
//! are kept beside the entry and appear in its body only as salted commitments: they can be purged later while the
//! chain still verifies. Writing and reading entries is the store's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::filing::named;
use super::object::Object;
use super::revision::hex;
use super::workspace::FilingState;
use schemars::JsonSchema;

named! {
    /// What an entry records.
    EntryKind {
        /// the workspace was made; the body holds its first policy
        Create => "create",
        /// one per import batch
        Import => "import",
        Decision => "decision",
        Withdraw => "withdraw",
        /// a filing was claimed by a reviewer: the recorded access
        Claim => "claim",
        /// masked data was revealed for a moment
        Reveal => "reveal",
        /// an attachment of another filing was shown beside one of the filing on the desk
        Compare => "compare",
        /// 证据: what gatherers, imports and persons saw of the world; one a batch
        Evidence => "evidence",
        /// an export was written
        Export => "export",
        Policy => "policy",
    }
}

/// What is recorded for itself, without changing any filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Masked data of a filing was shown in clear.
    Reveal {
        /// The filing's key.
        filing: String,
        object: Object,
    },
    /// An attachment of a filing was shown on the desk of another one.
    Compare {
        /// Whose attachment it is, as `source/key`.
        filing: String,
        /// By SHA-256.
        attachment: String,
        /// The filing on the desk, as `source/key`.
        beside: String,
    },
    /// Decisions left the workspace as a file.
    Export {
        from: Date,
        /// Included.
        to: Date,
        /// `csv`, `jsonl`…
        format: String,
        decisions: u64,
        /// Whether personal data was written in clear.
        unmasked: bool,
    },
    /// Filings left the workspace as a file.
    ExportFilings {
        /// Those in this state; all where there is none.
        state: Option<FilingState>,
        /// `csv`, `jsonl`…
        format: String,
        filings: u64,
        /// Whether personal data was written in clear.
        unmasked: bool,
    },
}

/// The hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The fields an entry's hash covers, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFields<'a> {
    pub seq: i64,
    pub at_utc: &'a str,
    pub day: &'a str,
    pub actor: &'a str,
    pub kind: &'a str,
    pub filing: Option<&'a str>,
    pub revision: Option<&'a str>,
    /// The stored text itself, never re-serialised.
    pub body: &'a str,
    pub prev: &'a str,
}

impl EntryFields<'_> {
    /// SHA-256 over the fields, each preceded by its length in bytes (8 bytes, big endian), so that no two
    /// different entries can run together into the same bytes. An absent field has the length 2^64-1.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        let mut field = |value: Option<&str>| {
            hasher.update(value.map_or(u64::MAX, |text| text.len() as u64).to_be_bytes());
            hasher.update(value.unwrap_or_default().as_bytes());
        };
        let seq = self.seq.to_string();
        field(Some(&seq));
        field(Some(self.at_utc));
        field(Some(self.day));
        field(Some(self.actor));
        field(Some(self.kind));
        field(self.filing);
        field(self.revision);
        field(Some(self.body));
        field(Some(self.prev));
        hex(&hasher.finalize())
    }
}

/// The commitment to a private value: SHA-256 of the salt's bytes and the value's, hex.
pub fn commitment(salt: &[u8], value: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update((salt.len() as u64).to_be_bytes());
    hasher.update(salt);
    hasher.update(value.as_bytes());
    hex(&hasher.finalize())
}
