//! Where a place of a document lies on its picture.

use super::flat::Projection;
use super::geometry::{away, mean_confidence, middle_within, right_of, within};
use super::labels::{self, Contents, Found};
use super::layout;
use super::nearest::tolerated;
use super::own::{OwnPlace, OwnPlaces, Whole, part_of};
use super::page::{enclosing, folded};
use super::runs::{Run, goes_on, runs, stretches};
use super::{DocumentKind, DocumentPlace};
use crate::domain::evidence::{Region, Word};
use crate::domain::view::{Quad, Surface};
use crate::domain::viewport::Size;

/// Where a value may stand: how well (edits, distance from its label, words of the run), in which run, where in it, and
/// the value's length in characters.
type Candidate<'r> = ((usize, u64, usize), &'r Run<'r>, std::ops::Range<usize>, usize);

/// What is known of one page of a document.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    pub kind: DocumentKind,
    /// The upright picture.
    pub size: Size,
    /// The words read on it, in the reader's order; none where nothing was read.
    pub words: &'a [Word],
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
    /// Never outside the surface, never empty.
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

/// Confidence in a place whose label alone was read.
const LABEL: u8 = 60;
const FACE: u8 = 80;
const REVIEWER: u8 = 70;
const PRESCRIBED: u8 = 50;

/// Pixels of the longest side in which places are looked for, so that no sum of a few of them overflows.
const LONGEST_SIDE: u32 = 1 << 20;

