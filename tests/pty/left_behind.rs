//! Nothing of a filing stays in the terminal's memory: not after its decision, not when the desk is left, not when it is
//! asked to end.

use std::collections::BTreeMap;

use rustix::process::{Signal, kill_process};

use super::home::Home;
use super::screen::Emulator;
use super::terminal::{Manners, Pictures, Terminal};

pub const KITTY: Manners = Manners {
    wide: false,
    silent: false,
    pictures: Pictures { kitty: true, sixel: false, name: Some("kitty(0.36.4)"), cell: Some((9, 18)) },
};
/// Sequences are handed through tmux, each in one of its own.
const TMUX: (&str, &str) = ("TMUX", "/tmp/tmux-1000/default,1,0");

/// The pictures that were ever sent, by their numbers, and whether each is there.
pub fn pictures(screen: &Emulator) -> BTreeMap<u32, bool> {
    let mut pictures = BTreeMap::new();
    let text = String::from_utf8_lossy(&screen.written);
    for sequence in text.split("\x1b_G").skip(1) {
        let keys = sequence.split([';', '\x1b']).next().unwrap_or_default();
        let value = |key: &str| keys.split(',').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        let number = value("i").and_then(|number| number.parse().ok());
        match (value("a"), number) {
            (Some("t"), Some(number)) => drop(pictures.insert(number, true)),
            (Some("d"), Some(number)) if value("d") == Some("I") => drop(pictures.insert(number, false)),
            _ => {}
        }
    }
    pictures
}

/// Waits until pictures other than these are in the terminal's memory.
#[track_caller]
pub fn others_than(desk: &Terminal, known: &BTreeMap<u32, bool>) -> BTreeMap<u32, bool> {
    desk.until("a picture", |screen| {
        let now = pictures(screen);
        now.iter().any(|(number, there)| *there && !known.contains_key(number)).then_some(now)
    })
}

#[track_caller]
fn all_are_gone(desk: &Terminal, how: &str) {
    let left: Vec<u32> = desk.look(|screen| {
        pictures(screen).into_iter().filter_map(|(number, there)| there.then_some(number)).collect()
    });
    assert!(left.is_empty(), "{how}: {left:?} are still there");
}

#[test]
fn no_picture_is_left_behind() {
    let home = Home::with_demo();
    for variables in [&[][..], &[TMUX]] {
        let mut desk = home.desk_around(KITTY, variables);
        let first = desk.opened();
        others_than(&desk, &BTreeMap::new());
        desk.look_at_everything();
        let before = desk.look(pictures);
        assert_eq!(desk.decide_with("a"), first);
        let now = others_than(&desk, &before);
        let left: Vec<&u32> = before.keys().filter(|number| now[number]).collect();
        assert!(left.is_empty(), "of the filing before: {left:?}");
        desk.leave();
        all_are_gone(&desk, "left");

        let mut desk = home.desk_around(KITTY, variables);
        others_than(&desk, &BTreeMap::new());
        kill_process(desk.pid, Signal::TERM).unwrap();
        desk.ends();
        all_are_gone(&desk, "asked to end");
    }
}

/// What tmux did not hand on while another window was seen comes when this one is seen again.
#[test]
fn pictures_are_sent_again_when_the_window_is_seen_again() {
    let home = Home::with_demo();
    let mut desk = home.desk_around(KITTY, &[TMUX]);
    others_than(&desk, &BTreeMap::new());
    desk.settles();
    let first = desk.look(pictures);
    assert!(desk.look(|screen| screen.written.windows(8).any(|bytes| bytes == b"\x1b[?1004h")));
    let sent = |screen: &Emulator| String::from_utf8_lossy(&screen.written).matches("a=t,").count();
    let before = desk.look(sent);
    desk.send("\x1b[O\x1b[I");
    desk.until("the picture once more", |screen| (sent(screen) > before).then_some(()));
    assert!(desk.look(pictures).keys().all(|number| first.contains_key(number)), "under the same number");
    desk.leave();
    all_are_gone(&desk, "left");
    assert!(desk.look(|screen| screen.written.windows(8).any(|bytes| bytes == b"\x1b[?1004l")));
}
