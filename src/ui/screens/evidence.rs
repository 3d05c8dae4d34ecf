//! The evidence: the picture, the fields read off the document, and what the selected fact says.

use super::{case, evidence_frame, evidence_text};
use crate::app::case_view::{CaseView, Showing};
use crate::app::facts;
use crate::app::layout::{Area, Zones};
use crate::app::model::{Images, Model};
use crate::app::mouse::Spot;
use crate::domain::declared::transcribed;
use crate::domain::filing::Transcript;
use crate::domain::finding::{EvidenceRef, Finding, Status};
use crate::domain::message::{self, Message};
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::pictures::{self, Picture, Pictures};
use crate::ui::pieces::{self, Piece};
use crate::ui::theme::{Role, Theme};
use crate::ui::width;

pub fn draw(canvas: &mut Canvas<'_>, zones: &Zones, model: &Model, view: &CaseView, pictures: &dyn Pictures) {
    title(canvas, zones.evidence_title, view);
    viewport(canvas, zones, model, view, pictures);
    detail(canvas, zones.detail, view);
}

/// The picture with the fields read off it, or evidence in words.
fn viewport(canvas: &mut Canvas<'_>, zones: &Zones, model: &Model, view: &CaseView, pictures: &dyn Pictures) {
    picture(canvas, zones.picture, model, view, pictures);
    match (view.showing(), zones.transcript) {
        (Showing::Beside(..), Some(area)) => evidence_text::draw(canvas, area, model, view),
        (Showing::Attachment, Some(area)) => {
            if let Some(transcript) = view.transcript() {
                draw_transcript(canvas, area, view, transcript);
            }
        }
        _ => {}
    }
}

/// Name, place among the others, zoom and rotation.
pub fn title(canvas: &mut Canvas<'_>, area: Area, view: &CaseView) {
    if let Some((place, count)) = view.piece_place() {
        return piece_title(canvas, area, view, place, count);
    }
    let Some((at, object)) = view.attachment.and_then(|at| Some((at, view.object_at(at)?))) else {
        canvas.put(area, 0, 1, canvas.words("desk.no_attachment"), Role::Quiet);
        return;
    };
    let name = facts::object_label(&object, canvas.lang);
    let count = view.file.attachments.len();
    let seen = match view.seen(at) {
        // Only a sentence could be shown, or a part.
        true if view.unshowable().contains(&at) => "?",
        true => "v",
        false => " ",
    };
    let column = canvas.pieces(
        area,
        0,
        &[(" ", Role::Text), (&name, Role::Heading), (&format!(" {}/{count} {seen}", at + 1), Role::Quiet)],
    );
    let viewport = view.viewport();
    let mut how = String::new();
    if !viewport.is_fit() {
        how.push_str(canvas.words("desk.zoomed"));
    }
    if viewport.turns() > 0 {
        how.push_str(&format!(" {}", u16::from(viewport.turns()) * 90));
    }
    canvas.put(area, 0, column + 1, &how, Role::Warn);
}

/// Which of the pieces that the selected row rests on it is, and which of its observations.
fn piece_title(canvas: &mut Canvas<'_>, area: Area, view: &CaseView, place: usize, count: usize) {
    let name = canvas.words("desk.evidence");
    let mut column = canvas.pieces(
        area,
        0,
        &[(" ", Role::Text), (name, Role::Heading), (&format!(" {place}/{count}"), Role::Quiet)],
    );
    if let Some((observation, all)) = view.observation_place() {
        let said = Message::new("desk.observation").with("place", observation).with("count", all);
        let said = canvas.text(&said);
        let role = if observation > 1 { Role::Warn } else { Role::Quiet };
        column = canvas.put(area, 0, column + 2, &said, role);
    }
    if let (Showing::Beside(..), Some((_, object))) =
        (view.showing(), view.attachment.and_then(|at| Some((at, view.object_at(at)?))))
    {
        let name = facts::object_label(&object, canvas.lang);
        canvas.put(area, 0, column + 2, &name, Role::Text);
    }
}

/// The picture, or the sentence that stands in its place.
pub fn picture(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView, pictures: &dyn Pictures) {
    canvas.spots.add(area, Spot::Picture);
    match view.showing() {
        Showing::Attachment | Showing::Beside(..) => {}
        Showing::Words(..) | Showing::Gone => return evidence_text::draw(canvas, area, model, view),
        Showing::Screenshot(_) => return pixels(canvas, area, model, view, pictures),
    }
    let Some((_, attachment, facts)) = view.current_attachment() else { return };
    let images = model.settings.images;
    if images == Images::Off || !facts.format.is_picture() {
        let id = match facts.format {
            format if format.is_picture() => "desk.pictures_off",
            format if format.needs_converting() => "desk.format_unconverted",
            _ => "desk.format_not_shown",
        };
        let sentence =
            Message::new(id).with("format", facts.format.name()).with("kib", facts.bytes.div_ceil(1024));
        let sentence = canvas.text(&sentence);
        let next = canvas.wrapped(area, 1, 7, &sentence, Role::Quiet);
        canvas.wrapped(area, next, 2, &safe(&attachment.file), Role::Quiet);
        let file = format!("attachments/{}/{}", &facts.sha256[..2.min(facts.sha256.len())], facts.sha256);
        canvas.wrapped(area, next + 2, 3, &file, Role::Quiet);
        return;
    }
    pixels(canvas, area, model, view, pictures);
}

