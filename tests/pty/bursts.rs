//! Keys that nobody meant as decisions: pasted text without the marks of a paste, a key that is held or stuck.

use std::time::Duration;

use super::home::Home;
use super::reviewer::ESCAPE;
use super::terminal::Terminal;

fn unattended() -> (Home, Terminal) {
    let home = Home::without_attention();
    let desk = home.desk((120, 40));
    desk.opens("D-1001");
    (home, desk)
}

/// Longer than it takes for a case to arm, so that the next key counts.
const ARMED: Duration = Duration::from_millis(400);

#[test]
fn many_characters_in_one_write_decide_nothing() {
    let (home, mut desk) = unattended();
    let held = "a".repeat(30);
    let long = "审核意见afgz通过u".repeat(400);
    let pastes =
        [held.as_str(), "pass all of them\ra\ra\ra", "f\rg\rz\rx", "审核意见: a 通过\ra", "fa", "zza", &long];
    for paste in pastes {
        desk.lets_pass(ARMED);
        desk.send(paste);
        // Answered in order: what stands on the screen after the help was opened came before it.
        desk.lets_pass(ARMED);
        desk.press_until("?", "the help", |screen| screen.shows("Space PgDn").then_some(()));
        desk.send(ESCAPE);
        // Looking is not guarded: the letters of a paste may have opened the paper form and, over it, a document.
        for _ in 0..2 {
            desk.lets_pass(ARMED);
            desk.send(ESCAPE);
        }
        desk.opens("D-1001");
    }
    assert!(
        desk.look(|screen| screen.watch().notices.iter().any(|notice| notice.contains("一次收到多个按键")))
    );
    assert!(desk.look(|screen| screen.saved().is_empty()), "{}", desk.picture());
    // The same key alone does decide: it was the guard that stood before it.
    assert_eq!(desk.decide_with("a"), "D-1001");
    desk.leave();
    assert!(home.decided().iter().all(|filing| filing.as_str() < "D-1004"), "{:?}", home.decided());
}

#[test]
fn a_held_key_decides_once_at_most() {
    let (home, mut desk) = unattended();
    desk.lets_pass(ARMED);
    for _ in 0..30 {
        desk.send("a");
        desk.lets_pass(Duration::from_millis(10));
    }
    desk.lets_pass(ARMED);
    desk.leave();
    let decided = home.decided();
    assert!(decided.len() <= 1, "{decided:?}");
}
