//! The comparison that lies over a case: opened from what stands in the viewport, and counted as shown like it.

use super::{CaseView, Showing};
use crate::app::attention::Shown;
use crate::app::compare::{Comparison, Half, Known, Of, Together, partners};
use crate::app::effect::{PictureStatus, Seen};
use crate::domain::evidence::{Observation, PixelFacts, PixelInspection, Subject};
use crate::domain::viewport::{Rect, Size};
use crate::domain::workspace::{Origin, reference};

/// Why there is nothing to compare, as the id of the sentence.
type Nothing = &'static str;

impl CaseView {
    pub const fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_ref()
    }

    pub const fn comparison_mut(&mut self) -> Option<&mut Comparison> {
        self.comparison.as_mut()
    }

    /// Puts the attachment that stands in the viewport beside its natural partner.
    pub fn compare(&mut self, how: Together) -> Result<(), Nothing> {
        let document = matches!(self.showing(), Showing::Attachment | Showing::Beside(..));
        let (at, _, facts) = self.current_attachment().filter(|_| document).ok_or("desk.compare_nothing")?;
        let looked_at = |half: Half| match half.of {
            Of::Own(at) => half.looked_at(self.view_of(at)),
            Of::Elsewhere(_) => half,
        };
        let first = Half::own(at, facts).map(looked_at).ok_or("desk.compare_no_picture")?;
        let partners = partners(&self.file, at).into_iter().map(looked_at).collect();
        self.comparison = Some(Comparison::new(how, first, partners).ok_or("desk.compare_no_partner")?);
        Ok(())
    }

    pub fn end_comparison(&mut self) {
        self.comparison = None;
    }

    /// What of another filing has come into sight and was not asked to be recorded yet.
    pub(in crate::app) fn unrecorded(&mut self) -> Option<Seen> {
        let seen = [0, 1].into_iter().find_map(|half| self.of_other(half))?;
        let known = self.compared.iter().any(|(known, _)| *known == seen);
        (!known).then(|| {
            self.compared.push((seen.clone(), false));
            seen
        })
    }

    /// What was asked to be recorded is, or it cannot be and stays unseen: then the comparison ends.
    pub(in crate::app) fn recorded(&mut self, seen: &Seen, done: bool) {
        if done {
            self.compared.iter_mut().filter(|(known, _)| known == seen).for_each(|(_, done)| *done = true);
        } else {
            self.compared.retain(|(known, _)| known != seen);
            self.end_comparison();
        }
    }

    /// Whether a half is seen now. One of another filing is once that is recorded.
    pub fn is_seen(&self, half: usize) -> bool {
        let in_sight = self.comparison.as_ref().is_some_and(|comparison| comparison.in_sight(half));
        in_sight
            && self
                .of_other(half)
                .is_none_or(|seen| self.compared.iter().any(|(known, done)| *known == seen && *done))
    }

    /// The half in sight as an attachment of another filing, if it is one.
    fn of_other(&self, half: usize) -> Option<Seen> {
        let comparison = self.comparison.as_ref().filter(|comparison| comparison.in_sight(half))?;
        match comparison.halves()[half] {
            Half { of: Of::Elsewhere(Origin::Filing { source, key, .. }), sha256, .. } => Some(Seen {
                filing: reference(source, key),
                sha256: sha256.clone(),
                beside: self.reference(),
            }),
            _ => None,
        }
    }

    /// Lays both pictures into a zone of `target` pixels, as far as their sizes are known.
    pub fn lay_comparison(&mut self, target: Size) {
        let Some(comparison) = &self.comparison else { return };
        let known = comparison.halves().map(|half| self.known(half));
        if let Some(comparison) = &mut self.comparison {
            comparison.lay(known, target);
        }
    }

    fn known(&self, half: &Half) -> Option<Known> {
        let measured = self.measured(half).filter(|_| half.view.page == 0);
        let size = match &half.of {
            Of::Own(at) if half.view.page > 0 => self.pages.get(*at)?.size(half.view.page),
            _ => self.sizes.get(&half.sha256).copied(),
        };
        let stored = || {
            let own = self.file.attachments.iter();
            let mut all = own.chain(self.file.elsewhere.iter().map(|other| &other.facts));
            all.find(|facts| facts.sha256 == half.sha256)?.pixels
        };
        let size = size
            .or_else(|| measured.map(|facts| Size::new(facts.width, facts.height)))
            .or_else(|| stored().map(|(width, height)| Size::new(width, height)))?;
        // The largest comes first.
        let face = measured.and_then(|facts| facts.faces.first());
        let face = face.map(|face| Rect { x: face.x, y: face.y, size: Size::new(face.width, face.height) });
        Some(Known { size, face })
    }

    /// What the pixels of a half tell, where they were measured.
    fn measured(&self, half: &Half) -> Option<&PixelFacts> {
        let own = self.file.evidence.iter().find_map(|kept| {
            match (&kept.evidence.subject, &kept.evidence.observation) {
                (Subject::Attachment(of), Observation::Pixels(PixelInspection::Seen(facts)))
                    if *of == half.sha256 =>
                {
                    Some(facts)
                }
                _ => None,
            }
        });
        let elsewhere = || {
            let mut same = self.file.elsewhere.iter().filter(|other| other.facts.sha256 == half.sha256);
            same.find_map(|other| other.pixels.as_ref())
        };
        own.or_else(elsewhere)
    }

    /// A half was drawn on a zone of `target` pixels, `dots` of which lie along a half-block: an attachment of the filing
    /// counts as shown as it would alone.
    pub fn drawn_compared(&mut self, half: usize, picture: PictureStatus, target: Size, dots: f64) {
        let Some(comparison) = self.comparison.as_ref().filter(|comparison| comparison.in_sight(half)) else {
            return;
        };
        let view = comparison.view(half);
        let Half { of, sha256, .. } = comparison.halves()[half].clone();
        match (picture, of) {
            (PictureStatus::Ready(upright), Of::Own(at)) => {
                self.was_in_sight(at, view, upright, target, dots);
            }
            (PictureStatus::Ready(upright), Of::Elsewhere(_)) => {
                self.sizes.insert(sha256, upright);
            }
            (PictureStatus::Failed | PictureStatus::Partly, Of::Own(at)) => {
                if let Some(pages) = self.pages.get_mut(at) {
                    pages.was_shown(view.page, Shown::Sentence);
                }
            }
            (PictureStatus::Failed | PictureStatus::Partly, Of::Elsewhere(_))
            | (PictureStatus::Loading | PictureStatus::None, _) => {}
        }
    }
}
