//! What every message does to the machine. Pure: the same state and message give the same state and effects.
//!
//! Messages from outside are here; keys on the desk are in [`desk`], keys in a panel in [`panel`],
//! deciding in [`decide`].

mod compare;
mod decide;
mod desk;
pub mod evidence;
mod gather;
mod leaving;
mod lookup;
mod mouse;
mod notices;
mod opening;
pub mod panel;
mod places;
mod recheck;
mod search;
mod strip;
mod waiting;

use self::leaving::{leave, quit};
use self::notices::{notice, short, time_of_day, warn};
use self::opening::{keep_texts, not_opened, open, opened, peek};
use super::attention::Shown;
use super::command::{Class, Command, Context, row};
use super::effect::{Clock, Effect, Msg, PictureStatus, Target};
use super::guard::Blocked;
use super::key::{Key, Press};
use super::model::{Case, Model, Notice, Tone};
use super::screens::Panel;
use super::twin::viewport::{self as twin, Why};
use crate::domain::message::Message;
use crate::domain::workspace::Anchor;

/// How often an empty desk asks whether something has come, in seconds.
const LOOK_AGAIN: i64 = 60;

/// How often the rail looks what others have done, in milliseconds.
const OTHERS_MS: u64 = 20_000;

/// How long a line that says what was saved stays at least, in milliseconds.
const READABLE_MS: u64 = 4_000;

/// What the desk asks for when it opens.
pub fn start(model: &mut Model) -> Vec<Effect> {
    let mut effects = vec![search::load_page(model, Anchor::Start)];
    open(model, Target::Next(None), &mut effects);
    effects.push(Effect::LoadCounts);
    effects
}

