//! Which evidence counts as shown: at or above a readable scale, set per kind of document.

use crate::domain::filing::AttachmentKind;

/// The least size, in terminal pixels along the longer side of the whole document, at which a document of this kind
/// counts as shown. A half-block cell is one pixel wide and two high.
///
/// At these sizes the portrait, the seal and the places of the fields can be told; reading a number takes the zoom.
pub const fn readable(kind: AttachmentKind) -> f64 {
    use AttachmentKind as K;
    match kind {
        K::EntityPrincipalIdFront
        | K::EntityPrincipalIdBack
        | K::SitePrincipalIdFront
        | K::SitePrincipalIdBack => 60.0,
        K::EntityCertificate | K::Permit | K::DomainCertificate | K::ResidenceProof => 60.0,
        K::VerificationForm | K::Authorisation | K::Undertaking => 42.0,
        K::BackdropPhoto | K::VideoFrame | K::Other => 36.0,
    }
}

/// How a piece of evidence was put before the reviewer; recorded with the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As a picture at a readable scale.
    Picture,
    /// As its transcribed fields, because pictures are switched off.
    Text,
    /// As a sentence that says why it cannot be shown.
    Sentence,
}

impl Shown {
    /// How it is written in the day book: the hash alone for a picture.
    pub fn record(self, sha256: &str) -> String {
        match self {
            Shown::Picture => sha256.to_owned(),
            Shown::Text => format!("{sha256}:text"),
            Shown::Sentence => format!("{sha256}:unshowable"),
        }
    }
}
