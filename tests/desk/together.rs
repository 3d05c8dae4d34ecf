//! Several reviewers on one workspace, second looks, and taking decisions back.

use heyan::domain::decision::{Conclusion, DecisionState};
use heyan::domain::workspace::FilingState;

use crate::harness::{Harness, demo_workspace};

#[test]
fn any_of_todays_decisions_can_be_withdrawn() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    for _ in 0..3 {
        desk.look().keys("a");
    }
    assert_eq!(desk.here(), "D-1004");
    desk.keys("u");
    let screen = desk.screen();
    let places: Vec<_> = ["D-1003", "D-1002", "D-1001"].map(|key| screen.find(&format!("  {key}"))).to_vec();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "the latest first: {screen}");
    desk.keys("Down Enter");

    assert!(desk.notice().starts_with("已撤回 D-1002 09:30:"), "{}", desk.notice());
    assert_eq!(desk.here(), "D-1002", "it stands on the desk again");
    let file = desk.case("D-1002");
    assert_eq!(file.state, FilingState::Open);
    assert_eq!(file.previous.unwrap().state, DecisionState::Withdrawn);
    assert!(desk.model.rail.position().is_some(), "and in the queue");
    assert_eq!(desk.decided(), ["D-1001", "D-1003"]);
    desk.keys("J");
    assert_eq!(desk.here(), "D-1004");
}

#[test]
fn the_days_decisions_are_withdrawn_all_day_and_no_longer() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    desk.look().keys("a u Enter J u");
    assert!(desk.screen().contains("今天还没有可撤回的决定"), "already withdrawn: {}", desk.screen());
    desk.keys("Esc").look().keys("a");
    assert_eq!(desk.decided(), ["D-1002"]);
    desk.sleep(4 * 60);
    desk.keys("u Enter");
    assert_eq!(desk.decided(), [""; 0], "the cool-off is over, the day is not: {}", desk.notice());
    desk.look().keys("a");
    assert_eq!(desk.decided(), ["D-1002"]);
    desk.sleep(24 * 60);
    desk.keys("u Enter");
    assert_eq!(desk.decided(), ["D-1002"], "another day");
}

#[test]
fn nobody_withdraws_what_another_decided() {
    let folder = demo_workspace();
    let mut lin = Harness::of(folder.path(), "林晓");
    lin.look().keys("a");
    let mut zhao = Harness::of(folder.path(), "赵青");
    zhao.keys("u");
    assert!(zhao.screen().contains("今天还没有可撤回的决定"));
    zhao.keys("Enter");
    assert_eq!(lin.decided(), ["D-1001"]);
}

#[test]
fn a_claimed_filing_is_passed_over_shown_as_taken_and_cannot_be_opened() {
    let folder = demo_workspace();
    let mut lin = Harness::of(folder.path(), "林晓");
    let mut zhao = Harness::of(folder.path(), "赵青");
    assert_eq!((lin.here(), zhao.here()), ("D-1001".into(), "D-1002".into()));
    zhao.resize(200, 60);
    zhao.settle();
    assert!(zhao.screen().contains("[林晓]"));
    zhao.keys("K");
    assert!(zhao.screen().contains("打不开 D-1001") && zhao.screen().contains("林晓"));
    zhao.look().keys("a f g Enter");
    assert_eq!(zhao.decided(), [""; 0], "nothing can be decided there");
    zhao.keys("Esc J");
    assert_eq!(zhao.here(), "D-1002");
    lin.look().keys("a");
    assert_eq!(lin.here(), "D-1003");
}

#[test]
fn leaving_gives_the_claim_back() {
    let folder = demo_workspace();
    let mut lin = Harness::of(folder.path(), "林晓");
    lin.keys("Ctrl+C");
    assert!(!lin.model.quit);
    lin.keys("j Ctrl+C");
    assert!(!lin.model.quit, "another key in between: not meant");
    lin.keys("Ctrl+C");
    assert!(lin.model.quit);
    assert_eq!(Harness::of(folder.path(), "赵青").here(), "D-1001");
}

#[test]
fn of_two_who_decide_the_same_filing_one_wins_and_the_other_loses_nothing_of_what_was_typed() {
    let folder = demo_workspace();
    let mut lin = Harness::of(folder.path(), "林晓");
    lin.keys("o").text("请重新签字").keys("Enter").look();
    // Her claim lapses behind a sleeping lid, and another takes the filing up.
    let mut zhao = Harness::of(folder.path(), "赵青");
    zhao.sleep(20);
    zhao.wait(0);
    zhao.keys("K").look().keys("a");
    assert_eq!(zhao.decision("D-1001").unwrap().reviewer, "赵青");

    lin.sleep(21);
    lin.settle();
    lin.keys("a");
    assert!(lin.notice().contains("赵青"), "{}", lin.notice());
    assert_eq!(lin.decision("D-1001").unwrap().reviewer, "赵青");
    assert_eq!(lin.entries("decision"), 1);
    assert_eq!(lin.here(), "D-1001", "she sees what became of it");
    assert!(lin.screen().contains("赵青: 通过"), "{}", lin.screen());
    assert_eq!(lin.model.open_case().unwrap().opinion, "请重新签字");
    assert!(lin.model.open_case().unwrap().unseen().is_empty(), "and need not look again");
    lin.keys("J J");
    assert_eq!(lin.here(), "D-1003", "past the one that he has taken");
}

#[test]
fn a_flagged_reason_waits_for_another_reviewer_who_confirms_it_with_two_keys() {
    let folder = demo_workspace();
    let mut lin = Harness::of(folder.path(), "林晓");
    lin.keys("f").text("MAT-TAMPERED").keys("Space Enter");
    assert!(lin.notice().contains("待他人复审"), "{}", lin.notice());
    assert_eq!(lin.decision("D-1001").unwrap().state, DecisionState::SecondReview);
    for _ in 0..11 {
        assert_ne!(lin.here(), "D-1001", "never offered to who decided first");
        lin.keys("g Enter");
    }
    assert!(lin.screen().contains("队列已空") && lin.screen().contains("待复审 1"));

    let mut zhao = Harness::of(folder.path(), "赵青");
    assert_eq!(zhao.here(), "D-1001", "offered to everybody else");
    assert!(zhao.screen().contains("林晓: 不通过(待复审)"), "the first decision is shown");
    zhao.keys("f");
    assert_eq!(zhao.ticked(), ["MAT-TAMPERED@entity_certificate"]);
    zhao.keys("Enter");
    let decision = zhao.decision("D-1001").unwrap();
    assert_eq!(decision.state, DecisionState::Cooling);
    assert_eq!((decision.reviewer.as_str(), decision.second_reviewer.as_deref()), ("林晓", Some("赵青")));
    assert_eq!(zhao.case("D-1001").state, FilingState::Decided);
}

#[test]
fn the_second_reviewer_may_see_it_differently() {
    let folder = demo_workspace();
    let mut lin = Harness::of(folder.path(), "林晓");
    lin.keys("f").text("MAT-TAMPERED").keys("Space Enter");
    let mut zhao = Harness::of(folder.path(), "赵青");
    zhao.look().keys("a");
    let decision = zhao.decision("D-1001").unwrap();
    assert_eq!(decision.conclusion, Conclusion::Pass);
    assert_eq!(decision.second_reviewer.as_deref(), Some("赵青"));
}
