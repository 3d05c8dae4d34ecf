//! A terminal that answers nothing: no query may be sent, or at least none waited for.

use super::home::Home;
use super::screen::Emulator;

#[test]
fn a_terminal_that_never_answers_holds_nothing_up() {
    let home = Home::with_demo();
    let mut desk = home.desk((80, 24));
    desk.opens("D-1001");
    desk.send("?");
    desk.shows("Space PgDn");
    desk.send("\x1b");
    desk.opens("D-1001");
    assert_eq!(desk.pass(), "D-1001");
    desk.leave();
    desk.look(nothing_was_asked);
    assert_eq!(home.decided(), ["D-1001"]);
}

/// Queries: device status and attributes (`CSI 6n`, `CSI c`, `CSI >c`), modes (`CSI ?2026$p`), kitty's keyboard
/// (`CSI ?u`), window size (`CSI 14t`), version (`CSI >q`), colours (`OSC 11;?`), and every APC (kitty's pictures) or
/// DCS (XTGETTCAP).
#[track_caller]
fn nothing_was_asked(screen: &Emulator) {
    for sequence in &screen.watch().unknown {
        let query = sequence.starts_with("OSC") || sequence.ends_with(['n', 'c', 'p', 'u', 't', 'q']);
        assert!(!query, "asked: {sequence}");
    }
    for start in [b"\x1b_".as_slice(), b"\x1bP"] {
        let asked = screen.written.windows(start.len()).any(|bytes| bytes == start);
        assert!(!asked, "a string was sent to the terminal itself: {start:?}");
    }
}
