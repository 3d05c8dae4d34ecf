//! Keys from the terminal: read on a thread of their own, handed on as they came in one read. And the signals that
//! end the desk.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{
    self, Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;

use super::event_loop::Event;
use crate::app::key::{Code, Key, Press};
use crate::app::mouse::Act;

/// Starts reading. The thread ends with the process: nothing can interrupt a blocking read of the terminal.
pub fn spawn(events: Sender<Event>) -> io::Result<()> {
    thread::Builder::new().name("keys".into()).spawn(move || {
        while let Ok(batch) = batch() {
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

/// All that can be read without waiting once something came: one read, as the guard against bursts needs it.
fn batch() -> io::Result<Vec<Event>> {
    let mut events = Vec::new();
    let mut presses = Vec::new();
    let mut raw = event::read()?;
    loop {
        match raw {
            Raw::Key(key) => presses.extend(press(key)),
            other => {
                if !presses.is_empty() {
                    events.push(Event::Keys(std::mem::take(&mut presses)));
                }
                match other {
                    Raw::Paste(text) => events.push(Event::Paste(text)),
                    Raw::Mouse(mouse) => events.extend(pointed(mouse)),
                    Raw::Resize(width, height) => events.push(Event::Resize(width, height)),
                    _ => {}
                }
            }
        }
        if !event::poll(Duration::ZERO)? {
            break;
        }
        raw = event::read()?;
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
