//! Leaving the desk: asked twice, and nothing that is being written is cut off.

use super::{gather, notice};
use crate::app::effect::Effect;
use crate::app::model::{Model, Tone};
use crate::domain::message::Message;

pub(super) fn leave(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.leaving {
        model.leaving = true;
        notice(model, Tone::Info, Message::new("desk.once_more_to_leave"));
    } else if !model.closing && (model.saving.is_some() || model.opening.is_some()) {
        // The answer brings a claim that must be given back.
        model.closing = true;
        notice(model, Tone::Info, Message::new("desk.still_saving"));
    } else {
        quit(model, effects);
    }
}

/// Ends the desk; what was claimed is given back.
pub(super) fn quit(model: &mut Model, effects: &mut Vec<Effect>) {
    model.quit = true;
    gather::flush(model, effects);
    effects.extend(model.open_case().map(|view| Effect::Release(view.reference())));
    effects.push(Effect::Quit);
}
