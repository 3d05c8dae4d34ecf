//! The search panel: what is typed, the conditions, what was found, and what Enter would do.

use super::{field, frame};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::screens::search::{Choice, Search};
use crate::domain::message::{self, Message};
use crate::domain::safe::safe;
use crate::domain::search::{Field, Query};
use crate::domain::workspace::{FilingState, QueueRow};
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;
use crate::ui::width;

/// Columns of a row before what was found: state, key, entity.
const STATE: usize = 8;
const KEY: usize = 16;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, search: &Search) {
    let area = frame(canvas, model, canvas.words("desk.panel_search"), 120, model.size.1);
    let label = canvas.words("desk.filter");
    let column = canvas.put(area, 0, 0, label, Role::Quiet) + 1;
    let typed = Area { x: area.x + column, width: area.width - column, ..area };
    field(canvas, typed, 0, &search.field);
    let next = conditions(canvas, model, area, search);
    canvas.horizontal(area.x, area.y + next, area.width);
    let list = Area { y: area.y + next + 1, height: area.height.saturating_sub(next + 3), ..area };
    rows(canvas, model, list, search);
    hint(canvas, model, area, search);
}

/// The conditions in two rows; answers the row after them.
fn conditions(canvas: &mut Canvas<'_>, model: &Model, area: Area, search: &Search) -> u16 {
    let (first, second) = Choice::ALL.split_at(4);
    for (line, choices) in [(1, first), (2, second)] {
        let cell = area.width / choices.len() as u16;
        for (at, choice) in choices.iter().enumerate() {
            let cell = Area::new(area.x + at as u16 * cell, area.y + line, cell - 1, 1);
            condition(canvas, model, cell, search, *choice);
        }
    }
    3
}

fn condition(canvas: &mut Canvas<'_>, model: &Model, cell: Area, search: &Search, choice: Choice) {
    let name = message::text(canvas.lang, &format!("desk.condition_{}", choice.name()));
    let value = choice.get(search.conditions());
    let label = choice.label(value.as_deref(), &model.settings.catalogue, canvas.lang);
    let focused = search.focus == Some(choice);
    let column = canvas.put(cell, 0, 0, &format!("{name} "), Role::Quiet);
    let room = usize::from(cell.width.saturating_sub(column));
    let typed = if focused && !search.narrow.is_empty() {
        format!("[{}] ", safe(&search.narrow))
    } else {
        String::new()
    };
    let role = if value.is_some() { Role::Heading } else { Role::Text };
    let end = canvas.put(cell, 0, column, &width::cut(&format!("{typed}{label}"), room), role);
    if focused {
        canvas.highlight(cell, 0);
        let cursor =
            if typed.is_empty() { column } else { end.min(column + width::width(&typed) as u16 - 2) };
        canvas.set_cursor(cell.x + cursor.min(cell.width.saturating_sub(1)), cell.y);
    }
}

fn rows(canvas: &mut Canvas<'_>, model: &Model, list: Area, search: &Search) {
    if let Some(fault) = &search.fault {
        let fault = canvas.text(fault);
        canvas.wrapped(list, 0, 4, &fault, Role::Warn);
        return;
    }
    if search.rows.is_empty() {
        let id = if search.answered { "desk.search_empty" } else { "desk.loading" };
        canvas.wrapped(list, 0, 3, canvas.words(id), Role::Quiet);
        return;
    }
    let height = usize::from(list.height);
    let first = (search.cursor + 1).saturating_sub(height);
    let query = Query::new(search.field.text());
    for (line, (at, row)) in search.rows.iter().enumerate().skip(first).take(height).enumerate() {
        draw_row(canvas, list, line as u16, model, row, query.as_ref());
        if at == search.cursor {
            canvas.highlight(list, line as u16);
        }
    }
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    list: Area,
    line: u16,
    model: &Model,
    row: &QueueRow,
    query: Option<&Query>,
) {
    let room = usize::from(list.width);
    let wide = room >= 100;
    let entity = (room - STATE - KEY - 3) * if wide { 5 } else { 6 } / 10;
    let state = message::text(canvas.lang, &format!("desk.state_{}", row.state.text()));
    let state = match taken(model, row) {
        Some(by) => format!("[{}]", safe(by)),
        None => state.to_owned(),
    };
    let column = canvas.put(list, line, 0, &width::pad(&state, STATE), Role::Quiet) + 1;
    let key = width::pad(&width::cut_front(&safe(&row.key), KEY), KEY);
    let column = marked(canvas, list, (line, column), &key, query, Role::Text) + 1;
    let name = width::pad(&safe(&row.entity), entity);
    let column = marked(canvas, list, (line, column), &name, query, Role::Text) + 1;
    // What is in the row already needs no words.
    let elsewhere = row.found.as_ref().filter(|found| !matches!(found.field, Field::Key | Field::Entity));
    if let Some(found) = elsewhere {
        let place = message::text(canvas.lang, &format!("domain.field_{}", found.field.text()));
        let column = canvas.put(list, line, column, &format!("{place} "), Role::Quiet);
        marked(canvas, list, (line, column), &safe(&found.value), query, Role::Quiet);
    } else {
        let lane = message::text(canvas.lang, &format!("domain.lane_{}", row.lane.text()));
        canvas.put(list, line, column, lane, Role::Quiet);
    }
}

/// A text in which what was typed stands out; answers the column after it.
fn marked(
    canvas: &mut Canvas<'_>,
    list: Area,
    (line, column): (u16, u16),
    text: &str,
    query: Option<&Query>,
    role: Role,
) -> u16 {
    let Some(span) = query.and_then(|query| query.span(text)) else {
        return canvas.put(list, line, column, text, role);
    };
    let column = canvas.put(list, line, column, &text[..span.start], role);
    let column = canvas.put(list, line, column, &text[span.clone()], Role::Key);
    canvas.put(list, line, column, &text[span.end..], role)
}

/// Somebody else who has the filing.
fn taken<'a>(model: &Model, row: &'a QueueRow) -> Option<&'a str> {
    row.claimed_by.as_deref().filter(|by| *by != model.settings.reviewer)
}

/// What Enter would do with the row under the cursor; how many rows there are.
fn hint(canvas: &mut Canvas<'_>, model: &Model, area: Area, search: &Search) {
    let Some(row) = search.chosen() else { return };
    let last = area.height - 1;
    let text = match (taken(model, row), row.state) {
        (Some(by), _) => Message::new("desk.found_claimed").with("by", by),
        (None, FilingState::Decided) => Message::new("desk.found_decided"),
        (None, _) => Message::new("desk.found_open"),
    };
    let text = canvas.text(&text);
    canvas.put(area, last, 0, &text, Role::Quiet);
    let more = if search.more() { "+" } else { "" };
    let count = format!(" {}/{}{more}", search.cursor + 1, search.rows.len());
    canvas.put_right(area, last, &count, Role::Quiet);
}
