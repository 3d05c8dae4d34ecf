//! The automated checks (自动核验): one file each, pure functions of a [`Case`]. They propose; they never decide.
//!
//! Adding a check is a file here, a line in [`ALL`] and a sentence `checks.about_<id>` in both languages. No check
//! does I/O or knows the clock: the day is the case's. `docs/checks.md` is made from this list.

mod access_addresses;
mod access_resource;
mod certificate_fields;
mod certificate_number;
mod commercial_signs;
mod contact_format;
mod document_text;
mod domain_certificate;
mod domain_holder;
mod domain_registrar;
mod domain_registration;
mod domain_resolution;
mod entity_region;
mod entity_type;
mod filed_domains;
mod filed_names;
mod filing_number;
#[cfg(test)]
mod fixture;
mod home_url;
mod individual_content;
mod legal_representative;
mod no_answer;
mod other_entities;
mod page;
mod page_pre_approval;
mod personal_document;
mod phone_answered;
mod photo_faces;
mod photo_person;
mod photo_quality;
mod photo_reuse;
mod pictures;
mod pre_approval;
mod principal_id;
mod province_rules;
mod registration;
mod registry;
mod required_materials;
mod shared_contacts;
mod site_entity;
mod site_footer;
mod site_name;
mod site_reachability;
mod site_service;
mod site_title;
mod statement;
mod verification_form;
mod verification_photo;
mod website;
mod words;

use crate::domain::case::Case;
use crate::domain::compare as text;
use crate::domain::evidence::Gatherer;
use crate::domain::finding::Finding;

/// One automated check.
pub trait Check: Sync {
    /// Stable id, as in findings and `docs/checks.md`, e.g. `certificate_number`.
    fn id(&self) -> &'static str;
    /// Raised when the rule changes, so that old findings tell by which rule they were made.
    fn version(&self) -> u16 {
        1
    }
    /// Every reason code it may propose.
    fn proposes(&self) -> &'static [&'static str];
    /// The evidence that it looks at beside the filing and its materials.
    fn gatherers(&self) -> &'static [Gatherer] {
        &[]
    }
    /// Adds what the check has to say of the case: nothing at all only when it does not apply.
    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>);
}

/// Every check, in the order of the desk.
pub static ALL: &[&dyn Check] = &[
    &certificate_fields::CertificateFields,
    &certificate_number::CertificateNumber,
    &entity_type::EntityType,
    &entity_region::EntityRegion,
    &filing_number::FilingNumbers,
    &legal_representative::LegalRepresentative,
    &principal_id::PrincipalId,
    &contact_format::ContactFormat,
    &shared_contacts::SharedContacts,
    &other_entities::OtherEntities,
    &site_name::SiteName,
    &site_service::SiteService,
    &filed_domains::FiledDomains,
    &home_url::HomeUrl,
    &pre_approval::PreApprovals,
    &verification_form::VerificationFormFields,
    &verification_photo::VerificationPhoto,
    &photo_quality::PhotoQuality,
    &photo_faces::PhotoFaces,
    &photo_person::PhotoPerson,
    &photo_reuse::PhotoReuse,
    &document_text::DocumentText,
    &required_materials::RequiredMaterials,
    &province_rules::ProvinceRules,
    &domain_certificate::DomainCertificate,
    &domain_registration::DomainRegistration,
    &domain_holder::DomainHolder,
    &domain_registrar::DomainRegistrar,
    &domain_resolution::DomainResolution,
    &site_reachability::SiteReachability,
    &access_addresses::AccessAddresses,
    &registry::status::RegistryStatus,
    &registry::name::RegistryName,
    &registry::number::RegistryNumber,
    &registry::address::RegistryAddress,
    &registry::representative::RegistryRepresentative,
    &registry::term::RegistryTerm,
    &phone_answered::PhoneAnswered,
    &access_resource::AccessResource,
    &site_title::SiteTitle,
    &site_entity::SiteEntity,
    &individual_content::IndividualContent,
    &commercial_signs::CommercialSigns,
    &page_pre_approval::PagePreApproval,
    &site_footer::SiteFooter,
];

/// Runs every check on a case.
pub fn judge(case: &Case<'_>) -> Vec<Finding> {
    judge_by(ALL, case)
}

/// Runs some checks on a case.
pub fn judge_by(checks: &[&dyn Check], case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in checks {
        check.run(case, &mut findings);
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::fixture::Sample;
    use super::*;
    use crate::domain::finding::Tally;
    use crate::domain::message;

    #[test]
    fn ids_are_unique_and_every_check_says_what_it_judges() {
        let mut ids = HashSet::new();
        for check in ALL {
            assert!(ids.insert(check.id()), "{} is there twice", check.id());
            assert!(message::known(&format!("checks.about_{}", check.id())), "{}", check.id());
        }
    }

    #[test]
    fn a_clean_filing_of_each_scheme_has_passes_only() {
        for sample in Sample::every() {
            let findings = judge(&sample.case());
            assert!(Tally::of(&findings).clean(), "{}: {findings:#?}", sample.filing.key);
        }
    }

    /// Each attachment loses its transcript and its facts, then goes: no check stumbles, none proposes what it does
    /// not list (`Sample::findings` asserts that), and the filing is never offered as clean.
    #[test]
    fn a_filing_with_a_hole_is_judged_and_not_clean() {
        for whole in Sample::every() {
            for hole in 0..whole.filing.attachments.len() {
                let mut sample = whole.clone();
                let clean = |sample: &Sample| {
                    let findings: Vec<_> = ALL.iter().flat_map(|check| sample.findings(*check)).collect();
                    Tally::of(&findings).clean()
                };
                sample.filing.attachments[hole].transcript = None;
                sample.facts.remove(hole);
                assert!(!clean(&sample), "{} without facts of {hole}", sample.filing.key);
                sample.filing.attachments.remove(hole);
                assert!(!clean(&sample), "{} without {hole}", sample.filing.key);
            }
        }
    }
}
