//! Which case stands on the desk: asking for one, putting it there, asking for its neighbours.

use crate::app::effect::{Effect, Opened, Target};
use crate::app::model::{Case, Model};
use crate::domain::message::Message;

pub(super) fn opened(model: &mut Model, case: Option<Box<Opened>>, effects: &mut Vec<Effect>) {
    model.opening = None;
    match case {
        Some(case) => {
            model.show_case(*case);
            model.renewed_at = model.clock.now;
            peek(model, effects);
        }
        None => {
            model.keep_looks();
            model.case = Case::Empty;
            model.rail.current = None;
            model.renewed_at = model.clock.now;
            model.panel = None;
            model.full_screen = false;
            (model.next, model.previous) = (None, None);
            model.guard.disarm();
        }
    }
}

pub(super) fn not_opened(model: &mut Model, key: String, fault: Message, effects: &mut Vec<Effect>) {
    model.opening = None;
    let place = model.rail.place_of(&key);
    model.rail.go(key.clone(), place);
    model.keep_looks();
    model.case = Case::Failed { key, fault };
    model.panel = None;
    model.full_screen = false;
    model.guard.disarm();
    peek(model, effects);
}

/// Asks for the cases after and before the present one, so that they are there when they are needed.
pub(super) fn peek(model: &mut Model, effects: &mut Vec<Effect>) {
    for forward in [true, false] {
        let wanted = model.rail.neighbour(forward).map(crate::domain::workspace::QueueRow::reference);
        let place = if forward { &mut model.next } else { &mut model.previous };
        if wanted != place.as_ref().map(|view| view.reference()) {
            *place = None;
            effects.extend(wanted.map(Effect::Peek));
        }
    }
}

/// Asks for another case; the present one is let go.
pub(super) fn open(model: &mut Model, target: Target, effects: &mut Vec<Effect>) {
    let here = model.open_case().map(crate::app::case_view::CaseView::reference);
    let release = here.filter(|reference| target != Target::Filing(reference.clone()));
    model.generation += 1;
    // What was typed ahead was meant for the case that was on its way before.
    model.waiting.clear();
    model.guard.disarm();
    model.opening = Some(target.clone());
    let (generation, filter) = (model.generation, model.filter.clone());
    effects.push(Effect::Open { generation, target, filter, release });
}

/// What was written about the present case stays until it is decided.
pub(super) fn keep_texts(model: &mut Model) {
    let texts = model
        .open_case()
        .filter(|view| !view.opinion.is_empty() || !view.internal_note.is_empty())
        .map(|view| (view.reference(), (view.opinion.clone(), view.internal_note.clone())));
    model.unsent.extend(texts);
}
