//! The text twin (文字版) of an attachment: all that is known of it in plain words, for a terminal without pictures and
//! for a screen reader. One statement a line, in the order in which a reviewer compares, no drawing characters.
//!
//! Here are the lines; `heyan show --pictures` prints them. [`proof`] says which filed facts a kind of document proves and
//! where its recognised text has them; [`viewport`] lays the lines into the desk. What only an eye can judge is
//! `domain::eyes`'s.

mod proof;
pub mod viewport;

use super::evidence_text::{self, Emphasis, Line, Place, Reader, Span, compared};
use super::facts;
use crate::domain::case::AttachmentFacts;
use crate::domain::declared::{self, Privacy, attachment_object, transcribed};
use crate::domain::evidence::{
    Gatherer, KeptEvidence, Observation, ReadText, Subject, TextReading, has_text,
};
use crate::domain::filing::Attachment;
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::{self, Lang, Message};
use crate::domain::object::Object;
use crate::domain::safe::safe;
use crate::domain::workspace::CaseFile;

/// The twin of the attachment at a place in the filing; empty where the filing has none there.
pub fn lines(reader: &Reader<'_>, case: &CaseFile, findings: &[Finding], at: usize) -> Vec<Line> {
    let attachment = case.filing.attachments.get(at).zip(case.attachments.get(at));
    let Some(((attachment, facts), object)) = attachment.zip(attachment_object(&case.filing, at)) else {
        return Vec::new();
    };
    let mut twin = Twin { reader, case, attachment, facts, object, lines: Vec::new() };
    twin.name(at);
    twin.eyes();
    twin.filed();
    twin.transcribed();
    twin.findings(findings);
    twin.evidence();
    twin.lines
}

/// Names in a row, as a sentence has them.
pub fn listed(names: &[&str], lang: Lang) -> String {
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// A twin being written.
struct Twin<'a> {
    reader: &'a Reader<'a>,
    case: &'a CaseFile,
    attachment: &'a Attachment,
    facts: &'a AttachmentFacts,
    object: Object,
    lines: Vec<Line>,
}

