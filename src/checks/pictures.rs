//! What the checks on pictures share: the filing's pictures, each with its object, and what is known of their pixels.

use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{
    Fault, Gatherer, KeptEvidence, Observation, PixelFacts, PixelInspection, Subject,
};
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;
use crate::domain::object::Object;

/// One picture among a filing's materials.
pub(super) struct Picture {
    pub object: Object,
    pub kind: AttachmentKind,
    pub subject: Subject,
}

/// The pictures of a filing, in its order. None of a cancellation.
pub(super) fn pictures(case: &Case<'_>) -> Vec<Picture> {
    if !case.filing.order_type.needs_materials() {
        return Vec::new();
    }
    let mut pictures: Vec<Picture> = Vec::new();
    for (place, fact) in case.attachments.iter().enumerate() {
        let earlier = case.attachments[..place].iter().filter(|other| other.kind == fact.kind).count();
        if fact.format.is_picture() {
            let nth = u8::try_from(earlier + 1).unwrap_or(u8::MAX);
            let object = Object::Attachment { kind: fact.kind, nth };
            pictures.push(Picture {
                object,
                kind: fact.kind,
                subject: Subject::Attachment(fact.sha256.clone()),
            });
        }
    }
    pictures
}

/// 核验照: the photo of the site principal, of either scheme.
pub(super) const fn is_photo(kind: AttachmentKind) -> bool {
    kind.is_photo()
}

/// The side of a document that bears its holder's portrait.
pub(super) const fn is_portrait_side(kind: AttachmentKind) -> bool {
    matches!(kind, AttachmentKind::EntityPrincipalIdFront | AttachmentKind::SitePrincipalIdFront)
}

/// What was measured, or why not.
pub(super) enum Pixels<'c> {
    Seen(&'c KeptEvidence, &'c PixelFacts),
    Unknown(Option<&'c Fault>),
}

impl Picture {
    pub fn pixels<'c>(&self, case: &Case<'c>) -> Pixels<'c> {
        let Some(kept) = case.known.latest(Gatherer::Pixels, &self.subject) else {
            return Pixels::Unknown(None);
        };
        match &kept.evidence.observation {
            Observation::Pixels(PixelInspection::Seen(facts)) => Pixels::Seen(kept, facts),
            Observation::Pixels(PixelInspection::NoAnswer(fault)) => Pixels::Unknown(Some(fault)),
            _ => Pixels::Unknown(None),
        }
    }

    pub fn shown(&self) -> EvidenceRef {
        EvidenceRef::Attachment(self.object.clone())
    }
}

/// That a picture was not measured: said only where the workspace asks for it.
pub(super) fn not_measured(about: &Statement<'_>, case: &Case<'_>, fault: Option<&Fault>) -> Option<Finding> {
    case.known.requires(Gatherer::Pixels).then(|| {
        about.not_run(match fault {
            None => Message::new("checks.pixels_missing"),
            Some(fault) => Message::new("checks.pixels_fault").with("detail", &fault.detail),
        })
    })
}

/// Evidence of pictures for the tests of these checks.
#[cfg(test)]
pub(super) mod fixture {
    use super::*;
    use crate::checks::fixture::Sample;
    use crate::domain::evidence::{PictureTone, Region};

    /// What a sharp and bright picture in colour measures, with one face.
    pub fn facts() -> PixelFacts {
        PixelFacts {
            width: 1_000,
            height: 750,
            taken_at: None,
            software: None,
            sharpness: 1_200,
            brightness: 190,
            dark_permille: 20,
            bright_permille: 90,
            glare: None,
            tone: PictureTone::Colour,
            look: "e0e088c0f096f0e8".into(),
            cells: (0..144).map(|cell| format!("{:02x}", cell * 37 % 200)).collect(),
            faces: vec![face(150)],
        }
    }

    pub fn face(side: u32) -> Region {
        Region { x: 300, y: 200, width: side, height: side }
    }

    /// The first picture of a kind was measured now.
    pub fn seen(sample: &mut Sample, kind: AttachmentKind, facts: PixelFacts) {
        let subject = Subject::Attachment(sample.fact(kind).sha256.clone());
        sample.knows(subject, 0, Observation::Pixels(PixelInspection::Seen(facts)));
    }
}
