//! Evidence in the viewport: scrolling it, reading the texts that it needs, framing what is marked.

use super::{compare, gather};
use crate::app::case_view::{CaseView, Showing};
use crate::app::command::Command;
use crate::app::effect::{Effect, EvidenceMsg};
use crate::app::evidence_text::{
    self, PageText, Place, Reader, Row, first_row, half_further, rows, text_to_read,
};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::pictures::Images;

pub(super) fn told(model: &mut Model, msg: EvidenceMsg, effects: &mut Vec<Effect>) {
    match msg {
        EvidenceMsg::Text { sha256, text } => model.texts.came(sha256, text),
        EvidenceMsg::Came { run, gathered } => gather::came(model, run, *gathered, effects),
        EvidenceMsg::Ended { run, fault } => gather::ended(model, run, fault, effects),
        EvidenceMsg::Learnt { run, case } => gather::learnt(model, run, *case, effects),
        EvidenceMsg::NotKept { run, gathered, fault } => {
            gather::not_kept(model, run, gathered, fault, effects);
        }
    }
}

/// What the viewport needs now: a page's text, the marked region in sight.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    compare::lay(model);
    let target = (model.settings.images != Images::Off).then(|| model.target());
    let Some(view) = model.open_case_mut() else { return };
    if let Some(target) = target {
        view.frame_region(target);
    }
    let wanted = match view.showing() {
        Showing::Words(kept, mark) => text_to_read(&kept.evidence, mark).map(str::to_owned),
        _ => None,
    };
    if let Some(sha256) = wanted.filter(|sha256| model.texts.ask(sha256)) {
        effects.push(Effect::ReadText(sha256));
    }
}

/// Scrolls evidence in words; false where the viewport has none.
pub(super) fn scroll(model: &mut Model, command: Command) -> bool {
    let Some(down) = command.pans_down() else { return false };
    let area = words_area(model);
    let Some(laid) = model.open_case().and_then(|view| sheet(model, view, area)) else { return false };
    let there = half_further(&laid.body, laid.below.height, laid.first, down);
    if let Some(view) = model.open_case_mut() {
        view.scroll_to(there);
    }
    true
}

/// Where evidence in words stands.
fn words_area(model: &Model) -> Area {
    let beside = model.open_case().is_some_and(|view| matches!(view.showing(), Showing::Beside(..)));
    let zones = model.zones();
    match zones.transcript.filter(|_| beside && !model.full_screen) {
        Some(area) => area,
        None => model.picture_area(),
    }
}

/// The evidence in the viewport in words, for a zone; none while a picture alone stands there.
pub fn sheet(model: &Model, view: &CaseView, area: Area) -> Option<Laid> {
    let (kept, mark) = match view.showing() {
        Showing::Words(kept, mark) => (kept, mark),
        // Over the whole screen there is only the picture.
        Showing::Beside(kept, mark) if !model.full_screen => (kept, mark),
        _ => return None,
    };
    let text = match text_to_read(&kept.evidence, mark).and_then(|sha256| model.texts.get(sha256)) {
        Some(Ok(text)) => PageText::Known(text),
        Some(Err(why)) => PageText::Missing(why),
        None => PageText::Loading,
    };
    let revealed = view.selected_object().is_some_and(|object| view.is_revealed(object));
    let reader = Reader {
        lang: model.lang,
        zone: &model.settings.zone,
        now: model.clock.now,
        filing: &view.file.filing,
        ours: &view.ours,
        place: if revealed { Place::Revealed } else { Place::Desk },
        text,
    };
    let sheet = evidence_text::sheet(&reader, kept, mark);
    let mut head = rows(&sheet.head, area.width);
    head.truncate(usize::from(area.height / 2));
    let taken = u16::try_from(head.len()).unwrap_or(area.height);
    let below = Area { y: area.y + taken, height: area.height - taken, ..area };
    let body = rows(&sheet.body, area.width);
    let first = first_row(&body, below.height, view.scrolled());
    Some(Laid { head, body, first, below })
}

/// Evidence laid out for a zone.
#[derive(Debug)]
pub struct Laid {
    /// At most half of the zone.
    pub head: Vec<Row>,
    pub body: Vec<Row>,
    /// The first row of the body that is seen.
    pub first: usize,
    /// Where the body stands.
    pub below: Area,
}
