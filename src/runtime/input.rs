//! Keys from the terminal: read on a thread of their own, handed on as they came in one read. And the signals that
//! end the desk.

use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{
    Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::crossterm::terminal;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use signal_hook::consts::{SIGHUP, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::pipe;

use super::event_loop::{Event, Needed};
use super::keyboard::{Parser, Said};
use super::terminal::cell;
use crate::app::key::{Code, Key, Press};
use crate::app::mouse::Act;

/// Starts reading. The thread ends with the process: nothing can interrupt a blocking read of the terminal.
pub fn spawn(events: Sender<Event>) -> io::Result<()> {
    let mut line = Line::open()?;
    let needed = Needed(events.clone());
    thread::Builder::new().name("keys".into()).spawn(move || {
        let _needed = needed;
        while let Ok(batch) = batch(&mut line) {
            for event in batch {
                if events.send(event).is_err() {
                    return;
                }
            }
        }
        // The terminal is gone: the desk must end and let go of its claim. When nobody is left to be told, it
        // already has.
        let _ended = events.send(Event::Gone);
    })?;
    Ok(())
}

/// Lets a closed connection (SIGHUP) or a request to end (SIGTERM) close the desk in order instead of killing it, so
/// that the claim and the terminal are given back.
///
/// Must stand before the first claim. The thread ends with the process.
pub fn watch_signals(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for _ in signals.forever() {
            // When nobody is left to be told, the desk is closing already.
            let _closing = events.send(Event::Gone);
        }
    })?;
    Ok(())
}

/// The terminal's line, with what of a sequence has come so far.
struct Line {
    parser: Parser,
    opened: Instant,
    /// Since when the end of a control string is waited for.
    in_string: Option<Instant>,
    /// Can be read when the window has another size (SIGWINCH).
    resized: UnixStream,
}

impl Line {
    fn open() -> io::Result<Self> {
        let (resized, tell) = UnixStream::pair()?;
        resized.set_nonblocking(true)?;
        pipe::register(SIGWINCH, tell)?;
        Ok(Line { parser: Parser::default(), opened: Instant::now(), in_string: None, resized })
    }

    /// Waits for something, and for the rest of a paste or a string one second. What was typed before the window changed its size is told before that.
    fn next(&mut self) -> io::Result<Vec<Said>> {
        loop {
            let patience = self.patience();
            if patience.is_some_and(|left| left.is_zero()) {
                return Ok(self.parser.give_up().into_iter().collect());
            }
            let input = stdin();
            let mut ready = [PollFd::new(&input, PollFlags::IN), PollFd::new(&self.resized, PollFlags::IN)];
            match poll(&mut ready, patience.map(timespec).as_ref()) {
                Err(Errno::INTR) => continue,
                Ok(0) => return Ok(self.parser.give_up().into_iter().collect()),
                other => other?,
            };
            if !ready[0].revents().is_empty() {
                return self.read();
            }
            // However many signals there were, only the last size counts.
            while self.resized.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
            // The next frame asks for the size in any case, and tells a failure.
            if let Ok((width, height)) = terminal::size() {
                return Ok(vec![Said::Event(Raw::Resize(width, height))]);
            }
        }
    }

    /// Waits for something typed, and takes all that can then be read without waiting: one read, as the guard against bursts
    /// needs it.
    fn read(&mut self) -> io::Result<Vec<Said>> {
        // More than anybody types; a flood comes in several reads.
        const MOST: usize = 64 * 1024;
        let mut bytes = [0; 4096];
        let (mut said, mut taken) = (Vec::new(), 0);
        loop {
            let count = match rustix::io::read(stdin(), &mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => count,
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            };
            said.extend(self.parser.take(&bytes[..count]));
            taken += count;
            if taken >= MOST || !readable(self.pause())? {
                said.extend(self.parser.pause());
                return Ok(said);
            }
        }
    }

    /// How long the end of a paste or of a control string is waited for. That of a string from its first byte on: keys
    /// typed meanwhile must not keep it open.
    fn patience(&mut self) -> Option<Duration> {
        const MOST: Duration = Duration::from_secs(1);
        self.in_string = self.parser.is_in_string().then(|| self.in_string.unwrap_or_else(Instant::now));
        match self.in_string {
            Some(since) => Some(MOST.saturating_sub(since.elapsed())),
            None => self.parser.is_pasting().then_some(MOST),
        }
    }

    /// How long the rest of a sequence is waited for. In the first moments the answer to the question at the start may
    /// come cut in two just behind its escape, and would be typed into the desk. Nobody waits for Alt+\[.
    fn pause(&self) -> Duration {
        const FIRST_MOMENTS: Duration = Duration::from_secs(2);
        const REST_OF_AN_ANSWER: Duration = Duration::from_millis(20);
        let early = self.opened.elapsed() < FIRST_MOMENTS;
        if early && self.parser.has_lone_escape() || self.parser.has_lone_introducer() {
            REST_OF_AN_ANSWER
        } else {
            Duration::ZERO
        }
    }
}

fn timespec(time: Duration) -> Timespec {
    Timespec { tv_sec: time.as_secs().try_into().unwrap_or(i64::MAX), tv_nsec: time.subsec_nanos().into() }
}

/// Whether something can be read within this time.
pub(super) fn readable(within: Duration) -> io::Result<bool> {
    match poll(&mut [PollFd::new(&stdin(), PollFlags::IN)], Some(&timespec(within))) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// What came in one read, as events: presses without anything in between stay together.
fn batch(line: &mut Line) -> io::Result<Vec<Event>> {
    let mut events = Vec::new();
    let mut presses = Vec::new();
    for said in line.next()? {
        let raw = match said {
            Said::Event(raw) => raw,
            // Beside what is typed: it parts no presses that came together.
            Said::Report(report) => {
                events.push(Event::Report(report));
                continue;
            }
        };
        match raw {
            Raw::Key(key) => presses.extend(press(key)),
            other => {
                if !presses.is_empty() {
                    events.push(Event::Keys(std::mem::take(&mut presses)));
                }
                match other {
                    Raw::Paste(text) => events.push(Event::Paste(text)),
                    Raw::Mouse(mouse) => events.extend(pointed(mouse)),
                    Raw::Resize(width, height) => events.push(Event::Resize(width, height, cell())),
                    Raw::FocusGained => events.push(Event::Focused),
                    _ => {}
                }
            }
        }
    }
    if !presses.is_empty() {
        events.push(Event::Keys(presses));
    }
    Ok(events)
}

/// A mouse event of the terminal library as the desk's own; other buttons, releases and motion are none.
fn pointed(event: MouseEvent) -> Option<Event> {
    let act = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Act::Click,
        MouseEventKind::ScrollUp => Act::WheelUp,
        MouseEventKind::ScrollDown => Act::WheelDown,
        _ => return None,
    };
    Some(Event::Mouse(act, event.column, event.row))
}

/// A key event of the terminal library as the desk's own; releases and lone modifiers are none.
fn press(event: KeyEvent) -> Option<Press> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let key = Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
    };
    Some(Press { key, repeat: event.kind == KeyEventKind::Repeat })
}
