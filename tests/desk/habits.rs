//! A person's habits: own keys, the command palette, the theme, the language.

use std::collections::BTreeMap;
use std::sync::Arc;

use heyan::app::keymap::Keymap;
use heyan::app::pictures::Images;
use heyan::app::screens::Panel;
use heyan::app::theme::ThemeName;
use heyan::domain::message::Lang;

use crate::harness::{Harness, demo_workspace};

fn with_keys(folder: &std::path::Path, bindings: &[(&str, &[&str])]) -> Harness {
    let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let bindings: BTreeMap<_, _> =
        bindings.iter().map(|(name, keys)| ((*name).to_owned(), owned(keys))).collect();
    let mut desk = Harness::open(folder, (80, 24));
    desk.model.settings.keymap = Arc::new(Keymap::new(&bindings).unwrap());
    desk
}

#[test]
fn own_keys_decide_and_every_screen_names_them() {
    let folder = demo_workspace();
    let mut desk = with_keys(
        folder.path(),
        &[
            ("pass", &["W", "Ctrl+D"]),
            ("next_unseen", &["w", "F2"]),
            ("palette", &["Ctrl+V", "F9"]),
            ("withdraw", &["Y", "Ctrl+W"]),
        ],
    );
    let screen = desk.screen();
    assert!(screen.contains("w 下一未看") && !screen.contains("a 通过"), "{screen}");
    desk.keys("a");
    assert_eq!(desk.notice(), "", "the shipped key means nothing any more");
    desk.keys("W");
    assert!(desk.notice().ends_with("w 看下一项"), "{}", desk.notice());
    desk.keys("样");
    assert!(
        desk.notice().contains("Ctrl+D 通过") && desk.notice().contains("Ctrl+V 命令"),
        "{}",
        desk.notice()
    );
    while desk.model.open_case().is_some_and(|view| view.next_unseen().is_some()) {
        desk.keys("w");
    }
    desk.keys("Esc W");
    assert_eq!(desk.decided(), ["D-1001"]);
    assert!(desk.notice().contains("Y 可撤回"), "{}", desk.notice());
    desk.keys("Ctrl+V").text("通过");
    assert!(desk.screen().contains("W Ctrl+D"), "{}", desk.screen());
    desk.keys("Esc Esc ?");
    assert!(desk.screen().contains("w F2"), "{}", desk.screen());
}

#[test]
fn the_palette_finds_commands_by_words_and_initials_and_runs_them() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for typed in ["挂起", "gq", "hold", "f6"] {
        desk.keys(":").text(typed).keys("Enter");
        assert!(matches!(desk.model.panel, Some(Panel::Hold(_))), "{typed}");
        desk.keys("Esc");
    }
    desk.keys(":").text("下一 J").keys("Backspace Backspace Down Down Up Enter");
    assert_ne!(desk.here(), "", "a cursor among several");
    desk.keys(":").text("没有这个命令");
    assert!(desk.screen().contains("没有找到"));
    desk.keys("Enter");
    assert!(desk.model.panel.is_some(), "nothing to run");
    desk.keys("Esc");
    assert!(desk.screen().contains("下一未看"), "the first Esc empties the filter");
    desk.keys("Esc");
    assert!(desk.model.panel.is_none());
}

#[test]
fn what_has_nothing_to_do_stands_in_the_palette_with_the_reason() {
    let folder = demo_workspace();
    let mut desk = Harness::open_as(folder.path(), (80, 24), "林晓", Images::Off, Lang::Zh);
    desk.keys(":").text("拉近");
    assert!(desk.screen().contains("图片已关闭"), "{}", desk.screen());
    desk.keys("Enter");
    assert!(desk.model.panel.is_some(), "it stays, with the reason");
}

#[test]
fn a_paste_filters_the_palette_and_runs_nothing() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.look().keys(":");
    desk.tell(heyan::app::effect::Msg::Paste("通过\n".into()));
    desk.settle();
    assert!(desk.model.panel.is_some());
    assert!(desk.decided().is_empty());
    desk.keys("Enter");
    assert_eq!(desk.decided(), ["D-1001"], "chosen and confirmed by a person");
}

#[test]
fn the_theme_changes_at_run_time_unless_colours_are_off() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    let mut seen = vec![desk.model.theme];
    for _ in 0..3 {
        desk.keys(":").text("theme").keys("Enter");
        seen.push(desk.model.theme);
    }
    assert_eq!(seen, [ThemeName::Dark, ThemeName::Light, ThemeName::Colourless, ThemeName::Dark]);
    assert_eq!(desk.notice(), "主题: 深色");
    desk.model.settings.colourless = true;
    desk.keys(":").text("theme").keys("Enter");
    assert_eq!(desk.model.theme, ThemeName::Dark);
    assert!(desk.notice().contains("NO_COLOR"), "{}", desk.notice());
}
