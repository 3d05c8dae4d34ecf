//! The words of a picture as runs: what hangs together in a line, so that columns are not read across.

use std::ops::Range;

use super::nearest::{Nearest, nearest};
use super::page::{enclosing, folded};
use crate::domain::evidence::{Region, Word};

/// Words are one run as long as the gap between them is not wider than this many line heights.
const GAP: f64 = 1.6;

/// A wrapped value goes on below as long as the lines are not farther apart than this many line heights.
const LEADING: f64 = 1.6;

/// Lines of one value are alike in height: none is more than so many times another.
const TALLER: u32 = 3;

/// By how many characters a word may stick out of a stretch and still be read whole.
const STICKS_OUT: usize = 2;

/// Words that hang together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// By their places among the words of the page.
    pub words: Vec<usize>,
    pub region: Region,
    /// Every letter and digit as [`folded`].
    pub characters: Vec<char>,
    /// For each of them, which of its words it comes from.
    of: Vec<usize>,
    /// A bit for each character that it has.
    has: u64,
}

const fn bit(character: char) -> u64 {
    1 << ((character as u32).wrapping_mul(0x9E37_79B1) >> 26)
}

impl Run {
    pub fn of(page: &[Word], words: Vec<usize>) -> Self {
        let mut run = Run {
            region: enclosing(words.iter().map(|word| page[*word].region)),
            characters: Vec::new(),
            of: Vec::new(),
            has: 0,
            words,
        };
        for (at, word) in run.words.iter().enumerate() {
            for character in folded(&page[*word].text) {
                run.characters.push(character);
                run.of.push(at);
                run.has |= bit(character);
            }
        }
        run
    }

    /// Several runs as one.
    pub fn joined<'r>(page: &[Word], runs: impl IntoIterator<Item = &'r Run>) -> Self {
        let mut joined = Run::of(page, Vec::new());
        for run in runs {
            let before = joined.words.len();
            joined.of.extend(run.of.iter().map(|of| of + before));
            joined.words.extend(&run.words);
            joined.characters.extend(&run.characters);
            joined.has |= run.has;
        }
        joined.region = enclosing(joined.words.iter().map(|word| page[*word].region));
        joined
    }

    /// The nearest stretch to a value, from a character on, where that is not more edits away than so many.
    pub fn nearest(&self, value: &[char], from: usize, most: usize) -> Option<Nearest> {
        // Each character that it lacks is an edit.
        if value.iter().filter(|character| self.has & bit(**character) == 0).count() > most {
            return None;
        }
        let nearest = nearest(value, self.characters.get(from..)?)?;
        let at = nearest.at.start + from..nearest.at.end + from;
        (nearest.edits <= most).then_some(Nearest { edits: nearest.edits, at })
    }

    /// The words on which a stretch of its characters lies, by their places among its own.
    fn under(&self, stretch: &Range<usize>) -> Range<usize> {
        match (self.of.get(stretch.start), self.of.get(stretch.end.saturating_sub(1))) {
            (Some(first), Some(last)) if first <= last && !stretch.is_empty() => *first..*last + 1,
            _ => 0..0,
        }
    }

    /// The characters of one of its words.
    fn span(&self, word: usize) -> Range<usize> {
        self.of.partition_point(|of| *of < word)..self.of.partition_point(|of| *of <= word)
    }

    /// How sure the reader was of a stretch, 0 to 100.
    pub fn confidence(&self, page: &[Word], stretch: &Range<usize>) -> f64 {
        let words = &self.words[self.under(stretch)];
        let sum: u32 = words.iter().map(|word| u32::from(page[*word].confidence.min(100))).sum();
        f64::from(sum) / (words.len().max(1) as f64)
    }

    /// The place of a stretch: of whole words, but of a word that holds more only its share.
    pub fn region_of(&self, page: &[Word], stretch: &Range<usize>) -> Region {
        enclosing(self.under(stretch).map(|at| {
            let (word, span) = (page[self.words[at]].region, self.span(at));
            let all = (span.len() as u64).max(1);
            let share = |character: usize| {
                let nth = character.clamp(span.start, span.end) - span.start;
                u32::try_from(u64::from(word.width) * (nth as u64) / all).unwrap_or(u32::MAX)
            };
            let (start, end) = (share(stretch.start), share(stretch.end));
            Region { x: word.x.saturating_add(start), width: end.saturating_sub(start).max(1), ..word }
        }))
    }

    /// Height of its line in pixels.
    pub fn height(&self) -> f64 {
        f64::from(self.region.height.max(1))
    }

    /// How far a character is from the one before it where that is in another word, in line heights; none within a word
    /// and at the head.
    pub fn gap_before(&self, page: &[Word], at: usize) -> Option<f64> {
        let [before, here] = [at.checked_sub(1)?, at].map(|at| self.of.get(at).copied());
        let (before, here) = (before?, here?);
        let [before, here] =
            (before != here).then(|| [before, here].map(|of| page[self.words[of]].region))?;
        let gap = f64::from(here.x) - f64::from(before.x.saturating_add(before.width));
        Some(gap / f64::from(before.height.max(here.height).max(1)))
    }

    /// The marks between a character and the one before it, as they were read; `at` may be the end.
    pub fn marks_before<'w>(&self, page: &'w [Word], at: usize) -> impl Iterator<Item = char> + use<'w> {
        let tail = at.checked_sub(1).and_then(|before| Some((self.of.get(before)?, before)));
        let tail = tail.map_or("", |(word, before)| {
            let text = &page[self.words[*word]].text;
            &text[after(text, before + 1 - self.span(*word).start)..]
        });
        let head = match self.of.get(at) {
            Some(word) if at == self.span(*word).start => page[self.words[*word]].text.as_str(),
            _ => "",
        };
        // A word of marks alone that follows at the end.
        let last = match at.checked_sub(1).and_then(|before| self.of.get(before)) {
            Some(word) if at == self.span(*word).end => self.words.get(word + 1),
            _ => None,
        };
        let last = last.map_or("", |word| page[*word].text.as_str());
        let marks = |text: &'w str| text.chars().take_while(|character| !character.is_alphanumeric());
        marks(tail).chain(marks(head)).chain(marks(last))
    }

    /// What was read on a stretch, as it was read. Of a word that sticks out by a character or two, which is how
    /// reading adds one, all of it, unless what sticks out is a label.
    pub fn reading(&self, page: &[Word], stretch: &Range<usize>, labels: &[&str]) -> String {
        let mut reading = String::new();
        for at in self.under(stretch) {
            let (text, span) = (&page[self.words[at]].text, self.span(at));
            let [start, end] =
                [stretch.start, stretch.end].map(|end| end.clamp(span.start, span.end) - span.start);
            if start >= end {
                continue;
            }
            let head = &self.characters[span.start..span.start + start];
            let label = labels.iter().any(|label| head.ends_with(&folded(label).collect::<Vec<_>>()));
            let start = if start <= STICKS_OUT && !label { 0 } else { start };
            let end = if span.len() - end <= STICKS_OUT { span.len() } else { end };
            reading.push_str(if (start, end) == (0, span.len()) { text } else { cut(text, start..end) });
        }
        reading
    }

    /// All that was read of it.
    pub fn text(&self, page: &[Word]) -> String {
        self.words.iter().map(|word| page[*word].text.as_str()).collect()
    }
}

