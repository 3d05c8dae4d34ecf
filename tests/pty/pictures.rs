//! What the terminal says of pictures: whatever it answers, and whenever, the desk opens, no answer is typed into it and
//! every key arrives.

use std::time::Duration;

use super::home::Home;
use super::reviewer::ESCAPE;
use super::terminal::{Manners, Pictures, Terminal};

const KITTY: Pictures =
    Pictures { kitty: true, sixel: false, name: Some("kitty(0.36.4)"), cell: Some((9, 18)) };
const SIXEL: Pictures =
    Pictures { kitty: false, sixel: true, name: Some("foot(1.20.2)"), cell: Some((9, 18)) };
const ITERM2: Pictures =
    Pictures { kitty: false, sixel: true, name: Some("iTerm2 3.5.10"), cell: Some((9, 18)) };
/// tmux says what it is before the terminal around it says anything.
const TMUX: (&str, &str) = ("TMUX", "/tmp/tmux-1000/default,1,0");

fn late(pictures: Pictures) -> Manners {
    Manners { wide: false, silent: true, pictures }
}

/// Opens the field of the internal note, which takes letters as they come.
#[track_caller]
fn notes(desk: &mut Terminal) {
    desk.opens("D-1001");
    desk.send("n");
    desk.shows("Enter 保存");
}

#[track_caller]
fn nothing_was_decided(desk: &mut Terminal) {
    desk.send(ESCAPE);
    desk.opens("D-1001");
    assert!(desk.look(|screen| screen.saved().is_empty()));
}

#[test]
fn the_doctor_says_what_the_desk_would_draw_with_and_why() {
    let home = Home::with_demo();
    for (pictures, found) in [
        (KITTY, "kitty 协议（终端答复可用）；终端 kitty(0.36.4)，单元格 9x18"),
        (SIXEL, "sixel（终端声明支持）；终端 foot(1.20.2)，单元格 9x18"),
        (ITERM2, "iTerm2 协议（按终端名称）；终端 iTerm2 3.5.10，单元格 9x18"),
        (Pictures { cell: None, ..SIXEL }, "半块字符（终端支持 sixel，但没有说单元格多大）"),
        (Pictures { name: Some("Konsole 24.12.0"), ..KITTY }, "半块字符（终端的 kitty 协议没有占位字符）"),
        (Pictures::NONE, "半块字符（终端没有图片协议）；终端 -，单元格 -"),
    ] {
        let manners = Manners { pictures, ..Manners::default() };
        let mut terminal = home.terminal_on(manners, &["doctor"], (110, 40));
        terminal.shows(found);
        assert!(terminal.ends().success(), "{}", terminal.picture());
    }
    let mut terminal = home.terminal_on(late(KITTY), &["doctor"], (110, 40));
    terminal.shows("半块字符（终端没有回答）");
    assert!(terminal.ends().success(), "{}", terminal.picture());

    let (code, said) = home.run(&["doctor"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("不在终端中，没有询问"), "{said}");
}

#[test]
fn in_tmux_the_terminal_around_it_is_asked_and_the_doctor_says_what_to_set() {
    let home = Home::with_demo();
    for (pictures, found) in
        [(KITTY, "kitty 协议（终端答复可用）"), (Pictures::NONE, "set -g allow-passthrough on")]
    {
        let manners = Manners { pictures, ..Manners::default() };
        let mut terminal = home.terminal_with(manners, &["doctor"], (110, 40), &[TMUX]);
        terminal.shows(found);
        assert!(terminal.ends().success(), "{}", terminal.picture());
        let asked = b"\x1bPtmux;\x1b\x1b_Gi=31,";
        assert!(terminal.look(|screen| screen.written.windows(asked.len()).any(|bytes| bytes == asked)));
    }
}

/// Typed while the answers are awaited, in the same write and around them: all of it arrives, in order, once.
#[test]
fn keys_around_the_answers_arrive_in_order() {
    let home = Home::with_demo();
    for pictures in [KITTY, SIXEL, ITERM2] {
        for variables in [&[][..], &[TMUX]] {
            let mut desk = home.desk_around(late(pictures), variables);
            notes(&mut desk);
            desk.answers_between("样ab", "cd例");
            desk.shows("样abcd例");
            desk.send("ef");
            desk.shows("样abcd例ef");
            nothing_was_decided(&mut desk);
        }
    }
    assert!(home.decided().is_empty());
}

#[test]
fn answers_that_come_in_pieces_are_answers() {
    let home = Home::with_demo();
    for (pictures, cuts) in [
        (KITTY, &["\x1b_G", "i=31;O", "\x1bP>|kit", "\x1b[6;1", "\x1b[?62"][..]),
        (KITTY, &["\x1b_Gi=31;OK\x1b\\", "kitty(0.36.4)\x1b\\", "\x1b[6;18;9t"]),
        (SIXEL, &["foot", "\x1b[?62;4"]),
    ] {
        let mut desk = home.desk_around(late(pictures), &[]);
        notes(&mut desk);
        desk.answers_cut_behind(cuts);
        desk.send("样例");
        desk.shows("样例");
        desk.settles();
        let row = desk.until("the note", |screen| {
            screen
                .rows()
                .into_iter()
                .find(|row| row.contains("样例") && !row.contains("样例云") && !row.contains("核验台"))
        });
        assert!(!row.contains("OK") && !row.contains("31"), "{row}");
        nothing_was_decided(&mut desk);
    }
}

/// The time is over, half-blocks stand; the answer is believed, and not typed.
#[test]
fn a_late_answer_is_believed_and_not_typed() {
    let home = Home::with_demo();
    let mut desk = home.desk_around(late(KITTY), &[]);
    desk.opens("D-1001");
    desk.until("the question", |screen| screen.is_asked().then_some(()));
    desk.lets_pass(Duration::from_millis(400));
    notes(&mut desk);
    desk.answers_between("样", "例");
    desk.shows("样例");
    nothing_was_decided(&mut desk);
}

#[test]
fn garbage_instead_of_answers_does_no_harm() {
    let home = Home::with_demo();
    let flood = format!("\x1bP>|{}\x1b\\", "1".repeat(100_000));
    for garbage in [
        // The question itself, echoed.
        "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\x1b[16t",
        // Another program's question, answered too late for it.
        "\x1b_Gi=7;OK\x1b\\\x1bP1+r544e\x1b\\\x1b[4;600;800t\x1b[8;24;80t",
        "\x1b_Gi=;OK\x1b\\\x1b[6;99999;1t\x1b[6;0;0t\x1b[?c",
        &flood,
        // Torn, and never ended.
        "\x1b_Gi=31;O",
    ] {
        let mut desk = home.desk_around(late(KITTY), &[]);
        desk.until("the question", |screen| screen.is_asked().then_some(()));
        desk.send(garbage);
        desk.opens("D-1001");
        desk.press_until("n", "the note", |screen| screen.shows("Enter 保存").then_some(()));
        desk.send("样例");
        desk.shows("样例");
        nothing_was_decided(&mut desk);
    }
}

/// The answers come when the desk is about to close: they are not left to the shell.
#[test]
fn leaving_at_once_waits_for_the_answers() {
    let home = Home::with_demo();
    for variables in [&[][..], &[TMUX]] {
        let mut desk = home.desk_around(late(KITTY), variables);
        desk.until("the question", |screen| screen.is_asked().then_some(()));
        desk.send("\x03");
        desk.send("\x03");
        desk.answers_between("", "");
        let status = desk.ends();
        assert!(status.success(), "{status}");
    }
}
