//! What can be typed after `heyan`: the contract with operators' scripts.
//!
//! Help stands in the catalogue (`cli.about_*`, `cli.arg_*`) and is laid over the commands here, so that it speaks
//! the reader's language.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::output::Colour;
use super::{check, decide, demo, export, import, policy, queue, show, withdraw};
use crate::domain::message::{Lang, text};

#[derive(Debug, Parser)]
#[command(name = "heyan", version, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
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

#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(demo::Arguments),
    Import(import::Arguments),
    Check(check::Arguments),
    Queue(queue::Arguments),
    Show(show::Arguments),
    Review,
    Decide(decide::Arguments),
    Withdraw(withdraw::Arguments),
    Export(export::Arguments),
    Policy(policy::Arguments),
    Verify,
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

/// Reads the arguments; help and usage errors are clap's to show.
pub fn parse(arguments: impl IntoIterator<Item = OsString>, lang: Lang) -> Result<Arguments, clap::Error> {
    let mut command = localised(Arguments::command(), "", lang);
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

/// The language of a word of the command line.
pub fn lang_of(word: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang_name(*lang) == word)
}

fn localised(command: clap::Command, prefix: &str, lang: Lang) -> clap::Command {
    let about = if prefix.is_empty() { "cli.about".to_owned() } else { format!("cli.about_{prefix}") };
    let mut command =
        if command.is_hide_set() { command } else { command.about(text(lang, &about).to_owned()) };
    command = command.mut_args(|argument| {
        let id = help_id(prefix, argument.get_id().as_str());
        let global = argument.is_global_set();
        let argument = argument.help(text(lang, &id).to_owned());
        if global { argument.help_heading(text(lang, "cli.heading_global")) } else { argument }
    });
    command.mut_subcommands(|subcommand| {
        let name = inner_prefix(prefix, subcommand.get_name());
        localised(subcommand, &name, lang)
    })
}

/// `policy_set` for `set` inside `policy`.
fn inner_prefix(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}_{name}") }
}

fn help_id(prefix: &str, argument: &str) -> String {
    if prefix.is_empty() { format!("cli.arg_{argument}") } else { format!("cli.arg_{prefix}_{argument}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::known;

    #[test]
    fn the_commands_are_sound() {
        Arguments::command().debug_assert();
    }

    fn help_has_words(command: &clap::Command, prefix: &str) {
        for argument in command.get_arguments() {
            assert!(known(&help_id(prefix, argument.get_id().as_str())), "{prefix} {argument}");
        }
        for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
            let name = inner_prefix(prefix, subcommand.get_name());
            assert!(known(&format!("cli.about_{name}")), "{name}");
            help_has_words(subcommand, &name);
        }
    }

    #[test]
    fn everything_that_help_shows_has_words() {
        help_has_words(&Arguments::command(), "");
    }

    #[test]
    fn an_option_is_seen_before_parsing() {
        let words: Vec<OsString> =
            ["heyan", "queue", "--lang=en", "--config", "a.toml"].map(Into::into).into();
        assert_eq!(peek(&words, "--lang").as_deref(), Some("en"));
        assert_eq!(peek(&words, "--config").as_deref(), Some("a.toml"));
        assert_eq!(peek(&words, "--workspace"), None);
    }
}
