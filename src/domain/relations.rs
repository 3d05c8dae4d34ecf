//! Relations (关联): the normalised keys by which two filings are found to share something.
//!
//! The store indexes exactly what [`keys`] gives and answers with [`super::case::Relation`]; the checks judge the
//! answers. Both normalise here, so that a key written today is found by a filing read in a year.

use unicode_normalization::UnicodeNormalization;

use super::case::{AttachmentFacts, RelationKind, RelationRole};
use super::filing::Filing;

/// One normalised key of a filing. Personal data: it stays inside the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationKey {
    pub kind: RelationKind,
    /// The principal it belongs to; none for pictures.
    pub role: Option<RelationRole>,
    pub value: String,
}

/// Every key under which a filing may be found: contacts and document of each principal, and the photos of the
/// site principal (backdrop photo, video frame) by content. Empty values give no key.
pub fn keys(filing: &Filing, facts: &[AttachmentFacts]) -> Vec<RelationKey> {
    let mut keys = Vec::new();
    for (role, person) in filing.principals() {
        let values = [
            (RelationKind::Mobile, mobile(&person.mobile)),
            (RelationKind::Email, email(&person.email)),
            (RelationKind::PersonId, document_number(&person.document_number)),
        ];
        keys.extend(values.into_iter().map(|(kind, value)| RelationKey {
            kind,
            role: Some(role.into()),
            value,
        }));
    }
    for fact in facts {
        if fact.kind.is_photo() {
            let key = RelationKey { kind: RelationKind::Picture, role: None, value: fact.sha256.clone() };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys.retain(|key| !key.value.is_empty());
    keys
}

/// The entity's identity: its normalised certificate number. Filings with the same one are siblings (同主体).
pub fn entity_id(filing: &Filing) -> String {
    document_number(&filing.entity.certificate_number)
}

/// A mobile number's digits, full-width ones included, without the country code 86.
pub fn mobile(text: &str) -> String {
    let digits: String = text.nfkc().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("00").unwrap_or(&digits).strip_prefix("86");
    match national {
        Some(national) if national.len() == 11 => national.to_owned(),
        _ => digits,
    }
}

/// An e-mail address without surrounding space, in lower case. The local part too: no provider in use tells
/// `A@x` from `a@x`, and taking them for two would hide a shared address.
pub fn email(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_ascii_lowercase()
}

/// A document or certificate number: its letters and digits, narrow and upper case (`x` ends an ID like `X`).
pub fn document_number(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::FileFormat;
    use crate::domain::filing::AttachmentKind;

    fn filing() -> Filing {
        serde_json::from_str(include_str!("../checks/fixture/enterprise.json")).unwrap()
    }

    fn fact(kind: AttachmentKind, sha256: &str) -> AttachmentFacts {
        let sha256 = sha256.into();
        AttachmentFacts { kind, sha256, bytes: 1, format: FileFormat::Jpeg, pixels: None }
    }

    #[test]
    fn spellings_of_one_value_give_one_key() {
        for text in [
            "13900000001",
            "139 0000 0001",
            "+86 139-0000-0001",
            "0086 13900000001",
            "１３９０００００００１",
        ] {
            assert_eq!(mobile(text), "13900000001", "{text}");
        }
        assert_eq!(mobile("86139"), "86139", "no country code before fewer than eleven digits");
        assert_eq!(email(" Wang@Yangli.Example "), "wang@yangli.example");
        assert_eq!(email("ｗang@yangli.example"), "wang@yangli.example");
        for text in ["44030019800101001x", "440300 19800101 001X", "４40300-19800101-001ｘ"] {
            assert_eq!(document_number(text), "44030019800101001X", "{text}");
        }
        assert_eq!(document_number(" － "), "");
    }

    #[test]
    fn a_filing_gives_its_contacts_documents_and_photo() {
        let facts =
            [fact(AttachmentKind::EntityCertificate, "aa"), fact(AttachmentKind::BackdropPhoto, "bb")];
        let keys = keys(&filing(), &facts);
        let found: Vec<_> =
            keys.iter().map(|key| (key.kind, key.role.map(RelationRole::text), key.value.as_str())).collect();
        use RelationKind::{Email, Mobile, PersonId, Picture};
        assert_eq!(
            found,
            [
                (Mobile, Some("epr"), "13900000001"),
                (Email, Some("epr"), "wang@yangli.example"),
                (PersonId, Some("epr"), "440305198505050019"),
                (Mobile, Some("spr"), "13900000002"),
                (Email, Some("spr"), "li@yangli.example"),
                (PersonId, Some("spr"), "440305199006060022"),
                (Picture, None, "bb"),
            ]
        );
        assert_eq!(entity_id(&filing()), "91440300MA00000077");
    }

    #[test]
    fn an_empty_value_and_a_repeated_photo_give_no_key_more() {
        let mut filing = filing();
        filing.entity.principal.email = "  ".into();
        let facts = [fact(AttachmentKind::BackdropPhoto, "bb"), fact(AttachmentKind::BackdropPhoto, "bb")];
        let keys = keys(&filing, &facts);
        let count = |kind| keys.iter().filter(|key| key.kind == kind).count();
        assert_eq!((count(RelationKind::Email), count(RelationKind::Picture)), (1, 1));
    }

    proptest::proptest! {
        #[test]
        fn a_normalised_value_is_its_own_normal_form(text in "\\PC{0,24}") {
            for normalise in [mobile, email, document_number] {
                let once = normalise(&text);
                proptest::prop_assert_eq!(normalise(&once), once.clone());
            }
        }
    }
}
