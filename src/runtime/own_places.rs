//! The file in which a reviewer's own places (`domain::places`) are kept, beside the state of her other programs.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::message::Message;
use crate::domain::places::{OwnPlaces, Unreadable};
use crate::domain::safe::safe;
use crate::export::AtomicFile;

/// Where they are kept.
#[derive(Debug, Clone)]
pub struct PlacesFile {
    path: PathBuf,
}

/// Why they cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PlacesFault {
    #[error("{}: {cause}", path.display())]
    Unopened { path: PathBuf, cause: io::Error },
    #[error("{}: {fault}", path.display())]
    Unreadable { path: PathBuf, fault: Unreadable },
}

impl PlacesFile {
    pub fn new(path: PathBuf) -> Self {
        PlacesFile { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The places that were kept; none where none ever were.
    ///
    /// # Errors
    /// Where the file cannot be opened, or holds something else.
    pub fn read(&self) -> Result<OwnPlaces, PlacesFault> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(OwnPlaces::default()),
            Err(cause) => return Err(PlacesFault::Unopened { path: self.path.clone(), cause }),
        };
        OwnPlaces::read(&text).map_err(|fault| PlacesFault::Unreadable { path: self.path.clone(), fault })
    }

    /// Keeps all of them, instead of what was kept before.
    ///
    /// # Errors
    /// What the reviewer is told where the file cannot be written: the places then hold until she leaves.
    pub fn keep(&self, places: &OwnPlaces) -> Result<(), Message> {
        let unkept = |cause: &dyn std::fmt::Display| {
            Message::new("desk.places_unkept")
                .with("path", safe(&self.path.to_string_lossy()))
                .with("cause", cause)
        };
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(|error| unkept(&error))?;
        }
        let mut file = AtomicFile::create(&self.path, true).map_err(|fault| unkept(&fault))?;
        file.write_all(places.text().as_bytes()).map_err(|error| unkept(&error))?;
        file.commit().map_err(|fault| unkept(&fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::Region;
    use crate::domain::message::Lang;
    use crate::domain::places::{DocumentKind, DocumentPlace, OwnPlace, Whole};
    use crate::domain::viewport::Size;

    #[test]
    fn places_are_kept_and_a_broken_file_is_told_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = PlacesFile::new(folder.path().join("not/yet/places.toml"));
        assert_eq!(file.read().unwrap(), OwnPlaces::default());
        let mut places = OwnPlaces::default();
        let seal = Region { x: 10, y: 20, width: 30, height: 40 };
        places.set(
            DocumentKind::Form,
            DocumentPlace::Seal,
            OwnPlace::new(Whole::Document, seal, Size::new(100, 100)),
        );
        file.keep(&places).unwrap();
        assert_eq!(file.read().unwrap(), places);
        fs::write(file.path(), "[form]\nseal = 1\n").unwrap();
        assert!(file.read().unwrap_err().to_string().contains("line 2"));
        let nowhere = PlacesFile::new(file.path().join("below a file"));
        let said = nowhere.keep(&places).unwrap_err();
        assert!(said.text(Lang::Zh).contains("below a file"));
    }
}
