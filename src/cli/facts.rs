//! The declared facts of a filing and the fields read off its documents as a person reads them, masked.

use serde::Serialize;

use super::redact::Redactor;
use crate::domain::declared::{Privacy, Transcribed, Value, attachment_object, declared, transcribed};
use crate::domain::filing::Filing;
use crate::domain::finding::Section;
use crate::domain::message::{Lang, text};
use crate::domain::object::Object;

/// One declared or transcribed value.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub section: Section,
    /// What a reason about it would name.
    pub object: Object,
    pub label: String,
    /// Safe and masked.
    pub value: String,
}

/// Every declared fact that has a value, by section; each material is followed by what was read off it.
pub fn facts(filing: &Filing, redactor: &Redactor, lang: Lang) -> Vec<Fact> {
    let shown = |value: &Value, privacy: Privacy| redactor.text(&privacy.elsewhere(&value.text(lang)));
    let mut read = (0..filing.attachments.len()).map(|at| fields(filing, at, lang, &shown));
    let mut facts = Vec::new();
    for row in declared(filing) {
        let value = shown(&row.value, row.privacy);
        let label = text(lang, &row.label).to_owned();
        facts.push(Fact { section: row.section, object: row.object, label, value });
        if row.section == Section::Material {
            facts.extend(read.next().into_iter().flatten());
        }
    }
    facts.retain(|fact| !fact.value.is_empty());
    facts
}

/// What was read off an attachment: `核验单 签字`.
fn fields(filing: &Filing, at: usize, lang: Lang, shown: &impl Fn(&Value, Privacy) -> String) -> Vec<Fact> {
    let (Some(attachment), Some(object)) = (filing.attachments.get(at), attachment_object(filing, at)) else {
        return Vec::new();
    };
    let Some(transcript) = &attachment.transcript else { return Vec::new() };
    let document = text(lang, &format!("domain.short_{}", attachment.kind));
    let fact = |field: Transcribed| {
        let value = shown(&field.value?, field.privacy);
        let label = format!("{document} {}", text(lang, &field.label));
        Some(Fact { section: Section::Material, object: object.clone(), label, value })
    };
    transcribed(filing, transcript).into_iter().filter_map(fact).collect()
}
