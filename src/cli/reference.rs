//! The commands and options as a section of `docs/cli.md`, made from the definitions so that the page cannot drift.

use std::fmt::Write;

use clap::{Arg, Command};

use super::help::definitions;
use crate::domain::message::Lang;

/// The section, without its heading.
pub fn reference() -> String {
    let (mut zh, mut en) = (definitions(Lang::Zh), definitions(Lang::En));
    zh.build();
    en.build();
    let mut page = String::new();
    // Writing to a string cannot fail.
    let mut table = |heading: &str, zh: &Command, en: &Command, global: bool| {
        let _ = write!(page, "### {heading}\n\n");
        if !global {
            let about = |command: &Command| command.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = write!(page, "{}：{}\n\n", about(zh), about(en));
        }
        let mut rows = zh.get_arguments().zip(en.get_arguments()).filter(|(argument, _)| {
            argument.is_global_set() == global && !matches!(argument.get_id().as_str(), "help" | "version")
        });
        let Some(first) = rows.next() else { return };
        page.push_str("| argument | 作用 | what it does |\n|---|---|---|\n");
        for (zh, en) in std::iter::once(first).chain(rows) {
            let _ = writeln!(page, "| `{}` | {} | {} |", written(zh), help(zh), help(en));
        }
        page.push('\n');
    };
    table("every command", &zh, &en, true);
    for (zh, en) in zh.get_subcommands().zip(en.get_subcommands()) {
        table(&format!("`heyan {}`", zh.get_name()), zh, en, false);
    }
    page
}

/// An argument as help writes it, safe in a table.
fn written(argument: &Arg) -> String {
    let mut argument = argument.clone();
    // The brackets of an argument that may be left out belong to the usage line.
    argument = argument.required(true);
    argument.to_string().replace('|', "\\|")
}

fn help(argument: &Arg) -> String {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    help.replace('\n', " ").replace('|', "\\|")
}
