//! The pages of a TIFF: its chain of directories (TIFF 6.0, section 2), followed without believing it.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::domain::file_format::FileFormat;
use crate::media::fault::PictureFault;
use crate::media::note::Note;

const BROKEN: PictureFault = PictureFault::Broken { format: FileFormat::Tiff };

/// Most directories that are followed.
const MOST_DIRECTORIES: usize = 999;

/// Most fields of one directory; those of cameras have a few hundred.
const MOST_FIELDS: u64 = 4096;

/// NewSubfileType, and its bits for a reduced picture and for a mask.
const SUBFILE_TYPE: u64 = 254;
const NO_PAGE: u64 = 0b101;

/// Where the pages of a file begin.
pub(super) struct Pages {
    directories: Vec<u64>,
    /// Whether the chain has a proper end.
    whole: bool,
}

impl Pages {
    /// Follows the chain to its end, to a directory seen before, or to the first that is not there.
    ///
    /// Thumbnails and masks are no pages, unless there is nothing else.
    pub(super) fn of(bytes: &[u8]) -> Result<Pages, PictureFault> {
        let file = File::of(bytes).ok_or(BROKEN)?;
        let mut next = file.number(file.first_at(), file.pointer()).ok_or(BROKEN)?;
        let (mut directories, mut first, mut seen) = (Vec::new(), None, HashSet::new());
        let mut whole = true;
        while next != 0 {
            let read = (seen.len() < MOST_DIRECTORIES && seen.insert(next)).then(|| file.directory(next));
            let Some(directory) = read.flatten() else {
                whole = false;
                break;
            };
            first.get_or_insert(next);
            if directory.kind & NO_PAGE == 0 {
                directories.push(next);
            }
            next = directory.next;
        }
        if directories.is_empty() {
            directories.push(first.ok_or(BROKEN)?);
        }
        Ok(Pages { directories, whole })
    }

    pub(super) fn count(&self) -> u32 {
        self.directories.len() as u32
    }

    pub(super) fn notes(&self) -> Vec<Note> {
        if self.whole { Vec::new() } else { vec![Note::MorePages] }
    }

    /// The file with a page as its first, so that whatever is wrong with the pages before it does not matter.
    pub(super) fn beginning_with<'a>(
        &self,
        bytes: &'a [u8],
        page: u32,
    ) -> Result<Cow<'a, [u8]>, PictureFault> {
        let no_such_page = PictureFault::NoSuchPage { page, pages: self.count() };
        let directory = *self.directories.get(page as usize).ok_or(no_such_page)?;
        let file = File::of(bytes).ok_or(BROKEN)?;
        if file.number(file.first_at(), file.pointer()) == Some(directory) {
            return Ok(Cow::Borrowed(bytes));
        }
        let (at, length) = (file.first_at() as usize, file.pointer());
        let mut bytes = bytes.to_vec();
        let pointer = bytes.get_mut(at..at + length).ok_or(BROKEN)?;
        if file.little {
            pointer.copy_from_slice(&directory.to_le_bytes()[..length]);
        } else {
            pointer.copy_from_slice(&directory.to_be_bytes()[8 - length..]);
        }
        Ok(Cow::Owned(bytes))
    }
}

struct Directory {
    /// The value of NewSubfileType; 0 is a page.
    kind: u64,
    /// Where the next one is; 0 is the end.
    next: u64,
}

struct File<'a> {
    bytes: &'a [u8],
    little: bool,
    /// BigTIFF counts and points with 64 bits.
    big: bool,
}

