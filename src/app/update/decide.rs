//! Deciding: the guards of a pass, the drafts of all conclusions.

use super::notice;
use crate::app::effect::Effect;
use crate::app::model::{Model, Tone};
use crate::app::said::Said;
use crate::app::screens::Panel;
use crate::domain::decision::{Conclusion, Draft};
use crate::domain::policy::Attention;
use crate::domain::replay::Basis;

/// A pass: at once when the case is clean, else after the findings it overrules were named.
pub(super) fn pass(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(view) = model.open_case() else { return };
    let unseen = view.unseen();
    if !unseen.is_empty() && model.settings.policy.attention != Attention::Off {
        let eyes = model.needs_eyes();
        if !eyes.is_empty() {
            notice(model, Tone::Warning, Said::NeedsEyes(eyes));
            return;
        }
        let kinds = unseen.iter().map(|at| view.file.filing.attachments[*at].kind).collect();
        notice(model, Tone::Warning, Said::LookFirst(kinds));
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
    submit_without(model, conclusion, Vec::new(), effects);
}

/// The same, although some of what it rests on could not be asked about again.
pub(super) fn submit_without(
    model: &mut Model,
    conclusion: Conclusion,
    not_asked_again: Vec<String>,
    effects: &mut Vec<Effect>,
) {
    let Some(draft) = draft(model, conclusion, not_asked_again) else { return };
    let Some(view) = model.open_case() else { return };
    let reference = view.reference();
    let after = view.file.cursor;
    if let Some(refusal) = draft.refusal(&model.settings.catalogue) {
        notice(model, Tone::Warning, Said::Refused(refusal));
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

fn draft(model: &Model, conclusion: Conclusion, not_asked_again: Vec<String>) -> Option<Draft> {
    let view = model.open_case()?;
    Some(Draft {
        filing: view.reference(),
        revision: view.file.revision.clone(),
        seen: view.file.current.as_ref().map(|decision| decision.seq),
        conclusion,
        opinion: view.opinion.clone(),
        internal_note: view.internal_note.clone(),
        findings: view.findings.clone(),
        shown: view.shown_record(),
        not_asked_again,
        basis: Basis::of(&view.file),
        second_review: view.first_look().is_some(),
    })
}

/// Whether this conclusion would be refused whatever the evidence.
pub(super) fn refused(model: &Model, conclusion: &Conclusion) -> bool {
    let draft = draft(model, conclusion.clone(), Vec::new());
    draft.is_some_and(|draft| draft.refusal(&model.settings.catalogue).is_some())
}
