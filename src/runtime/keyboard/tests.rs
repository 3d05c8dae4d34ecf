use proptest::prelude::*;
use ratatui::crossterm::event::{KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

use super::*;

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

/// All that is said, the pause after it included.
fn read(bytes: &[u8]) -> Vec<Said> {
    let mut parser = Parser::default();
    let mut said = parser.take(bytes);
    said.extend(parser.pause());
    said
}

fn cursor(row: u16, column: u16) -> Said {
    Said::Report(Report::Cursor { row, column })
}

fn attributes(sixel: bool) -> Said {
    Said::Report(Report::Attributes { sixel })
}

fn named(name: &str) -> Said {
    Said::Report(Report::Name(name.into()))
}

fn background(light: bool) -> Said {
    Said::Report(Report::Background { light })
}

fn graphics(image: u32, works: bool) -> Said {
    Said::Report(Report::Graphics { image, works })
}

#[test]
fn one_sequence_is_one_key() {
    for (bytes, code, modifiers) in [
        ("a", KeyCode::Char('a'), NONE),
        ("A", KeyCode::Char('A'), SHIFT),
        (" ", KeyCode::Char(' '), NONE),
        ("样", KeyCode::Char('样'), NONE),
        ("\u{1f600}", KeyCode::Char('\u{1f600}'), NONE),
        ("\r", KeyCode::Enter, NONE),
        ("\n", KeyCode::Char('j'), CTRL),
        ("\t", KeyCode::Tab, NONE),
        ("\x7f", KeyCode::Backspace, NONE),
        ("\x03", KeyCode::Char('c'), CTRL),
        ("\x1f", KeyCode::Char('7'), CTRL),
        ("\0", KeyCode::Char(' '), CTRL),
        ("\x1b", KeyCode::Esc, NONE),
        ("\x1ba", KeyCode::Char('a'), ALT),
        ("\x1b样", KeyCode::Char('样'), ALT),
        ("\x1bA", KeyCode::Char('A'), ALT | SHIFT),
        ("\x1b\r", KeyCode::Enter, ALT),
        ("\x1b_", KeyCode::Char('_'), ALT),
        ("\x1bP", KeyCode::Char('P'), ALT | SHIFT),
        ("\x1bp", KeyCode::Char('p'), ALT),
        ("\x1b\\", KeyCode::Char('\\'), ALT),
        ("\x1b[A", KeyCode::Up, NONE),
        ("\x1bOB", KeyCode::Down, NONE),
        ("\x1b[1;3C", KeyCode::Right, ALT),
        ("\x1b[1;6D", KeyCode::Left, SHIFT | CTRL),
        ("\x1b[H", KeyCode::Home, NONE),
        ("\x1b[4~", KeyCode::End, NONE),
        ("\x1b[3;5~", KeyCode::Delete, CTRL),
        ("\x1b[5~", KeyCode::PageUp, NONE),
        ("\x1b[6~", KeyCode::PageDown, NONE),
        ("\x1b[Z", KeyCode::BackTab, SHIFT),
        ("\x1bOP", KeyCode::F(1), NONE),
        ("\x1b[[E", KeyCode::F(5), NONE),
        ("\x1b[1;2S", KeyCode::F(4), SHIFT),
        ("\x1b[15~", KeyCode::F(5), NONE),
        ("\x1b[21~", KeyCode::F(10), NONE),
        ("\x1b[24~", KeyCode::F(12), NONE),
        ("\x1b[34~", KeyCode::F(20), NONE),
        ("\x1b[97;5u", KeyCode::Char('a'), CTRL),
        ("\x1b[32;2u", KeyCode::Char(' '), SHIFT),
        ("\x1b[9;2u", KeyCode::BackTab, SHIFT),
        ("\x1b[27;5;13~", KeyCode::Enter, CTRL),
    ] {
        assert_eq!(read(bytes.as_bytes()), [key(code, modifiers)], "{bytes:?}");
    }
}

#[test]
fn what_is_no_key_is_told_as_what_it_is() {
    let mouse =
        |kind, column, row, modifiers| Said::Event(Event::Mouse(MouseEvent { kind, column, row, modifiers }));
    let held = Said::Event(Event::Key(KeyEvent::new_with_kind(KeyCode::Up, NONE, KeyEventKind::Repeat)));
    for (bytes, expected) in [
        ("\x1b[24;3R", cursor(24, 3)),
        ("\x1b[?62;22c", attributes(false)),
        ("\x1b[?6c", attributes(false)),
        ("\x1b[?62;1;4;22c", attributes(true)),
        ("\x1b[?1;2;4c", attributes(true)),
        // A VT132 with options, which draws no sixels.
        ("\x1b[?4;6c", attributes(false)),
        ("\x1b[?62;44c", attributes(false)),
        ("\x1b[6;20;10t", Said::Report(Report::Cell { width: 10, height: 20 })),
        ("\x1b[4;800;1252t", Said::Report(Report::Window { width: 1252, height: 800 })),
        ("\x1b[?2;0;1000;720S", Said::Report(Report::LargestSixel { width: 1000, height: 720 })),
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", background(true)),
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x07", background(false)),
        ("\x1b]11;rgb:f/f/f\x07", background(true)),
        ("\x1bP>|kitty(0.36.4)\x1b\\", named("kitty(0.36.4)")),
        ("\x1bP>| 样例 1.0 \x1b\\", named("样例 1.0")),
        ("\x1b_Gi=31;OK\x1b\\", graphics(31, true)),
        ("\x1b_Gi=31,p=2;ENOTSUPPORTED:样例\x1b\\", graphics(31, false)),
        ("\x1b_GI=9,i=4294967295;OK\x1b\\", graphics(u32::MAX, true)),
        ("\x1b[200~样例\ra\x1b[201~", Said::Event(Event::Paste("样例\ra".into()))),
        ("\x1b[200~\x1b[A\x1b[201~", Said::Event(Event::Paste("\x1b[A".into()))),
        ("\x1b[I", Said::Event(Event::FocusGained)),
        ("\x1b[1;1:2A", held),
        ("\x1b[<0;5;3M", mouse(MouseEventKind::Down(MouseButton::Left), 4, 2, NONE)),
        ("\x1b[<2;1;1m", mouse(MouseEventKind::Up(MouseButton::Right), 0, 0, NONE)),
        ("\x1b[<81;10;10M", mouse(MouseEventKind::ScrollDown, 9, 9, CTRL)),
        ("\x1b[<32;10;10M", mouse(MouseEventKind::Drag(MouseButton::Left), 9, 9, NONE)),
    ] {
        assert_eq!(read(bytes.as_bytes()), [expected], "{bytes:?}");
    }
}

#[test]
fn garbage_is_no_key_and_hides_none() {
    for garbage in [
        "\x1b[R",
        "\x1b[;R",
        "\x1b[0;0R",
        "\x1b[5;R",
        "\x1b[99999;2R",
        "\x1b[1;2;3R",
        "\x1b[?c",
        "\x1b[?2026;2$y",
        "\x1b[12345~",
        "\x1b[1;0A",
        "\x1b[57441;1u",
        "\x1b[<0;;1M",
        "\x1b[M !!",
        "\x1b[12",
        "\x1b[6;0;10t",
        "\x1b[6;20t",
        "\x1b[8;24;80t",
        "\x1b[4;0;10t",
        "\x1b[?2;1;0S",
        "\x1b[?2;0;1000S",
        "\x1b[?1;0;256S",
        "\x1b]11;?\x1b\\",
        "\x1b]11;rgb:zz/00/00\x07",
        "\x1b]11;rgb:00/00/00/00\x07",
        "\x1b]11;rgb:\x07",
        "\x1b]4;1;rgb:00/00/00\x1b\\",
        "\x1b]52;c;5qC3\x07",
        "\x1bP1$r0m\x1b\\",
        "\x1bP!|00000000\x1b\\",
        "\x1bP>|\x1b\\",
        "\x1b_Gi=;OK\x1b\\",
        "\x1b_Gi=99999999999;OK\x1b\\",
        "\x1b_GOK\x1b\\",
        // Torn by what comes next.
        "\x1b_Gi=31;O",
        "\x1bP>|kit",
    ] {
        let mut parser = Parser::default();
        let said = parser.take(format!("{garbage}\x1b[24;2Rk").as_bytes());
        assert_eq!(said, [cursor(24, 2), key(KeyCode::Char('k'), NONE)], "{garbage:?}");
    }
    assert_eq!(read(b"\xff\xc3a\xe6\xa0k"), [key(KeyCode::Char('a'), NONE), key(KeyCode::Char('k'), NONE)]);
    let flood = [b"\x1b[".as_slice(), &[b'1'; 200], b"kk"].concat();
    assert_eq!(read(&flood).last(), Some(&key(KeyCode::Char('k'), NONE)));
}

#[test]
fn an_escape_is_the_key_when_nothing_follows() {
    let esc = key(KeyCode::Esc, NONE);
    assert_eq!(read(b"\x1b\x1b"), [esc.clone(), esc.clone()]);
    assert_eq!(read(b"\x1b\x1b[A"), [esc, key(KeyCode::Up, NONE)]);
    let mut parser = Parser::default();
    assert_eq!(parser.take(b"\x1b"), []);
    assert!(parser.has_lone_escape());
    assert_eq!(parser.take(b"[24;2R"), [cursor(24, 2)], "an answer that came in two pieces");
    assert_eq!(parser.pause(), None);
}

#[test]
fn a_lone_introducer_is_a_key_and_eats_none() {
    for (bytes, code, modifiers) in [
        ("\x1b[", '[', ALT),
        ("\x1bO", 'O', ALT | SHIFT),
        ("\x1bP", 'P', ALT | SHIFT),
        ("\x1b_", '_', ALT),
        ("\x1b]", ']', ALT),
    ] {
        let mut parser = Parser::default();
        assert_eq!(parser.take(bytes.as_bytes()), []);
        assert!(parser.has_lone_introducer());
        assert_eq!(parser.pause(), Some(key(KeyCode::Char(code), modifiers)), "{bytes:?}");
        assert_eq!(parser.take(b"k"), [key(KeyCode::Char('k'), NONE)], "{bytes:?}");
    }
}

/// Alt+_ and Alt+Shift+P with other keys behind them in the same read.
#[test]
fn keys_behind_what_begins_a_string_are_keys() {
    let k = key(KeyCode::Char('k'), NONE);
    assert_eq!(read(b"\x1b_k"), [key(KeyCode::Char('_'), ALT), k.clone()]);
    assert_eq!(read(b"\x1b]k"), [key(KeyCode::Char(']'), ALT), k.clone()]);
    assert_eq!(read(b"\x1bPk"), [key(KeyCode::Char('P'), ALT | SHIFT), k]);
    assert_eq!(read(b"\x1b_\r"), [key(KeyCode::Char('_'), ALT), key(KeyCode::Enter, NONE)]);
}

#[test]
fn a_string_is_no_text_and_none_is_no_harm() {
    // Bytes that are no UTF-8, and one that is the end of a string in eight bits: part of it, and of no answer.
    assert_eq!(read(b"\x1bP>|\xe6\xa0\xff\x9c\x1b\\k"), [key(KeyCode::Char('k'), NONE)]);
    let long = format!("\x1bP>|{}\x1b\\", "x".repeat(200));
    assert_eq!(read(long.as_bytes()), [named(&"x".repeat(60))]);
}

#[test]
fn a_string_without_an_end_is_given_up() {
    let (enter, k) = (key(KeyCode::Enter, NONE), key(KeyCode::Char('k'), NONE));
    for torn in ["\x1b_Gi=31;O", "\x1bP>|kitty"] {
        let mut parser = Parser::default();
        assert_eq!(parser.take(torn.as_bytes()), []);
        assert_eq!(parser.pause(), None);
        assert!(parser.is_in_string());
        assert_eq!(parser.give_up(), None);
        assert!(!parser.is_in_string());
        assert_eq!(parser.take(b"k"), std::slice::from_ref(&k));

        parser.take(torn.as_bytes());
        assert_eq!(parser.take(b"\r"), std::slice::from_ref(&enter), "a control key");
        parser.take(torn.as_bytes());
        assert_eq!(parser.take(b"\x1b"), []);
        assert_eq!(parser.pause(), None, "its end may follow");
        assert_eq!(parser.give_up(), Some(key(KeyCode::Esc, NONE)));
    }
}

/// However long, it is read once, kept nowhere, and none of it is typed.
#[test]
fn a_flood_in_a_string_is_dropped() {
    for (ends, then) in [
        ("\x07k", vec![key(KeyCode::Char('k'), NONE)]),
        ("\x1b\\k", vec![key(KeyCode::Char('k'), NONE)]),
        ("\x1b[A", vec![key(KeyCode::Up, NONE)]),
    ] {
        let mut parser = Parser::default();
        parser.take(b"\x1b_Gi=31;");
        for _ in 0..10_000 {
            assert_eq!(parser.take("样例OK".repeat(7).as_bytes()), []);
            assert!(parser.pending.len() <= string::LONGEST_STRING);
        }
        assert!(parser.is_in_string());
        assert_eq!(parser.take(ends.as_bytes()), then);
        assert!(!parser.is_in_string());
    }
    let mut parser = Parser::default();
    parser.take(format!("\x1bP>|{}", "x".repeat(999)).as_bytes());
    assert_eq!(parser.give_up(), None);
    assert_eq!(parser.take(b"k"), [key(KeyCode::Char('k'), NONE)]);
}

fn paste(text: &str) -> Said {
    Said::Event(Event::Paste(text.into()))
}

#[test]
fn a_paste_without_an_end_is_given_up() {
    let control_c = key(KeyCode::Char('c'), CTRL);
    let mut parser = Parser::default();
    assert_eq!(parser.take("\x1b[200~样例\x1b[20".as_bytes()), []);
    assert_eq!(parser.take(b"\x03"), [], "without a pause it is the paste's");
    assert_eq!(parser.pause(), None);
    assert!(parser.is_pasting());
    assert_eq!(parser.give_up(), Some(paste("样例\x1b[20\x03")));
    assert_eq!(parser.give_up(), None);
    assert_eq!(parser.take(b"k"), [key(KeyCode::Char('k'), NONE)]);

    parser.take(b"\x1b[200~a");
    assert_eq!(parser.pause(), None);
    assert_eq!(parser.take(b"\x03b"), [], "not alone: the paste's");
    assert_eq!(parser.pause(), None);
    assert_eq!(parser.take(b"\x03"), [paste("a\x03b"), control_c]);
    assert!(!parser.is_pasting());
    assert_eq!(parser.take(b"\x1b[201~k"), [key(KeyCode::Char('k'), NONE)], "an end that came too late");
}

#[test]
fn a_paste_keeps_so_much_and_is_read_once() {
    let mut parser = Parser::default();
    parser.take(b"\x1b[200~");
    // Ten times the limit, in reads of odd lengths; read anew at every read, this would not end.
    let part = "样例".repeat(341);
    for _ in 0..10 * paste::MOST / part.len() {
        assert_eq!(parser.take(part.as_bytes()), []);
        assert!(parser.pending.is_empty());
    }
    let said = parser.take(b"\x1b[201~k");
    let [Said::Event(Event::Paste(text)), last] = &said[..] else { panic!("{} things", said.len()) };
    assert_eq!(last, &key(KeyCode::Char('k'), NONE));
    assert!(text.len() <= paste::MOST && text.len() > paste::MOST - 3, "{}", text.len());
    assert!(text.chars().all(|c| "样例".contains(c)), "no character is cut");
}

/// Whole sequences and characters, as a terminal sends them.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        "[ -~样例…]".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "\x1b[A",
            "\x1b[24;2R",
            "\x1b[?62c",
            "\x1b[15~",
            "\x1bOP",
            "\x1b_Gi=31;OK\x1b\\",
            "\x1bP>|样例 1.0\x1b\\",
            "\x1b]11;rgb:ff/ff/ff\x07",
            "\x1b]11;rgb:ff/ff/ff\x1b\\",
            "\x1b[200~样 k\x1b[201~"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// However the line cuts what was sent, the same is read.
    #[test]
    fn where_the_reads_end_does_not_matter(bytes in input(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5)) {
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        ends.sort_unstable();
        ends.push(bytes.len());
        let mut parser = Parser::default();
        let (mut said, mut from) = (Vec::new(), 0);
        for end in ends {
            said.extend(parser.take(&bytes[from..end]));
            from = end;
        }
        prop_assert_eq!(said, Parser::default().take(&bytes));
        prop_assert_eq!(parser.pending, Vec::<u8>::new());
    }

    /// Nothing that a terminal sends is a panic, or stops what is typed later.
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assume!(!bytes.windows(6).any(|window| window == Paste::BEGINS));
        let mut parser = Parser::default();
        parser.take(&bytes);
        parser.take(&[b'1'; LONGEST_SEQUENCE]);
        if parser.is_in_string() {
            parser.give_up();
        }
        let said = parser.take("kk样".as_bytes());
        prop_assert_eq!(said.last(), Some(&key(KeyCode::Char('样'), NONE)));
    }
}
