//! A person's look-up.

use heyan::app::screens::Panel;
use heyan::domain::evidence::{CallOutcome, Gatherer, Means, Observation, RegistryResult, RegistryStatus};
use heyan::domain::message::Lang;

use super::again::fail_to_keep;
use super::known::{open, said, select, workspace};
use crate::harness::{Harness, key};

fn newest(desk: &Harness, gatherer: Gatherer) -> heyan::domain::evidence::Evidence {
    let case = desk.case("D-1001");
    let kept = case.evidence.into_iter().find(|kept| kept.evidence.gatherer() == gatherer);
    kept.unwrap().evidence
}

#[test]
fn what_was_seen_of_a_company_is_kept_as_a_persons_evidence_and_judged_at_once() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Registry);
    desk.keys("c");
    assert!(desk.screen().contains("国家企业信用信息公示系统"), "{}", desk.screen());
    desk.keys("2 Down").text("深圳市样例有限公司").keys("Enter");
    assert!(desk.model.panel.is_none(), "{}", desk.screen());
    assert!(desk.notice().contains("已记入证据"), "{}", desk.notice());
    let evidence = newest(&desk, Gatherer::Registry);
    assert_eq!(
        (evidence.means, evidence.source.as_str()),
        (Means::Person, "国家企业信用信息公示系统 gsxt.gov.cn")
    );
    let Observation::Registry(answer) = evidence.observation else { panic!() };
    let RegistryResult::Found(record) = answer.result else { panic!() };
    assert_eq!((record.status, record.name.as_str()), (RegistryStatus::Deregistered, "深圳市样例有限公司"));
    assert!(desk.screen().contains("人工查询") && desk.screen().contains("已注销"), "{}", desk.screen());
}

#[test]
fn nothing_found_is_an_answer_and_no_answer_is_refused() {
    let folder = workspace();
    let mut desk = open(&folder, (80, 24));
    select(&mut desk, Gatherer::Registry);
    desk.keys("c Enter");
    assert!(desk.screen().contains("请选择看到的结果"), "{}", desk.screen());
    desk.keys("9 Enter");
    let Observation::Registry(answer) = newest(&desk, Gatherer::Registry).observation else { panic!() };
    assert_eq!(answer.result, RegistryResult::NotFound);
}

#[test]
fn the_source_is_offered_or_written_by_hand_with_an_input_method_on() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Registry);
    desk.keys("F7 Up Right");
    assert!(desk.screen().contains("cods.org.cn"), "{}", desk.screen());
    desk.keys("Ctrl+U").text("窗口查询").keys("Down １ Enter");
    assert_eq!(newest(&desk, Gatherer::Registry).source, "窗口查询");
}

#[test]
fn a_call_shows_the_number_on_record_and_takes_its_outcome_by_digit() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    let mobile = desk.case("D-1001").filing.entity.principal.mobile;
    for _ in 0..40 {
        let object = desk.model.open_case().unwrap().selected_object().unwrap().to_string();
        if object == "epr.mobile" {
            break;
        }
        desk.keys("j");
    }
    assert!(!desk.screen().contains(&mobile));
    desk.keys("c");
    assert!(desk.screen().contains(&mobile), "{}", desk.screen());
    assert_eq!(desk.entries("reveal"), 1);
    desk.wait(11_000);
    assert!(!desk.screen().contains(&mobile), "masked again");
    desk.keys("Ctrl+X");
    assert!(desk.screen().contains(&mobile));
    desk.keys("Ctrl+Y");
    assert_eq!(desk.model.clipboard, None);
    desk.keys("4 Enter");
    let Observation::Call(call) = newest(&desk, Gatherer::Call).observation else { panic!() };
    assert_eq!(call.outcome, CallOutcome::NoAnswer);
}

#[test]
fn the_query_is_copied_and_personal_data_never() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    let number = desk.case("D-1001").filing.entity.certificate_number;
    select(&mut desk, Gatherer::Registry);
    desk.keys("y");
    assert_eq!(desk.model.clipboard.take(), Some(number.clone()));
    desk.keys("c Ctrl+Y");
    assert_eq!(desk.model.clipboard.take(), Some(number));
    desk.keys("Esc");
    select(&mut desk, Gatherer::Registration);
    desk.keys("y");
    assert_eq!(desk.model.clipboard.take().as_deref(), Some("nanshan-keji.example"));
    for _ in 0..40 {
        let object = desk.model.open_case().unwrap().selected_object().unwrap().to_string();
        if object == "spr.mobile" {
            break;
        }
        desk.keys("k");
    }
    desk.keys("y");
    assert_eq!(desk.model.clipboard, None);
    assert!(desk.notice().contains("个人信息不复制"), "{}", desk.notice());
}

#[test]
fn a_burst_neither_opens_nor_keeps_anything() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    desk.press(&[key("c"), key("1"), key("Enter")]);
    assert!(desk.model.panel.is_none());
    desk.settle();
    desk.keys("c");
    desk.press(&[key("1"), key("2"), key("Enter")]);
    assert!(matches!(desk.model.panel, Some(Panel::Lookup(_))), "{}", desk.screen());
    assert_eq!(desk.entries("evidence"), 1);
}

#[test]
fn other_questions_are_reached_with_left_and_right() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Registration);
    desk.keys("c");
    assert!(desk.screen().contains("CNNIC"), "{}", desk.screen());
    desk.keys("1 Down Down Down").text("2027-13-01").keys("Enter");
    assert!(desk.screen().contains("不是日期"), "{}", desk.screen());
    desk.keys("Up Up Up Up Up Right");
    assert!(desk.screen().contains("能打开"), "{}", desk.screen());
    desk.keys("1 Down").text("样例商城").keys("Down Down").text("在线充值").keys("Enter");
    let Observation::Website(visits) = newest(&desk, Gatherer::Website).observation else { panic!() };
    assert_eq!(visits.pages[0].title, "样例商城");
}

#[test]
fn screens_of_the_look_up() {
    let folder = workspace();
    for (lang, code) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for size in [(80, 24), (120, 40), (160, 48)] {
            let mut desk = Harness::open_beside(folder.path(), size, lang, false, said);
            select(&mut desk, Gatherer::Registry);
            desk.keys("c 3");
            insta::assert_snapshot!(format!("lookup_{code}_{}x{}", size.0, size.1), desk.screen());
            desk.keys("Esc Ctrl+C Ctrl+C");
        }
    }
}

#[test]
fn what_was_typed_comes_back_where_it_could_not_be_written() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Registry);
    desk.keys("c 2 Down").text("深圳市样例有限公司");
    fail_to_keep(&mut desk, |desk| {
        desk.keys("Enter");
    });
    assert!(desk.screen().contains("深圳市样例有限公司"), "{}", desk.screen());
    desk.keys("Esc c");
    assert!(desk.screen().contains("深圳市样例有限公司"), "{}", desk.screen());
    desk.keys("Enter");
    assert!(desk.notice().contains("已记入证据"), "{}", desk.notice());
    assert!(desk.model.keeping.is_empty());
    assert_eq!(newest(&desk, Gatherer::Registry).means, Means::Person);
}
