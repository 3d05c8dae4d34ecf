//! Where a place of a document lies on its picture.

use super::flat::Projection;
use super::geometry::{middle_within, within};
use super::layout;
use super::own::{OwnPlace, OwnPlaces, Whole, part_of};
use super::words::{LONGEST_SIDE, PageWords};
use super::{DocumentKind, DocumentPlace};
use crate::domain::evidence::Region;
use crate::domain::view::{Quad, Surface};
use crate::domain::viewport::Size;

/// What is known of one page of a document.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    pub kind: DocumentKind,
    /// The upright picture; none while nobody has decoded it. A file's header tells its size before it is turned.
    pub size: Option<Size>,
    /// The words read on it; none where nothing was read.
    pub words: &'a PageWords,
    /// The faces found on it, the largest first.
    pub faces: &'a [Region],
    /// The document's corners, where they are known.
    pub quad: Option<Quad>,
}

/// Where a place was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The surface that shows it: the region is in its pixels.
    pub surface: Surface,
    /// Never outside the surface where its size is known, never empty.
    pub region: Region,
    pub source: Source,
    /// The words read there, as they were read, for comparing them with what was filed. None where nothing was.
    pub reading: Option<String>,
    /// 0 to 100, to be compared with others of the same source only.
    pub confidence: u8,
}

/// By what a place was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// By the words read: the filed value itself, or its label.
    Words,
    Faces,
    /// Where the reviewer said for this kind.
    Reviewer,
    /// By the layout that the kind prescribes.
    Layout,
}

/// Why a view cannot become a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAPlace {
    /// The document's corners are not known: a share of a photo is another part of the document in the next one.
    NoCorners,
    /// Nothing of the document is in the view.
    BesideDocument,
}

const FACE: u8 = 80;
const REVIEWER: u8 = 70;
const PRESCRIBED: u8 = 50;

