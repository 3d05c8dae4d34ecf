//! What a picture is compared with: its natural partners first.

use crate::domain::case::AttachmentFacts;
use crate::domain::filing::{AttachmentKind, Filing};
use crate::domain::view::{Surface, View};
use crate::domain::viewport::Viewport;
use crate::domain::workspace::{CaseFile, Elsewhere, Origin};

/// Which picture it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// One of the filing's attachments, by its place.
    Own(usize),
    Elsewhere(Origin),
}

/// One of two pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    pub of: Of,
    pub kind: AttachmentKind,
    pub sha256: String,
    /// How it is looked at first: the page, the turn and the tone of its single view.
    pub view: View,
}

impl Half {
    /// An attachment of the filing, by its place; none for what cannot be drawn.
    pub fn own(at: usize, facts: &AttachmentFacts) -> Option<Self> {
        Half::of(Of::Own(at), facts)
    }

    fn elsewhere(other: &Elsewhere) -> Option<Self> {
        Half::of(Of::Elsewhere(other.from.clone()), &other.facts)
    }

    fn of(of: Of, facts: &AttachmentFacts) -> Option<Self> {
        let half = || Half { of, kind: facts.kind, sha256: facts.sha256.clone(), view: View::default() };
        facts.format.can_be_shown().then(half)
    }

    /// As it is looked at alone, the whole of it.
    pub fn looked_at(self, alone: View) -> Self {
        let viewport = match alone.surface {
            // The turn of a document pulled straight is not the picture's.
            Surface::Flat(_) => Viewport::default(),
            Surface::Original | Surface::Submitted(_) => alone.viewport.fit(),
        };
        Half { view: View { page: alone.page, tone: alone.tone, viewport, ..View::default() }, ..self }
    }
}

/// What an attachment of a filing is compared with, by its place, the most natural first: portrait and photo of one
/// person, form and licence, its own earlier file, the same photo in other filings, then every other attachment.
pub fn partners(file: &CaseFile, at: usize) -> Vec<Half> {
    let Some(own) = file.attachments.get(at) else { return Vec::new() };
    let others = || file.attachments.iter().enumerate().filter(|(other, _)| *other != at);
    let of_kinds = |kinds: &[AttachmentKind]| {
        others()
            .filter(|(_, facts)| kinds.contains(&facts.kind))
            .filter_map(|(at, facts)| Half::own(at, facts))
            .collect::<Vec<_>>()
    };
    let elsewhere = |from: &dyn Fn(&Elsewhere) -> bool| {
        file.elsewhere.iter().filter(|other| from(other)).filter_map(Half::elsewhere).collect::<Vec<_>>()
    };
    let mut found = of_kinds(natural(&file.filing, own.kind));
    found.extend(elsewhere(&|other| other.from == Origin::Revision && other.facts.kind == own.kind));
    found.extend(elsewhere(
        &|other| matches!(&other.from, Origin::Filing { like, .. } if *like == own.sha256),
    ));
    for (at, facts) in others() {
        if found.iter().all(|half| half.of != Of::Own(at)) {
            found.extend(Half::own(at, facts));
        }
    }
    found
}

/// The kinds that show the same as one kind.
fn natural(filing: &Filing, kind: AttachmentKind) -> &'static [AttachmentKind] {
    use AttachmentKind as K;
    let same = filing.same_principal();
    match kind {
        K::SitePrincipalIdFront => &[K::BackdropPhoto, K::VideoFrame],
        K::EntityPrincipalIdFront if same => &[K::BackdropPhoto, K::VideoFrame],
        // The photo is of the site principal, whose document may be filed as the entity principal's.
        K::BackdropPhoto | K::VideoFrame if same => &[K::SitePrincipalIdFront, K::EntityPrincipalIdFront],
        K::BackdropPhoto | K::VideoFrame => &[K::SitePrincipalIdFront],
        K::VerificationForm => &[K::EntityCertificate],
        K::EntityCertificate => &[K::VerificationForm],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use AttachmentKind as K;

    use super::*;
    use crate::domain::filing::Attachment;
    use crate::domain::workspace::{Cursor, FilingState, Ticket};

    fn facts(kind: AttachmentKind, sha256: &str) -> AttachmentFacts {
        use crate::domain::case::FileFormat;
        AttachmentFacts { kind, sha256: sha256.into(), bytes: 1, format: FileFormat::Jpeg, pixels: None }
    }

    fn file(kinds: &[AttachmentKind], elsewhere: Vec<Elsewhere>) -> CaseFile {
        let mut filing: Filing =
            serde_json::from_str(include_str!("../../checks/fixture/enterprise.json")).unwrap();
        let attachments: Vec<_> =
            kinds.iter().enumerate().map(|(at, kind)| facts(*kind, &at.to_string())).collect();
        let filed = |facts: &AttachmentFacts| Attachment {
            kind: facts.kind,
            sha256: Some(facts.sha256.clone()),
            file: String::new(),
            transcript: None,
        };
        filing.attachments = attachments.iter().map(filed).collect();
        let cursor = Cursor::new(1);
        CaseFile {
            cursor,
            filing,
            attachments,
            relations: Vec::new(),
            revision: String::new(),
            state: FilingState::Open,
            current: None,
            previous: None,
            claimed_by: None,
            elsewhere,
            evidence: Vec::new(),
            ticket: Ticket { cursor, filing: String::new(), revision: String::new(), mark: 0 },
        }
    }

    fn names(file: &CaseFile, at: usize) -> Vec<String> {
        let name = |half: Half| match half.of {
            Of::Own(at) => file.attachments[at].kind.text().to_owned(),
            Of::Elsewhere(Origin::Revision) => "before".into(),
            Of::Elsewhere(Origin::Filing { key, .. }) => key,
        };
        partners(file, at).into_iter().map(name).collect()
    }

    #[test]
    fn the_natural_partner_comes_first_and_every_other_material_after_it() {
        let kinds = [K::EntityCertificate, K::SitePrincipalIdFront, K::VerificationForm, K::BackdropPhoto];
        let filing = |key: &str, like: &str| Origin::Filing {
            source: "demo".into(),
            key: key.into(),
            like: like.into(),
        };
        let from = |kind, from| Elsewhere { facts: facts(kind, "other"), from, pixels: None };
        let file = file(
            &kinds,
            vec![
                from(K::VerificationForm, Origin::Revision),
                from(K::BackdropPhoto, filing("D-2", "3")),
                from(K::BackdropPhoto, filing("D-3", "of another photo")),
            ],
        );
        for (at, expected) in [
            (0, vec!["verification_form", "spr_id_front", "backdrop_photo"]),
            (1, vec!["backdrop_photo", "entity_certificate", "verification_form"]),
            (2, vec!["entity_certificate", "before", "spr_id_front", "backdrop_photo"]),
            (3, vec!["spr_id_front", "D-2", "entity_certificate", "verification_form"]),
            (4, vec![]),
        ] {
            assert_eq!(names(&file, at), expected, "of {at}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_nobodys_partner() {
        use crate::domain::case::FileFormat;
        let mut file = file(&[K::EntityCertificate, K::VerificationForm], Vec::new());
        file.attachments[1].format = FileFormat::Heif;
        assert_eq!(names(&file, 0), [""; 0]);
        assert_eq!(Half::own(1, &file.attachments[1]), None);
    }
}
