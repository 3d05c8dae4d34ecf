//! Gathering again: answers are kept as they come, and the case is judged by them while the reviewer reads.

use super::{notice, short, warn};
use crate::app::effect::{Effect, Opened};
use crate::app::gathering::Gathering;
use crate::app::model::{Model, Tone};
use crate::app::screens::Panel;
use crate::domain::evidence::{Gathered, Want, recheck};
use crate::domain::message::{Lang, Message};

/// Asks again for everything that a machine can learn of the case on the desk.
pub(super) fn again(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(view) = model.open_case() else { return };
    let key = view.reference();
    let wants = recheck::again(&view.file.filing, &view.file.attachments, &view.file.evidence);
    if let Some(gathering) = model.gathering.iter_mut().find(|gathering| gathering.key == key) {
        gathering.failed &= !gathering.is_unwritten();
        write(gathering, effects);
        return progress(model, &key);
    }
    if wants.is_empty() {
        return notice(model, Tone::Info, Message::new("desk.gather_nothing"));
    }
    start(model, key.clone(), wants, effects);
    progress(model, &key);
}

/// Begins to gather; answers the number of the run.
pub(super) fn start(model: &mut Model, key: String, wants: Vec<Want>, effects: &mut Vec<Effect>) -> u64 {
    model.runs += 1;
    let run = model.runs;
    model.gathering.push(Gathering::new(run, key, wants.clone()));
    effects.push(Effect::Gather { run, wants });
    run
}

/// How far the gathering of a filing is.
fn progress(model: &mut Model, key: &str) {
    let Some(gathering) = model.gathering.iter().find(|gathering| gathering.key == key) else { return };
    let message = Message::new("desk.gathering").with("came", gathering.came).with("asked", gathering.asked);
    let here = model.open_case().is_some_and(|view| view.reference() == key);
    if here && model.panel.is_none() {
        notice(model, Tone::Info, message);
    }
}

/// An answer: written at once, or with the others that came while one was being written.
pub(super) fn came(model: &mut Model, run: u64, gathered: Gathered, effects: &mut Vec<Effect>) {
    let Some(gathering) = model.gathering.iter_mut().find(|gathering| gathering.run == run) else { return };
    gathering.take(gathered);
    let key = gathering.key.clone();
    write(gathering, effects);
    progress(model, &key);
}

fn write(gathering: &mut Gathering, effects: &mut Vec<Effect>) {
    if !gathering.writing && !gathering.waiting.is_empty() {
        gathering.writing = true;
        let gathered = std::mem::take(&mut gathering.waiting);
        effects.push(Effect::Keep { run: gathering.run, key: gathering.key.clone(), gathered });
    }
}

/// No more answers come.
pub(super) fn ended(model: &mut Model, run: u64, fault: Option<Message>, effects: &mut Vec<Effect>) {
    if let Some(gathering) = model.gathering.iter_mut().find(|gathering| gathering.run == run) {
        gathering.ended = true;
        gathering.failed = fault.is_some();
        write(gathering, effects);
    }
    if let Some(fault) = fault {
        warn(model, fault);
    }
    finish(model, effects);
}

/// Evidence is kept, and the filing is judged by it.
pub(super) fn learnt(model: &mut Model, run: u64, opened: Opened, effects: &mut Vec<Effect>) {
    let key = opened.file.reference();
    if let Some(gathering) = written(model, run) {
        write(gathering, effects);
    }
    let looked_up = super::lookup::kept(model, run);
    let Some(view) = model.open_case_mut().filter(|view| view.reference() == key) else {
        return finish(model, effects);
    };
    if view.learn(opened) {
        // What stands on the screen is not what the next key was meant for.
        model.guard.disarm();
        model.panel_drawn = false;
        update_reasons(model);
    }
    if looked_up {
        notice(model, Tone::Done, Message::new("desk.lookup_kept"));
    }
    finish(model, effects);
}

/// What could not be written waits for the next answer, the next gathering or the end of the desk.
pub(super) fn not_kept(
    model: &mut Model,
    run: u64,
    mut gathered: Vec<Gathered>,
    fault: Message,
    effects: &mut Vec<Effect>,
) {
    let lost = !gathered.is_empty();
    if let Some(gathering) = written(model, run) {
        gathered.append(&mut gathering.waiting);
        gathering.waiting = gathered;
        // Nobody asks anew by itself what has just failed.
        if !lost {
            write(gathering, effects);
        }
    }
    super::lookup::not_kept(model, run, lost);
    warn(model, fault);
    finish(model, effects);
}

/// The gathering whose evidence is not being written any more.
fn written(model: &mut Model, run: u64) -> Option<&mut Gathering> {
    let gathering = model.gathering.iter_mut().find(|gathering| gathering.run == run)?;
    gathering.writing = false;
    Some(gathering)
}

/// The desk closes: what came and was not written yet goes with the last effects.
pub(super) fn flush(model: &mut Model, effects: &mut Vec<Effect>) {
    for gathering in std::mem::take(&mut model.gathering) {
        if !gathering.waiting.is_empty() {
            let Gathering { run, key, waiting, .. } = gathering;
            effects.push(Effect::Keep { run, key, gathered: waiting });
        }
    }
}

/// Tells of the gatherings that are done, and lets go of them.
fn finish(model: &mut Model, effects: &mut Vec<Effect>) {
    // A fail does not wait for what cannot be written: it is told that nobody answered.
    let unwritten = model.gathering.iter().filter(|gathering| gathering.is_unwritten());
    let runs: Vec<u64> = unwritten.map(|gathering| gathering.run).collect();
    for run in runs {
        super::recheck::done(model, run, effects);
    }
    let (done, going): (Vec<_>, Vec<_>) =
        std::mem::take(&mut model.gathering).into_iter().partition(Gathering::is_done);
    model.gathering = going;
    for gathering in done {
        if super::recheck::done(model, gathering.run, effects) {
            continue;
        }
        if !gathering.failed {
            notice(model, Tone::Done, told(&gathering, model.lang));
        }
    }
}

fn told(gathering: &Gathering, lang: Lang) -> Message {
    let silent = gathering.silent();
    let id = if silent.is_empty() { "desk.gathered" } else { "desk.gathered_but" };
    let told = Message::new(id)
        .with("filing", short(&gathering.key))
        .with("came", gathering.asked - gathering.unanswered.len())
        .with("asked", gathering.asked);
    if silent.is_empty() {
        return told;
    }
    let kinds = silent.iter().map(|kind| Message::new(format!("desk.ev_kind_{kind}")).text(lang));
    told.with("kinds", kinds.collect::<Vec<_>>().join(", "))
}

/// The reasons panel keeps what was ticked where it stands; what is proposed now comes behind it, and that is said.
fn update_reasons(model: &mut Model) {
    let Some(Panel::Reasons(mut reasons)) = model.panel.take_if(|panel| matches!(panel, Panel::Reasons(_)))
    else {
        return;
    };
    let changed = model.open_case().map(|view| reasons.learn(view));
    model.panel = Some(Panel::Reasons(reasons));
    if let Some((new, gone)) = changed.filter(|changed| *changed != (0, 0)) {
        let told = Message::new("desk.reasons_learnt").with("new", new).with("gone", gone);
        notice(model, Tone::Warning, told);
    }
}
