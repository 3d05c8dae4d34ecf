//! Drawing: the machine's state onto a frame. Reads, never decides, never waits.
//!
//! What it needs to draw a picture it declares ([`Pictures`]); runtime provides it.

pub mod glyphs;
pub mod paint;
pub mod pictures;
pub mod pieces;
pub mod placed;
pub mod theme;
pub mod width;

mod panels;
mod screens;

use ratatui::Frame;

use self::glyphs::Glyphs;
use self::paint::Canvas;
use self::pictures::Pictures;
use self::theme::Theme;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spots;

/// Draws the whole screen; answers what stands where, for the mouse.
pub fn view(frame: &mut Frame<'_>, model: &Model, pictures: &dyn Pictures) -> Spots {
    let area = frame.area();
    let glyphs = if model.settings.wide_ambiguous { Glyphs::ASCII } else { Glyphs::LINES };
    let mut canvas = Canvas::new(frame.buffer_mut(), Theme::of(model.theme), glyphs, model);
    let screen = Area::new(area.x, area.y, area.width, area.height);
    if model.too_small() {
        screens::too_small::draw(&mut canvas, screen);
    } else {
        desk(&mut canvas, model, pictures);
    }
    let cursor = canvas.cursor();
    let spots = std::mem::take(&mut canvas.spots);
    paint::tie_halves(frame.buffer_mut());
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
    spots
}

fn desk(canvas: &mut Canvas<'_>, model: &Model, pictures: &dyn Pictures) {
    if let Some(comparison) = model.comparison() {
        screens::compare::draw(canvas, model, comparison, pictures);
    } else if model.full_screen {
        screens::viewer::draw(canvas, model, pictures);
    } else {
        screens::desk::draw(canvas, model, pictures);
    }
    if model.panel.is_some() {
        panels::draw(canvas, model);
    }
}