/// Where a text goes on after so many letters and digits.
fn after(text: &str, letters: usize) -> usize {
    let mut seen = 0;
    for (at, character) in text.char_indices() {
        if seen >= letters {
            return at;
        }
        seen += folded(character.encode_utf8(&mut [0; 4])).count();
    }
    text.len()
}

/// The characters of a word from one letter or digit up to another; what is neither goes with the one before it.
fn cut(word: &str, letters: Range<usize>) -> &str {
    let marks_after = |at: usize| {
        let marks = word[at..].chars().take_while(|character| !character.is_alphanumeric());
        at + marks.map(char::len_utf8).sum::<usize>()
    };
    let start = if letters.start == 0 { 0 } else { marks_after(after(word, letters.start)) };
    let end = marks_after(after(word, letters.end));
    word.get(start..end).unwrap_or_default()
}

/// All runs, line by line.
pub(super) fn runs(page: &[Word]) -> Vec<Run> {
    let mut runs = Vec::new();
    for line in lines(page) {
        let mut run: Vec<usize> = Vec::new();
        for at in line {
            if let Some(last) = run.last() {
                let (last, word) = (page[*last].region, page[at].region);
                let end = last.x.saturating_add(last.width);
                let height = last.height.max(word.height).max(1);
                if f64::from(word.x.saturating_sub(end)) > GAP * f64::from(height) {
                    runs.push(Run::of(page, std::mem::take(&mut run)));
                }
            }
            run.push(at);
        }
        runs.push(Run::of(page, run));
    }
    runs
}

/// The words of each of the reader's lines, from left to right.
fn lines(page: &[Word]) -> impl Iterator<Item = Vec<usize>> + '_ {
    let mut start = 0;
    page.chunk_by(|one, next| one.line == next.line).map(move |line| {
        let mut line: Vec<usize> = (start..start + line.len()).collect();
        start += line.len();
        line.sort_by_key(|at| page[*at].region.x);
        line
    })
}

/// A run is looked for the line below it among so many that lie near it, and may go on in so many of them.
const NEAR: usize = 128;
const GOES_ON: usize = 2;

/// What else a value may stand in than in a run: whole lines of several runs, and runs that go on below.
pub(super) fn stretches(page: &[Word], runs: &[Run]) -> Vec<Run> {
    let mut all = Vec::new();
    let mut of_line = runs.iter();
    for line in lines(page) {
        let first = of_line.next().map_or(0, |run| run.words.len());
        let mut taken = first;
        while taken < line.len() {
            taken += of_line.next().map_or(line.len(), |run| run.words.len());
        }
        if first < line.len() {
            all.push(Run::of(page, line));
        }
    }
    let mut by_height: Vec<&Run> = runs.iter().collect();
    by_height.sort_by_key(|run| run.region.y);
    for upper in runs {
        let reach = upper.region.height.max(1).saturating_mul(TALLER).saturating_mul(2);
        let bottom = upper.region.y.saturating_add(upper.region.height);
        let (first, last) = (bottom.saturating_sub(reach), bottom.saturating_add(reach));
        let near = &by_height[by_height.partition_point(|run| run.region.y < first)..];
        let near = near.iter().take_while(|run| run.region.y <= last).take(NEAR);
        let below = near.filter(|lower| goes_on(upper, lower)).take(GOES_ON);
        all.extend(below.map(|lower| Run::joined(page, [upper, lower])));
    }
    all
}

/// Whether a run can be the next line of another: below it, close, and not beside its column.
pub(super) fn goes_on(upper: &Run, lower: &Run) -> bool {
    let bottom = f64::from(upper.region.y) + f64::from(upper.region.height);
    let gap = f64::from(lower.region.y) - bottom;
    let height = upper.height().max(lower.height());
    let alike = height <= upper.height().min(lower.height()) * f64::from(TALLER);
    let overlap = lower.region.x < upper.region.x.saturating_add(upper.region.width)
        && upper.region.x < lower.region.x.saturating_add(lower.region.width);
    alike && gap > -0.5 * height && gap < LEADING * height && overlap
}
