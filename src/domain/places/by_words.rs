//! A place by the words that were read: by its label and what stands beside that, and only where no label was read by
//! the filed value alone.
//!
//! What was filed is printed in many places, and a piece of it in more. A value elsewhere must never stand for the one
//! beside the label: the reviewer would be shown that they agree.

use std::borrow::Cow;
use std::ops::Range;

use super::geometry::{beside_askew, in_row, in_row_before};
use super::labels::{self, Contents, Found, ascii_alone, begins_with_label, is_label, next_label};
use super::locate::{Document, Located, Source};
use super::nearest::tolerated;
use super::page::{enclosing, folded};
use super::runs::{Run, goes_on};
use super::words::PageWords;
use super::{DocumentKind, DocumentPlace};
use crate::domain::evidence::Region;

/// Confidence in a place whose label alone was read.
const LABEL: u8 = 60;

/// Values up to this length are parts of other words too often to be believed where they do not stand alone.
const SHORT: usize = 2;

/// Values from this length on are believed off their label.
const LONG: usize = 6;

/// Where a filed value stands: by how many edits and by how many characters too many, in which run, and where in it.
struct Hit<'r> {
    rank: (usize, usize, usize),
    run: Cow<'r, Run>,
    at: Range<usize>,
    length: usize,
}

/// What stands beside a label, or below it.
struct Beside<'r> {
    first: Cow<'r, Run>,
    /// Its characters up to the next label.
    at: Range<usize>,
    /// The runs that follow it in its row up to the next label.
    row: Vec<&'r Run>,
    /// The run in which it goes on below.
    next: Option<&'r Run>,
}

/// A page with the kind of document that it is.
struct Sought<'r> {
    kind: DocumentKind,
    place: DocumentPlace,
    page: &'r PageWords,
}

