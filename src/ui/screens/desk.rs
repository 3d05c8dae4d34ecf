//! The desk: status bar, queue rail, case, evidence, proposals, footer.

use super::{case, evidence, footer, form, rail};
use crate::app::layout::Area;
use crate::app::model::{Case, Model};
use crate::app::screens::search;
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::workspace::Filter;
use crate::ui::paint::Canvas;
use crate::ui::pictures::Pictures;
use crate::ui::theme::Role;
use crate::ui::width;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, pictures: &dyn Pictures) {
    let zones = model.zones();
    status(canvas, model);
    borders(canvas, model);
    if let Some(area) = zones.rail {
        rail::draw(canvas, area, model);
    }
    match &model.case {
        Case::Loading => {
            canvas.put(zones.case, 1, 1, canvas.words("desk.loading"), Role::Quiet);
        }
        Case::Empty => {
            let id = if filtered(model) { "desk.empty_filtered" } else { "desk.empty" };
            let words = canvas.words(id);
            let next = canvas.wrapped(zones.case, 1, 4, words, Role::Heading);
            let done = Message::new("desk.empty_done").with("count", model.counts.decided_today);
            let done = canvas.text(&done);
            canvas.wrapped(zones.case, next + 1, 4, &done, Role::Quiet);
        }
        Case::Failed { key, fault } => {
            let heading =
                Message::new("desk.cannot_open").with("filing", key.rsplit('/').next().unwrap_or(key));
            let heading = canvas.text(&heading);
            let next = canvas.wrapped(zones.case, 1, 2, &heading, Role::Warn);
            let fault = canvas.text(fault);
            let next = canvas.wrapped(zones.case, next + 1, 6, &fault, Role::Text);
            let go_on = canvas.text(&Message::new("desk.cannot_open_next"));
            canvas.wrapped(zones.case, next + 1, 2, &go_on, Role::Quiet);
        }
        Case::Open(view) => {
            match view.open_form() {
                Some(paper) => form::draw(canvas, zones.case, view, paper),
                None => case::draw(canvas, zones.case, model, view),
            }
            evidence::draw(canvas, &zones, model, view, pictures);
            footer::proposals(canvas, zones.proposals, model, view);
            footer::required(canvas, zones.required, view);
        }
    }
    footer::notice(canvas, zones.notice, model);
    footer::keys(canvas, zones.footer, model);
}

fn status(canvas: &mut Canvas<'_>, model: &Model) {
    let zones = model.zones();
    let counts = &model.counts;
    let figures = Message::new("desk.status")
        .with("open", counts.open)
        .with("held", counts.hold_due + counts.hold_later)
        .with("due", counts.hold_due)
        .with("escalated", counts.escalated)
        .with("second", counts.second_review)
        .with("today", counts.decided_today);
    let figures = canvas.text(&figures);
    let column = canvas.put(zones.status, 0, 1, canvas.words("desk.title"), Role::Heading);
    canvas.put(zones.status, 0, column + 2, &figures, Role::Text);
    let time = model.clock.now.to_zoned_datetime(model.settings.zone.clone()).strftime("%H:%M").to_string();
    let who = format!("{} {time} ", safe(&model.settings.reviewer));
    canvas.put_right(zones.status, 0, &who, Role::Quiet);
}

/// Whether only a part of the work queue is worked on.
fn filtered(model: &Model) -> bool {
    *model.filter != Filter::WORK
}

fn borders(canvas: &mut Canvas<'_>, model: &Model) {
    let zones = model.zones();
    let (columns, glyphs) = (model.size.0, canvas.glyphs);
    let (top, bottom) = (zones.status.height, zones.proposals.y - 1);
    canvas.horizontal(0, top, columns);
    canvas.horizontal(0, bottom, columns);
    let mut between = vec![zones.evidence_title.x - 1];
    if let Some(rail) = zones.rail {
        between.push(rail.x + rail.width);
    }
    for x in between {
        canvas.vertical(x, top + 1, bottom - top - 1);
        canvas.glyph(x, top, glyphs.down);
        canvas.glyph(x, bottom, glyphs.up);
    }
    if filtered(model) {
        let words = search::words(&model.filter, &model.settings.catalogue, canvas.lang);
        let title = canvas.text(&Message::new("desk.filtered").with("filter", words));
        let head = Area::new(2, top, columns.saturating_sub(4), 1);
        canvas.put(head, 0, 0, &format!(" {} ", width::cut(&title, usize::from(head.width) - 2)), Role::Warn);
    }
}
