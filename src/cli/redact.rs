//! What the command line never shows in clear: the personal data of a filing, wherever a text repeats it.

use crate::domain::declared::{Privacy, Value, declared, transcribed};
use crate::domain::filing::Filing;
use crate::domain::object::Object;
use crate::domain::safe::safe;

/// Masks the personal data of one filing.
pub struct Redactor {
    /// Value and mask, the longest values first, so that no value is cut by a shorter one inside it.
    pairs: Vec<(String, String)>,
    individual: bool,
}

impl Redactor {
    pub fn new(filing: &Filing) -> Self {
        let declared = declared(filing).into_iter().map(|row| (row.privacy, row.value));
        let read = filing
            .attachments
            .iter()
            .filter_map(|attachment| attachment.transcript.as_ref())
            .flat_map(|transcript| transcribed(filing, transcript))
            .filter_map(|field| Some((field.privacy, field.value?)));
        let mut pairs: Vec<(String, String)> = declared
            .chain(read)
            .filter_map(|(privacy, value)| match value {
                // A single character would be masked in every text.
                Value::Text(text) if privacy.whole() && text.chars().count() > 1 => {
                    Some((safe(&text).into_string(), safe(&privacy.elsewhere(&text)).into_string()))
                }
                _ => None,
            })
            .collect();
        pairs.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        pairs.dedup();
        Redactor { pairs, individual: filing.is_individual() }
    }

    /// A sentence, safe and without the filing's personal data.
    pub fn text(&self, raw: &str) -> String {
        let mut text = safe(raw).into_string();
        for (value, masked) in &self.pairs {
            if text.contains(value.as_str()) {
                text = text.replace(value.as_str(), masked);
            }
        }
        text
    }

    /// A value that a finding compared, safe and masked as its object asks for.
    pub fn value(&self, object: &Object, raw: &str) -> String {
        match Privacy::of(object, self.individual) {
            Privacy::Document if is_validity(raw) => safe(raw).into_string(),
            privacy => self.text(&privacy.elsewhere(raw)),
        }
    }
}

/// A finding about an ID speaks either of its number or of the days it is valid.
fn is_validity(value: &str) -> bool {
    let shape = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '/' | '.' | '~' | '至' | '长' | '期');
    value == "长期"
        || (value.matches('-').count() >= 2 && value.chars().all(shape) && value.chars().count() <= 23)
}
