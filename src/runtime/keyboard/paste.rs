//! A pasted text, between its marks (xterm's bracketed paste).
//!
//! The mark at its end may be lost with the connection's bytes. So a paste keeps only so much, and can be given up.

const ENDS: &[u8] = b"\x1b[201~";

/// The most that is kept of a paste, in bytes; what is more is dropped. No field takes as much.
pub(super) const MOST: usize = 1 << 20;

/// A paste whose end has not come yet.
#[derive(Debug, Default)]
pub(super) struct Paste {
    kept: Vec<u8>,
    /// The last bytes, which may be the beginning of the mark: only from here on it is looked for.
    open: Vec<u8>,
}

impl Paste {
    pub(super) const BEGINS: &'static [u8] = b"\x1b[200~";

    /// Takes bytes in; when the end is among them, how many bytes were the paste's own.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        let before = self.open.len();
        self.open.extend_from_slice(bytes);
        let end = self.open.windows(ENDS.len()).position(|window| window == ENDS);
        let sure = end.unwrap_or_else(|| self.open.len().saturating_sub(ENDS.len() - 1));
        let room = MOST - self.kept.len();
        self.kept.extend(self.open.drain(..sure).take(room));
        let end = end?;
        self.open.clear();
        Some(end + ENDS.len() - before)
    }

    /// The text as far as it came.
    pub(super) fn text(mut self) -> String {
        let room = MOST - self.kept.len();
        self.kept.extend(self.open.into_iter().take(room));
        if let Err(error) = std::str::from_utf8(&self.kept)
            && error.error_len().is_none()
        {
            // A character that the limit cut.
            self.kept.truncate(error.valid_up_to());
        }
        String::from_utf8_lossy(&self.kept).into_owned()
    }
}