/// Takes a message in.
#[must_use = "an effect that is not carried out is never asked for again"]
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Input(presses, clock) => input(model, &presses, clock, &mut effects),
        Msg::Paste(text) => {
            if let Some(field) = model.panel.as_mut().and_then(Panel::field_mut) {
                field.paste(&text);
                panel::field_changed(model);
            }
        }
        Msg::Mouse(act, spot, clock) => {
            model.clock = clock;
            mouse::point(model, act, spot, &mut effects);
        }
        Msg::Resize(width, height) => {
            model.size = (width, height);
            if model.too_small() {
                model.guard.disarm();
            }
        }
        Msg::Display(display) => model.measured(display),
        Msg::Measured { bytes, reduced } => (model.view_bytes, model.view_reduced) = (Some(bytes), reduced),
        Msg::Corners { sha256, page, quad } => model.corners.came(sha256, page, quad),
        Msg::PageKnown { sha256, page, pages, submitted } => {
            model.page_known(&sha256, page, pages, submitted);
        }
        Msg::Tick(clock) => tick(model, clock, &mut effects),
        Msg::Drawn(picture, clock) => drawn(model, picture, clock),
        Msg::PartnerDrawn(picture) => {
            compare::half_drawn(model, 1, picture);
            // The other half follows: both are counted as they stood, before what is known of one moves both.
            return effects;
        }
        // A page of another filter than the present one is of no use any more.
        Msg::Page { filter, .. } if filter != model.filter => {}
        Msg::Page { at, page, .. } => {
            let moved = model.rail.page(&at, page);
            if let Some(Panel::Queue { cursor }) = &mut model.panel {
                *cursor = cursor.saturating_add_signed(moved).min(model.rail.rows.len().saturating_sub(1));
            }
            model.rail_focus = model.rail_focus.map(|focus| focus.saturating_add_signed(moved));
            peek(model, &mut effects);
        }
        Msg::Found { generation, at, page } => {
            if let Some(Panel::Search(search)) = &mut model.panel {
                search.found(generation, at, page);
            }
        }
        Msg::Counts(counts, policy) => {
            model.counts = counts;
            model.settings.policy = *policy;
        }
        Msg::Opened { generation, case } if generation == model.generation => {
            opened(model, case, &mut effects);
        }
        Msg::OpenFailed { generation, key, fault } if generation == model.generation => {
            not_opened(model, key, fault, &mut effects);
        }
        // An answer to a question nobody asks any more; what it claimed is given back, unless it was asked for again.
        Msg::Opened { case: Some(case), .. } => {
            let reference = case.file.reference();
            let wanted = model.opening == Some(Target::Filing(reference.clone()))
                || model.open_case().is_some_and(|view| view.reference() == reference);
            if !wanted {
                effects.push(Effect::Release(reference));
            }
        }
        Msg::Opened { .. } | Msg::OpenFailed { .. } => {}
        Msg::Peeked(opened) => {
            let reference = opened.file.reference();
            let is = |forward| model.rail.neighbour(forward).is_some_and(|row| row.reference() == reference);
            let (next, previous) = (is(true), is(false));
            let view = (next || previous).then(|| Box::new(model.view_of(*opened)));
            if next {
                model.next = view;
            } else if previous {
                model.previous = view;
            }
        }
        Msg::Saved { key, state, at, next } => {
            model.saving = None;
            model.unsent.remove(&key);
            let message = Message::new(format!("desk.saved_{}", state.text()))
                .with("filing", short(&key))
                .with("time", time_of_day(model, at));
            model.notice = Some(Notice { tone: Tone::Done, said: message.into(), since: model.clock.ms });
            model.rail.remove(&key);
            match next {
                Ok(next) => opened(model, next, &mut effects),
                Err(fault) => not_opened(model, String::new(), fault, &mut effects),
            }
            effects.push(Effect::LoadCounts);
        }
        Msg::NotSaved { key, fault } => {
            model.saving = None;
            model.closing = false;
            warn(model, fault);
            // Somebody else may have changed it: look again, with what was written kept.
            keep_texts(model);
            open(model, Target::Filing(key), &mut effects);
        }
        Msg::Mine(decisions) => {
            if let Some(Panel::Withdraw(withdraw)) = &mut model.panel {
                withdraw.decisions = Some(decisions);
                model.panel_drawn = false;
            }
        }
        Msg::Withdrawn { key, at } => {
            model.saving = None;
            let message = Message::new("desk.withdrawn")
                .with("filing", short(&key))
                .with("time", time_of_day(model, at));
            model.notice = Some(Notice { tone: Tone::Done, said: message.into(), since: model.clock.ms });
            effects.extend([search::load_page(model, Anchor::Start), Effect::LoadCounts]);
            keep_texts(model);
            open(model, Target::Filing(key), &mut effects);
        }
        Msg::NotWithdrawn(fault) => {
            model.saving = None;
            warn(model, fault);
        }
        Msg::Revealed { key, object } => {
            let clock = model.clock;
            if let Some(view) = model.open_case_mut().filter(|view| view.reference() == key) {
                view.reveal(object, clock);
            }
        }
        Msg::Compared(seen, recorded) => compare::recorded(model, &seen, recorded),
        Msg::Evidence(msg) => evidence::told(model, msg, &mut effects),
        Msg::Trouble(fault) => warn(model, fault),
    }
    waiting::go_on(model, &mut effects);
    let looked_at = match &model.panel {
        Some(Panel::Queue { cursor }) => Some(*cursor),
        _ => model.rail_focus,
    };
    effects.extend(model.rail.wants(looked_at).map(|at| search::load_page(model, at)));
    search::ask(model, &mut effects);
    evidence::ask(model, &mut effects);
    compare::record(model, &mut effects);
    places::ask(model);
    strip::ask(model);
    if model.closing && !model.quit && model.saving.is_none() && model.opening.is_none() {
        quit(model, &mut effects);
    }
    effects
}

fn input(model: &mut Model, presses: &[Press], clock: Clock, effects: &mut Vec<Effect>) {
    model.clock = clock;
    model.guard.batch(presses);
    for press in presses {
        model.guard.press(*press, clock.ms);
        key(model, press.key, effects);
        if model.quit {
            return;
        }
    }
}

fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let context = model.context();
    if key.ctrl && key.code == super::key::Code::Char('c') {
        leave(model, effects);
        return;
    }
    model.leaving = false;
    if model.too_small() {
        return;
    }
    // What a text field takes is text, not a command, full-width or not.
    if context == Context::Text || panel::takes_text(model, key) {
        panel::text_key(model, key, effects);
        return;
    }
    if search::takes(model, key) {
        search::typed(model, key);
        return;
    }
    if lookup::takes(model, key) {
        lookup::typed(model, key);
        return;
    }
    if places::takes(model, key) {
        places::typed(model, key, effects);
        return;
    }
    let command_key = key.as_command();
    let Some(command) = model.settings.keymap.lookup(context, command_key) else {
        if let Some('\u{4e00}'..='\u{9fff}') = key.typed() {
            notice(model, Tone::Info, Message::new("desk.input_method_on"));
        }
        return;
    };
    let digit = command_key.typed().and_then(|c| c.to_digit(10)).and_then(|d| (d as usize).checked_sub(1));
    run(model, command, digit, effects);
}