impl<'a> Twin<'a> {
    fn words(&self, id: &str) -> &'static str {
        message::text(self.reader.lang, id)
    }

    fn sentence(&mut self, message: &Message, emphasis: Emphasis) {
        let text = safe(&message.text(self.reader.lang)).into_string();
        self.lines.push(Line { spans: vec![Span::new(text, emphasis)], ..Line::default() });
    }

    fn heading(&mut self, id: &str) {
        self.sentence(&Message::new(id), Emphasis::Heading);
    }

    fn row(&mut self, label: &str, spans: Vec<Span>) {
        self.lines.push(Line { label: label.to_owned(), spans, marked: false });
    }

    /// Which document, and what its file is.
    fn name(&mut self, at: usize) {
        let AttachmentFacts { format, bytes, pixels, .. } = self.facts;
        let size = pixels.map_or_else(String::new, |(width, height)| format!(" {width} x {height}"));
        let said = Message::new("desk.twin_name")
            .with("name", facts::object_label(&self.object, self.reader.lang))
            .with("place", at + 1)
            .with("count", self.case.attachments.len())
            .with("format", format.name())
            .with("size", size)
            .with("kib", bytes.div_ceil(1024));
        self.sentence(&said, Emphasis::Heading);
    }

    /// Whether words stand for it.
    fn eyes(&mut self) {
        let eyes = self.attachment.kind.for_eyes();
        if eyes.is_empty() {
            self.sentence(&Message::new("desk.twin_words_do"), Emphasis::Quiet);
            return;
        }
        let names: Vec<&str> = eyes.iter().map(|eyes| self.words(&format!("domain.eyes_{eyes}"))).collect();
        let said = Message::new("desk.twin_needs_eyes").with("names", listed(&names, self.reader.lang));
        self.sentence(&said, Emphasis::Doubt);
    }

    /// The filed facts that it proves, each against the recognised text.
    fn filed(&mut self) {
        let read = self.read().map(proof::Reading::of);
        let kind = self.attachment.kind;
        let mut begun = false;
        let filing = &self.case.filing;
        for fact in declared::declared(filing).iter().filter(|fact| proof::proves(filing, kind, fact)) {
            if !std::mem::replace(&mut begun, true) {
                self.heading("desk.twin_filed");
            }
            let label = self.words(&fact.label);
            let raw = fact.value.text(self.reader.lang);
            let value = self.masked(fact.privacy, &raw);
            let found = match (&read, &fact.value) {
                (Some(read), declared::Value::Text(filed)) => Some(read.find(filed)),
                _ => None,
            };
            // A mask hides what differs, and what was misread no redactor would know again.
            let clear = self.reader.place != Place::Elsewhere && value == safe(&raw).into_string();
            match found {
                Some(proof::Found::Near(near)) if clear => {
                    let near = safe(&near).into_string();
                    self.row(label, compared(&value, &near));
                    self.row(self.words("desk.twin_read"), compared(&near, &value));
                }
                Some(found) => {
                    self.row(label, vec![Span::new(value, Emphasis::Plain)]);
                    let (id, emphasis) = match found {
                        proof::Found::Same => ("desk.twin_read_same", Emphasis::Good),
                        proof::Found::Near(_) => ("desk.twin_read_near", Emphasis::Doubt),
                        proof::Found::Nowhere => ("desk.twin_read_nowhere", Emphasis::Quiet),
                    };
                    self.row(self.words("desk.twin_read"), vec![Span::new(self.words(id), emphasis)]);
                }
                None => self.row(label, vec![Span::new(value, Emphasis::Plain)]),
            }
        }
    }

    /// The fields that its source read off it.
    fn transcribed(&mut self) {
        let Some(transcript) = &self.attachment.transcript else { return };
        self.heading("desk.transcript");
        for field in transcribed(&self.case.filing, transcript) {
            let (value, emphasis) = match field.value.map(|value| value.text(self.reader.lang)) {
                None => (self.words("desk.not_transcribed").to_owned(), Emphasis::Quiet),
                Some(text) if text.is_empty() => (self.words("desk.left_empty").to_owned(), Emphasis::Quiet),
                Some(text) => (self.masked(field.privacy, &text), Emphasis::Plain),
            };
            self.row(self.words(&field.label), vec![Span::new(value, emphasis)]);
        }
    }

    /// What the checks say of it, the worst first.
    fn findings(&mut self, findings: &[Finding]) {
        let mut about: Vec<&Finding> = findings.iter().filter(|finding| self.speaks(finding)).collect();
        about.sort_by_key(|finding| std::cmp::Reverse(finding.status.severity()));
        if !about.is_empty() {
            self.heading("desk.twin_findings");
        }
        for finding in about {
            let text = facts::said(finding, false).in_zone(self.reader.zone).text(self.reader.lang);
            let status = self.words(&format!("domain.status_{}", finding.status));
            let emphasis = if finding.status.severity() > 0 { Emphasis::Doubt } else { Emphasis::Plain };
            self.row(status, vec![Span::new(safe(&text).into_string(), emphasis)]);
        }
    }

    /// Whether a finding is about it or rests on it.
    fn speaks(&self, finding: &Finding) -> bool {
        let rests = |named: &EvidenceRef| match named {
            EvidenceRef::Attachment(object) => *object == self.object,
            EvidenceRef::Evidence { id, .. } => self.known().any(|kept| kept.id == *id),
            EvidenceRef::Field(_) | EvidenceRef::Filing(_) | EvidenceRef::Rule(_) => false,
        };
        finding.object == self.object || finding.evidence.iter().any(rests)
    }

    /// What was recognised and measured: the newest of each kind, as evidence in words has it.
    fn evidence(&mut self) {
        let mut told: Vec<Gatherer> = Vec::new();
        for kept in self.known() {
            let gatherer = kept.evidence.gatherer();
            if !told.contains(&gatherer) {
                told.push(gatherer);
                let sheet = evidence_text::sheet(self.reader, kept, None);
                self.lines.extend(sheet.head.into_iter().chain(sheet.body));
            }
        }
        if !told.contains(&Gatherer::Text) && has_text(self.attachment.kind) {
            self.sentence(&Message::new("desk.twin_not_read"), Emphasis::Quiet);
        }
    }

    /// What is known of the file, by gatherer, the newest first.
    fn known(&self) -> impl Iterator<Item = &'a KeptEvidence> + use<'a> {
        let sha256 = self.facts.sha256.as_str();
        self.case
            .evidence
            .iter()
            .filter(move |kept| matches!(&kept.evidence.subject, Subject::Attachment(of) if of == sha256))
    }

    fn read(&self) -> Option<&'a ReadText> {
        self.known().find_map(|kept| match &kept.evidence.observation {
            Observation::Text(TextReading::Read(read)) => Some(read),
            _ => None,
        })
    }

    fn masked(&self, privacy: Privacy, value: &str) -> String {
        safe(&self.reader.place.masked(privacy, value)).into_string()
    }
}

#[cfg(test)]
mod tests;
