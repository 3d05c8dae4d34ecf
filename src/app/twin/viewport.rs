//! The text twin in the viewport: when it stands there, how it is laid out and scrolled.

use super::lines;
use crate::app::attention::Shown;
use crate::app::case_view::{CaseView, Showing};
use crate::app::command::Command;
use crate::app::evidence_text::{
    Emphasis, Line, PageText, Place, Reader, Row, Span, first_row, half_further, rows,
};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::pictures::Images;
use crate::domain::file_format::FileFormat;
use crate::domain::message::Message;
use crate::domain::safe::safe;

/// Why an attachment stands in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Pictures are switched off.
    Off,
    /// The file is no picture that can be shown.
    Format,
    /// The reviewer asked for it.
    Asked,
    /// The picture could not be drawn; the reason stands above.
    Failed,
}

/// Why the attachment in the viewport stands in words; none while it stands there as a picture, or none does.
pub fn why(model: &Model, view: &CaseView) -> Option<Why> {
    if !matches!(view.showing(), Showing::Attachment | Showing::Beside(..)) {
        return None;
    }
    let (at, _, facts) = view.current_attachment()?;
    match () {
        () if model.settings.images == Images::Off => Some(Why::Off),
        () if !facts.format.can_be_shown() => Some(Why::Format),
        () if view.words_asked() => Some(Why::Asked),
        () if view.failed(at) => Some(Why::Failed),
        () => None,
    }
}

impl Why {
    /// Whether no picture is wanted in its place.
    pub const fn instead(self) -> bool {
        !matches!(self, Why::Failed)
    }

    /// How an attachment counts that stands in words for this reason.
    pub const fn shown(self) -> Shown {
        match self {
            Why::Off | Why::Asked => Shown::Text,
            Why::Format | Why::Failed => Shown::Sentence,
        }
    }
}

/// The twin laid out for a zone.
#[derive(Debug)]
pub struct Laid {
    pub rows: Vec<Row>,
    /// The first row that is seen.
    pub first: usize,
    /// Where the rows stand.
    pub area: Area,
}

/// The twin of the attachment in the viewport, for the picture's zone.
pub fn laid(model: &Model, view: &CaseView, zone: Area) -> Option<Laid> {
    let why = why(model, view)?;
    let at = view.attachment?;
    let reader = Reader {
        lang: model.lang,
        zone: &model.settings.zone,
        now: model.clock.now,
        filing: &view.file.filing,
        ours: &view.ours,
        // What is revealed is revealed in its own row, and in no other place.
        place: Place::Desk,
        text: PageText::Loading,
    };
    let mut all = reasons(model, view, why);
    all.extend(lines(&reader, &view.file, &view.findings, at));
    let area = if why == Why::Failed { below_fault(zone) } else { zone };
    let rows = rows(&all, area.width);
    let first = first_row(&rows, area.height, Some(view.words_scrolled()));
    Some(Laid { rows, first, area })
}

/// The zone below the sentence that says why a picture could not be drawn.
pub const fn below_fault(zone: Area) -> Area {
    let above = fault_rows(zone);
    Area { y: zone.y + above, height: zone.height - above, ..zone }
}

/// The rows of that sentence.
pub const fn fault_rows(zone: Area) -> u16 {
    zone.height / 4
}

/// What stands before the twin: why there is no picture, and for a file that other programs show, where it lies.
fn reasons(model: &Model, view: &CaseView, why: Why) -> Vec<Line> {
    let Some((_, attachment, facts)) = view.current_attachment() else { return Vec::new() };
    let line = |text: String| Line { spans: vec![Span::new(text, Emphasis::Quiet)], ..Line::default() };
    let say = |message: Message| line(safe(&model.settings.keymap.say(&message, model.lang)).into_string());
    match why {
        Why::Off => vec![say(Message::new("desk.twin_off"))],
        Why::Asked => vec![say(Message::new("desk.twin_asked"))],
        Why::Failed => Vec::new(),
        Why::Format => {
            let id = match facts.format {
                format if format.needs_converting() => "desk.format_unconverted",
                FileFormat::Pdf => "media.built_without",
                _ => "desk.format_not_shown",
            };
            let said = Message::new(id).with("format", facts.format.name());
            let file = &facts.sha256;
            vec![
                say(said.with("kib", facts.bytes.div_ceil(1024))),
                line(safe(&attachment.file).into_string()),
                line(format!("attachments/{}/{file}", &file[..2.min(file.len())])),
            ]
        }
    }
}

/// Scrolls the twin; false where the viewport has none to scroll.
pub fn scroll(model: &mut Model, command: Command) -> bool {
    let Some(down) = command.pans_down() else { return false };
    // Beside evidence in words that is what scrolls; the whole screen has the document alone.
    let alone = |view: &&CaseView| model.full_screen || view.showing() == Showing::Attachment;
    let zone = model.picture_area();
    let Some(laid) = model.open_case().filter(alone).and_then(|view| laid(model, view, zone)) else {
        return false;
    };
    let there = half_further(&laid.rows, laid.area.height, laid.first, down);
    if let Some(view) = model.open_case_mut() {
        view.scroll_words_to(there);
    }
    true
}