impl Document<'_> {
    pub(super) fn by_words(&self, place: DocumentPlace, filed: &[String]) -> Option<Located> {
        let on_picture;
        let page = match self.size {
            Some(size) if !self.words.lie_on(size) => {
                on_picture = self.words.on(size);
                &on_picture
            }
            _ => self.words,
        };
        if page.is_empty() {
            return None;
        }
        let contents = labels::contents(place);
        if contents == Contents::Block {
            return self.block(place, page);
        }
        let found = labels::find(self.kind, place, filed, page);
        let sought = Sought { kind: self.kind, place, page };
        // What is written or stamped is not looked for by its words: they are printed elsewhere, too.
        if matches!(contents, Contents::Writing | Contents::Stamp) {
            return match found.first() {
                Some(label) => self.around_label(label, contents, &sought),
                None => self.dated(place, page),
            };
        }
        let Some(label) = found.first() else {
            let hit = sought.anywhere(filed, |_| true);
            return hit.and_then(|hit| self.at(hit, &sought)).or_else(|| self.dated(place, page));
        };
        let beside: Vec<Beside<'_>> = found.iter().filter_map(|label| sought.beside(label)).collect();
        if let Some(hit) = sought.among(&beside, filed) {
            return self.at(hit, &sought);
        }
        if let Some(beside) = sought.beside(label) {
            return self.read(&beside, contents, &sought);
        }
        let alone = |hit: &Hit<'_>| hit.rank.0 == 0 && hit.rank.1 == 0 && hit.length >= LONG;
        let near = |region| found.iter().any(|label| beside_askew(label, region));
        match sought.anywhere(filed, near).filter(alone) {
            Some(hit) => self.at(hit, &sought),
            None => self.blank(label),
        }
    }

    fn at(&self, hit: Hit<'_>, sought: &Sought<'_>) -> Option<Located> {
        let words = &sought.page.words;
        let alike = 1.0 - hit.rank.0 as f64 / hit.length.max(1) as f64;
        let confidence = (alike * hit.run.confidence(words, &hit.at)).round() as u8;
        let reading = hit.run.reading(words, &hit.at, labels::labels(self.kind, sought.place));
        self.original(hit.run.region_of(words, &hit.at), Source::Words, reading, confidence)
    }

    /// What stands beside a label, as it was read.
    fn read(&self, beside: &Beside<'_>, contents: Contents, sought: &Sought<'_>) -> Option<Located> {
        let words = &sought.page.words;
        let names = labels::labels(self.kind, sought.place);
        let mut regions = vec![beside.first.region_of(words, &beside.at)];
        let mut reading = beside.first.reading(words, &beside.at, names);
        if let Some(next) = beside.next.filter(|_| contents == Contents::Lines) {
            regions.push(next.region);
            reading.push_str(&next.text(words));
        }
        let sure = beside.first.confidence(words, &beside.at);
        let confidence = (f64::from(LABEL) * sure / 100.0).round() as u8;
        self.original(enclosing(regions), Source::Words, reading, confidence)
    }

    /// Where the contents of a label should stand and nothing was read.
    fn blank(&self, label: &Found<'_>) -> Option<Located> {
        let height = label.region.height.max(1);
        let blank = Region {
            x: label.region.x.saturating_add(label.region.width),
            y: label.region.y.saturating_sub(height / 2),
            width: height.saturating_mul(10),
            height: height.saturating_mul(2),
        };
        self.original(blank, Source::Words, String::new(), LABEL / 2)
    }

    /// Where somebody wrote or stamped beside a label, with what was read there.
    fn around_label(&self, label: &Found<'_>, contents: Contents, sought: &Sought<'_>) -> Option<Located> {
        let height = label.region.height.max(1);
        let end = label.region.x.saturating_add(label.region.width);
        let (left, right, above, under) = match contents {
            Contents::Stamp => (label.region.x.saturating_sub(2 * height), 14, 6, 7),
            _ => (end, 12, 1, 1),
        };
        let top = label.region.y.saturating_sub(height.saturating_mul(above));
        let area = Region {
            x: left,
            y: top,
            width: end.saturating_add(height.saturating_mul(right)).saturating_sub(left),
            height: label.region.y.saturating_sub(top).saturating_add(height.saturating_mul(under + 1)),
        };
        if contents == Contents::Stamp {
            return self.original(area, Source::Words, String::new(), LABEL);
        }
        let words = &sought.page.words;
        let written = sought.rest_of(label).or_else(|| sought.right_of(label));
        let (region, reading) = match written {
            Some((run, at)) => {
                (enclosing([area, run.region_of(words, &at)]), run.reading(words, &at, sought.names()))
            }
            None => (area, String::new()),
        };
        self.original(region, Source::Words, reading, LABEL)
    }

    /// From the first of several labels to the last, over the whole width of what was read there.
    fn block(&self, place: DocumentPlace, page: &PageWords) -> Option<Located> {
        let names = labels::labels(self.kind, place).iter();
        let first = |label: &&str| labels::standing(self.kind, label, page).first().map(|found| found.region);
        let found: Vec<Region> = names.filter_map(first).collect();
        let first = found.iter().min_by_key(|region| region.y)?;
        let last = found.iter().max_by_key(|region| region.y)?;
        let lines_below = if found.len() > 1 { 2 } else { 6 };
        let bottom = last.y.saturating_add(last.height.saturating_mul(1 + lines_below));
        let inside = |run: &&Run| run.region.y >= first.y && run.region.y < bottom;
        let read =
            enclosing(page.runs.iter().filter(inside).map(|run| run.region).chain(found.iter().copied()));
        let area = Region { y: first.y, height: bottom.saturating_sub(first.y), ..read };
        self.original(area, Source::Words, String::new(), LABEL)
    }

    /// The last run that is a day, for places that hold one.
    fn dated(&self, place: DocumentPlace, page: &PageWords) -> Option<Located> {
        if !matches!(place, DocumentPlace::Date | DocumentPlace::Time | DocumentPlace::Validity) {
            return None;
        }
        let is_day = |run: &&Run| {
            let text = run.text(&page.words);
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            (6..=16).contains(&digits.len())
                && (digits.starts_with("20") || digits.starts_with("19"))
                && text
                    .chars()
                    .all(|c| c.is_ascii_digit() || !c.is_alphanumeric() || "年月日至长期".contains(c))
        };
        let run = page.runs.iter().rev().find(is_day)?;
        self.original(run.region, Source::Words, run.text(&page.words), LABEL / 2)
    }
}

