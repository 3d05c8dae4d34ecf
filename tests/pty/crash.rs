//! `kill -9`: what the screen said to be saved is in the store, whole, and nobody is locked out by the dead.

use std::collections::BTreeSet;
use std::time::Duration;

use super::home::{Home, REVIEWER};
use super::reviewer::ENTER;
use super::screen::Emulator;

const SIZE: (u16, u16) = (80, 24);

#[test]
fn what_was_said_to_be_saved_survives_a_kill() {
    let home = Home::with_demo();
    let mut desk = home.desk(SIZE);
    desk.opens("D-1001");
    assert_eq!(desk.pass(), "D-1001");
    desk.kill();
    assert_eq!(home.decided(), ["D-1001"]);
    home.verify();
    // The next one was claimed together with the decision.
    assert_eq!(home.claimed_by("D-1002").as_deref(), Some(REVIEWER));

    let mut desk = home.desk(SIZE);
    desk.opens("D-1002");
    assert_eq!(desk.pass(), "D-1002");
    desk.leave();
    assert_eq!(home.decided(), ["D-1001", "D-1002"]);
    home.verify();
}

/// Twelve filings are put on hold one after the other by a program that is killed time and again, somewhere between a
/// key and its answer.
#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let home = Home::with_demo();
    let mut said = Vec::new();
    // Microseconds between the deciding key and the kill, spread over what a decision takes.
    for after in [0, 300, 1_000, 2_500, 5_000, 9_000, 14_000, 25_000] {
        let mut desk = home.desk(SIZE);
        let here = desk.opened();
        assert!(!said.contains(&here), "{here} was saved and is open again");
        desk.hold();
        desk.opened();
        desk.send("g");
        desk.shows("Enter 挂起");
        desk.send(ENTER);
        desk.lets_pass(Duration::from_micros(after));
        desk.kill();
        said.extend(desk.look(Emulator::saved));
        let kept = home.decided();
        let lost: Vec<&String> = said.iter().filter(|filing| !kept.contains(filing)).collect();
        assert!(lost.is_empty(), "said to be saved and gone: {lost:?}");
        home.verify();
        // What was being saved when the program died may have arrived without a word, whole.
        said = kept;
        if said.len() + 2 > 12 {
            break;
        }
    }
    let once: BTreeSet<&String> = said.iter().collect();
    assert_eq!(once.len(), said.len(), "a filing was decided twice: {said:?}");
}
