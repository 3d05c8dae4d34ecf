//! The words that were read on a page, with what is derived from them once for all of its places.

use super::page::folded;
use super::runs::{Run, runs, stretches};
use crate::domain::evidence::{Region, Word};
use crate::domain::viewport::Size;

/// A dense page has some hundred words. Of a longer reading, which may be anything, the beginning is looked at.
const MOST_WORDS: usize = 4_000;
const MOST_LETTERS: usize = 10_000;

/// Pixels of the longest side in which places are looked for, so that no sum of a few of them overflows.
pub(super) const LONGEST_SIDE: u32 = 1 << 20;

/// The words of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageWords {
    pub(super) words: Vec<Word>,
    pub(super) runs: Vec<Run>,
    /// What else a value may stand in.
    pub(super) stretches: Vec<Run>,
    /// Right and lower end of all that was read.
    extent: Size,
}

impl Default for PageWords {
    fn default() -> Self {
        PageWords::of(&[])
    }
}

impl PageWords {
    /// Of words in the reader's order.
    pub fn of(words: &[Word]) -> Self {
        let mut letters = 0;
        let fits = |word: &&Word| ends(word.region).is_some();
        let some = words.iter().filter(fits).take(MOST_WORDS).take_while(|word| {
            letters += folded(&word.text).take(MOST_LETTERS + 1).count();
            letters <= MOST_LETTERS
        });
        PageWords::whole(some.cloned().collect())
    }

    fn whole(words: Vec<Word>) -> Self {
        let runs = runs(&words);
        let mut extent = Size::new(0, 0);
        for (right, lower) in words.iter().filter_map(|word| ends(word.region)) {
            extent = Size::new(extent.width.max(right), extent.height.max(lower));
        }
        PageWords { stretches: stretches(&words, &runs), runs, extent, words }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether all of it was read within a picture of this size.
    pub fn lie_on(&self, picture: Size) -> bool {
        self.extent.width <= picture.width && self.extent.height <= picture.height
    }

    /// Those that lie on a picture: what was read elsewhere was read of another one.
    pub(super) fn on(&self, picture: Size) -> Self {
        let inside = |word: &&Word| {
            let ends = ends(word.region);
            ends.is_some_and(|(right, lower)| right <= picture.width && lower <= picture.height)
        };
        PageWords::whole(self.words.iter().filter(inside).cloned().collect())
    }
}

fn ends(region: Region) -> Option<(u32, u32)> {
    let right = region.x.checked_add(region.width).filter(|right| *right <= LONGEST_SIDE)?;
    let lower = region.y.checked_add(region.height).filter(|lower| *lower <= LONGEST_SIDE)?;
    Some((right, lower))
}
