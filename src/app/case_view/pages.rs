//! The pages of one attachment: which were put before the reviewer, and how she goes from one to the next.
//!
//! A page counts as shown when all of it was in sight, a document when each of its pages was; a single page that could only
//! be described makes a description of the whole.

use std::collections::BTreeMap;

use super::CaseView;
use crate::app::attention::Shown;
use crate::domain::sight::{Sight, under};
use crate::domain::submission::SubmittedFile;
use crate::domain::view::{Submission, Surface, View};
use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// What is known of an attachment's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct Pages {
    /// How many there are, once one was decoded.
    count: Option<u32>,
    /// How each was put before the reviewer, by its number from 0.
    shown: BTreeMap<u32, Shown>,
    /// What of each was in sight, large enough to be read.
    sights: BTreeMap<u32, Sight>,
    /// The upright sizes of those after the first.
    sizes: BTreeMap<u32, Size>,
    /// What each becomes on its way to the regulator.
    submitted: BTreeMap<u32, SubmittedFile>,
}

impl Pages {
    /// What says more of the page takes the place of what says less.
    pub(super) fn was_shown(&mut self, page: u32, how: Shown) {
        if self.shown.get(&page).is_none_or(|before| how.replaces(*before)) {
            self.shown.insert(page, how);
        }
    }

    /// A view of a page of this size was on a zone of `target` pixels, large enough to be read.
    pub(super) fn was_in_sight(&mut self, view: View, upright: Size, target: Size) {
        let sight = self.sights.entry(view.page).or_default();
        *sight = sight.with(view, upright, target);
        if sight.is_whole() {
            self.was_shown(view.page, Shown::Picture);
        }
    }

    /// Where the first part of a page that was not in sight begins.
    pub(super) fn first_missing(&self, page: u32) -> Option<(f64, f64)> {
        self.sights.get(&page).copied().unwrap_or_default().first_missing()
    }

    /// How the whole attachment was shown; none while a page is missing.
    pub(super) fn shown(&self) -> Option<Shown> {
        let count = self.count.unwrap_or(1);
        let hows = || self.shown.range(..count).map(|(_, how)| *how);
        if (hows().count() as u64) < u64::from(count) {
            return None;
        }
        let less = |how| hows().find(|shown| *shown == how);
        less(Shown::Sentence).or_else(|| less(Shown::Text)).or_else(|| hows().next())
    }

    /// Whether a page was shown, `by_eye` not only in words.
    fn was_seen(&self, page: u32, by_eye: bool) -> bool {
        self.shown.get(&page).is_some_and(|how| !by_eye || *how != Shown::Text)
    }

    /// The first page after this one that was not shown, or else the first of all.
    fn unseen_after(&self, page: u32, by_eye: bool) -> Option<u32> {
        let unseen = |page: &u32| !self.was_seen(*page, by_eye);
        let count = self.count.unwrap_or(1);
        (page.saturating_add(1)..count).find(unseen).or_else(|| (0..count).find(unseen))
    }

    /// Whether it is known how many there are.
    pub(super) const fn is_counted(&self) -> bool {
        self.count.is_some()
    }

    pub(super) fn size(&self, page: u32) -> Option<Size> {
        self.sizes.get(&page).copied()
    }

    pub(super) fn has_size(&mut self, page: u32, upright: Size) {
        self.sizes.insert(page, upright);
    }
}

impl CaseView {
    /// What the picture worker said of a file when it decoded one of its pages.
    pub fn page_known(&mut self, sha256: &str, page: u32, count: u32, submitted: Option<SubmittedFile>) {
        for (facts, pages) in self.file.attachments.iter().zip(&mut self.pages) {
            if facts.sha256 == sha256 {
                pages.count = Some(count);
                match submitted {
                    Some(file) => pages.submitted.insert(page, file),
                    None => None,
                };
            }
        }
    }

    /// The page in the viewport, from 0, and how many there are; none for what has one page only.
    pub fn page_place(&self) -> Option<(u32, u32)> {
        let at = self.attachment?;
        let count = self.page_count(at).filter(|count| *count > 1)?;
        Some((self.view_of(at).page, count))
    }

    /// What becomes of the page in the viewport on its way to the regulator, while it is looked at so.
    pub fn submitted_file(&self) -> Option<SubmittedFile> {
        let view = self.view();
        match view.surface {
            Surface::Submitted(_) => self.pages.get(self.attachment?)?.submitted.get(&view.page).copied(),
            Surface::Original | Surface::Flat(_) => None,
        }
    }

    /// As submitted, or as it was before. Of a document pulled straight the same place of the whole picture comes, and then
    /// the document again.
    pub fn toggle_submitted(&mut self, limits: Submission, target: Size) {
        let view = self.view();
        let before = self.straight.take();
        let surface = Surface::Submitted(limits);
        let changed = match view.surface {
            Surface::Original => View { surface, ..view },
            Surface::Submitted(_) => {
                let here =
                    |(at, before): &(usize, View)| Some(*at) == self.attachment && before.page == view.page;
                let (surface, viewport) =
                    before.filter(here).map_or((Surface::Original, view.viewport), |(_, before)| {
                        (before.surface, before.viewport)
                    });
                View { surface, viewport, ..view }
            }
            Surface::Flat(quad) => {
                self.straight = self.attachment.map(|at| (at, view));
                let part = self.frame(target).and_then(|on| under(quad, view.viewport.source_rect(on)));
                let upright = self.current_attachment().and_then(|(at, _, facts)| self.page_size(at, facts));
                let whole = Viewport::default();
                let viewport = part.zip(upright).map_or(whole, |(part, upright)| {
                    let size = limits.size(upright);
                    whole.around(scaled(part, upright, size), Frame::new(size, target))
                });
                View { surface, viewport, ..view }
            }
        };
        self.change_view(|_| changed);
    }

