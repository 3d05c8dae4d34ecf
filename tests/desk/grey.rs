//! The pictures of a desk without a picture worker.

use heyan::app::effect::PictureStatus;
use heyan::domain::message::Message;
use heyan::domain::view::PictureKey;
use heyan::domain::viewport::Size;
use heyan::ui::pictures::{Drawn, Picture, Pictures, Pixels};

/// Pictures that are always there: one grey, so that screens are the same everywhere.
pub struct Grey(pub PictureStatus);

const SHOWN: Size = Size::new(8, 6);

impl Pictures for Grey {
    fn with(&self, _: &PictureKey, draw: &mut dyn FnMut(Picture<'_>)) {
        let rgb = vec![128; SHOWN.width as usize * SHOWN.height as usize * 3];
        let pixels = Drawn::Pixels(Pixels { size: SHOWN, rgb: &rgb });
        draw(match self.0 {
            PictureStatus::Failed => Picture::Failed(Message::new("media.not_a_picture")),
            PictureStatus::Partly => Picture::Noted(pixels, vec![Message::new("media.cut_short")]),
            _ => Picture::Ready(pixels),
        });
    }
}
