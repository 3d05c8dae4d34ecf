//! The command palette: what is typed, and the commands that answer to it with their keys.

use super::{field, frame};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::screens::palette::Palette;
use crate::domain::message;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;
use crate::ui::width;

/// Columns of the keys.
const KEYS: usize = 18;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, palette: &Palette) {
    let lines = palette.lines(model);
    // The frame keeps its size while the filter narrows the list.
    let all = Palette::default().lines(model).len();
    let area = frame(canvas, model, canvas.words("desk.panel_palette"), 76, all as u16 + 2);
    let label = canvas.words("desk.filter");
    let column = canvas.put(area, 0, 0, label, Role::Quiet) + 1;
    field(canvas, Area { x: area.x + column, width: area.width - column, ..area }, 0, &palette.filter);

    let list = Area { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if lines.is_empty() {
        canvas.put(list, 0, 0, canvas.words("desk.nothing_found"), Role::Quiet);
    }
    let height = usize::from(list.height);
    let first = (palette.cursor + 1).saturating_sub(height);
    for (line, (at, shown)) in lines.iter().enumerate().skip(first).take(height).enumerate() {
        let line = line as u16;
        let words = message::text(canvas.lang, &format!("desk.cmd_{}", shown.row.name));
        let (keys_role, role) =
            if shown.idle.is_some() { (Role::Quiet, Role::Quiet) } else { (Role::Key, Role::Text) };
        let keys = canvas.keymap.text(shown.row);
        canvas.put(list, line, 0, &width::pad(&keys, KEYS), keys_role);
        let column = canvas.put(list, line, KEYS as u16 + 2, words, role);
        if let Some(why) = shown.idle {
            let rest = Area { x: list.x + column + 2, width: list.width.saturating_sub(column + 2), ..list };
            canvas.put_right(rest, line, canvas.words(why), Role::Quiet);
        }
        canvas.spot(list, line, Spot::Line(at));
        if at == palette.cursor {
            canvas.highlight(list, line);
        }
    }
    let below = lines.len().saturating_sub(first + height);
    if below > 0 {
        canvas.put_right(list, list.height - 1, &format!(" +{below}"), Role::Quiet);
    }
}
