//! The connection goes away: the program ends by itself and lets go of the filing it had before it.

use rustix::process::{Signal, kill_process};

use super::home::{Home, REVIEWER};

#[test]
fn a_closed_connection_ends_the_program_and_gives_the_claim_back() {
    let home = Home::with_demo();
    let mut desk = home.desk((80, 24));
    desk.opens("D-1001");
    assert_eq!(home.claimed_by("D-1001").as_deref(), Some(REVIEWER));
    desk.hang_up();
    let status = desk.ends();
    assert_eq!(home.claimed_by("D-1001"), None, "{status}");
    assert!(home.decided().is_empty());
    home.verify();
}

/// The answer to the last key comes when the desk is closing: what it claimed must not stay claimed.
#[test]
fn a_claim_on_its_way_is_given_back_too() {
    let home = Home::with_demo();
    for last in ["J", "JJ", "g\r"] {
        let mut desk = home.desk((80, 24));
        desk.opened();
        desk.settles();
        desk.send(last);
        desk.hang_up();
        desk.ends();
        for filing in ["D-1001", "D-1002", "D-1003", "D-1004"] {
            assert_eq!(home.claimed_by(filing), None, "{filing} after {last:?}");
        }
    }
}

#[test]
fn asked_to_end_the_program_gives_the_terminal_and_the_claim_back() {
    let home = Home::with_demo();
    for signal in [Signal::TERM, Signal::HUP] {
        let mut desk = home.desk((80, 24));
        desk.opens("D-1001");
        kill_process(desk.pid, signal).unwrap();
        desk.ends();
        assert_eq!(home.claimed_by("D-1001"), None, "{signal:?}");
        assert!(desk.look(|screen| !screen.screen().alternate_screen()), "{signal:?}: {}", desk.picture());
    }
}