    /// How many pages an attachment has, as far as that is known, by its place in the filing.
    pub fn page_count(&self, at: usize) -> Option<u32> {
        self.pages.get(at)?.count
    }

    /// The page after the one of an attachment that is looked at; it is wanted next.
    pub fn next_page(&self, at: usize) -> Option<View> {
        let view = self.view_of(at);
        (view.page + 1 < self.page_count(at)?).then(|| turned_to(view, view.page + 1))
    }

    /// Another page of the attachment in the viewport; false where there is none.
    pub(super) fn step_page(&mut self, forward: bool) -> bool {
        let Some(at) = self.attachment else { return false };
        let page = self.view_of(at).page;
        let stepped = if forward { page.checked_add(1) } else { page.checked_sub(1) };
        let Some(page) = stepped.filter(|page| *page < self.page_count(at).unwrap_or(1)) else {
            return false;
        };
        self.turn_to(at, page);
        true
    }

    /// From the attachment before or after: its last or its first page.
    pub(super) fn turn_to_end(&mut self, forward: bool) {
        if let Some(at) = self.attachment {
            let last = self.page_count(at).unwrap_or(1).saturating_sub(1);
            self.turn_to(at, if forward { 0 } else { last });
        }
    }

    /// The next page of the attachment in the viewport that was not shown; nothing where all were. `in_words`: there are no
    /// pictures, and words are all that can be stepped through; else they do not stand for what needs eyes.
    pub fn turn_to_unseen(&mut self, in_words: bool) {
        let Some((at, attachment, _)) = self.current_attachment() else { return };
        let by_eye = attachment.kind.needs_eyes() && !in_words;
        let page = self.view_of(at).page;
        let seen = self.pages.get(at).filter(|pages| pages.was_seen(page, by_eye));
        if let Some(page) = seen.and_then(|pages| pages.unseen_after(page, by_eye)) {
            self.turn_to(at, page);
        }
    }

    fn turn_to(&mut self, at: usize, page: u32) {
        if let Some(view) = self.views.get_mut(at)
            && view.page != page
        {
            *view = turned_to(*view, page);
        }
    }
}

/// A part of a picture as one of the same picture in another size.
fn scaled(part: Rect, from: Size, to: Size) -> Rect {
    let length = |length: u32, from: u32, to: u32| {
        u32::try_from(u64::from(length) * u64::from(to) / u64::from(from.max(1))).unwrap_or(u32::MAX)
    };
    let size = Size::new(
        length(part.size.width, from.width, to.width).max(1),
        length(part.size.height, from.height, to.height).max(1),
    );
    Rect { x: length(part.x, from.width, to.width), y: length(part.y, from.height, to.height), size }
}

/// Another page looked at in the same way, the whole of it. The corners of a document are those of one page.
fn turned_to(view: View, page: u32) -> View {
    let surface = match view.surface {
        Surface::Flat(_) => Surface::Original,
        same => same,
    };
    View { page, surface, viewport: view.viewport.fit(), ..view }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_shown_when_every_page_was_and_only_as_well_as_the_least() {
        use Shown::{Picture, Sentence, Text};
        for (name, count, shown, whole) in [
            ("one page", None, &[(0, Picture)][..], Some(Picture)),
            ("one of two", Some(2), &[(0, Picture)], None),
            ("the second of two", Some(2), &[(1, Picture)], None),
            ("both", Some(2), &[(0, Picture), (1, Picture)], Some(Picture)),
            ("one as a sentence", Some(2), &[(0, Picture), (1, Sentence)], Some(Sentence)),
            ("one without pictures", Some(2), &[(0, Text), (1, Picture)], Some(Text)),
            ("a sentence, then the picture", Some(1), &[(0, Sentence), (0, Picture)], Some(Picture)),
            ("the picture, then a sentence", Some(1), &[(0, Picture), (0, Sentence)], Some(Picture)),
            ("nothing", Some(1), &[], None),
            ("a page that is not there", Some(1), &[(7, Picture)], None),
        ] {
            let mut pages = Pages { count, ..Pages::default() };
            shown.iter().for_each(|(page, how)| pages.was_shown(*page, *how));
            assert_eq!(pages.shown(), whole, "{name}");
        }
    }

    #[test]
    fn the_next_page_to_look_at_is_the_next_that_was_not_shown() {
        let mut pages = Pages { count: Some(3), ..Pages::default() };
        pages.was_shown(1, Shown::Picture);
        assert_eq!([0, 1, 2].map(|page| pages.unseen_after(page, true)), [Some(2), Some(2), Some(0)]);
        pages.was_shown(0, Shown::Text);
        pages.was_shown(2, Shown::Picture);
        assert_eq!([true, false].map(|by_eye| pages.unseen_after(1, by_eye)), [Some(0), None]);
        pages.was_shown(0, Shown::Picture);
        assert_eq!(pages.unseen_after(0, true), None);
    }
}
