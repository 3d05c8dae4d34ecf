//! Evidence in words: one piece as lines that a person reads, with the place that decides marked.
//!
//! The desk wraps them into its zone, `heyan show --evidence` prints them. One file per group of kinds. Text from outside
//! is made safe here, and personal data masked as the place of reading asks for.

mod domains;
mod head;
mod line;
mod picture;
mod registry;
mod website;

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use head::{call_id, decisive, subject_text};
pub use line::{Emphasis, Line, MARK, Row, Span, first_row, half_further, rows};
pub use registry::status_id;
pub use website::text_to_read;

use crate::domain::declared::Privacy;
use crate::domain::difference;
use crate::domain::evidence::{Fault, KeptEvidence, Mark, Observation};
use crate::domain::filing::Filing;
use crate::domain::message::{self, Lang, Message};
use crate::domain::safe::safe;

/// Where it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the desk of the reviewer who claimed the filing.
    Desk,
    /// The same, while the selected value is revealed.
    Revealed,
    /// Anywhere else.
    Elsewhere,
}

impl Place {
    /// A value as private as it is, for this place.
    pub fn masked(self, privacy: Privacy, value: &str) -> String {
        match self {
            Place::Revealed => value.to_owned(),
            Place::Desk => privacy.on_desk(value),
            Place::Elsewhere => privacy.elsewhere(value),
        }
    }
}

/// The text of a page, as far as it is at hand.
#[derive(Debug, Clone, Copy)]
pub enum PageText<'a> {
    Loading,
    Known(&'a str),
    Missing(&'a Message),
}

/// Who reads, and what it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
    pub filing: &'a Filing,
    /// Which of the addresses seen are the provider's.
    pub ours: &'a [IpAddr],
    pub place: Place,
    pub text: PageText<'a>,
}

/// A piece of evidence in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Of what, when, by which means, from whom: always in view.
    pub head: Vec<Line>,
    pub body: Vec<Line>,
}

/// Writes a piece of evidence.
pub fn sheet(reader: &Reader<'_>, kept: &KeptEvidence, mark: Option<&Mark>) -> Sheet {
    let mut page = Page { reader, mark, lines: Vec::new() };
    head::write(&mut page, kept);
    let head = std::mem::take(&mut page.lines);
    match &kept.evidence.observation {
        Observation::Dns(answers) => domains::resolution(&mut page, answers),
        Observation::Registration(answer) => domains::registration(&mut page, answer),
        Observation::Website(visits) => website::write(&mut page, visits),
        Observation::Registry(answer) => registry::write(&mut page, answer),
        Observation::Text(reading) => picture::text(&mut page, reading),
        Observation::Pixels(inspection) => picture::pixels(&mut page, inspection),
        Observation::Face(comparison) => picture::face(&mut page, comparison),
        Observation::Call(call) => head::call(&mut page, *call),
        Observation::Resource(resource) => head::resource(&mut page, resource),
    }
    Sheet { head, body: page.lines }
}

/// Lines being written.
struct Page<'a> {
    reader: &'a Reader<'a>,
    mark: Option<&'a Mark>,
    lines: Vec<Line>,
}

impl Page<'_> {
    fn words(&self, id: &str) -> &'static str {
        message::text(self.reader.lang, id)
    }

    fn say(&self, message: &Message) -> String {
        safe(&message.text(self.reader.lang)).into_string()
    }

    fn heading(&mut self, text: impl Into<String>) {
        self.push("", vec![Span::new(text, Emphasis::Heading)], false);
    }

    fn push(&mut self, label: impl Into<String>, spans: Vec<Span>, marked: bool) {
        self.lines.push(Line { label: label.into(), spans, marked });
    }

    /// A label of the catalogue and an outside value.
    fn row(&mut self, label: &str, value: &str, marked: bool) {
        let emphasis = if marked { Emphasis::Decisive } else { Emphasis::Plain };
        let label = self.words(label);
        self.push(label, vec![Span::new(safe(value).into_string(), emphasis)], marked);
    }

    /// A row that a [`Mark::Field`] may name.
    fn field(&mut self, label: &str, name: &str, value: &str) {
        let marked = self.marks_field(name);
        self.row(label, value, marked);
    }

    fn marks_field(&self, name: &str) -> bool {
        matches!(self.mark, Some(Mark::Field(field)) if field == name)
    }

    /// A sentence without a label.
    fn sentence(&mut self, message: &Message, emphasis: Emphasis, marked: bool) {
        let text = self.say(message);
        self.push("", vec![Span::new(text, emphasis)], marked);
    }

    fn fault(&mut self, fault: &Fault) {
        let said = format!("@desk.ev_fault_{}", fault.kind);
        self.sentence(&Message::new("desk.ev_no_answer").with("why", said), Emphasis::Doubt, true);
        if !fault.detail.is_empty() {
            let detail = safe(&fault.detail).into_string();
            self.push("", vec![Span::new(detail, Emphasis::Quiet)], false);
        }
    }

    /// A value as private as it is, for the place where it is read.
    fn private(&self, privacy: Privacy, value: &str) -> String {
        self.reader.place.masked(privacy, value)
    }

    /// A moment in the workspace's zone, to the minute.
    fn time(&self, at: Timestamp) -> String {
        at.to_zoned_datetime(self.reader.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// A value with the characters in brackets that tell it from the filed one.
pub(in crate::app) fn compared(value: &str, filed: &str) -> Vec<Span> {
    match difference::pieces(value, filed) {
        Some((pieces, _)) => pieces
            .into_iter()
            .map(|piece| match piece.differs {
                true => Span::new(format!("[{}]", piece.text), Emphasis::Decisive),
                false => Span::new(piece.text, Emphasis::Plain),
            })
            .collect(),
        None => vec![Span::new(value, Emphasis::Plain)],
    }
}

#[cfg(test)]
mod tests;
