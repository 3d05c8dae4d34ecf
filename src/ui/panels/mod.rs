//! The panels over the desk.

mod lists;
mod lookup;
mod palette;
mod places;
mod reasons;
mod recheck;
mod search;

use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::screens::Panel;
use crate::app::screens::text::TextField;
use crate::domain::message::Message;
use crate::ui::paint::Canvas;
use crate::ui::screens::footer;
use crate::ui::theme::Role;
use crate::ui::width;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model) {
    let Some(panel) = &model.panel else { return };
    canvas.spots.clear();
    match panel {
        Panel::Reasons(reasons) => reasons::draw(canvas, model, reasons),
        Panel::ConfirmPass { scroll } => lists::confirm_pass(canvas, model, *scroll),
        Panel::Hold(hold) => lists::hold(canvas, model, hold),
        Panel::Escalate(field) => text(canvas, model, field, "desk.panel_escalate", "desk.hint_escalate"),
        Panel::Opinion(field) => text(canvas, model, field, "desk.panel_opinion", "desk.hint_opinion"),
        Panel::InternalNote(field) => text(canvas, model, field, "desk.panel_note", "desk.hint_note"),
        Panel::Withdraw(withdraw) => lists::withdraw(canvas, model, withdraw),
        Panel::Lookup(lookup) => lookup::draw(canvas, model, lookup),
        Panel::Recheck(recheck) => recheck::draw(canvas, model, recheck),
        Panel::Search(search) => search::draw(canvas, model, search),
        Panel::Queue { cursor } => lists::queue(canvas, model, *cursor),
        Panel::Palette(palette) => palette::draw(canvas, model, palette),
        Panel::Places(panel) => places::draw(canvas, model, panel),
        Panel::Help { scroll } => lists::help(canvas, model, *scroll),
    }
    // The footer below says which keys the panel takes.
    let keys = Area::new(0, model.size.1 - 1, model.size.0, 1);
    for x in 0..keys.width {
        if let Some(cell) = canvas.buffer.cell_mut((x, keys.y)) {
            cell.reset();
        }
    }
    footer::keys(canvas, keys, model);
}

/// A frame in the middle, above notice and footer; answers the inside.
fn frame(canvas: &mut Canvas<'_>, model: &Model, title: &str, columns: u16, rows: u16) -> Area {
    let (width, height) = model.size;
    let columns = columns.min(width - 4);
    let rows = (rows + 2).min(height - 4);
    let area = Area::new((width - columns) / 2, (height - 2 - rows) / 2, columns, rows);
    canvas.spots.add(area, Spot::Panel);
    canvas.boxed(area, title)
}

/// A line of text being typed; the terminal's cursor stands in it.
fn field(canvas: &mut Canvas<'_>, area: Area, row: u16, field: &TextField) {
    let (cursor, scroll) = field.cursor(usize::from(area.width));
    let safe = crate::domain::safe::safe(field.text());
    let shown = width::take(width::skip(&safe, scroll), usize::from(area.width));
    canvas.put(area, row, 0, shown, Role::Text);
    let x = area.x + u16::try_from(cursor).unwrap_or(0).min(area.width.saturating_sub(1));
    canvas.set_cursor(x, area.y + row);
}

fn text(canvas: &mut Canvas<'_>, model: &Model, typed: &TextField, title: &'static str, hint: &'static str) {
    let area = frame(canvas, model, canvas.words(title), 76, 4);
    let hint = canvas.text(&Message::new(hint));
    let next = canvas.wrapped(area, 0, 2, &hint, Role::Quiet);
    field(canvas, area, next + 1, typed);
}
