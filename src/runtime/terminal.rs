//! The terminal: taken over while the desk is open, and given back whatever happens.

use std::io::{self, BufWriter, Stdout, Write, stderr, stdout};
use std::panic;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::{Print, force_color_output};
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use crate::domain::viewport::Size;

/// The desk's terminal: one write a frame.
pub type DeskTerminal = Terminal<CrosstermBackend<Counting<BufWriter<Stdout>>>>;

/// How many bytes went to the terminal.
#[derive(Debug, Clone, Default)]
pub struct Written(Arc<AtomicU64>);

impl Written {
    /// Since the start.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A writer whose bytes are counted.
#[derive(Debug)]
pub struct Counting<W> {
    out: W,
    written: Written,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.written.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reports of buttons and the wheel, with coordinates beyond 223 (xterm's modes 1000 and 1006). Not of motion, which
/// nothing here uses and a slow line would carry.
pub const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
pub const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Whether the reviewer looks here (xterm's mode 1004). Asked of tmux alone, which hands no picture on for a window that
/// nobody sees.
const FOCUS_ON: &str = "\x1b[?1004h";
const FOCUS_OFF: &str = "\x1b[?1004l";

/// Holds the terminal; dropping it gives the terminal back.
pub struct TerminalGuard {
    /// Never dropped: the library would show the cursor once more, and say on the terminal that the terminal is gone,
    /// which is a panic.
    pub terminal: &'static mut DeskTerminal,
    pub written: Written,
}

impl TerminalGuard {
    /// Raw mode, alternate screen, bracketed paste, and reports of the focus where they are wanted. Nothing is asked of the
    /// terminal before the first frame.
    pub fn take(focus: bool) -> io::Result<Self> {
        restore_on_panic();
        held().by = Some(thread::current().id());
        // The theme answers to NO_COLOR. The library's own answer writes empty colours (`CSI ;m`, a reset of all
        // attributes) and would draw every picture in one grey.
        force_color_output(true);
        enable_raw_mode()?;
        let guard = (|| {
            let mut out = stdout();
            // A desk that was killed has left its screen standing.
            execute!(out, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste)?;
            if focus {
                execute!(out, Print(FOCUS_ON))?;
            }
            // A frame with a picture has some 100 KB; a larger one is written in several pieces.
            let out = BufWriter::with_capacity(256 * 1024, out);
            let written = Written::default();
            let out = Counting { out, written: written.clone() };
            let terminal = Terminal::new(CrosstermBackend::new(out))?;
            Ok(TerminalGuard { terminal: Box::leak(Box::new(terminal)), written })
        })();
        if guard.is_err() {
            give_back();
        }
        guard
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        // What is still buffered belongs to the alternate screen; an error here has no screen left to be told on.
        let _told = self.terminal.backend_mut().flush();
        give_back();
    }
}

/// The size of the terminal, in columns and rows.
pub fn size() -> io::Result<(u16, u16)> {
    ratatui::crossterm::terminal::size()
}

/// The size of a cell in pixels, where the window tells its own: not every terminal does, and no line over SSH must.
pub fn cell() -> Option<Size> {
    let window = ratatui::crossterm::terminal::window_size().ok()?;
    let side = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|side| *side > 0).map(u32::from);
    Some(Size::new(side(window.width, window.columns)?, side(window.height, window.rows)?))
}

/// What removes our pictures from the terminal, kept here for [`give_back`], which may be called at any time.
static FAREWELL: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// What must be written before the terminal is given back.
pub fn on_leaving(bytes: Vec<u8>) {
    *FAREWELL.lock().unwrap_or_else(PoisonError::into_inner) = bytes;
}

/// Gives the terminal back. Each step is tried whatever became of the others; there is nowhere to report to.
fn give_back() {
    let mut out = stdout();
    let farewell = std::mem::take(&mut *FAREWELL.lock().unwrap_or_else(PoisonError::into_inner));
    if !farewell.is_empty() {
        // A picture may have been cut off in the middle: its sequence is ended first.
        let _removed = out.write_all(b"\x1b\\").and_then(|()| out.write_all(&farewell));
    }
    let _left = execute!(
        out,
        Print(MOUSE_OFF),
        Print(FOCUS_OFF),
        DisableBracketedPaste,
        // Nothing of a filing stays, also where there is no other screen to go back to.
        Clear(ClearType::All),
        LeaveAlternateScreen,
        ratatui::crossterm::cursor::Show
    );
    let _cooked = disable_raw_mode();
    let Held { said, .. } = std::mem::take(&mut *held());
    let _told = said.iter().try_for_each(|words| writeln!(stderr(), "{words}"));
}

/// The thread that holds the terminal, and what others said meanwhile that panicked: it is told when the terminal is
/// given back.
#[derive(Debug)]
struct Held {
    by: Option<ThreadId>,
    said: Vec<String>,
}

impl Default for Held {
    fn default() -> Self {
        Held::NOBODY
    }
}

impl Held {
    const NOBODY: Held = Held { by: None, said: Vec::new() };
    /// More panics say nothing new.
    const MOST_SAID: usize = 8;
}

fn held() -> MutexGuard<'static, Held> {
    static HELD: Mutex<Held> = Mutex::new(Held::NOBODY);
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A panic is read on a usable terminal: that of the desk's own thread gives it back at once, that of any other leaves
/// the desk standing, whose affair it is whether it can go on (`Needed`).
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let mut held = held();
            match held.by {
                Some(thread) if thread != thread::current().id() => {
                    if held.said.len() < Held::MOST_SAID {
                        held.said.push(info.to_string());
                    }
                }
                holder => {
                    drop(held);
                    if holder.is_some() {
                        give_back();
                    }
                    before(info);
                }
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_another_thread_leaves_the_terminal_alone_and_is_told_later() {
        restore_on_panic();
        held().by = Some(thread::current().id());
        on_leaving(b"not yet".to_vec());
        let panicked = thread::spawn(|| panic!("an encoder of 样例")).join();
        assert!(panicked.is_err());
        let Held { by, said } = std::mem::take(&mut *held());
        assert_eq!(by, Some(thread::current().id()), "nobody gave it back");
        assert!(said.iter().any(|words| words.contains("an encoder of 样例")), "{said:?}");
        assert_eq!(*FAREWELL.lock().unwrap(), b"not yet");
        on_leaving(Vec::new());
    }
}
