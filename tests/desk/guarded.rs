//! What must not decide: stray, held and pasted keys, keys too early, keys for a case that has changed or is leaving.

use heyan::app::effect::{Effect, Msg, PictureStatus};
use heyan::app::key::{Code, Key, Press};
use heyan::domain::filing::OrderType;

use crate::harness::{Harness, demo_workspace, key};

const NOTHING: [&str; 0] = [];

/// Thirty presses within 300 ms, each drawn.
fn hold_down(desk: &mut Harness, name: &str) {
    for _ in 0..30 {
        desk.press(&[key(name)]);
        desk.draw();
        desk.wait(10);
    }
}

#[test]
fn a_key_held_down_decides_at_most_once() {
    let folder = demo_workspace();
    for (before, held) in
        [("", "a"), ("", "F2"), ("f O T H E R", "Enter"), ("g", "Enter"), ("", "f"), ("", "g")]
    {
        let mut desk = Harness::open(folder.path(), (120, 40));
        let decided = desk.decided().len();
        desk.look().keys(before);
        hold_down(&mut desk, held);
        assert!(desk.decided().len() <= decided + 1, "{held} after {before}");
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn a_key_held_down_does_not_run_through_filings_that_need_no_evidence() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    for key in ["D-1001", "D-1002", "D-1003", "D-1004"] {
        desk.import_changed(key, |filing| filing.order_type = OrderType::Cancel);
    }
    desk.keys("J K");
    for _ in 0..5 {
        assert!(desk.model.open_case().unwrap().tally().clean());
        hold_down(&mut desk, "a");
    }
    assert_eq!(desk.decided(), ["D-1001"]);
    desk.settle();
    desk.keys("a");
    assert_eq!(desk.decided(), ["D-1001", "D-1002"], "once it was let go, it counts again");
}

/// What flies past is not seen.
#[test]
fn a_space_held_down_steps_once() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    let seen = |desk: &Harness| desk.model.open_case().unwrap().shown_record().len();
    let before = seen(&desk);
    hold_down(&mut desk, "Space");
    assert!(seen(&desk) <= before + 1, "{} of {before}", seen(&desk));
    desk.settle();
    desk.keys("Space");
    assert!(seen(&desk) > before, "once it was let go, it counts again");
}

#[test]
fn a_key_that_the_terminal_calls_held_decides_nothing() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    let clock = desk.clock();
    desk.tell(Msg::Input(vec![Press { key: Key::char('a'), repeat: true }], clock));
    assert_eq!(desk.decided(), NOTHING);
    assert_eq!(desk.notice(), "按住的键不会作出决定");
}

#[test]
fn a_burst_in_one_read_decides_nothing_and_opens_nothing() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    for burst in ["aa", "af", "fa", "ga", "oa"] {
        let keys: Vec<Key> = burst.chars().map(Key::char).collect();
        desk.press(&keys);
        desk.settle();
        assert!(desk.model.panel.is_none(), "{burst}");
    }
    assert_eq!(desk.decided(), NOTHING);
    assert_eq!(desk.notice(), "一次收到多个按键, 已忽略");
}

#[test]
fn enter_in_the_read_that_opened_the_panel_does_not_confirm_it() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("J J J J");
    for open in ['f', 'g'] {
        desk.press(&[Key::char(open), Key::plain(Code::Enter)]);
        desk.settle();
        assert_eq!(desk.decided(), NOTHING, "{open}");
        desk.keys("Esc");
    }
}

#[test]
fn a_paste_does_nothing_on_the_desk_and_types_in_a_field() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    let before = desk.screen();
    desk.tell(Msg::Paste("a\nf\nEnter".into()));
    desk.settle();
    assert_eq!(desk.screen(), before);
    assert_eq!(desk.decided(), NOTHING);
    desk.keys("o");
    desk.tell(Msg::Paste("请补签\n并盖章".into()));
    desk.settle();
    desk.keys("Enter");
    assert_eq!(desk.model.open_case().unwrap().opinion, "请补签 并盖章");
}

