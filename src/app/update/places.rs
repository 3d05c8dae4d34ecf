//! Bringing a named place into the viewport, and remembering the present view as one.

use super::{allowed, notice};
use crate::app::case_view::Showing;
use crate::app::effect::Effect;
use crate::app::facts::object_label;
use crate::app::key::Key;
use crate::app::model::{Model, Tone};
use crate::app::pictures::Images;
use crate::app::places::{Awaited, Goal, of_attachment};
use crate::app::screens::Panel;
use crate::app::screens::places::{Entry, Places, Purpose};
use crate::domain::evidence::Region;
use crate::domain::message::Message;
use crate::domain::places::{Document, DocumentKind, Located, NotAPlace, OwnPlace, Whole};
use crate::domain::view::{Rendering, Surface, View};
use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// Opens the panel of all places.
pub(super) fn show(model: &mut Model) {
    let panel = Places::all(model).map(Panel::Places);
    open(model, panel);
}

/// Opens the panel of the places that the present view can become.
pub(super) fn show_remember(model: &mut Model) {
    if !model.shows_document() {
        notice(model, Tone::Info, Message::new("desk.place_none_here"));
        return;
    }
    if model.open_case().is_some_and(|view| view.view().viewport.is_fit()) {
        notice(model, Tone::Info, Message::new("desk.place_of_whole"));
        return;
    }
    if let Some((at, Err(why))) = present_part(model) {
        refuse(model, at, why);
        return;
    }
    match Places::of_present(model) {
        Some(panel) => open(model, Some(Panel::Places(panel))),
        None => notice(model, Tone::Info, Message::new("desk.place_none_here")),
    }
}

fn open(model: &mut Model, panel: Option<Panel>) {
    model.panel = panel;
    model.panel_drawn = false;
}

/// Whether the panel takes this key as the key of a line.
pub(super) fn takes(model: &Model, key: Key) -> bool {
    matches!(model.panel, Some(Panel::Places(_)))
        && key.as_command().typed().is_some_and(|c| c.is_ascii_alphanumeric() && c != '0')
}

/// A key of a line: it is chosen. Looking is never guarded, remembering is.
pub(super) fn typed(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let only_looks = model.panel.as_ref().is_some_and(Panel::only_chooses);
    if !only_looks && !allowed(model, false) {
        return;
    }
    let Some(Panel::Places(places)) = model.panel.take() else { return };
    match key.as_command().typed().and_then(|c| places.by_key(c)) {
        Some(entry) => choose(model, places.purpose, entry, effects),
        None => model.panel = Some(Panel::Places(places)),
    }
}

/// Enter: the line under the cursor is chosen.
pub(super) fn confirm(model: &mut Model, places: &Places, effects: &mut Vec<Effect>) {
    if let Some(entry) = places.chosen() {
        choose(model, places.purpose, entry, effects);
    }
}

fn choose(model: &mut Model, purpose: Purpose, entry: Entry, effects: &mut Vec<Effect>) {
    match (purpose, entry) {
        (_, Entry::Document(at)) => {
            let images = model.settings.images;
            if let Some(view) = model.open_case_mut() {
                view.jump_to_attachment(at);
                if images != Images::Off {
                    view.ask_for_words(false);
                }
            }
        }
        (Purpose::Jump, Entry::Place(goal, _)) => jump(model, goal),
        (Purpose::Remember, Entry::Place(goal, _)) => remember(model, goal, effects),
    }
}

/// To a place of the document in the viewport, by its number from 0.
pub(super) fn jump_to_nth(model: &mut Model, nth: usize) {
    let goal = model.open_case().and_then(|view| {
        let attachment = view.attachment?;
        Some(Goal { attachment, place: *of_attachment(view, attachment).get(nth)? })
    });
    if let Some(goal) = goal {
        jump(model, goal);
    }
}

/// Brings a place into the viewport; where more must be known of its picture first, once it is.
fn jump(model: &mut Model, goal: Goal) {
    model.awaited_place = None;
    if let Some(view) = model.open_case_mut() {
        view.jump_to_attachment(goal.attachment);
    }
    if model.settings.images == Images::Off {
        return;
    }
    if let Some(view) = model.open_case_mut() {
        view.ask_for_words(false);
    }
    if let Some(found) = model.locate(goal) {
        look_at(model, goal, &found);
        return;
    }
    let waits = model.may_be_found_later(goal);
    say(model, goal, if waits { "desk.place_awaited" } else { "desk.place_unknown" });
    let notice = model.notice.clone();
    model.awaited_place = model.open_case().filter(|_| waits).map(|view| Awaited {
        reference: view.reference(),
        goal,
        view: view.view(),
        notice,
    });
    ask_corners(model, goal);
}

/// What was waited for may have come: who waited goes on, who looks at something else by now is left there.
fn go_on(model: &mut Model) {
    let Some(awaited) = &model.awaited_place else { return };
    let goal = awaited.goal;
    if model.may_be_found_later(goal) {
        ask_corners(model, goal);
        return;
    }
    // Every key takes away what was said before it: the wait lasts as long as she is told of it.
    let told = model.notice.is_some() && model.notice == awaited.notice;
    let alone = told && model.panel.is_none() && !model.comparing();
    let still_here = model.open_case().filter(|_| alone).is_some_and(|view| {
        view.reference() == awaited.reference
            && view.attachment == Some(goal.attachment)
            && view.showing() == Showing::Attachment
            && view.following().is_none()
            && view.view() == awaited.view
    });
    model.awaited_place = None;
    if told {
        model.notice = None;
    }
    if still_here {
        jump(model, goal);
    }
}

