//! What of a material only an eye can judge (须看图): no reading of its text stands for having seen it.
//!
//! Words say what is printed. Whether two faces are one person's, whether a signature is the same hand's, whether a
//! seal is the sponsor's own and lies over the name, what is ticked by hand: that stands in the picture alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filing::{AttachmentKind, named};

named! {
    /// Something in a picture that no words stand for.
    Eyes {
        /// 人像: the portrait of a document, a person in front of the backdrop
        Face => "face",
        /// 签字
        Signature => "signature",
        /// 印章: of the sponsor, or of the office that issued the document
        Seal => "seal",
        /// 勾选: ticked by hand
        Ticks => "ticks",
        /// 手印: asked for by some provinces beside the signature
        Thumbprint => "thumbprint",
    }
}

impl AttachmentKind {
    /// What of this kind must be seen. Empty: the recognised words and the fields read off it stand for it.
    ///
    /// - Cards from the front and photos: the face, which is compared with the other one.
    /// - 主体证件, 审批文件: the seal of the office that issued it, the first thing that is forged.
    /// - 核验单: signature and seal, the ticks, and a thumbprint where the province asks for one.
    /// - 授权书, 承诺书: signature and seal bind whoever wrote it; some provinces want a thumbprint on the promise.
    /// - 居住证明: a card with a portrait, or a paper with a seal.
    /// - A card's back (validity and issuing office, both printed) and 域名证书 (what it says is asked of the domain
    ///   registry) are read.
    /// - Of other materials nobody knows what they show, so words cannot stand for them.
    pub const fn for_eyes(self) -> &'static [Eyes] {
        use AttachmentKind as K;
        match self {
            K::EntityPrincipalIdFront | K::SitePrincipalIdFront | K::BackdropPhoto | K::VideoFrame => {
                &[Eyes::Face]
            }
            K::EntityCertificate | K::Permit => &[Eyes::Seal],
            K::VerificationForm => &[Eyes::Signature, Eyes::Seal, Eyes::Ticks, Eyes::Thumbprint],
            K::Authorisation => &[Eyes::Signature, Eyes::Seal],
            K::Undertaking => &[Eyes::Signature, Eyes::Seal, Eyes::Thumbprint],
            K::ResidenceProof => &[Eyes::Face, Eyes::Seal],
            K::EntityPrincipalIdBack | K::SitePrincipalIdBack | K::DomainCertificate => &[],
            K::Other => &[Eyes::Face, Eyes::Signature, Eyes::Seal],
        }
    }

    pub const fn needs_eyes(self) -> bool {
        !self.for_eyes().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message;

    #[test]
    fn every_kind_is_decided() {
        let read: Vec<&str> =
            AttachmentKind::ALL.iter().filter(|kind| !kind.needs_eyes()).map(|kind| kind.text()).collect();
        assert_eq!(read, ["epr_id_back", "spr_id_back", "domain_certificate"]);
        for (kind, expected) in [
            (AttachmentKind::EntityPrincipalIdFront, "face"),
            (AttachmentKind::EntityCertificate, "seal"),
            (AttachmentKind::VerificationForm, "signature seal ticks thumbprint"),
            (AttachmentKind::BackdropPhoto, "face"),
        ] {
            let eyes: Vec<&str> = kind.for_eyes().iter().map(|eyes| eyes.text()).collect();
            assert_eq!(eyes.join(" "), expected, "{kind}");
        }
    }

    #[test]
    fn what_needs_eyes_has_its_words() {
        for eyes in Eyes::ALL {
            assert!(message::known(&format!("domain.eyes_{eyes}")), "{eyes}");
        }
    }
}
