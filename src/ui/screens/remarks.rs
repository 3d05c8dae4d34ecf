//! The filing's own remarks in a fixed place: whatever is scrolled, the site's stands there, empty or not.

use crate::app::case_view::CaseView;
use crate::app::facts::Row;
use crate::app::layout::Area;
use crate::domain::message;
use crate::domain::object::{Object, Place};
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;
use crate::ui::width;

/// Zones of this height or more show more than one row of a remark, and the entity's too.
const TALL: u16 = 24;

/// Draws the remarks from a row on; answers the row after them.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, row: u16, view: &CaseView) -> u16 {
    let next = if view.file.filing.site.is_some() {
        remark(canvas, area, row, view, Place::SiteRemark)
    } else {
        let label = message::text(canvas.lang, "domain.fact_site_remark");
        canvas.pieces(
            area,
            row,
            &[(label, Role::Quiet), (" ", Role::Quiet), (canvas.words("desk.no_site"), Role::Quiet)],
        );
        row + 1
    };
    let entity_fits = area.height >= TALL && !view.file.filing.entity.remark.is_empty();
    if entity_fits { remark(canvas, area, next, view, Place::Entity) } else { next }
}

/// A remark, cut with a mark; whole while its fact is selected.
fn remark(canvas: &mut Canvas<'_>, area: Area, row: u16, view: &CaseView, place: Place) -> u16 {
    let object = Object::Place(place);
    // The entity's remark is the last of the rows about the entity as a whole.
    let of_place = |row: &Row| matches!(row, Row::Fact(fact) if fact.object == object);
    let Some((at, Row::Fact(fact))) = view.rows.iter().enumerate().rfind(|(_, row)| of_place(row)) else {
        return row;
    };
    let selected = view.open_form().is_none() && view.selected == at;
    let most = match () {
        // The list below keeps a few rows.
        () if selected => area.height.saturating_sub(row + 4).max(1),
        () if area.height >= TALL => 3,
        () => 1,
    };
    let label = format!("{} ", message::text(canvas.lang, &fact.label));
    let indent = width::width(&label);
    let text = safe(&fact.shown(canvas.lang, view.is_revealed(&object))).into_string();
    let columns = usize::from(area.width).saturating_sub(indent);
    let mut lines = width::wrap(&text, columns);
    if lines.len() > usize::from(most) {
        let rest = lines.split_off(usize::from(most) - 1).concat();
        lines.push(width::cut(&rest, columns));
    }
    canvas.put(area, row, 0, &label, Role::Quiet);
    for (at, line) in lines.iter().enumerate() {
        canvas.put(area, row + at as u16, indent as u16, line, Role::Text);
    }
    row + (lines.len() as u16).max(1)
}
