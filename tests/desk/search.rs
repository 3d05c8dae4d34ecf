//! Looking for a filing and working through a part of the queue.

use heyan::app::effect::{Effect, Msg};
use heyan::app::pictures::Images;
use heyan::app::screens::Panel;
use heyan::app::screens::search::Search;
use heyan::domain::message::Lang;
use heyan::domain::search::{Filter, Lane};
use heyan::domain::workspace::{Anchor, Page};
use heyan::store::Store;

use crate::harness::{Harness, actor, demo_workspace};

fn search(desk: &Harness) -> &Search {
    match &desk.model.panel {
        Some(Panel::Search(search)) => search,
        other => panic!("the search panel, not {other:?}"),
    }
}

fn found(desk: &Harness) -> Vec<String> {
    search(desk).rows.iter().map(|row| row.key.clone()).collect()
}

#[test]
fn a_filing_is_typed_seen_and_opened() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    let first = desk.here();
    let all = desk.model.rail.rows.len();
    desk.keys("/");
    assert_eq!(found(&desk).len(), all, "without a text everything is there");
    let wanted = search(&desk).rows[5].clone();
    desk.text(&wanted.key);
    assert_eq!(found(&desk), [wanted.key.as_str()]);
    assert!(desk.screen().contains(&wanted.key));
    desk.keys("Enter");
    assert_eq!(desk.here(), wanted.key);
    assert_eq!(desk.case(&wanted.key).claimed_by.as_deref(), Some("林晓"));
    assert_eq!(desk.case(&first).claimed_by, None, "what was on the desk is given back");
    assert!(desk.model.rail.position().is_some());
}

#[test]
fn initials_last_digits_and_pinyin_input_find_too() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    let filing = desk.case(&desk.here()).filing;
    let mobile = "13900007654";
    desk.import_changed(&filing.key, |filing| filing.entity.principal.mobile = mobile.into());
    desk.keys("Ctrl+F").text(&mobile[mobile.len() - 4..]);
    assert!(found(&desk).contains(&filing.key));
    let screen = desk.screen();
    assert!(screen.contains("电话") && !screen.contains(mobile), "masked:\n{screen}");
    // A whole word arrives at once from an input method, and full-width letters are letters.
    desk.keys("Ctrl+U");
    desk.tell(Msg::Paste(filing.entity.name.chars().take(4).collect()));
    assert!(found(&desk).contains(&filing.key));
    desk.keys("Ctrl+U").text("ｙｌ");
    assert!(found(&desk).contains(&filing.key));
    desk.keys("Ctrl+U").text("没有这家");
    assert_eq!(found(&desk), [""; 0]);
    assert!(desk.screen().contains("没有符合条件的备案"));
    assert!(desk.before_cursor().unwrap().ends_with("没有这家"), "the cursor stands in the field");
    desk.keys("Esc");
    assert_eq!((desk.here(), desk.model.panel.is_none()), (filing.key, true));
}

#[test]
fn the_full_width_key_of_the_slash_opens_it() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    desk.keys("、");
    assert_eq!(search(&desk).field.text(), "");
}

#[test]
fn conditions_are_turned_and_typed() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    let special = desk.model.rail.rows.iter().filter(|row| row.lane == Lane::Special).count();
    desk.keys("/ Tab Tab").text("核查");
    assert_eq!(search(&desk).filter().lane, Some(Lane::Special));
    assert_eq!(found(&desk).len(), special);
    desk.keys("Backspace Backspace Right");
    assert_eq!(search(&desk).filter().lane, Some(Lane::Initial), "all values again, from the first");
    desk.keys("Left S-Tab S-Tab").text("a");
    assert_eq!((search(&desk).field.text(), search(&desk).filter().lane), ("a", None));
}

#[test]
fn a_filter_of_the_rail_leads_from_one_to_the_next_and_can_be_cleared() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    let all: Vec<_> = desk.model.rail.rows.iter().map(|row| (row.key.clone(), row.lane)).collect();
    let special: Vec<_> = all.iter().filter(|(_, lane)| *lane == Lane::Special).map(|(key, _)| key).collect();
    desk.keys("/ Tab Tab").text("核查").keys("Ctrl+L");
    assert_eq!(desk.model.filter.lane, Some(Lane::Special));
    assert!(desk.screen().contains("筛选: 核查"));
    let shown: Vec<_> = desk.model.rail.rows.iter().map(|row| &row.key).collect();
    assert_eq!(shown, special);
    desk.keys("/");
    let Some(first) = special.first() else { panic!("the demo has special verifications") };
    assert_eq!(found(&desk)[0], **first, "the panel begins with the filter");
    desk.keys("Enter");
    for key in &special {
        assert_eq!(desk.here(), **key);
        desk.keys("g Enter");
    }
    assert!(desk.screen().contains("筛选范围内没有待审的备案"));
    desk.keys("Backspace");
    assert_eq!(*desk.model.filter, Filter::WORK);
    assert!(!desk.here().is_empty() && !special.contains(&&desk.here()), "there is other work");
    assert!(!desk.screen().contains("筛选:"));
}

#[test]
fn what_is_decided_or_anothers_is_said_before_enter() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    let (here, other) = (desk.here(), desk.model.rail.rows[5].reference());
    desk.look().keys("a");
    assert_eq!(desk.decided(), [here.as_str()]);
    desk.store.claim(&other, desk.clock().now, &actor("周样例")).unwrap();
    desk.keys("/").text(&other);
    assert!(desk.screen().contains("周样例 正在审"));
    desk.keys("Enter");
    assert!(desk.model.panel.is_some(), "it cannot be opened");
    desk.keys("Ctrl+U").text(&here);
    assert!(desk.screen().contains("已审: Enter 打开查看"));
    desk.keys("Enter");
    assert_eq!(desk.here(), here);
}

#[test]
fn only_the_last_question_counts() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    desk.keys("/");
    let before = found(&desk);
    desk.hold_back = true;
    desk.effects.clear();
    desk.text("样例");
    let asked: Vec<u64> = desk
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Search { generation, .. } => Some(*generation),
            _ => None,
        })
        .collect();
    assert_eq!(asked.len(), 2);
    desk.tell(Msg::Found { generation: asked[0], at: Anchor::Start, page: Ok(Page::default()) });
    assert_eq!(found(&desk), before, "an old answer changes nothing");
    desk.press(&[crate::harness::key("Enter")]);
    assert!(desk.model.panel.is_some(), "nothing is opened that was not asked for");
    desk.catch_up();
    assert!(search(&desk).answered);
}

#[test]
fn the_panel_on_small_and_large_screens() {
    let folder = demo_workspace();
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for size in [(80, 24), (120, 40), (200, 60)] {
            let mut desk = Harness::open_as(folder.path(), size, "林晓", Images::HalfBlocks, lang);
            desk.keys("/").text("yl");
            insta::assert_snapshot!(format!("search_{name}_{}x{}", size.0, size.1), desk.screen());
            desk.keys("Tab Tab Right Ctrl+L");
            insta::assert_snapshot!(format!("filtered_{name}_{}x{}", size.0, size.1), desk.screen());
            desk.keys("Ctrl+C Ctrl+C");
        }
    }
}