impl Document<'_> {
    /// Where a place lies; `filed` is what it should hold, of several one is enough ([`super::filed`]). What a reviewer
    /// set for the kind goes before the layout: she saw where that leads.
    pub fn locate(&self, place: DocumentPlace, filed: &[String], own: &OwnPlaces) -> Option<Located> {
        self.by_words(place, filed)
            .or_else(|| self.by_faces(place))
            .or_else(|| self.by_reviewer(place, own))
            .or_else(|| self.by_layout(place))
    }

    /// The surface that is the document alone, and its size: pulled straight where its corners are known, the whole
    /// picture where its sides say that it is the page itself.
    pub fn flat(&self) -> Option<(Surface, Size)> {
        match (self.quad, self.size) {
            (Some(quad), _) => Some((Surface::Flat(quad), quad.flat_size())),
            (None, Some(size)) if layout::fills(self.kind, size) => Some((Surface::Original, size)),
            _ => None,
        }
    }

    /// A region of the original or of the document pulled straight, as the place of this kind that a reviewer makes of
    /// it: a part of the document; of what has no edges, a part of the page.
    ///
    /// # Errors
    /// Where it is no part of a document that is known.
    pub fn own_place(&self, surface: Surface, region: Region) -> Result<OwnPlace, NotAPlace> {
        if !layout::has_edges(self.kind) {
            let size = self.bounds();
            return Ok(OwnPlace::new(Whole::Page, within(region, size), size));
        }
        let (region, size) = match (surface, self.flat().ok_or(NotAPlace::NoCorners)?) {
            (Surface::Flat(quad), _) => (region, quad.flat_size()),
            (_, (Surface::Flat(quad), flat)) => {
                let straightening = Projection::straightening(quad).ok_or(NotAPlace::NoCorners)?;
                (straightening.region(region, flat).ok_or(NotAPlace::BesideDocument)?, flat)
            }
            (_, (_, size)) => (region, size),
        };
        Ok(OwnPlace::new(Whole::Document, within(region, size), size))
    }

    /// Whether it is a document whose corners are not known, and that would be told by them alone.
    pub fn lacks_corners(&self) -> bool {
        self.size.is_some() && self.flat().is_none() && layout::has_edges(self.kind)
    }

    /// Whether a place that was not found would be once the size of the picture, and of a document its corners, are
    /// known.
    pub fn may_be_found_later(&self, place: DocumentPlace, own: &OwnPlaces) -> bool {
        let set = |of: Whole| own.get(self.kind, place).is_some_and(|own| own.of == of);
        if layout::has_edges(self.kind) {
            let told = layout::prescribes(self.kind, place) || set(Whole::Document);
            told && self.flat().is_none()
        } else {
            self.size.is_none() && set(Whole::Page)
        }
    }

    /// The picture; where its size is not known, what it lies in.
    pub(super) fn bounds(&self) -> Size {
        self.size.unwrap_or(Size::new(LONGEST_SIDE, LONGEST_SIDE))
    }

    pub(super) fn original(
        &self,
        region: Region,
        source: Source,
        reading: String,
        confidence: u8,
    ) -> Option<Located> {
        Some(Located {
            surface: Surface::Original,
            region: within(region, self.bounds()),
            source,
            reading: Some(reading).filter(|reading| !reading.is_empty()),
            confidence,
        })
    }

    fn by_faces(&self, place: DocumentPlace) -> Option<Located> {
        let face = self.faces.first()?;
        // In thousandths of the face: to either side, above, below. A portrait on a document is 26 x 32 mm around a face
        // of 15 mm (GA 461-2004), and goes down to the shoulders.
        let (beside, above, below) = match place {
            DocumentPlace::Portrait => (400, 450, 600),
            DocumentPlace::Face => (250, 300, 300),
            _ => return None,
        };
        let grown =
            |length: u32, by: u32| u32::try_from(u64::from(length) * u64::from(by) / 1000).unwrap_or(0);
        let (side, up, down) =
            (grown(face.width, beside), grown(face.height, above), grown(face.height, below));
        let (x, y) = (face.x.saturating_sub(side), face.y.saturating_sub(up));
        let region = Region {
            x,
            y,
            width: face.x.saturating_add(face.width).saturating_add(side).saturating_sub(x),
            height: face.y.saturating_add(face.height).saturating_add(down).saturating_sub(y),
        };
        self.original(region, Source::Faces, String::new(), FACE)
    }

    fn by_reviewer(&self, place: DocumentPlace, own: &OwnPlaces) -> Option<Located> {
        let own = own.get(self.kind, place)?;
        let (surface, size) = match own.of {
            Whole::Document => self.flat()?,
            // A share of a photo of a document is another part of it in each.
            Whole::Page if layout::has_edges(self.kind) => return None,
            Whole::Page => (Surface::Original, self.size?),
        };
        Some(self.on(surface, own.on(size), Source::Reviewer, REVIEWER))
    }

    fn by_layout(&self, place: DocumentPlace) -> Option<Located> {
        let (surface, size) = self.flat()?;
        let part = layout::prescribed(self.kind, place, size)?;
        Some(self.on(surface, part_of(part, size), Source::Layout, PRESCRIBED))
    }

    /// A region of a surface with the words that were read in it.
    fn on(&self, surface: Surface, region: Region, source: Source, confidence: u8) -> Located {
        let straight = match surface {
            Surface::Flat(quad) => {
                Projection::straightening(quad).map(|straight| (straight, quad.flat_size()))
            }
            _ => None,
        };
        let words = self.words.words.iter().filter(|word| {
            let place = match (&straight, surface) {
                (Some((straight, flat)), _) => straight.region(word.region, *flat),
                (None, Surface::Flat(_)) => None,
                (None, _) => Some(word.region),
            };
            place.is_some_and(|place| middle_within(place, region))
        });
        let reading: String = words.map(|word| word.text.as_str()).collect();
        Located {
            surface,
            region,
            source,
            reading: Some(reading).filter(|text| !text.is_empty()),
            confidence,
        }
    }
}
