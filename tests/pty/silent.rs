//! A terminal that answers nothing: it is asked once, and nothing waits for it.

use super::home::Home;
use super::screen::Emulator;
use super::terminal::Manners;

#[test]
fn a_terminal_that_never_answers_holds_nothing_up() {
    let home = Home::with_demo();
    let mut desk = home.desk_on(Manners { silent: true, wide: false }, (80, 24), "zh");
    desk.opens("D-1001");
    desk.send("?");
    desk.shows("Space PgDn");
    desk.send("\x1b");
    desk.opens("D-1001");
    desk.until("a terminal taken to be narrow", |screen| screen.shows("│").then_some(()));
    assert_eq!(desk.pass(), "D-1001");
    desk.leave();
    desk.look(only_the_width_was_asked);
    assert_eq!(home.decided(), ["D-1001"]);
}

#[test]
fn where_the_settings_say_the_width_nothing_is_asked() {
    let home = Home::with_demo();
    for width in ["narrow", "wide"] {
        let mut desk = home.desk_with((80, 24), &[("HEYAN_UI__AMBIGUOUS", width)]);
        desk.opened();
        desk.leave();
        desk.look(|screen| assert_eq!(questions(screen), [""; 0], "{width}"));
    }
}

#[test]
fn the_first_frame_is_not_kept_waiting() {
    let home = Home::with_demo();
    let desk = home.desk_on(Manners { silent: true, wide: false }, (80, 24), "zh");
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
        sequence.starts_with("OSC") || sequence.ends_with(['n', 'c', 'p', 'u', 't', 'q'])
    };
    screen.watch().unknown.iter().filter(asks).map(String::as_str).collect()
}

/// Cursor positions and, last, what the terminal is; and no APC (kitty's pictures) or DCS (XTGETTCAP).
#[track_caller]
fn only_the_width_was_asked(screen: &Emulator) {
    let questions = questions(screen);
    let (last, cursors) = questions.split_last().unwrap();
    assert!(last.ends_with('c'), "{questions:?}");
    assert!(cursors.iter().all(|question| *question == "CSI  [[6]] n"), "{questions:?}");
    for start in [b"\x1b_".as_slice(), b"\x1bP"] {
        let asked = screen.written.windows(start.len()).any(|bytes| bytes == start);
        assert!(!asked, "a string was sent to the terminal itself: {start:?}");
    }
}
