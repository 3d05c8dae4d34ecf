//! What pointing does: a click chooses, looks or opens, the wheel scrolls what lies under it.

use super::{allowed, keep_texts, notice, open, panel, run};
use crate::app::command::{Class, Command, row};
use crate::app::effect::{Effect, Target};
use crate::app::facts::Row;
use crate::app::model::{Model, Tone};
use crate::app::mouse::{Act, Spot};
use crate::app::screens::Panel;
use crate::domain::message::Message;

/// How many rows a notch of the wheel scrolls the rail.
const NOTCH: usize = 3;

pub(super) fn point(model: &mut Model, act: Act, spot: Option<Spot>, effects: &mut Vec<Effect>) {
    let Some(spot) = spot.filter(|_| !model.too_small()) else { return };
    model.guard.pointed();
    model.leaving = false;
    match act {
        Act::Click => click(model, spot, effects),
        Act::WheelUp => wheel(model, spot, false, effects),
        Act::WheelDown => wheel(model, spot, true, effects),
    }
}

fn click(model: &mut Model, spot: Spot, effects: &mut Vec<Effect>) {
    match spot {
        Spot::Command(command) if decides(model, command) => {
            let key = model.settings.keymap.first(row(command));
            notice(model, Tone::Info, Message::new("desk.click_never_decides").with("key", key));
        }
        Spot::Command(command) => run(model, command, None, effects),
        Spot::Filing(at) => go_to(model, at, effects),
        Spot::Row(at) => {
            if let Some(view) = model.open_case_mut()
                && !matches!(view.rows.get(at), None | Some(Row::Section(..)))
            {
                view.select(at);
            }
        }
        Spot::Attachment(at) => {
            if let Some(view) = model.open_case_mut() {
                view.end_comparison();
                view.jump_to_attachment(at);
            }
        }
        Spot::Line(at) => panel::point_at(model, at),
        Spot::Rail | Spot::Case | Spot::Picture | Spot::Panel => {}
    }
}

/// Whether a command could change what the store knows. Enter in a text does, when the text is an escalation's.
fn decides(model: &Model, command: Command) -> bool {
    let act = row(command).class == Class::Act || command == Command::SaveText;
    act && !model.panel.as_ref().is_some_and(Panel::only_chooses)
}

/// The filing of a row of the rail comes onto the desk.
fn go_to(model: &mut Model, at: usize, effects: &mut Vec<Effect>) {
    let Some((reference, place)) = model.rail.rows.get(at).map(|row| (row.reference(), row.cursor)) else {
        return;
    };
    if model.rail.current.as_ref() == Some(&reference) || !allowed(model, false) {
        return;
    }
    keep_texts(model);
    open(model, Target::Filing(reference.clone()), effects);
    model.rail.go(reference, Some(place));
}

fn wheel(model: &mut Model, spot: Spot, down: bool, effects: &mut Vec<Effect>) {
    let command = match spot {
        Spot::Rail | Spot::Filing(_) => {
            let here = model.rail_focus.or_else(|| model.rail.position()).unwrap_or(0);
            let there = if down { here + NOTCH } else { here.saturating_sub(NOTCH) };
            model.rail_focus = Some(there.min(model.rail.rows.len().saturating_sub(1)));
            return;
        }
        Spot::Case | Spot::Row(_) if down => Command::FactDown,
        Spot::Case | Spot::Row(_) => Command::FactUp,
        Spot::Picture if down => Command::ZoomOut,
        Spot::Picture => Command::ZoomIn,
        Spot::Panel | Spot::Line(_) if down => Command::MoveDown,
        Spot::Panel | Spot::Line(_) => Command::MoveUp,
        Spot::Attachment(_) | Spot::Command(_) => return,
    };
    run(model, command, None, effects);
}
