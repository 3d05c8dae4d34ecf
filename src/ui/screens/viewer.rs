//! One picture over the whole screen.

use super::{evidence, footer};
use crate::app::layout;
use crate::app::model::Model;
use crate::ui::paint::Canvas;
use crate::ui::pictures::Pictures;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, pictures: &dyn Pictures) {
    let (title, picture, notice, keys) = layout::viewer(model.size);
    if let Some(view) = model.open_case() {
        evidence::title(canvas, title, model, view);
        evidence::picture(canvas, picture, model, view, pictures);
        if model.notice.is_none() && model.saving.is_none() {
            footer::required(canvas, notice, view);
        }
    }
    footer::notice(canvas, notice, model);
    footer::keys(canvas, keys, model);
}
