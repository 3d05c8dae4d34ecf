//! How wide the terminal draws ambiguous characters is measured: whatever it answers, and whenever, no border is torn
//! and no key is lost.

use unicode_width::UnicodeWidthChar;

use super::home::Home;
use super::reviewer::ESCAPE;
use super::screen::{Emulator, TWO_CELLS};
use super::terminal::{Manners, Pictures, Terminal};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
const WIDE: Manners = Manners { wide: true, silent: false, pictures: Pictures::NONE };
const WIDE_LATE: Manners = Manners { wide: true, silent: true, pictures: Pictures::NONE };
const NARROW_LATE: Manners = Manners { wide: false, silent: true, pictures: Pictures::NONE };

/// Every row whole: no character took more cells than the desk gave it, and the borders stand one below the other.
#[track_caller]
fn untorn(desk: &Terminal) {
    desk.settles();
    desk.look(|screen| {
        let rows = screen.rows();
        let text = rows.join("\n");
        assert!(!text.contains(TWO_CELLS), "{text}");
        let cells = |row: u16| -> Vec<u16> {
            let (_, columns) = screen.screen().size();
            let bar = |column: &u16| screen.screen().cell(row, *column).unwrap().contents() == "|";
            (0..columns.get()).filter(bar).collect()
        };
        // The rows of the three zones, below their heads.
        let last = rows.len() as u16 - 5;
        assert!((2..last).all(|row| cells(row) == cells(2) && !cells(2).is_empty()), "{text}");
    });
}

fn ambiguous(screen: &Emulator) -> Vec<char> {
    let written = String::from_utf8(screen.written.clone()).unwrap();
    written.chars().filter(|c| c.width().unwrap_or(0) != c.width_cjk().unwrap_or(0)).collect()
}

/// What was measured with; a desk that draws nothing ambiguous has written these alone.
const SAMPLES: &str = "─│▀·…●→①";

#[test]
fn nothing_is_torn_where_ambiguous_characters_are_wide() {
    let home = Home::with_demo();
    for lang in ["zh", "en"] {
        for size in SIZES {
            let mut desk = home.desk_on(WIDE, size, lang);
            desk.opens("D-1001");
            untorn(&desk);
            for _ in 0..4 {
                desk.send("J");
                desk.settles();
            }
            desk.opens("D-1005");
            untorn(&desk);
            // Over the zones and away again.
            for panel in ["f", "?", ":"] {
                desk.send(panel);
                desk.settles();
                assert!(
                    desk.look(|screen| !screen.rows().join("").contains(TWO_CELLS)),
                    "{}",
                    desk.picture()
                );
                desk.send(ESCAPE);
                desk.settles();
            }
            untorn(&desk);
            let written: String = desk.look(|screen| ambiguous(screen).into_iter().collect());
            assert_eq!(written, SAMPLES, "{lang} {size:?}");
            drop(desk);
        }
    }
}

#[test]
fn where_they_are_narrow_lines_are_drawn() {
    let home = Home::with_demo();
    let desk = home.desk((120, 40));
    desk.opens("D-1001");
    desk.until("lines", |screen| screen.shows("│").then_some(()));
    desk.settles();
    desk.look(|screen| {
        let zones = &screen.rows()[2..35];
        assert!(zones.iter().all(|row| row.contains('│') && !row.contains('|')), "{zones:?}");
    });
}

/// Typed while the answer was awaited, in the same write and around it: all of it arrives, in order, once.
#[test]
fn keys_around_the_answer_arrive_in_order() {
    let home = Home::with_demo();
    for manners in [WIDE_LATE, NARROW_LATE] {
        let mut desk = home.desk_on(manners, (120, 40), "zh");
        desk.opens("D-1001");
        // The field of the internal note takes letters as they come; keys are not taken as commands in it.
        desk.send("n");
        desk.shows("Enter 保存");
        desk.answers_between("样ab", "cd例");
        desk.shows("样abcd例");
        desk.send("ef");
        desk.shows("样abcd例ef");
        desk.send(ESCAPE);
        desk.opens("D-1001");
        assert!(desk.look(|screen| screen.saved().is_empty()));
    }
    assert!(home.decided().is_empty());
}

