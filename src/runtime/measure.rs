//! The terminal asked without a desk: for `heyan doctor`.

use std::io::{self, Write, stdout};
use std::time::Instant;

use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::stdio::stdin;

use super::input::readable;
use super::keyboard::{Parser, Said};
use super::probe::{PATIENCE, Probe};

/// Asks on the row of the cursor, and waits until all was said or long enough. Standard input and output are the
/// terminal.
///
/// What is typed in these milliseconds is lost: there is nobody to hand it on to.
pub fn ask(probe: &mut Probe) -> io::Result<()> {
    enable_raw_mode()?;
    let asked = ask_raw(probe);
    disable_raw_mode()?;
    asked
}

fn ask_raw(probe: &mut Probe) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(probe.ask(None, 0).as_bytes())?;
    out.flush()?;
    let end = Instant::now() + PATIENCE;
    let mut parser = Parser::default();
    let mut bytes = [0; 1024];
    while probe.is_open() {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || !readable(left)? {
            break;
        }
        let count = rustix::io::read(stdin(), &mut bytes)?;
        if count == 0 {
            break;
        }
        for said in parser.take(&bytes[..count]) {
            if let Said::Report(report) = said {
                probe.hear(report);
            }
        }
    }
    Ok(())
}
