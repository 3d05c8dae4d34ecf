//! Text from outside is hostile, personal data is masked, and no terminal's width of a character is trusted.

use heyan::app::pictures::Images;
use heyan::domain::message::Lang;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::harness::{Harness, demo_workspace};

/// The contacts of D-1001.
const CLEAR: [&str; 4] = ["13900001001", "0755-20001001", "13700002001", "chen@nanshan-keji.example"];
const MASKED: [&str; 4] = ["139****1001", "075******1001", "137****2001", "c***@nanshan-keji.example"];

fn to_the_first_mobile(desk: &mut Harness) {
    while !desk.model.open_case().unwrap().selected_is_masked() {
        desk.keys("j");
    }
}

#[test]
fn contacts_are_masked_until_a_key_shows_one_for_ten_seconds_and_that_is_recorded() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 60));
    to_the_first_mobile(&mut desk);
    let screen = desk.screen();
    for (clear, masked) in CLEAR.iter().zip(MASKED) {
        assert!(!screen.contains(clear), "{clear}\n{screen}");
        assert!(screen.contains(masked), "{masked}\n{screen}");
    }
    assert_eq!(desk.entries("reveal"), 0);

    desk.keys("x");
    assert_eq!(desk.entries("reveal"), 1);
    let screen = desk.screen();
    assert!(screen.contains(CLEAR[0]));
    assert!(CLEAR[1..].iter().all(|clear| !screen.contains(clear)), "only the one that was asked for");
    desk.wait(9_600);
    assert!(desk.screen().contains(CLEAR[0]));
    desk.wait(100);
    assert!(!desk.screen().contains(CLEAR[0]), "masked again");
    assert_eq!(heyan::store::ReadStore::verify(&desk.store, &mut |_| {}).unwrap().problems, []);
}

#[test]
fn nothing_is_shown_before_its_entry_is_written() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 60));
    to_the_first_mobile(&mut desk);
    desk.hold_back = true;
    desk.keys("x");
    assert!(!desk.screen().contains(CLEAR[0]));
    desk.catch_up();
    assert!(desk.screen().contains(CLEAR[0]));
}

#[test]
fn a_finding_does_not_tell_the_number_that_its_fact_hides() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (200, 60));
    while desk.here() != "D-1009" {
        desk.keys("J");
    }
    for _ in 0..6 {
        let screen = desk.screen();
        for clear in ["13900001011", "ye@dongguan"] {
            assert!(!screen.contains(clear), "{clear}\n{screen}");
        }
        desk.keys("]");
    }
}

/// The screens that show most, by the keys that lead there and back.
const SCREENS: [(&str, &str); 17] = [
    ("", ""),
    ("]", ""),
    ("Tab", ""),
    ("] ] ]", ""),
    ("Tab Tab Tab", ""),
    ("6", ""),
    ("e", "Esc"),
    ("p j j j j j j j j j", "p"),
    ("f", "Esc"),
    ("f c o n", "Esc Esc"),
    ("f 的 Down Down Down Down Down Down", "Esc Esc"),
    ("g", "Esc"),
    ("o 请", "Esc"),
    ("L", "Esc"),
    ("Ctrl+G", "Esc"),
    ("?", "Esc"),
    ("u", "Esc"),
];

/// Every row is as wide as the screen: no wide character was cut in half, no border pushed aside.
fn assert_whole(desk: &mut Harness, size: (u16, u16), at: &str) {
    let borders = |rows: &[String], y: usize| {
        let mut column = 0;
        let mut found = Vec::new();
        for c in rows[y].chars() {
            found.extend((c == '│' || c == '┬').then_some(column));
            column += c.width().unwrap_or(0);
        }
        found
    };
    let rows = desk.rows();
    for (y, row) in rows.iter().enumerate() {
        assert_eq!(row.width(), usize::from(size.0), "{at} at {size:?}, row {y}: {row}");
    }
    if desk.model.panel.is_none() && !desk.model.full_screen {
        let zones = borders(&rows, 1);
        for y in 2..rows.len() - 5 {
            let here = borders(&rows, y);
            assert!(zones.iter().all(|x| here.contains(x)), "{at} at {size:?}, row {y}: {}", rows[y]);
        }
    }
}

