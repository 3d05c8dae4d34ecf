//! Gathering again, and the look back before a fail.

use heyan::app::effect::{Effect, EvidenceMsg, Msg};
use heyan::app::screens::Panel;
use heyan::domain::evidence::{Gathered, Gatherer, Want};
use heyan::domain::message::{Lang, Message};

use super::known::{hours_ago, open, resolution, said, select, workspace};
use crate::harness::{Harness, morning};

/// The last gathering that the desk asked for.
fn asked(desk: &Harness) -> (u64, Vec<Want>) {
    let mut gathers = desk.effects.iter().filter_map(|effect| match effect {
        Effect::Gather { run, wants } => Some((*run, wants.clone())),
        _ => None,
    });
    gathers.next_back().unwrap()
}

fn answer(desk: &mut Harness, run: u64, gathered: Gathered) {
    desk.tell(Msg::Evidence(EvidenceMsg::Came { run, gathered: Box::new(gathered) }));
    desk.settle();
}

fn end(desk: &mut Harness, run: u64, fault: Option<&str>) {
    let fault = fault.map(Message::new);
    desk.tell(Msg::Evidence(EvidenceMsg::Ended { run, fault }));
    desk.settle();
}

/// What is to be kept meanwhile is answered with a fault, as on a full disk.
pub fn fail_to_keep(desk: &mut Harness, act: impl FnOnce(&mut Harness)) {
    desk.hold_back = true;
    act(desk);
    desk.hold_back = false;
    for effect in std::mem::take(&mut desk.held) {
        if let Effect::Keep { run, gathered, .. } = effect {
            let fault = Message::new("desk.gather_nobody");
            desk.tell(Msg::Evidence(EvidenceMsg::NotKept { run, gathered, fault }));
        }
    }
    desk.settle();
}

#[test]
fn one_key_gathers_again_and_results_stream_in_under_a_selection_that_stays() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Dns);
    desk.keys("i");
    let (run, wants) = asked(&desk);
    for gatherer in
        [Gatherer::Dns, Gatherer::Registration, Gatherer::Website, Gatherer::Registry, Gatherer::Pixels]
    {
        assert!(wants.iter().any(|want| want.gatherer == gatherer), "{gatherer}");
    }
    assert!(desk.notice().contains("可继续审核"), "{}", desk.notice());
    answer(&mut desk, run, resolution(morning(), Some(7)));
    let view = desk.model.open_case().unwrap();
    let selected = view.selected_object().unwrap().to_string();
    assert_eq!(selected, "nanshan-keji.example", "the same fact");
    assert!(desk.screen().contains("203.0.113.7") && desk.screen().contains("共3次"), "{}", desk.screen());
    end(&mut desk, run, None);
    assert!(desk.notice().contains("采集完成"), "{}", desk.notice());
    assert!(desk.notice().contains("无答复") && desk.notice().contains("登记信息"), "{}", desk.notice());
    assert!(!desk.notice().contains("域名解析"), "what answered is not named: {}", desk.notice());
    assert_eq!(desk.entries("evidence"), 2);
    assert_eq!(desk.decided(), [""; 0]);
}

#[test]
fn a_second_key_works_under_an_input_method_and_a_gathering_under_way_is_not_begun_twice() {
    let folder = workspace();
    let mut desk = open(&folder, (80, 24));
    desk.keys("Ctrl+N Ctrl+N i");
    let gathers = desk.effects.iter().filter(|effect| matches!(effect, Effect::Gather { .. })).count();
    assert_eq!(gathers, 1);
}

#[test]
fn leaving_the_case_loses_nothing_that_comes() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    desk.keys("i");
    let (run, _) = asked(&desk);
    desk.keys("J");
    assert_eq!(desk.here(), "D-1002");
    answer(&mut desk, run, resolution(morning(), Some(7)));
    end(&mut desk, run, None);
    assert_eq!(desk.here(), "D-1002");
    let case = desk.case("D-1001");
    let newest =
        &case.evidence.iter().find(|kept| kept.evidence.gatherer() == Gatherer::Dns).unwrap().evidence;
    assert_eq!(newest.observed_at, morning());
}

#[test]
fn answers_that_come_while_one_is_written_are_written_together() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    desk.keys("i");
    let (run, _) = asked(&desk);
    desk.hold_back = true;
    for hours in [3, 2, 1] {
        answer(&mut desk, run, resolution(hours_ago(hours), Some(7)));
    }
    end(&mut desk, run, None);
    desk.catch_up();
    assert_eq!(desk.entries("evidence"), 3, "the first alone, the two others as one");
    let pieces = desk.case("D-1001").evidence;
    assert_eq!(pieces.iter().filter(|kept| kept.evidence.gatherer() == Gatherer::Dns).count(), 5);
}

