//! A domain's certificate (域名证书) against the filing: whose domain it is, until when, and whether it is the filed one.
//!
//! The paper says how things stood when it was issued; what the registry says today goes before it: of the term where the
//! registry tells one, of everything where nobody has registered the domain any more. Without any certificate there is
//! nothing to say: a province that wants one says so among the materials.

use jiff::ToSpan;

use super::filed_names::FiledName;
use super::registration::Asked;
use super::statement::Statement;
use super::{Check, legal_representative, text};
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, RegistrationResult};
use crate::domain::filing::{AttachmentKind, DomainCertificateTranscript, Filing, Transcript};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::object::Object;
use crate::domain::relations;

/// Many provinces want that much left (domain reference 2.1).
const MONTHS_LEFT: i32 = 3;

const HOLDER: &str = "DOM-HOLDER-MISMATCH";
const CERTIFICATE: &str = "MAT-DOMAIN-CERT";

pub struct DomainCertificate;

impl Check for DomainCertificate {
    fn id(&self) -> &'static str {
        "domain_certificate"
    }

    fn version(&self) -> u16 {
        2
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[HOLDER, "DOM-EXPIRED", "DOM-EXPIRING", CERTIFICATE]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Registration]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(site) = &case.filing.site else { return };
        let papers = papers(case.filing);
        if papers.is_empty() {
            return;
        }
        let mut proven = vec![false; site.domains.len()];
        let mut unread = false;
        for (object, transcript) in papers {
            let paper = Paper { check: self, case, object };
            let Some(read) = transcript else {
                unread = true;
                out.push(paper.about().not_run("checks.domain_certificate_unread"));
                continue;
            };
            let Some(printed) = read.domain.as_deref().filter(|domain| !text::blank(domain)) else {
                unread = true;
                out.push(paper.about().not_run("checks.domain_certificate_domain_unread"));
                continue;
            };
            let Some(at) = site.domains.iter().position(|filed| is_of(filed, printed)) else {
                let about = paper.about();
                let finding = about.warn_of(CERTIFICATE, "checks.domain_certificate_other_domain");
                out.push(finding.seen(printed, site.domains.join(" ")));
                continue;
            };
            proven[at] = true;
            paper.judge(&site.domains[at], read, out);
        }
        // A paper that nobody has read may be the one that is missing.
        let missing = site.domains.iter().zip(proven).filter(|(_, proven)| !proven && !unread);
        out.extend(missing.map(|(domain, _)| {
            self.of_domain(domain).warn_of(CERTIFICATE, "checks.domain_certificate_absent")
        }));
    }
}

impl DomainCertificate {
    fn of_domain(&self, domain: &str) -> Statement<'_> {
        Statement::about(self, Section::Site, Object::Domain(domain.to_lowercase()))
    }
}

/// The filing's certificates with what was read off them.
fn papers(filing: &Filing) -> Vec<(Object, Option<&DomainCertificateTranscript>)> {
    let kind = AttachmentKind::DomainCertificate;
    (1..=u8::MAX)
        .zip(filing.attachments_of(kind))
        .map(|(nth, attachment)| match &attachment.transcript {
            Some(Transcript::DomainCertificate(read)) => (Object::Attachment { kind, nth }, Some(read)),
            _ => (Object::Attachment { kind, nth }, None),
        })
        .collect()
}

/// One certificate before a case.
struct Paper<'a> {
    check: &'a DomainCertificate,
    case: &'a Case<'a>,
    object: Object,
}

