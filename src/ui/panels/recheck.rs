//! Before a fail: what is asked again, how far that is, and what to do where nobody answers.

use super::frame;
use crate::app::evidence_text::subject_text;
use crate::app::model::Model;
use crate::app::screens::recheck::Recheck;
use crate::domain::message::{self, Message};
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, recheck: &Recheck) {
    let Some(view) = model.open_case() else { return };
    let wants = recheck.silent.as_ref().unwrap_or(&recheck.wants);
    let area = frame(canvas, model, canvas.words("desk.panel_recheck"), 90, wants.len().min(12) as u16 + 5);
    let hours = model.settings.policy.gather.fail_hours;
    let (id, role) = match recheck.silent {
        Some(_) => ("desk.recheck_silent", Role::Warn),
        None => ("desk.recheck_asking", Role::Text),
    };
    let gathering = model.gathering.iter().find(|gathering| gathering.run == recheck.run);
    let (came, asked) =
        gathering.map_or((0, recheck.wants.len()), |gathering| (gathering.came, gathering.asked));
    let said = canvas.text(&Message::new(id).with("hours", hours).with("came", came).with("asked", asked));
    let first = canvas.wrapped(area, 0, 3, &said, role) + 1;
    for (row, want) in (first..).zip(wants) {
        let kind = message::text(canvas.lang, &format!("desk.ev_kind_{}", want.gatherer));
        let subject = subject_text(&want.subject, &view.file.filing, false, canvas.lang);
        canvas.put(area, row, 0, &format!("  {kind}  {}", safe(&subject)), Role::Quiet);
    }
}
