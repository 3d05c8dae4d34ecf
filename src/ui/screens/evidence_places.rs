//! The places of the document in the viewport, each with the digit that leads to it.

use crate::app::case_view::CaseView;
use crate::app::layout::Area;
use crate::app::places::of_attachment;
use crate::domain::message;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;
use crate::ui::width;

/// Writes `1姓名 2号码 3头像` from a column of the title on, as many as there is room for.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, column: u16, view: &CaseView) {
    let mut column = column;
    let places = view.attachment.map(|at| of_attachment(view, at)).unwrap_or_default();
    for (digit, place) in (1..=9).zip(places) {
        let digit = digit.to_string();
        let label = message::text(canvas.lang, &place.label());
        let taken = u16::try_from(width::width(label) + digit.len() + 1).unwrap_or(u16::MAX);
        if column.saturating_add(taken) > area.width {
            break;
        }
        column = canvas.put(area, 0, column + 1, &digit, Role::Key);
        column = canvas.put(area, 0, column, label, Role::Quiet);
    }
}
