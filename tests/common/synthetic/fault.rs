//! What can be wrong with a synthetic filing, and how it comes in.

use heyan::domain::filing::{
    AttachmentKind, CertificateTranscript, Filing, IdentityTranscript, Person, Transcript, ValidUntil,
    VerificationForm,
};
use jiff::civil::date;

use super::numbers::registration_number;
use super::random::Random;

/// Brings one fault into a filing; answers whether this filing can have it.
type Plant = fn(&mut Filing) -> bool;

/// Every fault: those of the record first, then those that only the materials show.
const FAULTS: [Plant; 13] = [
    old_certificate_number,
    entity_principal_expired,
    site_principal_expired,
    shared_contacts,
    mistyped_site_principal,
    renamed,
    moved,
    other_legal_representative,
    other_domain_on_form,
    other_site_name_on_form,
    other_signer_on_form,
    no_seal_on_form,
    material_missing,
];

/// Plants the first fault that fits, beginning anywhere in the list.
pub fn plant_one(filing: &mut Filing, chance: &mut Random) {
    let start = chance.below(FAULTS.len() as u64) as usize;
    FAULTS.iter().cycle().skip(start).take(FAULTS.len()).any(|plant| plant(filing));
}

fn old_certificate_number(filing: &mut Filing) -> bool {
    if filing.is_individual() {
        return false;
    }
    let digits: String = filing.entity.certificate_number.chars().filter(char::is_ascii_digit).collect();
    let number = registration_number(
        &format!("{}{:0>8}", &digits[2..8], &digits[8..]).chars().take(14).collect::<String>(),
    );
    on_certificate(filing, |certificate| certificate.number = Some(number.clone()));
    filing.entity.certificate_number = number;
    true
}

fn entity_principal_expired(filing: &mut Filing) -> bool {
    expire(&mut filing.entity.principal);
    let principal = filing.entity.principal.clone();
    // One person in both roles has one card.
    if let Some(site) =
        filing.site.as_mut().filter(|site| site.principal.document_number == principal.document_number)
    {
        expire(&mut site.principal);
    }
    if filing.is_individual() {
        filing.entity.certificate_valid_until = principal.valid_until;
    }
    on_identity(filing, AttachmentKind::EntityPrincipalIdBack, |card| dates(card, &principal));
    true
}

fn site_principal_expired(filing: &mut Filing) -> bool {
    if filing.same_principal() {
        return false;
    }
    let Some(site) = filing.site.as_mut() else { return false };
    expire(&mut site.principal);
    let principal = site.principal.clone();
    on_identity(filing, AttachmentKind::SitePrincipalIdBack, |card| dates(card, &principal));
    true
}

fn shared_contacts(filing: &mut Filing) -> bool {
    if filing.same_principal() {
        return false;
    }
    let Some(site) = filing.site.as_mut() else { return false };
    site.principal.mobile.clone_from(&filing.entity.principal.mobile);
    site.principal.email.clone_from(&filing.entity.principal.email);
    true
}

fn mistyped_site_principal(filing: &mut Filing) -> bool {
    if filing.same_principal() {
        return false;
    }
    let Some(site) = filing.site.as_mut() else { return false };
    let number = &mut site.principal.document_number;
    let other = if number.as_bytes().get(16) == Some(&b'7') { "3" } else { "7" };
    number.replace_range(16..17, other);
    true
}

fn renamed(filing: &mut Filing) -> bool {
    on_certificate(filing, |certificate| {
        certificate.name = certificate.name.as_ref().map(|name| name.replace("有限公司", "集团有限公司"));
    })
}

fn moved(filing: &mut Filing) -> bool {
    on_certificate(filing, |certificate| certificate.address = Some("样例省样例市模范路99号".to_owned()))
}

fn other_legal_representative(filing: &mut Filing) -> bool {
    on_certificate(filing, |certificate| certificate.legal_representative = Some("邓样例".to_owned()))
}

fn other_domain_on_form(filing: &mut Filing) -> bool {
    on_form(filing, |form| form.domains = Some(vec!["another.example".to_owned()]))
}

fn other_site_name_on_form(filing: &mut Filing) -> bool {
    on_form(filing, |form| form.site_name = Some("样例别的网站".to_owned()))
}

fn other_signer_on_form(filing: &mut Filing) -> bool {
    on_form(filing, |form| form.signer = Some("邓样例".to_owned()))
}

fn no_seal_on_form(filing: &mut Filing) -> bool {
    !filing.is_individual() && on_form(filing, |form| form.seal = Some(String::new()))
}

fn material_missing(filing: &mut Filing) -> bool {
    filing.attachments.pop().is_some()
}

fn expire(person: &mut Person) {
    person.valid_from = Some(date(2004, 4, 1));
    person.valid_until = Some(ValidUntil::Day(date(2024, 4, 1)));
}

fn dates(card: &mut IdentityTranscript, person: &Person) {
    card.valid_from = person.valid_from;
    card.valid_until = person.valid_until;
}

fn on_certificate(filing: &mut Filing, change: impl FnOnce(&mut CertificateTranscript)) -> bool {
    let found = filing.attachments.iter_mut().find_map(|attachment| match &mut attachment.transcript {
        Some(Transcript::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    found.map(change).is_some()
}

fn on_identity(
    filing: &mut Filing,
    kind: AttachmentKind,
    change: impl FnOnce(&mut IdentityTranscript),
) -> bool {
    let found = filing.attachments.iter_mut().find_map(|attachment| match &mut attachment.transcript {
        Some(Transcript::Identity(card)) if attachment.kind == kind => Some(card),
        _ => None,
    });
    found.map(change).is_some()
}

fn on_form(filing: &mut Filing, change: impl FnOnce(&mut VerificationForm)) -> bool {
    let found = filing.attachments.iter_mut().find_map(|attachment| match &mut attachment.transcript {
        Some(Transcript::VerificationForm(form)) => Some(form),
        _ => None,
    });
    found.map(|form| change(form)).is_some()
}
