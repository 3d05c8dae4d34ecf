//! The panels that lie over the desk, one file each: their state and what their keys do to it.

pub mod hold;
pub mod lookup;
pub mod palette;
pub mod places;
pub mod reasons;
pub mod recheck;
pub mod search;
pub mod text;
pub mod withdraw;

use self::hold::Hold;
use self::lookup::Lookup;
use self::palette::Palette;
use self::places::{Places, Purpose};
use self::reasons::Reasons;
use self::recheck::Recheck;
use self::search::Search;
use self::text::TextField;
use self::withdraw::Withdraw;
use super::command::{Command, Context};

/// The panel over the desk.
#[derive(Debug, Clone)]
pub enum Panel {
    Reasons(Reasons),
    /// Pass in spite of findings: they are listed and will be overruled.
    ConfirmPass {
        scroll: usize,
    },
    Hold(Hold),
    /// What the shift leader must know.
    Escalate(TextField),
    Opinion(TextField),
    InternalNote(TextField),
    Withdraw(Withdraw),
    Search(Box<Search>),
    Lookup(Box<Lookup>),
    Recheck(Box<Recheck>),
    Queue {
        cursor: usize,
    },
    Palette(Palette),
    Places(Places),
    Help {
        scroll: usize,
    },
}

impl Panel {
    /// Where its keys are read.
    pub const fn context(&self) -> Context {
        match self {
            Panel::Reasons(_) => Context::Reasons,
            Panel::Palette(_) => Context::Palette,
            Panel::Search(_) => Context::Search,
            Panel::Lookup(_) => Context::Lookup,
            Panel::Escalate(_) | Panel::Opinion(_) | Panel::InternalNote(_) => Context::Text,
            _ => Context::Panel,
        }
    }

    /// Choosing a row changes nothing that the store knows.
    pub const fn only_chooses(&self) -> bool {
        match self {
            Panel::Places(places) => matches!(places.purpose, Purpose::Jump),
            _ => matches!(self, Panel::Queue { .. } | Panel::Palette(_) | Panel::Help { .. }),
        }
    }

    /// The text field that takes what is typed, if it has one.
    pub fn field(&self) -> Option<&TextField> {
        match self {
            Panel::Escalate(field) | Panel::Opinion(field) | Panel::InternalNote(field) => Some(field),
            Panel::Reasons(reasons) => Some(&reasons.filter),
            Panel::Palette(palette) => Some(&palette.filter),
            Panel::Search(search) => Some(&search.field),
            Panel::Lookup(lookup) => lookup.field(),
            _ => None,
        }
    }

    /// The same, to type into.
    pub fn field_mut(&mut self) -> Option<&mut TextField> {
        match self {
            Panel::Escalate(field) | Panel::Opinion(field) | Panel::InternalNote(field) => Some(field),
            Panel::Reasons(reasons) => Some(&mut reasons.filter),
            Panel::Palette(palette) => Some(&mut palette.filter),
            Panel::Search(search) => Some(&mut search.field),
            Panel::Lookup(lookup) => lookup.field_mut(),
            _ => None,
        }
    }
}

/// Moves a cursor in a list of `count` rows as the list commands say.
pub fn move_cursor(cursor: &mut usize, count: usize, command: Command) {
    const PAGE: usize = 10;
    let last = count.saturating_sub(1);
    *cursor = match command {
        Command::MoveDown => cursor.saturating_add(1),
        Command::MoveUp => cursor.saturating_sub(1),
        Command::PageForward => cursor.saturating_add(PAGE),
        Command::PageBack => cursor.saturating_sub(PAGE),
        Command::First => 0,
        Command::Last => last,
        _ => *cursor,
    }
    .min(last);
}
