//! The window changes its size in the middle of a decision.

use super::home::Home;
use super::reviewer::ENTER;
use super::terminal::Terminal;

#[test]
fn a_resize_while_choosing_reasons_loses_nothing_and_decides_nothing() {
    let home = Home::with_demo();
    let mut desk = home.desk((80, 24));
    for filing in ["D-1001", "D-1002", "D-1003", "D-1004"] {
        desk.opens(filing);
        desk.send("J");
    }
    desk.opens("D-1005");
    desk.send("f");
    choosing(&desk);
    // The second of the two proposals is unticked, and must stay so.
    desk.send("2");
    desk.shows("[ ] 2");

    desk.resize((120, 40));
    choosing(&desk);
    desk.shows("D-1012");
    desk.shows("[ ] 2");

    for (_, size) in [("too narrow", (60, 10)), ("too low", (120, 22)), ("too narrow", (79, 40))] {
        desk.resize(size);
        desk.shows(&format!("现在 {}x{}", size.0, size.1));
        for key in [ENTER, "a", "f", "1", " ", "g", ENTER, "z", ENTER] {
            desk.send(key);
        }
    }

    desk.resize((80, 24));
    choosing(&desk);
    desk.shows("[ ] 2");
    assert!(desk.look(|screen| screen.saved().is_empty()), "{}", desk.picture());
    assert_eq!(desk.decide_with(ENTER), "D-1005");
    desk.opens("D-1006");
    desk.leave();

    let decisions = home.decisions();
    assert_eq!(decisions.len(), 1, "{decisions:?}");
    assert_eq!(decisions[0]["filing"], "D-1005");
    assert_eq!(decisions[0]["reasons"], serde_json::json!(["ENT-NAME-MISMATCH@name"]));
}

/// The panel stands whole on the screen: frame, both proposals, grade.
#[track_caller]
fn choosing(desk: &Terminal) {
    for text in
        ["┌", "不通过原因", "[x] 1", "] 2", "ENT-NAME-MISMATCH", "EPR-NOT-LEGAL-REP", "Enter 决定", "┘"]
    {
        desk.shows(text);
    }
}
