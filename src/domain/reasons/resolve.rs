//! From `CODE@OBJECT` or a bare `CODE`, as a person types it, to a reason used in a filing.

use super::class::listed;
use super::{Catalogue, ObjectClass, Reason};
use crate::domain::filing::Filing;
use crate::domain::message::{Lang, Message};
use crate::domain::object::{Object, ReasonUse};

/// Why a text is no reason of this filing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().text(Lang::En))]
pub enum ReasonFault {
    /// The catalogue has no such code.
    Unknown { code: String },
    /// The code explains old decisions only.
    Retired { code: String },
    /// The text after `@` names nothing.
    NoObject { object: String },
    /// The code may not be used with the object.
    WrongObject { code: String, object: String, allowed: String },
    /// The code may be used with several objects, and none was named.
    ObjectNeeded { code: String, allowed: String },
    /// The filing does not have the domain.
    UnknownDomain { code: String, domain: String, domains: String },
}

impl ReasonFault {
    /// What to tell the person who typed it.
    pub fn message(&self) -> Message {
        match self {
            ReasonFault::Unknown { code } => Message::new("domain.reason_unknown").with("code", code),
            ReasonFault::Retired { code } => Message::new("domain.reason_retired").with("code", code),
            ReasonFault::NoObject { object } => {
                Message::new("domain.reason_no_object").with("object", object)
            }
            ReasonFault::WrongObject { code, object, allowed } => Message::new("domain.reason_wrong_object")
                .with("code", code)
                .with("object", object)
                .with("allowed", allowed),
            ReasonFault::ObjectNeeded { code, allowed } => {
                Message::new("domain.reason_object_needed").with("code", code).with("allowed", allowed)
            }
            ReasonFault::UnknownDomain { code, domain, domains } => {
                Message::new("domain.reason_unknown_domain")
                    .with("code", code)
                    .with("domain", domain)
                    .with("domains", domains)
            }
        }
    }
}

impl Catalogue {
    /// Reads `CODE@OBJECT` or `CODE` for a filing.
    ///
    /// A bare code stands for its one fixed object (a place, or one kind of attachment), whether or not it may also
    /// be used with domains; for a reason of domains alone, it stands for the filing's only domain.
    pub fn resolve(&self, text: &str, filing: &Filing) -> Result<ReasonUse, ReasonFault> {
        let (code, object) = match text.split_once('@') {
            Some((code, object)) => (code.trim(), Some(object.trim())),
            None => (text.trim(), None),
        };
        let reason = self.get(code).ok_or_else(|| ReasonFault::Unknown { code: code.to_owned() })?;
        if reason.retired {
            return Err(ReasonFault::Retired { code: code.to_owned() });
        }
        let domains = domains(filing);
        let object = match object {
            Some(object) => named_object(reason, object, &domains)?,
            None => implied_object(reason, &domains).ok_or_else(|| ReasonFault::ObjectNeeded {
                code: code.to_owned(),
                allowed: listed(&reason.objects),
            })?,
        };
        Ok(ReasonUse::new(code, object))
    }
}

fn named_object(reason: &Reason, text: &str, domains: &[String]) -> Result<Object, ReasonFault> {
    let object: Object = text.parse().map_err(|_| ReasonFault::NoObject { object: text.to_owned() })?;
    if !reason.allows(&object) {
        return Err(ReasonFault::WrongObject {
            code: reason.code.clone(),
            object: object.to_string(),
            allowed: listed(&reason.objects),
        });
    }
    match object {
        Object::Domain(domain) if !domains.contains(&domain) => {
            Err(ReasonFault::UnknownDomain { code: reason.code.clone(), domain, domains: domains.join(", ") })
        }
        object => Ok(object),
    }
}

fn implied_object(reason: &Reason, domains: &[String]) -> Option<Object> {
    let mut fixed = reason.objects.iter().filter_map(|class| class.fixed());
    match (fixed.next(), fixed.next(), reason.objects.as_slice(), domains) {
        (Some(object), None, ..) => Some(object),
        (None, _, [ObjectClass::Domain], [domain]) => Some(Object::Domain(domain.clone())),
        _ => None,
    }
}

