//! Two languages: whatever stands on the screen follows the switch, at once and wholly.

use heyan::domain::message::{Lang, entries};

use crate::harness::{Harness, demo_workspace};

/// What an English screen may have of Chinese: what came from outside, and what the English texts themselves have.
fn allowed(desk: &Harness) -> String {
    let mut allowed: String = entries(Lang::En).map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    for row in &desk.model.rail.rows {
        let case = desk.case(&row.key);
        allowed.push_str(&serde_json::to_string(&case.filing).unwrap());
        allowed.push_str(&case.current.iter().map(|decision| decision.reviewer.as_str()).collect::<String>());
    }
    allowed.push_str(&desk.model.settings.reviewer);
    // Where a province's rule was read has a name in one language.
    allowed.push_str(include_str!("../../assets/provinces.toml"));
    allowed
}

#[track_caller]
fn assert_english(desk: &mut Harness, allowed: &str, what: &str) {
    let screen = desk.screen();
    let chinese =
        |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    for run in screen.split(|c| !chinese(c)).filter(|run| !run.is_empty()) {
        assert!(allowed.contains(run), "{what}: {run} on an English screen\n{screen}");
    }
    for room in ["desk.", "domain.", "checks.", "store.", "media.", "cli."] {
        assert!(!screen.contains(room), "{what}: an id on the screen\n{screen}");
    }
    // The keys { and } stand alone.
    let gap = screen.as_bytes().windows(2).any(|pair| pair[0] == b'{' && pair[1].is_ascii_lowercase());
    assert!(!gap, "{what}: a gap that nothing filled\n{screen}");
}

/// Every panel, and every notice that a few keys bring up.
const SCREENS: &[(&str, &str)] = &[
    ("a case", "J J J J"),
    ("another case", "J J J J J J J Tab"),
    ("help", "?"),
    ("help further down", "? PgDn PgDn PgDn"),
    ("the palette", "Ctrl+G"),
    ("the palette's end", "Ctrl+G PgDn PgDn PgDn PgDn"),
    ("the queue", "L"),
    ("hold", "g"),
    ("withdraw", "u"),
    ("reasons", "J J J J f"),
    ("searching reasons", "J J J J f E N T"),
    ("nothing proposed", "f"),
    ("opinion", "o"),
    ("note", "n"),
    ("escalate", "z"),
    ("full screen", "e"),
    ("look first", "a"),
    ("a fail without a reason", "f Enter"),
    ("other without a note", "f O T H E R Space Enter"),
    ("an escalation without a note", "z Enter"),
    ("an input method", "样"),
    ("leaving", "Ctrl+C"),
    ("the start of the queue", "K"),
    ("a theme", "Ctrl+G t h e m e Enter"),
    ("the mouse", "Ctrl+G m o u s e Enter"),
    ("held", "g Enter"),
];

#[test]
fn every_panel_and_notice_follows_the_language() {
    let folder = demo_workspace();
    for size in [(80, 24), (160, 48)] {
        for (what, keys) in SCREENS {
            let mut desk = Harness::open(folder.path(), size);
            desk.keys(keys);
            let chinese = desk.screen();
            desk.model.lang = Lang::En;
            let allowed = allowed(&desk);
            assert_english(&mut desk, &allowed, what);
            desk.model.lang = Lang::Zh;
            assert_eq!(desk.screen(), chinese, "{what}: and back");
            desk.model.lang = Lang::En;
            desk.model.panel = None;
            desk.keys("Ctrl+C Ctrl+C");
        }
    }
}

#[test]
fn every_fact_and_finding_follows_the_language() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    let allowed = allowed(&desk);
    desk.model.lang = Lang::En;
    for _ in 0..desk.model.rail.rows.len() {
        let rows = desk.model.open_case().unwrap().rows.len();
        for row in 0..rows {
            if let Some(view) = desk.model.open_case_mut() {
                view.select(row);
            }
            let what = format!("{} row {row}", desk.here());
            assert_english(&mut desk, &allowed, &what);
        }
        desk.keys("J");
    }
}

#[test]
fn what_the_store_refused_follows_the_language_while_it_stands() {
    let folder = demo_workspace();
    let mut other = Harness::of(folder.path(), "陈静");
    let mut desk = Harness::of(folder.path(), "林晓");
    let allowed = format!("{}陈静", allowed(&desk));
    desk.keys("K");
    let chinese = desk.screen();
    assert_eq!(desk.here(), "", "{chinese}");
    desk.model.lang = Lang::En;
    assert_english(&mut desk, &allowed, "a filing that another has");
    other.look().keys("a");
    desk.model.lang = Lang::Zh;
    desk.keys("J a");
    desk.model.lang = Lang::En;
    assert_english(&mut desk, &allowed, "look first");
}

#[test]
fn the_list_of_what_to_look_at_follows_the_language_while_it_stands() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("a");
    let said = desk.notice();
    assert!(said.contains("、"), "{said}");
    desk.model.lang = Lang::En;
    assert!(desk.notice().starts_with("6 required materials"), "{}", desk.notice());
    assert!(!desk.notice().contains('、'), "{}", desk.notice());
}

#[test]
#[should_panic(expected = "on an English screen")]
fn a_chinese_screen_is_not_taken_for_an_english_one() {
    let folder = demo_workspace();
    assert_english(&mut Harness::open(folder.path(), (80, 24)), "", "in Chinese");
}
