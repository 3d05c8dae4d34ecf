//! Attachments in words instead of pictures: whether they were asked for, how far one is scrolled, what that counts for.

use super::pages::Pages;
use super::{CaseView, Showing};
use crate::app::attention::Shown;
use crate::app::effect::PictureStatus;
use crate::domain::filing::AttachmentKind;

/// How attachments are looked at in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct InWords {
    /// The reviewer wants words although pictures can be shown.
    asked: bool,
    /// The attachment that is scrolled, and its first row.
    scrolled: (Option<usize>, usize),
    /// Attachments whose picture could not be drawn.
    failed: Vec<usize>,
    /// Those of which a part could be: nobody will ever know more of their size than their header says.
    partly: Vec<usize>,
}

impl CaseView {
    pub const fn words_asked(&self) -> bool {
        self.words.asked
    }

    /// Words instead of the picture, or the picture again.
    pub const fn ask_for_words(&mut self, asked: bool) {
        self.words.asked = asked;
    }

    /// The first row of the words of the attachment in the viewport.
    pub fn words_scrolled(&self) -> usize {
        let (attachment, row) = self.words.scrolled;
        if attachment == self.attachment { row } else { 0 }
    }

    pub const fn scroll_words_to(&mut self, row: usize) {
        self.words.scrolled = (self.attachment, row);
    }

    /// Whether the picture of an attachment could not be drawn.
    pub fn failed(&self, at: usize) -> bool {
        self.words.failed.contains(&at)
    }

    /// Whether only a part of the picture of an attachment could be drawn.
    pub(in crate::app) fn drawn_partly(&self, at: usize) -> bool {
        self.words.partly.contains(&at)
    }

    /// The picture of the attachment in the viewport was drawn, or could not be.
    pub fn picture_failed(&mut self, status: PictureStatus) {
        let Some(at) = self.attachment else { return };
        let unsettled = matches!(status, PictureStatus::None | PictureStatus::Loading);
        if unsettled || !matches!(self.showing(), Showing::Attachment | Showing::Beside(..)) {
            return;
        }
        for (list, is) in
            [(&mut self.words.failed, PictureStatus::Failed), (&mut self.words.partly, PictureStatus::Partly)]
        {
            list.retain(|other| *other != at);
            if status == is {
                list.push(at);
            }
        }
    }

    /// Whether the attachment was put before the reviewer in words, and those do not stand for it.
    pub fn only_read(&self, at: usize) -> bool {
        let kind = self.file.filing.attachments.get(at).map(|attachment| attachment.kind);
        self.pages.get(at).and_then(Pages::shown) == Some(Shown::Text)
            && kind.is_some_and(AttachmentKind::needs_eyes)
    }

    /// Required evidence that words cannot stand for and that was not seen, by place in the filing.
    pub fn needs_eyes(&self) -> Vec<usize> {
        let kind = |at: usize| self.file.filing.attachments[at].kind;
        self.unseen().into_iter().filter(|at| kind(*at).needs_eyes()).collect()
    }

    /// The next required evidence that was put before the reviewer in no way, after the current one and around the end.
    pub fn next_unread(&self) -> Option<usize> {
        self.after_current(self.unseen().into_iter().filter(|at| !self.only_read(*at)).collect())
    }

    /// What has been put before the reviewer so far and how, to see whether a drawing changed it.
    pub fn progress(&self) -> (Vec<Option<Shown>>, usize) {
        (self.pages.iter().map(Pages::shown).collect(), self.words.failed.len())
    }
}
