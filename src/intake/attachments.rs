//! A filing's attachments: all are read, hashed and compared before the first one is stored.

use super::facts;
use super::limits::Limits;
use super::pack::{Listing, Pack, Refusal};
use super::path;
use super::report::{Fault, clip};
use crate::domain::case::{AttachmentFacts, FileFormat};
use crate::domain::filing::{Attachment, Filing};
use crate::domain::message::Message;
use crate::domain::revision::sha256_hex;
use crate::domain::vault::{Vault, VaultFault};

/// An attachment that was looked at and found good.
pub(super) struct Staged {
    pub facts: AttachmentFacts,
    /// None when the filing's attachments are too large to be held together: read again when stored.
    bytes: Option<Vec<u8>>,
}

/// Why attachments could not be stored although they were good.
pub(super) enum StoreFault {
    /// The file is no longer what it was a moment ago.
    File(Box<Fault>),
    Vault(VaultFault),
}

/// Reads every attachment, or tells what is wrong with each bad one. Expects paths that keep the rules.
pub(super) fn stage(
    pack: &Pack,
    filing: &Filing,
    limits: &Limits,
    vault: &dyn Vault,
) -> Result<Vec<Staged>, Vec<Fault>> {
    let (mut staged, mut faults, mut held) = (Vec::new(), Vec::new(), 0);
    for (at, attachment) in filing.attachments.iter().enumerate() {
        match look(pack, attachment, at, limits, vault) {
            Ok((facts, bytes)) => {
                let fits = held + facts.bytes <= limits.max_held_bytes;
                held += if fits { facts.bytes } else { 0 };
                staged.push(Staged { facts, bytes: fits.then_some(bytes) });
            }
            Err(fault) => faults.push(*fault),
        }
    }
    if faults.is_empty() { Ok(staged) } else { Err(faults) }
}

/// Puts every attachment into the vault.
pub(super) fn store(
    pack: &Pack,
    filing: &Filing,
    staged: &mut [Staged],
    limits: &Limits,
    vault: &mut dyn Vault,
) -> Result<(), StoreFault> {
    for (at, (attachment, staged)) in filing.attachments.iter().zip(staged).enumerate() {
        let bytes = match staged.bytes.take() {
            Some(bytes) => bytes,
            None => again(pack, attachment, &staged.facts, limits, vault)
                .map_err(|refusal| StoreFault::File(refusal.fault(field(at), &attachment.file).into()))?,
        };
        vault.put(&staged.facts.sha256, &bytes).map_err(StoreFault::Vault)?;
    }
    Ok(())
}

fn look(
    pack: &Pack,
    attachment: &Attachment,
    at: usize,
    limits: &Limits,
    vault: &dyn Vault,
) -> Result<(AttachmentFacts, Vec<u8>), Box<Fault>> {
    let segments =
        path::segments(&attachment.file).map_err(|id| path::fault(field(at), &attachment.file, id))?;
    let bytes = read(pack, &segments, attachment, limits, vault)
        .map_err(|refusal| refusal.fault(field(at), &attachment.file))?;
    let sha256 = sha256_hex(&bytes);
    if let Some(given) = attachment.sha256.as_deref().filter(|given| *given != sha256) {
        return Err(Box::new(Fault {
            field: format!("attachments[{at}].sha256"),
            found: Message::new("intake.literal").with("text", &sha256),
            expected: Message::new("intake.literal").with("text", given),
            message: Message::new("intake.sha256_differs").with("file", clip(&attachment.file)),
        }));
    }
    let format = FileFormat::of(&bytes);
    let facts = AttachmentFacts {
        kind: attachment.kind,
        sha256,
        bytes: bytes.len() as u64,
        format,
        pixels: facts::pixels(format, &bytes),
    };
    Ok((facts, bytes))
}

/// A file of the pack. A table comes without its files: one that it names by its hash may be known already.
fn read(
    pack: &Pack,
    segments: &[&str],
    attachment: &Attachment,
    limits: &Limits,
    vault: &dyn Vault,
) -> Result<Vec<u8>, Refusal> {
    let read = pack.read(segments, limits.max_attachment_bytes);
    match (&read, &attachment.sha256) {
        (Err(Refusal::Missing), Some(sha256)) if pack.listing == Listing::Table => {
            vault.get(sha256).ok_or(Refusal::Missing)
        }
        _ => read,
    }
}

/// The same bytes once more.
fn again(
    pack: &Pack,
    attachment: &Attachment,
    facts: &AttachmentFacts,
    limits: &Limits,
    vault: &dyn Vault,
) -> Result<Vec<u8>, Refusal> {
    let segments = path::segments(&attachment.file).map_err(|_| Refusal::Missing)?;
    let bytes = read(pack, &segments, attachment, limits, vault)?;
    if sha256_hex(&bytes) == facts.sha256 { Ok(bytes) } else { Err(Refusal::Changed) }
}

fn field(at: usize) -> String {
    format!("attachments[{at}].file")
}
