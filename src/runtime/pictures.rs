//! Pictures for the views: wishes go to the picture worker, what it rendered is handed to the drawing.

use std::cell::RefCell;
use std::sync::Arc;

use crate::app::effect::PictureStatus;
use crate::app::model::{PictureKey, WantedPictures};
use crate::media::client::{Counters, Job, PictureClient, Rendered, ViewKey};
use crate::ui::pictures::{Picture, Pictures, Pixels};

/// The desk's pictures.
pub struct DeskPictures {
    client: PictureClient,
    wanted: WantedPictures,
    generation: u64,
    /// What was drawn last, kept on the screen until the next view of the same picture is there.
    last: RefCell<Option<(String, Arc<Rendered>)>>,
}

impl DeskPictures {
    pub fn new(client: PictureClient) -> Self {
        DeskPictures { client, wanted: WantedPictures::default(), generation: 0, last: RefCell::new(None) }
    }

    /// Asks for what is wanted and not at hand.
    pub fn want(&mut self, wanted: WantedPictures) {
        if wanted == self.wanted {
            return;
        }
        self.generation += 1;
        let ask = |key: &PictureKey, ahead| {
            let key = view_key(key);
            if !matches!(self.client.cached(&key), Some(Ok(_))) {
                self.client.request(Job { key, generation: self.generation, ahead });
            }
        };
        if let Some(key) = &wanted.current {
            ask(key, false);
        }
        for key in &wanted.soon {
            ask(key, true);
        }
        self.wanted = wanted;
    }

    /// What stands on the screen in the place of the wanted picture.
    pub fn status(&self) -> PictureStatus {
        match &self.wanted.current {
            None => PictureStatus::None,
            Some(key) => match self.client.cached(&view_key(key)) {
                None => PictureStatus::Loading,
                Some(Ok(rendered)) if rendered.notes.iter().any(|note| note.is_partial()) => {
                    PictureStatus::Partly
                }
                Some(Ok(rendered)) => PictureStatus::Ready(rendered.picture),
                Some(Err(_)) => PictureStatus::Failed,
            },
        }
    }

    pub fn counters(&self) -> Counters {
        self.client.counters()
    }
}

fn view_key(key: &PictureKey) -> ViewKey {
    ViewKey { sha256: key.sha256.clone(), viewport: key.viewport, target: key.target }
}

fn pixels(rendered: &Rendered) -> Pixels<'_> {
    Pixels { size: rendered.shown, rgb: &rendered.rgb }
}

impl Pictures for DeskPictures {
    fn with(&self, key: &PictureKey, draw: &mut dyn FnMut(Picture<'_>)) {
        match self.client.cached(&view_key(key)) {
            Some(Ok(rendered)) => {
                draw(match &rendered.notes[..] {
                    [] => Picture::Ready(pixels(&rendered)),
                    notes => {
                        let notes = notes.iter().map(|note| note.message()).collect();
                        Picture::Noted(pixels(&rendered), notes)
                    }
                });
                self.last.replace(Some((key.sha256.clone(), rendered)));
            }
            Some(Err(fault)) => draw(Picture::Failed(fault.message())),
            None => match &*self.last.borrow() {
                Some((sha256, rendered)) if *sha256 == key.sha256 => draw(Picture::Stale(pixels(rendered))),
                _ => draw(Picture::Loading),
            },
        }
    }
}
