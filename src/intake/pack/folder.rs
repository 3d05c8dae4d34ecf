//! A pack that is a folder: each step of a path is opened by itself, below the one before, and no link is followed.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

use super::Refusal;

pub(super) struct Folder {
    root: OwnedFd,
}

impl Folder {
    /// Opens the folder that the user named; here links are followed.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Folder { root: rustix::fs::open(path, flags, Mode::empty())? })
    }

    /// Opens an ordinary file by the segments of its path.
    pub fn open_file(&self, segments: &[&str]) -> Result<File, Refusal> {
        let Some((name, folders)) = segments.split_last() else { return Err(Refusal::Missing) };
        let mut below: Option<OwnedFd> = None;
        for folder in folders {
            let inside = below.as_ref().unwrap_or(&self.root);
            match kind(inside, folder)? {
                FileType::Directory => {}
                FileType::Symlink => return Err(Refusal::Link),
                _ => return Err(Refusal::Missing),
            }
            below = Some(step(inside, folder, OFlags::DIRECTORY)?);
        }
        let inside = below.as_ref().unwrap_or(&self.root);
        // Looked at before it is opened: opening a device may already do something.
        regular(kind(inside, name)?)?;
        let file = step(inside, name, OFlags::NONBLOCK | OFlags::NOCTTY)?;
        // And again after: the name may have changed hands in between.
        regular(FileType::from_raw_mode(fstat(&file).map_err(refusal)?.st_mode))?;
        Ok(file.into())
    }
}

fn kind(inside: &OwnedFd, name: &str) -> Result<FileType, Refusal> {
    let stat = statat(inside, name, AtFlags::SYMLINK_NOFOLLOW).map_err(refusal)?;
    Ok(FileType::from_raw_mode(stat.st_mode))
}

fn step(inside: &OwnedFd, name: &str, extra: OFlags) -> Result<OwnedFd, Refusal> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | extra;
    openat(inside, name, flags, Mode::empty()).map_err(refusal)
}

fn regular(kind: FileType) -> Result<(), Refusal> {
    match kind {
        FileType::RegularFile => Ok(()),
        FileType::Symlink => Err(Refusal::Link),
        other => Err(Refusal::NotOrdinary(other)),
    }
}

fn refusal(errno: Errno) -> Refusal {
    match errno {
        Errno::NOENT | Errno::NOTDIR | Errno::NAMETOOLONG => Refusal::Missing,
        Errno::LOOP => Refusal::Link,
        other => Refusal::Unreadable(std::io::Error::from(other).to_string()),
    }
}
