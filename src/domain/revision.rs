//! The revision (版本) of a filing: SHA-256 of its canonical form with its sorted attachment hashes.

use sha2::{Digest, Sha256};

use super::filing::Filing;

/// Lower-case hex of SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The canonical bytes: the filing's JSON with attachments sorted by kind and hash and without their file names,
/// so that a renamed or reordered file is the same filing, and a changed byte is another one.
pub fn canonical(filing: &Filing) -> Vec<u8> {
    let mut filing = filing.clone();
    for attachment in &mut filing.attachments {
        attachment.file.clear();
    }
    filing.attachments.sort_by(|a, b| (a.kind, &a.sha256).cmp(&(b.kind, &b.sha256)));
    // Strings, numbers and lists only: serialising cannot fail, and an empty text would still be a stable answer.
    serde_json::to_vec(&filing).unwrap_or_default()
}

/// The revision's id: lower-case hex, 64 characters.
pub fn revision(filing: &Filing) -> String {
    sha256_hex(&canonical(filing))
}
