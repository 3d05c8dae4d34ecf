//! `heyan man [--out DIR]`: man pages from the command definitions, all in one on standard output or a file for each
//! command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use super::error::{CliError, Exit};
use super::help::definitions;
use super::session::Session;
use crate::domain::message::{Lang, Message, text};
use crate::domain::safe::safe;

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    let lang = session.out.lang;
    let mut root = definitions(lang);
    root.build();
    match &arguments.out {
        None => {
            let mut page = page(root.clone(), lang)?;
            for command in root.get_subcommands() {
                page.push_str(&chapter(command, lang)?);
            }
            session.out.line(&page)?;
        }
        Some(folder) => {
            let pages = write_pages(folder, &root, lang).map_err(|error| {
                CliError::new(
                    Exit::Failed,
                    Message::new("cli.man_failed")
                        .with("path", safe(&folder.to_string_lossy()))
                        .with("cause", error),
                    Message::new("cli.man_failed_hint"),
                )
            })?;
            let path = safe(&folder.to_string_lossy()).into_string();
            session.out.say(&Message::new("cli.man_written").with("count", pages).with("path", path))?;
        }
    }
    Ok(Exit::Done)
}

/// Writes a page for the program and one for each command; tells how many.
fn write_pages(folder: &Path, root: &Command, lang: Lang) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let commands: Vec<&Command> = std::iter::once(root).chain(root.get_subcommands()).collect();
    for command in &commands {
        let name = Man::new((*command).clone()).get_filename();
        fs::write(folder.join(name), page((*command).clone(), lang)?)?;
    }
    Ok(commands.len())
}

/// A page of its own.
fn page(command: Command, lang: Lang) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(worded(&String::from_utf8_lossy(&page), lang))
}

/// A command as a chapter of the program's page.
fn chapter(command: &Command, lang: Lang) -> io::Result<String> {
    let man = Man::new(command.clone());
    let mut sections = Vec::new();
    man.render_description_section(&mut sections)?;
    man.render_synopsis_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    let sections = worded(&String::from_utf8_lossy(&sections), lang);
    let beneath = sections.replace("\n.SH ", "\n.SS ");
    Ok(format!(".SH \"HEYAN {}\"\n{}\n", command.get_name().to_uppercase(), beneath.trim_start()))
}

/// The generator's own headings, in the reader's language.
fn worded(page: &str, lang: Lang) -> String {
    let headings = [
        ("NAME", "cli.man_name"),
        ("SYNOPSIS", "cli.heading_usage"),
        ("DESCRIPTION", "cli.man_description"),
        ("VERSION", "cli.man_version"),
    ];
    headings.into_iter().fold(page.to_owned(), |page, (heading, id)| {
        page.replace(&format!(".SH {heading}\n"), &format!(".SH \"{}\"\n", text(lang, id)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_command_and_option() {
        for lang in Lang::ALL {
            let mut root = definitions(lang);
            root.build();
            let mut page = page(root.clone(), lang).unwrap();
            for command in root.get_subcommands() {
                let chapter = chapter(command, lang).unwrap();
                for option in command.get_arguments().filter_map(clap::Arg::get_long) {
                    assert!(chapter.contains(&option.replace('-', "\\-")), "{} {option}", command.get_name());
                }
                page.push_str(&chapter);
            }
            for command in root.get_subcommands() {
                assert!(page.contains(&format!("HEYAN {}", command.get_name().to_uppercase())));
            }
            assert!(lang == Lang::En || !page.contains("SYNOPSIS"), "{page}");
        }
    }
}
