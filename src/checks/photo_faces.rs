//! Whether there is one face on the verification photo, and one at all on the portrait side of an identity document.
//! Whose face it is is [`super::photo_person`]'s question.

use super::Check;
use super::pictures::{Picture, Pixels, is_photo, is_portrait_side, not_measured, pictures};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, KeptEvidence, Mark, PixelFacts};
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::message::Message;

pub struct PhotoFaces;

/// A face in the background counts from this part of the area of the largest on: a passer-by, a poster or a portrait on
/// a card held up are no second person before the backdrop.
const SECOND_FACE_PART: u64 = 4;

impl Check for PhotoFaces {
    fn id(&self) -> &'static str {
        "photo_faces"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["PHO-NONCOMPLIANT", "LIV-FAIL", "MAT-WRONG-DOC"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Pixels]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let with_face = |picture: &Picture| is_photo(picture.kind) || is_portrait_side(picture.kind);
        for picture in pictures(case).into_iter().filter(with_face) {
            let about =
                Statement::about(self, Section::Material, picture.object.clone()).resting_on(picture.shown());
            match picture.pixels(case) {
                Pixels::Unknown(fault) => out.extend(not_measured(&about, case, fault)),
                Pixels::Seen(kept, facts) => out.push(self.judge(&picture, kept, facts)),
            }
        }
    }
}

impl PhotoFaces {
    fn judge(&self, picture: &Picture, kept: &KeptEvidence, facts: &PixelFacts) -> Finding {
        let about = |evidence| {
            Statement::about(self, Section::Material, picture.object.clone())
                .resting_on(evidence)
                .resting_on(picture.shown())
        };
        let code = match picture.kind {
            AttachmentKind::BackdropPhoto => "PHO-NONCOMPLIANT",
            AttachmentKind::VideoFrame => "LIV-FAIL",
            _ => "MAT-WRONG-DOC",
        };
        let area = |face: &crate::domain::evidence::Region| u64::from(face.width) * u64::from(face.height);
        let Some(largest) = facts.faces.first() else {
            return about(EvidenceRef::kept(kept)).warn_of(code, "checks.face_none");
        };
        let others: Vec<_> =
            facts.faces[1..].iter().filter(|face| area(face) * SECOND_FACE_PART >= area(largest)).collect();
        match others.first() {
            // A card shows its portrait twice where it has a shadow of it.
            Some(second) if is_photo(picture.kind) => {
                let marked = EvidenceRef::marked(kept, Mark::Region(**second));
                let message = Message::new("checks.face_several").with("count", others.len() + 1);
                about(marked).warn_of(code, message)
            }
            _ => about(EvidenceRef::marked(kept, Mark::Region(*largest))).pass("checks.face_there"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::checks::pictures::fixture::{face, facts, seen};
    use crate::domain::evidence::{PixelFacts, Region};

    use AttachmentKind::{BackdropPhoto, SitePrincipalIdFront, VideoFrame};

    fn looked_at(mut sample: Sample, kinds: &[AttachmentKind]) -> Sample {
        kinds.iter().for_each(|kind| seen(&mut sample, *kind, facts()));
        sample
    }

    fn of(faces: Vec<Region>) -> PixelFacts {
        PixelFacts { faces, ..facts() }
    }

    #[test]
    fn one_face_is_wanted() {
        run_table(
            &PhotoFaces,
            || looked_at(Sample::enterprise(), &[BackdropPhoto, SitePrincipalIdFront]),
            &[
                (
                    "none on the photo",
                    |s| seen(s, BackdropPhoto, of(vec![])),
                    &["warn PHO-NONCOMPLIANT@backdrop_photo"],
                ),
                (
                    "two on the photo",
                    |s| seen(s, BackdropPhoto, of(vec![face(100), face(60)])),
                    &["warn PHO-NONCOMPLIANT@backdrop_photo"],
                ),
                ("a passer-by", |s| seen(s, BackdropPhoto, of(vec![face(100), face(40)])), &[]),
                (
                    "none on the card",
                    |s| seen(s, SitePrincipalIdFront, of(vec![])),
                    &["warn MAT-WRONG-DOC@spr_id_front"],
                ),
                (
                    "a card with a shadow portrait",
                    |s| seen(s, SitePrincipalIdFront, of(vec![face(100), face(90)])),
                    &[],
                ),
                ("nothing measured", |s| s.evidence.clear(), &[]),
            ],
        );
        run_table(
            &PhotoFaces,
            || looked_at(Sample::electronic(), &[VideoFrame]),
            &[("none in the frame", |s| seen(s, VideoFrame, of(vec![])), &["warn LIV-FAIL@video_frame"])],
        );
    }

    #[test]
    fn what_is_asked_for_and_not_there_is_not_run() {
        let mut sample = looked_at(Sample::electronic(), &[VideoFrame]);
        sample.requires(Gatherer::Pixels);
        assert_eq!(sample.statements(&PhotoFaces), ["not_run epr_id_front", "not_run spr_id_front"]);
    }

    #[test]
    fn the_second_face_is_what_is_shown() {
        let mut sample = looked_at(Sample::enterprise(), &[]);
        seen(&mut sample, BackdropPhoto, of(vec![face(100), face(60)]));
        let finding = &sample.findings(&PhotoFaces)[0];
        let EvidenceRef::Evidence { mark: Some(Mark::Region(region)), .. } = &finding.evidence[0] else {
            panic!("{finding:?}")
        };
        assert_eq!(*region, face(60));
    }
}
