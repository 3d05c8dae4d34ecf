//! Evidence in the viewport.

use heyan::app::case_view::Showing;
use heyan::domain::evidence::Gatherer;
use heyan::domain::message::Lang;
use heyan::domain::view::Surface;
use unicode_width::UnicodeWidthChar;

use super::known::{open, said, select, workspace};
use crate::harness::{Harness, morning};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

#[test]
fn a_finding_brings_what_it_rests_on_with_the_place_that_decides_marked_and_in_view() {
    let folder = workspace();
    for size in SIZES {
        let mut desk = open(&folder, size);
        for (gatherer, marked) in [
            (Gatherer::Dns, "nanshan-keji.example"),
            (Gatherer::Registration, "Expiration Time: 2026-10-02"),
            (Gatherer::Website, "[网络游戏]"),
            (Gatherer::Registry, "[数码]"),
        ] {
            select(&mut desk, gatherer);
            let rows = desk.rows();
            let row = rows.iter().find(|row| row.contains('>') && row.contains(marked));
            assert!(row.is_some(), "{gatherer} at {size:?}:\n{}", desk.screen());
        }
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn evidence_on_screens() {
    let folder = workspace();
    for (gatherer, name) in [
        (Gatherer::Dns, "resolution"),
        (Gatherer::Registration, "registration"),
        (Gatherer::Website, "website"),
        (Gatherer::Registry, "registry"),
        (Gatherer::Text, "text"),
    ] {
        for (lang, code) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            for size in SIZES {
                let mut desk = Harness::open_beside(folder.path(), size, lang, false, said);
                select(&mut desk, gatherer);
                insta::assert_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), desk.screen());
                desk.keys("Ctrl+C Ctrl+C");
            }
        }
    }
}

#[test]
fn no_character_of_the_evidence_is_wide_only_on_some_terminals() {
    let folder = workspace();
    let mut desk = Harness::open_beside(folder.path(), (120, 40), Lang::Zh, true, said);
    for gatherer in
        [Gatherer::Dns, Gatherer::Registration, Gatherer::Website, Gatherer::Registry, Gatherer::Text]
    {
        select(&mut desk, gatherer);
        for keys in ["", "e", "Esc"] {
            desk.keys(keys);
            let screen = desk.screen();
            let ambiguous: String = screen.chars().filter(|c| c.width() != c.width_cjk()).collect();
            assert_eq!(ambiguous, "", "{gatherer}: {screen}");
        }
    }
}

#[test]
fn hostile_text_is_shown_as_marks_and_numbers_are_masked() {
    let folder = workspace();
    let mut desk = open(&folder, (160, 48));
    select(&mut desk, Gatherer::Website);
    let screen = desk.screen();
    assert!(screen.contains("<U+202E>") && !screen.contains('\u{202e}'), "{screen}");
    assert!(screen.contains("138****5678") && !screen.contains("13800005678"), "{screen}");
}

#[test]
fn the_text_is_read_once_and_scrolled_with_the_keys_that_move_pictures() {
    let folder = workspace();
    let mut desk = open(&folder, (80, 24));
    select(&mut desk, Gatherer::Website);
    let reads = |desk: &Harness| {
        desk.effects.iter().filter(|effect| matches!(effect, heyan::app::effect::Effect::ReadText(_))).count()
    };
    assert_eq!(reads(&desk), 1);
    desk.keys("Alt+Down Alt+Down");
    assert!(!desk.screen().contains("[网络游戏]") && desk.screen().contains("第88段"), "{}", desk.screen());
    desk.keys("Alt+Up Alt+Up");
    assert!(desk.screen().contains("[网络游戏]"), "{}", desk.screen());
    desk.keys("e");
    assert!(desk.screen().contains("[网络游戏]"), "whole screen: {}", desk.screen());
    desk.keys("j");
    assert_eq!(reads(&desk), 1);
}

#[test]
fn older_observations_of_the_same_subject_can_be_stepped_through() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Dns);
    assert!(desk.screen().contains("203.0.113.9"));
    desk.keys(",");
    assert!(
        desk.screen().contains("203.0.113.5") && desk.screen().contains("第2次观察, 共2次"),
        "{}",
        desk.screen()
    );
    desk.keys(", .");
    assert!(desk.screen().contains("第1次观察"), "{}", desk.screen());
}

