//! The text twin of an attachment in the picture's zone.

use super::evidence_text;
use crate::app::case_view::CaseView;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::twin::viewport as twin;
use crate::ui::paint::Canvas;

pub fn draw(canvas: &mut Canvas<'_>, zone: Area, model: &Model, view: &CaseView) {
    if let Some(laid) = twin::laid(model, view, zone) {
        evidence_text::rows(canvas, laid.area, &laid.rows, laid.first);
    }
}
