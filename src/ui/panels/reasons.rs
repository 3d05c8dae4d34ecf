//! The reason panel: proposals ticked, a filter over the catalogue, the grade, what the applicant will be told.

use super::{field, frame};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::screens::reasons::Reasons;
use crate::domain::message::{self, Message};
use crate::ui::paint::Canvas;
use crate::ui::screens::footer::reason_text;
use crate::ui::theme::Role;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, reasons: &Reasons) {
    let items = reasons.visible();
    let rows = u16::try_from(items.len()).unwrap_or(u16::MAX).clamp(4, 14) + 6;
    let area = frame(canvas, model, canvas.words("desk.panel_reasons"), 100, rows);
    let catalogue = &model.settings.catalogue;

    let label = canvas.words("desk.filter");
    let column = canvas.put(area, 0, 0, label, Role::Quiet) + 1;
    field(canvas, Area { x: area.x + column, width: area.width - column, ..area }, 0, &reasons.filter);

    let list = Area { y: area.y + 2, height: area.height.saturating_sub(6), ..area };
    if items.is_empty() {
        let id = if reasons.filter.is_empty() { "desk.no_proposals" } else { "desk.nothing_found" };
        let words = canvas.text(&Message::new(id));
        canvas.wrapped(list, 0, 2, &words, Role::Quiet);
    }
    let height = usize::from(list.height);
    let first = (reasons.cursor + 1).saturating_sub(height);
    for (line, (at, item)) in items.iter().enumerate().skip(first).take(height).enumerate() {
        let line = line as u16;
        let tick = if item.ticked { "[x]" } else { "[ ]" };
        let digit = if at < 9 { (at + 1).to_string() } else { " ".to_owned() };
        let origin = if item.proposed { canvas.words("desk.proposed_mark") } else { "" };
        let role = if item.ticked { Role::Fail } else { Role::Text };
        let text = reason_text(canvas, model, &item.used);
        let column = canvas.put(list, line, 0, &format!("{tick} {digit} {text} "), role);
        canvas.put(list, line, column, origin, Role::Quiet);
        canvas.put_right(list, line, &format!(" {}", item.used.code), Role::Quiet);
        canvas.spot(list, line, Spot::Line(at));
        if at == reasons.cursor {
            canvas.highlight(list, line);
        }
    }

    let foot = Area { y: area.y + area.height.saturating_sub(3), height: 3.min(area.height), ..area };
    canvas.horizontal(foot.x, foot.y, foot.width);
    if let Some(item) = items.get(reasons.cursor) {
        let told = catalogue.get(&item.used.code).map_or("", |reason| reason.rectification(canvas.lang));
        canvas.put(foot, 1, 0, told, Role::Quiet);
    }
    let grade = reasons.grade(catalogue);
    let summary = Message::new("desk.reasons_summary")
        .with("count", reasons.ticked().len())
        .with("grade", message::text(canvas.lang, &format!("domain.grade_{}", grade.text())));
    let summary = canvas.text(&summary);
    canvas.put(foot, 2, 0, &summary, Role::Heading);
}
