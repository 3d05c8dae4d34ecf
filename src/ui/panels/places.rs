//! The panel of places: document by document, each place with its key and by what it is known where it lies.

use super::frame;
use crate::app::facts;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::screens::places::{Entry, Places, Purpose};
use crate::domain::message::{self, Message};
use crate::domain::places::Source;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

/// Cells of a column at least; as many columns as there is room for.
const COLUMN: u16 = 24;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, places: &Places) {
    let (title, hint) = match places.purpose {
        Purpose::Jump => ("desk.panel_places", "desk.hint_places"),
        Purpose::Remember => ("desk.panel_remember_place", "desk.hint_remember_place"),
    };
    let count = u16::try_from(places.lines.len()).unwrap_or(u16::MAX);
    let columns = columns(model.size, count);
    let rows = count.div_ceil(columns).max(1);
    let area = frame(canvas, model, canvas.words(title), columns * COLUMN + 2, rows.saturating_add(2));
    let hint = canvas.text(&Message::new(hint));
    canvas.put(area, 0, 0, &hint, Role::Quiet);
    let list = Area { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if list.is_empty() {
        return;
    }
    // Column by column, so that a document's places stand below it; what does not fit is scrolled to.
    let height = usize::from(list.height);
    let page = height * usize::from(columns);
    let first = places.cursor.checked_div(page).map_or(0, |pages| pages * page);
    for (nth, (at, (key, entry))) in places.lines.iter().enumerate().skip(first).take(page).enumerate() {
        let (column, row) = (nth / height, (nth % height) as u16);
        let width = list.width / columns;
        let cell = Area { x: list.x + column as u16 * width, width: width.saturating_sub(1), ..list };
        line(canvas, cell, row, model, *key, *entry);
        canvas.spot(cell, row, Spot::Line(at));
        if at == places.cursor {
            canvas.highlight(cell, row);
        }
    }
    let rest = places.lines.len().saturating_sub(first + page);
    if rest > 0 {
        canvas.put_right(area, 0, &format!(" +{rest}"), Role::Quiet);
    }
}

/// As few columns as show all lines, at most as many as the screen has room for.
fn columns(size: (u16, u16), count: u16) -> u16 {
    let height = size.1.saturating_sub(8).max(1);
    let most = (size.0.saturating_sub(10) / COLUMN).max(1);
    count.div_ceil(height).clamp(1, most)
}

fn line(canvas: &mut Canvas<'_>, area: Area, row: u16, model: &Model, key: Option<char>, entry: Entry) {
    let key = key.map_or_else(|| " ".to_owned(), String::from);
    match entry {
        Entry::Document(at) => {
            let object = model.open_case().and_then(|view| view.object_at(at));
            let label = object.map_or_else(String::new, |object| facts::object_label(&object, canvas.lang));
            canvas.pieces(area, row, &[(&key, Role::Key), (" ", Role::Text), (&label, Role::Heading)]);
        }
        Entry::Place(goal, source) => {
            let label = message::text(canvas.lang, &goal.place.label());
            let role = if source.is_some() { Role::Text } else { Role::Quiet };
            canvas.pieces(
                area,
                row,
                &[("  ", Role::Text), (&key, Role::Key), (" ", Role::Text), (label, role)],
            );
            canvas.put_right(area, row, canvas.words(by(source)), Role::Quiet);
        }
    }
}

/// By what it is known where a place lies.
const fn by(source: Option<Source>) -> &'static str {
    match source {
        Some(Source::Words) => "desk.place_by_words",
        Some(Source::Faces) => "desk.place_by_face",
        Some(Source::Reviewer) => "desk.place_by_reviewer",
        Some(Source::Layout) => "desk.place_by_layout",
        None => "desk.place_by_nothing",
    }
}
