use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::checks::pictures::fixture::{face, facts, seen};
use crate::domain::evidence::{Fault, FaultKind, Observation, PixelInspection, Subject};

use AttachmentKind::{BackdropPhoto, EntityCertificate, VerificationForm, VideoFrame};

fn with(kind: AttachmentKind, sample: &mut Sample, change: impl FnOnce(&mut PixelFacts)) {
    let mut facts = facts();
    change(&mut facts);
    seen(sample, kind, facts);
}

fn clear() -> Sample {
    let mut sample = Sample::enterprise();
    sample.filing.order_type = OrderType::First;
    for kind in [BackdropPhoto, EntityCertificate, VerificationForm] {
        seen(&mut sample, kind, facts());
    }
    sample
}

const UNCLEAR: &[&str] = &["warn MAT-UNCLEAR@entity_certificate"];

#[test]
fn documents_are_dark_small_blurred_glaring_or_grey() {
    run_table(
        &PhotoQuality,
        clear,
        &[
            ("dark", |s| with(EntityCertificate, s, |f| f.brightness = 79), UNCLEAR),
            ("not dark", |s| with(EntityCertificate, s, |f| f.brightness = 80), &[]),
            ("blurred", |s| with(EntityCertificate, s, |f| f.sharpness = 99), UNCLEAR),
            ("soft", |s| with(EntityCertificate, s, |f| f.sharpness = 100), &[]),
            ("small", |s| with(EntityCertificate, s, |f| (f.width, f.height) = (479, 339)), UNCLEAR),
            (
                "small enough to read",
                |s| with(EntityCertificate, s, |f| (f.width, f.height) = (339, 480)),
                &[],
            ),
            (
                "glare",
                |s| with(EntityCertificate, s, |f| f.glare = Some(face(90))),
                &["warn MAT-GLARE@entity_certificate"],
            ),
            (
                "a grey certificate",
                |s| with(EntityCertificate, s, |f| f.tone = PictureTone::Grey),
                &["warn MAT-COPY@entity_certificate"],
            ),
            (
                "a grey form",
                |s| with(VerificationForm, s, |f| f.tone = PictureTone::Grey),
                &["warn MAT-COPY@verification_form"],
            ),
            (
                "dark and therefore without colours",
                |s| with(EntityCertificate, s, |f| (f.tone, f.brightness) = (PictureTone::Grey, 20)),
                UNCLEAR,
            ),
            (
                "small, years ago",
                |s| {
                    s.filing.order_type = OrderType::SpecialVerification;
                    with(EntityCertificate, s, |f| (f.width, f.height) = (479, 339));
                },
                &[],
            ),
            (
                "blurred, years ago",
                |s| {
                    s.filing.order_type = OrderType::SpecialVerification;
                    with(EntityCertificate, s, |f| f.sharpness = 1);
                },
                UNCLEAR,
            ),
            (
                "an order without materials",
                |s| {
                    s.filing.order_type = OrderType::Cancel;
                    with(EntityCertificate, s, |f| f.sharpness = 1);
                },
                &[],
            ),
        ],
    );
    let mut person = Sample::individual();
    with(VerificationForm, &mut person, |f| f.tone = PictureTone::Grey);
    assert_eq!(person.statements(&PhotoQuality), [""; 0], "a person signs in black ink and has no seal");
}

#[test]
fn photos_have_limits_of_their_own() {
    run_table(
        &PhotoQuality,
        clear,
        &[
            ("dark", |s| with(BackdropPhoto, s, |f| f.brightness = 44), &["warn PHO-UNCLEAR@backdrop_photo"]),
            ("dim", |s| with(BackdropPhoto, s, |f| f.brightness = 50), &[]),
            (
                "blurred",
                |s| with(BackdropPhoto, s, |f| f.sharpness = 39),
                &["warn PHO-UNCLEAR@backdrop_photo"],
            ),
            ("a plain backdrop", |s| with(BackdropPhoto, s, |f| f.sharpness = 60), &[]),
            ("a lamp", |s| with(BackdropPhoto, s, |f| f.glare = Some(face(90))), &[]),
            (
                "a small one is another check's",
                |s| with(BackdropPhoto, s, |f| (f.width, f.height) = (320, 240)),
                &[],
            ),
            (
                "grey",
                |s| with(BackdropPhoto, s, |f| f.tone = PictureTone::Grey),
                &["warn PHO-NONCOMPLIANT@backdrop_photo"],
            ),
            (
                "taken years before",
                |s| with(BackdropPhoto, s, |f| f.taken_at = Some("2024-03-01 09:00:00".into())),
                &["warn backdrop_photo"],
            ),
            (
                "taken some months before",
                |s| with(BackdropPhoto, s, |f| f.taken_at = Some("2026-03-01 09:00:00".into())),
                &[],
            ),
            (
                "by a camera without a clock",
                |s| with(BackdropPhoto, s, |f| f.taken_at = Some("2000-01-01 00:00:00".into())),
                &[],
            ),
            ("no date at all", |s| with(BackdropPhoto, s, |f| f.taken_at = Some("0000-00-00".into())), &[]),
        ],
    );
    let mut frame = Sample::electronic();
    with(VideoFrame, &mut frame, |f| f.sharpness = 5);
    assert_eq!(frame.statements(&PhotoQuality), ["warn MAT-UNCLEAR@video_frame"]);
}

#[test]
fn what_was_not_measured_is_said_where_it_is_asked_for() {
    let mut sample = Sample::electronic();
    assert_eq!(sample.said(&PhotoQuality), [""; 0]);
    sample.requires(Gatherer::Pixels);
    assert!(sample.said(&PhotoQuality).iter().all(|said| said == "not_run pixels_missing"));
    let subject = Subject::Attachment(sample.fact(VideoFrame).sha256.clone());
    let fault = Fault::new(FaultKind::Protocol, "the bytes are those of no picture");
    sample.knows(subject, 0, Observation::Pixels(PixelInspection::NoAnswer(fault)));
    assert!(sample.said(&PhotoQuality).contains(&"not_run pixels_fault".to_owned()));
}

#[test]
fn glare_is_shown_where_it_is() {
    let mut sample = Sample::enterprise();
    with(EntityCertificate, &mut sample, |f| f.glare = Some(face(90)));
    let finding = &sample.findings(&PhotoQuality)[0];
    let EvidenceRef::Evidence { mark: Some(Mark::Region(region)), .. } = &finding.evidence[0] else {
        panic!("{finding:?}")
    };
    assert_eq!(*region, face(90));
}
