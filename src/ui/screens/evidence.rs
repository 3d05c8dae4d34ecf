//! The evidence: the picture, the fields read off the document, and what the selected fact says.

use super::{case, evidence_frame, evidence_places, evidence_text};
use crate::app::case_view::{CaseView, Showing};
use crate::app::facts;
use crate::app::layout::{Area, Zones};
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::twin::viewport::{self as twin, Why};
use crate::domain::declared::transcribed;
use crate::domain::filing::Transcript;
use crate::domain::finding::{EvidenceRef, Finding, Status};
use crate::domain::message::{self, Message};
use crate::domain::safe::safe;
use crate::domain::submission::SubmittedFile;
use crate::domain::view::{PictureKey, Rendering, Surface, View};
use crate::ui::paint::Canvas;
use crate::ui::pictures::{self, Picture, Pictures};
use crate::ui::pieces::{self, Piece};
use crate::ui::theme::{Role, Theme};
use crate::ui::width;

pub fn draw(canvas: &mut Canvas<'_>, zones: &Zones, model: &Model, view: &CaseView, pictures: &dyn Pictures) {
    title(canvas, zones.evidence_title, model, view);
    viewport(canvas, zones, model, view, pictures);
    match (&model.strip, model.strip_areas()) {
        (Some(strip), Some(areas)) => {
            match view.findings_of_selected().first() {
                Some(finding) if areas.told.height == 1 => {
                    super::strip::headline(canvas, areas.told, view, finding);
                }
                _ => detail(canvas, areas.told, view),
            }
            super::strip::draw(canvas, &areas, model, strip, pictures);
        }
        _ => detail(canvas, zones.detail, view),
    }
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
pub fn title(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView) {
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
        false if view.only_read(at) => "~",
        false => " ",
    };
    let column = canvas.pieces(
        area,
        0,
        &[(" ", Role::Text), (&name, Role::Heading), (&format!(" {}/{count} {seen}", at + 1), Role::Quiet)],
    );
    if twin::why(model, view).is_some_and(Why::instead) {
        canvas.put(area, 0, column + 1, canvas.words("desk.in_words"), Role::Warn);
        return;
    }
    let page = view.page_place().map(|(page, pages)| {
        canvas.text(&Message::new("desk.page").with("page", u64::from(page) + 1).with("pages", pages)) + " "
    });
    let column = canvas.put(area, 0, column + 1, &page.unwrap_or_default(), Role::Text);
    let column =
        canvas.put(area, 0, column, &set_apart(canvas, view.view(), view.submitted_file()), Role::Warn);
    let left = drawn_bytes(canvas, area, column, model);
    evidence_places::draw(canvas, left, column + 1, view);
}

/// What the picture took on its way to the terminal, at the right end; answers the area that is left. What sets the view
/// apart has its place before it.
pub(super) fn drawn_bytes(canvas: &mut Canvas<'_>, area: Area, column: u16, model: &Model) -> Area {
    let Some(bytes) = model.view_bytes else { return area };
    let protocol = canvas.words(model.settings.images.name());
    let reduced = if model.view_reduced { canvas.words("desk.reduced") } else { "" };
    // Of one width, so that what stands before it stands still.
    let said = format!("{reduced} {:>3} KB {protocol} ", bytes.div_ceil(1000));
    let taken = u16::try_from(width::width(&said)).unwrap_or(u16::MAX);
    if column.saturating_add(taken) >= area.width {
        return area;
    }
    canvas.put_right(area, 0, &said, Role::Quiet);
    Area { width: area.width - taken, ..area }
}

