//! What can be typed after `heyan`: the contract with operators' scripts.
//!
//! Not here: the words of the help (`help`), and of what was typed wrongly (`usage`).

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::help::definitions;
use super::output::Colour;
use super::{check, completions, decide, demo, export, gather, import, man, policy, queue, show, withdraw};
use crate::domain::message::Lang;

#[derive(Debug, Parser)]
#[command(name = "heyan", version, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Any>,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    #[arg(long, global = true, value_name = "DIR", env = "HEYAN_WORKSPACE", hide_env = true)]
    pub workspace: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "NAME")]
    pub reviewer: Option<String>,
    #[arg(long, global = true, value_name = "zh|en", value_parser = named(&Lang::ALL, lang_name), hide_possible_values = true)]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
    #[arg(long, global = true)]
    pub json: bool,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Any {
    #[command(flatten)]
    Command(Command),
    /// Needs no sound settings.
    Doctor,
}

/// What needs settings, a reviewer and reasons.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(demo::Arguments),
    Import(import::Arguments),
    Gather(gather::Arguments),
    Check(check::Arguments),
    Queue(queue::Arguments),
    Show(show::Arguments),
    Review,
    Decide(decide::Arguments),
    Withdraw(withdraw::Arguments),
    Export(export::Arguments),
    Policy(policy::Arguments),
    Verify,
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Reads one of a closed list of words.
pub fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(move |value| name(*value))).try_map(move |word| {
        all.iter().copied().find(|value| name(*value) == word).ok_or_else(|| format!("`{word}` is not known"))
    })
}

const fn lang_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// Reads the arguments. Help and version are errors, too.
pub fn parse(arguments: impl IntoIterator<Item = OsString>, lang: Lang) -> Result<Arguments, clap::Error> {
    let mut command = definitions(lang);
    let matches = command.try_get_matches_from_mut(arguments)?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// A global option's value before anything is parsed: the language of the help, and the file that may set it.
pub fn peek(arguments: &[OsString], option: &str) -> Option<String> {
    let mut rest = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = rest.next() {
        match argument.strip_prefix(option) {
            Some("") => return rest.next().map(Into::into),
            Some(value) if value.starts_with('=') => return Some(value[1..].to_owned()),
            _ => {}
        }
    }
    None
}

/// When to colour, before anything is parsed.
pub fn peek_colour(arguments: &[OsString]) -> Colour {
    let word = peek(arguments, "--color").unwrap_or_default();
    Colour::from_str(&word, false).unwrap_or(Colour::Auto)
}

/// The language of a word of the command line.
pub fn lang_of(word: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang_name(*lang) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_seen_before_parsing() {
        let words: Vec<OsString> =
            ["heyan", "queue", "--lang=en", "--config", "a.toml"].map(Into::into).into();
        assert_eq!(peek(&words, "--lang").as_deref(), Some("en"));
        assert_eq!(peek(&words, "--config").as_deref(), Some("a.toml"));
        assert_eq!(peek(&words, "--workspace"), None);
    }
}
