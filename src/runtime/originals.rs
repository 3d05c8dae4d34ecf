//! Attachments for the picture worker: out of the vault, and none that is too large to be looked at.

use std::fs;
use std::io::{self, ErrorKind};

use crate::media::fault::PictureFault;
use crate::store::{AttachmentVault, StoreError};

/// The bytes of an attachment, of at most so many. Its size is looked at before it is read.
pub(super) fn read(vault: &AttachmentVault, sha256: &str, limit: u64) -> io::Result<Vec<u8>> {
    let path = vault.path(sha256).ok_or(ErrorKind::NotFound)?;
    let bytes = fs::metadata(path)?.len();
    if bytes > limit {
        return Err(io::Error::other(PictureFault::FileTooLarge { bytes, limit }));
    }
    vault.read(sha256).map_err(|error| match error {
        StoreError::NotFound(_) => ErrorKind::NotFound.into(),
        other => io::Error::other(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::revision::sha256_hex;

    #[test]
    fn what_is_gone_or_too_large_is_told_as_that() {
        let folder = tempfile::tempdir().unwrap();
        let vault = AttachmentVault::of(folder.path());
        let sha256 = sha256_hex(b"pixels");
        let gone = read(&vault, &sha256, 6).unwrap_err();
        assert_eq!(gone.kind(), ErrorKind::NotFound);
        assert_eq!(read(&vault, "../etc", 6).unwrap_err().kind(), ErrorKind::NotFound);

        let path = vault.path(&sha256).unwrap();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, b"pixels").unwrap();
        assert_eq!(read(&vault, &sha256, 6).unwrap(), b"pixels");
        let fault = read(&vault, &sha256, 5).unwrap_err().downcast::<PictureFault>().unwrap();
        assert_eq!(fault, PictureFault::FileTooLarge { bytes: 6, limit: 5 });
    }
}
