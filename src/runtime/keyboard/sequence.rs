//! Control sequences: `CSI parameters intermediates final` (ECMA-48, 5.4), and keys behind SS3.

use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::{LONGEST_SEQUENCE, Report, Said, Step, ascii, key};

/// What follows `ESC [`.
pub(super) fn control(bytes: &[u8]) -> Step {
    const INTRODUCER: usize = 2;
    // The Linux console's F1 to F5.
    if let [b'[', rest @ ..] = bytes {
        return match rest {
            [] => Step::Waits,
            [last @ b'A'..=b'E', ..] => took(4, Some(function(last - b'A' + 1, KeyModifiers::NONE))),
            _ => took(3, None),
        };
    }
    // Before SGR the mouse sent three bytes of any value after the final one.
    if bytes.first() == Some(&b'M') {
        return if bytes.len() < 4 { Step::Waits } else { took(INTRODUCER + 4, None) };
    }
    let body = bytes.iter().take_while(|byte| (0x20..=0x3f).contains(*byte)).count();
    match bytes.get(body) {
        None if body < LONGEST_SEQUENCE => Step::Waits,
        // Something else began in the middle: it is not part of the sequence.
        None => took(INTRODUCER + body, None),
        Some(last @ 0x40..=0x7e) => took(INTRODUCER + body + 1, meaning(&bytes[..body], *last)),
        Some(_) => took(INTRODUCER + body, None),
    }
}

/// What follows `ESC O`: the keypad and F1 to F4 in application mode.
pub(super) fn single_shift(bytes: &[u8]) -> Step {
    let Some(last) = bytes.first() else { return Step::Waits };
    let none = KeyModifiers::NONE;
    match last {
        b'A'..=b'D' | b'F' | b'H' => took(3, named(*last, none)),
        b'P'..=b'S' => took(3, Some(function(last - b'P' + 1, none))),
        b'M' => took(3, Some(key(KeyCode::Enter, none))),
        // Alt+Shift+O, typed.
        0x1b => took(2, Some(key(KeyCode::Char('O'), KeyModifiers::ALT | KeyModifiers::SHIFT))),
        _ => took(3, None),
    }
}

const fn took(count: usize, said: Option<Said>) -> Step {
    Step::Took(count, said)
}

fn function(number: u8, modifiers: KeyModifiers) -> Said {
    key(KeyCode::F(number), modifiers)
}

/// Keys that are named by the final byte.
fn named(last: u8, modifiers: KeyModifiers) -> Option<Said> {
    let code = match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    };
    Some(key(code, modifiers))
}

fn meaning(body: &[u8], last: u8) -> Option<Said> {
    let body = std::str::from_utf8(body).ok()?;
    if let Some(private) = body.strip_prefix('?') {
        return match last {
            b'c' if !private.is_empty() => Some(Said::Report(attributes(private))),
            b'S' => largest_sixel(private).map(Said::Report),
            _ => None,
        };
    }
    if let Some(mouse) = body.strip_prefix('<') {
        return self::mouse(mouse, last);
    }
    let mut parameters = body.split(';');
    let mut next = || parameters.next();
    match last {
        // F3 with modifiers looks the same: nothing is bound to it, and no question is asked on the first row.
        b'R' => {
            let (row, column) = (number(next()?)?, number(next()?)?);
            (row > 0 && column > 0 && next().is_none())
                .then_some(Said::Report(Report::Cursor { row, column }))
        }
        // The answers to `CSI 16 t` and `CSI 14 t`: height before width.
        b't' => {
            let (what, height, width) = (next()?, number(next()?)?, number(next()?)?);
            let report = match what {
                "6" => Report::Cell { width, height },
                "4" => Report::Window { width, height },
                _ => return None,
            };
            (height > 0 && width > 0 && next().is_none()).then_some(Said::Report(report))
        }
        b'I' if body.is_empty() => Some(Said::Event(Event::FocusGained)),
        b'O' if body.is_empty() => Some(Said::Event(Event::FocusLost)),
        b'Z' => Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'~' => {
            let (code, held) = (number(next()?)?, next());
            if code == 27 {
                // xterm's modifyOtherKeys: `CSI 27 ; modifiers ; code ~`.
                return typed_with(next()?, held);
            }
            pressed(numbered(code)?, held)
        }
        // `CSI code ; modifiers u`.
        b'u' => typed_with(next()?, next()),
        b'P' | b'Q' | b'S' => {
            next();
            pressed(KeyCode::F(last - b'P' + 1), next())
        }
        _ => {
            next();
            let Some(Said::Event(Event::Key(event))) = named(last, KeyModifiers::NONE) else { return None };
            pressed(event.code, next())
        }
    }
}