/// Runs a command, wherever it came from (a key, the palette, the footer).
fn run(model: &mut Model, command: Command, digit: Option<usize>, effects: &mut Vec<Effect>) {
    if waiting::keep(model, command, digit) || !model.available(command) {
        return;
    }
    // What was said of an earlier key is done with; what was saved stays long enough to be read.
    let now = model.clock.ms;
    model.notice.take_if(|notice| notice.tone != Tone::Done || now >= notice.since + READABLE_MS);
    let allowed = match row(command).class {
        // What flies past under a held key was not looked at, and stepping is what makes it count as seen.
        Class::Look if command == Command::NextUnseen => !model.guard.is_held(),
        Class::Look => true,
        // Choosing a row of a list changes nothing the store knows.
        Class::Act if model.panel.as_ref().is_some_and(Panel::only_chooses) => true,
        Class::Open => allowed(model, false),
        Class::Act => allowed(model, true),
    };
    if !allowed {
        return;
    }
    if model.panel.is_some() {
        panel::command(model, command, digit, effects);
    } else {
        desk::command(model, command, digit, effects);
    }
}

/// Whether the present key may open a panel or, with `act`, change what the store knows; if not, says why.
fn allowed(model: &mut Model, act: bool) -> bool {
    let id = match model.guard.check(model.clock.ms) {
        Err(Blocked::Held) => "desk.key_held",
        Err(Blocked::Burst) => "desk.key_burst",
        // What would be opened now would be closed again by the next case, in the middle of a word.
        Ok(()) | Err(Blocked::NotArmed) if model.saving.is_some() => "desk.still_saving",
        Ok(()) | Err(Blocked::NotArmed) if model.opening.is_some() => "desk.not_armed",
        Err(Blocked::NotArmed) if act => "desk.not_armed",
        Ok(()) | Err(Blocked::NotArmed) => return true,
    };
    notice(model, Tone::Info, Message::new(id));
    false
}

fn tick(model: &mut Model, clock: Clock, effects: &mut Vec<Effect>) {
    model.clock = clock;
    if let Some(view) = model.open_case_mut() {
        view.end_reveal(clock.ms);
    }
    // What others claim and decide shows in the rail while it stands at the start of the queue.
    if clock.ms >= model.looked_at + OTHERS_MS && model.panel.is_none() {
        model.looked_at = clock.ms;
        effects.push(Effect::LoadCounts);
        effects.extend(model.rail.again().map(|at| search::load_page(model, at)));
    }
    let since = clock.now.as_second() - model.renewed_at.as_second();
    let third = i64::from(model.settings.policy.lease_seconds / 3).max(1);
    match &model.case {
        Case::Open(view) if since >= third => {
            effects.push(Effect::Renew(view.reference()));
            model.renewed_at = clock.now;
        }
        // An import, a hold that ends or a first decision elsewhere may have brought something.
        Case::Empty if since >= LOOK_AGAIN && model.opening.is_none() && model.panel.is_none() => {
            effects.extend([search::load_page(model, Anchor::Start), Effect::LoadCounts]);
            open(model, Target::Next(None), effects);
            model.renewed_at = clock.now;
        }
        _ => {}
    }
}

/// The screen stands as the machine stands: what is complete arms, what was large enough counts as shown.
fn drawn(model: &mut Model, picture: PictureStatus, clock: Clock) {
    let picture = compare::first_drawn(model, picture);
    model.clock = clock;
    if model.too_small() {
        return;
    }
    model.panel_drawn = model.panel.is_some();
    if matches!(model.case, Case::Loading) {
        return;
    }
    let target = model.target();
    let covered = model.panel.is_some();
    let images = model.settings.images;
    let words = model.open_case().and_then(|view| twin::why(model, view)).map(Why::shown);
    let complete = picture != PictureStatus::Loading;
    if let Some(view) = model.open_case_mut()
        && !covered
    {
        view.picture_failed(picture);
        match picture {
            PictureStatus::Ready(upright) => {
                let dots = images.dots(view.view().rendering);
                view.drawn_as_picture(upright, target, dots);
            }
            PictureStatus::Failed | PictureStatus::Partly => view.drawn_otherwise(Shown::Sentence),
            PictureStatus::None => words.into_iter().for_each(|how| view.drawn_otherwise(how)),
            PictureStatus::Loading => {}
        }
    }
    if complete {
        model.guard.drawn(clock.ms);
    }
}
