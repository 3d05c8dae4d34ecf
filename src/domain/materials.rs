//! Which materials (材料) an order must carry, by order type and evidence scheme (domain reference 2.2 and 2.3), and
//! which its province asks for beyond them.
//!
//! The check of completeness and the desk's "required evidence" both ask here. What a province asks for is flagged
//! when it is absent and need not have been shown before a pass: rules of provinces never decide.

use jiff::civil::Date;

use super::filing::{AttachmentKind, EvidenceScheme, Filing};
use super::numbers::resident_id;
use super::provinces::{Asks, ProvinceRules, ResidenceRule, Rule};

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

/// Whether a scheme knows nothing of a kind: electronic verification (电子化核验) has neither form nor backdrop.
pub fn foreign_to(scheme: EvidenceScheme, kind: AttachmentKind) -> bool {
    scheme == EvidenceScheme::Electronic
        && matches!(kind, AttachmentKind::VerificationForm | AttachmentKind::BackdropPhoto)
}

/// A material that a rule of the province asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'r> {
    pub kind: AttachmentKind,
    /// How many of them.
    pub copies: usize,
    /// The reason when they are not there.
    pub reason: &'r str,
    pub rule: &'r Rule,
}

/// What the filing's province asks for on a day beyond [`required`]. Nothing for a cancellation.
pub fn asked<'r>(filing: &Filing, rules: &'r ProvinceRules, day: Date) -> Vec<Asked<'r>> {
    if !filing.order_type.needs_materials() {
        return Vec::new();
    }
    let asked = |rule: &'r Rule| match &rule.asks {
        Asks::Material(material) => {
            let schemes = &material.schemes;
            let applies = material.of.include(filing)
                && (schemes.is_empty() || schemes.contains(&filing.evidence_scheme));
            applies.then_some(Asked {
                kind: material.kind,
                copies: material.copies,
                reason: &material.reason,
                rule,
            })
        }
        Asks::Residence(ResidenceRule::Proof) if from_elsewhere(filing) => {
            Some(Asked { kind: AttachmentKind::ResidenceProof, copies: 1, reason: "MAT-RESIDENCE", rule })
        }
        _ => None,
    };
    rules.in_force(&filing.province, day).filter_map(asked).collect()
}

/// Whether an individual's identity card is of another province than the filing. Where the number cannot be read,
/// nothing is known, and others say so.
pub fn from_elsewhere(filing: &Filing) -> bool {
    let home = resident_id::parse(&filing.entity.certificate_number).ok();
    filing.is_individual() && home.is_some_and(|id| id.region().get(..2) != filing.province.get(..2))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::filing::OrderType;

    fn enterprise() -> Filing {
        serde_json::from_str(include_str!("../checks/fixture/enterprise.json")).unwrap()
    }

    fn individual() -> Filing {
        serde_json::from_str(include_str!("../checks/fixture/individual.json")).unwrap()
    }

    #[test]
    fn every_scheme_and_order_type_has_its_list() {
        use AttachmentKind as K;
        const PAPER: [K; 2] = [K::VerificationForm, K::BackdropPhoto];
        for (scheme, last) in [
            (EvidenceScheme::FormAndBackdrop, &PAPER[..]),
            (EvidenceScheme::MailedBackdrop, &PAPER[..]),
            (EvidenceScheme::Electronic, &[K::VideoFrame][..]),
        ] {
            for order_type in OrderType::ALL {
                let mut filing = enterprise();
                (filing.evidence_scheme, filing.order_type) = (scheme, *order_type);
                let ids = [
                    K::EntityCertificate,
                    K::EntityPrincipalIdFront,
                    K::EntityPrincipalIdBack,
                    K::SitePrincipalIdFront,
                    K::SitePrincipalIdBack,
                ];
                let expected =
                    if *order_type == OrderType::Cancel { vec![] } else { [&ids[..], last].concat() };
                assert_eq!(required(&filing), expected, "{scheme} {order_type}");
                filing.site = None;
                let entity_alone = if expected.is_empty() { vec![] } else { ids[..3].to_vec() };
                assert_eq!(required(&filing), entity_alone, "{scheme} {order_type} without a site");
            }
        }
    }

    #[test]
    fn electronic_verification_knows_no_form_and_no_backdrop() {
        for scheme in EvidenceScheme::ALL {
            for kind in AttachmentKind::ALL {
                let paper = matches!(kind, AttachmentKind::VerificationForm | AttachmentKind::BackdropPhoto);
                assert_eq!(foreign_to(*scheme, *kind), paper && *scheme == EvidenceScheme::Electronic);
            }
        }
    }

    #[test]
    fn provinces_ask_by_day_scheme_and_sponsor() {
        use EvidenceScheme::{Electronic, FormAndBackdrop, MailedBackdrop};
        type Asks<'a> = &'a [(&'a str, usize, &'a str)];
        const UNDERTAKING: Asks<'_> = &[("undertaking", 1, "MAT-COMMITMENT")];
        for (province, scheme, day, expected) in [
            ("440000", Electronic, date(2021, 6, 21), UNDERTAKING),
            ("440000", Electronic, date(2021, 6, 20), &[]),
            ("440000", FormAndBackdrop, date(2026, 1, 1), &[]),
            ("440000", MailedBackdrop, date(2026, 1, 1), &[]),
            ("320000", Electronic, date(2026, 1, 1), &[("undertaking", 2, "MAT-COMMITMENT")]),
            ("650000", FormAndBackdrop, date(2026, 1, 1), &[("other", 1, "MAT-PARTY-LETTER")]),
            ("330000", Electronic, date(2026, 1, 1), &[]),
        ] {
            let mut filing = enterprise();
            (filing.province, filing.evidence_scheme) = (province.into(), scheme);
            let asked = asked(&filing, ProvinceRules::shipped(), day);
            let asked: Vec<_> = asked.iter().map(|it| (it.kind.text(), it.copies, it.reason)).collect();
            assert_eq!(asked, expected, "{province} {scheme} {day}");
        }
        let mut cancelled = enterprise();
        cancelled.province = "650000".into();
        cancelled.order_type = OrderType::Cancel;
        assert_eq!(asked(&cancelled, ProvinceRules::shipped(), date(2026, 1, 1)), []);
    }

    #[test]
    fn a_person_from_elsewhere_proves_where_he_lives_where_that_is_accepted() {
        for (province, elsewhere, asked_for) in [
            ("440000", false, false),
            ("330000", true, true),
            ("140000", true, false),
            ("120000", true, false),
            ("510000", true, false),
        ] {
            let mut filing = individual();
            filing.province = province.into();
            assert_eq!(from_elsewhere(&filing), elsewhere, "{province}");
            let asked = asked(&filing, ProvinceRules::shipped(), date(2026, 1, 1));
            let proof = asked.iter().any(|it| it.kind == AttachmentKind::ResidenceProof);
            assert_eq!(proof, asked_for, "{province}");
        }
        let mut company = enterprise();
        company.province = "330000".into();
        assert!(!from_elsewhere(&company));
        let mut unread = individual();
        unread.entity.certificate_number = "E12345678".into();
        assert!(!from_elsewhere(&unread));
    }
}
