//! Keys inside a panel.

use super::{decide, lookup, notice, places, recheck, run};
use crate::app::command::{Command, Context, TABLE};
use crate::app::effect::{Effect, Target};
use crate::app::key::Key;
use crate::app::keymap;
use crate::app::model::{Model, Tone};
use crate::app::screens::palette::{Line, Palette};
use crate::app::screens::{Panel, move_cursor};
use crate::domain::decision::Conclusion;
use crate::domain::message::Message;

/// Whether the panel's filter takes this key, full-width or not, rather than a command.
pub(super) fn takes_text(model: &Model, key: Key) -> bool {
    match &model.panel {
        Some(Panel::Palette(_)) => keymap::is_text(Context::Palette, key),
        // A digit ticks; in a filter that was begun a 0 belongs to a code.
        Some(Panel::Reasons(reasons)) => {
            let key = key.as_command();
            keymap::is_text(Context::Reasons, key) && (key.typed() != Some('0') || !reasons.filter.is_empty())
        }
        _ => false,
    }
}

/// A key while a text field is open: typed, or one of the few commands that end it.
pub(super) fn text_key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    if model.context() == Context::Text
        && let Some(command) = model.settings.keymap.lookup(Context::Text, key)
    {
        match command {
            Command::SaveText => save(model, effects),
            _ => model.panel = None,
        }
        return;
    }
    let key = if model.context() == Context::Reasons { filter_form(key) } else { key };
    if let Some(field) = model.panel.as_mut().and_then(Panel::field_mut) {
        field.key(key);
    }
    field_changed(model);
}

/// Full-width letters filter like their ASCII ones; Chinese text stays as it is.
fn filter_form(key: Key) -> Key {
    match key.typed() {
        Some('\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}') => key.as_command(),
        _ => key,
    }
}

/// The text of a field changed.
pub(super) fn field_changed(model: &mut Model) {
    if let Some(Panel::Palette(palette)) = &mut model.panel {
        palette.cursor = 0;
    }
    let catalogue = model.settings.catalogue.clone();
    if let Some(Panel::Reasons(mut reasons)) = model.panel.take_if(|panel| matches!(panel, Panel::Reasons(_)))
    {
        if let Some(view) = model.open_case() {
            reasons.search(view, &catalogue);
        }
        model.panel = Some(Panel::Reasons(reasons));
    }
}

/// Enter in a text field.
fn save(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.panel.take() {
        Some(Panel::Opinion(field)) => {
            if let Some(view) = model.open_case_mut() {
                field.text().trim().clone_into(&mut view.opinion);
            }
        }
        Some(Panel::InternalNote(field)) => {
            if let Some(view) = model.open_case_mut() {
                field.text().trim().clone_into(&mut view.internal_note);
            }
        }
        Some(Panel::Escalate(field)) => {
            if field.text().trim().is_empty() {
                model.panel = Some(Panel::Escalate(field));
                notice(model, Tone::Warning, Message::new("domain.refused_escalated_in_silence"));
                return;
            }
            if !may_confirm(model) {
                model.panel = Some(Panel::Escalate(field));
                return;
            }
            if let Some(view) = model.open_case_mut() {
                field.text().trim().clone_into(&mut view.internal_note);
            }
            decide::submit(model, Conclusion::Escalate, effects);
        }
        other => model.panel = other,
    }
}

/// Enter acts only in a panel that was on the screen, and never as part of a burst or a held key.
fn may_confirm(model: &mut Model) -> bool {
    model.panel_drawn && super::allowed(model, true)
}

pub(super) fn command(model: &mut Model, command: Command, digit: Option<usize>, effects: &mut Vec<Effect>) {
    if command == Command::Back {
        back(model);
        return;
    }
    if command == Command::Confirm {
        if model.panel_drawn {
            confirm(model, effects);
        }
        return;
    }
    if let Some(Panel::Search(_)) = &model.panel {
        super::search::command(model, command, effects);
        return;
    }
    if let Some(Panel::Lookup(_)) = &model.panel {
        lookup::command(model, command, digit, effects);
        return;
    }
    let catalogue = model.settings.catalogue.clone();
    let rows = list_length(model);
    let Some(mut panel) = model.panel.take() else { return };
    match (&mut panel, digit) {
        (Panel::Hold(hold), Some(at)) => hold.digit(at),
        (Panel::Reasons(reasons), _) => {
            if let Some(view) = model.open_case() {
                reasons.act(command, digit, view, &catalogue);
            }
        }
        (Panel::Hold(hold), _) => hold.act(command),
        (Panel::Withdraw(withdraw), _) => withdraw.act(command),
        (Panel::Queue { cursor }, _) => move_cursor(cursor, rows, command),
        (Panel::Palette(palette), _) => move_cursor(&mut palette.cursor, rows, command),
        (Panel::Places(places), _) => places.act(command),
        (Panel::Help { scroll }, _) => move_cursor(scroll, TABLE.len() + Context::ALL.len() * 2, command),
        (Panel::ConfirmPass { scroll }, _) => {
            let count = model.open_case().map_or(0, |view| view.overruled().count());
            move_cursor(scroll, count, command);
        }
        (
            Panel::Escalate(_)
            | Panel::Opinion(_)
            | Panel::InternalNote(_)
            | Panel::Search(_)
            | Panel::Lookup(_)
            | Panel::Recheck(_),
            _,
        ) => {}
    }
    model.panel = Some(panel);
}