/// XTSMGRAPHICS: `2` (sixels), `0` (done), width and height.
fn largest_sixel(private: &str) -> Option<Report> {
    let mut sizes = private.strip_prefix("2;0;")?.split(';');
    let (width, height) = (number(sizes.next()?)?, number(sizes.next()?)?);
    (width > 0 && height > 0 && sizes.next().is_none()).then_some(Report::LargestSixel { width, height })
}

/// The first number is the kind of terminal, those after it are what it can do; 4 is sixel (DEC STD 070; xterm).
fn attributes(parameters: &str) -> Report {
    Report::Attributes { sixel: parameters.split(';').skip(1).any(|ability| ability == "4") }
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok()
}

/// A key with the modifiers and the kind of press that `modifiers:kind` tells.
fn pressed(code: KeyCode, held: Option<&str>) -> Option<Said> {
    let (modifiers, kind) = match held.filter(|held| !held.is_empty()) {
        None => (KeyModifiers::NONE, KeyEventKind::Press),
        Some(held) => {
            let (mask, kind) = held.split_once(':').unwrap_or((held, "1"));
            let kind = match kind {
                "2" => KeyEventKind::Repeat,
                "3" => KeyEventKind::Release,
                _ => KeyEventKind::Press,
            };
            (modifiers(number(mask)?.checked_sub(1)?), kind)
        }
    };
    Some(Said::Event(Event::Key(KeyEvent::new_with_kind(code, modifiers, kind))))
}

/// A character key by its code point.
fn typed_with(code: &str, held: Option<&str>) -> Option<Said> {
    let c = char::from_u32(code.split(':').next()?.parse().ok()?)?;
    let code = match u8::try_from(c) {
        Ok(byte @ (b'\r' | b'\t' | 0x1b | 0x7f)) => ascii(byte).0,
        // The private area names keys of the kitty protocol, which is never switched on.
        _ if c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c) => return None,
        _ => KeyCode::Char(c),
    };
    match pressed(code, held)? {
        Said::Event(Event::Key(event))
            if event.code == KeyCode::Tab && event.modifiers.contains(KeyModifiers::SHIFT) =>
        {
            Some(Said::Event(Event::Key(KeyEvent { code: KeyCode::BackTab, ..event })))
        }
        other => Some(other),
    }
}

/// xterm's mask, less one.
fn modifiers(mask: u16) -> KeyModifiers {
    let bits = [KeyModifiers::SHIFT, KeyModifiers::ALT, KeyModifiers::CONTROL, KeyModifiers::SUPER];
    let held = bits.into_iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0);
    held.fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

/// Keys of the form `CSI number ~` (DEC's editing keys; function keys leave out numbers as the VT220 did).
const fn numbered(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23..=26 => KeyCode::F((number - 12) as u8),
        28 | 29 => KeyCode::F((number - 13) as u8),
        31..=34 => KeyCode::F((number - 14) as u8),
        _ => return None,
    })
}

/// xterm's SGR mouse: `CSI < buttons ; column ; row M`, with `m` when a button is let go.
fn mouse(body: &str, last: u8) -> Option<Said> {
    let mut parameters = body.split(';').map(number);
    let (buttons, column, row) = (parameters.next()??, parameters.next()??, parameters.next()??);
    let (moved, wheel) = (buttons & 32 != 0, buttons & 64 != 0);
    let button = match buttons & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (last, buttons & 3) {
        (b'M', 0) if wheel => MouseEventKind::ScrollUp,
        (b'M', 1) if wheel => MouseEventKind::ScrollDown,
        (b'M', 2) if wheel => MouseEventKind::ScrollLeft,
        (b'M', 3) if wheel => MouseEventKind::ScrollRight,
        (b'M', 3) if moved => MouseEventKind::Moved,
        (b'M', 0..=2) if moved => MouseEventKind::Drag(button),
        (b'M', 0..=2) => MouseEventKind::Down(button),
        (b'm', 0..=2) if !wheel => MouseEventKind::Up(button),
        _ => return None,
    };
    // Shift, Alt and Control are bits 2 to 4, in the order of xterm's mask.
    let modifiers = modifiers((buttons >> 2) & 7);
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Said::Event(Event::Mouse(MouseEvent { kind, column, row, modifiers })))
}