/// Values from this length on are believed before their label even when misread in places.
const LONG: usize = 6;

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
        match self.quad {
            Some(quad) => Some((Surface::Flat(quad), quad.flat_size())),
            None => layout::fills(self.kind, self.size).then_some((Surface::Original, self.size)),
        }
    }

    /// A region of a surface, as the place of this kind that a reviewer makes of it: a part of the document where that
    /// is known, else of the page.
    pub fn own_place(&self, surface: Surface, region: Region) -> OwnPlace {
        let on_page = || OwnPlace::new(Whole::Page, within(region, self.size), self.size);
        match (surface, self.flat()) {
            (Surface::Flat(quad), _) => {
                let flat = quad.flat_size();
                OwnPlace::new(Whole::Document, within(region, flat), flat)
            }
            (_, Some((Surface::Flat(quad), flat))) => Projection::straightening(quad)
                .and_then(|straightening| straightening.region(region, flat))
                .map_or_else(on_page, |part| OwnPlace::new(Whole::Document, part, flat)),
            (_, Some((_, size))) => OwnPlace::new(Whole::Document, within(region, size), size),
            (_, None) => on_page(),
        }
    }

    /// Whether finding its corners would tell more: it has a layout or may have places set on it, and nothing was read.
    pub fn wants_corners(&self) -> bool {
        self.words.is_empty() && self.flat().is_none() && layout::has_edges(self.kind)
    }

    fn original(&self, region: Region, source: Source, reading: String, confidence: u8) -> Option<Located> {
        Some(Located {
            surface: Surface::Original,
            region: within(region, self.size),
            source,
            reading: Some(reading).filter(|reading| !reading.is_empty()),
            confidence,
        })
    }

    fn by_words(&self, place: DocumentPlace, filed: &[String]) -> Option<Located> {
        let words: Vec<Word> = self.words.iter().filter(|word| self.holds(word.region)).cloned().collect();
        if words.is_empty() {
            return None;
        }
        let runs = runs(&words);
        let names = labels::labels(self.kind, place);
        let contents = labels::contents(place);
        if contents == Contents::Block {
            return self.block(names, &runs);
        }
        let label = names.iter().find_map(|label| labels::find(label, &runs));
        // What is written or stamped is not looked for by its words: they are printed elsewhere, too.
        if matches!(contents, Contents::Writing | Contents::Stamp) {
            return match label {
                Some(label) => self.around_label(&label, contents, &runs),
                None => self.dated(place, &runs),
            };
        }
        let value = self.value(&words, filed, names, label.as_ref(), &runs, place);
        match value {
            Some((located, sure)) if sure || label.is_none() => Some(located),
            weak => label
                .and_then(|label| self.beside(&label, contents, &runs))
                .or(weak.map(|(located, _)| located))
                .or_else(|| self.dated(place, &runs)),
        }
    }

    /// Whether a region lies on the picture: what was read elsewhere was read of another one.
    fn holds(&self, region: Region) -> bool {
        let inside = |start: u32, length: u32, all: u32| {
            start.checked_add(length).is_some_and(|end| end <= all.min(LONGEST_SIDE))
        };
        inside(region.x, region.width, self.size.width) && inside(region.y, region.height, self.size.height)
    }

    /// The filed value itself, and whether that is beyond doubt.
    fn value(
        &self,
        words: &[Word],
        filed: &[String],
        names: &[&str],
        label: Option<&Found<'_, '_>>,
        runs: &[Run<'_>],
        place: DocumentPlace,
    ) -> Option<(Located, bool)> {
        let stretches = stretches(words, runs);
        let mut best: Option<Candidate<'_>> = None;
        for value in filed {
            let value: Vec<char> = folded(value).collect();
            let Some(limit) = tolerated(value.len()) else { continue };
            for run in &stretches {
                let Some(nearest) = run.nearest(&value).filter(|nearest| nearest.edits <= limit) else {
                    continue;
                };
                let away = label.map_or(0, |label| away(label.region, run.region_of(&nearest.at)));
                let rank = (nearest.edits, away, run.words.len());
                if best.as_ref().is_none_or(|(before, ..)| rank < *before) {
                    best = Some((rank, run, nearest.at, value.len()));
                }
            }
            if best.is_some() {
                break;
            }
        }
        let ((edits, ..), run, at, length) = best?;
        // A term is read from its first day to its last.
        let at = match place {
            DocumentPlace::Validity | DocumentPlace::Term => self.whole_term(run, at),
            _ => at,
        };
        let alike = 1.0 - edits as f64 / length as f64;
        let confidence = (alike * mean_confidence(run.under(&at))).round() as u8;
        let reading = run.reading(&at, names);
        let located = self.original(run.region_of(&at), Source::Words, reading, confidence)?;
        Some((located, edits == 0 || length >= LONG))
    }

    /// A term with its beginning: back to the first digit before it.
    fn whole_term(&self, run: &Run<'_>, at: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let of_a_day = |character: &&char| character.is_ascii_digit() || "年月日至".contains(**character);
        let before = run.characters[..at.start].iter().rev().take_while(of_a_day).count();
        let after = run.characters[at.end..].iter().take_while(of_a_day).count();
        at.start - before..at.end + after
    }

    /// What stands to the right of a label or below it; where nothing was read there, the place where it should stand.
    fn beside(&self, label: &Found<'_, '_>, contents: Contents, runs: &[Run<'_>]) -> Option<Located> {
        let rest = label.end..label.run.characters.len();
        let (first, reading) = if rest.is_empty() {
            match right_of(label, runs).or_else(|| self.below(label, runs)) {
                Some(run) => (run, run.reading(&(0..run.characters.len()), &[])),
                None => {
                    let height = label.region.height.max(1);
                    let blank = Region {
                        x: label.region.x.saturating_add(label.region.width),
                        y: label.region.y.saturating_sub(height / 2),
                        width: height.saturating_mul(10),
                        height: height.saturating_mul(2),
                    };
                    return self.original(blank, Source::Words, String::new(), LABEL / 2);
                }
            }
        } else {
            (label.run, label.run.reading(&rest, labels_of(self.kind)))
        };
        let first_region = if rest.is_empty() { first.region } else { label.run.region_of(&rest) };
        let mut regions = vec![first_region];
        let mut reading = reading;
        if contents == Contents::Lines {
            let next = runs.iter().find(|run| {
                let indent = run.region.x.abs_diff(first_region.x);
                goes_on(first, run)
                    && indent < first_region.height.saturating_mul(3)
                    && !labels::begins_with_label(self.kind, run)
                    && !std::ptr::eq(*run, first)
            });
            if let Some(next) = next {
                regions.push(next.region);
                reading.push_str(&next.reading(&(0..next.characters.len()), &[]));
            }
        }
        let confidence = u32::from(LABEL) * mean_confidence(&first.words).round() as u32 / 100;
        self.original(enclosing(regions), Source::Words, reading, u8::try_from(confidence).unwrap_or(LABEL))
    }

    /// The first run below a label that is no label itself.
    fn below<'r, 'w>(&self, label: &Found<'r, 'w>, runs: &'r [Run<'w>]) -> Option<&'r Run<'w>> {
        let below = runs.iter().filter(|run| goes_on(label.run, run));
        below.min_by_key(|run| run.region.y).filter(|run| !labels::begins_with_label(self.kind, run))
    }

    /// Where somebody wrote or stamped beside a label, with what was read there.
    fn around_label(&self, label: &Found<'_, '_>, contents: Contents, runs: &[Run<'_>]) -> Option<Located> {
        let height = label.region.height.max(1);
        let end = label.region.x.saturating_add(label.region.width);
        let (left, right, above, under) = match contents {
            Contents::Stamp => (label.region.x.saturating_sub(2 * height), 14, 6, 7),
            _ => (end, 12, 1, 1),
        };
        let top = label.region.y.saturating_sub(above * height);
        let area = Region {
            x: left,
            y: top,
            width: end.saturating_add(height.saturating_mul(right)).saturating_sub(left),
            height: label.region.y.saturating_sub(top) + height.saturating_mul(under + 1),
        };
        if contents == Contents::Stamp {
            return self.original(area, Source::Words, String::new(), LABEL);
        }
        let rest = label.end..label.run.characters.len();
        let written = if rest.is_empty() {
            right_of(label, runs).map(|run| (run.region, run.reading(&(0..run.characters.len()), &[])))
        } else {
            Some((label.run.region_of(&rest), label.run.reading(&rest, &[])))
        };
        let (region, reading) = match written {
            Some((region, reading)) => (enclosing([area, region]), reading),
            None => (area, String::new()),
        };
        self.original(region, Source::Words, reading, LABEL)
    }

    /// From the first of several labels to the last, over the whole width of what was read there.
    fn block(&self, names: &[&str], runs: &[Run<'_>]) -> Option<Located> {
        let found: Vec<Region> =
            names.iter().filter_map(|label| labels::find(label, runs)).map(|label| label.region).collect();
        let first = found.iter().min_by_key(|region| region.y)?;
        let last = found.iter().max_by_key(|region| region.y)?;
        let lines_below = if found.len() > 1 { 2 } else { 6 };
        let bottom = last.y.saturating_add(last.height.saturating_mul(1 + lines_below));
        let inside = |run: &&Run<'_>| run.region.y >= first.y && run.region.y < bottom;
        let read = enclosing(runs.iter().filter(inside).map(|run| run.region).chain(found.iter().copied()));
        let area = Region { y: first.y, height: bottom.saturating_sub(first.y), ..read };
        self.original(area, Source::Words, String::new(), LABEL)
    }

    /// The last run that is a day, for places that hold one.
    fn dated(&self, place: DocumentPlace, runs: &[Run<'_>]) -> Option<Located> {
        if !matches!(place, DocumentPlace::Date | DocumentPlace::Time | DocumentPlace::Validity) {
            return None;
        }
        let is_day = |run: &&Run<'_>| {
            let text: String = run.words.iter().map(|word| word.text.as_str()).collect();
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.len() >= 6
                && digits.len() <= 16
                && (digits.starts_with("20") || digits.starts_with("19"))
                && text
                    .chars()
                    .all(|c| c.is_ascii_digit() || !c.is_alphanumeric() || "年月日至长期".contains(c))
        };
        let run = runs.iter().rev().find(is_day)?;
        let reading = run.reading(&(0..run.characters.len()), &[]);
        self.original(run.region, Source::Words, reading, LABEL / 2)
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
            Whole::Page => (Surface::Original, self.size),
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
        let words = self.words.iter().filter(|word| {
            let place = match surface {
                Surface::Flat(quad) => Projection::straightening(quad)
                    .and_then(|straightening| straightening.region(word.region, quad.flat_size())),
                _ => Some(word.region),
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

/// All labels of a kind.
fn labels_of(kind: DocumentKind) -> &'static [&'static str] {
    kind.places().first().map_or(&[], |place| labels::labels(kind, *place))
}
