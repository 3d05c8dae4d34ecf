//! Which pictures belong on the screen, and how many pixels the terminal has for them: pure arithmetic.
//!
//! Not here: what of a picture is seen (`domain::view`), and how its pixels reach the terminal (`runtime`).

use super::case_view::{CaseView, Showing};
use super::corners::Page;
use super::layout::{self, Area};
use super::model::Model;
use crate::domain::submission::SubmittedFile;
use crate::domain::view::{LARGEST_TARGET, PictureKey, Rendering, View};
use crate::domain::viewport::Size;

/// How pictures reach the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Images {
    /// Two pixels a cell, by colours.
    HalfBlocks,
    /// Eight dots a cell: for terminals that draw half-blocks two cells wide.
    Braille,
    /// The terminal's own pixels, by kitty's graphics protocol.
    Kitty,
    /// The terminal's own pixels, by iTerm2's inline images.
    ITerm2,
    /// The terminal's own pixels, by sixel.
    Sixel,
    Off,
}

impl Images {
    /// The most columns, and rows, of a picture that has the terminal's own pixels: no more can be named in its cells.
    pub const MOST_CELLS: u16 = 297;

    /// The message id of its name.
    pub const fn name(self) -> &'static str {
        match self {
            Images::HalfBlocks => "desk.by_half_blocks",
            Images::Braille => "desk.by_braille",
            Images::Kitty => "desk.by_kitty",
            Images::ITerm2 => "desk.by_iterm2",
            Images::Sixel => "desk.by_sixel",
            Images::Off => "desk.by_none",
        }
    }

    /// Whether pictures have the terminal's own pixels.
    pub const fn is_real(self) -> bool {
        matches!(self, Images::Kitty | Images::ITerm2 | Images::Sixel)
    }

    /// The pixels of one cell, whose own size in pixels of the terminal is `cell`.
    pub const fn in_cell(self, rendering: Rendering, cell: Size) -> Size {
        match (self, rendering) {
            (Images::Kitty | Images::ITerm2 | Images::Sixel, _) => cell,
            (Images::Braille, _) | (Images::HalfBlocks, Rendering::Ink) => Size::new(2, 4),
            (Images::HalfBlocks, Rendering::Colour) => Size::new(1, 2),
            (Images::Off, _) => Size::new(0, 0),
        }
    }

    /// The pixels of a zone, as far as a picture can fill it.
    pub fn target(self, zone: Area, rendering: Rendering, cell: Size) -> Size {
        let cell = self.in_cell(rendering, cell);
        let side = |cells: u16, pixels: u32| {
            let cells = if self.is_real() { cells.min(Images::MOST_CELLS) } else { cells };
            (u32::from(cells) * pixels).min(LARGEST_TARGET)
        };
        Size::new(side(zone.width, cell.width), side(zone.height, cell.height))
    }

    /// How many pixels lie along the side of a half-block where they are only more of them and no finer: dots have no
    /// shades, so that a document of dots must be larger to be read.
    pub const fn dots(self, rendering: Rendering) -> f64 {
        match (self, rendering) {
            (Images::Braille, _) | (Images::HalfBlocks, Rendering::Ink) => 2.0,
            _ => 1.0,
        }
    }
}

/// How the terminal draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// Ambiguous characters are two cells wide: none may be used.
    pub wide_ambiguous: bool,
    pub images: Images,
    /// A cell's size in pixels, as far as the terminal says it.
    pub cell: Size,
    /// The largest picture that the terminal takes as one sixel, in pixels.
    pub largest_sixel: Size,
    /// Its background is light; none where it does not say.
    pub light: Option<bool>,
}

impl Display {
    /// A cell where the terminal does not tell its size.
    pub const CELL: Size = Size::new(10, 20);
    /// The largest sixel where the terminal does not tell: xterm's default (`maxGraphicSize`), which drops larger ones.
    pub const LARGEST_SIXEL: Size = Size::new(1000, 1000);
}

/// The pictures that should be at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WantedPictures {
    /// What the viewport shows now.
    pub main: Option<PictureKey>,
    /// What is compared with it.
    pub partner: Option<PictureKey>,
    /// The piece of the document that shows the selected fact.
    pub strip: Option<PictureKey>,
    /// Pages whose documents' corners are to be found.
    pub corners: Vec<Page>,
    /// Soon on the screen: the other attachments, then the neighbouring filings' first.
    pub soon: Vec<PictureKey>,
}

impl WantedPictures {
    /// Those on the screen, the most important first.
    pub fn on_screen(&self) -> impl Iterator<Item = &PictureKey> {
        [&self.main, &self.partner, &self.strip].into_iter().flatten()
    }
}

impl Model {
    /// The zone in which the picture is drawn.
    pub fn picture_area(&self) -> Area {
        if self.full_screen { self.viewer().picture } else { self.zones().picture }
    }

    /// What a picture may take of a zone, in pixels of the terminal.
    pub fn pixels(&self, area: Area, rendering: Rendering) -> Size {
        self.settings.images.target(area, rendering, self.settings.cell)
    }

