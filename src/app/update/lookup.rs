//! A person's look-up: opening it, copying what to ask for, keeping what was seen.

use super::{allowed, notice};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::gathering::Keeping;
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tone};
use crate::app::screens::Panel;
use crate::app::screens::lookup::{Lookup, Question};
use crate::domain::evidence::Gatherer;
use crate::domain::message::Message;

pub(super) fn show(model: &mut Model, effects: &mut Vec<Effect>) {
    let fresh = || model.open_case().and_then(Lookup::new).map(Box::new);
    let Some(lookup) = unwritten(model).or_else(fresh) else {
        return notice(model, Tone::Info, Message::new("desk.lookup_nothing"));
    };
    reveal_number(model, lookup.question(), effects);
    model.panel = Some(Panel::Lookup(lookup));
    model.panel_drawn = false;
}

/// The number that is about to be dialled is shown for a moment, once that is recorded.
fn reveal_number(model: &Model, question: &Question, effects: &mut Vec<Effect>) {
    if question.gatherer == Gatherer::Call
        && let Some(view) = model.open_case()
    {
        effects.push(Effect::Reveal { key: view.reference(), object: question.object.clone() });
    }
}

/// Whether a key is typed into the panel instead of being a command.
pub(super) fn takes(model: &Model, key: Key) -> bool {
    matches!(&model.panel, Some(Panel::Lookup(lookup)) if lookup.takes(key))
}

pub(super) fn typed(model: &mut Model, key: Key) {
    if let Some(Panel::Lookup(lookup)) = &mut model.panel
        && let Some(field) = lookup.field_mut()
        && !matches!(key.code, Code::Enter)
    {
        field.key(key);
    }
}

pub(super) fn command(model: &mut Model, command: Command, digit: Option<usize>, effects: &mut Vec<Effect>) {
    let Some(Panel::Lookup(lookup)) = &mut model.panel else { return };
    match command {
        Command::CopyQuery => copy(model),
        Command::ShowNumber => {
            let question = lookup.question().clone();
            reveal_number(model, &question, effects);
        }
        other => {
            let before = lookup.question().clone();
            lookup.act(other, digit);
            let now = lookup.question().clone();
            if now != before {
                reveal_number(model, &now, effects);
            }
        }
    }
}

/// What to ask for goes to the clipboard; personal data never does.
pub(super) fn copy(model: &mut Model) {
    let question = match &model.panel {
        Some(Panel::Lookup(lookup)) => Some(lookup.question().clone()),
        _ => model.open_case().and_then(Lookup::new).map(|lookup| lookup.question().clone()),
    };
    match question.map(|question| question.query()) {
        Some(Some(query)) => {
            let told = Message::new("desk.copied").with("query", &query);
            model.clipboard = Some(query);
            notice(model, Tone::Info, told);
        }
        Some(None) => notice(model, Tone::Warning, Message::new("desk.copy_refused")),
        None => notice(model, Tone::Info, Message::new("desk.lookup_nothing")),
    }
}

/// Enter: what was seen is kept, and the case judged by it.
pub(super) fn confirm(model: &mut Model, lookup: Box<Lookup>, effects: &mut Vec<Effect>) {
    let seen = lookup.evidence(model.clock.now);
    let gathered = match seen {
        Ok(gathered) => gathered,
        Err(missing) => {
            model.panel = Some(Panel::Lookup(lookup));
            return notice(model, Tone::Warning, missing);
        }
    };
    if !allowed(model, true) {
        model.panel = Some(Panel::Lookup(lookup));
        return;
    }
    let Some(key) = model.open_case().map(crate::app::case_view::CaseView::reference) else { return };
    notice(model, Tone::Info, Message::new("desk.lookup_keeping"));
    model.runs += 1;
    let run = model.runs;
    model.keeping.retain(|keeping| keeping.key != key || !keeping.failed);
    model.keeping.push(Keeping { run, key: key.clone(), lookup, failed: false });
    effects.push(Effect::Keep { run, key, gathered: vec![gathered] });
}

/// Whether it was a look-up that is written now.
pub(super) fn kept(model: &mut Model, run: u64) -> bool {
    let before = model.keeping.len();
    model.keeping.retain(|keeping| keeping.run != run);
    model.keeping.len() < before
}

/// What was typed comes back: at once where the case is still on the screen, else when it is looked up again there.
pub(super) fn not_kept(model: &mut Model, run: u64, lost: bool) {
    if !lost {
        kept(model, run);
    }
    let Some(keeping) = model.keeping.iter_mut().find(|keeping| keeping.run == run) else { return };
    keeping.failed = true;
    if model.panel.is_none()
        && let Some(lookup) = unwritten(model)
    {
        model.panel = Some(Panel::Lookup(lookup));
        model.panel_drawn = false;
        model.guard.disarm();
    }
}

/// What was typed for the case on the screen and could not be written.
fn unwritten(model: &Model) -> Option<Box<Lookup>> {
    let key = model.open_case()?.reference();
    let failed = |keeping: &&Keeping| keeping.failed && keeping.key == key;
    model.keeping.iter().rev().find(failed).map(|keeping| keeping.lookup.clone())
}
