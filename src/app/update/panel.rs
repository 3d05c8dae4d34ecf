//! Keys inside a panel.

use super::{decide, notice, run};
use crate::app::command::{Command, Context, TABLE, lookup};
use crate::app::effect::{Effect, Target};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tone};
use crate::app::screens::{Panel, move_cursor};
use crate::domain::decision::Conclusion;
use crate::domain::message::Message;

/// Whether the reasons panel takes this key into its filter instead of as a command.
pub(super) fn takes_text(model: &Model, key: Key) -> bool {
    let Some(Panel::Reasons(reasons)) = &model.panel else { return false };
    match key.code {
        Code::Backspace => true,
        Code::Char('u' | 'w') if key.ctrl => true,
        // Enter decides, Space and digits toggle; every other character filters.
        Code::Char(_) => {
            let ascii = key.as_command().typed();
            ascii.is_some_and(|c| {
                c != ' ' && (!c.is_ascii_digit() || (c == '0' && !reasons.filter.is_empty()))
            })
        }
        _ => false,
    }
}

/// A key while a text field is open: typed, or one of the few commands that end it.
pub(super) fn text_key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    if model.context() == Context::Text
        && let Some(command) = lookup(Context::Text, key)
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
                notice(model, Tone::Warning, Message::new("desk.escalate_needs_note"));
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
    let catalogue = model.settings.catalogue.clone();
    let (rows, menu) = (model.rail.rows.len(), menu_rows(model).len());
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
        (Panel::Menu { cursor }, _) => move_cursor(cursor, menu, command),
        (Panel::Help { scroll }, _) => move_cursor(scroll, TABLE.len() + Context::ALL.len() * 2, command),
        (Panel::ConfirmPass { scroll }, _) => {
            let count = model.open_case().map_or(0, |view| view.overruled().count());
            move_cursor(scroll, count, command);
        }
        (Panel::Escalate(_) | Panel::Opinion(_) | Panel::InternalNote(_) | Panel::Search(_), _) => {}
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
            model.panel = Some(Panel::Reasons(reasons));
            decide::submit(model, conclusion, effects);
        }
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
        Some(Panel::Menu { cursor }) => {
            if let Some(row) = menu_rows(model).get(cursor) {
                run(model, row.command, None, effects);
            }
        }
        Some(Panel::Help { .. }) | None => {}
        other => model.panel = other,
    }
}

/// What the menu lists: every command of the desk that has something to do now.
pub fn menu_rows(model: &Model) -> Vec<&'static crate::app::command::Row> {
    let context = if model.full_screen { Context::Viewer } else { Context::Desk };
    TABLE
        .iter()
        .filter(|row| row.contexts.contains(&context) && row.command != Command::Menu && !row.keys.is_empty())
        .filter(|row| model.available(row.command))
        .collect()
}
