//! The queue rail: the filings around the present one.

use jiff::Timestamp;

use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::domain::finding::Tally;
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::workspace::QueueRow;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;
use crate::ui::width;

pub fn draw(canvas: &mut Canvas<'_>, area: Area, model: &Model) {
    canvas.put(area, 0, 0, canvas.words("desk.rail"), Role::Heading);
    let list = Area { y: area.y + 1, height: area.height - 1, ..area };
    if !model.rail.loaded {
        canvas.put(list, 0, 0, canvas.words("desk.loading"), Role::Quiet);
        return;
    }
    let here = model.rail.position();
    canvas.spots.add(area, Spot::Rail);
    rows(canvas, list, model, model.rail_focus.or(here).unwrap_or(0), here, Spot::Filing);
}

/// Rows around `focus`; `marked` is the one the keys act on, `spot` what the mouse finds there.
pub fn rows(
    canvas: &mut Canvas<'_>,
    list: Area,
    model: &Model,
    focus: usize,
    marked: Option<usize>,
    spot: fn(usize) -> Spot,
) {
    let height = usize::from(list.height);
    // The present row keeps to the upper third, so that what comes next is seen.
    let first = focus.saturating_sub(height / 3).min(model.rail.rows.len().saturating_sub(height));
    for (line, (at, row)) in model.rail.rows.iter().enumerate().skip(first).take(height).enumerate() {
        let line = line as u16;
        draw_row(canvas, list, line, model, row);
        canvas.spot(list, line, spot(at));
        if Some(at) == marked {
            canvas.highlight(list, line);
        }
    }
}

/// Columns of the tally and of the due time.
const TALLY: usize = 4;
const DUE: usize = 6;

fn draw_row(canvas: &mut Canvas<'_>, list: Area, line: u16, model: &Model, row: &QueueRow) {
    let (mark, role) = tally_mark(row.tally.as_ref());
    let due = due_text(canvas, model.clock.now, row.due_at);
    let taken = row.claimed_by.as_deref().filter(|by| *by != model.settings.reviewer);
    let width = usize::from(list.width);
    let key_width = if width < 40 { 8 } else { 16 };
    let name_width = width.saturating_sub(key_width + 1 + TALLY + DUE);
    let name = match taken {
        Some(by) => format!("[{}]", safe(by)),
        None => safe(&row.entity).into_string(),
    };
    let text = if taken.is_some() { Role::Quiet } else { Role::Text };
    let key = width::pad(&width::cut_front(&safe(&row.key), key_width), key_width);
    let column = canvas.put(list, line, 0, &key, text);
    let column = canvas.put(list, line, column + 1, &width::pad(&name, name_width), text);
    canvas.put(list, line, column, &format!(" {mark}"), role);
    let due_role = if row.due_at.is_some_and(|due| due < model.clock.now) { Role::Fail } else { Role::Quiet };
    canvas.put_right(list, line, &due, due_role);
}

/// What the checks said, in two characters: `x4`, `!2`, `?1`, `v`.
fn tally_mark(tally: Option<&Tally>) -> (String, Role) {
    match tally {
        None => ("-".to_owned(), Role::Quiet),
        Some(tally) if tally.fail > 0 => (format!("x{}", tally.fail), Role::Fail),
        Some(tally) if tally.error > 0 => (format!("E{}", tally.error), Role::Unknown),
        Some(tally) if tally.warn > 0 => (format!("!{}", tally.warn), Role::Warn),
        Some(tally) if tally.not_run > 0 => (format!("?{}", tally.not_run), Role::Unknown),
        Some(_) => ("v".to_owned(), Role::Pass),
    }
}

/// How long until a filing is due: `3h`, `2d`, with a minus when it is over.
pub fn due_text(canvas: &Canvas<'_>, now: Timestamp, due: Option<Timestamp>) -> String {
    let Some(due) = due else { return String::new() };
    let minutes = (due.as_second() - now.as_second()) / 60;
    let (sign, minutes) = if minutes < 0 { ("-", -minutes) } else { ("", minutes) };
    let (count, id) = match minutes {
        0..=99 => (minutes, "desk.due_minutes"),
        100..=2_879 => (minutes / 60, "desk.due_hours"),
        // Beyond that nobody counts, and the column has no room.
        _ => ((minutes / 1_440).min(999), "desk.due_days"),
    };
    canvas.text(&Message::new(id).with("count", format!("{sign}{count}")))
}
