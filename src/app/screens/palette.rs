//! The command palette: every command of the desk, found by typing.
//!
//! A command is found by its words in either language, by their pinyin initials, by its name in the settings and by its
//! key. Those that have nothing to do now stand last, with the reason.

use super::text::TextField;
use crate::app::command::{Command, Context, Row, TABLE};
use crate::app::model::Model;
use crate::app::pictures::Images;
use crate::domain::message::{Lang, text};
use crate::domain::search::initials_position;

/// The panel.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    pub filter: TextField,
    /// The line under the cursor.
    pub cursor: usize,
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub row: &'static Row,
    /// Message id of why the command has nothing to do now; none when it has.
    pub idle: Option<&'static str>,
}

impl Palette {
    /// What is listed: available commands first, among them the best matches first.
    pub fn lines(&self, model: &Model) -> Vec<Line> {
        let context = if model.full_screen { Context::Viewer } else { Context::Desk };
        let wanted = self.filter.text().trim().to_lowercase();
        let mut lines: Vec<(usize, Line)> = TABLE
            .iter()
            .filter(|row| row.contexts.contains(&context))
            .filter(|row| row.command != Command::Palette && !row.by_digit())
            .filter_map(|row| {
                let rank = rank(row, &model.settings.keymap.text(row), &wanted)?;
                let idle = (!model.available(row.command)).then(|| idle(model, row.command));
                Some((rank, Line { row, idle }))
            })
            .collect();
        lines.sort_by_key(|(rank, line)| (line.idle.is_some(), *rank));
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// The command that Enter runs.
    pub fn chosen(&self, model: &Model) -> Option<Line> {
        self.lines(model).get(self.cursor).copied()
    }
}

/// How well a command answers to what was typed, 0 best; none if not at all.
fn rank(row: &Row, keys: &str, wanted: &str) -> Option<usize> {
    if wanted.is_empty() || keys.to_lowercase().split(' ').any(|key| key == wanted) {
        return Some(0);
    }
    let id = format!("desk.cmd_{}", row.name);
    let zh = text(Lang::Zh, &id);
    let words = [zh.to_lowercase(), text(Lang::En, &id).to_lowercase(), row.name.replace('_', " ")];
    let best = |part: &str| {
        let name = row.name.find(part);
        let said = words.iter().filter_map(|words| words.find(part));
        said.chain(initials_position(zh, part)).chain(name).min()
    };
    // Of several words each must be found.
    wanted.split_whitespace().map(best).try_fold(1, |rank, found| Some(rank + found?))
}

/// Why a command has nothing to do now.
fn idle(model: &Model, command: Command) -> &'static str {
    match command {
        Command::NextFiling | Command::PreviousFiling | Command::QueueList => "desk.idle_queue_empty",
        _ if model.open_case().is_none() => "desk.idle_no_case",
        Command::NextUnseen => "desk.idle_all_seen",
        Command::NextFact | Command::PreviousFact => "desk.idle_no_proof",
        Command::NextProblem | Command::PreviousProblem => "desk.idle_no_problem",
        Command::Reveal => "desk.idle_nothing_masked",
        Command::NextAttachment
        | Command::PreviousAttachment
        | Command::NextAttachmentFull
        | Command::PreviousAttachmentFull => "desk.idle_one_attachment",
        Command::RememberPlace if model.settings.images != Images::Off => "desk.idle_no_places",
        _ if model.settings.images == Images::Off => "desk.idle_pictures_off",
        _ => "desk.idle_not_now",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::Keymap;

    fn found(wanted: &str) -> Vec<&'static str> {
        let keymap = Keymap::default();
        let mut rows: Vec<(usize, &str)> = TABLE
            .iter()
            .filter(|row| row.contexts.contains(&Context::Desk) && !row.by_digit())
            .filter_map(|row| Some((rank(row, &keymap.text(row), wanted)?, row.name)))
            .collect();
        rows.sort_by_key(|(rank, _)| *rank);
        rows.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_command_is_found_by_words_initials_name_and_key() {
        for (wanted, first) in [
            ("通过", "pass"),
            ("tg", "pass"),
            ("btg", "fail"),
            ("pass", "pass"),
            ("full_screen", "full_screen"),
            ("turn right", "rotate_right"),
            ("right turn", "rotate_right"),
            ("f4", "fail"),
            ("ctrl+e", "full_screen"),
            ("theme", "theme"),
            ("zt", "theme"),
            ("审核", "opinion"),
        ] {
            assert_eq!(found(wanted).first(), Some(&first), "{wanted}: {:?}", found(wanted));
        }
        assert_eq!(found("没有这个"), [""; 0]);
    }
}
