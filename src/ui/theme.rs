//! Colours by meaning. Every one of them also has a mark or a word: colour alone never says anything.

use ratatui::style::{Color, Modifier, Style};

use crate::app::model::Tone;
use crate::domain::finding::Status;

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Text,
    /// Labels, borders, what is there but not now.
    Quiet,
    Heading,
    /// Keys in the footer and in help.
    Key,
    Pass,
    Warn,
    Fail,
    Unknown,
    /// The row the keys act on.
    Selected,
}

/// The colours of the sixteen that every terminal has; the terminal's own theme decides how they look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Theme {
    /// Marks and words only (`NO_COLOR`, no-color.org).
    pub colourless: bool,
}

impl Theme {
    pub fn style(&self, role: Role) -> Style {
        let coloured = |colour| {
            if self.colourless { Style::new() } else { Style::new().fg(colour) }
        };
        match role {
            Role::Text => Style::new(),
            Role::Quiet => coloured(Color::DarkGray),
            Role::Heading => Style::new().add_modifier(Modifier::BOLD),
            Role::Key => coloured(Color::Cyan),
            Role::Pass => coloured(Color::Green),
            Role::Warn => coloured(Color::Yellow),
            Role::Fail => coloured(Color::Red).add_modifier(Modifier::BOLD),
            Role::Unknown => coloured(Color::Magenta),
            Role::Selected => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    pub fn status(status: Status) -> Role {
        match status {
            Status::Pass => Role::Pass,
            Status::Warn => Role::Warn,
            Status::Fail => Role::Fail,
            Status::NotRun | Status::Error => Role::Unknown,
        }
    }

    pub fn tone(tone: Tone) -> Role {
        match tone {
            Tone::Info => Role::Text,
            Tone::Done => Role::Pass,
            Tone::Warning => Role::Warn,
        }
    }
}
