//! One picture over the whole screen.

use super::{evidence, footer, strip};
use crate::app::layout::Viewer;
use crate::app::model::Model;
use crate::ui::paint::Canvas;
use crate::ui::pictures::Pictures;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, pictures: &dyn Pictures) {
    let Viewer { title, picture, words, notice, footer: keys } = model.viewer();
    if let Some(view) = model.open_case() {
        evidence::title(canvas, title, model, view);
        evidence::picture(canvas, picture, model, view, pictures);
        if let Some((compared, fact)) = model.strip_in_viewer().zip(view.selected_fact()) {
            strip::words(canvas, words, fact, compared);
        }
        if model.notice.is_none() && model.saving.is_none() {
            footer::required(canvas, notice, view);
        }
    }
    footer::notice(canvas, notice, model);
    footer::keys(canvas, keys, model);
}
