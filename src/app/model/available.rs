//! Which commands have something to do now.

use super::Model;
use crate::app::case_view::{CaseView, Showing};
use crate::app::command::Command;
use crate::app::pictures::Images;
use crate::app::places::of_attachment;
use crate::app::screens::Panel;
use crate::app::twin::viewport::{self as twin, Why};
use crate::domain::workspace::Filter;

impl Model {
    /// Whether a picture belongs into the viewport.
    fn shows_picture(&self) -> bool {
        let picture = |view: &CaseView| {
            let words = twin::why(self, view).is_some_and(Why::instead);
            !words && !matches!(view.showing(), Showing::Words(..) | Showing::Gone)
        };
        self.comparing() || self.open_case().is_some_and(picture)
    }

    /// Whether the picture in the viewport is that of the document, not of something else or nothing.
    pub(in crate::app) fn shows_document(&self) -> bool {
        let document = |view: &CaseView| matches!(view.showing(), Showing::Attachment | Showing::Beside(..));
        self.shows_picture() && !self.comparing() && self.open_case().is_some_and(document)
    }

    /// Whether a command has something to do now; the footer shows no other.
    pub fn available(&self, command: Command) -> bool {
        let case = self.open_case();
        match command {
            Command::Pass
            | Command::Fail
            | Command::Hold
            | Command::Escalate
            | Command::Opinion
            | Command::InternalNote
            | Command::FactDown
            | Command::GatherAgain
            | Command::LookUp
            | Command::Copy
            | Command::PaperForm
            | Command::FactUp => case.is_some(),
            Command::NextUnseen => {
                self.full_screen_by_step || self.next_to_look_at().is_some() || !self.needs_eyes().is_empty()
            }
            Command::NextProblem | Command::PreviousProblem => {
                case.is_some_and(|view| view.overruled().next().is_some())
            }
            Command::Compare | Command::Blink => case.is_some(),
            Command::NextFact | Command::PreviousFact => case.is_some_and(CaseView::has_walk),
            Command::LeaveViewer => {
                self.full_screen || self.comparing() || case.is_some_and(|view| view.open_form().is_some())
            }
            Command::FullScreen => {
                case.is_some_and(|view| view.attachment.is_some() || view.showing() != Showing::Attachment)
            }
            Command::Places => case.is_some_and(|view| !view.file.filing.attachments.is_empty()),
            Command::JumpToPlace | Command::RememberPlace => {
                let at = case.and_then(|view| Some((view, view.attachment?)));
                self.settings.images != Images::Off
                    && (command == Command::JumpToPlace || self.shows_document())
                    && at.is_some_and(|(view, at)| !of_attachment(view, at).is_empty())
            }
            Command::NextAttachmentFull | Command::PreviousAttachmentFull if self.comparing() => {
                self.comparison().is_some_and(|comparison| comparison.place().1 > 1)
            }
            Command::NextAttachment
            | Command::PreviousAttachment
            | Command::NextAttachmentFull
            | Command::PreviousAttachmentFull => case.is_some_and(|view| view.steps() > 1),
            Command::Brighter
            | Command::Darker
            | Command::MoreContrast
            | Command::LessContrast
            | Command::Negative
            | Command::TextMode
            | Command::Submitted
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::Fit
            | Command::RotateLeft
            | Command::RotateRight
            | Command::PanLeft
            | Command::PanRight
            | Command::PanLeftFull
            | Command::PanRightFull => self.settings.images != Images::Off && self.shows_picture(),
            Command::PanUp | Command::PanDown | Command::PanUpFull | Command::PanDownFull => {
                case.is_some() && (self.settings.images != Images::Off || !self.shows_picture())
            }
            Command::Words => {
                let shown =
                    |view: &CaseView| matches!(view.showing(), Showing::Attachment | Showing::Beside(..));
                let either = |view: &CaseView| matches!(twin::why(self, view), None | Some(Why::Asked));
                case.is_some_and(|view| view.attachment.is_some() && shown(view) && either(view))
            }
            Command::OlderObservation | Command::NewerObservation => {
                case.is_some_and(|view| view.observation_place().is_some())
            }
            Command::CopyQuery | Command::ShowNumber => match &self.panel {
                Some(Panel::Lookup(lookup)) => {
                    (command == Command::CopyQuery) == lookup.question().query().is_some()
                }
                _ => false,
            },
            Command::Reveal => case.is_some_and(CaseView::selected_is_masked),
            Command::NextFiling | Command::PreviousFiling | Command::QueueList => !self.rail.rows.is_empty(),
            Command::NextValue | Command::PreviousValue => {
                matches!(&self.panel, Some(Panel::Search(search)) if search.focus.is_some())
            }
            Command::ClearFilter => *self.filter != Filter::WORK,
            _ => true,
        }
    }
}
