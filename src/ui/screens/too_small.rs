//! A screen too small for the desk: says what it needs. Nothing can be decided on it.

use crate::app::layout::{Area, SMALLEST};
use crate::domain::message::Message;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

pub fn draw(canvas: &mut Canvas<'_>, screen: Area) {
    let message = Message::new("desk.too_small")
        .with("width", SMALLEST.0)
        .with("height", SMALLEST.1)
        .with("now_width", screen.width)
        .with("now_height", screen.height);
    let text = canvas.text(&message);
    canvas.wrapped(screen, 0, screen.height, &text, Role::Warn);
}
