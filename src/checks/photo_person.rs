//! Whose face is on the verification photo (是否网站负责人本人). heyan compares no faces: another system's score, where
//! one was imported, or the reviewer's eyes decide, with photo and portrait before him.

use super::Check;
use super::pictures::{is_photo, pictures};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, Observation};
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::object::Object;

pub struct PhotoPerson;

impl Check for PhotoPerson {
    fn id(&self) -> &'static str {
        "photo_person"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["PHO-NOT-PRINCIPAL", "LIV-WRONG-PERSON"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Face]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if case.filing.site.is_none() {
            return;
        }
        let Some(photo) = pictures(case).into_iter().find(|picture| is_photo(picture.kind)) else { return };
        let about = Statement::about(self, Section::Material, photo.object.clone())
            .resting_on(photo.shown())
            .resting_on(EvidenceRef::Attachment(Object::attachment(portrait(case))));
        let code = match photo.kind {
            AttachmentKind::VideoFrame => "LIV-WRONG-PERSON",
            _ => "PHO-NOT-PRINCIPAL",
        };
        let kept = case.known.latest(Gatherer::Face, &photo.subject);
        match kept.map(|kept| (kept, &kept.evidence.observation)) {
            Some((kept, Observation::Face(face))) => {
                let about = about.resting_on(EvidenceRef::kept(kept));
                let finding = if face.score_permille >= face.threshold_permille {
                    about.pass("checks.person_score_same")
                } else {
                    about.warn_of(code, "checks.person_score_below")
                };
                out.push(finding.seen(percent(face.score_permille), percent(face.threshold_permille)));
            }
            _ if case.known.requires(Gatherer::Face) => {
                out.push(about.warn("checks.person_question"));
            }
            _ => {}
        }
    }
}

/// The document side with the site principal's portrait: the entity principal's where both are one person.
fn portrait(case: &Case<'_>) -> AttachmentKind {
    if case.filing.same_principal() {
        AttachmentKind::EntityPrincipalIdFront
    } else {
        AttachmentKind::SitePrincipalIdFront
    }
}

fn percent(permille: u16) -> String {
    format!("{}.{} %", permille / 10, permille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::evidence::{FaceComparison, Subject};

    fn scored(sample: &mut Sample, kind: AttachmentKind, score_permille: u16) {
        let subject = Subject::Attachment(sample.fact(kind).sha256.clone());
        let face = FaceComparison { score_permille, threshold_permille: 800 };
        sample.knows(subject, 1, Observation::Face(face));
    }

    #[test]
    fn only_a_score_or_the_reviewer_tells_whose_face_it_is() {
        use AttachmentKind::{BackdropPhoto, VideoFrame};
        run_table(
            &PhotoPerson,
            Sample::enterprise,
            &[
                ("at the threshold", |s| scored(s, BackdropPhoto, 800), &[]),
                ("below it", |s| scored(s, BackdropPhoto, 799), &["warn PHO-NOT-PRINCIPAL@backdrop_photo"]),
                (
                    "compared again",
                    |s| {
                        scored(s, BackdropPhoto, 300);
                        scored(s, BackdropPhoto, 950);
                    },
                    &[],
                ),
                ("no score where one is asked for", |s| s.requires(Gatherer::Face), &["warn backdrop_photo"]),
                ("another picture's score", |s| scored(s, AttachmentKind::VerificationForm, 100), &[]),
            ],
        );
        let mut frame = Sample::electronic();
        scored(&mut frame, VideoFrame, 100);
        assert_eq!(frame.statements(&PhotoPerson), ["warn LIV-WRONG-PERSON@video_frame"]);
    }

    #[test]
    fn photo_and_portrait_are_both_evidence() {
        for (mut sample, portrait) in [
            (Sample::enterprise(), AttachmentKind::SitePrincipalIdFront),
            (Sample::individual(), AttachmentKind::EntityPrincipalIdFront),
        ] {
            sample.requires(Gatherer::Face);
            let finding = &sample.findings(&PhotoPerson)[0];
            let expected = [AttachmentKind::BackdropPhoto, portrait]
                .map(|kind| EvidenceRef::Attachment(Object::attachment(kind)));
            assert_eq!(finding.evidence, expected);
        }
    }
}
