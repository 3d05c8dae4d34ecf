//! The normalised keys by which filings are related (关联): what the store indexes.

use super::case::{AttachmentFacts, RelationKind, RelationRole};
use super::filing::{AttachmentKind, Filing};

/// One key of a filing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationKey {
    pub kind: RelationKind,
    /// Whose; none for pictures.
    pub role: Option<RelationRole>,
    /// The normalised value.
    pub value: String,
}

/// Every key of a filing, without empty ones.
pub fn keys(filing: &Filing, attachments: &[AttachmentFacts]) -> Vec<RelationKey> {
    let persons = filing.principals().flat_map(|(role, person)| {
        let role = Some(RelationRole::from(role));
        [
            (RelationKind::Mobile, person.mobile.chars().filter(char::is_ascii_digit).collect::<String>()),
            (RelationKind::Email, person.email.trim().to_lowercase()),
            (RelationKind::PersonId, person.document_number.trim().to_uppercase()),
        ]
        .map(|(kind, value)| RelationKey { kind, role, value })
    });
    let pictures = attachments
        .iter()
        .filter(|facts| matches!(facts.kind, AttachmentKind::BackdropPhoto | AttachmentKind::VideoFrame))
        .map(|facts| RelationKey { kind: RelationKind::Picture, role: None, value: facts.sha256.clone() });
    persons.chain(pictures).filter(|key| !key.value.is_empty()).collect()
}

/// The entity of a filing, by normalised certificate number: filings with equal ones are siblings.
pub fn entity_id(filing: &Filing) -> String {
    let number = filing.entity.certificate_number.chars();
    number.filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