/// What would tell more of the document in the viewport, and of the place that is waited for.
pub(super) fn ask(model: &mut Model) {
    go_on(model);
    let Some(at) = model.open_case().and_then(|view| view.attachment) else { return };
    // Where words were read most places are told by them: the others ask when they are wanted.
    let unread =
        model.document(at).is_some_and(|document| document.words.is_empty() && document.lacks_corners());
    if unread && model.settings.images != Images::Off {
        ask_corners_of(model, at);
    }
}

fn ask_corners(model: &mut Model, goal: Goal) {
    if let Some(sha256) = model.wanted_corners(goal) {
        model.corners.ask(&sha256, 0);
    }
}

fn ask_corners_of(model: &mut Model, at: usize) {
    let facts = model.open_case().and_then(|view| view.file.attachments.get(at));
    if let Some(sha256) = facts.map(|facts| facts.sha256.clone()) {
        model.corners.ask(&sha256, 0);
    }
}

/// Looks at a located place as it is best seen.
fn look_at(model: &mut Model, goal: Goal, found: &Located) {
    let images = model.settings.images;
    // Real pixels show strokes as they are.
    let rendering = if images.is_real() { Rendering::Colour } else { goal.place.rendering() };
    let target = model.pixels(model.picture_area(), rendering);
    let Some(view) = model.open_case_mut() else { return };
    let Some(upright) = view.upright_size_at(goal.attachment) else { return };
    let Region { x, y, width, height } = found.region;
    let region = Rect { x, y, size: Size::new(width, height) };
    let frame = Frame::new(found.surface.size(upright), target);
    view.change_view(|view| {
        // What is turned stays turned; a document pulled straight is upright.
        let turned = match (found.surface, view.surface) {
            (Surface::Flat(_), _) | (_, Surface::Flat(_)) => Viewport::default(),
            _ => view.viewport,
        };
        View { page: 0, surface: found.surface, viewport: turned.around(region, frame), rendering, ..view }
    });
}

/// The attachment in the viewport, and what of its kind of document the present view shows.
fn present_part(model: &Model) -> Option<(usize, Result<OwnPlace, NotAPlace>)> {
    let view = model.open_case()?;
    let at = view.attachment?;
    let seen = view.view();
    let upright = view.upright_size_at(at)?;
    let Rect { x, y, size } = seen.viewport.source_rect(view.frame(model.target())?);
    let region = Region { x, y, width: size.width, height: size.height };
    // As submitted it is the same page, only smaller.
    let (surface, region) = match seen.surface {
        Surface::Submitted(limits) => (Surface::Original, scaled(region, limits.size(upright), upright)),
        surface => (surface, region),
    };
    let document = Document { size: Some(upright), ..model.document(at)? };
    (seen.page == 0).then_some((at, document.own_place(surface, region)))
}

/// Says why the present view of an attachment cannot become a place.
fn refuse(model: &mut Model, at: usize, why: NotAPlace) {
    let id = match why {
        NotAPlace::BesideDocument => "desk.place_none_here",
        NotAPlace::NoCorners => {
            ask_corners_of(model, at);
            let sha256 = model.open_case().and_then(|view| view.file.attachments.get(at));
            let known = sha256.is_some_and(|facts| model.corners.of(&facts.sha256, 0).is_some());
            if known { "desk.place_no_edges" } else { "desk.place_edges_awaited" }
        }
    };
    notice(model, Tone::Info, Message::new(id).with("document", document_name(model, at)));
}

/// The present view becomes a place of this kind of document, here and in every other filing.
fn remember(model: &mut Model, goal: Goal, effects: &mut Vec<Effect>) {
    let kind = model.open_case().and_then(|view| {
        let attachment = view.file.filing.attachments.get(goal.attachment)?;
        DocumentKind::of(&view.file.filing, attachment.kind)
    });
    match kind.zip(present_part(model).filter(|(at, _)| *at == goal.attachment)) {
        Some((kind, (_, Ok(own)))) => {
            model.own_places.set(kind, goal.place, own);
            effects.push(Effect::KeepPlaces(model.own_places.clone()));
            let id = match own.of {
                Whole::Document => "desk.place_remembered",
                Whole::Page => "desk.place_remembered_on_page",
            };
            say(model, goal, id);
        }
        Some((_, (at, Err(why)))) => refuse(model, at, why),
        None => notice(model, Tone::Info, Message::new("desk.place_none_here")),
    }
}

/// A region of a picture as one of the same picture in another size.
fn scaled(region: Region, from: Size, to: Size) -> Region {
    let length = |length: u32, from: u32, to: u32| {
        u32::try_from(u64::from(length) * u64::from(to) / u64::from(from.max(1))).unwrap_or(u32::MAX)
    };
    Region {
        x: length(region.x, from.width, to.width),
        y: length(region.y, from.height, to.height),
        width: length(region.width, from.width, to.width).max(1),
        height: length(region.height, from.height, to.height).max(1),
    }
}

/// Something about a place of a document.
fn say(model: &mut Model, goal: Goal, id: &str) {
    let document = document_name(model, goal.attachment);
    let message =
        Message::new(id).with("document", document).with("place", format!("@{}", goal.place.label()));
    notice(model, Tone::Info, message);
}

fn document_name(model: &Model, at: usize) -> String {
    let document = model.open_case().and_then(|view| view.object_at(at));
    document.map_or_else(String::new, |object| object_label(&object, model.lang))
}