    /// The pixels of the present picture's zone.
    pub fn target(&self) -> Size {
        let rendering = self.open_case().map_or(Rendering::Colour, |view| view.view().rendering);
        self.pixels(self.picture_area(), rendering)
    }

    /// What the picture worker said of a page that is wanted now.
    pub(super) fn page_known(
        &mut self,
        sha256: &str,
        page: u32,
        pages: u32,
        submitted: Option<SubmittedFile>,
    ) {
        if let Some(view) = self.open_case_mut() {
            view.page_known(sha256, page, pages, submitted);
        }
    }

    fn draws_pictures(&self) -> bool {
        self.settings.images != Images::Off && !self.too_small()
    }

    /// What the viewport shows while nothing is compared.
    pub fn viewport_picture(&self) -> Option<PictureKey> {
        let view = self.open_case().filter(|_| self.draws_pictures())?;
        match view.showing() {
            Showing::Attachment | Showing::Beside(..) if view.words_asked() => None,
            Showing::Attachment | Showing::Beside(..) => self.key_of(view, view.attachment, self.full_screen),
            Showing::Screenshot(sha256) => Some(PictureKey {
                sha256: sha256.to_owned(),
                view: view.view(),
                target: self.pixels(self.picture_area(), view.view().rendering),
            }),
            Showing::Words(..) | Showing::Gone => None,
        }
    }

    /// The piece of the document that the strip shows.
    pub fn strip_picture(&self) -> Option<PictureKey> {
        if self.draws_pictures() { self.strip_key() } else { None }
    }

    /// The pictures that should be at hand for this state.
    pub fn wanted_pictures(&self) -> WantedPictures {
        let mut wanted = WantedPictures::default();
        if !self.draws_pictures() {
            return wanted;
        }
        wanted.corners = self.corners.outstanding().to_vec();
        if let Some(view) = self.open_case() {
            wanted.main = self.viewport_picture();
            wanted.strip = self.strip_picture();
            let page = wanted.main.as_ref().zip(view.attachment.and_then(|at| view.next_page(at)));
            wanted.soon.extend(page.map(|(main, view)| PictureKey { view, ..main.clone() }));
            wanted.soon.extend(self.key_of(view, view.next_unseen(), self.full_screen));
        }
        if let Some([main, partner]) = self.compared_pictures() {
            (wanted.main, wanted.partner) = (Some(main), Some(partner));
        }
        for neighbour in [&self.next, &self.previous].into_iter().flatten() {
            wanted.soon.extend(self.key_of(neighbour, neighbour.attachment, false));
        }
        wanted
    }

    fn key_of(&self, case: &CaseView, attachment: Option<usize>, full_screen: bool) -> Option<PictureKey> {
        let at = attachment?;
        let facts = case.file.attachments.get(at)?;
        if !facts.format.can_be_shown() {
            return None;
        }
        let view: View = case.view_of(at);
        let area = match full_screen {
            true if attachment == case.attachment => self.viewer().picture,
            true => layout::viewer(self.size, false).picture,
            false => self.zones_of(case, attachment).picture,
        };
        Some(PictureKey { sha256: facts.sha256.clone(), view, target: self.pixels(area, view.rendering) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_pixels_that_its_protocol_draws() {
        let cell = Size::new(9, 18);
        for (images, rendering, expected) in [
            (Images::HalfBlocks, Rendering::Colour, (1, 2)),
            (Images::HalfBlocks, Rendering::Ink, (2, 4)),
            (Images::Braille, Rendering::Colour, (2, 4)),
            (Images::Kitty, Rendering::Ink, (9, 18)),
            (Images::Sixel, Rendering::Colour, (9, 18)),
            (Images::Off, Rendering::Colour, (0, 0)),
        ] {
            assert_eq!(images.in_cell(rendering, cell), Size::new(expected.0, expected.1), "{images:?}");
        }
    }

    /// A picture that is larger than can be rendered would be waited for without end, one of more cells than can be named
    /// would be cut off and yet count as shown.
    #[test]
    fn a_zone_has_no_more_pixels_than_can_be_rendered_and_no_more_cells_than_can_be_named() {
        for (images, zone, cell, expected) in [
            (Images::Kitty, (100, 40), (9, 18), (900, 720)),
            (Images::Kitty, (510, 140), (10, 20), (2970, 2800)),
            (Images::ITerm2, (290, 130), (18, 36), (4096, 4096)),
            (Images::Sixel, (120, 50), (200, 200), (4096, 4096)),
            (Images::HalfBlocks, (510, 140), (10, 20), (510, 280)),
            (Images::Braille, (510, 140), (10, 20), (1020, 560)),
        ] {
            let zone = Area::new(0, 0, zone.0, zone.1);
            let target = images.target(zone, Rendering::Colour, Size::new(cell.0, cell.1));
            assert_eq!(target, Size::new(expected.0, expected.1), "{images:?} {zone:?}");
        }
    }
}
