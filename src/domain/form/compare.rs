//! One field of the sheet against the filing. Not fuzzy: what differs after [`crate::domain::compare`] differs.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{Field, Line, Verdict};
use crate::domain::codes::{self, List};
use crate::domain::compare::{blank, one_contains_other, same, same_person};
use crate::domain::declared::Value;
use crate::domain::filing::{Access, CodeSet, Filing, FormTemplate, IpRange, Site, VerificationForm};
use crate::domain::message::{Lang, Message};
use crate::domain::relations;

/// The field with both sides and what comparing them came to.
pub(super) fn line(field: Field, filing: &Filing, site: &Site, form: &VerificationForm) -> Line {
    let paper = paper(field, form);
    let filed = filed(field, filing, site);
    let verdict = match (&paper, &filed) {
        (None, None) if optional(field, filing) => Verdict::NotOnForm,
        (None, _) => Verdict::NotTranscribed,
        (Some(Value::Text(text)), None) if blank(text) && optional(field, filing) => Verdict::NotOnForm,
        (Some(_), _) => judged(field, filing, site, form),
    };
    Line { field, paper, filed, verdict, privacy: super::privacy(field, filing), object: field.object() }
}

/// What stands on the paper.
pub(super) fn paper(field: Field, form: &VerificationForm) -> Option<Value> {
    use Field as F;
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let list = |list: &Option<Vec<String>>| list.as_ref().map(|list| Value::Text(list.join(", ")));
    match field {
        F::Template => form.template.map(template_words),
        F::TemplateProvince => form.template_province.clone().map(Value::Region),
        F::EntityName => text(&form.entity_name),
        F::SiteName => text(&form.site_name),
        F::Domains => list(&form.domains),
        F::SitePrincipal => text(&form.site_principal),
        F::OrganisationTicked => form.organisation_ticked.map(ticked),
        F::PersonTicked => form.person_ticked.map(ticked),
        F::SubjectTicks => list(&form.subject_ticks),
        F::Mobile => text(&form.mobile),
        F::Landline => text(&form.landline),
        F::Email => text(&form.email),
        F::Address => text(&form.address),
        F::ContactTicks => list(&form.contact_ticks),
        F::ServiceContents => list(&form.service_contents),
        F::PreApprovalTicked => form.pre_approval_ticked.map(ticked),
        F::SiteTicks => list(&form.site_ticks),
        F::Provider => text(&form.provider),
        F::AccessModes => list(&form.access_modes),
        F::ServerLocations => list(&form.server_locations),
        F::IpRanges => list(&form.ip_ranges),
        F::AccessTicks => list(&form.access_ticks),
        F::VerifierSigned => {
            form.verifier_signed.map(|signed| words(if signed { "domain.signed" } else { "domain.unsigned" }))
        }
        F::Signer => text(&form.signer),
        F::Seal => text(&form.seal),
        F::Date => form.date.map(|day| Value::Text(day.to_string())),
    }
}

/// What the filing has in its place.
fn filed(field: Field, filing: &Filing, site: &Site) -> Option<Value> {
    use Field as F;
    let text = |text: &str| (!text.is_empty()).then(|| Value::from(text));
    let codes = |list: List, numbers: Vec<u16>| (!numbers.is_empty()).then_some(Value::Codes(list, numbers));
    let organisation = !filing.is_individual();
    let principal = &site.principal;
    match field {
        F::Template => Some(template_words(template_of(filing))),
        F::TemplateProvince => Some(Value::Region(filing.province.clone())),
        F::EntityName => text(&filing.entity.name),
        F::SiteName => text(&site.name),
        F::Domains => text(&site.domains.join(", ")),
        F::SitePrincipal | F::Signer => text(&principal.name),
        F::OrganisationTicked => Some(ticked(organisation)),
        F::PersonTicked => Some(ticked(true)),
        F::Mobile => text(&principal.mobile),
        F::Landline => text(principal.landline.as_deref().unwrap_or_default()),
        F::Email => text(&principal.email),
        F::Address => text(&filing.entity.mail_address),
        F::ServiceContents => codes(List::ServiceContents, site.service_contents.numbers().to_vec()),
        F::PreApprovalTicked => Some(ticked(!site.pre_approvals.is_empty())),
        F::Provider => text(&providers(filing).join(", ")),
        F::AccessModes => codes(List::AccessModes, numbers(filing, |access| &access.modes)),
        F::ServerLocations => {
            codes(List::ServerLocations, numbers(filing, |access| &access.server_locations))
        }
        F::IpRanges => {
            let ranges: Vec<_> = filing.access.iter().flat_map(|access| access.ip_ranges.clone()).collect();
            (!ranges.is_empty()).then_some(Value::Ranges(ranges))
        }
        F::Seal => text(&filing.entity.name).filter(|_| organisation),
        F::SubjectTicks | F::ContactTicks | F::SiteTicks | F::AccessTicks | F::VerifierSigned | F::Date => {
            None
        }
    }
}

/// A field that a sheet need not have where nothing was filed.
fn optional(field: Field, filing: &Filing) -> bool {
    use Field as F;
    match field {
        F::Landline | F::Address | F::ServiceContents => true,
        F::Provider | F::AccessModes | F::ServerLocations | F::IpRanges => true,
        // A person has no seal.
        F::Seal => filing.is_individual(),
        _ => false,
    }
}

