//! Two pictures over the whole screen, side by side or one in the place of the other.

use super::{evidence, footer};
use crate::app::compare::{Comparison, Half, Of, Together};
use crate::app::facts;
use crate::app::layout::{self, Area, Viewer};
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::safe::safe;
use crate::domain::workspace::Origin;
use crate::ui::paint::Canvas;
use crate::ui::pictures::Pictures;
use crate::ui::theme::Role;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, comparison: &Comparison, pictures: &dyn Pictures) {
    let Viewer { title: above, picture: zone, notice, footer: keys, .. } = layout::viewer(model.size, false);
    title(canvas, above, model, comparison);
    if let Some((areas, wanted)) = model.compared_areas().zip(model.compared_pictures()) {
        canvas.spots.add(zone, Spot::Picture);
        for half in [0, 1] {
            if model.open_case().is_some_and(|view| view.is_seen(half)) {
                evidence::alone(canvas, areas[half], model, &wanted[half], pictures);
            }
        }
        if comparison.how == Together::SideBySide {
            canvas.vertical(areas[1].x - 1, zone.y, zone.height);
        }
    }
    if let Some(view) = model.open_case()
        && model.notice.is_none()
        && model.saving.is_none()
    {
        footer::required(canvas, notice, view);
    }
    footer::notice(canvas, notice, model);
    footer::keys(canvas, keys, model);
}

/// Which two, what is in sight of them, which partner of how many, and how they are looked at.
fn title(canvas: &mut Canvas<'_>, area: Area, model: &Model, comparison: &Comparison) {
    let how = canvas.words(match comparison.how {
        Together::SideBySide => "desk.side_by_side",
        Together::Blink => "desk.blinking",
    });
    let [first, partner] = comparison.halves().map(|half| name(canvas, model, half));
    let role = |half| if comparison.in_sight(half) { Role::Heading } else { Role::Quiet };
    let (at, count) = comparison.place();
    let column = canvas.pieces(
        area,
        0,
        &[
            (" ", Role::Text),
            (how, Role::Text),
            (" ", Role::Text),
            (&first, role(0)),
            (" / ", Role::Quiet),
            (&partner, role(1)),
            (&format!(" {at}/{count}"), Role::Quiet),
        ],
    );
    let [first, partner] = [0, 1].map(|half| evidence::set_apart(canvas, comparison.view(half), None));
    let apart = if first == partner { first } else { format!("{first} / {partner}") };
    let column = canvas.put(area, 0, column + 1, &apart, Role::Warn);
    evidence::drawn_bytes(canvas, area, column, model);
}

fn name(canvas: &Canvas<'_>, model: &Model, half: &Half) -> String {
    let own = |at: usize| model.open_case().and_then(|view| view.object_at(at));
    let object = match half.of {
        Of::Own(at) => own(at),
        Of::Elsewhere(_) => None,
    };
    let name = facts::object_label(&object.unwrap_or(Object::attachment(half.kind)), canvas.lang);
    match &half.of {
        Of::Own(_) => name,
        Of::Elsewhere(Origin::Revision) => {
            canvas.text(&Message::new("desk.of_last_revision").with("name", name))
        }
        Of::Elsewhere(Origin::Filing { key, .. }) => {
            let filing = safe(key).into_string();
            canvas.text(&Message::new("desk.of_other_filing").with("name", name).with("filing", filing))
        }
    }
}
