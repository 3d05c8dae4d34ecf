//! Deciding by keyboard: how many keys it takes, and what is in the store afterwards.

use heyan::app::effect::Effect;
use heyan::app::pictures::Images;
use heyan::domain::decision::{Conclusion, DecisionState, Grade};
use heyan::domain::finding::Status;
use heyan::domain::message::Lang;

use crate::harness::{Harness, demo_workspace};

/// The reasons of a fail as they are written down.
fn reasons(desk: &Harness, key: &str) -> Vec<String> {
    let decision = desk.decision(key).expect("decided");
    decision.conclusion.reasons().iter().map(ToString::to_string).collect()
}

#[test]
fn a_clean_filing_is_looked_at_and_then_passed_with_one_key() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    assert_eq!(desk.here(), "D-1001");
    let findings = desk.model.open_case().unwrap().findings.clone();
    let pictures: Vec<String> = desk.case("D-1001").attachments.iter().map(|a| a.sha256.clone()).collect();
    assert_eq!(pictures.len(), 7);

    desk.look();
    assert_eq!(desk.decided(), [""; 0], "looking decides nothing");
    desk.effects.clear();
    desk.keys("a");

    assert_eq!(desk.here(), "D-1002", "the next filing stands there at once");
    assert!(
        !desk.effects.iter().any(|effect| matches!(effect, Effect::Open { .. })),
        "claimed with the decision"
    );
    assert!(desk.notice().starts_with("已存 D-1001 09:30:"), "{}", desk.notice());
    let decision = desk.decision("D-1001").unwrap();
    assert_eq!(decision.conclusion, Conclusion::Pass);
    assert_eq!(decision.state, DecisionState::Cooling);
    assert_eq!(decision.reviewer, "林晓");
    assert_eq!(decision.findings, findings);
    assert_eq!(decision.shown, pictures);
    assert_eq!(decision.proposed, []);
}

#[test]
fn a_pass_before_everything_was_seen_names_what_is_missing_and_decides_nothing() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("a");
    assert_eq!(
        desk.notice(),
        "还有 6 项必看材料未看: 主责正面、主责反面、网责正面、网责反面、核验单、核验照。Space 看下一项"
    );
    desk.keys("Space Space Space Space Space a");
    assert_eq!(desk.notice(), "还有 1 项必看材料未看: 核验照。Space 看下一项");
    assert_eq!(desk.decided(), [""; 0]);
    desk.keys("Space a");
    assert_eq!(desk.decided(), ["D-1001"]);
}

#[test]
fn space_and_enter_never_pass() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("Space Space Space Space Space Space Space Space Enter Space Enter Enter Space Space");
    assert!(desk.model.open_case().unwrap().unseen().is_empty());
    assert_eq!(desk.decided(), [""; 0]);
    assert!(!desk.model.full_screen, "stepping on after the last one comes back to the desk");
}

#[test]
fn saved_is_said_only_after_the_commit() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();
    desk.hold_back = true;
    desk.keys("a");
    assert!(desk.screen().contains("正在保存") && !desk.screen().contains("已存"));
    assert_eq!(desk.here(), "D-1001", "the case stays until it is saved");
    desk.catch_up();
    assert!(desk.screen().contains("已存 D-1001 09:30:"));
    assert!(desk.model.saving.is_none());
}

