//! A pack that is a zip archive, read in place. Nothing is ever unpacked to a path, so no name can lead anywhere.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::sync::Arc;

use rustix::fs::FileType;
use zip::read::{ZipArchive, ZipArchiveMetadata, ZipFileEntry, ZipReadOptions};
use zip::result::ZipError;

use super::super::error::IntakeError;
use super::super::limits::Limits;
use super::super::path::segments;
use super::super::report::clip;
use super::Refusal;
use super::guard::{Budget, Excess, Guard, Window};

/// Bytes of the central directory allowed for each entry, on average: 46 and a name with its extra fields.
const DIRECTORY_BYTES: u64 = 256;

struct Slot {
    index: usize,
    doubled: bool,
}

pub(super) struct Archive {
    file: Rc<File>,
    directory: Arc<ZipArchiveMetadata>,
    slots: HashMap<String, Slot>,
    strays: Vec<String>,
}

impl Archive {
    /// Reads the central directory; memory grows with it, so its size is limited while it is read.
    pub fn open(file: File, shown: &str, limits: &Limits) -> Result<Self, IntakeError> {
        let fault = |error: ZipError| match &error {
            ZipError::Io(inner) if Excess::of(inner).is_some() => {
                IntakeError::TooManyEntries { path: shown.to_owned(), limit: limits.max_entries }
            }
            _ => IntakeError::Archive { path: shown.to_owned(), detail: clip(&error.to_string()) },
        };
        let file = Rc::new(file);
        let allowed = DIRECTORY_BYTES.saturating_mul(limits.max_entries as u64).saturating_add(1 << 17);
        let window = Window::new(Rc::clone(&file)).at_most(allowed);
        let archive = ZipArchive::new(BufReader::new(window)).map_err(fault)?;
        if archive.len() > limits.max_entries {
            return Err(fault(ZipError::Io(io::Error::other(Excess::Pack(allowed)))));
        }
        let doubled = if archive.has_duplicate_names() {
            let start = archive.central_directory_start();
            doubled_names(&mut BufReader::new(Window::new(Rc::clone(&file))), start)
                .map_err(|error| fault(error.into()))?
        } else {
            HashSet::new()
        };
        let directory = archive.metadata();
        let (mut slots, mut strays) = (HashMap::<String, Slot>::new(), Vec::new());
        for index in 0..directory.len() {
            let entry = directory.entry(index).map_err(fault)?;
            let name = entry.name().map_err(fault)?.into_owned();
            if segments(name.strip_suffix('/').unwrap_or(&name)).is_err() {
                strays.push(clip(&name));
                continue;
            }
            let doubled = doubled.contains(entry.name_raw());
            slots.entry(name).and_modify(|slot| slot.doubled = true).or_insert(Slot { index, doubled });
        }
        Ok(Archive { file, directory, slots, strays })
    }

    pub fn has(&self, name: &str) -> bool {
        self.slots.contains_key(name)
    }

    pub fn strays(&self) -> &[String] {
        &self.strays
    }

    /// Hands an entry's inflated bytes to `consume`. The CRC is compared when the last byte was read.
    pub fn with_file<T>(
        &self,
        name: &str,
        budget: &Budget,
        consume: impl FnOnce(&mut dyn Read) -> T,
    ) -> Result<T, Refusal> {
        let Some(slot) = self.slots.get(name) else {
            let folder = self.slots.contains_key(&format!("{name}/"));
            return Err(if folder { Refusal::NotOrdinary(FileType::Directory) } else { Refusal::Missing });
        };
        if slot.doubled {
            return Err(Refusal::Doubled);
        }
        let damaged = |error: ZipError| Refusal::Damaged(error.to_string());
        let entry = self.directory.entry(slot.index).map_err(damaged)?;
        ordinary(&entry)?;
        let mut window = Window::new(Rc::clone(&self.file));
        let taken = window.taken();
        let inflated = entry.with_reader(&mut window, ZipReadOptions::new()).map_err(damaged)?;
        // The local header is no compressed data.
        taken.set(0);
        Ok(consume(&mut Guard::inflating(inflated, budget, taken)))
    }
}

/// Refuses links, devices and whatever else Unix modes can say, and what only a password opens.
fn ordinary(entry: &ZipFileEntry<'_>) -> Result<(), Refusal> {
    const KIND: u32 = 0o170_000;
    // The upper half holds st_mode (Info-ZIP); its kind is zero where the packing system has none.
    let mode = entry.external_attributes() >> 16;
    match FileType::from_raw_mode(mode) {
        FileType::RegularFile => {}
        _ if mode & KIND == 0 => {}
        FileType::Symlink => return Err(Refusal::Link),
        other => return Err(Refusal::NotOrdinary(other)),
    }
    if entry.encrypted() { Err(Refusal::Encrypted) } else { Ok(()) }
}

/// The raw names that stand more than once in the central directory (APPNOTE 4.3.12), of which the archive's own
/// index keeps only the last.
fn doubled_names(reader: &mut (impl Read + Seek), start: u64) -> io::Result<HashSet<Vec<u8>>> {
    const SIGNATURE: &[u8] = b"PK\x01\x02";
    let (mut seen, mut doubled) = (HashSet::new(), HashSet::new());
    reader.seek(SeekFrom::Start(start))?;
    loop {
        let mut header = [0; 46];
        // The end record (APPNOTE 4.3.16) is at least 22 bytes and has another signature.
        reader.read_exact(&mut header[..4])?;
        if !header.starts_with(SIGNATURE) {
            return Ok(doubled);
        }
        reader.read_exact(&mut header[4..])?;
        let length = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        let mut name = vec![0; usize::from(length(28))];
        reader.read_exact(&mut name)?;
        reader.seek_relative(i64::from(length(30)) + i64::from(length(32)))?;
        if !seen.insert(name.clone()) {
            doubled.insert(name);
        }
    }
}