#[test]
fn hostile_names_become_marks_and_leave_the_screen_whole() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.import_changed("D-1001", |filing| {
        filing.entity.name = "样例\u{1b}[2J\u{1b}]0;x\u{7}公司\u{202e}gpj\u{200b}".into();
        filing.entity.principal.name = "陈\u{200d}\u{2066}样\u{301}例".into();
        filing.site.as_mut().unwrap().name = "样例官网".repeat(125);
        filing.entity.remark = format!("{}a", "样".repeat(499));
    });
    desk.import_changed("D-1002", |filing| {
        filing.entity.name = "👨\u{200d}👩\u{200d}👧样例\u{e0041}".into();
        filing.site.as_mut().unwrap().name = "e\u{301}\u{301}\u{301}\u{301}".repeat(100);
    });
    desk.keys("J K");
    for size in [(80, 24), (109, 24), (120, 40), (200, 60)] {
        desk.resize(size.0, size.1);
        desk.settle();
        for (there, back) in SCREENS.iter().chain(&[("J", "K")]) {
            desk.keys(there);
            assert_whole(&mut desk, size, there);
            let screen = desk.screen();
            for hostile in ['\u{1b}', '\u{7}', '\u{202e}', '\u{200b}', '\u{2066}', '\u{e0041}', '\u{200d}'] {
                assert!(!screen.contains(hostile), "{there} at {size:?}: {:04x}", u32::from(hostile));
            }
            desk.keys(back);
        }
    }
    assert!(desk.screen().contains("样例<U+001B>[2J<U+001B>]0;x<U+0007>公司<U+202E>gpj<U+200B>"));
}

#[test]
fn where_ambiguous_characters_are_wide_none_is_drawn() {
    let folder = demo_workspace();
    for lang in Lang::ALL {
        let mut desk = Harness::open_wide(folder.path(), (80, 24), lang);
        for _ in 0..12 {
            for size in [(80, 24), (200, 60)] {
                desk.resize(size.0, size.1);
                desk.settle();
                for (there, back) in SCREENS {
                    desk.keys(there);
                    let screen = desk.screen();
                    let ambiguous: Vec<char> =
                        screen.chars().filter(|c| c.width() != c.width_cjk()).collect();
                    assert_eq!(
                        ambiguous,
                        ['\0'; 0],
                        "{lang:?} {} {there} at {size:?}\n{screen}",
                        desk.here()
                    );
                    desk.keys(back);
                }
            }
            desk.keys("J");
        }
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn our_own_words_have_no_ambiguous_character() {
    let ambiguous = |text: &str| text.chars().any(|c| c.width() != c.width_cjk());
    for lang in Lang::ALL {
        for (id, text) in heyan::domain::message::entries(lang) {
            assert!(!ambiguous(text), "{id}: {text}");
        }
        for reason in heyan::domain::reasons::Catalogue::shipped().iter() {
            for text in [reason.label(lang), reason.rectification(lang)] {
                assert!(!ambiguous(text), "{}: {text}", reason.code);
            }
        }
    }
}

#[test]
fn the_same_screens_are_whole_in_both_languages_with_and_without_pictures() {
    let folder = demo_workspace();
    for images in [Images::HalfBlocks, Images::Off] {
        for lang in Lang::ALL {
            let mut desk = Harness::open_as(folder.path(), (80, 24), "林晓", images, lang);
            desk.keys("J J J J");
            for size in [(80, 24), (120, 40)] {
                desk.resize(size.0, size.1);
                desk.settle();
                for (there, back) in SCREENS {
                    desk.keys(there);
                    assert_whole(&mut desk, size, there);
                    desk.keys(back);
                }
            }
            desk.keys("Ctrl+C Ctrl+C");
        }
    }
}
