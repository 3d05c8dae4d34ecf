//! The words of a picture as runs: what hangs together in a line, so that columns are not read across.

use std::ops::Range;

use super::nearest::{Nearest, nearest};
use super::page::{around, enclosing, folded};
use crate::domain::evidence::{Region, Word};

/// Words are one run as long as the gap between them is not wider than this many line heights.
const GAP: f64 = 1.6;

/// A wrapped value goes on below as long as the lines are not farther apart than this many line heights.
const LEADING: f64 = 1.6;

/// By how many characters a word may stick out of a stretch and still be read whole.
const STICKS_OUT: usize = 2;

/// Words that hang together.
#[derive(Debug, Clone)]
pub(super) struct Run<'w> {
    pub words: Vec<&'w Word>,
    pub region: Region,
    /// Every letter and digit as [`folded`], with the word that it comes from.
    pub characters: Vec<char>,
    of: Vec<usize>,
}

impl<'w> Run<'w> {
    fn of(words: Vec<&'w Word>) -> Self {
        let mut characters = Vec::new();
        let mut of = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for character in folded(&word.text) {
                characters.push(character);
                of.push(at);
            }
        }
        Run { region: around(words.iter().copied()), characters, of, words }
    }

    /// The nearest stretch to a value, and its words.
    pub fn nearest(&self, value: &[char]) -> Option<Nearest> {
        nearest(value, &self.characters)
    }

    /// The words on which a stretch of its characters lies.
    pub fn under(&self, stretch: &Range<usize>) -> &[&'w Word] {
        match (self.of.get(stretch.start), self.of.get(stretch.end.saturating_sub(1))) {
            (Some(first), Some(last)) if first <= last => &self.words[*first..=*last],
            _ => &[],
        }
    }

    /// The place of a stretch: of whole words, but of a word that holds more only its share.
    pub fn region_of(&self, stretch: &Range<usize>) -> Region {
        let mut parts = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let all: Vec<usize> = (0..self.of.len()).filter(|character| self.of[*character] == at).collect();
            let inside: Vec<usize> = (0..all.len()).filter(|nth| stretch.contains(&all[*nth])).collect();
            let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
            let share = |nth: usize| {
                let all = u64::try_from(all.len()).unwrap_or(1).max(1);
                u32::try_from(u64::from(word.region.width) * (nth as u64) / all).unwrap_or(u32::MAX)
            };
            let (start, end) = (share(*first), share(*last + 1));
            parts.push(Region {
                x: word.region.x.saturating_add(start),
                width: end.saturating_sub(start).max(1),
                ..word.region
            });
        }
        enclosing(parts)
    }

    /// Height of its line in pixels.
    pub fn height(&self) -> f64 {
        f64::from(self.region.height.max(1))
    }

    /// What was read on a stretch, as it was read. Of a word that sticks out by a character or two, which is how
    /// reading adds one, all of it, unless what sticks out is a label.
    pub fn reading(&self, stretch: &Range<usize>, labels: &[&str]) -> String {
        let mut reading = String::new();
        let mut from = 0;
        for word in &self.words {
            let length = folded(&word.text).count();
            let (start, end) =
                (stretch.start.clamp(from, from + length), stretch.end.clamp(from, from + length));
            let (start, end) = (start - from, end - from);
            from += length;
            if start >= end {
                continue;
            }
            let head: Vec<char> = folded(&word.text).take(start).collect();
            let label = labels.iter().any(|label| head.ends_with(&folded(label).collect::<Vec<_>>()));
            let start = if start <= STICKS_OUT && !label { 0 } else { start };
            let end = if length - end <= STICKS_OUT { length } else { end };
            reading.push_str(&cut(&word.text, start..end));
        }
        reading
    }
}

/// The characters of a word from one letter or digit up to another; what is neither goes with the one before it.
fn cut(word: &str, letters: Range<usize>) -> String {
    if letters.start == 0 && letters.end == folded(word).count() {
        return word.to_owned();
    }
    let mut seen = 0_usize;
    let mut inside = String::new();
    for character in word.chars() {
        let letters_of = folded(character.encode_utf8(&mut [0; 4])).count();
        let at = if letters_of == 0 { seen.checked_sub(1) } else { Some(seen) };
        if at.is_some_and(|at| letters.contains(&at)) {
            inside.push(character);
        }
        seen += letters_of;
    }
    inside
}

/// All runs, line by line.
pub(super) fn runs(words: &[Word]) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    for line in words.chunk_by(|one, next| one.line == next.line) {
        let mut line: Vec<&Word> = line.iter().collect();
        line.sort_by_key(|word| word.region.x);
        let mut run: Vec<&Word> = Vec::new();
        for word in line {
            if let Some(last) = run.last() {
                let end = last.region.x.saturating_add(last.region.width);
                let height = last.region.height.max(word.region.height).max(1);
                if f64::from(word.region.x.saturating_sub(end)) > GAP * f64::from(height) {
                    runs.push(Run::of(std::mem::take(&mut run)));
                }
            }
            run.push(word);
        }
        runs.push(Run::of(run));
    }
    runs
}

/// Everything in which a value may stand: runs, whole lines of several runs, and runs that go on below.
pub(super) fn stretches<'w>(words: &'w [Word], runs: &[Run<'w>]) -> Vec<Run<'w>> {
    let mut all: Vec<Run<'w>> = runs.to_vec();
    for line in words.chunk_by(|one, next| one.line == next.line) {
        let mut line: Vec<&Word> = line.iter().collect();
        line.sort_by_key(|word| word.region.x);
        if !runs.iter().any(|run| run.words.len() == line.len() && std::ptr::eq(run.words[0], line[0])) {
            all.push(Run::of(line));
        }
    }
    for upper in runs {
        for lower in runs.iter().filter(|lower| goes_on(upper, lower)) {
            all.push(Run::of([upper.words.as_slice(), lower.words.as_slice()].concat()));
        }
    }
    all
}

/// Whether a run can be the next line of another: below it, close, and not beside its column.
pub(super) fn goes_on(upper: &Run<'_>, lower: &Run<'_>) -> bool {
    let bottom = f64::from(upper.region.y) + f64::from(upper.region.height);
    let gap = f64::from(lower.region.y) - bottom;
    let height = upper.height().max(lower.height());
    let overlap = lower.region.x < upper.region.x.saturating_add(upper.region.width)
        && upper.region.x < lower.region.x.saturating_add(lower.region.width);
    gap > -0.5 * height && gap < LEADING * height && overlap
}
