//! Readers that count, so that no file's own word about its size is ever believed.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::rc::Rc;

use super::super::limits::Limits;

/// What may still be read from one pack.
pub(super) struct Budget {
    limit: u64,
    left: Cell<u64>,
    /// Highest number of inflated bytes per compressed byte.
    pub ratio: u64,
}

impl Budget {
    pub fn new(limits: &Limits) -> Self {
        Budget {
            limit: limits.max_pack_bytes,
            left: Cell::new(limits.max_pack_bytes),
            ratio: limits.max_compression_ratio,
        }
    }
}

/// A limit that was passed while reading; travels inside an [`io::Error`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Excess {
    /// More than this many bytes for one compressed byte.
    Ratio(u64),
    /// More than this many bytes from one pack.
    Pack(u64),
}

impl Excess {
    /// The passed limit inside a failed read, if that is what it was.
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Excess::Ratio(limit) => write!(f, "inflates more than {limit} times"),
            Excess::Pack(limit) => write!(f, "more than {limit} bytes in one pack"),
        }
    }
}

impl std::error::Error for Excess {}

/// Counts what comes out against the pack's budget and, for an archive, against what went in.
pub(super) struct Guard<'a, R> {
    inner: R,
    budget: &'a Budget,
    out: u64,
    /// Compressed bytes taken so far.
    taken: Option<Rc<Cell<u64>>>,
}

impl<'a, R: Read> Guard<'a, R> {
    pub fn new(inner: R, budget: &'a Budget) -> Self {
        Guard { inner, budget, out: 0, taken: None }
    }

    pub fn inflating(inner: R, budget: &'a Budget, taken: Rc<Cell<u64>>) -> Self {
        Guard { inner, budget, out: 0, taken: Some(taken) }
    }
}

impl<R: Read> Read for Guard<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.out += count as u64;
        let Some(left) = self.budget.left.get().checked_sub(count as u64) else {
            self.budget.left.set(0);
            return Err(io::Error::other(Excess::Pack(self.budget.limit)));
        };
        self.budget.left.set(left);
        if let Some(taken) = &self.taken
            && self.out > taken.get().saturating_mul(self.budget.ratio)
        {
            return Err(io::Error::other(Excess::Ratio(self.budget.ratio)));
        }
        Ok(count)
    }
}

/// A position of its own in a shared file, which counts the bytes it takes.
pub(super) struct Window {
    file: Rc<File>,
    at: u64,
    taken: Rc<Cell<u64>>,
    limit: u64,
}

impl Window {
    pub fn new(file: Rc<File>) -> Self {
        Window { file, at: 0, taken: Rc::default(), limit: u64::MAX }
    }

    /// Fails when more than so many bytes are taken.
    #[must_use]
    pub fn at_most(mut self, limit: u64) -> Self {
        self.limit = limit;
        self
    }

    /// The count, shared.
    pub fn taken(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.taken)
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(buffer, self.at)?;
        self.at += count as u64;
        self.taken.set(self.taken.get() + count as u64);
        if self.taken.get() > self.limit {
            return Err(io::Error::other(Excess::Pack(self.limit)));
        }
        Ok(count)
    }
}

impl Seek for Window {
    fn seek(&mut self, target: SeekFrom) -> io::Result<u64> {
        let at = match target {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
