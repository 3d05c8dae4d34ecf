//! A frame over the picture, around the region that decides.

use crate::app::case_view::CaseView;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::domain::view::Surface;
use crate::domain::viewport::Frame;
use crate::ui::paint::Canvas;

/// Draws corners around the marked region, where the picture stands upright.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView) {
    let (Some(region), Some(picture)) = (view.marked_region(), view.framed_size()) else { return };
    let how = view.view();
    let viewport = how.viewport;
    // Regions are places on the first page as it was handed in.
    if viewport.turns() > 0 || how.surface != Surface::Original || how.page > 0 {
        return;
    }
    let target = model.pixels(area, how.rendering);
    let frame = Frame::new(picture, target);
    let seen = viewport.source_rect(frame);
    let shown = viewport.shown_size(frame);
    let cell = model.settings.images.in_cell(how.rendering, model.settings.cell);
    let (columns, rows) =
        (shown.width.div_ceil(cell.width.max(1)), shown.height.div_ceil(cell.height.max(1)));
    let (left, top) = (
        u32::from(area.x) + (u32::from(area.width).saturating_sub(columns)) / 2,
        u32::from(area.y) + (u32::from(area.height).saturating_sub(rows)) / 2,
    );
    let place = |at: u32, start: u32, length: u32, cells: u32| {
        let share = f64::from(at.saturating_sub(start)) / f64::from(length.max(1));
        ((share * f64::from(cells)).round() as u32).min(cells.saturating_sub(1))
    };
    let x = |at: u32| left + place(at, seen.x, seen.size.width, columns);
    let y = |at: u32| top + place(at, seen.y, seen.size.height, rows);
    let (x0, x1) = (x(region.x), x(region.x.saturating_add(region.width)));
    let (y0, y1) = (y(region.y), y(region.y.saturating_add(region.height)));
    let corners = canvas.glyphs.corners;
    for (x, y, glyph) in
        [(x0, y0, corners[0]), (x1, y0, corners[1]), (x0, y1, corners[2]), (x1, y1, corners[3])]
    {
        if let (Ok(x), Ok(y)) = (u16::try_from(x), u16::try_from(y)) {
            canvas.reversed_glyph(x, y, glyph);
        }
    }
}
