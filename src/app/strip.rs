//! The evidence strip (对照条): what was filed for the selected fact, the piece of the document that proves it, and what
//! was read there. Which of them, and where they stand; drawing them is `ui`'s, where a place lies is `domain::places`'s.

use super::case_view::{CaseView, view_around};
use super::facts::{Fact, Row};
use super::layout::{self, Area, Viewer};
use super::model::Model;
use super::places::{Goal, of_attachment};
use crate::domain::difference;
use crate::domain::filing::AttachmentKind;
use crate::domain::message::Lang;
use crate::domain::object::Object;
use crate::domain::places::{self, Located, Source};
use crate::domain::view::{PictureKey, Rendering, Tone, View};

/// What a fact is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    pub goal: Goal,
    /// Where the place lies; none where nobody knows (yet).
    pub found: Option<Located>,
    /// What was filed, as the document would spell it; none where the filing says nothing of the place.
    pub filed: Option<String>,
    /// What was read there.
    pub reading: Option<String>,
    /// How sure the reader was of it, 0 to 100; none where the place was found in another way.
    pub confidence: Option<u8>,
    /// The two differ in what is hidden until it is revealed.
    pub differs_hidden: bool,
}

/// Where the strip stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// What the checks say.
    pub told: Area,
    /// The rows of the strip: filed, the piece of the document, what was read.
    pub strip: Area,
    /// The piece of the document.
    pub crop: Area,
}

/// Columns before the values of the strip, for their names.
pub const LABEL: u16 = 6;

/// Rows of the piece of a document at least: less shows no character.
const FEWEST: u16 = 2;
/// Rows of it at most: more belongs into the viewport.
const MOST: u16 = 4;
/// Rows of a finding with the two values that it compares, and the line above.
const FINDING: u16 = 4;

/// The strip in the detail zone, below what the checks say; `whole` is told of a finding that is selected itself. None
/// where there is no room.
fn areas(detail: Area, whole: bool) -> Option<Areas> {
    let told = match detail.height {
        _ if whole => FINDING,
        ..7 => 1,
        7..9 => 2,
        _ => 3,
    };
    let rows = detail.height.checked_sub(told + 2).filter(|rows| *rows >= FEWEST)?.min(MOST);
    if detail.width < LABEL + 8 {
        return None;
    }
    let strip = Area {
        x: detail.x + 1,
        y: detail.y + detail.height - rows - 2,
        width: detail.width - 1,
        height: rows + 2,
    };
    let crop = Area { x: strip.x + LABEL, y: strip.y + 1, width: strip.width - LABEL, height: rows };
    Some(Areas { told: Area { height: detail.height - strip.height, ..detail }, strip, crop })
}

/// The places of the documents of the filing that prove a fact, the weightiest first.
pub fn proofs(view: &CaseView, fact: &Fact) -> Vec<Goal> {
    let filing = &view.file.filing;
    places::of_fact(filing, &fact.object, &fact.label)
        .into_iter()
        .filter_map(|(kind, place)| {
            let attachment = attachment_of(view, kind, &fact.object)?;
            of_attachment(view, attachment).contains(&place).then_some(Goal { attachment, place })
        })
        .collect()
}

/// The attachment that is meant: the fact's own where it is one, else the first of the kind.
fn attachment_of(view: &CaseView, kind: AttachmentKind, object: &Object) -> Option<usize> {
    let nth = match object {
        Object::Attachment { nth, .. } => usize::from(nth.saturating_sub(1)),
        _ => 0,
    };
    let attachments = view.file.filing.attachments.iter().enumerate();
    attachments.filter(|(_, attachment)| attachment.kind == kind).nth(nth).map(|(at, _)| at)
}

impl CaseView {
    /// The declared fact that the selected row speaks of.
    pub fn selected_fact(&self) -> Option<&Fact> {
        let facts =
            || self.rows.iter().filter_map(|row| if let Row::Fact(fact) = row { Some(fact) } else { None });
        match self.rows.get(self.selected)? {
            Row::Fact(fact) => Some(fact),
            Row::Finding(at) => {
                let object = &self.findings.get(*at)?.object;
                facts().find(|fact| fact.main && fact.object == *object)
            }
            Row::Section(..) => None,
        }
    }
}

