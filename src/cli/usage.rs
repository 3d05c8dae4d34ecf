//! What was typed wrongly, in the reader's language: clap finds the fault, its sentences are ours.

use std::io::{self, IsTerminal, Write};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::error::Exit;
use super::help::usage_words;
use super::output::Colour;
use crate::domain::message::{Lang, Message};
use crate::domain::safe::safe;

/// Shows help or version on standard output, or tells what is wrong on standard error.
pub fn tell(error: &clap::Error, lang: Lang, colour: Colour) -> Exit {
    if error.use_stderr() {
        let mut out = io::stderr();
        let coloured = colour.wanted(out.is_terminal());
        // Where standard error is closed, the exit code is all that is left to tell.
        let _told = write!(out, "{}", explained(error, lang, coloured));
        return Exit::Usage;
    }
    let mut out = io::stdout();
    let shown = error.render();
    let shown = if colour.wanted(out.is_terminal()) { shown.ansi().to_string() } else { shown.to_string() };
    // Nobody reads it any more: as good as done.
    let _shown = write!(out, "{}", usage_words(&shown, lang));
    Exit::Done
}

/// The lines: what is wrong, what it should be, and how the command is used.
fn explained(error: &clap::Error, lang: Lang, coloured: bool) -> String {
    let mut lines = vec![what(error)];
    lines.extend(expected(error));
    let similar = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(names) = similar.into_iter().find_map(|kind| context(error, kind)) {
        lines.push(Message::new("cli.usage_similar").with("names", safe(&names)));
    }
    if let Some(usage) = usage(error) {
        let command: Vec<&str> = usage.split(' ').take_while(|word| is_command(word)).collect();
        let help = Message::new("cli.usage_help").with("command", command.join(" "));
        lines.push(Message::new("cli.usage_line").with("usage", safe(&usage_words(&usage, lang))));
        lines.push(help);
    }
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let start = if at > 0 { "  ".to_owned() } else { format!("{} ", error_mark(coloured)) };
        text.push_str(&format!("{start}{}\n", line.text(lang)));
    }
    text
}

/// What stands before an error.
pub fn error_mark(coloured: bool) -> &'static str {
    if coloured { "\u{1b}[1;31mheyan:\u{1b}[0m" } else { "heyan:" }
}

fn what(error: &clap::Error) -> Message {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue);
    let about = |id: &str| Message::new(id).with("argument", safe(&argument));
    match error.kind() {
        ErrorKind::InvalidValue if value.as_deref().is_none_or(str::is_empty) => about("cli.usage_no_value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::TooManyValues => {
            about("cli.usage_bad_value").with("value", safe(&value.unwrap_or_default()))
        }
        ErrorKind::UnknownArgument => about("cli.usage_unknown_argument"),
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            Message::new("cli.usage_unknown_command").with("command", safe(&name))
        }
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            Some(other) if other != argument => about("cli.usage_conflict").with("other", safe(&other)),
            _ => about("cli.usage_twice"),
        },
        ErrorKind::MissingRequiredArgument => about("cli.usage_missing"),
        ErrorKind::InvalidUtf8 => Message::new("cli.usage_not_utf8"),
        // Nothing that can be typed leads here today: no argument takes a fixed number of values.
        kind => Message::new("cli.usage_other").with("detail", kind),
    }
}

/// What a value should have been.
fn expected(error: &clap::Error) -> Option<Message> {
    if let Some(values) = context(error, ContextKind::ValidValue).filter(|values| !values.is_empty()) {
        return Some(Message::new("cli.usage_allowed").with("values", values));
    }
    if error.kind() == ErrorKind::TooManyValues {
        return Some(Message::new("cli.usage_expected_none"));
    }
    if error.kind() != ErrorKind::ValueValidation {
        return None;
    }
    if context(error, ContextKind::InvalidArg).is_some_and(|argument| argument.ends_with("<DAY>")) {
        return Some(Message::new("cli.usage_expected_day"));
    }
    let detail = std::error::Error::source(error)?.to_string();
    // clap's ranges: `0 is not in 1..=10000`.
    let range = detail.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    Some(match range {
        Some((least, most)) => {
            Message::new("cli.config_expected_range").with("least", least).with("most", most)
        }
        None if detail.contains("digit") => Message::new("cli.usage_expected_number"),
        None => Message::new("cli.usage_other").with("detail", safe(&detail)),
    })
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}

/// The usage line without its heading.
fn usage(error: &clap::Error) -> Option<String> {
    let ContextValue::StyledStr(usage) = error.get(ContextKind::Usage)? else { return None };
    let usage = usage.to_string();
    let line = usage.strip_prefix("Usage:").unwrap_or(&usage);
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn is_command(word: &str) -> bool {
    !word.starts_with('-') && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::parse;

    fn explain(words: &[&str], lang: Lang) -> String {
        let error = parse(std::iter::once("heyan").chain(words.iter().copied()).map(Into::into), lang);
        explained(&error.expect_err(&words.join(" ")), lang, false)
    }

    #[test]
    fn every_fault_is_told_in_both_languages() {
        for (words, zh, en) in [
            (
                &["queue", "--limt", "5"][..],
                &["不认识的参数：--limt", "相近的有：--limit", "heyan queue", "heyan queue --help"][..],
                &["unknown argument: --limt", "similar: --limit"][..],
            ),
            (&["qeue"], &["没有 qeue 这个命令", "相近的有：queue"], &["there is no command qeue", "queue"]),
            (&["queue", "--state", "gone"], &["gone", "可用的值", "work"], &["gone", "allowed", "work"]),
            (&["queue", "--limit"], &["--limit", "需要一个值"], &["--limit", "needs a value"]),
            (&["queue", "--limit", "0"], &["应在 1 到 10000 之间"], &["from 1 to 10000"]),
            (&["queue", "--limit", "few"], &["few", "整数"], &["few", "whole number"]),
            (&["export", "--format", "csv", "--day", "2026-13-01"], &["2026-13-01", "日期"], &["a day"]),
            (
                &["decide", "D-1", "--pass", "--escalate"],
                &["--pass", "--escalate", "不能同时"],
                &["together"],
            ),
            (&["decide", "D-1", "--pass", "--pass"], &["--pass", "只能写一次"], &["once"]),
            (&["export", "--format", "csv"], &["缺少", "--day"], &["missing", "--day"]),
            (&["show"], &["缺少", "<FILING>"], &["missing", "<FILING>"]),
            (&["show", "D-1", "D-2"], &["不认识的参数：D-2"], &["unknown argument: D-2"]),
            (&["verify", "--json=yes"], &["yes", "不带值"], &["yes", "takes no value"]),
        ] {
            let said = explain(words, Lang::Zh);
            assert!(zh.iter().all(|word| said.contains(word)), "{words:?}: {said}");
            for english in ["unexpected", "error", "Usage", "tip", "For more", "provided", "OPTIONS"] {
                assert!(!said.contains(english), "{english}: {said}");
            }
            let said = explain(words, Lang::En);
            assert!(en.iter().all(|word| said.contains(word)), "{words:?}: {said}");
            assert!(!said.contains(|c| ('\u{3000}'..='\u{ffff}').contains(&c)), "{said}");
        }
    }

    #[test]
    fn what_was_typed_cannot_draw_on_the_terminal() {
        let said = explain(&["--\u{1b}[31mred"], Lang::Zh);
        assert!(!said.contains('\u{1b}') && said.contains("<U+001B>"), "{said}");
    }
}