/// What sets the view apart from the picture as it was handed in.
pub(super) fn set_apart(canvas: &Canvas<'_>, view: View, submitted: Option<SubmittedFile>) -> String {
    let steps = |id: &str, steps: i8| format!("{}{steps:+}", canvas.words(id));
    let turns = u16::from(view.viewport.turns()) * 90;
    let tone = view.tone;
    [
        (!view.viewport.is_fit()).then(|| canvas.words("desk.zoomed").to_owned()),
        (turns > 0).then(|| turns.to_string()),
        match view.surface {
            Surface::Original => None,
            Surface::Submitted(_) => Some(match submitted {
                Some(file) => canvas.text(&file.message()),
                None => canvas.words("desk.as_submitted").to_owned(),
            }),
            Surface::Flat(_) => Some(canvas.words("desk.pulled_straight").to_owned()),
        },
        (view.rendering == Rendering::Ink).then(|| canvas.words("desk.strokes").to_owned()),
        (tone.brightness() != 0).then(|| steps("desk.brightness", tone.brightness())),
        (tone.contrast() != 0).then(|| steps("desk.contrast", tone.contrast())),
        tone.is_inverted().then(|| canvas.words("desk.negative").to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
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
    if view.current_attachment().is_none() {
        return;
    }
    if let Some(why) = twin::why(model, view) {
        super::twin::draw(canvas, area, model, view);
        if why.instead() {
            return;
        }
    }
    pixels(canvas, area, model, view, pictures);
}

/// The wanted picture as far as it is at hand, with a frame around the region that decides.
fn pixels(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView, pictures: &dyn Pictures) {
    let Some(key) = model.viewport_picture() else {
        let off = canvas.text(&Message::new("desk.screenshot_off"));
        canvas.wrapped(area, 1, 3, &off, Role::Quiet);
        return;
    };
    match drawn(canvas, area, model, &key, pictures) {
        Some((text, role)) if twin::why(model, view).is_some() => {
            // The words stand below it.
            canvas.wrapped(area, 0, twin::fault_rows(area), &text, role);
        }
        Some((text, role)) => in_its_place(canvas, area, &text, role),
        None => evidence_frame::draw(canvas, area, model, view),
    }
}

fn in_its_place(canvas: &mut Canvas<'_>, area: Area, sentence: &str, role: Role) {
    canvas.wrapped(area, area.height / 3, area.height / 2, sentence, role);
}

/// A picture as far as it is at hand, or the sentence in its place.
pub(super) fn alone(
    canvas: &mut Canvas<'_>,
    area: Area,
    model: &Model,
    key: &PictureKey,
    from: &dyn Pictures,
) {
    if let Some((text, role)) = drawn(canvas, area, model, key, from) {
        in_its_place(canvas, area, &text, role);
    }
}

/// Draws a picture as far as it is at hand; else answers the sentence that stands in its place.
fn drawn(
    canvas: &mut Canvas<'_>,
    area: Area,
    model: &Model,
    key: &PictureKey,
    pictures: &dyn Pictures,
) -> Option<(String, Role)> {
    let images = model.settings.images;
    let lang = canvas.lang;
    let mut sentence = None;
    let mut notes = Vec::new();
    pictures.with(key, &mut |picture| match picture {
        Picture::Loading => sentence = Some((Message::new("desk.picture_loading"), Role::Quiet)),
        Picture::Failed(fault) => {
            let reason = safe(&fault.text(lang)).into_string();
            sentence = Some((Message::new("desk.picture_failed").with("reason", reason), Role::Warn));
        }
        Picture::Stale(pixels) | Picture::Ready(pixels) => {
            pictures::draw(canvas.buffer, area, pixels, images, key.view.rendering);
        }
        Picture::Noted(pixels, said) => {
            pictures::draw(canvas.buffer, area, pixels, images, key.view.rendering);
            notes = said;
        }
    });
    // Below the picture, over its last rows where it fills the zone.
    for (row, note) in (0..area.height).rev().zip(notes.iter().rev()) {
        let text = canvas.text(note);
        canvas.put(area, row, 0, &width::pad(&format!(" {text}"), usize::from(area.width)), Role::Warn);
    }
    sentence.map(|(message, role)| (canvas.text(&message), role))
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
