//! Which materials (材料) an order must carry, by order type and evidence scheme (domain reference 2.2 and 2.3).
//!
//! The check of completeness and the desk's "required evidence" both ask here.

use super::filing::{AttachmentKind, EvidenceScheme, Filing};

/// The kinds a filing must carry, in the order in which a reviewer looks at them. Empty for a cancellation.
pub fn required(filing: &Filing) -> Vec<AttachmentKind> {
    use AttachmentKind as K;
    let mut kinds = Vec::new();
    if !filing.order_type.needs_materials() {
        return kinds;
    }
    if !filing.is_individual() {
        kinds.push(K::EntityCertificate);
    }
    kinds.extend([K::EntityPrincipalIdFront, K::EntityPrincipalIdBack]);
    if let Some(site) = &filing.site {
        if !filing.same_principal() {
            kinds.extend([K::SitePrincipalIdFront, K::SitePrincipalIdBack]);
        }
        match filing.evidence_scheme {
            EvidenceScheme::FormAndBackdrop | EvidenceScheme::MailedBackdrop => {
                kinds.extend([K::VerificationForm, K::BackdropPhoto]);
            }
            EvidenceScheme::Electronic => kinds.push(K::VideoFrame),
        }
        if !site.pre_approvals.is_empty() {
            kinds.push(K::Permit);
        }
    }
    kinds
}
