//! Where the bytes of attachments go: what a reader of packs needs of the store.

/// Keeps the bytes of attachments, addressed by their SHA-256.
pub trait Vault {
    /// Stores `bytes` durably under `sha256` (lower-case hex of exactly these bytes).
    ///
    /// Storing the same bytes again changes nothing.
    fn put(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), VaultFault>;
}

/// Why bytes could not be kept (no space, no permission): the import stops.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct VaultFault(pub String);
