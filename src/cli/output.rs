//! Where a command writes: lines for a person or JSON for a program, and progress beside them.

use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};
use std::time::{Duration, Instant};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::error::CliError;
use crate::domain::finding::Status;
use crate::domain::message::{Lang, Message, text};
use crate::export::escape_hostile;

/// The version of the `--json` rows, as their field `v`.
pub const JSON_VERSION: u32 = 1;

/// When to colour (`--color`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// Whether to colour what goes to a terminal, or elsewhere.
    pub fn wanted(self, terminal: bool) -> bool {
        match self {
            Colour::Always => true,
            Colour::Never => false,
            // https://no-color.org
            Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }
}

/// Standard output.
pub struct Output {
    out: BufWriter<Stdout>,
    pub lang: Lang,
    /// One JSON object a line instead of text.
    pub json: bool,
    coloured: bool,
}

impl Output {
    pub fn new(lang: Lang, json: bool, colour: Colour) -> Self {
        let coloured = colour.wanted(io::stdout().is_terminal());
        Output { out: BufWriter::new(io::stdout()), lang, json, coloured }
    }

    /// Writes a line; outside text in it is safe already.
    pub fn line(&mut self, line: &str) -> Result<(), CliError> {
        writeln!(self.out, "{}", line.trim_end())?;
        Ok(())
    }

    /// Writes a sentence.
    pub fn say(&mut self, message: &Message) -> Result<(), CliError> {
        let line = message.text(self.lang);
        self.line(&line)
    }

    /// Writes a JSON row.
    pub fn row(&mut self, row: &impl Serialize) -> Result<(), CliError> {
        let line = serde_json::to_string(row).map_err(io::Error::from)?;
        writeln!(self.out, "{}", escape_hostile(&line))?;
        Ok(())
    }

    /// Writes rows as columns, the first row as their heads.
    pub fn table(&mut self, rows: &[Vec<String>]) -> Result<(), CliError> {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        for row in rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width - cell.width() + 2));
            }
            self.line(&line)?;
        }
        Ok(())
    }

    /// The mark of a status, coloured if wanted; the letter alone always tells.
    pub fn mark(&self, status: Status) -> String {
        let mark = status.mark();
        let colour = match status {
            Status::Pass => 32,
            Status::Warn => 33,
            Status::Fail | Status::Error => 31,
            Status::NotRun => 36,
        };
        if self.coloured { format!("\u{1b}[{colour}m{mark}\u{1b}[0m") } else { mark.to_string() }
    }

    /// The words of an id.
    pub fn text(&self, id: &str) -> String {
        text(self.lang, id).to_owned()
    }

    /// The writer itself, for an export.
    pub fn raw(&mut self) -> &mut BufWriter<Stdout> {
        &mut self.out
    }

    /// Hands everything to the system.
    pub fn finish(&mut self) -> Result<(), CliError> {
        self.out.flush()?;
        Ok(())
    }
}

/// One rewritten line on standard error when it is a terminal and the work takes longer than a second.
pub struct ProgressLine {
    err: Stderr,
    lang: Lang,
    next: Option<Instant>,
    shown: bool,
}

impl ProgressLine {
    pub fn new(lang: Lang) -> Self {
        let err = io::stderr();
        let next = err.is_terminal().then(|| Instant::now() + Duration::from_secs(1));
        ProgressLine { err, lang, next, shown: false }
    }

    /// Shows how far the work is. A progress line that cannot be written is no reason to stop the work.
    pub fn at(&mut self, message: impl FnOnce() -> Message) {
        let now = Instant::now();
        if self.next.is_some_and(|next| now >= next) {
            self.next = Some(now + Duration::from_millis(100));
            self.shown = true;
            let _ = write!(self.err, "\r\u{1b}[K{}", message().text(self.lang));
        }
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(self.err, "\r\u{1b}[K");
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.clear();
    }
}
