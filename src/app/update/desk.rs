//! Commands on the desk and in the full-screen viewer.

use super::{
    compare, decide, evidence, gather, keep_texts, leave, lookup, notice, open, places, search, strip,
};
use crate::app::case_view::CaseView;
use crate::app::command::Command;
use crate::app::effect::{Effect, Target};
use crate::app::model::{Model, Tone};
use crate::app::pictures::Images;
use crate::app::said::Said;
use crate::app::screens::Panel;
use crate::app::screens::hold::Hold;
use crate::app::screens::palette::Palette;
use crate::app::screens::reasons::Reasons;
use crate::app::screens::text::TextField;
use crate::app::screens::withdraw::Withdraw;
use crate::app::twin::viewport as twin;
use crate::domain::message::Message;
use crate::domain::view::{Rendering, Surface, View};
use crate::domain::viewport::{Frame, Viewport};
use crate::domain::workspace::Filter;

/// How far one pan goes, as a share of what is seen.
pub(super) const PAN: f64 = 0.33;

pub(super) fn command(model: &mut Model, command: Command, digit: Option<usize>, effects: &mut Vec<Effect>) {
    if compare::command(model, command) {
        return;
    }
    match command {
        Command::NextUnseen => next_unseen(model),
        Command::Pass => decide::pass(model, effects),
        Command::Fail => {
            let panel = model.open_case().map(|view| Panel::Reasons(Reasons::new(view)));
            show(model, panel);
        }
        Command::Hold => {
            let hold = if model.needs_eyes().is_empty() { Hold::default() } else { Hold::for_pictures() };
            show(model, Some(Panel::Hold(hold)));
        }
        Command::Words => {
            if let Some(view) = model.open_case_mut() {
                view.ask_for_words(!view.words_asked());
            }
        }
        Command::Escalate => {
            let note = model.open_case().map(|view| view.internal_note.clone()).unwrap_or_default();
            show(model, Some(Panel::Escalate(TextField::new(&note))));
        }
        Command::Withdraw => {
            show(model, Some(Panel::Withdraw(Withdraw::default())));
            effects.push(Effect::LoadMine);
        }
        Command::Opinion => {
            let panel = model.open_case().map(|view| Panel::Opinion(TextField::new(&view.opinion)));
            show(model, panel);
        }
        Command::InternalNote => {
            let panel =
                model.open_case().map(|view| Panel::InternalNote(TextField::new(&view.internal_note)));
            show(model, panel);
        }
        Command::QueueList => {
            let cursor = model.rail.position().unwrap_or(0);
            show(model, Some(Panel::Queue { cursor }));
        }
        Command::GatherAgain => gather::again(model, effects),
        Command::LookUp => lookup::show(model, effects),
        Command::Copy => lookup::copy(model),
        Command::Palette => show(model, Some(Panel::Palette(Palette::default()))),
        Command::Search => search::show(model),
        Command::ClearFilter => search::apply(model, Filter::WORK, effects),
        Command::Help => show(model, Some(Panel::Help { scroll: 0 })),
        Command::Language => model.lang = model.lang.other(),
        Command::Redraw => model.redraw = true,
        Command::Theme => theme(model),
        Command::Mouse => {
            model.mouse = !model.mouse;
            let id = if model.mouse { "desk.mouse_on" } else { "desk.mouse_off" };
            notice(model, Tone::Info, Message::new(id));
        }
        Command::Quit => leave(model, effects),
        Command::NextFiling => go(model, true, effects),
        Command::PreviousFiling => go(model, false, effects),
        Command::Reveal => reveal(model, effects),
        Command::FullScreen => {
            model.full_screen = !model.full_screen;
            model.full_screen_by_step = false;
        }
        Command::LeaveViewer if model.full_screen => {
            model.full_screen = false;
            model.full_screen_by_step = false;
        }
        Command::LeaveViewer => close_form(model),
        Command::PaperForm => paper_form(model),
        Command::Places => places::show(model),
        Command::RememberPlace => places::show_remember(model),
        Command::JumpToPlace => places::jump_to_nth(model, digit.unwrap_or(usize::MAX)),
        Command::NextFact => strip::walk(model, true),
        Command::PreviousFact => strip::walk(model, false),
        other => look(model, other),
    }
}

/// Lays the paper form over the case, or takes it away again.
fn paper_form(model: &mut Model) {
    let Some(view) = model.open_case_mut() else { return };
    if !view.toggle_form() {
        notice(model, Tone::Info, Message::new("desk.no_form"));
        return;
    }
    // The picture alone would hide what was asked for.
    model.full_screen = false;
    model.full_screen_by_step = false;
}

fn close_form(model: &mut Model) {
    if let Some(view) = model.open_case_mut().filter(|view| view.open_form().is_some()) {
        view.toggle_form();
    }
}