#[test]
fn a_decision_arms_a_quarter_of_a_second_after_the_case_is_drawn() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    desk.press(&[key("a")]);
    assert_eq!(desk.here(), "D-1002");
    desk.wait(400);
    desk.press(&[key("F2")]);
    assert!(desk.notice().contains("尚未显示完全"), "not drawn: {}", desk.notice());
    desk.draw();
    desk.wait(249);
    desk.press(&[key("F2")]);
    assert!(desk.notice().contains("刚刚显示"), "too early: {}", desk.notice());
    desk.wait(130);
    desk.press(&[key("F2")]);
    assert!(desk.notice().contains("必看材料未看"), "armed: {}", desk.notice());
}

#[test]
fn nothing_arms_while_the_picture_is_on_its_way() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("J J J J");
    desk.picture = PictureStatus::Loading;
    desk.keys("J f Enter");
    assert_eq!(desk.decided(), NOTHING);
    assert!(desk.notice().contains("尚未显示完全"), "{}", desk.notice());
    desk.picture = PictureStatus::Failed;
    desk.settle();
    desk.keys("Enter");
    assert_eq!(desk.decided(), ["D-1006"], "a sentence in its place will do");
}

#[test]
fn a_filing_that_changed_on_the_desk_is_not_decided_but_shown_anew_with_what_was_written() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 48));
    desk.keys("o").text("请补签").keys("Enter").look();
    desk.import_changed("D-1001", |filing| filing.site.as_mut().unwrap().name = "样例改名官网".into());
    desk.keys("a");
    assert_eq!(desk.decided(), NOTHING);
    assert!(desk.notice().contains("D-1001"), "{}", desk.notice());
    assert!(desk.screen().contains("样例改名官网"), "{}", desk.screen());
    let view = desk.model.open_case().unwrap();
    assert_eq!(view.opinion, "请补签");
    assert_eq!(view.unseen().len(), 6, "a new revision is looked at anew");
    desk.look().keys("a Enter");
    assert_eq!(desk.decided(), ["D-1001"]);
}

#[test]
fn while_a_decision_is_saved_nothing_else_is_decided_opened_or_left() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    desk.hold_back = true;
    desk.keys("a");
    for keys in ["F2", "f", "g", "o", "J", "L", "Ctrl+G"] {
        desk.keys(keys);
        assert_eq!(desk.notice(), "上一个决定还在保存, 请稍候", "{keys}");
        assert!(desk.model.panel.is_none(), "{keys}");
    }
    // A look-up that fails meanwhile does not unlock it.
    desk.tell(Msg::Trouble(heyan::domain::message::Message::new("store.busy")));
    desk.keys("a");
    let sent = desk.held.iter().filter(|effect| matches!(effect, Effect::Decide { .. })).count();
    assert_eq!(sent, 1);
    desk.catch_up();
    assert_eq!((desk.decided(), desk.here()), (vec!["D-1001".to_owned()], "D-1002".to_owned()));
}

#[test]
fn a_case_that_is_leaving_is_not_decided() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    desk.hold_back = true;
    desk.keys("J");
    desk.keys("a f g o");
    assert!(desk.model.panel.is_none());
    desk.catch_up();
    assert_eq!(desk.here(), "D-1002");
    assert_eq!(desk.decided(), NOTHING);
}

/// Whoever knows the way types ahead: what looks is meant for the case that was asked for, and what decides is not taken.
#[test]
fn keys_that_look_wait_for_the_case_that_is_on_its_way() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.hold_back = true;
    desk.keys("J l l a +");
    desk.catch_up();
    let view = desk.model.open_case().unwrap();
    assert_eq!((view.file.filing.key.as_str(), view.attachment), ("D-1002", Some(2)));
    assert!(!view.view().viewport.is_fit());
    assert_eq!(desk.decided(), NOTHING);
    desk.keys("K");
    let view = desk.model.open_case().unwrap();
    assert_eq!((view.file.filing.key.as_str(), view.attachment), ("D-1001", Some(0)), "untouched");
    // Whoever goes on before it came does not look at the next one by it.
    desk.hold_back = true;
    desk.keys("J l + J");
    desk.catch_up();
    let view = desk.model.open_case().unwrap();
    assert_eq!((view.file.filing.key.as_str(), view.attachment), ("D-1003", Some(0)));
    assert!(view.view().viewport.is_fit());
}

