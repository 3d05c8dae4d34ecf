//! What is given up, step by step, until a picture fits its budget.

use image::RgbImage;

use super::Pixels;
use crate::domain::viewport::{Rect, Size};
use crate::media::scale::scale;

/// The sides of a picture in 32nds of what they were, from the best to the last resort.
pub const SIDES: [u32; 11] = [27, 23, 19, 16, 13, 11, 8, 6, 4, 2, 1];

/// One step: how large the picture still is, and how good otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    /// In 32nds of each side.
    pub side: u32,
    /// What the protocol says: bits of a channel, quality, colours.
    pub quality: u8,
}

/// From the best to the worst: all qualities in full size, then those for smaller pictures in each size.
pub fn rungs(whole: &[u8], sides: &[u32], smaller: &[u8]) -> Vec<Rung> {
    let at = |side: u32| move |quality: &u8| Rung { side, quality: *quality };
    let full = whole.iter().map(at(32));
    full.chain(sides.iter().flat_map(|side| smaller.iter().map(at(*side)))).collect()
}

impl Pixels {
    /// Reduced to so many 32nds of each side, by the mean of what each pixel covers; at least a pixel.
    pub fn reduced(&self, side: u32) -> Pixels {
        let length = |length: u32| (u64::from(length) * u64::from(side) / 32).max(1) as u32;
        let size = Size::new(length(self.size.width), length(self.size.height));
        let whole = Rect { x: 0, y: 0, size: self.size };
        let picture = RgbImage::from_raw(self.size.width, self.size.height, self.rgb.clone());
        match picture {
            Some(picture) if size != self.size => {
                Pixels { size, rgb: scale(&picture, whole, size).into_raw() }
            }
            _ => Pixels { size: self.size, rgb: self.rgb.clone() },
        }
    }
}

/// The best rung whose bytes fit, found by halving: each rung has fewer bytes than the one above it, or nearly so. The
/// last one where none fits. Answers the bytes and the rung.
pub fn climb_down<E>(
    rungs: &[Rung],
    budget: Option<usize>,
    mut attempt: impl FnMut(Rung) -> Result<Vec<u8>, E>,
) -> Result<(Vec<u8>, Rung), E> {
    const WHOLE: Rung = Rung { side: 32, quality: u8::MAX };
    let fits = |bytes: &[u8]| budget.is_none_or(|budget| bytes.len() <= budget);
    let (best, last) = (rungs.first().copied().unwrap_or(WHOLE), rungs.last().copied().unwrap_or(WHOLE));
    let bytes = attempt(best)?;
    if fits(&bytes) {
        return Ok((bytes, best));
    }
    let mut found = None;
    let (mut above, mut below) = (0, rungs.len().saturating_sub(1));
    while above + 1 < below {
        let middle = usize::midpoint(above, below);
        let bytes = attempt(rungs[middle])?;
        if fits(&bytes) {
            found = Some((bytes, rungs[middle]));
            below = middle;
        } else {
            above = middle;
        }
    }
    match found {
        Some(found) => Ok(found),
        None => Ok((attempt(last)?, last)),
    }
}
