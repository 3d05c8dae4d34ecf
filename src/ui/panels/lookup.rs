//! The look-up panel: what to ask, whom, and what was seen.

use super::{field, frame};
use crate::app::evidence_text::subject_text;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::screens::lookup::{Lookup, QUESTION, SOURCE, STATUS, VALUES};
use crate::app::screens::text::TextField;
use crate::domain::message::{self, Message};
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;
use crate::ui::width;

/// Columns of a label.
const LABEL: u16 = 12;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, lookup: &Lookup) {
    let Some(view) = model.open_case() else { return };
    let question = lookup.question();
    let statuses = question.statuses();
    let rows = statuses.len() + lookup.values.len() + 6;
    let area = frame(canvas, model, canvas.words("desk.panel_lookup"), 96, rows as u16);
    let clear = view.is_revealed(&question.object);
    let subject = subject_text(&question.subject, &view.file.filing, clear, canvas.lang);
    let kind = message::text(canvas.lang, &format!("desk.ev_kind_{}", question.gatherer));
    let more = if lookup.questions() > 1 { "< >" } else { "" };
    let query = format!("{kind}  {}  {more}", safe(&subject));
    label(canvas, area, 0, "desk.lookup_query");
    canvas.put(area, 0, LABEL, &query, Role::Heading);
    label(canvas, area, 1, "desk.lookup_source");
    text(canvas, area, 1, &lookup.source, lookup.focus == SOURCE);
    label(canvas, area, 2, "desk.lookup_status");
    for (at, id) in statuses.iter().enumerate() {
        let chosen = lookup.status == Some(at);
        let tick = if chosen { "(x)" } else { "( )" };
        let words = message::text(canvas.lang, id);
        let role = if chosen { Role::Heading } else { Role::Text };
        let row = 2 + at as u16;
        canvas.put(area, row, LABEL, &format!("{tick} {} {words}", at + 1), role);
        canvas.spot(area, row, Spot::Line(at));
    }
    let values = 2 + statuses.len() as u16;
    for (at, (id, value)) in question.values().iter().zip(&lookup.values).enumerate() {
        let row = values + at as u16;
        label(canvas, area, row, id);
        text(canvas, area, row, value, lookup.focus == VALUES + at);
    }
    let focused = match lookup.focus {
        QUESTION | SOURCE => lookup.focus as u16,
        STATUS => 2 + lookup.status.unwrap_or(0) as u16,
        row => values + (row - VALUES) as u16,
    };
    canvas.highlight(area, focused.min(area.height.saturating_sub(1)));
    let foot = Area { y: area.y + area.height - 1, height: 1, ..area };
    match &model.notice {
        Some(notice) => {
            let said = safe(&notice.said.text(canvas.lang, &model.settings)).into_string();
            canvas.put(foot, 0, 0, &said, crate::ui::theme::Theme::tone(notice.tone));
        }
        None => {
            let hint = canvas.text(&Message::new("desk.hint_lookup"));
            canvas.put(foot, 0, 0, &hint, Role::Quiet);
        }
    }
}

fn label(canvas: &mut Canvas<'_>, area: Area, row: u16, id: &'static str) {
    let words = width::cut(message::text(canvas.lang, id), usize::from(LABEL - 1));
    canvas.put(area, row, 0, &words, Role::Quiet);
}

/// A field; the terminal's cursor stands in the focused one.
fn text(canvas: &mut Canvas<'_>, area: Area, row: u16, typed: &TextField, focused: bool) {
    let place = Area { x: area.x + LABEL, width: area.width.saturating_sub(LABEL), ..area };
    if focused {
        field(canvas, place, row, typed);
    } else {
        canvas.put(place, row, 0, &safe(typed.text()), Role::Text);
    }
}