#[test]
fn a_dirty_filing_takes_two_keys_when_the_proposal_is_right_and_three_when_one_is_wrong() {
    let folder = demo_workspace();
    for (keys, kept) in [
        ("f Enter", vec!["ENT-NAME-MISMATCH@name", "EPR-NOT-LEGAL-REP@epr.name"]),
        ("f 2 Enter", vec!["ENT-NAME-MISMATCH@name"]),
    ] {
        let mut desk = Harness::open(folder.path(), (80, 24));
        while !["D-1005", "D-1006"].contains(&desk.here().as_str()) {
            desk.keys("J");
        }
        let here = desk.here();
        let findings = desk.model.open_case().unwrap().findings.clone();
        let front = desk.case(&here).attachments[0].sha256.clone();
        desk.keys(keys);
        assert_eq!(reasons(&desk, &here), kept);
        let decision = desk.decision(&here).unwrap();
        assert!(matches!(decision.conclusion, Conclusion::Fail { grade: Grade::Reject, .. }));
        assert_eq!(decision.findings, findings, "frozen as they were on the screen");
        let proposed: Vec<String> = decision.proposed.iter().map(ToString::to_string).collect();
        assert_eq!(
            proposed,
            ["ENT-NAME-MISMATCH@name", "EPR-NOT-LEGAL-REP@epr.name"],
            "kept beside what was said"
        );
        assert!(decision.shown.is_empty() || decision.shown == [front], "only what was large enough to read");
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn the_grade_is_the_worst_of_the_reasons_until_it_is_changed() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for (keys, expected) in [("f", "驳回"), ("Ctrl+R", "待修改"), ("1 2", "待修改")] {
        while desk.here() != "D-1005" {
            desk.keys("J");
        }
        desk.keys(keys);
        assert!(desk.screen().contains(&format!("等级: {expected}")), "{keys}: {}", desk.screen());
    }
    desk.keys("1 Enter");
    let decision = desk.decision("D-1005").unwrap();
    assert!(matches!(decision.conclusion, Conclusion::Fail { grade: Grade::Revise, .. }));
}

#[test]
fn a_pass_in_spite_of_findings_lists_them_and_records_them() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("J J J J").look().keys("a");
    assert_eq!(desk.decided(), [""; 0], "one key is not enough");
    let screen = desk.screen();
    assert!(screen.contains("仍要通过") && screen.contains("x 主体负责人不是法定代表人"));
    desk.keys("Esc");
    assert_eq!(desk.decided(), [""; 0]);
    desk.keys("a Enter");
    let decision = desk.decision("D-1005").unwrap();
    assert_eq!(decision.conclusion, Conclusion::Pass);
    assert_eq!(decision.findings.iter().filter(|finding| finding.status == Status::Fail).count(), 2);
    assert_eq!(decision.proposed.len(), 2);
}

#[test]
fn with_pictures_off_the_whole_demo_is_failed_or_held_for_somebody_who_sees_them() {
    let folder = demo_workspace();
    let mut desk = Harness::open_as(folder.path(), (80, 24), "林晓", Images::Off, Lang::Zh);
    for _ in 0..12 {
        let clean = desk.model.open_case().unwrap().tally().clean();
        let here = desk.here();
        desk.look().keys(if clean { "g Enter" } else { "f Enter" });
        let shown = desk.decision(&here).unwrap().shown;
        assert!(!shown.is_empty() && shown.iter().all(|shown| shown.ends_with(":text")), "{here}: {shown:?}");
    }
    assert!(desk.screen().contains("队列已空"));
    assert_eq!(desk.decided().len(), 12);
    let counts = desk.model.counts;
    assert!(counts.hold_later > 0, "{counts:?}");
    assert_eq!(counts.decided_today + counts.hold_later, 12);
    let report = heyan::store::ReadStore::verify(&desk.store, &mut |_| {}).unwrap();
    assert_eq!(report.problems, []);
}

#[test]
fn what_could_not_be_shown_counts_with_its_sentence_and_takes_a_second_thought() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = heyan::app::effect::PictureStatus::Failed;
    desk.look().keys("a");
    assert_eq!(desk.decided(), [""; 0], "a clean filing, but nobody saw its documents");
    assert!(desk.screen().contains("核验单: 未能显示"), "{}", desk.screen());
    desk.keys("Enter");
    let shown = desk.decision("D-1001").unwrap().shown;
    assert_eq!(shown.iter().filter(|shown| shown.ends_with(":unshowable")).count(), 6, "{shown:?}");
}

#[test]
fn a_damaged_next_filing_keeps_no_decision_from_being_recorded_and_is_told() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.damage("D-1002");
    desk.look().keys("a");
    assert_eq!(desk.decided(), ["D-1001"]);
    assert!(desk.screen().contains("打不开"), "{}", desk.screen());
    desk.keys("J J");
    assert_eq!(desk.here(), "D-1003", "the others can still be reviewed");
}
