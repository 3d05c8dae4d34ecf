//! Keys that look at a case which is on its way: they are meant for that one, and wait for it.

use super::run;
use crate::app::command::{Class, Command, row};
use crate::app::effect::Effect;
use crate::app::model::Model;

/// Keys that wait at most; more are lost, as of a key that is held down.
const MOST: usize = 32;

/// Whether the command was one that waits, and is kept.
pub(super) fn keep(model: &mut Model, command: Command, digit: Option<usize>) -> bool {
    let waits = model.opening.is_some()
        && model.panel.is_none()
        && match command {
            // The rail moves at once, as soon as it is there and knows from where.
            Command::NextFiling | Command::PreviousFiling => {
                !model.rail.loaded || model.rail.current.is_none()
            }
            Command::Help
            | Command::Language
            | Command::Redraw
            | Command::Theme
            | Command::Mouse
            | Command::Quit
            | Command::ClearFilter => false,
            _ => row(command).class == Class::Look,
        };
    if waits && model.waiting.len() < MOST {
        model.waiting.push_back((command, digit));
    }
    waits
}

/// Runs what waited, as far as nothing is on its way again.
///
/// They are taken out meanwhile: one that asks for another case takes those behind it along, while whoever else asks for
/// one ([`super::opening::open`]) leaves none behind.
pub(super) fn go_on(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.waiting.is_empty() {
        return;
    }
    let mut waiting = std::mem::take(&mut model.waiting);
    while model.opening.is_none()
        && model.rail.loaded
        && let Some((command, digit)) = waiting.pop_front()
    {
        run(model, command, digit, effects);
    }
    model.waiting = waiting;
}
