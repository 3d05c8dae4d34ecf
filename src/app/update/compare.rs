//! Two pictures together: opening and leaving, and what the keys of the single view do to both.

use super::desk::{PAN, other};
use super::{notice, warn};
use crate::app::command::Command;
use crate::app::compare::{Comparison, Together};
use crate::app::effect::{Effect, PictureStatus, Seen};
use crate::app::model::{Model, Tone};
use crate::app::pictures::Images;
use crate::domain::message::Message;
use crate::domain::view::{Surface, View};

/// Whether the command was one of a comparison. What shows something else ends the comparison first.
pub(super) fn command(model: &mut Model, command: Command) -> bool {
    match command {
        Command::Compare => toggle(model, Together::SideBySide),
        Command::Blink => toggle(model, Together::Blink),
        _ => return model.comparing() && over(model, command),
    }
    true
}

/// Opens, goes from one way to the other, swaps what blinks, and leaves what stands side by side.
fn toggle(model: &mut Model, how: Together) {
    let off = model.settings.images == Images::Off;
    let Some(view) = model.open_case_mut() else { return };
    let opened = match view.comparison_mut() {
        Some(comparison) if comparison.how != how => {
            comparison.how = how;
            Ok(())
        }
        Some(comparison) if how == Together::Blink => {
            comparison.swapped = !comparison.swapped;
            Ok(())
        }
        Some(_) => {
            view.end_comparison();
            Ok(())
        }
        None if off => Err("desk.compare_pictures_off"),
        None => view.compare(how),
    };
    if let Err(why) = opened {
        notice(model, Tone::Info, Message::new(why));
    }
}

fn over(model: &mut Model, command: Command) -> bool {
    let submission = model.settings.submission;
    let Some(view) = model.open_case_mut() else { return false };
    let Some(both) = view.comparison_mut() else { return false };
    let pan = |both: &mut Comparison, right, down| both.go(|locked, on| locked.pan(right, down, on));
    match command {
        Command::ZoomIn => both.go(|locked, on| locked.zoom(true, on)),
        Command::ZoomOut => both.go(|locked, on| locked.zoom(false, on)),
        Command::Fit => both.fit(),
        Command::RotateRight => both.turn(true),
        Command::RotateLeft => both.turn(false),
        Command::PanLeft | Command::PanLeftFull => pan(both, -PAN, 0.0),
        Command::PanRight | Command::PanRightFull => pan(both, PAN, 0.0),
        Command::PanUp | Command::PanUpFull => pan(both, 0.0, -PAN),
        Command::PanDown | Command::PanDownFull => pan(both, 0.0, PAN),
        Command::TextMode => both.change(|view| View { rendering: other(view.rendering), ..view }),
        Command::Submitted => both.change(|view| match view.surface {
            Surface::Submitted(_) => View { surface: Surface::Original, ..view },
            _ => View { surface: Surface::Submitted(submission), ..view },
        }),
        Command::Brighter => both.change(|view| View { tone: view.tone.brighter(1), ..view }),
        Command::Darker => both.change(|view| View { tone: view.tone.brighter(-1), ..view }),
        Command::MoreContrast => both.change(|view| View { tone: view.tone.sharper(1), ..view }),
        Command::LessContrast => both.change(|view| View { tone: view.tone.sharper(-1), ..view }),
        Command::Negative => both.change(|view| View { tone: view.tone.invert(), ..view }),
        Command::NextAttachment | Command::NextAttachmentFull => both.step(true),
        Command::PreviousAttachment | Command::PreviousAttachmentFull => both.step(false),
        Command::LeaveViewer => view.end_comparison(),
        Command::NextUnseen
        | Command::FullScreen
        | Command::PaperForm
        | Command::Words
        | Command::FactDown
        | Command::FactUp
        | Command::NextFact
        | Command::PreviousFact
        | Command::NextProblem
        | Command::PreviousProblem
        | Command::OlderObservation
        | Command::NewerObservation
        | Command::Places
        | Command::RememberPlace
        | Command::JumpToPlace => {
            view.end_comparison();
            return false;
        }
        _ => return false,
    }
    true
}

/// Lays the two into the zones that they have now.
pub(super) fn lay(model: &mut Model) {
    if let Some([target, _]) = model.compared_targets()
        && let Some(view) = model.open_case_mut()
    {
        view.lay_comparison(target);
    }
}

/// What is left to tell of the picture in the viewport: while two are compared, only whether it has come.
pub(super) fn first_drawn(model: &mut Model, picture: PictureStatus) -> PictureStatus {
    if !model.comparing() {
        return picture;
    }
    half_drawn(model, 0, picture);
    match picture {
        PictureStatus::Loading => PictureStatus::Loading,
        _ => PictureStatus::None,
    }
}

/// What became of one of the two.
pub(super) fn half_drawn(model: &mut Model, half: usize, picture: PictureStatus) {
    let images = model.settings.images;
    if model.panel.is_some() || model.too_small() {
        return;
    }
    let Some(target) = model.compared_targets().map(|targets| targets[half]) else { return };
    if let Some(view) = model.open_case_mut() {
        let rendering = view.comparison().map(|both| both.view(half).rendering).unwrap_or_default();
        view.drawn_compared(half, picture, target, images.dots(rendering));
    }
}

/// What of another filing comes into sight is recorded first, like everything that is looked at without a claim.
pub(super) fn record(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(view) = model.open_case_mut() {
        effects.extend(view.unrecorded().map(Effect::Compare));
    }
}

/// It is recorded and may be seen; what could not be recorded is not shown.
pub(super) fn recorded(model: &mut Model, seen: &Seen, recorded: Result<(), Message>) {
    let view = model.open_case_mut().filter(|view| view.reference() == seen.beside);
    if let Some(view) = view {
        view.recorded(seen, recorded.is_ok());
    }
    if let Err(fault) = recorded {
        warn(model, fault);
    }
}