#[test]
fn new_evidence_leaves_what_is_ticked_in_an_open_panel_where_it_is() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    desk.keys("i f");
    let before = desk.ticked();
    assert!(before.iter().any(|used| used.starts_with("ACC-IP-NOT-OURS")), "{before:?}");
    let (run, _) = asked(&desk);
    answer(&mut desk, run, resolution(morning(), Some(7)));
    assert_eq!(desk.ticked(), before);
    assert!(desk.notice().contains("1 条不再成立"), "{}", desk.notice());
}

/// The filing is failed because its domain does not resolve to us, by evidence 30 hours old.
fn fail(desk: &mut Harness) -> u64 {
    select(desk, Gatherer::Dns);
    desk.keys("f Enter");
    let (run, wants) = asked(desk);
    let mut kinds: Vec<Gatherer> = wants.iter().map(|want| want.gatherer).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [Gatherer::Dns, Gatherer::Registration], "only what is old and came over the network");
    assert!(matches!(desk.model.panel, Some(Panel::Recheck(_))));
    run
}

fn registration_again() -> Gathered {
    let mut again = super::known::registration_of(morning());
    again.evidence.source = "198.51.100.43".into();
    again
}

#[test]
fn a_fail_waits_for_the_evidence_it_rests_on_and_is_decided_when_nothing_changed() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    let run = fail(&mut desk);
    assert!(desk.screen().contains("不通过之前再核一次"), "{}", desk.screen());
    desk.keys("Enter");
    assert_eq!(desk.decided(), [""; 0], "Enter does not hurry it");
    answer(&mut desk, run, resolution(morning(), Some(9)));
    answer(&mut desk, run, registration_again());
    end(&mut desk, run, None);
    assert_eq!(desk.decided(), ["D-1001"]);
}

#[test]
fn a_fail_stops_where_things_have_changed_and_says_what() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    let run = fail(&mut desk);
    answer(&mut desk, run, resolution(morning(), Some(7)));
    answer(&mut desk, run, registration_again());
    end(&mut desk, run, None);
    assert_eq!(desk.decided(), [""; 0]);
    assert!(desk.notice().starts_with("未保存: 情况已变"), "{}", desk.notice());
    assert!(desk.model.panel.is_none());
    assert_eq!(
        desk.model.open_case().unwrap().selected_object().unwrap().to_string(),
        "nanshan-keji.example"
    );
}

#[test]
fn where_nobody_answers_a_second_enter_decides_on_record_and_escape_does_not() {
    for (case, gathered) in [("nothing came", None), ("a timeout came", Some(None))] {
        let folder = workspace();
        let mut desk = open(&folder, (120, 40));
        let run = fail(&mut desk);
        if let Some(last) = gathered {
            answer(&mut desk, run, resolution(morning(), last));
        }
        end(&mut desk, run, Some("desk.gather_nobody"));
        assert!(desk.screen().contains("未能重新采集"), "{case}: {}", desk.screen());
        assert_eq!(desk.decided(), [""; 0], "{case}");
        desk.keys("Esc");
        assert!(matches!(desk.model.panel, Some(Panel::Reasons(_))), "{case}");
        assert!(!desk.ticked().is_empty(), "{case}");
        desk.keys("Enter");
        let (run, _) = asked(&desk);
        end(&mut desk, run, Some("desk.gather_nobody"));
        desk.keys("Enter");
        assert_eq!(desk.decided(), ["D-1001"], "{case}: {}", desk.screen());
        assert_eq!(desk.bodies_with("not_asked_again"), 1, "{case}");
    }
}

#[test]
fn answers_that_could_not_be_written_are_written_when_it_is_gathered_again() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    desk.keys("i");
    let (run, _) = asked(&desk);
    fail_to_keep(&mut desk, |desk| answer(desk, run, resolution(morning(), Some(7))));
    end(&mut desk, run, None);
    // The end of it tried once more.
    assert_eq!(desk.entries("evidence"), 2, "{}", desk.notice());
    assert!(desk.model.gathering.is_empty());
}

#[test]
fn a_fail_does_not_wait_for_answers_that_cannot_be_written_and_they_are_not_lost() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    let run = fail(&mut desk);
    fail_to_keep(&mut desk, |desk| answer(desk, run, resolution(morning(), Some(7))));
    fail_to_keep(&mut desk, |desk| end(desk, run, None));
    assert!(desk.screen().contains("未能重新采集"), "{}", desk.screen());
    desk.keys("Esc Esc i");
    assert_eq!(desk.entries("evidence"), 2, "{}", desk.notice());
    assert!(desk.model.gathering.is_empty());
}

#[test]
fn screens_of_the_look_back() {
    let folder = workspace();
    for (lang, code) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for size in [(80, 24), (120, 40), (160, 48)] {
            let mut desk = Harness::open_beside(folder.path(), size, lang, false, said);
            let run = fail(&mut desk);
            insta::assert_snapshot!(format!("recheck_{code}_{}x{}", size.0, size.1), desk.screen());
            end(&mut desk, run, Some("desk.gather_nobody"));
            insta::assert_snapshot!(format!("silent_{code}_{}x{}", size.0, size.1), desk.screen());
            desk.keys("Esc Esc Ctrl+C Ctrl+C");
        }
    }
}
