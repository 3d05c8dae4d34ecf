//! Before a fail: evidence older than the policy allows is gathered again. Unchanged, the fail is decided; changed, it
//! stops; unanswered, the reviewer may decide all the same, on record.

use super::{decide, gather, notice};
use crate::app::effect::Effect;
use crate::app::model::{Model, Tone};
use crate::app::screens::Panel;
use crate::app::screens::reasons::Reasons;
use crate::app::screens::recheck::Recheck;
use crate::domain::decision::Conclusion;
use crate::domain::evidence::recheck::{self, Changed};
use crate::domain::message::Message;

/// Enter in the reasons panel.
pub(super) fn fail(model: &mut Model, reasons: Reasons, conclusion: Conclusion, effects: &mut Vec<Effect>) {
    let hours = model.settings.policy.gather.fail_hours;
    let now = model.clock.now;
    let refused = decide::refused(model, &conclusion);
    let Some(view) = model.open_case() else { return };
    let wants = recheck::too_old(conclusion.reasons(), &view.findings, &view.file.evidence, hours, now);
    if wants.is_empty() || refused {
        model.panel = Some(Panel::Reasons(reasons));
        return decide::submit(model, conclusion, effects);
    }
    let (key, before) = (view.reference(), view.findings.clone());
    let run = gather::start(model, key, wants.clone(), effects);
    let panel = Recheck { run, reasons, conclusion, wants, before, silent: None };
    model.panel = Some(Panel::Recheck(Box::new(panel)));
    model.panel_drawn = false;
}

/// A gathering is done; whether a fail waited for it.
pub(super) fn done(model: &mut Model, run: u64, effects: &mut Vec<Effect>) -> bool {
    let waits = |panel: &mut Panel| matches!(panel, Panel::Recheck(recheck) if recheck.run == run && recheck.silent.is_none());
    let Some(Panel::Recheck(mut panel)) = model.panel.take_if(waits) else { return false };
    let Some(view) = model.open_case() else { return true };
    let reasons = panel.conclusion.reasons();
    let evidence = &view.file.evidence;
    match recheck::outcome(reasons, &panel.before, &view.findings, &panel.wants, evidence) {
        recheck::Recheck::Stands => {
            let Recheck { reasons, conclusion, .. } = *panel;
            // If it is refused the panel is still there.
            model.panel = Some(Panel::Reasons(reasons));
            decide::submit(model, conclusion, effects);
        }
        recheck::Recheck::Changed(changed) => stop(model, &changed),
        recheck::Recheck::NotAnswered(silent) => {
            panel.silent = Some(silent);
            model.panel = Some(Panel::Recheck(panel));
            model.panel_drawn = false;
            model.guard.disarm();
        }
    }
    true
}

/// The decision stops at what has changed.
fn stop(model: &mut Model, changed: &[Changed]) {
    let Some(Changed { before, now }) = changed.first() else { return };
    let lang = model.lang;
    let said = |message: &Message| message.text(lang);
    let told = match now {
        Some(now) => Message::new("desk.recheck_changed").with("now", said(&now.message)),
        None => Message::new("desk.recheck_gone"),
    };
    let told = told.with("before", said(&before.message)).with("count", changed.len());
    if let Some(view) = model.open_case_mut() {
        view.select_finding(&before.check, &before.object);
    }
    notice(model, Tone::Warning, told);
}

/// Enter, where nobody answered: decided all the same.
pub(super) fn confirm(model: &mut Model, panel: Recheck, effects: &mut Vec<Effect>) {
    let Some(silent) = &panel.silent else {
        model.panel = Some(Panel::Recheck(Box::new(panel)));
        return;
    };
    let not_asked_again = recheck::names(silent);
    model.panel = Some(Panel::Reasons(panel.reasons));
    decide::submit_without(model, panel.conclusion, not_asked_again, effects);
}
