//! Looking for filings, and working through what a filter takes.

use std::sync::Arc;

use super::{keep_texts, notice, open};
use crate::app::command::{Command, Context};
use crate::app::effect::{Effect, Target};
use crate::app::key::{Code, Key};
use crate::app::model::{Case, Model, Tone};
use crate::app::rail::Rail;
use crate::app::screens::Panel;
use crate::app::screens::search::Search;
use crate::domain::message::Message;
use crate::domain::search::{Filter, FilterState};
use crate::domain::workspace::Anchor;

pub(super) fn show(model: &mut Model) {
    model.panel = Some(Panel::Search(Box::new(Search::new(&model.filter))));
    model.panel_drawn = false;
}

/// Whether a key is typed into the panel instead of being a command. Here full-width characters are text.
pub(super) fn takes(model: &Model, key: Key) -> bool {
    let Some(Panel::Search(search)) = &model.panel else { return false };
    let moves_in_text = search.focus.is_none() && matches!(key.code, Code::Left | Code::Right);
    moves_in_text || model.settings.keymap.lookup(Context::Search, key).is_none()
}

pub(super) fn typed(model: &mut Model, key: Key) {
    let (catalogue, lang) = (model.settings.catalogue.clone(), model.lang);
    let Some(Panel::Search(search)) = &mut model.panel else { return };
    match (search.focus, key.typed()) {
        (None, _) => {
            search.field.key(key);
        }
        (Some(_), Some(c)) => search.narrow(Some(c), &catalogue, lang),
        (Some(_), None) if key.code == Code::Backspace => search.narrow(None, &catalogue, lang),
        (Some(_), None) => {}
    }
}

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let (catalogue, lang) = (model.settings.catalogue.clone(), model.lang);
    let Some(Panel::Search(search)) = &mut model.panel else { return };
    match command {
        Command::OpenFound => open_chosen(model, effects),
        Command::ApplyFilter => {
            let filter = search.filter();
            // The rail is for working: of everything, what can be worked on.
            let state = if filter.state == FilterState::All { FilterState::Work } else { filter.state };
            model.panel = None;
            apply(model, Filter { state, ..filter }, effects);
        }
        other => search.act(other, &catalogue, lang),
    }
}

/// Claims the filing under the cursor and puts it on the desk.
fn open_chosen(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.panel_drawn {
        return;
    }
    let Some(Panel::Search(search)) = &model.panel else { return };
    let Some(row) = search.chosen().filter(|_| search.answered) else { return };
    let (reference, place) = (row.reference(), row.cursor);
    if let Some(by) = row.claimed_by.as_ref().filter(|by| **by != model.settings.reviewer) {
        let message = Message::new("desk.found_claimed").with("by", by);
        notice(model, Tone::Info, message);
        return;
    }
    model.panel = None;
    keep_texts(model);
    open(model, Target::Filing(reference.clone()), effects);
    model.rail.go(reference, Some(place));
}

/// Makes a filter the rail's: what comes next is taken from what it takes.
pub(super) fn apply(model: &mut Model, filter: Filter, effects: &mut Vec<Effect>) {
    if *model.filter == filter {
        return;
    }
    model.filter = Arc::new(filter);
    model.rail = Rail::default();
    if let Some(view) = model.open_case() {
        let (reference, place) = (view.reference(), view.file.cursor);
        model.rail.go(reference, Some(place));
    }
    (model.next, model.previous) = (None, None);
    effects.push(load_page(model, Anchor::Start));
    if matches!(model.case, Case::Empty) {
        open(model, Target::Next(None), effects);
    }
}

/// A page of the rail, under its filter.
pub(super) fn load_page(model: &Model, at: Anchor) -> Effect {
    Effect::LoadPage { at, filter: model.filter.clone() }
}

/// What the open panel must ask now.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(Panel::Search(search)) = &mut model.panel {
        effects.extend(search.wants(&mut model.searches));
    }
}