/// Esc: first empties a filter, then leaves.
fn back(model: &mut Model) {
    let catalogue = model.settings.catalogue.clone();
    match model.panel.take() {
        Some(Panel::Reasons(mut reasons)) if !reasons.filter.is_empty() => {
            reasons.filter.clear();
            if let Some(view) = model.open_case() {
                reasons.search(view, &catalogue);
            }
            model.panel = Some(Panel::Reasons(reasons));
        }
        Some(Panel::Palette(palette)) if !palette.filter.is_empty() => {
            model.panel = Some(Panel::Palette(Palette::default()));
        }
        Some(Panel::Recheck(recheck)) => {
            let mut reasons = recheck.reasons;
            if let Some(view) = model.open_case() {
                reasons.learn(view);
            }
            model.panel = Some(Panel::Reasons(reasons));
        }
        _ => {}
    }
}

/// Enter.
fn confirm(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.panel.take() {
        Some(Panel::Reasons(reasons)) => {
            let conclusion = Conclusion::Fail {
                grade: reasons.grade(&model.settings.catalogue),
                reasons: reasons.ticked(),
            };
            recheck::fail(model, reasons, conclusion, effects);
        }
        Some(Panel::Recheck(panel)) => recheck::confirm(model, *panel, effects),
        Some(Panel::Lookup(panel)) => lookup::confirm(model, panel, effects),
        Some(Panel::ConfirmPass { .. }) => decide::submit(model, Conclusion::Pass, effects),
        Some(Panel::Hold(hold)) => decide::submit(model, hold.conclusion(model.clock.now), effects),
        Some(Panel::Withdraw(withdraw)) => match withdraw.chosen() {
            Some(decision) => {
                let reference = crate::domain::workspace::reference(&decision.source, &decision.filing);
                model.saving = Some(reference.clone());
                effects.push(Effect::Withdraw(reference));
            }
            None => model.panel = Some(Panel::Withdraw(withdraw)),
        },
        Some(Panel::Queue { .. }) if model.saving.is_some() => {
            notice(model, Tone::Info, Message::new("desk.still_saving"));
        }
        Some(Panel::Queue { cursor }) => {
            if let Some(row) = model.rail.rows.get(cursor) {
                let (reference, place) = (row.reference(), row.cursor);
                super::keep_texts(model);
                super::open(model, Target::Filing(reference.clone()), effects);
                model.rail.go(reference, Some(place));
            }
        }
        Some(Panel::Palette(palette)) => match palette.chosen(model) {
            Some(Line { row, idle: None }) => run(model, row.command, None, effects),
            // Nothing to run: it stays open, and says why beside the command.
            _ => model.panel = Some(Panel::Palette(palette)),
        },
        Some(Panel::Places(panel)) => places::confirm(model, &panel, effects),
        Some(Panel::Help { .. }) | None => {}
        other => model.panel = other,
    }
}

/// How many lines the list of the open panel has, where the panel itself does not know.
fn list_length(model: &Model) -> usize {
    match &model.panel {
        Some(Panel::Palette(palette)) => palette.lines(model).len(),
        _ => model.rail.rows.len(),
    }
}

/// A line of the panel's list was pointed at: the cursor goes there, and nothing else happens.
pub(super) fn point_at(model: &mut Model, line: usize) {
    match &mut model.panel {
        Some(Panel::Queue { cursor }) => *cursor = line,
        Some(Panel::Palette(palette)) => palette.cursor = line,
        Some(Panel::Places(places)) => places.cursor = line,
        Some(Panel::Reasons(reasons)) => reasons.cursor = line,
        Some(Panel::Hold(hold)) => hold.digit(line),
        Some(Panel::Withdraw(withdraw)) => withdraw.cursor = line,
        _ => {}
    }
}
