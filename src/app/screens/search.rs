//! Looking for filings: a text, conditions beside it, and what was found so far.

mod choices;

pub use choices::{Choice, words};

use std::sync::Arc;

use super::text::TextField;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::domain::message::{Lang, Message};
use crate::domain::reasons::Catalogue;
use crate::domain::search::{Filter, FilterState, Query};
use crate::domain::workspace::{Anchor, Cursor, Page, QueueRow};

/// This close to the last row the next page is asked for.
const MARGIN: usize = 20;
/// More rows than this nobody reads: a longer text or a condition more leads there faster.
const MOST: usize = 300;

/// The panel.
#[derive(Debug, Clone)]
pub struct Search {
    pub field: TextField,
    /// The conditions beside the text.
    conditions: Filter,
    /// The condition that Left and Right change; none: the text is being typed.
    pub focus: Option<Choice>,
    /// What was typed to find a value of the condition.
    pub narrow: String,
    pub rows: Vec<QueueRow>,
    pub cursor: usize,
    /// What was asked last, and the number of the question.
    asked: Option<(Arc<Filter>, u64)>,
    /// Where more rows follow.
    next: Option<Cursor>,
    loading: bool,
    /// The rows are those of what was asked last.
    pub answered: bool,
    pub fault: Option<Message>,
}

impl Search {
    /// Begins with the filter of the rail, else with everything: a filing looked for may be in any state.
    pub fn new(filter: &Filter) -> Self {
        let begin = if *filter == Filter::WORK { FilterState::All.into() } else { filter.clone() };
        Search {
            field: TextField::new(begin.text.as_ref().map_or("", Query::typed)),
            conditions: Filter { text: None, ..begin },
            focus: None,
            narrow: String::new(),
            rows: Vec::new(),
            cursor: 0,
            asked: None,
            next: None,
            loading: false,
            answered: false,
            fault: None,
        }
    }

    /// All that is asked for.
    pub fn filter(&self) -> Filter {
        Filter { text: Query::new(self.field.text()), ..self.conditions.clone() }
    }

    /// The row under the cursor.
    pub fn chosen(&self) -> Option<&QueueRow> {
        self.rows.get(self.cursor)
    }

    /// Whether more was found than is shown.
    pub const fn more(&self) -> bool {
        self.next.is_some()
    }

    /// What must be asked now: something else than before, or the rows after the last. `number` counts the questions.
    pub fn wants(&mut self, number: &mut u64) -> Option<Effect> {
        let filter = self.filter();
        match &self.asked {
            Some((asked, generation)) if **asked == filter => {
                let near = !self.loading && self.cursor + MARGIN >= self.rows.len() && self.rows.len() < MOST;
                let at = self.next.filter(|_| near)?;
                self.loading = true;
                let (generation, filter) = (*generation, asked.clone());
                Some(Effect::Search { generation, filter, at: Anchor::After(at) })
            }
            _ => {
                *number += 1;
                let (generation, filter) = (*number, Arc::new(filter));
                self.asked = Some((filter.clone(), generation));
                (self.loading, self.answered) = (true, false);
                Some(Effect::Search { generation, filter, at: Anchor::Start })
            }
        }
    }

    /// Takes an answer in, unless something else was asked meanwhile.
    pub fn found(&mut self, generation: u64, at: Anchor, page: Result<Page, Message>) {
        if self.asked.as_ref().is_none_or(|(_, asked)| *asked != generation) {
            return;
        }
        self.loading = false;
        self.answered = true;
        self.fault = page.as_ref().err().cloned();
        let page = page.unwrap_or_default();
        self.next = page.next;
        if at == Anchor::Start {
            self.rows = page.rows;
            self.cursor = 0;
        } else {
            self.rows.extend(page.rows);
        }
    }

    /// What a command of the panel changes in it.
    pub fn act(&mut self, command: Command, catalogue: &Catalogue, lang: Lang) {
        match command {
            Command::NextCondition => self.turn(true),
            Command::PreviousCondition => self.turn(false),
            Command::NextValue => self.change(true, catalogue, lang),
            Command::PreviousValue => self.change(false, catalogue, lang),
            Command::FoundDown => self.move_to(Command::MoveDown),
            Command::FoundUp => self.move_to(Command::MoveUp),
            other => self.move_to(other),
        }
    }

    fn move_to(&mut self, command: Command) {
        super::move_cursor(&mut self.cursor, self.rows.len(), command);
    }

    /// From the text to the first condition, on to the others and back.
    fn turn(&mut self, forward: bool) {
        self.narrow.clear();
        let stops = Choice::ALL.len() + 1;
        let here = self.focus.and_then(|focus| Choice::ALL.iter().position(|choice| *choice == focus));
        let here = here.map_or(0, |at| at + 1);
        let there = if forward { here + 1 } else { here + stops - 1 } % stops;
        self.focus = there.checked_sub(1).map(|at| Choice::ALL[at]);
    }

    fn change(&mut self, forward: bool, catalogue: &Catalogue, lang: Lang) {
        let Some(choice) = self.focus else { return };
        let values = choice.values(&self.conditions, &self.narrow, catalogue, lang);
        let now = choice.get(&self.conditions);
        let here = values.iter().position(|value| *value == now);
        let count = values.len();
        let there = match here {
            Some(at) if forward => (at + 1) % count,
            Some(at) => (at + count - 1) % count,
            None if count > 0 => 0,
            None => return,
        };
        choice.set(&mut self.conditions, values[there].as_deref());
    }

    /// A character for the condition: the first value that has what was typed is taken.
    pub fn narrow(&mut self, typed: Option<char>, catalogue: &Catalogue, lang: Lang) {
        match typed {
            Some(c) => self.narrow.push(c),
            None => {
                self.narrow.pop();
            }
        }
        let Some(choice) = self.focus else { return };
        let values = choice.values(&self.conditions, &self.narrow, catalogue, lang);
        match values.into_iter().next() {
            Some(value) => choice.set(&mut self.conditions, value.as_deref()),
            // Nothing has it: the last character is not taken.
            None => {
                self.narrow.pop();
            }
        }
    }

    /// The conditions as they stand, to be drawn.
    pub const fn conditions(&self) -> &Filter {
        &self.conditions
    }
}