/// Commands that only change what of the case is looked at, and how.
fn look(model: &mut Model, command: Command) {
    if twin::scroll(model, command) || evidence::scroll(model, command) {
        return;
    }
    let target = model.target();
    let submission = model.settings.submission;
    let Some(view) = model.open_case_mut() else { return };
    let mut change = |how: fn(Viewport, Frame) -> Viewport| view.look(target, how);
    match command {
        Command::ZoomIn => change(Viewport::zoom_in),
        Command::ZoomOut => change(|viewport, _| viewport.zoom_out()),
        Command::Fit => view.change_view(whole),
        Command::RotateRight => change(|viewport, _| viewport.rotate_right()),
        Command::RotateLeft => change(|viewport, _| viewport.rotate_left()),
        Command::PanLeft | Command::PanLeftFull => change(|viewport, frame| viewport.pan(-PAN, 0.0, frame)),
        Command::PanRight | Command::PanRightFull => change(|viewport, frame| viewport.pan(PAN, 0.0, frame)),
        Command::PanUp | Command::PanUpFull => change(|viewport, frame| viewport.pan(0.0, -PAN, frame)),
        Command::PanDown | Command::PanDownFull => change(|viewport, frame| viewport.pan(0.0, PAN, frame)),
        Command::TextMode => view.change_view(|view| View { rendering: other(view.rendering), ..view }),
        Command::Submitted => view.toggle_submitted(submission, target),
        Command::Brighter => view.change_view(|view| View { tone: view.tone.brighter(1), ..view }),
        Command::Darker => view.change_view(|view| View { tone: view.tone.brighter(-1), ..view }),
        Command::MoreContrast => view.change_view(|view| View { tone: view.tone.sharper(1), ..view }),
        Command::LessContrast => view.change_view(|view| View { tone: view.tone.sharper(-1), ..view }),
        Command::Negative => view.change_view(|view| View { tone: view.tone.invert(), ..view }),
        Command::FactDown => view.move_selection(true),
        Command::FactUp => view.move_selection(false),
        Command::NextProblem => view.move_problem(true),
        Command::PreviousProblem => view.move_problem(false),
        Command::NextAttachment | Command::NextAttachmentFull => view.step_attachment(true),
        Command::PreviousAttachment | Command::PreviousAttachmentFull => view.step_attachment(false),
        Command::OlderObservation => view.step_observation(true),
        Command::NewerObservation => view.step_observation(false),
        _ => {}
    }
}

/// The whole of the original; where that is seen already, also as it was handed in. A rotation stays.
fn whole(view: View) -> View {
    let fit = View { viewport: view.viewport.fit(), surface: Surface::Original, ..view };
    if fit == view { View { page: view.page, viewport: fit.viewport, ..View::default() } } else { fit }
}

pub(super) const fn other(rendering: Rendering) -> Rendering {
    match rendering {
        Rendering::Colour => Rendering::Ink,
        Rendering::Ink => Rendering::Colour,
    }
}

/// Steps to the next required evidence that was not shown: the whole of it, as large as it takes to count, or the next part
/// of it where even the whole screen is too small for that.
fn next_unseen(model: &mut Model) {
    let words_only = model.settings.images == Images::Off;
    // The document already in the viewport comes first, if there is more of it to be seen.
    let unseen = |view: &CaseView| view.attachment.filter(|at| view.unseen().contains(at));
    if let Some(here) = model.open_case().and_then(unseen).filter(|_| !words_only) {
        let before = (looked_at(model), model.full_screen);
        step_to(model, here);
        // In full screen what is still on its way does not keep her.
        if !before.1 || (looked_at(model), model.full_screen) != before {
            return;
        }
    }
    if let Some(next) = model.next_to_look_at() {
        step_to(model, next);
        return;
    }
    let eyes = model.needs_eyes();
    if !eyes.is_empty() {
        notice(model, Tone::Warning, Said::NeedsEyes(eyes));
    }
    if model.full_screen_by_step {
        model.full_screen = false;
        model.full_screen_by_step = false;
    }
}

/// What stands in the viewport, and how.
fn looked_at(model: &Model) -> Option<impl PartialEq + use<>> {
    let view = model.open_case()?;
    Some((view.attachment, view.piece_place(), view.view(), view.words_asked()))
}

/// Puts an attachment into the viewport as it counts.
fn step_to(model: &mut Model, at: usize) {
    let words_only = model.settings.images == Images::Off;
    let Some(view) = model.open_case_mut() else { return };
    view.jump_to_attachment(at);
    view.turn_to_unseen(words_only);
    view.ask_for_words(false);
    if words_only {
        return;
    }
    view.look_at_whole();
    let rendering = view.view().rendering;
    let dots = model.settings.images.dots(rendering);
    let zone = model.pixels(model.zones().picture, rendering);
    if !model.full_screen && model.open_case().is_some_and(|view| !view.readable_on(zone, dots)) {
        model.full_screen = true;
        model.full_screen_by_step = true;
    }
    let target = model.target();
    if let Some(view) = model.open_case_mut() {
        view.look_at_next_part(target, dots);
    }
}

fn show(model: &mut Model, panel: Option<Panel>) {
    model.panel = panel;
    model.panel_drawn = false;
}

/// The next theme, unless the person wants no colours anywhere.
fn theme(model: &mut Model) {
    let message = if model.settings.colourless {
        Message::new("desk.theme_no_colour")
    } else {
        model.theme = model.theme.next();
        Message::new("desk.theme_is").with("theme", format!("@desk.theme_{}", model.theme.text()))
    };
    notice(model, Tone::Info, message);
}

/// To the neighbour in the rail.
fn go(model: &mut Model, forward: bool, effects: &mut Vec<Effect>) {
    if model.saving.is_some() {
        notice(model, Tone::Info, Message::new("desk.still_saving"));
        return;
    }
    match model.rail.neighbour(forward).map(|row| (row.reference(), row.cursor)) {
        Some((reference, place)) => {
            keep_texts(model);
            // The rail moves at once, so that the next press goes on from there; the case follows.
            let target = Target::Filing(reference.clone());
            open(model, target, effects);
            model.rail.go(reference, Some(place));
        }
        None => {
            let id = if forward { "desk.at_the_end" } else { "desk.at_the_start" };
            notice(model, Tone::Info, Message::new(id));
        }
    }
}

/// Shows a masked value for a moment, once that is recorded.
fn reveal(model: &Model, effects: &mut Vec<Effect>) {
    let effect = model.open_case().and_then(|view| {
        let object = view.selected_object()?.clone();
        Some(Effect::Reveal { key: view.reference(), object })
    });
    effects.extend(effect);
}
