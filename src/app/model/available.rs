//! Which commands have something to do now.

use super::{Images, Model};
use crate::app::case_view::{CaseView, Showing};
use crate::app::command::Command;
use crate::app::screens::Panel;
use crate::domain::workspace::Filter;

impl Model {
    /// Whether a picture belongs into the viewport.
    fn shows_picture(&self) -> bool {
        self.open_case().is_some_and(|view| !matches!(view.showing(), Showing::Words(..) | Showing::Gone))
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
                self.full_screen_by_step || case.is_some_and(|view| view.next_unseen().is_some())
            }
            Command::NextProblem | Command::PreviousProblem => {
                case.is_some_and(|view| view.overruled().next().is_some())
            }
            Command::LeaveViewer => self.full_screen || case.is_some_and(|view| view.open_form().is_some()),
            Command::FullScreen => {
                case.is_some_and(|view| view.attachment.is_some() || view.showing() != Showing::Attachment)
            }
            Command::JumpToAttachment => case.is_some_and(|view| view.attachment.is_some()),
            Command::NextAttachment
            | Command::PreviousAttachment
            | Command::NextAttachmentFull
            | Command::PreviousAttachmentFull => case.is_some_and(|view| view.steps() > 1),
            Command::ZoomIn
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