#[test]
fn a_pasted_text_and_a_held_key_survive_the_measuring() {
    let home = Home::with_demo();
    let mut desk = home.desk_on(NARROW_LATE, (120, 40), "zh");
    desk.opens("D-1001");
    desk.send("n");
    desk.shows("Enter 保存");
    desk.send("\x1b[200~样例一");
    desk.answers_between("二\x1b[201~", "\x7f\x7f\x7f");
    desk.shows("样");
    desk.send("x");
    desk.shows("样x");
    drop(desk);

    let mut desk = home.desk_on(NARROW_LATE, (120, 40), "zh");
    desk.opens("D-1001");
    let row = |screen: &Emulator| screen.rows().iter().position(|row| row.contains('>'));
    let before = desk.look(row);
    desk.send("jjjjj");
    desk.answers_between("jjj", "kkkkkkkk");
    desk.settles();
    assert_eq!(desk.look(row), before, "{}", desk.picture());
}

/// After the time is over the terminal counts as narrow; the answer says otherwise, and the screen is drawn anew.
#[test]
fn a_late_answer_is_believed_and_not_typed() {
    let home = Home::with_demo();
    let mut desk = home.desk_on(WIDE_LATE, (80, 24), "zh");
    // Its place on the screen is torn when the time is over before the case is open.
    desk.shows("D-1001");
    desk.until("taken to be narrow", |screen| screen.shows(&TWO_CELLS.to_string()).then_some(()));
    desk.send("n");
    desk.settles();
    desk.answers_between("样", "例");
    desk.shows("样例");
    desk.send(ESCAPE);
    desk.opens("D-1001");
    untorn(&desk);
}

#[test]
fn garbage_instead_of_an_answer_does_no_harm() {
    let home = Home::with_demo();
    for garbage in
        ["\x1b[R\x1b[;R\x1b[0;0R\x1b[?c", "\x1b[99999;99999R\x1b[?1;2", "\x1b[24;3;1R\x1b[c", "\x1b"]
    {
        let mut desk = home.desk_on(NARROW_LATE, (80, 24), "zh");
        desk.until("the question", |screen| screen.is_asked().then_some(()));
        desk.send(garbage);
        desk.opens("D-1001");
        desk.until("taken to be narrow", |screen| screen.shows("│").then_some(()));
        desk.press_until("n", "the note", |screen| screen.shows("Enter 保存").then_some(()));
        desk.send("样例");
        desk.shows("样例");
        assert!(desk.look(|screen| screen.saved().is_empty()));
    }
}

/// The answer comes when the desk is about to close: it is not left to the shell.
#[test]
fn leaving_at_once_waits_for_the_answer() {
    let home = Home::with_demo();
    let mut desk = home.desk_on(NARROW_LATE, (80, 24), "zh");
    desk.until("the question", |screen| screen.is_asked().then_some(()));
    desk.send("\x03");
    desk.send("\x03");
    desk.answers_between("", "");
    let status = desk.ends();
    assert!(status.success(), "{status}");
}

#[test]
fn the_doctor_measures_too() {
    let home = Home::with_demo();
    for (manners, found) in
        [(Manners::default(), "占一格"), (WIDE, "占两格"), (NARROW_LATE, "终端没有回答，")]
    {
        let mut terminal = home.terminal_on(manners, &["doctor"], (100, 40));
        terminal.shows(found);
        assert!(terminal.ends().success(), "{}", terminal.picture());
        assert!(
            !terminal.look(|screen| screen.rows().join("").contains(TWO_CELLS)),
            "{}",
            terminal.picture()
        );
    }
}
