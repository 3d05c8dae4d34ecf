//! Where attachment bytes go and come from: what intake asks of whoever keeps the files.

/// Keeps files by their content.
pub trait Vault {
    /// Keeps `bytes` under their lower-case hex SHA-256, so that they survive a power cut once a transaction
    /// names them. Keeping the same file again changes nothing.
    fn put(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), VaultFault>;

    /// The file of this SHA-256, if it is kept and can be read.
    fn get(&self, sha256: &str) -> Option<Vec<u8>>;
}

/// Why a file could not be kept: which file, and what the system said.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct VaultFault(pub String);