#[test]
fn the_viewport_steps_from_the_evidence_to_the_materials_and_back() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Registration);
    let showing = |desk: &Harness| matches!(desk.model.open_case().unwrap().showing(), Showing::Words(..));
    assert!(showing(&desk));
    desk.keys("l");
    assert!(!showing(&desk) && desk.model.open_case().unwrap().attachment == Some(0));
    desk.keys("h");
    assert!(showing(&desk));
    desk.keys("t C");
    assert_eq!(desk.model.open_case().unwrap().attachment, Some(2));
    assert!(!showing(&desk));
}

#[test]
fn a_document_counts_as_shown_only_while_it_is_seen() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    let unseen = |desk: &Harness| desk.model.open_case().unwrap().unseen();
    select(&mut desk, Gatherer::Registration);
    let before = unseen(&desk);
    desk.keys("Alt+Down Alt+Up");
    assert_eq!(unseen(&desk), before, "words beside the case are no document");
    desk.keys("Space");
    assert_ne!(unseen(&desk), before);
}

#[test]
fn the_region_of_a_picture_is_brought_near_and_framed() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Text);
    let view = desk.model.open_case().unwrap();
    assert!(matches!(view.showing(), Showing::Beside(..)));
    assert!(!view.view().viewport.is_fit(), "zoomed in");
    let wanted = desk.model.wanted_pictures().main.unwrap();
    assert_eq!(wanted.sha256, view.file.attachments[0].sha256);
    let screen = desk.screen();
    assert!(screen.contains("[深圳市南山样例](61)"), "{screen}");
    desk.keys("0");
    assert!(desk.model.open_case().unwrap().view().viewport.is_fit(), "what she then looks at is hers");
}

#[test]
fn what_is_said_of_time_and_source_stands_above_the_evidence() {
    let folder = workspace();
    let mut desk = open(&folder, (160, 48));
    select(&mut desk, Gatherer::Registry);
    let screen = desk.screen();
    assert!(screen.contains("2026-11-21 17:30") && screen.contains("导入"), "{screen}");
    assert_eq!(morning().to_string(), "2026-11-23T01:30:00Z");
}

#[test]
fn only_what_stands_on_the_screen_is_compared() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    select(&mut desk, Gatherer::Website);
    for key in ["s", "d"] {
        desk.keys(key);
        assert!(!desk.model.comparing(), "{key}: a document that is not on the screen");
        assert_eq!(desk.notice(), "没有可比对的材料");
    }
    select(&mut desk, Gatherer::Text);
    desk.keys("s");
    assert!(desk.model.comparing(), "the document beside its words");
}

/// To the first material itself.
fn step_to_first(desk: &mut Harness) {
    let there = |desk: &Harness| {
        let view = desk.model.open_case().unwrap();
        matches!(view.showing(), Showing::Attachment) && view.attachment == Some(0)
    };
    while !there(desk) {
        desk.keys("l");
    }
}

/// The region that decides is brought into the viewport until the reviewer moves; her own view is there again afterwards.
#[test]
fn a_marked_region_is_looked_at_beside_the_reviewers_own_view() {
    let folder = workspace();
    let mut desk = open(&folder, (120, 40));
    let view = |desk: &Harness| desk.model.open_case().unwrap().view();
    step_to_first(&mut desk);
    desk.keys("r b");
    let own = view(&desk);
    select(&mut desk, Gatherer::Text);
    let framed = view(&desk);
    assert!(!framed.viewport.is_fit() && framed.surface == Surface::Original, "{framed:?}");
    desk.keys("+ + Alt+Right");
    let moved = view(&desk);
    desk.keys("v");
    assert_eq!(view(&desk).viewport, moved.viewport, "strokes of what she looks at");
    desk.keys("v e");
    assert_eq!(view(&desk), moved);
    desk.keys("e");
    step_to_first(&mut desk);
    assert_eq!(view(&desk), own);
}
