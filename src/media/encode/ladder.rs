//! What is given up, step by step, until a picture fits its budget.

use std::panic::resume_unwind;
use std::thread;

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

/// The best rung whose bytes fit: each rung has fewer bytes than the one above it, or nearly so. The last one where none
/// fits. Two rungs are tried at once, on two threads, because somebody may be waiting for the picture. Answers the bytes
/// and the rung.
pub fn climb_down<E: Send>(
    rungs: &[Rung],
    budget: Option<usize>,
    attempt: impl Fn(Rung) -> Result<Vec<u8>, E> + Sync,
) -> Result<(Vec<u8>, Rung), E> {
    const WHOLE: Rung = Rung { side: 32, quality: u8::MAX };
    let best = rungs.first().copied().unwrap_or(WHOLE);
    let last = rungs.len().saturating_sub(1);
    let Some(budget) = budget.filter(|_| last > 0) else {
        return Ok((attempt(best)?, best));
    };
    let mut found = None;
    // Nothing is known of the best one at first; later it is the best of those below, and does not fit.
    let (mut above, mut below) = (None, last);
    while above.map_or(0, |above: usize| above + 1) < below {
        let first = above.map_or(0, |above| above + 1);
        // A third of the way and two thirds; the best is always worth a try.
        let (upper, lower) = match above {
            None => (0, below / 3),
            Some(_) => (first + (below - first) / 3, first + (below - first) * 2 / 3),
        };
        for (at, bytes) in both(&attempt, rungs, upper, lower)? {
            if bytes.len() <= budget {
                (found, below) = (Some((bytes, rungs[at])), at);
                break;
            }
            above = Some(at);
        }
    }
    match found {
        Some(found) => Ok(found),
        None => Ok((attempt(rungs[last])?, rungs[last])),
    }
}

/// Two rungs, or one where both are the same.
fn both<E: Send>(
    attempt: &(impl Fn(Rung) -> Result<Vec<u8>, E> + Sync),
    rungs: &[Rung],
    upper: usize,
    lower: usize,
) -> Result<Vec<(usize, Vec<u8>)>, E> {
    if upper == lower {
        return Ok(vec![(upper, attempt(rungs[upper])?)]);
    }
    thread::scope(|scope| {
        let beside = scope.spawn(|| attempt(rungs[lower]));
        let bytes = attempt(rungs[upper]);
        let other = beside.join().unwrap_or_else(|panic| resume_unwind(panic));
        Ok(vec![(upper, bytes?), (lower, other?)])
    })
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn the_best_rung_that_fits_is_found_with_few_attempts() {
        for count in 1..20_u8 {
            let rungs: Vec<Rung> = (0..count).map(|at| Rung { side: 32, quality: at }).collect();
            let bytes = |rung: Rung| vec![0; usize::from(count - rung.quality) * 10];
            for budget in 0..=usize::from(count) * 10 {
                let attempts = AtomicUsize::new(0);
                let attempt = |rung| {
                    attempts.fetch_add(1, Ordering::Relaxed);
                    Ok::<_, Infallible>(bytes(rung))
                };
                let Ok((found, rung)) = climb_down(&rungs, Some(budget), attempt);
                let expected = rungs.iter().find(|rung| bytes(**rung).len() <= budget);
                assert_eq!(rung, *expected.unwrap_or(&rungs[usize::from(count) - 1]), "{count} {budget}");
                assert_eq!(found, bytes(rung));
                assert!(attempts.into_inner() <= 8, "{count} {budget}");
            }
            let Ok((_, rung)) = climb_down(&rungs, None, |rung| Ok::<_, Infallible>(bytes(rung)));
            assert_eq!(rung, rungs[0]);
        }
    }
}
