//! Attachment files, addressed by their content: `attachments/ab/<sha256>`.
//!
//! A file is written under a temporary name, flushed, and renamed; its folder is flushed before the transaction
//! that names it is committed, so that a committed name always has its bytes.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::domain::revision::hex;
use crate::domain::vault::{Vault, VaultFault};
use crate::store::{Missing, StoreError};

/// The attachment files of a workspace.
#[derive(Debug, Clone)]
pub struct AttachmentVault {
    folder: PathBuf,
}

impl AttachmentVault {
    /// The vault of the workspace in `workspace`.
    pub fn of(workspace: &Path) -> Self {
        AttachmentVault { folder: workspace.join("attachments") }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a file is or would be; none when the name is not a lower-case hex SHA-256.
    pub fn path(&self, sha256: &str) -> Option<PathBuf> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let valid = sha256.len() == 64 && sha256.bytes().all(hex);
        valid.then(|| self.folder.join(&sha256[..2]).join(sha256))
    }

    /// The bytes of a file.
    pub fn read(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.path(sha256).ok_or_else(|| Missing::Attachment(sha256.to_owned()))?;
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            ordinary(&path)?.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|error| failure(sha256, &path, &error))
    }

    /// The size of a file, in bytes.
    pub(super) fn size(&self, sha256: &str) -> Result<u64, StoreError> {
        let path = self.path(sha256).ok_or_else(|| Missing::Attachment(sha256.to_owned()))?;
        Ok(fs::metadata(&path).map_err(|error| failure(sha256, &path, &error))?.len())
    }

    /// The hash that the bytes of a file really have.
    pub(super) fn hash(&self, sha256: &str) -> Result<String, StoreError> {
        let path = self.path(sha256).ok_or_else(|| Missing::Attachment(sha256.to_owned()))?;
        let digest = || -> io::Result<String> {
            let mut file = ordinary(&path)?;
            let mut hasher = Sha256::new();
            let mut buffer = vec![0; 64 * 1024];
            loop {
                match file.read(&mut buffer)? {
                    0 => return Ok(hex(&hasher.finalize())),
                    count => hasher.update(&buffer[..count]),
                }
            }
        };
        digest().map_err(|error| failure(sha256, &path, &error))
    }

    /// Makes sure that files with these sizes are here and stay here: before the transaction that names them.
    pub(super) fn settle(&self, files: &[(&str, u64)]) -> Result<(), StoreError> {
        let mut folders = BTreeSet::new();
        for (sha256, bytes) in files {
            let path = self.path(sha256).ok_or_else(|| Missing::Attachment((*sha256).to_owned()))?;
            let found = fs::metadata(&path).map_err(|error| failure(sha256, &path, &error))?.len();
            if found != *bytes {
                let detail = format!("{found} bytes, expected {bytes}");
                return Err(StoreError::Damaged { what: path.display().to_string(), detail });
            }
            folders.extend(path.parent().map(Path::to_owned));
        }
        if !folders.is_empty() {
            folders.insert(self.folder.clone());
        }
        folders.into_iter().try_for_each(|folder| {
            File::open(&folder)
                .and_then(|opened| opened.sync_all())
                .map_err(|error| StoreError::Unusable { path: folder, detail: error.to_string() })
        })
    }
}

/// Opens a file that is one. A pipe or a device in its place would be waited for without end.
fn ordinary(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::Error::other("not an ordinary file"))
    }
}

impl Vault for AttachmentVault {
    fn put(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), VaultFault> {
        let path = self.path(sha256).ok_or_else(|| VaultFault(format!("`{sha256}` is no SHA-256")))?;
        // A file that was damaged since is written anew.
        if self.hash(sha256).is_ok_and(|known| known == sha256) {
            return Ok(());
        }
        write(&self.folder, &path, bytes).map_err(|error| VaultFault(format!("{}: {error}", path.display())))
    }

    fn get(&self, sha256: &str) -> Option<Vec<u8>> {
        self.read(sha256).ok()
    }
}

fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    // As any file that the user makes, not as a secret of this process: others work in the same workspace.
    let permissions = Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new().prefix(".new-").permissions(permissions).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn failure(sha256: &str, path: &Path, error: &io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::NotFound {
        Missing::Attachment(sha256.to_owned()).into()
    } else {
        StoreError::Unusable { path: path.to_owned(), detail: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::revision::sha256_hex;

    #[test]
    fn what_is_put_is_read_back_and_putting_it_again_changes_nothing() {
        let workspace = tempfile::tempdir().unwrap();
        let mut vault = AttachmentVault::of(workspace.path());
        fs::create_dir_all(vault.folder()).unwrap();
        let sha256 = sha256_hex(b"bytes");
        vault.put(&sha256, b"bytes").unwrap();
        vault.put(&sha256, b"bytes").unwrap();
        assert_eq!(vault.read(&sha256).unwrap(), b"bytes");
        assert_eq!(vault.hash(&sha256).unwrap(), sha256);
        vault.settle(&[(&sha256, 5)]).unwrap();
        assert!(matches!(vault.settle(&[(&sha256, 6)]), Err(StoreError::Damaged { .. })));
        let names = fs::read_dir(vault.folder()).unwrap().count();
        assert_eq!(names, 1, "no temporary file is left");
    }

    #[test]
    fn names_that_are_no_hash_never_become_paths() {
        let workspace = tempfile::tempdir().unwrap();
        let mut vault = AttachmentVault::of(workspace.path());
        for name in ["", "../../etc/passwd", &"A".repeat(64), &"a".repeat(63), &"汉".repeat(64)] {
            assert!(vault.put(name, b"").is_err(), "{name}");
            assert!(matches!(vault.read(name), Err(StoreError::NotFound(_))), "{name}");
        }
    }
}