impl<'r> Sought<'r> {
    fn names(&self) -> &'static [&'static str] {
        labels::labels(self.kind, self.place)
    }

    /// What of a label's run stands after it; none where that is another label or nothing.
    fn rest_of(&self, label: &Found<'r>) -> Option<(&'r Run, Range<usize>)> {
        let rest = label.end..next_label(self.kind, self.page, label.run, label.end);
        (!rest.is_empty()).then_some((label.run, rest))
    }

    /// The nearest run to the right of a label that ends its run, if that is no label.
    fn right_of(&self, label: &Found<'r>) -> Option<(&'r Run, Range<usize>)> {
        let nearest = in_row(label.region, &self.page.runs).first().copied();
        let run = nearest.filter(|_| label.end == label.run.characters.len())?;
        (!is_label(self.kind, self.page, run)).then(|| (run, 0..self.end_of(run)))
    }

    /// Where the contents in a run end that begins with them.
    fn end_of(&self, run: &Run) -> usize {
        next_label(self.kind, self.page, run, 1)
    }

    /// The first run below a label that ends its run, if that is no label.
    fn below(&self, label: &Found<'r>) -> Option<(&'r Run, Range<usize>)> {
        let read = |run: &&Run| goes_on(label.run, run) && !run.characters.is_empty();
        let below = self.page.runs.iter().filter(read).min_by_key(|run| run.region.y);
        let run = below.filter(|_| label.end == label.run.characters.len())?;
        (!self.is_anothers(run)).then(|| (run, 0..self.end_of(run)))
    }

    /// What stands beside a label or below it; none where nothing was read there.
    fn beside(&self, label: &Found<'r>) -> Option<Beside<'r>> {
        let (first, at) =
            self.rest_of(label).or_else(|| self.right_of(label)).or_else(|| self.below(label))?;
        let mut beside = Beside { first: Cow::Borrowed(first), row: Vec::new(), next: None, at };
        if beside.at.end == first.characters.len() {
            let row = in_row(first.region, &self.page.runs).into_iter();
            beside.row = row.take_while(|run| !is_label(self.kind, self.page, run)).collect();
            let region = first.region_of(&self.page.words, &beside.at);
            beside.next = self.page.runs.iter().find(|run| {
                let indent = run.region.x.abs_diff(region.x);
                !std::ptr::eq(*run, first)
                    && goes_on(first, run)
                    && indent < region.height.saturating_mul(3)
                    && !run.characters.is_empty()
                    && !self.is_anothers(run)
            });
        }
        if labels::contents(self.place) == Contents::Lines {
            self.take_near(&mut beside);
        }
        Some(beside)
    }

    /// The contents of a line may be set apart: what stands near in the row belongs to them.
    fn take_near(&self, beside: &mut Beside<'r>) {
        /// In heights of the line.
        const NEAR: u32 = 4;
        while let Some(next) = beside.row.first().copied() {
            let end = beside.first.region.x.saturating_add(beside.first.region.width);
            if next.region.x.saturating_sub(end) > next.region.height.saturating_mul(NEAR) {
                return;
            }
            beside.row.remove(0);
            beside.first = Cow::Owned(Run::joined(&self.page.words, [&*beside.first, next]));
            beside.at.end = beside.first.characters.len();
        }
    }

    /// Whether a run below is a label itself, or the contents of one that stands to its left.
    fn is_anothers(&self, run: &Run) -> bool {
        let is_before = |label: &&Run| {
            let beside = |other: &&Run| std::ptr::eq(*other, run);
            in_row(label.region, &self.page.runs).first().is_some_and(beside)
                && begins_with_label(self.kind, label)
        };
        begins_with_label(self.kind, run) || in_row_before(run, &self.page.runs).iter().any(is_before)
    }

    /// The filed value in what stands beside labels.
    fn among(&self, all: &[Beside<'r>], filed: &[String]) -> Option<Hit<'r>> {
        use DocumentPlace as P;
        // Of several in a row any is meant; of a term its end.
        let anywhere = matches!(self.place, P::Domain | P::Validity | P::Term);
        let words = &self.page.words;
        let mut best: Option<Hit<'r>> = None;
        for beside in all {
            let first = std::iter::once(&*beside.first);
            let row = (!beside.row.is_empty())
                .then(|| Cow::Owned(Run::joined(words, first.clone().chain(beside.row.iter().copied()))));
            let lines = beside.next.map(|next| Cow::Owned(Run::joined(words, first.chain([next]))));
            for run in std::iter::once(beside.first.clone()).chain(row).chain(lines) {
                let end = if beside.at.end == beside.first.characters.len() {
                    run.characters.len()
                } else {
                    beside.at.end
                };
                for value in filed {
                    let value: Vec<char> = folded(value).collect();
                    let Some(limit) = tolerated(value.len()) else { continue };
                    let Some(nearest) = run.nearest(&value, beside.at.start, limit) else { continue };
                    if nearest.at.end > end || !anywhere && nearest.at.start >= beside.at.end {
                        continue;
                    }
                    let at = if anywhere || ascii_alone(self.place) {
                        self.unbroken(&run, nearest.at.clone(), beside.at.start)
                    } else {
                        // What else stands there belongs to it.
                        beside.at.start..nearest.at.end.max(beside.at.end)
                    };
                    // In two lines or runs the second is no part of a value that is in the first as a whole.
                    let more = usize::from(run.words.len() > beside.first.words.len());
                    let rank = (nearest.edits, at.len() - nearest.at.len(), more);
                    if best.as_ref().is_none_or(|best| rank < best.rank) {
                        best = Some(Hit { rank, run: run.clone(), at, length: value.len() });
                    }
                }
            }
        }
        best
    }

    /// The filed value wherever it stands, in regions that will do.
    fn anywhere(&self, filed: &[String], will_do: impl Fn(Region) -> bool) -> Option<Hit<'r>> {
        let mut best: Option<Hit<'r>> = None;
        for value in filed {
            let value: Vec<char> = folded(value).collect();
            let Some(limit) = tolerated(value.len()) else { continue };
            for run in self.page.runs.iter().chain(&self.page.stretches) {
                let Some(nearest) = run.nearest(&value, 0, limit) else { continue };
                if !will_do(run.region_of(&self.page.words, &nearest.at)) {
                    continue;
                }
                let at = self.unbroken(run, nearest.at.clone(), 0);
                let rank = (nearest.edits, at.len() - nearest.at.len(), run.words.len());
                let alone = value.len() > SHORT || rank.1 == 0;
                if alone && best.as_ref().is_none_or(|best| rank < best.rank) {
                    best = Some(Hit { rank, run: Cow::Borrowed(run), at, length: value.len() });
                }
            }
        }
        best
    }

    /// A stretch with the Han characters, letters or digits that go on from it on either side, but no label: a name is
    /// not read out of a longer one, nor a number out of a longer one. A term is read from its first day to its last.
    fn unbroken(&self, run: &Run, at: Range<usize>, from: usize) -> Range<usize> {
        let at = match self.place {
            DocumentPlace::Validity | DocumentPlace::Term => whole_term(run, at, from),
            _ => at,
        };
        let names = self.names().iter().map(|name| folded(name).collect::<Vec<char>>());
        let names: Vec<Vec<char>> = names.collect();
        let label_ends = |at: usize| names.iter().any(|name| run.characters[from..at].ends_with(name));
        let mut start = at.start;
        while start > from && !label_ends(start) && self.hang_together(run, start) {
            start -= 1;
        }
        let last = next_label(self.kind, self.page, run, at.end);
        let mut end = at.end;
        while end < last && self.hang_together(run, end) {
            end += 1;
        }
        start..end
    }

    /// Whether a character of a run belongs to one word with the one before it.
    fn hang_together(&self, run: &Run, at: usize) -> bool {
        /// Of Latin script words are apart by a space, which is a quarter of a line high and more.
        const SPACE: f64 = 0.2;
        let words = &self.page.words;
        let [before, here] = [at - 1, at].map(|at| run.characters[at].is_ascii());
        let parted = || {
            let mut marks = run.marks_before(words, at);
            marks.any(|mark| !matches!(mark, '.' | '-' | '．' | '－' | '@' | '_' | '。'))
                || run.gap_before(words, at).is_some_and(|gap| gap > SPACE)
        };
        before == here && !(here && parted())
    }
}

/// A term with its beginning: back to the first digit before it, and on to its end.
fn whole_term(run: &Run, at: Range<usize>, from: usize) -> Range<usize> {
    let of_a_day = |character: &&char| character.is_ascii_digit() || "年月日至".contains(**character);
    let before = run.characters[from..at.start].iter().rev().take_while(of_a_day).count();
    let after = run.characters[at.end..].iter().take_while(of_a_day).count();
    at.start - before..at.end + after
}