/// A field that was transcribed.
fn judged(field: Field, filing: &Filing, site: &Site, form: &VerificationForm) -> Verdict {
    use Field as F;
    let (entity, principal) = (&filing.entity, &site.principal);
    let equal = match field {
        F::Template => form.template == Some(template_of(filing)),
        F::TemplateProvince => form.template_province.as_ref() == Some(&filing.province),
        F::EntityName => written(&form.entity_name, &entity.name, same),
        F::SiteName => written(&form.site_name, &site.name, same),
        F::Domains => form.domains.as_deref().map(domain_set) == Some(domain_set(&site.domains)),
        F::SitePrincipal => written(&form.site_principal, &principal.name, same_person),
        F::OrganisationTicked => form.organisation_ticked == Some(!filing.is_individual()),
        F::PersonTicked => form.person_ticked == Some(true),
        F::Mobile => written(&form.mobile, &principal.mobile, same_by(relations::mobile)),
        F::Landline => {
            let filed = principal.landline.as_deref().unwrap_or_default();
            written(&form.landline, filed, same_by(relations::mobile))
        }
        F::Email => written(&form.email, &principal.email, same_by(relations::email)),
        // People leave the province out.
        F::Address => written(&form.address, &entity.mail_address, one_contains_other),
        F::ServiceContents => {
            named(&form.service_contents, List::ServiceContents, site.service_contents.numbers())
        }
        F::PreApprovalTicked => form.pre_approval_ticked == Some(!site.pre_approvals.is_empty()),
        F::Provider => form.provider.as_deref().is_some_and(|written| {
            let filed = providers(filing);
            same(written, &filed.join("")) || filed.iter().any(|provider| same(written, provider))
        }),
        F::AccessModes => {
            named(&form.access_modes, List::AccessModes, &numbers(filing, |access| &access.modes))
        }
        F::ServerLocations => {
            let filed = numbers(filing, |access| &access.server_locations);
            named(&form.server_locations, List::ServerLocations, &filed)
        }
        F::IpRanges => form.ip_ranges.as_deref().and_then(range_set) == Some(filed_ranges(filing)),
        F::VerifierSigned => form.verifier_signed == Some(true),
        F::Signer => written(&form.signer, &principal.name, same_person),
        F::Seal if filing.is_individual() => return Verdict::PaperOnly,
        F::Seal => written(&form.seal, &entity.name, same),
        F::SubjectTicks | F::ContactTicks | F::SiteTicks | F::AccessTicks | F::Date => {
            return Verdict::PaperOnly;
        }
    };
    if equal { Verdict::Same } else { Verdict::Differs }
}

fn written(paper: &Option<String>, filed: &str, equal: impl Fn(&str, &str) -> bool) -> bool {
    paper.as_deref().is_some_and(|paper| equal(paper, filed))
}

fn same_by(normalise: fn(&str) -> String) -> impl Fn(&str, &str) -> bool {
    move |a, b| normalise(a) == normalise(b)
}

/// Whether the words beside the ticked boxes are those of the filed numbers.
fn named(printed: &Option<Vec<String>>, list: List, filed: &[u16]) -> bool {
    let number = |words: &String| {
        let named = |code: &&codes::Code| Lang::ALL.iter().any(|lang| same(code.label(*lang), words));
        codes::all(list).iter().find(named).map(|code| code.number)
    };
    let ticked: Option<BTreeSet<u16>> =
        printed.as_ref().and_then(|printed| printed.iter().map(number).collect());
    ticked.is_some_and(|ticked| ticked == filed.iter().copied().collect())
}

fn domain_set(domains: &[String]) -> BTreeSet<String> {
    domains.iter().map(|domain| domain.trim().to_lowercase()).collect()
}

/// Addresses as a person writes them; none when one of them cannot be read.
fn range_set(written: &[String]) -> Option<BTreeSet<(IpAddr, IpAddr)>> {
    let range = |text: &String| IpRange::read(text).map(|range| (range.first, range.last));
    written.iter().map(range).collect()
}

fn filed_ranges(filing: &Filing) -> BTreeSet<(IpAddr, IpAddr)> {
    filing.access.iter().flat_map(|access| &access.ip_ranges).map(|range| (range.first, range.last)).collect()
}

fn providers(filing: &Filing) -> Vec<&str> {
    let mut names: Vec<&str> = filing.access.iter().map(|access| access.provider.as_str()).collect();
    names.dedup();
    names
}

fn numbers(filing: &Filing, of: impl Fn(&Access) -> &CodeSet) -> Vec<u16> {
    let all: BTreeSet<u16> =
        filing.access.iter().flat_map(|access| of(access).numbers().iter().copied()).collect();
    all.into_iter().collect()
}

fn template_of(filing: &Filing) -> FormTemplate {
    if filing.is_individual() { FormTemplate::Individual } else { FormTemplate::Organisation }
}

fn template_words(template: FormTemplate) -> Value {
    Value::Words(Message::new(format!("domain.template_{}", template.text())))
}

fn ticked(ticked: bool) -> Value {
    words(if ticked { "domain.ticked" } else { "domain.not_ticked" })
}

fn words(id: &str) -> Value {
    Value::Words(Message::new(id))
}