#[test]
fn leaving_while_a_decision_is_saved_waits_for_it_and_gives_back_what_it_claimed() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    desk.hold_back = true;
    desk.keys("a Ctrl+C Ctrl+C");
    assert!(!desk.model.quit);
    desk.catch_up();
    assert!(desk.model.quit);
    assert_eq!(desk.decided(), ["D-1001"]);
    assert_eq!(Harness::of(folder.path(), "赵青").here(), "D-1002", "the next one is free again");
}

#[test]
fn a_resize_while_deciding_changes_nothing_of_it() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("J J J J f 2");
    for size in [(80, 24), (200, 60), (60, 10), (100, 30)] {
        desk.resize(size.0, size.1);
        desk.settle();
        assert_eq!(desk.ticked(), ["ENT-NAME-MISMATCH@name"]);
        assert!(desk.rows().len() == usize::from(size.1));
    }
    desk.keys("Enter");
    let decision = desk.decision("D-1005").unwrap();
    assert_eq!(decision.conclusion.reasons().len(), 1);
}

#[test]
fn on_a_screen_too_small_no_key_does_anything_and_afterwards_it_arms_anew() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    desk.resize(79, 24);
    desk.settle();
    desk.keys("a F2 f Enter g Enter J");
    assert!(desk.model.panel.is_none());
    assert_eq!((desk.decided(), desk.here()), (vec![], "D-1001".to_owned()));
    desk.resize(80, 24);
    desk.draw();
    desk.press(&[key("a")]);
    assert_eq!(desk.decided(), NOTHING, "not at the moment it is there again");
    desk.settle();
    desk.keys("a");
    assert_eq!(desk.decided(), ["D-1001"]);
}

#[test]
fn a_late_answer_is_given_back_and_not_shown() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.hold_back = true;
    desk.keys("J J");
    assert_eq!(desk.held.iter().filter(|effect| matches!(effect, Effect::Open { .. })).count(), 2);
    desk.effects.clear();
    desk.catch_up();
    assert_eq!(desk.here(), "D-1003");
    assert!(desk.effects.contains(&Effect::Release("demo/D-1002".into())));
    assert_eq!(desk.case("D-1002").claimed_by, None);
    assert_eq!(desk.case("D-1003").claimed_by.as_deref(), Some("林晓"));
}

#[test]
fn a_late_answer_for_the_filing_that_is_wanted_again_is_not_given_back() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.hold_back = true;
    desk.keys("J K J");
    desk.catch_up();
    assert_eq!(desk.here(), "D-1002");
    assert_eq!(desk.case("D-1002").claimed_by.as_deref(), Some("林晓"));
    assert_eq!(desk.case("D-1001").claimed_by, None);
}

#[test]
fn the_keys_that_reach_the_desk_through_an_input_method() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("样");
    assert!(desk.notice().starts_with("输入法开着"), "{}", desk.notice());
    for (name, title) in [
        ("？", "按键"),
        ("：", "命令"),
        ("F4", "不通过原因"),
        ("F6", "挂起"),
        ("F8", "转组长"),
        ("F9", "撤回"),
    ] {
        desk.keys(name);
        let titled = format!(" {title}");
        assert!(desk.model.panel.is_some() && desk.screen().contains(&titled), "{name}");
        desk.keys("Esc");
    }
    desk.keys("３");
    assert!(!desk.notice().is_empty(), "the third place of the licence is spoken of");
    desk.look().keys("F2");
    assert_eq!(desk.decided(), ["D-1001"]);
    desk.keys("J J J F4 ２ Enter");
    assert_eq!(desk.decision("D-1005").unwrap().conclusion.reasons().len(), 1);
}
