//! Pictures for the views: wishes go to the picture worker, what it rendered is handed to the drawing.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::graphics::{Screen, Strokes};
use crate::app::effect::{Msg, PictureStatus};
use crate::app::pictures::{Images, WantedPictures};
use crate::domain::view::PictureKey;
use crate::domain::viewport::Size;
use crate::media::client::{Counters, Job, Numbered, PageKey, PictureClient, Rendered};
use crate::media::encode::tmux::Through;
use crate::media::encode::{Encoding, Protocol};
use crate::ui::pictures::{Drawn, Picture, Pictures, Pixels};
use crate::ui::placed::Placed;

/// What was drawn last, kept on the screen until the next view of the same page is there: the picture, its partner and
/// the strip.
const MOST_STALE: usize = 3;

/// The most bytes of a sixel picture within tmux, which drops a sequence of more than 1 MiB without a word.
const SIXEL_IN_TMUX: usize = 512 << 10;

/// The desk's pictures.
pub struct DeskPictures {
    client: PictureClient,
    wanted: WantedPictures,
    generation: u64,
    /// The last one whose drawing was measured.
    measured: Option<PictureKey>,
    /// What views are made into.
    encoding: Option<Encoding>,
    budget: Option<usize>,
    through: Through,
    screen: Screen,
    /// The newest last.
    drawn: RefCell<VecDeque<(PictureKey, Arc<Rendered>)>>,
}

impl DeskPictures {
    /// `budget`: the most bytes that one picture may take on its way to the terminal.
    pub fn new(client: PictureClient, budget: Option<usize>, through: Through) -> Self {
        DeskPictures {
            client,
            wanted: WantedPictures::default(),
            generation: 0,
            measured: None,
            encoding: None,
            budget,
            through,
            screen: Screen::new(through),
            drawn: RefCell::new(VecDeque::new()),
        }
    }

    /// How the terminal draws from now on.
    pub fn display(&mut self, images: Images, cell: Size, largest_sixel: Size) {
        let made = |protocol, budget| Some(Encoding { protocol, cell, largest_sixel, budget });
        let encoding = match images {
            Images::Kitty => made(Protocol::Kitty, self.budget),
            Images::ITerm2 => made(Protocol::ITerm2, self.budget),
            Images::Sixel if self.through == Through::Tmux => {
                made(Protocol::Sixel, Some(self.budget.map_or(SIXEL_IN_TMUX, |own| own.min(SIXEL_IN_TMUX))))
            }
            Images::Sixel => made(Protocol::Sixel, self.budget),
            // A quarter of the terminal's own pixels needs no more than half the bytes.
            Images::HalfBlocks => made(Protocol::HalfBlocks, self.budget.map(|budget| budget / 2)),
            Images::Braille | Images::Off => None,
        };
        if encoding != self.encoding {
            self.encoding = encoding;
            self.client.encode_for(encoding);
            self.drawn.borrow_mut().clear();
            // To be asked for anew.
            self.wanted = WantedPictures::default();
        }
    }

    /// Reads off a drawing what the terminal must show by itself, before its cells are written.
    pub fn settle(&mut self, buffer: &mut Buffer) {
        let drawn = self.drawn.borrow();
        self.screen.settle(buffer, &|number| {
            let encoded = drawn.iter().filter_map(|(_, rendered)| rendered.encoded.as_ref());
            encoded
                .into_iter()
                .find(|encoded| encoded.number == number)
                .map(|encoded| Arc::clone(&encoded.picture))
        });
    }

    /// What must be written after the cells of that drawing.
    pub fn strokes(&mut self, filing: Option<&str>) -> Strokes {
        self.screen.strokes(filing)
    }

    /// What stands on the terminal is not to be relied on.
    pub fn forget(&mut self) {
        self.screen.forget();
    }

    /// What removes all pictures from the terminal.
    pub fn farewell(&self) -> Vec<u8> {
        self.screen.farewell()
    }

    /// Whether colours or pixels of the picture in the viewport were given up to spare bytes.
    pub fn is_reduced(&self) -> bool {
        let cached = self.wanted.main.as_ref().and_then(|key| self.client.cached(key));
        matches!(cached, Some(Ok(rendered)) if rendered.reduced)
    }

