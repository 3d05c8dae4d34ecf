//! Choosing reasons: finding them, what they may speak of, what is refused.

use heyan::app::screens::Panel;

use crate::harness::{Harness, demo_workspace};

/// What the panel lists.
fn listed(desk: &Harness) -> Vec<String> {
    match &desk.model.panel {
        Some(Panel::Reasons(reasons)) => {
            reasons.visible().into_iter().map(|item| item.used.to_string()).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn typing_narrows_the_catalogue_in_either_language_and_by_code() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for (typed, found) in [
        ("签字", "VFS-SIGN-MISMATCH@verification_form"),
        ("vfs-sign-mis", "VFS-SIGN-MISMATCH@verification_form"),
        ("ｖｆｓ-ｓｉｇｎ", "VFS-SIGN-MISMATCH@verification_form"),
        ("signature", "VFS-SIGN-MISMATCH@verification_form"),
        ("ip", "ACC-IP-NOT-OURS@nanshan-keji.example"),
        ("IP", "ACC-IP-NOT-OURS@nanshan-keji.example"),
    ] {
        desk.keys("f").text(typed);
        let listed = listed(&desk);
        assert!(listed.iter().any(|used| used == found), "{typed}: {listed:?}");
        assert!(listed.len() < 40, "{typed}: {listed:?}");
        desk.keys("Esc Esc");
    }
    desk.keys("f").text("查无此项");
    assert!(desk.screen().contains("没有找到"));
}

#[test]
fn space_ticks_and_escape_first_empties_the_filter_and_then_leaves() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("J J J J f").text("公章").keys("Space");
    assert_eq!(desk.ticked().len(), 3);
    desk.keys("Space");
    assert_eq!(desk.ticked().len(), 2, "Space unticks too");
    desk.keys("Space Esc");
    assert_eq!(listed(&desk).len(), 3, "without a filter: the proposals and what was chosen");
    assert!(desk.model.panel.is_some());
    desk.keys("Esc");
    assert!(desk.model.panel.is_none());
    assert_eq!(desk.decided(), [""; 0]);
}

#[test]
fn left_and_right_walk_through_the_objects_that_a_reason_may_speak_of_and_no_others() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for (code, objects) in [
        ("CON-EMAIL-BOUNCE", vec!["epr.email", "spr.email"]),
        ("DOM-EXPIRED", vec!["nanshan-keji.example"]),
        ("VFS-SIGN-MISMATCH", vec!["verification_form"]),
        (
            "MAT-UNCLEAR",
            vec![
                "entity_certificate",
                "epr_id_front",
                "epr_id_back",
                "spr_id_front",
                "spr_id_back",
                "verification_form",
                "backdrop_photo",
            ],
        ),
    ] {
        desk.keys("f").text(code);
        for object in objects.iter().chain(&objects[..1]) {
            assert_eq!(listed(&desk)[0], format!("{code}@{object}"));
            desk.keys("Right");
        }
        desk.keys("Left");
        assert_eq!(listed(&desk)[0], format!("{code}@{}", objects[0]));
        desk.keys("Esc Esc");
    }
}

#[test]
fn a_reason_speaks_of_what_is_selected_or_looked_at_when_it_may() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("t F f").text("MAT-UNCLEAR").keys("Space Enter");
    let decision = desk.decision("D-1001").unwrap();
    assert_eq!(decision.conclusion.reasons()[0].to_string(), "MAT-UNCLEAR@verification_form");
}

#[test]
fn a_reason_that_this_filing_has_nothing_for_is_not_offered() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.import_changed("D-1002", |filing| filing.site.as_mut().unwrap().domains.clear());
    desk.keys("J f").text("DOM-EXPIRED");
    assert_eq!(listed(&desk), [""; 0]);
}

#[test]
fn what_may_not_be_decided_is_refused_with_a_sentence_and_the_panel_stays() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for (case, keys, said) in [
        ("nothing is chosen", "Enter", "不通过须至少选一个原因"),
        ("a note is missing", "O T H E R Space Enter", "须在意见或内部备注中写明至少十个字"),
    ] {
        desk.keys("f").keys(keys);
        assert!(desk.screen().contains(said), "{case}: {}", desk.screen());
        assert!(desk.model.panel.is_some(), "{case}");
        desk.keys("Esc Esc");
    }
    assert_eq!(desk.decided(), [""; 0]);
}

#[test]
fn unticking_every_proposal_is_no_reason() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("J J J J f 1 2 Enter");
    assert!(desk.notice().starts_with("不通过须至少选一个原因"), "{}", desk.notice());
    assert_eq!(desk.decided(), [""; 0]);
}

#[test]
fn two_reasons_that_contradict_each_other_are_refused_for_one_object_and_taken_for_two() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("f").text("CON-NO-ANSWER").keys("Space Esc").text("CON-INVALID").keys("Space Enter");
    assert!(desk.notice().contains("相互矛盾"), "{}", desk.notice());
    assert_eq!(desk.decided(), [""; 0]);
    desk.keys("Right Enter");
    let decision = desk.decision("D-1001").unwrap();
    let used: Vec<String> = decision.conclusion.reasons().iter().map(ToString::to_string).collect();
    assert_eq!(used, ["CON-NO-ANSWER@epr.mobile", "CON-INVALID@epr.landline"]);
}

#[test]
fn one_reason_chosen_twice_for_one_object_is_refused() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("f")
        .text("CON-EMAIL-BOUNCE")
        .keys("Space Right Esc")
        .text("CON-EMAIL-BOUNCE")
        .keys("Space Right Enter");
    assert!(desk.notice().contains("选了两次"), "{}", desk.notice());
    assert_eq!(desk.decided(), [""; 0]);
}
