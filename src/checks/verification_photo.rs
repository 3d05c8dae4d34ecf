//! The file of the verification photo (核验照): a picture, and of the size the rule of 2010 asks for.
//!
//! Whether it is there at all is [`super::required_materials`]'s; what it shows, the reviewer's.

use super::Check;
use super::statement::Statement;
use crate::domain::case::{AttachmentFacts, Case};
use crate::domain::filing::{AttachmentKind, EvidenceScheme};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::object::Object;

pub struct VerificationPhoto;

/// The backdrop photo's long and short side in pixels, at least (domain reference 2.4).
const LONG: u32 = 800;
const SHORT: u32 = 600;

impl Check for VerificationPhoto {
    fn id(&self) -> &'static str {
        "verification_photo"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["PHO-SIZE", "MAT-FORMAT"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if case.filing.site.is_none() || !case.filing.order_type.needs_materials() {
            return;
        }
        let kind = match case.filing.evidence_scheme {
            EvidenceScheme::FormAndBackdrop | EvidenceScheme::MailedBackdrop => AttachmentKind::BackdropPhoto,
            EvidenceScheme::Electronic => AttachmentKind::VideoFrame,
        };
        let before = out.len();
        let photos = case.attachments.iter().filter(|fact| fact.kind == kind);
        out.extend((1..=u8::MAX).zip(photos).map(|(nth, fact)| self.judge(nth, fact)));
        if out.len() == before {
            let object = Object::attachment(kind);
            out.push(Statement::about(self, Section::Material, object).not_run("checks.photo_absent"));
        }
    }
}

impl VerificationPhoto {
    fn judge(&self, nth: u8, fact: &AttachmentFacts) -> Finding {
        let object = Object::Attachment { kind: fact.kind, nth };
        let about = Statement::about(self, Section::Material, object.clone())
            .resting_on(EvidenceRef::Attachment(object));
        if fact.format.needs_converting() {
            return about.fail("MAT-FORMAT", "checks.photo_unconverted");
        }
        if !fact.format.is_picture() {
            return about.fail("MAT-FORMAT", "checks.photo_no_picture");
        }
        if fact.kind == AttachmentKind::VideoFrame {
            return about.pass("checks.photo_is_picture");
        }
        let Some((width, height)) = fact.pixels else {
            return about.not_run("checks.photo_size_unknown");
        };
        let (long, short) = (width.max(height), width.min(height));
        let finding = if long < LONG || short < SHORT {
            about.fail("PHO-SIZE", "checks.photo_small")
        } else if four_to_three(long, short) {
            return about.pass("checks.photo_size_right");
        } else {
            about.warn_of("PHO-SIZE", "checks.photo_ratio")
        };
        finding.seen(format_args!("{width}x{height}"), format_args!("{LONG}x{SHORT}"))
    }
}

/// Whether the sides stand as 4 to 3, give or take 2 %: cameras round.
fn four_to_three(long: u32, short: u32) -> bool {
    let (long, short) = (u64::from(long) * 3, u64::from(short) * 4);
    long.abs_diff(short) * 50 <= short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::case::FileFormat;
    use crate::domain::filing::OrderType;

    #[test]
    fn the_backdrop_photo_has_a_least_size_and_a_shape() {
        for (pixels, expected) in [
            (Some((800, 600)), None),
            (Some((600, 800)), None),
            (Some((4000, 3000)), None),
            (Some((3000, 4000)), None),
            (Some((1632, 1224)), None),
            (Some((815, 600)), None),
            (Some((817, 600)), Some("warn PHO-SIZE@backdrop_photo")),
            (Some((1920, 1080)), Some("warn PHO-SIZE@backdrop_photo")),
            (Some((800, 800)), Some("warn PHO-SIZE@backdrop_photo")),
            (Some((799, 600)), Some("fail PHO-SIZE@backdrop_photo")),
            (Some((800, 599)), Some("fail PHO-SIZE@backdrop_photo")),
            (Some((640, 480)), Some("fail PHO-SIZE@backdrop_photo")),
            (Some((4000, 500)), Some("fail PHO-SIZE@backdrop_photo")),
            (Some((u32::MAX, 1)), Some("fail PHO-SIZE@backdrop_photo")),
            (None, Some("not_run backdrop_photo")),
        ] {
            let mut sample = Sample::enterprise();
            sample.fact(AttachmentKind::BackdropPhoto).pixels = pixels;
            let statements = sample.statements(&VerificationPhoto);
            assert_eq!(statements, expected.into_iter().collect::<Vec<_>>(), "{pixels:?}");
        }
    }

    #[test]
    fn it_must_be_a_picture_and_there() {
        run_table(
            &VerificationPhoto,
            Sample::enterprise,
            &[
                (
                    "a PDF",
                    |s| s.fact(AttachmentKind::BackdropPhoto).format = FileFormat::Pdf,
                    &["fail MAT-FORMAT@backdrop_photo"],
                ),
                (
                    "a telephone's HEIC",
                    |s| s.fact(AttachmentKind::BackdropPhoto).format = FileFormat::Heif,
                    &["fail MAT-FORMAT@backdrop_photo"],
                ),
                ("a WebP", |s| s.fact(AttachmentKind::BackdropPhoto).format = FileFormat::WebP, &[]),
                ("none", |s| s.remove(AttachmentKind::BackdropPhoto), &["not_run backdrop_photo"]),
                (
                    "a second one, too small",
                    |s| {
                        let mut second = s.fact(AttachmentKind::BackdropPhoto).clone();
                        second.pixels = Some((320, 240));
                        s.facts.push(second);
                    },
                    &["fail PHO-SIZE@backdrop_photo#2"],
                ),
                ("a mailed backdrop", |s| s.filing.evidence_scheme = EvidenceScheme::MailedBackdrop, &[]),
            ],
        );
    }

    #[test]
    fn a_frame_of_the_live_check_only_has_to_be_a_picture() {
        run_table(
            &VerificationPhoto,
            Sample::electronic,
            &[
                ("small", |s| s.fact(AttachmentKind::VideoFrame).pixels = Some((320, 240)), &[]),
                (
                    "a PDF",
                    |s| s.fact(AttachmentKind::VideoFrame).format = FileFormat::Pdf,
                    &["fail MAT-FORMAT@video_frame"],
                ),
                ("none", |s| s.remove(AttachmentKind::VideoFrame), &["not_run video_frame"]),
            ],
        );
    }

    #[test]
    fn orders_without_photo_are_not_asked_for_one() {
        let mut sample = Sample::enterprise();
        sample.filing.order_type = OrderType::Cancel;
        assert!(sample.findings(&VerificationPhoto).is_empty());
        let mut sample = Sample::enterprise();
        sample.filing.site = None;
        assert!(sample.findings(&VerificationPhoto).is_empty());
    }
}
