//! Places that a reviewer set herself, once for a kind of document: data that she keeps beside her settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DocumentKind, DocumentPlace};
use crate::domain::evidence::Region;
use crate::domain::viewport::Size;

/// Parts of a whole, in its width and in its height.
const WHOLE: u32 = 1000;

/// Of what a place is a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whole {
    /// The document pulled straight, or a scan that is the document.
    Document,
    /// The page as it was handed in: for photos, whose people and cloth stand alike in each.
    Page,
}

/// A part of a document or of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPlace {
    pub of: Whole,
    /// Left, top, width and height in thousandths of the whole.
    part: [u16; 4],
}

impl OwnPlace {
    /// The place as the part of a whole that a region of it is.
    pub fn new(of: Whole, region: Region, whole: Size) -> Self {
        let share = |length: u32, all: u32| {
            let share = u64::from(length) * u64::from(WHOLE) / u64::from(all.max(1));
            u16::try_from(share.min(u64::from(WHOLE))).unwrap_or(u16::MAX)
        };
        OwnPlace {
            of,
            part: [
                share(region.x, whole.width),
                share(region.y, whole.height),
                share(region.width, whole.width),
                share(region.height, whole.height),
            ],
        }
    }

    /// Where it lies on a whole of this size.
    pub fn on(&self, whole: Size) -> Region {
        part_of(self.part, whole)
    }
}

/// The region that a part (left, top, width and height in thousandths) is of a whole; never outside, never empty.
pub(super) fn part_of(part: [u16; 4], whole: Size) -> Region {
    let span = |start: u16, length: u16, all: u32| {
        let all = all.max(1);
        let pixels = |share: u16| u64::from(share) * u64::from(all) / u64::from(WHOLE);
        let start = u32::try_from(pixels(start)).unwrap_or(u32::MAX).min(all - 1);
        let length = u32::try_from(pixels(length)).unwrap_or(u32::MAX).clamp(1, all - start);
        (start, length)
    };
    let (x, width) = span(part[0], part[2], whole.width);
    let (y, height) = span(part[1], part[3], whole.height);
    Region { x, y, width, height }
}

/// The places that a reviewer set, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OwnPlaces(BTreeMap<DocumentKind, BTreeMap<DocumentPlace, OwnPlace>>);

/// A text that holds no places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl OwnPlaces {
    pub fn get(&self, kind: DocumentKind, place: DocumentPlace) -> Option<&OwnPlace> {
        self.0.get(&kind)?.get(&place)
    }

    /// Sets a place of a kind; the one before is forgotten.
    pub fn set(&mut self, kind: DocumentKind, place: DocumentPlace, own: OwnPlace) {
        self.0.entry(kind).or_default().insert(place, own);
    }

    /// Reads what [`OwnPlaces::text`] wrote.
    ///
    /// # Errors
    /// Where it is not of this form, with the line.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        toml::from_str(text).map_err(|error| Unreadable(error.to_string().trim_end().to_owned()))
    }

    /// The places as TOML: a table for each kind, a line for each place.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (kind, places) in &self.0 {
            text.push_str(&format!("[{kind}]\n"));
            for (place, own) in places {
                let of = match own.of {
                    Whole::Document => "document",
                    Whole::Page => "page",
                };
                text.push_str(&format!("{place} = {{ of = \"{of}\", part = {:?} }}\n", own.part));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn region() -> impl Strategy<Value = Region> {
        (0u32..5000, 0u32..5000, 0u32..5000, 0u32..5000).prop_map(|(x, y, width, height)| Region {
            x,
            y,
            width,
            height,
        })
    }

    proptest! {
        #[test]
        fn what_was_set_is_read_again_and_lies_inside(
            region in region(), width in 1u32..6000, height in 1u32..6000, of in prop::bool::ANY,
        ) {
            let whole = Size::new(width, height);
            let own = OwnPlace::new(if of { Whole::Document } else { Whole::Page }, region, whole);
            let mut places = OwnPlaces::default();
            places.set(DocumentKind::Form, DocumentPlace::Seal, own);
            places.set(DocumentKind::Photo, DocumentPlace::Time, own);
            prop_assert_eq!(OwnPlaces::read(&places.text()), Ok(places));
            let on = own.on(whole);
            prop_assert!(on.width >= 1 && on.height >= 1);
            prop_assert!(on.x + on.width <= width && on.y + on.height <= height);
        }
    }

    #[test]
    fn a_part_is_the_same_part_of_a_larger_scan() {
        let region = Region { x: 100, y: 300, width: 200, height: 60 };
        let own = OwnPlace::new(Whole::Document, region, Size::new(1000, 600));
        assert_eq!(own.on(Size::new(2000, 1200)), Region { x: 200, y: 600, width: 400, height: 120 });
    }

    #[test]
    fn what_is_no_list_of_places_is_told_with_its_line() {
        for text in ["[nonsense]", "[form]\nseal = 3", "[form]\nseal = { of = \"page\", part = [1, 2] }"] {
            let Unreadable(said) = OwnPlaces::read(text).unwrap_err();
            assert!(said.contains("line"), "{said}");
        }
    }
}
