//! A pack as a set of files that are opened by their name inside it: a folder or a zip archive.
//!
//! Every file is opened without following links, is proved to be an ordinary file before a byte is read, and is
//! read under limits that count what really comes out.

mod archive;
mod folder;
mod guard;
mod refusal;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{FileType, Mode, OFlags};

use self::archive::Archive;
use self::folder::Folder;
use self::guard::{Budget, Guard};
pub(super) use self::refusal::Refusal;
use super::error::IntakeError;
use super::limits::Limits;
use super::table::is_table;
use crate::domain::safe::safe;

/// How a pack lists its filings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    /// One filing, one JSON object.
    One,
    /// A JSON object per line.
    Lines,
    /// A piece of evidence per line, and no filing.
    Evidence,
    /// A row per filing; its files may lie beside it.
    Table,
}

enum Source {
    Folder(Folder),
    Archive(Box<Archive>),
}

/// The file that lists the filings.
enum List {
    /// The user named it; the pack is the folder in which it lies.
    Given(File),
    /// By its fixed name inside the pack.
    Named(&'static str),
}

/// An open pack.
pub(super) struct Pack {
    source: Source,
    list: List,
    pub listing: Listing,
    /// The listing's file as the user may find it. Safe to show.
    pub list_shown: String,
    /// The pack as the user gave it. Safe to show.
    pub shown: String,
    budget: Budget,
}

const ONE: &str = "filing.json";
const LINES: &str = "filings.jsonl";

impl Pack {
    /// Opens a folder, a `.zip`, a `.json` or a `.jsonl`, or a table.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, IntakeError> {
        let shown = safe(&path.to_string_lossy()).into_string();
        let open = |source| IntakeError::Open { path: shown.clone(), source };
        let is_folder = std::fs::metadata(path).map_err(open)?.is_dir();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let (source, list, listing) = if is_folder {
            let folder = Folder::open(path).map_err(open)?;
            let has = |name: &str| !matches!(folder.open_file(&[name]), Err(Refusal::Missing));
            let (name, listing) = choose(has, &shown)?;
            (Source::Folder(folder), List::Named(name), listing)
        } else if extension.eq_ignore_ascii_case("zip") {
            let archive = Archive::open(ordinary(path, &shown)?, &shown, limits)?;
            let (name, listing) = choose(|name| archive.has(name), &shown)?;
            (Source::Archive(Box::new(archive)), List::Named(name), listing)
        } else {
            let listing = match extension.to_ascii_lowercase().as_str() {
                "json" => Listing::One,
                "jsonl" if path.file_name().is_some_and(|name| name == super::evidence::LIST) => {
                    Listing::Evidence
                }
                "jsonl" => Listing::Lines,
                _ if is_table(path) => Listing::Table,
                _ => return Err(IntakeError::NotAPack { path: shown }),
            };
            let file = ordinary(path, &shown)?;
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let folder = Folder::open(parent.unwrap_or(Path::new("."))).map_err(open)?;
            (Source::Folder(folder), List::Given(file), listing)
        };
        let list_shown = match &list {
            List::Given(_) => shown.clone(),
            List::Named(name) => format!("{}/{name}", shown.trim_end_matches('/')),
        };
        Ok(Pack { source, list, listing, list_shown, shown, budget: Budget::new(limits) })
    }

    /// The file that the user named, where it is the listing itself.
    pub fn given(&self) -> Option<&File> {
        match &self.list {
            List::Given(file) => Some(file),
            List::Named(_) => None,
        }
    }

    /// Names inside an archive that would leave it, made safe to show: nothing ever reads them, but a pack that
    /// holds one was not made by an honest tool.
    pub fn strays(&self) -> &[String] {
        match &self.source {
            Source::Folder(_) => &[],
            Source::Archive(archive) => archive.strays(),
        }
    }

    /// Hands the listing's bytes to `consume`. An archive's listing is read through once before, so that a damaged
    /// one is refused before its first line is believed.
    pub fn with_list<T>(&self, consume: impl FnOnce(&mut dyn Read) -> T) -> Result<T, Refusal> {
        match (&self.list, &self.source) {
            (List::Given(file), _) => Ok(consume(&mut Guard::new(file, &self.budget))),
            (List::Named(name), Source::Folder(folder)) => {
                Ok(consume(&mut Guard::new(folder.open_file(&[name])?, &self.budget)))
            }
            (List::Named(name), Source::Archive(archive)) => {
                archive.with_file(name, &self.budget, |reader| {
                    io::copy(reader, &mut io::sink()).map_err(|error| Refusal::reading(&error))
                })??;
                archive.with_file(name, &self.budget, consume)
            }
        }
    }

    /// Hands the bytes of a file beside the listing to `consume`, read through once before as the listing is; nothing
    /// where there is none.
    pub fn with_beside<T>(
        &self,
        name: &str,
        consume: impl FnOnce(&mut dyn Read) -> T,
    ) -> Result<Option<T>, Refusal> {
        let found = match (&self.list, &self.source) {
            (List::Given(_), _) => return Ok(None),
            (List::Named(_), Source::Folder(folder)) => {
                folder.open_file(&[name]).map(|file| consume(&mut Guard::new(file, &self.budget)))
            }
            (List::Named(_), Source::Archive(archive)) => archive
                .with_file(name, &self.budget, |reader| {
                    io::copy(reader, &mut io::sink()).map_err(|error| Refusal::reading(&error))
                })
                .and_then(|read| read)
                .and_then(|_| archive.with_file(name, &self.budget, consume)),
        };
        match found {
            Ok(done) => Ok(Some(done)),
            Err(Refusal::Missing) => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// Reads a whole file of at most `limit` bytes.
    pub fn read(&self, segments: &[&str], limit: u64) -> Result<Vec<u8>, Refusal> {
        match &self.source {
            Source::Folder(folder) => {
                whole(&mut Guard::new(folder.open_file(segments)?, &self.budget), limit)
            }
            Source::Archive(archive) => {
                archive.with_file(&segments.join("/"), &self.budget, |reader| whole(reader, limit))?
            }
        }
    }
}

/// Reads to the end, or refuses what is longer than `limit`.
pub(super) fn whole(reader: &mut dyn Read, limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| Refusal::reading(&error))?;
    if bytes.len() as u64 > limit { Err(Refusal::TooLarge { limit }) } else { Ok(bytes) }
}

fn choose(has: impl Fn(&str) -> bool, shown: &str) -> Result<(&'static str, Listing), IntakeError> {
    match (has(ONE), has(LINES)) {
        (true, false) => Ok((ONE, Listing::One)),
        (false, true) => Ok((LINES, Listing::Lines)),
        (false, false) => Err(IntakeError::NoFiling { path: shown.to_owned() }),
        (true, true) => Err(IntakeError::TwoLists { path: shown.to_owned() }),
    }
}

/// Opens a file that the user named: links are followed, but a FIFO or a device is never waited for.
fn ordinary(path: &Path, shown: &str) -> Result<File, IntakeError> {
    let open = |errno: rustix::io::Errno| IntakeError::Open { path: shown.to_owned(), source: errno.into() };
    let stat = rustix::fs::stat(path).map_err(open)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(IntakeError::NotAPack { path: shown.to_owned() });
    }
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty()).map_err(open)?.into())
}