impl<'a> Paper<'a> {
    fn about(&self) -> Statement<'a> {
        Statement::about(self.check, Section::Material, self.object.clone())
            .resting_on(EvidenceRef::Attachment(self.object.clone()))
    }

    fn judge(&self, domain: &str, read: &DomainCertificateTranscript, out: &mut Vec<Finding>) {
        let asked = FiledName::of(domain).and_then(|name| Asked::of(self.case, &name));
        if asked.is_some_and(|asked| matches!(asked.result, RegistrationResult::NotRegistered { .. })) {
            return;
        }
        let about = self.check.of_domain(domain).resting_on(EvidenceRef::Attachment(self.object.clone()));
        out.push(self.holder(&about, read));
        out.extend(self.number(&about, read));
        let registered = asked.and_then(|asked| asked.registered());
        if registered.is_none_or(|registration| registration.expires_on.is_none()) {
            out.push(self.term(&about, read));
        }
    }

    fn holder(&self, about: &Statement<'_>, read: &DomainCertificateTranscript) -> Finding {
        let filing = self.case.filing;
        let Some(holder) = read.holder.as_deref().filter(|holder| !text::blank(holder)) else {
            return about.not_run("checks.domain_holder_unread");
        };
        if is_entity(filing, holder) {
            return about.pass("checks.domain_holder_same");
        }
        let finding = if is_own_person(self.case, holder) {
            about.warn_of(HOLDER, "checks.domain_holder_principal")
        } else {
            about.fail(HOLDER, "checks.domain_holder_differs")
        };
        finding.seen(holder, &filing.entity.name)
    }

    /// The holder's number, where it is printed and the holder is the entity. Its values are not repeated: an
    /// individual's are personal data under the name of a domain.
    fn number(&self, about: &Statement<'_>, read: &DomainCertificateTranscript) -> Option<Finding> {
        let filing = self.case.filing;
        let printed = read.holder_certificate_number.as_deref().filter(|number| !text::blank(number))?;
        let holder = read.holder.as_deref()?;
        if !is_entity(filing, holder) {
            return None;
        }
        Some(if may_be(&filing.entity.certificate_number, printed) {
            about.pass("checks.domain_number_same")
        } else {
            about.warn_of(HOLDER, "checks.domain_number_differs")
        })
    }

    fn term(&self, about: &Statement<'_>, read: &DomainCertificateTranscript) -> Finding {
        let day = self.case.day;
        let Some(expires) = read.expires_on else {
            return about.not_run("checks.domain_term_unread");
        };
        let enough = day.saturating_add(MONTHS_LEFT.months());
        if read.registered_on.is_some_and(|registered| registered > day || registered > expires) {
            about.warn_of(CERTIFICATE, "checks.domain_term_impossible").seen(expires, day)
        } else if expires < day {
            about.fail("DOM-EXPIRED", "checks.domain_expired").seen(expires, day)
        } else if expires < enough {
            about.warn_of("DOM-EXPIRING", "checks.domain_expiring").seen(expires, day)
        } else {
            about.pass("checks.domain_in_term")
        }
    }
}

/// Whether a holder is the filing's sponsor.
pub(super) fn is_entity(filing: &Filing, holder: &str) -> bool {
    if filing.is_individual() {
        text::same_person(holder, &filing.entity.name)
    } else {
        text::same(holder, &filing.entity.name)
    }
}

/// Whether a holder is a principal or the legal representative of an organisation.
pub(super) fn is_own_person(case: &Case<'_>, holder: &str) -> bool {
    let legal = legal_representative::legal_representative(case);
    let mut persons = case.filing.principals().map(|(_, person)| person.name.as_str()).chain(legal);
    !case.filing.is_individual() && persons.any(|name| text::same_person(name, holder))
}

/// Whether a certificate's domain is the filed one, or the one above it: a certificate is of what was registered.
fn is_of(filed: &str, printed: &str) -> bool {
    let plain = |domain: &str| domain.trim().trim_end_matches('.').to_lowercase();
    let (filed, printed) = (plain(filed), plain(printed));
    filed == printed || filed.strip_suffix(&printed).is_some_and(|above| above.ends_with('.'))
}

/// Whether a printed number, in which some characters are `*`, may be the filed one. An organisation code may stand for
/// the unified code whose ninth to seventeenth characters it is (GB 32100-2015).
fn may_be(filed: &str, printed: &str) -> bool {
    let filed: Vec<char> = relations::document_number(filed).chars().collect();
    let printed: Vec<char> = printed
        .chars()
        .filter_map(|c| match c {
            '*' | '＊' => Some('*'),
            c => relations::document_number(c.encode_utf8(&mut [0; 4])).chars().next(),
        })
        .collect();
    let fits = |part: &[char]| {
        part.len() == printed.len() && part.iter().zip(&printed).all(|(a, b)| *b == '*' || a == b)
    };
    fits(&filed) || (filed.len() == 18 && fits(&filed[8..17]))
}

#[cfg(test)]
mod tests;
