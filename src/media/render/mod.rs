//! What a view shows of a decoded picture: the part, the surface, the tone, strokes alone. Pure functions on pixels,
//! run in the worker.
//!
//! [`flat`] pulls a document straight, [`ink`] leaves its strokes, [`tone`] sets light and contrast. Not here: which
//! part is seen (`domain::viewport`) and how a decoder stored the pixels ([`super::decode`]).

mod flat;
mod ink;
mod tone;

use image::RgbImage;
use image::imageops::{rotate90, rotate180, rotate270};

use self::flat::FlatDocument;
use super::decode::Picture;
use crate::domain::view::{Rendering, Surface, View};
use crate::domain::viewport::{Frame, Rect, Size};

/// What a view shows of a picture on a surface of `target` pixels: RGB, of exactly the size that the viewport promises.
///
/// The picture is the page as it was handed in or, for [`Surface::Submitted`], as it was recompressed.
pub fn shown(picture: &Picture, view: &View, target: Size) -> RgbImage {
    let sheet = Sheet::of(picture, view.surface);
    let frame = Frame::new(sheet.size(), target);
    let part = view.viewport.source_rect(frame);
    let turns = view.viewport.turns();
    let size = view.viewport.shown_size(frame);
    let size = if turns % 2 == 1 { size.turned() } else { size };
    let pixels = match view.rendering {
        Rendering::Colour => {
            let mut pixels = sheet.part(part, size);
            tone::apply(&mut pixels, view.tone);
            pixels
        }
        Rendering::Ink => ink::strokes(&sheet, part, size, view.tone),
    };
    match turns {
        0 => pixels,
        1 => rotate90(&pixels),
        2 => rotate180(&pixels),
        _ => rotate270(&pixels),
    }
}

/// What the viewport moves over.
enum Sheet<'a> {
    Whole(&'a Picture),
    Flat(FlatDocument<'a>),
}

impl<'a> Sheet<'a> {
    fn of(picture: &'a Picture, surface: Surface) -> Self {
        match surface {
            Surface::Original | Surface::Submitted(_) => Sheet::Whole(picture),
            Surface::Flat(quad) => Sheet::Flat(FlatDocument::of(picture, quad)),
        }
    }

    fn size(&self) -> Size {
        match self {
            Sheet::Whole(picture) => picture.upright(),
            Sheet::Flat(document) => document.size(),
        }
    }

    /// A part of it, which is not empty and lies inside, at a size.
    fn part(&self, part: Rect, size: Size) -> RgbImage {
        match self {
            Sheet::Whole(picture) => picture.part(part, size),
            Sheet::Flat(document) => document.part(part, size),
        }
    }
}
