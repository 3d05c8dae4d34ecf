//! Whether a picture can be judged at all: dark, blurred, too small, glare, a grey copy, an old photo. Doubts only: the
//! measures know nothing of what the picture shows.
//!
//! A special verification (专项核查) looks at what was handed in years ago, when uploads were limited to 100 KB (domain
//! reference 10.8): that such a picture is small or old is said of new orders only.

use jiff::civil::{Date, DateTime};

use super::Check;
use super::pictures::{Picture, Pixels, is_photo, not_measured, pictures};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, KeptEvidence, Mark, PictureTone, PixelFacts};
use crate::domain::filing::{AttachmentKind, Filing, OrderType};
use crate::domain::finding::{EvidenceRef, Finding, Section};

pub struct PhotoQuality;

/// Below these a picture is blurred. Measured on the demo: photos 376 to 621, and 17 to 23 after a blur of 1.5 pixels (at
/// 1,000 on the longer side); documents 1,052 and more, and 28 to 49. A blur of 0.8, in which everything can be read,
/// leaves 95 to 146 and 222 to 494.
const BLURRED_PHOTO: u32 = 40;
const BLURRED_DOCUMENT: u32 = 100;

/// Below these mean luminances a picture is dark. The demo's photos have 100 to 110 and 35 at a third of the light; its
/// documents 200 to 239, and 73 to 78.
const DARK_PHOTO: u8 = 45;
const DARK_DOCUMENT: u8 = 80;

/// A document whose longer side has less pixels cannot be read: a card's line of 18 digits is then 7 pixels high.
const SMALL_DOCUMENT: u32 = 480;

/// A photo that was taken so many days before the order was handed in may have been used before (domain reference 2.4).
const OLD_DAYS: i32 = 365;

impl Check for PhotoQuality {
    fn id(&self) -> &'static str {
        "photo_quality"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["MAT-UNCLEAR", "MAT-GLARE", "MAT-COPY", "PHO-UNCLEAR", "PHO-NONCOMPLIANT"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Pixels]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        for picture in pictures(case) {
            let about =
                Statement::about(self, Section::Material, picture.object.clone()).resting_on(picture.shown());
            match picture.pixels(case) {
                Pixels::Unknown(fault) => out.extend(not_measured(&about, case, fault)),
                Pixels::Seen(kept, facts) => self.judge(case, &picture, (kept, facts), out),
            }
        }
    }
}

impl PhotoQuality {
    fn judge(
        &self,
        case: &Case<'_>,
        picture: &Picture,
        (kept, facts): (&KeptEvidence, &PixelFacts),
        out: &mut Vec<Finding>,
    ) {
        let about = |evidence| {
            Statement::about(self, Section::Material, picture.object.clone())
                .resting_on(evidence)
                .resting_on(picture.shown())
        };
        let first = out.len();
        let whole = about(EvidenceRef::kept(kept));
        let photo = is_photo(picture.kind);
        let unclear =
            if picture.kind == AttachmentKind::BackdropPhoto { "PHO-UNCLEAR" } else { "MAT-UNCLEAR" };
        let (blurred, dark) =
            if photo { (BLURRED_PHOTO, DARK_PHOTO) } else { (BLURRED_DOCUMENT, DARK_DOCUMENT) };
        let new = case.filing.order_type != OrderType::SpecialVerification;
        // One of the three: what is dark or small measures as blurred, too.
        if facts.brightness < dark {
            out.push(whole.warn_of(unclear, "checks.picture_dark").seen(facts.brightness, dark));
        } else if new && !photo && facts.width.max(facts.height) < SMALL_DOCUMENT {
            let size = format_args!("{}x{}", facts.width, facts.height);
            out.push(whole.warn_of(unclear, "checks.picture_small").seen(size, SMALL_DOCUMENT));
        } else if facts.sharpness < blurred {
            out.push(whole.warn_of(unclear, "checks.picture_blurred").seen(facts.sharpness, blurred));
        }
        // On a photo a lamp may be seen; on a document glare hides what is written.
        if let Some(region) = facts.glare.filter(|_| !photo) {
            let marked = EvidenceRef::marked(kept, Mark::Region(region));
            out.push(about(marked).warn_of("MAT-GLARE", "checks.picture_glare"));
        }
        if facts.tone == PictureTone::Grey && facts.brightness >= dark {
            if picture.kind == AttachmentKind::BackdropPhoto {
                out.push(whole.warn_of("PHO-NONCOMPLIANT", "checks.photo_grey"));
            } else if must_be_colour(case.filing, picture.kind) {
                out.push(whole.warn_of("MAT-COPY", "checks.picture_grey"));
            }
        }
        if let Some((taken, handed_in)) = old(case, facts).filter(|_| new && photo) {
            out.push(whole.warn("checks.photo_old").seen(taken, handed_in));
        }
        if out.len() == first {
            out.push(whole.pass("checks.picture_clear"));
        }
    }
}

/// Which documents are asked for as colour originals: certificates and cards (domain reference 2.1), and forms with a
/// seal (2.3). What a person alone signs in black ink on a black and white form is grey by nature.
fn must_be_colour(filing: &Filing, kind: AttachmentKind) -> bool {
    use AttachmentKind as K;
    match kind {
        K::EntityCertificate
        | K::EntityPrincipalIdFront
        | K::EntityPrincipalIdBack
        | K::SitePrincipalIdFront
        | K::SitePrincipalIdBack
        | K::Permit => true,
        K::VerificationForm => !filing.is_individual(),
        _ => false,
    }
}

/// The days on which the camera says it was taken and on which the order was handed in, where they are far apart. A
/// camera whose clock was never set says 1970 or 2000 and nothing of the photo.
fn old(case: &Case<'_>, facts: &PixelFacts) -> Option<(Date, Date)> {
    let taken = facts.taken_at.as_deref()?.parse::<DateTime>().ok()?.date();
    let submitted = case.filing.submitted_at.map(|at| at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
    let handed_in = submitted.unwrap_or(case.day);
    let days = taken.until(handed_in).ok()?.get_days();
    (days > OLD_DAYS && taken.year() > 2005).then_some((taken, handed_in))
}

#[cfg(test)]
mod tests;
