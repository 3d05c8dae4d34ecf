//! Documents in words: a desk without pictures, and words asked for where there are some.

use heyan::app::effect::PictureStatus;
use heyan::app::model::Model;
use heyan::app::pictures::Images;
use heyan::domain::decision::{Conclusion, HoldKind};
use heyan::domain::filing::AttachmentKind;
use heyan::domain::message::Lang;
use heyan::domain::policy::Attention;
use heyan::domain::workspace::{Anchor, Filter};
use heyan::store::ReadStore;

use crate::harness::{Harness, demo_workspace};

/// A clean filing on a desk without pictures.
fn blind(folder: &std::path::Path) -> Harness {
    Harness::open_as(folder, (80, 24), "林晓", Images::Off, Lang::Zh)
}

fn unseen(model: &Model) -> Vec<AttachmentKind> {
    let view = model.open_case().unwrap();
    view.unseen().into_iter().map(|at| view.file.filing.attachments[at].kind).collect()
}

#[test]
fn without_pictures_a_clean_filing_is_not_passed_and_says_what_to_do() {
    let folder = demo_workspace();
    let mut desk = blind(folder.path());
    desk.keys("a");
    let refused = desk.notice();
    assert!(refused.contains("核验单") && refused.contains("g 挂起待看图"), "{refused}");
    assert!(!refused.contains("反面"), "the back of a card is read: {refused}");
    desk.look();
    assert!(unseen(&desk.model).iter().all(|kind| kind.needs_eyes()), "what is read counts");
    assert!(!unseen(&desk.model).is_empty());
    desk.keys("a");
    assert_eq!((desk.notice(), desk.decided().len()), (refused.clone(), 0));
    assert!(desk.model.panel.is_none());
    desk.model.notice = None;
    desk.keys("Space");
    assert_eq!(desk.notice(), refused, "the step explains when there is nothing more to read");
    desk.model.notice = None;
    let screen = desk.screen();
    assert!(screen.contains("核验单~"), "read, and not seen: {screen}");
}

#[test]
fn it_is_held_for_somebody_who_sees_pictures_and_found_again() {
    let folder = demo_workspace();
    let mut desk = blind(folder.path());
    let here = desk.here();
    desk.look().keys("g");
    assert!(desk.screen().contains("> 4 待看图"), "{}", desk.screen());
    desk.keys("Enter");
    let decision = desk.decision(&here).unwrap();
    assert!(
        matches!(decision.conclusion, Conclusion::Hold { hold: HoldKind::Pictures, until: Some(_) }),
        "{decision:?}"
    );
    assert!(decision.shown.iter().all(|shown| shown.ends_with(":text")), "{:?}", decision.shown);
    let now = decision.at;
    let held = |hold| {
        let filter = Filter { hold: Some(hold), ..Filter::WORK };
        desk.store.queue(&filter, Anchor::Start, 10, now).unwrap().rows
    };
    let keys: Vec<String> = held(HoldKind::Pictures).into_iter().map(|row| row.key).collect();
    assert_eq!(keys, std::slice::from_ref(&here), "also before its time has come");
    assert!(held(HoldKind::Callback).is_empty());

    // Somebody sits down at a terminal with pictures.
    desk.model.settings.images = Images::HalfBlocks;
    desk.look().keys("a");
    desk.sleep(61);
    desk.wait(0);
    desk.settle();
    assert_ne!(desk.here(), here, "not before the next day");
    desk.sleep(23 * 60);
    desk.wait(0);
    desk.settle();
    desk.look().keys("a");
    assert_eq!(desk.here(), here, "it comes back when its time has come");
    desk.look().keys("a");
    let decision = desk.decision(&here).unwrap();
    assert_eq!(decision.conclusion, Conclusion::Pass);
    // The backs of the two cards were read before, which counts; all else was seen.
    let read = decision.shown.iter().filter(|shown| shown.contains(':')).count();
    assert_eq!((read, decision.shown.len()), (2, 7), "{:?}", decision.shown);
}

#[test]
fn a_fail_for_other_reasons_and_an_escalation_need_no_pictures() {
    let folder = demo_workspace();
    let mut desk = blind(folder.path());
    desk.keys("J J J J");
    let dirty = desk.here();
    desk.keys("f Enter");
    assert_eq!(desk.decided(), [dirty]);
    desk.keys("z").text("需要看图的同事").keys("Enter");
    assert_eq!(desk.decided().len(), 2);
}

#[test]
fn where_the_policy_asks_for_no_looking_words_are_enough() {
    let folder = demo_workspace();
    let mut desk = blind(folder.path());
    desk.model.settings.policy.attention = Attention::Off;
    desk.keys("a");
    assert_eq!(desk.decided(), ["D-1001"]);
}

#[test]
fn words_are_asked_for_and_given_back_with_one_key() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    for key in ["T", "Alt+w"] {
        desk.keys(key);
        assert!(desk.screen().contains("以下是文字版, T 回到图片"), "{}", desk.screen());
        assert!(desk.model.wanted_pictures().main.is_none());
        desk.keys(key);
        assert!(!desk.screen().contains("文字版"), "{}", desk.screen());
        assert!(desk.model.wanted_pictures().main.is_some());
    }
    desk.keys("T Space");
    assert!(!desk.screen().contains("文字版"), "a step goes to pictures: {}", desk.screen());
}

#[test]
fn words_read_beside_pictures_count_for_what_is_read_alone() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Loading;
    let before = unseen(&desk.model);
    desk.keys("T");
    for _ in 0..desk.model.open_case().unwrap().file.attachments.len() {
        desk.keys("l");
    }
    let expected: Vec<_> = before.into_iter().filter(|kind| kind.needs_eyes()).collect();
    assert_eq!(unseen(&desk.model), expected);
    desk.picture = PictureStatus::Ready(heyan::domain::viewport::Size::new(1000, 630));
    desk.look();
    assert!(unseen(&desk.model).is_empty(), "and pictures are still looked at");
}

#[test]
fn the_twin_scrolls_to_its_end() {
    let folder = demo_workspace();
    for size in [(80, 24), (160, 48)] {
        let mut desk = Harness::open_as(folder.path(), size, "林晓", Images::Off, Lang::Zh);
        let mut seen = desk.screen();
        for _ in 0..30 {
            desk.keys("Alt+Down");
            seen.push_str(&desk.screen());
        }
        for line in ["须看图: 印章", "应由它证明的填报值", "读出字段(来源提供)", "没有识别文字"]
        {
            assert!(seen.contains(line), "{line}");
        }
        desk.keys("e Down Up");
        assert!(desk.screen().contains("须看图"), "{}", desk.screen());
        desk.keys("Esc Ctrl+C Ctrl+C");
    }
}

#[test]
fn a_picture_that_cannot_be_drawn_has_its_words_below_the_reason() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Failed;
    desk.draw();
    let screen = desk.screen();
    assert!(screen.contains("无法显示") && screen.contains("应由它证明的填报值"), "{screen}");
    desk.look().keys("a");
    assert!(desk.screen().contains("核验单: 未能显示"), "{}", desk.screen());
    desk.keys("Enter");
    assert_eq!(desk.decided(), ["D-1001"], "stays possible, with a second thought");
}
