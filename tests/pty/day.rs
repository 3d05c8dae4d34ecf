//! A reviewer's day: from the two words `heyan demo` to the file that somebody else can use.

use std::collections::BTreeMap;

use heyan::cli::demo_pack::{self, Earlier, Expectation};

use super::home::Home;

/// Verdict and reasons of every decision, by filing, in the order in which they were made.
type Decisions = BTreeMap<String, Vec<(String, String, String)>>;

fn exported(csv: &[u8]) -> Decisions {
    let text = csv.strip_prefix(b"\xef\xbb\xbf").expect("a byte-order mark, for Excel");
    let mut reader = csv::Reader::from_reader(text);
    let mut decisions = Decisions::new();
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let mut row = row.unwrap();
        let mut take = |name| row.remove(name).unwrap_or_else(|| panic!("no column {name}"));
        let filing = take("filing");
        decisions.entry(filing).or_default().push((take("verdict"), take("state"), take("reasons")));
    }
    decisions
}

#[test]
fn a_day_from_the_demo_to_the_exported_file() {
    let home = Home::empty();
    let mut desk = home.terminal(&["demo"], (120, 40), &[]);
    let planted = demo_pack::expectations().unwrap();
    let mut expected = Decisions::new();
    let put_off = |planted: &Expectation| matches!(planted.earlier, Some(Earlier::Hold(_)));
    for (filing, planted) in planted.iter().filter(|(_, planted)| !put_off(planted)) {
        desk.opens(filing);
        let reasons: Vec<String> = planted.expect.iter().map(ToString::to_string).collect();
        let (done, verdict, reasons) = match filing.as_str() {
            "D-1004" => {
                assert_eq!(desk.pass(), "D-1004");
                desk.withdraw_latest();
                desk.opens("D-1004");
                expected.entry(filing.clone()).or_default().push((
                    "pass".into(),
                    "withdrawn".into(),
                    String::new(),
                ));
                (desk.pass(), "pass", String::new())
            }
            "D-1007" => (desk.hold(), "hold", String::new()),
            // What is only doubted goes to somebody who can ask.
            _ if reasons.is_empty() && !planted.clean() => (desk.hold(), "hold", String::new()),
            "D-1010" => (desk.escalate("现场照片中的人与负责人不一致"), "escalate", String::new()),
            _ if reasons.is_empty() => (desk.pass(), "pass", String::new()),
            _ => (desk.fail_as_proposed(), "fail", reasons.join(" ")),
        };
        assert_eq!(done, *filing);
        expected.entry(filing.clone()).or_default().push((verdict.into(), "cooling".into(), reasons));
    }
    desk.shows("队列已空");
    desk.leave();
    gave_the_terminal_back(&desk);

    let file = home.path("day.csv");
    let day = home.day.to_string();
    home.done(&["export", "--day", &day, "--format", "csv", "--out", file.to_str().unwrap()]);
    let mut found = exported(&std::fs::read(file).unwrap());
    // Flagged reasons wait for a second reviewer; which they are is the catalogue's business, not this test's.
    for decision in found.values_mut().flatten().filter(|decision| decision.1 == "second_review") {
        decision.1 = "cooling".into();
    }
    assert_eq!(found, expected);
    home.verify();
}

/// Nothing of the desk stays behind: neither modes nor a hidden cursor, and the shell's own screen is back.
#[track_caller]
fn gave_the_terminal_back(desk: &super::terminal::Terminal) {
    desk.look(|screen| {
        let written = String::from_utf8_lossy(&screen.written);
        for (taken, given) in [
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?2004h", "\x1b[?2004l"),
            ("\x1b[?25l", "\x1b[?25h"),
            ("\x1b[?2026h", "\x1b[?2026l"),
        ] {
            assert!(written.rfind(given) > written.rfind(taken), "{taken:?} was taken last");
        }
        let screen = screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!screen.application_cursor() && !screen.application_keypad());
    });
}