impl File<'_> {
    fn of(bytes: &[u8]) -> Option<File<'_>> {
        let little = bytes.first()? == &b'I';
        let file = File { bytes, little, big: false };
        Some(File { big: file.number(2, 2)? == 43, ..file })
    }

    /// Bytes of a pointer into the file.
    const fn pointer(&self) -> usize {
        if self.big { 8 } else { 4 }
    }

    /// Where the pointer to the first directory stands.
    const fn first_at(&self) -> u64 {
        if self.big { 8 } else { 4 }
    }

    fn number(&self, at: u64, length: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let bytes = self.bytes.get(at..at.checked_add(length)?)?;
        let shifted = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.little { bytes.iter().rev().fold(0, shifted) } else { bytes.iter().fold(0, shifted) })
    }

    fn directory(&self, at: u64) -> Option<Directory> {
        let (count_length, field_length) = if self.big { (8, 20) } else { (2, 12) };
        let count = self.number(at, count_length).filter(|count| *count <= MOST_FIELDS)?;
        let fields = at.checked_add(count_length as u64)?;
        let field = |nth: u64| fields.checked_add(nth * field_length);
        let value = |field: u64| {
            // A SHORT stands in the first two bytes of the value, a LONG in four.
            let length = if self.number(field + 2, 2)? == 3 { 2 } else { 4 };
            self.number(field + if self.big { 12 } else { 8 }, length)
        };
        let kind = (0..count)
            .filter_map(field)
            .find(|field| self.number(*field, 2) == Some(SUBFILE_TYPE))
            .and_then(value);
        Some(Directory { kind: kind.unwrap_or(0), next: self.number(field(count)?, self.pointer())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A little-endian file of directories with nothing but a NewSubfileType each, and whither each points.
    fn chained(directories: &[(u32, u32)]) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        for (kind, next) in directories {
            bytes.extend_from_slice(&[1, 0, 254, 0, 4, 0, 1, 0, 0, 0]);
            bytes.extend_from_slice(&kind.to_le_bytes());
            bytes.extend_from_slice(&next.to_le_bytes());
        }
        bytes
    }

    /// Where the directory with this number begins.
    const fn at(number: u32) -> u32 {
        8 + number * 18
    }

    #[test]
    fn a_chain_is_followed_to_its_end_however_it_ends() {
        let long: Vec<(u32, u32)> = (1..=2000).map(|next| (0, at(next))).collect();
        for (name, file, pages, whole) in [
            ("one", chained(&[(0, 0)]), 1, true),
            ("three", chained(&[(2, at(1)), (2, at(2)), (2, 0)]), 3, true),
            ("a thumbnail and a mask", chained(&[(1, at(1)), (0, at(2)), (4, 0)]), 1, true),
            ("a thumbnail alone", chained(&[(1, 0)]), 1, true),
            ("to itself", chained(&[(0, at(0))]), 1, false),
            ("back to the first", chained(&[(0, at(1)), (0, at(0))]), 2, false),
            ("out of the file", chained(&[(0, at(1)), (0, 9_000)]), 2, false),
            ("without end", chained(&long), 999, false),
        ] {
            let found = Pages::of(&file).unwrap();
            assert_eq!((found.count(), found.whole), (pages, whole), "{name}");
        }
        assert!(Pages::of(b"II*\0\0\0\0\0").is_err(), "no directory");
        assert!(Pages::of(b"MM\0*").is_err(), "no pointer");
    }

    #[test]
    fn a_page_becomes_the_first() {
        let file = chained(&[(1, at(1)), (0, at(2)), (0, 0)]);
        let pages = Pages::of(&file).unwrap();
        let second = pages.beginning_with(&file, 1).unwrap();
        assert_eq!(second[4..8], at(2).to_le_bytes());
        assert_eq!(second[8..], file[8..]);
        let beyond = pages.beginning_with(&file, 2).unwrap_err();
        assert_eq!(beyond, PictureFault::NoSuchPage { page: 2, pages: 2 });
    }

    proptest::proptest! {
        #[test]
        fn noise_ends(mut noise in proptest::collection::vec(0u8.., 0..200), big: bool, little: bool) {
            noise.splice(0..noise.len().min(4), if little { *b"II*\0" } else { *b"MM\0*" });
            if big {
                noise[if little { 2 } else { 3 }] = 43;
            }
            if let Ok(pages) = Pages::of(&noise) {
                proptest::prop_assert!(pages.count() >= 1);
                proptest::prop_assert!(pages.beginning_with(&noise, 0).is_ok());
            }
        }
    }
}
