//! The evidence strip: the filed value above the piece of the document where it stands, and what was read there.

use super::case;
use crate::app::case_view::CaseView;
use crate::app::facts::Fact;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::strip::{Areas, LABEL, Strip};
use crate::domain::finding::Finding;
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::pictures::{self, Picture, Pictures};
use crate::ui::pieces::{self, Piece};
use crate::ui::theme::{Role, Theme};
use crate::ui::width;

/// Columns for a fact's name before the strip's words in full screen, so that values stand still from fact to fact.
const NAME: u16 = 14;

/// What the worst finding says, beside its status and below it as far as there is room.
pub fn headline(canvas: &mut Canvas<'_>, area: Area, view: &CaseView, finding: &Finding) {
    canvas.horizontal(area.x, area.y, area.width);
    let status = case::status_words(canvas, finding.status);
    let column = canvas.put(area, 0, 1, &format!(" {status} "), Theme::status(finding.status));
    let text = case::finding_text(canvas, view, finding);
    let rest = Area { x: area.x + column, width: area.width.saturating_sub(column), ..area };
    canvas.put(rest, 0, 0, &format!("{text} "), Role::Text);
}

/// The strip itself.
pub fn draw(canvas: &mut Canvas<'_>, areas: &Areas, model: &Model, strip: &Strip, pictures: &dyn Pictures) {
    let Told { filed, reading, after } = told(canvas, strip);
    let last = areas.strip.height - 1;
    row(canvas, areas.strip, 0, "desk.strip_filed", &filed, &[]);
    canvas.put(areas.strip, 1, 0, canvas.words("desk.strip_seen"), Role::Quiet);
    row(canvas, areas.strip, last, "desk.strip_read", &reading, &after);
    crop(canvas, areas.crop, model, pictures);
}

/// The strip's words below a picture that fills the screen, after the fact's name.
pub fn words(canvas: &mut Canvas<'_>, area: Area, fact: &Fact, strip: &Strip) {
    let name = Area { x: area.x + 1, width: NAME.min(area.width.saturating_sub(1)), ..area };
    canvas.put(name, 0, 0, canvas.words(&fact.label), Role::Heading);
    let taken = (NAME + 2).min(area.width.saturating_sub(LABEL));
    let area = Area { x: area.x + taken, width: area.width - taken, ..area };
    let Told { filed, reading, after } = told(canvas, strip);
    row(canvas, area, 0, "desk.strip_filed", &filed, &[]);
    row(canvas, area, 1, "desk.strip_read", &reading, &after);
}

/// What the strip says: the two values with what tells them apart, and what follows the second.
struct Told {
    filed: Vec<Piece>,
    reading: Vec<Piece>,
    after: Vec<Piece>,
}

fn told(canvas: &Canvas<'_>, strip: &Strip) -> Told {
    let safe_text = |text: &Option<String>| text.as_deref().map(|text| safe(text).into_string());
    let (filed, reading) = (safe_text(&strip.filed), safe_text(&strip.reading));
    let [filed_pieces, reading_pieces] = match (&filed, &reading) {
        (Some(filed), Some(reading)) => pieces::compared(filed, reading),
        _ => [&filed, &reading].map(|side| side.iter().map(|text| (text.clone(), Role::Text)).collect()),
    };
    let place = canvas.words(&strip.goal.place.label()).to_owned();
    let filed_pieces = if filed.is_none() { vec![(place, Role::Text)] } else { filed_pieces };
    let mut after: Vec<Piece> = Vec::new();
    if strip.differs_hidden {
        after.push((format!(" {}", canvas.words("desk.strip_differs")), Role::Fail));
    }
    match (reading, strip.confidence) {
        (None, _) => after.push((canvas.words("desk.strip_unread").to_owned(), Role::Quiet)),
        (Some(_), Some(sure)) => after.push((format!(" ({sure})"), Role::Quiet)),
        (Some(_), None) => {}
    }
    Told { filed: filed_pieces, reading: reading_pieces, after }
}

/// A named value; what follows it is never cut, and of a value too long for the row the part that differs is seen.
fn row(canvas: &mut Canvas<'_>, area: Area, row: u16, label: &str, value: &[Piece], after: &[Piece]) {
    canvas.put(area, row, 0, canvas.words(label), Role::Quiet);
    let taken: usize = after.iter().map(|(text, _)| width::width(text)).sum();
    let columns = usize::from(area.width - LABEL).saturating_sub(taken);
    let mut column = LABEL;
    for (text, role) in seen(value, columns) {
        column = canvas.put(area, row, column, &text, role);
    }
    for (text, role) in after {
        column = canvas.put(area, row, column, text, *role);
    }
}

/// As much of a value as goes into so many columns: its line with the first difference, else its first line.
fn seen(value: &[Piece], columns: usize) -> Vec<Piece> {
    let lines = pieces::wrap(value, columns.max(1));
    let told = lines.iter().position(|line| line.iter().any(|(_, role)| *role == Role::Fail)).unwrap_or(0);
    lines.into_iter().nth(told).unwrap_or_default()
}

/// The piece of the document, or why there is none.
fn crop(canvas: &mut Canvas<'_>, area: Area, model: &Model, pictures: &dyn Pictures) {
    let Some(key) = model.strip_key() else {
        let known = model.strip.as_ref().is_some_and(|strip| strip.found.is_some());
        let id = if known { "desk.strip_no_picture" } else { "desk.strip_nowhere" };
        canvas.put(area, 0, 0, canvas.words(id), Role::Quiet);
        return;
    };
    let images = model.settings.images;
    let lang = canvas.lang;
    let mut sentence = None;
    pictures.with(&key, &mut |picture| match picture {
        Picture::Loading => sentence = Some(Message::new("desk.picture_loading")),
        Picture::Failed(fault) => {
            let reason = safe(&fault.text(lang)).into_string();
            sentence = Some(Message::new("desk.picture_failed").with("reason", reason));
        }
        Picture::Stale(pixels) | Picture::Ready(pixels) | Picture::Noted(pixels, _) => {
            pictures::draw(canvas.buffer, area, pixels, images, key.view.rendering);
        }
    });
    if let Some(message) = sentence {
        let text = canvas.text(&message);
        canvas.put(area, 0, 0, &text, Role::Quiet);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_value_the_part_that_differs_is_seen() {
        let text = |line: Vec<Piece>| line.into_iter().map(|(text, _)| text).collect::<String>();
        let value = [
            ("广东省深圳市样例区".into(), Role::Text),
            ("[一]".into(), Role::Fail),
            ("路".into(), Role::Text),
        ];
        assert_eq!(text(seen(&value, 12)), "样例区[一]路");
        assert_eq!(text(seen(&value[..1], 12)), "广东省深圳市");
        assert_eq!(text(seen(&[], 12)), "");
    }
}
