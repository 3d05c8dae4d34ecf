//! What was read in a picture, what its pixels tell, and a comparison of faces.

use super::{Emphasis, Page, Place, Span};
use crate::domain::evidence::{
    FaceComparison, Mark, PictureTone, PixelFacts, PixelInspection, ReadText, Region, TextReading, Word,
};
use crate::domain::free_text;
use crate::domain::message::Message;
use crate::domain::safe::safe;

pub(super) fn text(page: &mut Page<'_>, reading: &TextReading) {
    match reading {
        TextReading::Read(read) => words(page, read),
        TextReading::NoAnswer(fault) => page.fault(fault),
    }
}

/// Line by line as it was read; the words in the marked region in brackets.
fn words(page: &mut Page<'_>, read: &ReadText) {
    let count = Message::new("desk.ev_words").with("count", read.words.len());
    page.sentence(&count, Emphasis::Quiet, false);
    // What was misread no redactor would know again.
    if page.reader.place == Place::Elsewhere {
        return;
    }
    let region = match page.mark {
        Some(Mark::Region(region)) => Some(*region),
        _ => None,
    };
    for line in read.words.chunk_by(|one, other| one.line == other.line) {
        let mut marked = false;
        let mut spans = Vec::new();
        for (word, text) in line.iter().zip(on_desk(line, page.reader.place)) {
            let text = safe(&text).into_string();
            if region.is_some_and(|region| within(word, region)) {
                marked = true;
                let sure = format!("[{text}]({}) ", word.confidence);
                spans.push(Span::new(sure, Emphasis::Decisive));
            } else {
                spans.push(Span::new(format!("{text} "), Emphasis::Plain));
            }
        }
        page.push("", spans, marked);
    }
    page.sentence(&Message::new("desk.ev_ask_text"), Emphasis::Quiet, false);
}

/// The words of a line. What may be a telephone number or an e-mail address, also one in several words, is masked until
/// it is revealed, as it is everywhere on the desk.
fn on_desk(line: &[Word], place: Place) -> Vec<String> {
    let words = line.iter().map(|word| word.text.as_str());
    if place == Place::Revealed {
        return words.map(str::to_owned).collect();
    }
    let masked = free_text::without_contacts(&words.collect::<Vec<_>>().join(" "));
    let mut rest = masked.chars();
    line.iter()
        .map(|word| {
            let text = rest.by_ref().take(word.text.chars().count()).collect();
            rest.next();
            text
        })
        .collect()
}

/// Whether the middle of a word lies in a region.
fn within(word: &Word, region: Region) -> bool {
    let middle = |start: u32, length: u32| start.saturating_add(length / 2);
    let (x, y) = (middle(word.region.x, word.region.width), middle(word.region.y, word.region.height));
    (region.x..=region.x.saturating_add(region.width)).contains(&x)
        && (region.y..=region.y.saturating_add(region.height)).contains(&y)
}

pub(super) fn pixels(page: &mut Page<'_>, inspection: &PixelInspection) {
    match inspection {
        PixelInspection::Seen(facts) => measures(page, facts),
        PixelInspection::NoAnswer(fault) => page.fault(fault),
    }
}

fn measures(page: &mut Page<'_>, facts: &PixelFacts) {
    let tone = match facts.tone {
        PictureTone::Colour => page.words("desk.ev_tone_colour"),
        PictureTone::Grey => page.words("desk.ev_tone_grey"),
    };
    let permille = |share: u16| format!("{}.{} %", share / 10, share % 10);
    for (label, name, value) in [
        ("desk.ev_size", "size", format!("{} x {}", facts.width, facts.height)),
        ("desk.ev_taken_at", "taken_at", facts.taken_at.clone().unwrap_or_default()),
        ("desk.ev_software", "software", facts.software.clone().unwrap_or_default()),
        ("desk.ev_sharpness", "sharpness", facts.sharpness.to_string()),
        ("desk.ev_brightness", "brightness", facts.brightness.to_string()),
        ("desk.ev_dark", "dark_permille", permille(facts.dark_permille)),
        ("desk.ev_bright", "bright_permille", permille(facts.bright_permille)),
        ("desk.ev_tone", "tone", tone.to_owned()),
        ("desk.ev_faces", "faces", facts.faces.len().to_string()),
    ] {
        if !value.is_empty() {
            page.field(label, name, &value);
        }
    }
    if facts.glare.is_some() {
        page.sentence(&Message::new("desk.ev_glare"), Emphasis::Doubt, page.marks_field("glare"));
    }
}

pub(super) fn face(page: &mut Page<'_>, comparison: &FaceComparison) {
    let per_cent = |permille: u16| format!("{}.{} %", permille / 10, permille % 10);
    page.field("desk.ev_score", "score_permille", &per_cent(comparison.score_permille));
    page.field("desk.ev_threshold", "threshold_permille", &per_cent(comparison.threshold_permille));
    page.sentence(&Message::new("desk.ev_ask_face"), Emphasis::Doubt, false);
}
