//! A person's look-up (人工查询): what to ask for, and what was seen, where no machine may ask.
//!
//! Every row is reached with the arrow keys; a choice is made by digit or with left and right, a value is typed.

mod question;
mod record;

use jiff::Timestamp;

use super::text::TextField;
use crate::app::case_view::CaseView;
use crate::app::command::Command;
use crate::app::key::Key;
use crate::domain::evidence::Gathered;
use crate::domain::message::Message;

pub use question::Question;

/// The panel.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// What can be looked up for this filing; never empty.
    questions: Vec<Question>,
    asked: usize,
    /// The row that keys act on: question, source, status, then the values.
    pub focus: usize,
    pub source: TextField,
    /// The offered source that the field was filled with.
    offered: usize,
    /// The chosen status, by its place among those of the question.
    pub status: Option<usize>,
    pub values: Vec<TextField>,
}

/// The rows before the values.
pub const QUESTION: usize = 0;
pub const SOURCE: usize = 1;
pub const STATUS: usize = 2;
pub const VALUES: usize = 3;

impl Lookup {
    /// For what is selected; none where this filing has nothing that could be looked up.
    pub fn new(case: &CaseView) -> Option<Lookup> {
        let (questions, asked) = question::of_case(case);
        let first = questions.get(asked)?;
        let mut lookup = Lookup {
            focus: STATUS,
            source: TextField::new(first.sources()[0]),
            offered: 0,
            status: None,
            values: Vec::new(),
            questions,
            asked,
        };
        lookup.begin();
        Some(lookup)
    }

    /// The present question's fields, empty.
    fn begin(&mut self) {
        let question = self.question();
        let values = question.values().len();
        self.source = TextField::new(question.sources()[0]);
        self.offered = 0;
        self.status = None;
        self.values = vec![TextField::default(); values];
    }

    pub fn question(&self) -> &Question {
        // `asked` is always a place in the list, which is never empty.
        &self.questions[self.asked]
    }

    pub const fn questions(&self) -> usize {
        self.questions.len()
    }

    /// The field of the focused row, if it is one to type into.
    pub fn field(&self) -> Option<&TextField> {
        match self.focus {
            SOURCE => Some(&self.source),
            row => row.checked_sub(VALUES).and_then(|at| self.values.get(at)),
        }
    }

    pub fn field_mut(&mut self) -> Option<&mut TextField> {
        match self.focus {
            SOURCE => Some(&mut self.source),
            row => row.checked_sub(VALUES).and_then(|at| self.values.get_mut(at)),
        }
    }

    /// Whether a key is typed into the focused row.
    pub fn takes(&self, key: Key) -> bool {
        let digit_or_letter = key.typed().is_some();
        self.field().is_some()
            && (digit_or_letter || TextField::takes(key))
            && !(self.focus == SOURCE && moves(key))
    }

    pub fn act(&mut self, command: Command, digit: Option<usize>) {
        let rows = VALUES + self.values.len();
        match (command, digit) {
            (Command::ToggleNumber, Some(at)) if at < self.question().statuses().len() => {
                self.status = Some(at);
                self.focus = STATUS;
            }
            (Command::NextChoice | Command::PreviousChoice, _) => self.change(command == Command::NextChoice),
            (other, _) => super::move_cursor(&mut self.focus, rows, other),
        }
    }

    /// The next choice of the focused row.
    fn change(&mut self, forward: bool) {
        let step = |at: usize, count: usize| {
            if forward { (at + 1) % count } else { (at + count - 1) % count }
        };
        match self.focus {
            QUESTION => {
                self.asked = step(self.asked, self.questions.len());
                self.begin();
            }
            SOURCE => {
                let sources = self.question().sources();
                self.offered = step(self.offered, sources.len());
                self.source = TextField::new(sources[self.offered]);
            }
            STATUS => {
                let count = self.question().statuses().len();
                self.status = Some(self.status.map_or(0, |at| step(at, count)));
            }
            _ => {}
        }
    }

    /// What was seen, as evidence; or what is missing.
    pub fn evidence(&self, now: Timestamp) -> Result<Gathered, Message> {
        let source = self.source.text().trim();
        if source.is_empty() {
            return Err(Message::new("desk.lookup_no_source"));
        }
        let status = self.status.ok_or_else(|| Message::new("desk.lookup_no_status"))?;
        let values: Vec<&str> = self.values.iter().map(|field| field.text().trim()).collect();
        record::gathered(self.question(), source, status, &values, now)
    }
}

fn moves(key: Key) -> bool {
    use crate::app::key::Code;
    matches!(key.code, Code::Left | Code::Right)
}
