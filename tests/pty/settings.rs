//! Terminals and people that need another screen: no colours, no pictures, ambiguous characters two cells wide.

use unicode_width::UnicodeWidthChar;
use vt100::Color;

use super::home::Home;
use super::screen::Emulator;
use super::terminal::Terminal;

#[track_caller]
fn decides(home: &Home, desk: &mut Terminal) {
    desk.opens("D-1001");
    assert_eq!(desk.pass(), "D-1001");
    desk.opens("D-1002");
    desk.leave();
    assert_eq!(home.decided(), ["D-1001"]);
}

fn cells(screen: &Emulator) -> Vec<(u16, u16, vt100::Cell)> {
    let screen = screen.screen();
    let (rows, columns) = screen.size();
    let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    places.map(|(row, column)| (row, column, screen.cell(row, column).unwrap().clone())).collect()
}

#[test]
fn without_colours_only_pictures_have_any() {
    let home = Home::with_demo();
    let mut desk = home.desk_with((120, 40), &[("NO_COLOR", "1")]);
    desk.opens("D-1001");
    desk.until("the picture", |screen| screen.shows("▀▀▀▀").then_some(()));
    desk.look(|screen| {
        let mut shades = std::collections::BTreeSet::new();
        for (row, column, cell) in cells(screen) {
            let plain = cell.fgcolor() == Color::Default && cell.bgcolor() == Color::Default;
            if cell.contents() == "▀" {
                shades.insert(format!("{:?}", cell.fgcolor()));
            } else {
                assert!(plain, "{} at {row},{column}", cell.contents());
            }
        }
        assert!(shades.len() > 20, "a picture without its shades cannot be judged: {shades:?}");
        assert!(cells(screen).iter().any(|(_, _, cell)| cell.inverse()), "the selected row is marked");
    });
    decides(&home, &mut desk);
}

#[test]
fn without_pictures_documents_stand_in_words_and_what_needs_eyes_is_held() {
    let home = Home::with_demo();
    let mut desk = home.desk_with((80, 24), &[("HEYAN_IMAGES__MODE", "off")]);
    desk.opens("D-1001");
    desk.shows("图片已关闭");
    assert!(desk.look(|screen| !screen.shows("▀")));
    desk.press_until("a", "the refusal", |screen| screen.shows("须看图才能通过").then_some(()));
    assert_eq!(desk.hold(), "D-1001");
    desk.opens("D-1002");
    desk.leave();
    assert_eq!(home.decided(), ["D-1001"]);
}

#[test]
fn where_ambiguous_characters_are_wide_none_is_drawn() {
    let home = Home::with_demo();
    let mut desk = home.desk_with((80, 24), &[("HEYAN_UI__AMBIGUOUS", "wide")]);
    decides(&home, &mut desk);
    let written = desk.look(|screen| String::from_utf8(screen.written.clone()).unwrap());
    let ambiguous: std::collections::BTreeSet<char> =
        written.chars().filter(|c| c.width().unwrap_or(0) != c.width_cjk().unwrap_or(0)).collect();
    assert!(ambiguous.is_empty(), "{ambiguous:?}");
}