/// The wanted picture as far as it is at hand, with a frame around the region that decides.
fn pixels(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView, pictures: &dyn Pictures) {
    let images = model.settings.images;
    let Some(key) = model.wanted_pictures().current else {
        let off = canvas.text(&Message::new("desk.screenshot_off"));
        canvas.wrapped(area, 1, 3, &off, Role::Quiet);
        return;
    };
    let lang = canvas.lang;
    let mut sentence = None;
    let mut notes = Vec::new();
    pictures.with(&key, &mut |picture| match picture {
        Picture::Loading => sentence = Some((Message::new("desk.picture_loading"), Role::Quiet)),
        Picture::Failed(fault) => {
            let reason = safe(&fault.text(lang)).into_string();
            sentence = Some((Message::new("desk.picture_failed").with("reason", reason), Role::Warn));
        }
        Picture::Stale(pixels) | Picture::Ready(pixels) => {
            pictures::draw(canvas.buffer, area, pixels, images);
        }
        Picture::Noted(pixels, said) => {
            pictures::draw(canvas.buffer, area, pixels, images);
            notes = said;
        }
    });
    // Below the picture, over its last rows where it fills the zone.
    for (row, note) in (0..area.height).rev().zip(notes.iter().rev()) {
        let text = canvas.text(note);
        canvas.put(area, row, 0, &width::pad(&format!(" {text}"), usize::from(area.width)), Role::Warn);
    }
    if let Some((message, role)) = sentence {
        let text = canvas.text(&message);
        canvas.wrapped(area, area.height / 3, area.height / 2, &text, role);
    } else {
        evidence_frame::draw(canvas, area, model, view);
    }
}

/// The fields as the source read them off the document: evidence, not truth.
fn draw_transcript(canvas: &mut Canvas<'_>, area: Area, view: &CaseView, transcript: &Transcript) {
    canvas.put(area, 0, 0, canvas.words("desk.transcript"), Role::Heading);
    let label_width = if canvas.lang == message::Lang::Zh { 9 } else { 11 };
    let mut line = 1;
    for field in transcribed(&view.file.filing, transcript) {
        let value = match field.value.map(|value| value.text(canvas.lang)) {
            None => canvas.words("desk.not_transcribed").to_owned(),
            Some(text) if text.is_empty() => canvas.words("desk.left_empty").to_owned(),
            Some(text) => safe(&field.privacy.on_desk(&text)).into_string(),
        };
        let label = width::pad(message::text(canvas.lang, &field.label), label_width);
        canvas.put(area, line, 0, &label, Role::Quiet);
        let rest = Area {
            x: area.x + label_width as u16,
            width: area.width.saturating_sub(label_width as u16),
            ..area
        };
        // Wrapped where there is room for it, so that a whole address can be read beside the scan.
        let rows = if area.height > 14 { 3 } else { 1 };
        let next = canvas.wrapped(rest, line, rows, &value, Role::Text);
        line = next.max(line + 1);
        if line >= area.height {
            break;
        }
    }
}

/// What a finding saw and what it compared that with; what tells them apart in brackets.
fn compared_values(view: &CaseView, finding: &Finding) -> [Vec<Piece>; 2] {
    let [observed, expected] = [&finding.observed, &finding.expected]
        .map(|value| value.as_ref().map(|value| case::value_text(view, &finding.object, value)));
    match (observed, expected) {
        (Some(observed), Some(expected)) if finding.status != Status::Pass => {
            pieces::compared(&observed, &expected)
        }
        sides => {
            let whole = |value: Option<String>| value.map(|value| (value, Role::Text)).into_iter().collect();
            [whole(sides.0), whole(sides.1)]
        }
    }
}

/// What the checks say of the selected row, with the values they compared.
fn detail(canvas: &mut Canvas<'_>, area: Area, view: &CaseView) {
    if area.is_empty() {
        return;
    }
    canvas.horizontal(area.x, area.y, area.width);
    let findings = view.findings_of_selected();
    let Some(finding) = findings.first() else {
        let words = match view.selected_object() {
            Some(object) => {
                let label = facts::object_label(object, canvas.lang);
                canvas.text(&Message::new("desk.no_check_speaks").with("fact", label))
            }
            None => String::new(),
        };
        canvas.put(area, 1, 1, &words, Role::Quiet);
        return;
    };
    let status = case::status_words(canvas, finding.status);
    canvas.put(area, 0, 1, &format!(" {status} "), Theme::status(finding.status));
    let inside = Area { x: area.x + 1, width: area.width - 1, ..area };
    let text = case::finding_text(canvas, view, finding);
    let compared = usize::from(finding.observed.is_some()) + usize::from(finding.expected.is_some());
    let rows = area.height.saturating_sub(1 + compared as u16);
    let mut line = canvas.wrapped(inside, 1, rows, &text, Role::Text);
    for (id, value) in ["desk.observed", "desk.expected"].into_iter().zip(compared_values(view, finding)) {
        if value.is_empty() {
            continue;
        }
        let mut column = canvas.put(inside, line, 0, canvas.words(id), Role::Quiet) + 1;
        for (text, role) in &value {
            column = canvas.put(inside, line, column, text, *role);
        }
        line += 1;
    }
    let others: Vec<&str> = finding
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            EvidenceRef::Filing(key) => Some(key.as_str()),
            _ => None,
        })
        .collect();
    if !others.is_empty() && line < area.height {
        let text = canvas.text(&Message::new("desk.other_filings").with("filings", others.join(" ")));
        canvas.put(inside, line, 0, &text, Role::Quiet);
    }
}
