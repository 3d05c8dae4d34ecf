//! A person's habits in a real terminal: own keys, a theme, the mouse, and the terminal given back afterwards.

use rustix::process::{Signal, kill_process};
use vt100::{Color, MouseProtocolEncoding, MouseProtocolMode};

use super::home::Home;
use super::reviewer::CTRL_C;
use super::screen::Emulator;
use super::terminal::Terminal;

/// A person's settings.
fn settings(home: &Home, text: &str) {
    let folder = home.path("config/heyan");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

#[test]
fn own_keys_decide() {
    let home = Home::with_demo();
    settings(&home, "[keys]\npass = [\"w\", \"Ctrl+D\"]\n");
    let mut desk = home.desk((80, 24));
    desk.opens("D-1001");
    desk.shows("w 通过");
    desk.look_at_everything();
    assert_eq!(desk.decide_with("w"), "D-1001");
}

#[test]
fn keys_that_cannot_be_are_refused_with_their_place_before_the_desk_opens() {
    let home = Home::with_demo();
    settings(&home, "[keys]\nfit = [\"Home\",\n       \"Ctrl+S\"]\npass = [\"f\", \"F2\"]\n");
    let mut desk = home.desk((200, 24));
    assert_eq!(desk.ends().exit_code(), 2);
    let said = desk.picture();
    for words in ["config.toml:3:8: fit: Ctrl+S", "config.toml:4:9: pass: ", "f 已是 fail"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    home.done(&["queue"]);
}

/// The colours of the text outside the picture.
fn colours(screen: &Emulator) -> std::collections::BTreeSet<u8> {
    let screen = screen.screen();
    let (rows, columns) = screen.size();
    let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    let indexed = |cell: &vt100::Cell| match cell.fgcolor() {
        Color::Idx(colour) => Some(colour),
        _ => None,
    };
    places.filter_map(|(row, column)| indexed(screen.cell(row, column)?)).collect()
}

#[test]
fn colours_are_those_of_the_theme_and_none_when_nobody_wants_any() {
    let home = Home::with_demo();
    let workspace = home.workspace();
    let workspace = workspace.to_str().unwrap();
    let (dark, light) = (80, 25);
    let wanted = |words: &[&str], variables: &[(&str, &str)], key: Option<u8>| {
        let words: Vec<&str> = ["review", "--workspace", workspace].iter().chain(words).copied().collect();
        let mut desk = home.terminal(&words, (80, 24), variables);
        desk.opens("D-1001");
        let colours = desk.look(colours);
        match key {
            Some(key) => assert!(colours.contains(&key), "{words:?} {variables:?}: {colours:?}"),
            None => assert!(colours.is_empty(), "{words:?} {variables:?}: {colours:?}"),
        }
        desk.leave();
    };
    wanted(&[], &[], Some(dark));
    wanted(&[], &[("COLORFGBG", "0;15")], Some(light));
    wanted(&[], &[("HEYAN_UI__THEME", "light")], Some(light));
    wanted(&[], &[("HEYAN_UI__THEME", "none")], None);
    wanted(&[], &[("NO_COLOR", "1"), ("HEYAN_UI__THEME", "light")], None);
    wanted(&[], &[("NO_COLOR", "")], Some(dark));
    wanted(&["--color", "never"], &[("HEYAN_UI__THEME", "dark")], None);
    wanted(&["--color", "always"], &[("NO_COLOR", "1")], Some(dark));
}

fn mouse(screen: &Emulator) -> (MouseProtocolMode, MouseProtocolEncoding) {
    (screen.screen().mouse_protocol_mode(), screen.screen().mouse_protocol_encoding())
}

const ON: (MouseProtocolMode, MouseProtocolEncoding) =
    (MouseProtocolMode::PressRelease, MouseProtocolEncoding::Sgr);
const OFF: (MouseProtocolMode, MouseProtocolEncoding) =
    (MouseProtocolMode::None, MouseProtocolEncoding::Default);

/// A click with the left button, as a terminal sends it (SGR, xterm's mode 1006).
fn click(desk: &mut Terminal, text: &str) {
    let (row, column) = desk.look(|screen| {
        let rows = screen.rows();
        let row = rows.iter().rposition(|row| row.contains(text)).expect("the text is on the screen");
        let before = rows[row].split(text).next().unwrap_or_default();
        (row + 1, unicode_width::UnicodeWidthStr::width(before) + 1)
    });
    desk.send(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
}

#[test]
fn a_click_opens_a_filing_and_the_mouse_is_given_back() {
    let home = Home::with_demo();
    let mut desk = home.desk_with((160, 48), &[("HEYAN_UI__MOUSE", "true")]);
    desk.opens("D-1001");
    assert_eq!(desk.look(mouse), ON);
    desk.settles();
    click(&mut desk, "D-1003");
    desk.opens("D-1003");
    click(&mut desk, "a 通过");
    desk.shows("点击不会作出决定");
    assert!(home.decided().is_empty());
    desk.leave();
    assert_eq!(desk.look(mouse), OFF);
}

#[test]
fn the_mouse_stays_the_terminals_until_it_is_asked_for() {
    let home = Home::with_demo();
    let mut desk = home.desk((80, 24));
    desk.opens("D-1001");
    assert_eq!(desk.look(mouse), OFF);
    desk.press_until(":", "the palette", |screen| screen.shows("查找:").then_some(()));
    desk.send("mouse");
    desk.shows("mouse");
    desk.send("\r");
    desk.shows("鼠标归审核台用");
    assert_eq!(desk.look(mouse), ON);
    kill_process(desk.pid, Signal::TERM).unwrap();
    desk.ends();
    assert_eq!(desk.look(mouse), OFF, "given back when the system ends the program");
    let mut again = home.desk_with((80, 24), &[("HEYAN_UI__MOUSE", "true")]);
    again.opens("D-1001");
    again.send(CTRL_C);
    again.shows("Ctrl+C");
    again.send(CTRL_C);
    again.ends();
    assert_eq!(again.look(mouse), OFF);
}
