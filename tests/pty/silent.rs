//! A terminal that answers nothing: it is asked once, and nothing waits for it.

use super::home::Home;
use super::screen::Emulator;
use super::terminal::{Manners, Pictures};

const SILENT: Manners = Manners { silent: true, wide: false, pictures: Pictures::NONE };

#[test]
fn a_terminal_that_never_answers_holds_nothing_up() {
    let home = Home::with_demo();
    let mut desk = home.desk_on(SILENT, (80, 24), "zh");
    desk.opens("D-1001");
    desk.send("?");
    desk.shows("Space PgDn");
    desk.send("\x1b");
    desk.opens("D-1001");
    desk.until("a terminal taken to be narrow", |screen| screen.shows("│").then_some(()));
    assert_eq!(desk.pass(), "D-1001");
    desk.leave();
    desk.look(all_was_asked_once);
    assert_eq!(home.decided(), ["D-1001"]);
}

/// Typed while the desk opens, in one write: it goes to the third filing's second document.
#[test]
fn keys_typed_before_the_first_frame_arrive() {
    let home = Home::with_demo();
    for manners in [SILENT, Manners::default()] {
        let mut desk = home.desk_on(manners, (160, 48), "zh");
        desk.send("JJl");
        desk.opens("D-1003");
        desk.until("the second document", |screen| (screen.document()?.0 == 2).then_some(()));
        desk.leave();
    }
}

#[test]
fn only_what_the_settings_leave_open_is_asked() {
    let home = Home::with_demo();
    let name = "CSI > [[0]] q";
    let (window, cell, sixel) = ("CSI  [[14]] t", "CSI  [[16]] t", "CSI ? [[2], [4], [0]] S");
    let (colour, fence) = (r#"OSC [[49, 49], [63]]"#, "CSI  [[0]] c");
    for (width, mode, theme, asked) in [
        ("narrow", "half-blocks", "dark", &[][..]),
        ("wide", "off", "light", &[]),
        ("wide", "off", "auto", &[colour, fence]),
        ("wide", "auto", "none", &[name, window, cell, sixel, fence]),
        ("narrow", "sixel", "dark", &[window, cell, sixel, fence]),
    ] {
        let variables =
            [("HEYAN_UI__AMBIGUOUS", width), ("HEYAN_IMAGES__MODE", mode), ("HEYAN_UI__THEME", theme)];
        let mut desk = home.desk_with((80, 24), &variables);
        desk.opened();
        desk.leave();
        desk.look(|screen| assert_eq!(questions(screen), asked, "{width} {mode}"));
    }
}

#[test]
fn the_first_frame_is_not_kept_waiting() {
    let home = Home::with_demo();
    let desk = home.desk_on(SILENT, (80, 24), "zh");
    desk.until("the question", |screen| screen.is_asked().then_some(()));
    desk.look(|screen| {
        let question = screen.written.windows(4).position(|bytes| bytes == b"\x1b[6n").unwrap();
        let frame_ends = screen.written.windows(8).position(|bytes| bytes == b"\x1b[?2026l").unwrap();
        assert!(frame_ends < question);
    });
}

/// Queries: device status and attributes (`CSI 6n`, `CSI c`, `CSI >c`), modes (`CSI ?2026$p`), kitty's keyboard
/// (`CSI ?u`), window size (`CSI 14t`), version (`CSI >q`), colours (`OSC 11;?`).
fn questions(screen: &Emulator) -> Vec<&str> {
    let asks = |sequence: &&String| {
        sequence.starts_with("OSC") || sequence.ends_with(['n', 'c', 'p', 'u', 't', 'q', 'S'])
    };
    screen.watch().unknown.iter().filter(asks).map(String::as_str).collect()
}

/// Cursor positions, the name, the background, the sizes of window, cell and sixel and, last, what the terminal is; one APC (kitty's pictures), and no DCS
/// (XTGETTCAP).
#[track_caller]
fn all_was_asked_once(screen: &Emulator) {
    let questions = questions(screen);
    let (cursors, others) = questions.split_at(questions.len() - 6);
    let sizes = ["CSI  [[14]] t", "CSI  [[16]] t", "CSI ? [[2], [4], [0]] S"];
    assert_eq!(others[..2], ["CSI > [[0]] q", "OSC [[49, 49], [63]]"]);
    assert_eq!((&others[2..5], others[5]), (&sizes[..], "CSI  [[0]] c"));
    assert!(cursors.iter().all(|question| *question == "CSI  [[6]] n"), "{questions:?}");
    for (start, count) in [(b"\x1b_".as_slice(), 1), (b"\x1bP", 0)] {
        let asked = screen.written.windows(start.len()).filter(|bytes| *bytes == start).count();
        assert_eq!(asked, count, "a string that was sent to the terminal itself: {start:?}");
    }
}
