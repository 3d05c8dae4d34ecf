//! A file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::domain::message::Message;
use crate::domain::safe::safe;

/// A file under construction, beside the place where it will stand. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    folder: PathBuf,
    file: BufWriter<NamedTempFile>,
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// Something stands there that is no regular file: a folder, a device, a pipe.
    #[error("{} is no regular file", path.display())]
    NotAFile { path: PathBuf },
    #[error("{}: {cause}", path.display())]
    Unwritable { path: PathBuf, cause: io::Error },
}

impl FileFault {
    /// What happened.
    pub fn message(&self) -> Message {
        match self {
            FileFault::NotAFile { path } => {
                Message::new("export.not_a_file").with("path", safe(&path.to_string_lossy()))
            }
            FileFault::Unwritable { path, cause } => Message::new("export.unwritable")
                .with("path", safe(&path.to_string_lossy()))
                .with("cause", cause),
        }
    }

    /// What to do.
    pub fn hint(&self) -> Message {
        Message::new(match self {
            FileFault::NotAFile { .. } => "export.not_a_file_hint",
            FileFault::Unwritable { .. } => "export.unwritable_hint",
        })
    }
}

impl AtomicFile {
    /// Starts a file. A `private` one is readable by its owner only; others follow the umask.
    pub fn create(path: &Path, private: bool) -> Result<Self, FileFault> {
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(FileFault::NotAFile { path: path.to_owned() });
        }
        // A link is followed, so that the file behind it is replaced and the link stays.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let mode = if private { 0o600 } else { 0o666 };
        let file = tempfile::Builder::new()
            .prefix(".heyan-export-")
            .permissions(fs::Permissions::from_mode(mode))
            .tempfile_in(&folder)
            .map_err(|cause| FileFault::Unwritable { path: path.clone(), cause })?;
        Ok(AtomicFile { path, folder, file: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Makes it durable and puts it into its place, over an earlier file of that name.
    pub fn commit(self) -> Result<(), FileFault> {
        let AtomicFile { path, folder, file } = self;
        put_in_place(file, &path, &folder).map_err(|cause| FileFault::Unwritable { path, cause })
    }
}

fn put_in_place(file: BufWriter<NamedTempFile>, path: &Path, folder: &Path) -> io::Result<()> {
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn nothing_is_there_until_all_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("day.csv");
        fs::write(&path, "earlier").unwrap();
        let mut file = AtomicFile::create(&path, false).unwrap();
        file.write_all(b"whole").unwrap();
        file.flush().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"earlier");
        file.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(names(folder.path()), ["day.csv"]);
    }

    #[test]
    fn an_abandoned_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = AtomicFile::create(&folder.path().join("day.csv"), false).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_private_file_is_the_owners_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("day.csv");
        AtomicFile::create(&path, true).unwrap().commit().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        fs::write(&real, "earlier").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        AtomicFile::create(&link, false).unwrap().commit().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"");
    }

    #[test]
    fn no_file_can_stand_there() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(AtomicFile::create(folder.path(), false), Err(FileFault::NotAFile { .. })));
        let nowhere = folder.path().join("missing/day.csv");
        assert!(matches!(AtomicFile::create(&nowhere, false), Err(FileFault::Unwritable { .. })));
    }
}
