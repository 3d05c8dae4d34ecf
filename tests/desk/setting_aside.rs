//! Holding, escalating, writing: what is typed is kept, and what is set aside comes back.

use heyan::domain::decision::{Conclusion, HoldKind};
use jiff::ToSpan;

use crate::harness::{Harness, demo_workspace};

#[test]
fn digits_choose_the_kind_of_a_hold_and_arrows_its_time() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for (keys, kind, minutes) in [
        ("g Enter", HoldKind::Callback, 60),
        ("F6 2 Right Enter", HoldKind::Evidence, 120),
        ("g Down Down Left Enter", HoldKind::Extension, 30),
        ("g ３ Right Right Right Enter", HoldKind::Extension, 24 * 60),
    ] {
        let here = desk.here();
        desk.keys(keys);
        let decision = desk.decision(&here).unwrap();
        let Conclusion::Hold { hold, until } = decision.conclusion else { panic!("{decision:?}") };
        assert_eq!((hold, until), (kind, Some(decision.at + minutes.minutes())), "{keys}");
        assert_ne!(desk.here(), here);
    }
}

#[test]
fn a_hold_that_has_ended_comes_before_the_rest_of_the_queue() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("g Enter");
    assert_eq!(desk.here(), "D-1002");
    desk.look().keys("a");
    assert_eq!(desk.here(), "D-1003", "not yet");

    desk.sleep(61);
    desk.wait(0);
    desk.settle();
    assert!(desk.screen().contains("挂起 1(到点 1)"), "{}", desk.screen());
    desk.look().keys("a");
    assert_eq!(desk.here(), "D-1001");
    assert!(desk.screen().contains("挂起"), "the heading says what was decided last time");
    desk.look().keys("a");
    assert_eq!(desk.here(), "D-1004", "then on where it was left");
    assert_eq!(desk.decision("D-1001").unwrap().conclusion, Conclusion::Pass);
}

#[test]
fn an_empty_desk_looks_again() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for _ in 0..12 {
        desk.keys("g Enter");
    }
    assert!(desk.screen().contains("队列已空"));
    desk.sleep(30);
    desk.wait(0);
    assert_eq!(desk.here(), "");
    desk.sleep(31);
    desk.wait(0);
    desk.settle();
    assert_eq!(desk.here(), "D-1001");
}

#[test]
fn escalating_needs_a_note() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("z Enter");
    assert!(desk.screen().contains("请写明转组长的原因"), "{}", desk.screen());
    desk.text("  ").keys("Enter");
    assert_eq!(desk.decided(), [""; 0]);
    desk.text("疑似同一代办, 请组长看").keys("Enter");
    let decision = desk.decision("D-1001").unwrap();
    assert_eq!(decision.conclusion, Conclusion::Escalate);
    assert_eq!((decision.internal_note.as_str(), decision.opinion.as_str()), ("疑似同一代办, 请组长看", ""));
    assert_eq!(desk.here(), "D-1002");
}

#[test]
fn the_terminals_cursor_stands_in_the_field_for_the_input_method() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    assert_eq!(desk.before_cursor(), None);
    for (open, name) in [("o", "意见"), ("n", "备注"), ("z", "转组长"), ("f", "查找:")] {
        desk.keys(open).text("请补签a");
        let before = desk.before_cursor().expect("a cursor");
        assert!(before.ends_with("请补签a"), "{name}: {before}");
        desk.keys("Left");
        let before = desk.before_cursor().expect("a cursor");
        if open != "f" {
            assert!(before.ends_with("请补签"), "{name}: {before}");
        }
        desk.keys("Esc Esc");
        assert_eq!(desk.before_cursor(), None);
    }
}

#[test]
fn a_field_longer_than_its_line_scrolls_with_the_cursor() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("o").text(&"请补签".repeat(30));
    let before = desk.before_cursor().unwrap();
    assert!(before.ends_with("请补签请补签"), "{before}");
    assert!(!desk.screen().contains(&"请补签".repeat(30)));
}

#[test]
fn opinion_and_note_stay_when_the_filing_is_left_and_go_with_its_decision() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("o").text("请负责人重新签字").keys("Enter n").text("与 D-1006 同一代办").keys("Enter");
    desk.keys("J");
    let next = desk.model.open_case().unwrap();
    assert_eq!((next.opinion.as_str(), next.internal_note.as_str()), ("", ""));
    desk.keys("K o");
    assert!(desk.screen().contains("请负责人重新签字"));
    desk.text("Ａ").keys("Enter").look().keys("a");
    let decision = desk.decision("D-1001").unwrap();
    assert_eq!(decision.opinion, "请负责人重新签字Ａ", "typed text stays as it was typed");
    assert_eq!(decision.internal_note, "与 D-1006 同一代办");
}

#[test]
fn escape_drops_what_was_typed_and_an_emptied_field_empties_the_opinion() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    let opinion = |desk: &Harness| desk.model.open_case().unwrap().opinion.clone();
    desk.keys("o").text("一").keys("Enter o").text("二").keys("Esc");
    assert_eq!(opinion(&desk), "一");
    desk.keys("o Ctrl+U Enter");
    assert_eq!(opinion(&desk), "");
}
