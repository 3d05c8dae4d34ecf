//! The terminal: what it calls itself, how large it is, what it can draw.

use std::env::var;
use std::io::{IsTerminal, stdout};

use super::{Line, display};
use crate::cli::review;
use crate::config::{ImageMode, Images};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::runtime::measure;
use crate::runtime::probe::Probe;
use crate::runtime::terminal::{cell, size};

/// The smallest screen that the desk works on, in columns and rows.
const SMALLEST: (u16, u16) = (80, 24);

pub fn examine(images: &Images) -> Vec<Line> {
    let mut lines = vec![name(), locale(), colours()];
    if stdout().is_terminal() {
        lines.extend(size_of_screen());
    }
    if review::terminal() {
        lines.extend(answers(images.mode));
    } else {
        lines.push(Line::pass("width", Message::new("cli.doctor_not_a_terminal")));
        lines.push(display::not_asked());
    }
    lines
}

fn set(name: &str) -> Option<String> {
    var(name).ok().filter(|value| !value.is_empty())
}

fn name() -> Line {
    let term = set("TERM").unwrap_or_default();
    let within = [("TMUX", "tmux"), ("STY", "screen"), ("ZELLIJ", "zellij"), ("SSH_CONNECTION", "ssh")];
    let within: Vec<&str> =
        within.into_iter().filter(|(variable, _)| set(variable).is_some()).map(|(_, name)| name).collect();
    let found = |id: &str| Message::new(id).with("term", safe(&term)).with("within", within.join(", "));
    match term.as_str() {
        "" | "dumb" => Line::warn("terminal", found("cli.doctor_term"), "cli.doctor_term_advice"),
        _ if within.is_empty() => Line::pass("terminal", found("cli.doctor_term")),
        _ => Line::pass("terminal", found("cli.doctor_term_within")),
    }
}

/// The first that is set decides (POSIX, 8.2).
fn locale() -> Line {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_else(|| "C".to_owned());
    let found = Message::new("cli.doctor_locale").with("locale", safe(&locale));
    if is_utf8(&locale) {
        Line::pass("locale", found)
    } else {
        Line::warn("locale", found, "cli.doctor_locale_advice")
    }
}

fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

fn colours() -> Line {
    if set("NO_COLOR").is_some() {
        return Line::pass("colours", Message::new("cli.doctor_no_color"));
    }
    let many = matches!(set("COLORTERM").as_deref(), Some("truecolor" | "24bit"))
        || set("TERM").is_some_and(|term| term.ends_with("-direct"));
    if many {
        Line::pass("colours", Message::new("cli.doctor_colours"))
    } else {
        Line::warn("colours", Message::new("cli.doctor_colours_unknown"), "cli.doctor_colours_advice")
    }
}

fn size_of_screen() -> Option<Line> {
    let (columns, rows) = size().ok()?;
    let found = Message::new("cli.doctor_size").with("columns", columns).with("rows", rows);
    Some(if columns < SMALLEST.0 || rows < SMALLEST.1 {
        Line::fail("size", found, "cli.doctor_size_advice")
    } else {
        Line::pass("size", found)
    })
}

/// What the terminal answers.
fn answers(mode: ImageMode) -> Vec<Line> {
    let surroundings = review::surroundings();
    let mut probe = Probe::whole(mode, &surroundings, cell());
    if let Err(error) = measure::ask(&mut probe) {
        let found = Message::new("cli.desk_failed").with("cause", error);
        return vec![Line::fail("width", found, "cli.no_terminal_hint")];
    }
    let (facts, answered) = (probe.facts(), probe.is_answered());
    vec![width(facts.wide, answered), display::judged(mode, surroundings.multiplexer, facts, answered)]
}

fn width(wide: bool, answered: bool) -> Line {
    match (answered, wide) {
        (true, false) => Line::pass("width", Message::new("cli.doctor_narrow")),
        (true, true) => Line::pass("width", Message::new("cli.doctor_wide")),
        (false, _) => Line::warn("width", Message::new("cli.doctor_silent"), "cli.doctor_silent_advice"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_utf8;

    #[test]
    fn locales() {
        for (locale, utf8) in [
            ("zh_CN.UTF-8", true),
            ("en_US.utf8", true),
            ("C.UTF-8", true),
            ("zh_CN.GBK", false),
            ("C", false),
        ] {
            assert_eq!(is_utf8(locale), utf8, "{locale}");
        }
    }
}
