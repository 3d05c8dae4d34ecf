//! Deciding: the guards of a pass, the drafts of all conclusions.

use super::{notice, warn};
use crate::app::effect::Effect;
use crate::app::facts;
use crate::app::model::{Model, Tone};
use crate::app::screens::Panel;
use crate::domain::decision::{Conclusion, Draft, Refusal};
use crate::domain::message::{self, Lang, Message};
use crate::domain::policy::Attention;

/// A pass: at once when the case is clean, else after the findings it overrules were named.
pub(super) fn pass(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(view) = model.open_case() else { return };
    let unseen = view.unseen();
    if !unseen.is_empty() && model.settings.policy.attention != Attention::Off {
        let names: Vec<&str> = unseen
            .iter()
            .map(|at| format!("domain.short_{}", view.file.filing.attachments[*at].kind.text()))
            .map(|id| message::text(model.lang, &id))
            .collect();
        let message = Message::new("desk.look_first")
            .with("count", names.len())
            .with("names", names.join(if model.lang == Lang::Zh { "、" } else { ", " }));
        notice(model, Tone::Warning, message);
        return;
    }
    // What nobody could see is doubt, and doubt is never a pass without a second thought.
    if view.tally().clean() && view.unshowable().is_empty() {
        submit(model, Conclusion::Pass, effects);
    } else {
        model.panel = Some(Panel::ConfirmPass { scroll: 0 });
        model.panel_drawn = false;
    }
}

/// Sends a decision off to be recorded; the case stays on the desk until it is.
pub(super) fn submit(model: &mut Model, conclusion: Conclusion, effects: &mut Vec<Effect>) {
    let Some(view) = model.open_case() else { return };
    let reference = view.reference();
    let draft = Draft {
        filing: reference.clone(),
        revision: view.file.revision.clone(),
        conclusion,
        opinion: view.opinion.clone(),
        internal_note: view.internal_note.clone(),
        findings: view.findings.clone(),
        shown: view.shown_record(),
        second_review: view.first_look().is_some(),
    };
    let after = view.file.cursor;
    if let Some(refusal) = draft.refusal(&model.settings.catalogue) {
        warn(model, refusal_message(&refusal, model));
        return;
    }
    let needs_second_review = draft.needs_second_review(&model.settings.catalogue);
    model.panel = None;
    model.saving = Some(reference);
    let due_first = model.counts.hold_due > 0;
    effects.push(Effect::Decide {
        draft: Box::new(draft),
        needs_second_review,
        after,
        due_first,
        filter: model.filter.clone(),
    });
}

fn refusal_message(refusal: &Refusal, model: &Model) -> Message {
    let label = |code: &str| {
        let reason = model.settings.catalogue.get(code);
        reason.map_or_else(|| code.to_owned(), |reason| reason.label(model.lang).to_owned())
    };
    match refusal {
        Refusal::NoReason => Message::new("desk.refused_no_reason"),
        Refusal::UnknownCode(code) => Message::new("desk.refused_unknown_code").with("code", code),
        Refusal::WrongObject(used) => Message::new("desk.refused_wrong_object")
            .with("reason", label(&used.code))
            .with("object", facts::object_label(&used.object, model.lang)),
        Refusal::Twice(used) => Message::new("desk.refused_twice").with("reason", label(&used.code)),
        Refusal::Contradiction(a, b) => Message::new("desk.refused_contradiction")
            .with("first", label(&a.code))
            .with("second", label(&b.code)),
        Refusal::NoteTooShort => Message::new("desk.refused_note_too_short"),
    }
}