impl Model {
    /// What the selected fact is compared with. A place that is followed stays; else the first that is known, or may
    /// become known.
    pub(super) fn compared(&self) -> Option<Strip> {
        let view = self.open_case().filter(|view| view.open_form().is_none())?;
        let fact = view.selected_fact()?;
        let goals = proofs(view, fact);
        let located = |goal: Goal| (goal, self.locate_filed(goal, &spellings(view, fact, goal)));
        let told =
            |(goal, found): &(Goal, Option<Located>)| found.is_some() || self.may_be_found_later(*goal);
        let (goal, found) = match view.following().filter(|goal| goals.contains(goal)) {
            Some(goal) => located(goal),
            None => {
                goals.iter().copied().map(located).find(told).or(goals.first().map(|goal| (*goal, None)))?
            }
        };
        let reading = found.as_ref().and_then(|found| found.reading.clone());
        let filed = most_alike(spellings(view, fact, goal), reading.as_deref().unwrap_or_default());
        let confidence =
            found.as_ref().filter(|found| found.source == Source::Words).map(|found| found.confidence);
        let revealed = view.is_revealed(&fact.object);
        let shown = |text: &String| if revealed { text.clone() } else { fact.privacy.on_desk(text) };
        let (shown_filed, shown_reading) = (filed.as_ref().map(shown), reading.as_ref().map(shown));
        let hidden = shown_filed != filed || shown_reading != reading;
        let differs_hidden =
            hidden && filed.as_ref().zip(reading.as_ref()).is_some_and(|(a, b)| differ(a, b));
        Some(Strip { goal, found, filed: shown_filed, reading: shown_reading, confidence, differs_hidden })
    }

    /// Where the strip stands, if there is one: of a place that nobody knows only the walk through the facts tells.
    pub fn strip_areas(&self) -> Option<Areas> {
        let view = self.open_case().filter(|_| !self.full_screen && !self.comparing())?;
        let known = self.strip.as_ref()?.found.is_some() || view.following().is_some();
        known.then(|| areas(self.zones().detail, view.selected_finding().is_some()))?
    }

    /// The strip whose words stand below a picture that fills the screen: its place is the one in sight there.
    pub fn strip_in_viewer(&self) -> Option<&Strip> {
        let view = self.open_case().filter(|_| self.full_screen)?;
        let strip = self.strip.as_ref()?;
        let in_sight = view.following() == Some(strip.goal) && view.attachment == Some(strip.goal.attachment);
        in_sight.then_some(strip)
    }

    /// The zones while one picture fills the screen.
    pub fn viewer(&self) -> Viewer {
        layout::viewer(self.size, self.strip_in_viewer().is_some())
    }

    /// The piece of the document that the strip shows.
    pub(super) fn strip_key(&self) -> Option<PictureKey> {
        let view = self.open_case()?;
        let strip = self.strip.as_ref()?;
        let (at, found) = (strip.goal.attachment, strip.found.as_ref()?);
        let facts = view.file.attachments.get(at)?;
        let rendering = self.rendering(strip.goal);
        let target = self.pixels(self.strip_areas()?.crop, rendering);
        // As she turned it, but in no other tone: it is read, not looked at.
        let own = View { tone: Tone::default(), ..view.own_view(at) };
        let view = view_around(found, own, view.upright_size_at(at)?, rendering, target);
        Some(PictureKey { sha256: facts.sha256.clone(), view, target })
    }

    /// What a place is best looked at in: real pixels show strokes as they are.
    pub(super) fn rendering(&self, goal: Goal) -> Rendering {
        if self.settings.images.is_real() { Rendering::Colour } else { goal.place.rendering() }
    }
}

/// Whether two values are more than two spellings of one.
fn differ(filed: &str, reading: &str) -> bool {
    difference::pieces(filed, reading)
        .is_none_or(|(filed, reading)| filed.iter().chain(&reading).any(|piece| piece.differs))
}

/// What was filed for a place: the fact's own value alone where the document spells it so, else all spellings of the
/// document.
fn spellings(view: &CaseView, fact: &Fact, goal: Goal) -> Vec<String> {
    let attachment = view.file.filing.attachments.get(goal.attachment);
    let spellings = attachment
        .map_or_else(Vec::new, |attachment| places::filed(&view.file.filing, attachment.kind, goal.place));
    let own = fact.value.text(Lang::Zh);
    if spellings.contains(&own) { vec![own] } else { spellings }
}

/// Of several spellings the one that is most like what was read; of those that are equally alike the first, which is the
/// fullest.
fn most_alike(spellings: Vec<String>, reading: &str) -> Option<String> {
    let likeness = |spelling: &String| {
        let pieces = difference::pieces(spelling, reading);
        pieces.map_or(0, |(filed, _)| {
            filed.iter().filter(|piece| !piece.differs).map(|piece| piece.text.len()).sum()
        })
    };
    spellings.into_iter().rev().max_by_key(likeness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_fits_below_what_is_told_or_is_not_there() {
        for (height, whole, expected) in [
            (5, false, Some((1, 2))),
            (6, false, Some((1, 3))),
            (7, false, Some((2, 3))),
            (9, false, Some((3, 4))),
            (5, true, None),
            (8, true, Some((4, 2))),
            (9, true, Some((4, 3))),
            (0, false, None),
        ] {
            let areas = areas(Area::new(40, 10, 40, height), whole);
            assert_eq!(
                areas.map(|areas| (areas.told.height, areas.crop.height)),
                expected,
                "{height} {whole}"
            );
            if let Some(Areas { told, strip, crop }) = areas {
                assert_eq!(told.height + strip.height, height);
                assert_eq!((strip.y, crop.y), (told.y + told.height, strip.y + 1));
                assert!(crop.x + crop.width <= 80);
            }
        }
        assert_eq!(areas(Area::new(0, 0, 12, 9), false), None);
    }
}
