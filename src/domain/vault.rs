//! Where attachment bytes go: what intake asks of whoever keeps the files.

/// Keeps files by their content.
pub trait Vault {
    /// Keeps `bytes` under their lower-case hex SHA-256, so that they survive a power cut once a transaction
    /// names them. Keeping the same file again changes nothing.
    fn put(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), VaultFault>;
}

/// Why a file could not be kept: which file, and what the system said.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct VaultFault(pub String);
