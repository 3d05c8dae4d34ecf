//! Evidence in words: its lines in a zone, the place that decides with a mark and in view.

use crate::app::case_view::CaseView;
use crate::app::evidence_text::{Emphasis, MARK, Row};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::update::evidence::sheet;
use crate::domain::message::Message;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;
use crate::ui::width;

pub fn draw(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView) {
    canvas.spots.add(area, Spot::Picture);
    let Some(laid) = sheet(model, view, area) else {
        let gone = canvas.text(&Message::new("desk.ev_gone"));
        canvas.wrapped(area, 1, 4, &gone, Role::Quiet);
        return;
    };
    for (line, row) in laid.head.iter().enumerate() {
        draw_row(canvas, area, line as u16, row);
    }
    rows(canvas, laid.below, &laid.body, laid.first);
}

/// Rows in a zone from the first that is seen, and how many there are above and below.
pub fn rows(canvas: &mut Canvas<'_>, area: Area, rows: &[Row], first: usize) {
    let seen = rows.iter().skip(first).take(usize::from(area.height));
    for (line, row) in seen.enumerate() {
        draw_row(canvas, area, line as u16, row);
    }
    more(canvas, area, first, rows.len());
}

fn draw_row(canvas: &mut Canvas<'_>, area: Area, line: u16, row: &Row) {
    if row.marked {
        canvas.put(area, line, 0, ">", Role::Fail);
    }
    let label = width::cut(&row.label, usize::from(row.indent.saturating_sub(MARK + 1)));
    canvas.put(area, line, MARK, &label, Role::Quiet);
    let mut column = row.indent;
    for span in &row.spans {
        column = canvas.put(area, line, column, &span.text, role(span.emphasis));
    }
}

/// How many rows stand above and below, in the corners.
fn more(canvas: &mut Canvas<'_>, area: Area, first: usize, rows: usize) {
    let below = rows.saturating_sub(first + usize::from(area.height));
    if first > 0 {
        canvas.put_right(area, 0, &format!(" -{first}"), Role::Key);
    }
    if below > 0 && area.height > 1 {
        canvas.put_right(area, area.height - 1, &format!(" +{below}"), Role::Key);
    }
}

const fn role(emphasis: Emphasis) -> Role {
    match emphasis {
        Emphasis::Plain => Role::Text,
        Emphasis::Quiet => Role::Quiet,
        Emphasis::Heading => Role::Heading,
        Emphasis::Good => Role::Pass,
        Emphasis::Doubt => Role::Warn,
        Emphasis::Decisive => Role::Fail,
    }
}
