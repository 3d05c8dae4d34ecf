//! Bringing a named place into the viewport, and remembering the present view as one.

use super::{allowed, notice};
use crate::app::effect::Effect;
use crate::app::facts::object_label;
use crate::app::key::Key;
use crate::app::model::{Model, Tone};
use crate::app::pictures::Images;
use crate::app::places::{Goal, of_attachment};
use crate::app::screens::Panel;
use crate::app::screens::places::{Entry, Places, Purpose};
use crate::domain::evidence::Region;
use crate::domain::message::Message;
use crate::domain::places::{DocumentKind, Located, Whole};
use crate::domain::view::{Rendering, Surface, View};
use crate::domain::viewport::{Frame, Rect, Size, Viewport};

/// Opens the panel of all places.
pub(super) fn show(model: &mut Model) {
    let panel = Places::all(model).map(Panel::Places);
    open(model, panel);
}

/// Opens the panel of the places that the present view can become.
pub(super) fn show_remember(model: &mut Model) {
    if model.open_case().is_some_and(|view| view.view().viewport.is_fit()) {
        notice(model, Tone::Info, Message::new("desk.place_of_whole"));
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
            if let Some(view) = model.open_case_mut() {
                view.jump_to_attachment(at);
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

/// Brings a place into the viewport; where its document's corners are still to be found, once they are.
fn jump(model: &mut Model, goal: Goal) {
    model.awaited_place = None;
    if let Some(view) = model.open_case_mut() {
        view.jump_to_attachment(goal.attachment);
    }
    if model.settings.images == Images::Off {
        return;
    }
    if let Some(found) = model.locate(goal) {
        look_at(model, goal, &found);
        return;
    }
    let waits = ask_corners(model, goal.attachment);
    if let Some(reference) =
        model.open_case().filter(|_| waits).map(crate::app::case_view::CaseView::reference)
    {
        model.awaited_place = Some((reference, goal));
    }
    say(model, goal, if waits { "desk.place_awaited" } else { "desk.place_unknown" });
}

/// The corners of a document came, or that it has none: who waited for them goes on.
pub(super) fn corners_came(model: &mut Model, sha256: &str) {
    let Some((reference, goal)) = model.awaited_place.clone() else { return };
    let Some(view) = model.open_case().filter(|view| view.reference() == reference) else {
        model.awaited_place = None;
        return;
    };
    if view.file.attachments.get(goal.attachment).is_none_or(|facts| facts.sha256 != sha256) {
        return;
    }
    // Whoever looks at something else by now is left there.
    let still_here = view.attachment == Some(goal.attachment);
    model.awaited_place = None;
    if still_here {
        model.notice = None;
        jump(model, goal);
    }
}

/// The document in the viewport is one whose corners would tell where its places are.
pub(super) fn ask(model: &mut Model) {
    if let Some(at) = model.open_case().and_then(|view| view.attachment)
        && model.settings.images != Images::Off
    {
        ask_corners(model, at);
    }
}

/// Asks for a document's corners where they would tell something; whether they are on their way.
fn ask_corners(model: &mut Model, at: usize) -> bool {
    let wants = model.document(at).is_some_and(|document| document.wants_corners());
    let sha256 =
        model.open_case().and_then(|view| view.file.attachments.get(at)).map(|facts| facts.sha256.clone());
    let Some(sha256) = sha256.filter(|_| wants) else { return false };
    if model.corners.of(&sha256, 0).is_some() {
        return false;
    }
    model.corners.ask(&sha256, 0);
    true
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

/// The present view becomes a place of this kind of document, here and in every other filing.
fn remember(model: &mut Model, goal: Goal, effects: &mut Vec<Effect>) {
    let target = model.target();
    let own = model.open_case().and_then(|view| {
        let seen = view.view();
        let frame = view.frame(target)?;
        let upright = view.upright_size_at(goal.attachment)?;
        let attachment = view.file.filing.attachments.get(goal.attachment)?;
        let kind = DocumentKind::of(&view.file.filing, attachment.kind)?;
        let document = model.document(goal.attachment)?;
        let Rect { x, y, size } = seen.viewport.source_rect(frame);
        let region = Region { x, y, width: size.width, height: size.height };
        // As submitted it is the same page, only smaller.
        let (surface, region) = match seen.surface {
            Surface::Submitted(limits) => (Surface::Original, scaled(region, limits.size(upright), upright)),
            surface => (surface, region),
        };
        (seen.page == 0).then(|| (kind, document.own_place(surface, region)))
    });
    match own {
        Some((kind, own)) => {
            model.own_places.set(kind, goal.place, own);
            effects.push(Effect::KeepPlaces(model.own_places.clone()));
            let id = match own.of {
                Whole::Document => "desk.place_remembered",
                Whole::Page => "desk.place_remembered_on_page",
            };
            say(model, goal, id);
        }
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
    let document = model.open_case().and_then(|view| view.object_at(goal.attachment));
    let document = document.map_or_else(String::new, |object| object_label(&object, model.lang));
    let message =
        Message::new(id).with("document", document).with("place", format!("@{}", goal.place.label()));
    notice(model, Tone::Info, message);
}
