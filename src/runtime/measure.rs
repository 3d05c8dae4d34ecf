//! The terminal's width of ambiguous characters, measured without a desk: for `heyan doctor`.

use std::io::{self, Write, stdout};
use std::time::Instant;

use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::stdio::stdin;

use super::input::readable;
use super::keyboard::{Parser, Said};
use super::probe::{PATIENCE, Probe, Width};

/// Asks on the row of the cursor; none when the terminal stays silent. Standard input and output are the terminal.
///
/// What is typed in these milliseconds is lost: there is nobody to hand it on to.
pub fn ambiguous_width() -> io::Result<Option<Width>> {
    enable_raw_mode()?;
    let measured = ask();
    disable_raw_mode()?;
    measured
}

fn ask() -> io::Result<Option<Width>> {
    let mut probe = Probe::Waiting;
    let mut out = stdout();
    out.write_all(probe.ask(None, 0).as_bytes())?;
    out.flush()?;
    let end = Instant::now() + PATIENCE;
    let mut parser = Parser::default();
    let mut bytes = [0; 1024];
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || !readable(left)? {
            return Ok(None);
        }
        let count = rustix::io::read(stdin(), &mut bytes)?;
        if count == 0 {
            return Ok(None);
        }
        for said in parser.take(&bytes[..count]) {
            if let Said::Report(report) = said
                && let Some(width) = probe.hear(report)
            {
                return Ok(Some(width));
            }
        }
    }
}
