//! The desk: status bar, queue rail, case, evidence, proposals, footer.

use super::{case, evidence, footer, form, rail};
use crate::app::model::{Case, Model};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::pictures::Pictures;
use crate::ui::theme::Role;

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
            let words = canvas.words("desk.empty");
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

fn borders(canvas: &mut Canvas<'_>, model: &Model) {
    let zones = model.zones();
    let (width, glyphs) = (model.size.0, canvas.glyphs);
    let (top, bottom) = (zones.status.height, zones.proposals.y - 1);
    canvas.horizontal(0, top, width);
    canvas.horizontal(0, bottom, width);
    let mut between = vec![zones.evidence_title.x - 1];
    if let Some(rail) = zones.rail {
        between.push(rail.x + rail.width);
    }
    for x in between {
        canvas.vertical(x, top + 1, bottom - top - 1);
        canvas.glyph(x, top, glyphs.down);
        canvas.glyph(x, bottom, glyphs.up);
    }
}
