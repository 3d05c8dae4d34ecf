//! The panel of places (跳转): every place of every document of the filing, each a key away; and, for remembering the
//! present view, those of the document in the viewport.

use super::move_cursor;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::places::{Goal, of_attachment};
use crate::domain::places::Source;

/// The keys of places, in order. Capitals are the documents' own.
const KEYS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// What choosing a place does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Jump,
    /// The present view becomes the place.
    Remember,
}

/// What a line leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The whole of an attachment, by its place in the filing.
    Document(usize),
    /// A place of it, and by what it is known where it lies.
    Place(Goal, Option<Source>),
}

/// The panel.
#[derive(Debug, Clone)]
pub struct Places {
    pub purpose: Purpose,
    pub lines: Vec<(Option<char>, Entry)>,
    /// The line under the cursor.
    pub cursor: usize,
}

impl Places {
    /// Every document with its places; the cursor stands on the one in the viewport.
    pub fn all(model: &Model) -> Option<Places> {
        let view = model.open_case()?;
        let mut keys = KEYS.chars();
        let mut heads = 'A'..='Z';
        let mut lines = Vec::new();
        let mut cursor = 0;
        for at in 0..view.file.filing.attachments.len() {
            if view.attachment == Some(at) {
                cursor = lines.len();
            }
            lines.push((heads.next(), Entry::Document(at)));
            lines.extend(of_attachment(view, at).into_iter().map(|place| {
                let goal = Goal { attachment: at, place };
                (keys.next(), Entry::Place(goal, model.locate(goal).map(|found| found.source)))
            }));
        }
        (!lines.is_empty()).then_some(Places { purpose: Purpose::Jump, lines, cursor })
    }

    /// The places that the present view can become.
    pub fn of_present(model: &Model) -> Option<Places> {
        let view = model.open_case()?;
        let at = view.attachment?;
        let lines: Vec<_> = KEYS
            .chars()
            .zip(of_attachment(view, at))
            .map(|(key, place)| {
                let goal = Goal { attachment: at, place };
                (Some(key), Entry::Place(goal, model.locate(goal).map(|found| found.source)))
            })
            .collect();
        (!lines.is_empty()).then_some(Places { purpose: Purpose::Remember, lines, cursor: 0 })
    }

    /// What a key chooses.
    pub fn by_key(&self, key: char) -> Option<Entry> {
        self.lines.iter().find(|(of, _)| *of == Some(key)).map(|(_, entry)| *entry)
    }

    /// What Enter chooses.
    pub fn chosen(&self) -> Option<Entry> {
        self.lines.get(self.cursor).map(|(_, entry)| *entry)
    }

    pub fn act(&mut self, command: Command) {
        move_cursor(&mut self.cursor, self.lines.len(), command);
    }
}
