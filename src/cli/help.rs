//! The command definitions with their words in one language: what help, completions, man pages and `docs/cli.md` are
//! made from.
//!
//! Words stand in the catalogue (`cli.about_*`, `cli.arg_*`); a test sees that none is missing. Not here: what was typed
//! wrongly (`usage`).

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command, CommandFactory};
use unicode_width::UnicodeWidthStr;

use super::arguments::Arguments;
use crate::domain::message::{Lang, text};

/// Columns beside the names of the arguments: with those, a line has some 80.
const LINE: usize = 60;

/// The whole command line.
pub fn definitions(lang: Lang) -> Command {
    let root = localised(Arguments::command(), "", lang).disable_version_flag(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    root.arg(version.help(text(lang, "cli.arg_version")).help_heading(text(lang, "cli.heading_options")))
}

/// What clap writes of itself into a usage line, in the reader's language.
pub fn usage_words(usage: &str, lang: Lang) -> String {
    usage
        .replace("[OPTIONS]", text(lang, "cli.help_any_options"))
        .replace("[COMMAND]", text(lang, "cli.help_any_command"))
}

fn localised(command: Command, prefix: &str, lang: Lang) -> Command {
    let about = if prefix.is_empty() { "cli.about".to_owned() } else { format!("cli.about_{prefix}") };
    let heading = command.get_styles().get_usage();
    let (style, plain) = (heading.render(), heading.render_reset());
    let usage = text(lang, "cli.heading_usage");
    let template = format!("{{about-with-newline}}\n{style}{usage}:{plain} {{usage}}\n\n{{all-args}}");
    command
        .about(text(lang, &about))
        .help_template(StyledStr::from(template))
        .subcommand_help_heading(text(lang, "cli.heading_commands"))
        .mut_args(|argument| worded(argument, prefix, lang))
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(text(lang, "cli.arg_help"))
                .help_heading(text(lang, "cli.heading_options")),
        )
        .mut_subcommands(|subcommand| {
            let name = inner_prefix(prefix, subcommand.get_name());
            localised(subcommand, &name, lang)
        })
}

/// An argument with its help, which names its default and what else it may be.
fn worded(argument: Arg, prefix: &str, lang: Lang) -> Arg {
    let mut help = text(lang, &help_id(prefix, argument.get_id().as_str())).to_owned();
    let takes_values = argument.get_action().takes_values();
    let mut append = |id: &str, words: Vec<String>| {
        if takes_values && !words.is_empty() {
            let words = format!("[{}: {}]", text(lang, id), words.join(", "));
            let last = help.rsplit('\n').next().unwrap_or_default();
            help.push(if last.width() + words.width() < LINE { ' ' } else { '\n' });
            help.push_str(&words);
        }
    };
    if !argument.is_hide_possible_values_set() {
        let values = argument.get_possible_values();
        append("cli.help_values", values.iter().map(|value| value.get_name().to_owned()).collect());
    }
    if !argument.is_hide_default_value_set() {
        let defaults = argument.get_default_values();
        append("cli.help_default", defaults.iter().map(|it| it.to_string_lossy().into_owned()).collect());
    }
    let heading = match (argument.is_global_set(), argument.is_positional()) {
        (true, _) => "cli.heading_global",
        (false, true) => "cli.heading_arguments",
        (false, false) => "cli.heading_options",
    };
    // They stand in our own words already.
    argument
        .help(help)
        .help_heading(text(lang, heading))
        .hide_possible_values(takes_values)
        .hide_default_value(takes_values)
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
        for lang in Lang::ALL {
            definitions(lang).debug_assert();
        }
    }

    fn help_has_words(command: &Command, prefix: &str) {
        for argument in command.get_arguments() {
            assert!(known(&help_id(prefix, argument.get_id().as_str())), "{prefix} {argument}");
        }
        for subcommand in command.get_subcommands() {
            let name = inner_prefix(prefix, subcommand.get_name());
            assert!(known(&format!("cli.about_{name}")), "{name}");
            help_has_words(subcommand, &name);
        }
    }

    #[test]
    fn everything_that_help_shows_has_words() {
        help_has_words(&Arguments::command(), "");
    }

    /// clap's own words are English in both languages: none may be left in a Chinese help.
    #[test]
    fn chinese_help_has_no_english_words_of_claps() {
        let mut root = definitions(Lang::Zh);
        root.build();
        for command in std::iter::once(&mut root.clone()).chain(root.get_subcommands_mut()) {
            let help = usage_words(&command.render_help().to_string(), Lang::Zh);
            for word in [
                "Usage",
                "Options",
                "Arguments",
                "Commands",
                "OPTIONS",
                "COMMAND",
                "possible",
                "default",
                "Print",
            ] {
                assert!(!help.contains(word), "{word}: {help}");
            }
        }
    }
}
