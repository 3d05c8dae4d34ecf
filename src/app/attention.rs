//! Which evidence counts as shown: as a picture of which all was in sight at or above a readable scale, set per kind of
//! document, or in words where nothing of it is for the eye alone.
//!
//! What was in sight is kept in `domain::sight`, page by page in `case_view::pages`.

use super::model::Model;
use super::pictures::Images;
use crate::domain::eyes::Eyes;
use crate::domain::filing::AttachmentKind;
use crate::domain::policy::Attention;
use crate::domain::view::{Rendering, View};
use crate::domain::viewport::{Frame, Size};

/// The least size, in terminal pixels along the longer side of the whole document, at which a document of this kind
/// counts as shown. A half-block cell is one pixel wide and two high.
///
/// At these sizes the portrait, the seal and the places of the fields can be told, and each is reached by an upright
/// document that fills a screen of 80x24; reading a number takes the zoom.
pub const fn readable(kind: AttachmentKind) -> f64 {
    use AttachmentKind as K;
    match kind {
        K::EntityPrincipalIdFront
        | K::EntityPrincipalIdBack
        | K::SitePrincipalIdFront
        | K::SitePrincipalIdBack => 60.0,
        K::BackdropPhoto | K::VideoFrame | K::Other => 36.0,
        K::EntityCertificate
        | K::VerificationForm
        | K::Permit
        | K::DomainCertificate
        | K::ResidenceProof
        | K::Authorisation
        | K::Undertaking => 40.0,
    }
}

/// Whether a face can be judged in a rendering: strokes alone have no shades.
pub fn has_shades_for(kind: AttachmentKind, rendering: Rendering) -> bool {
    rendering == Rendering::Colour || !kind.for_eyes().contains(&Eyes::Face)
}

/// The shorter side of a document must have this share of what the longer one needs: of a ribbon of 1:15 nothing is told when
/// it stands whole on a screen. Cards, licences and forms have two thirds and more.
const SHORTER: f64 = 0.25;

/// Whether a page of this upright size is seen largely enough in a view on a zone of `target` pixels, of which `dots` lie
/// along a half-block; or as largely as it can be, where the file has no more pixels.
pub fn is_readable(kind: AttachmentKind, view: View, upright: Size, target: Size, dots: f64) -> bool {
    let surface = view.surface.size(upright);
    let frame = Frame::new(surface, target);
    let as_large_as_it_goes = view.viewport.is_fit() && view.viewport.step(1, frame) == view.viewport;
    let needed = readable(kind) * dots;
    let seen = |side: u32| f64::from(side) / view.viewport.scale(frame);
    let (longer, shorter) = (surface.width.max(surface.height), surface.width.min(surface.height));
    as_large_as_it_goes || seen(longer) >= needed && seen(shorter) >= needed * SHORTER
}

/// How a piece of evidence was put before the reviewer; recorded with the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As a picture at a readable scale.
    Picture,
    /// As its text twin: counts where nothing of it is for the eye alone (`domain::eyes`).
    Text,
    /// As a sentence that says why it cannot be shown.
    Sentence,
}

impl Shown {
    /// Whether it says more of what was before the reviewer than how the document was put there before.
    pub const fn replaces(self, before: Shown) -> bool {
        match before {
            Shown::Picture => false,
            Shown::Text => !matches!(self, Shown::Text),
            Shown::Sentence => matches!(self, Shown::Picture),
        }
    }

    /// How it is written in the day book: the hash alone for a picture.
    pub fn record(self, sha256: &str) -> String {
        match self {
            Shown::Picture => sha256.to_owned(),
            Shown::Text => format!("{sha256}:text"),
            Shown::Sentence => format!("{sha256}:unshowable"),
        }
    }
}

impl Model {
    /// The required evidence to look at next: with pictures off each once in words, else whatever was not seen.
    pub fn next_to_look_at(&self) -> Option<usize> {
        let view = self.open_case()?;
        if self.settings.images == Images::Off { view.next_unread() } else { view.next_unseen() }
    }

    /// Materials because of which this filing cannot be passed on a desk without pictures; none where pictures are on or
    /// the policy does not ask for looking.
    pub fn needs_eyes(&self) -> Vec<AttachmentKind> {
        let asked = self.settings.policy.attention != Attention::Off && self.settings.images == Images::Off;
        let Some(view) = self.open_case().filter(|_| asked) else { return Vec::new() };
        view.needs_eyes().into_iter().map(|at| view.file.filing.attachments[at].kind).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::viewport::Viewport;

    #[test]
    fn a_document_is_readable_on_both_sides_or_as_large_as_it_goes() {
        use AttachmentKind::{BackdropPhoto, EntityPrincipalIdFront as Card, VerificationForm as Form};
        // The picture zone of a full screen of 80x24 in half-blocks.
        let zone = Size::new(80, 42);
        for (kind, (width, height), readable) in [
            (Card, (4000, 2500), true),
            (Form, (2480, 3508), true),
            (BackdropPhoto, (4000, 3000), true),
            (BackdropPhoto, (6000, 400), false),
            (Form, (1080, 15_000), false),
            (Card, (8000, 20), false),
            // There is no more of it, however close one comes.
            (Card, (1, 1), true),
            (Card, (5, 5), true),
        ] {
            let upright = Size::new(width, height);
            let whole = View::default();
            assert_eq!(is_readable(kind, whole, upright, zone, 1.0), readable, "{kind:?} {width}x{height}");
            let frame = Frame::new(upright, zone);
            let close = (0..40).fold(whole.viewport, |viewport: Viewport, _| viewport.zoom_in(frame));
            assert!(
                readable || is_readable(kind, View { viewport: close, ..whole }, upright, zone, 1.0),
                "a part of it is, from close by: {kind:?} {width}x{height}"
            );
        }
    }
}