/// The domains of a filing's site and accesses, in lower case, without doubles.
fn domains(filing: &Filing) -> Vec<String> {
    let site = filing.site.iter().flat_map(|site| &site.domains);
    let access = filing.access.iter().flat_map(|access| &access.domains);
    let mut domains: Vec<String> = Vec::new();
    for domain in site.chain(access) {
        let domain = domain.to_lowercase();
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    domains
}

#[cfg(test)]
mod tests {
    use super::super::tests::filing;
    use super::*;

    fn resolve(text: &str, domains: &[&str]) -> Result<String, ReasonFault> {
        Catalogue::shipped().resolve(text, &filing(domains)).map(|used| used.to_string())
    }

    #[test]
    fn a_reason_is_read_with_its_object() {
        let cases = [
            ("ENT-DEREGISTERED@number", "ENT-DEREGISTERED@number"),
            (" DOM-EXPIRED @ A.example ", "DOM-EXPIRED@a.example"),
            ("DOM-EXPIRED@access.example", "DOM-EXPIRED@access.example"),
            ("MAT-UNCLEAR@permit#2", "MAT-UNCLEAR@permit#2"),
            ("VFS-DOMAIN@verification_form", "VFS-DOMAIN@verification_form"),
            ("ENT-NAME-MISMATCH", "ENT-NAME-MISMATCH@name"),
            ("VFS-SEAL", "VFS-SEAL@verification_form"),
            ("CNT-COMMERCIAL", "CNT-COMMERCIAL@site.content"),
            ("OTHER", "OTHER@order"),
        ];
        for (text, expected) in cases {
            assert_eq!(resolve(text, &["A.example", "b.example"]), Ok(expected.to_owned()));
        }
    }

    #[test]
    fn a_bare_reason_of_domains_means_the_only_one() {
        let mut one = filing(&["A.example"]);
        one.access.clear();
        let used = Catalogue::shipped().resolve("DOM-EXPIRED", &one).map(|used| used.to_string());
        assert_eq!(used, Ok("DOM-EXPIRED@a.example".to_owned()));
        assert!(matches!(resolve("DOM-EXPIRED", &["a.example"]), Err(ReasonFault::ObjectNeeded { .. })));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let unknown = |code: &str| ReasonFault::Unknown { code: code.into() };
        let cases = [
            ("", unknown("")),
            ("@name", unknown("")),
            ("ent-abnormal", unknown("ent-abnormal")),
            ("NO-SUCH@name", unknown("NO-SUCH")),
            ("ENT-ABNORMAL@nonsense", ReasonFault::NoObject { object: "nonsense".into() }),
            (
                "ENT-NAME-MISMATCH@epr.name",
                ReasonFault::WrongObject {
                    code: "ENT-NAME-MISMATCH".into(),
                    object: "epr.name".into(),
                    allowed: "name".into(),
                },
            ),
            (
                "VFS-SEAL@permit",
                ReasonFault::WrongObject {
                    code: "VFS-SEAL".into(),
                    object: "permit".into(),
                    allowed: "verification_form".into(),
                },
            ),
            (
                "ENT-REVOKED",
                ReasonFault::ObjectNeeded {
                    code: "ENT-REVOKED".into(),
                    allowed: "name, number, address".into(),
                },
            ),
            (
                "MAT-MISSING",
                ReasonFault::ObjectNeeded { code: "MAT-MISSING".into(), allowed: "attachment".into() },
            ),
            (
                "DOM-EXPIRED@other.example",
                ReasonFault::UnknownDomain {
                    code: "DOM-EXPIRED".into(),
                    domain: "other.example".into(),
                    domains: "a.example, access.example".into(),
                },
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(resolve(text, &["a.example"]), Err(expected.clone()), "{text}");
            for lang in Lang::ALL {
                let told = expected.message().text(lang);
                assert!(!told.starts_with("domain.") && !told.contains('{'), "{told}");
            }
        }
    }

    #[test]
    fn a_retired_reason_is_known_but_not_used_again() {
        let mut catalogue = Catalogue::shipped().clone();
        catalogue.reasons[0].retired = true;
        let code = catalogue.reasons[0].code.clone();
        assert!(catalogue.get(&code).is_some());
        let fault = catalogue.resolve(&format!("{code}@name"), &filing(&[])).unwrap_err();
        assert_eq!(fault, ReasonFault::Retired { code });
    }
}