    /// Asks for what is wanted and not at hand.
    pub fn want(&mut self, wanted: WantedPictures) {
        if wanted == self.wanted {
            return;
        }
        self.generation += 1;
        let job = |key: &PictureKey| Job { key: key.clone(), generation: self.generation };
        self.client.show(wanted.on_screen().map(job).collect());
        for (sha256, page) in &wanted.corners {
            self.client.find_corners(PageKey { sha256: sha256.clone(), page: *page });
        }
        self.client.prepare(wanted.soon.iter().map(job).collect());
        self.wanted = wanted;
    }

    /// What stands on the screen in the place of the wanted picture.
    pub fn status(&self) -> PictureStatus {
        self.status_of(self.wanted.main.as_ref())
    }

    /// What stands on the screen in the place of what is compared with it.
    pub fn partner_status(&self) -> PictureStatus {
        self.status_of(self.wanted.partner.as_ref())
    }

    fn status_of(&self, key: Option<&PictureKey>) -> PictureStatus {
        match key {
            None => PictureStatus::None,
            Some(key) => match self.client.cached(key) {
                None => PictureStatus::Loading,
                Some(Ok(rendered)) if rendered.notes.iter().any(|note| note.is_partial()) => {
                    PictureStatus::Partly
                }
                Some(Ok(rendered)) => PictureStatus::Ready(rendered.picture),
                Some(Err(_)) => PictureStatus::Failed,
            },
        }
    }

    /// What is known of the wanted pages since they were decoded: the one in the viewport and what is compared with it.
    pub fn pages_known(&self) -> Vec<Msg> {
        let known = |key: &PictureKey| {
            let rendered = self.client.cached(key)?.ok()?;
            let (sha256, page) = (key.sha256.clone(), key.view.page);
            Some(Msg::PageKnown { sha256, page, pages: rendered.pages, submitted: rendered.submitted })
        };
        [&self.wanted.main, &self.wanted.partner].into_iter().flatten().filter_map(known).collect()
    }

    /// Whether the picture in the viewport has just been drawn for the first time since it is wanted.
    pub fn first_drawn(&mut self) -> bool {
        let standing = self.wanted.main.as_ref().filter(|key| matches!(self.client.cached(key), Some(Ok(_))));
        let first = standing.is_some() && standing != self.measured.as_ref();
        if first {
            self.measured = standing.cloned();
        }
        first
    }

    pub fn counters(&self) -> Counters {
        self.client.counters()
    }

    fn is_wanted(&self, key: &PictureKey) -> bool {
        self.wanted.on_screen().any(|wanted| wanted == key)
    }

    fn remember(&self, key: &PictureKey, rendered: Arc<Rendered>) {
        let mut drawn = self.drawn.borrow_mut();
        drawn.retain(|(before, _)| before != key && (self.is_wanted(before) || !replaces(key, before)));
        drawn.push_back((key.clone(), rendered));
        if drawn.len() > MOST_STALE {
            drawn.pop_front();
        }
    }
}

/// Whether one view may stand for another until that is there: the same surface of the same page in a zone of the same
/// size. Another surface is another picture, which must not be taken for this one.
fn replaces(key: &PictureKey, before: &PictureKey) -> bool {
    let of = |key: &PictureKey| (key.view.page, key.view.surface, key.target);
    key.sha256 == before.sha256 && of(key) == of(before)
}

fn drawn(rendered: &Rendered) -> Drawn<'_> {
    match &rendered.encoded {
        Some(Numbered { number, picture }) => {
            Drawn::Placed(Placed { number: *number, columns: picture.columns, rows: picture.rows })
        }
        None => Drawn::Pixels(Pixels { size: rendered.shown, rgb: &rendered.rgb }),
    }
}

impl Pictures for DeskPictures {
    fn with(&self, key: &PictureKey, draw: &mut dyn FnMut(Picture<'_>)) {
        match self.client.cached(key) {
            Some(Ok(rendered)) => {
                draw(match &rendered.notes[..] {
                    [] => Picture::Ready(drawn(&rendered)),
                    notes => {
                        let notes = notes.iter().map(|note| note.message()).collect();
                        Picture::Noted(drawn(&rendered), notes)
                    }
                });
                self.remember(key, rendered);
            }
            Some(Err(fault)) => draw(Picture::Failed(fault.message())),
            None => match self.drawn.borrow().iter().find(|(before, _)| {
                // What has a place of its own on the screen stands for nothing else.
                !self.is_wanted(before) && replaces(key, before)
            }) {
                Some((_, rendered)) => draw(Picture::Stale(drawn(rendered))),
                None => draw(Picture::Loading),
            },
        }
    }
}
