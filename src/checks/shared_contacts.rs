//! One telephone number or e-mail address for two different principals of the same filing.
//!
//! Who else uses the number is [`super::other_entities`]'s; whether it is well formed, another check's.

use super::Check;
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::filing::Person;
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::object::Place;
use crate::domain::relations;

pub struct SharedContacts;

impl Check for SharedContacts {
    fn id(&self) -> &'static str {
        "shared_contacts"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["CON-MOBILE-SHARED", "CON-EMAIL-SHARED"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(site) = &case.filing.site else { return };
        let (entity_principal, site_principal) = (&case.filing.entity.principal, &site.principal);
        for contact in [&MOBILE, &EMAIL] {
            out.push(self.compare(contact, entity_principal, site_principal));
        }
    }
}

/// One kind of contact and the words for each outcome.
struct Contact {
    of: fn(&Person) -> &str,
    normalise: fn(&str) -> String,
    entity_principal: Place,
    site_principal: Place,
    code: &'static str,
    own: &'static str,
    shared: &'static str,
    missing: &'static str,
}

const MOBILE: Contact = Contact {
    of: |person| &person.mobile,
    normalise: relations::mobile,
    entity_principal: Place::EntityPrincipalMobile,
    site_principal: Place::SitePrincipalMobile,
    code: "CON-MOBILE-SHARED",
    own: "checks.mobile_own",
    shared: "checks.mobile_shared",
    missing: "checks.mobile_missing",
};

const EMAIL: Contact = Contact {
    of: |person| &person.email,
    normalise: relations::email,
    entity_principal: Place::EntityPrincipalEmail,
    site_principal: Place::SitePrincipalEmail,
    code: "CON-EMAIL-SHARED",
    own: "checks.email_own",
    shared: "checks.email_shared",
    missing: "checks.email_missing",
};

impl SharedContacts {
    fn compare(&self, contact: &Contact, entity_principal: &Person, site_principal: &Person) -> Finding {
        let (first, second) = ((contact.of)(entity_principal), (contact.of)(site_principal));
        let (first_normal, second_normal) = ((contact.normalise)(first), (contact.normalise)(second));
        let about = Statement::about(self, Section::Contact, contact.site_principal)
            .resting_on(EvidenceRef::Field(contact.entity_principal.into()))
            .resting_on(EvidenceRef::Field(contact.site_principal.into()));
        if first_normal.is_empty() || second_normal.is_empty() {
            about.not_run(contact.missing)
        } else if first_normal != second_normal || same_person(entity_principal, site_principal) {
            about.pass(contact.own)
        } else {
            about.fail(contact.code, contact.shared).seen(second, first)
        }
    }
}

/// The document tells persons apart: names repeat.
fn same_person(a: &Person, b: &Person) -> bool {
    relations::document_number(&a.document_number) == relations::document_number(&b.document_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};

    #[test]
    fn different_persons_need_their_own_contacts() {
        run_table(
            &SharedContacts,
            Sample::enterprise,
            &[
                (
                    "same mobile",
                    |s| s.site().principal.mobile = "13900000001".into(),
                    &["fail CON-MOBILE-SHARED@spr.mobile"],
                ),
                (
                    "same mobile, written otherwise",
                    |s| s.site().principal.mobile = "+86 139-0000-0001".into(),
                    &["fail CON-MOBILE-SHARED@spr.mobile"],
                ),
                ("one digit apart", |s| s.site().principal.mobile = "13900000011".into(), &[]),
                (
                    "same e-mail in capitals",
                    |s| s.site().principal.email = "Wang@Yangli.example".into(),
                    &["fail CON-EMAIL-SHARED@spr.email"],
                ),
                (
                    "same mailbox name, another domain",
                    |s| s.site().principal.email = "wang@geren.example".into(),
                    &[],
                ),
                (
                    "both",
                    |s| {
                        s.site().principal.mobile = "13900000001".into();
                        s.site().principal.email = "wang@yangli.example".into();
                    },
                    &["fail CON-MOBILE-SHARED@spr.mobile", "fail CON-EMAIL-SHARED@spr.email"],
                ),
                (
                    "a namesake is another person",
                    |s| {
                        s.site().principal.name = "王样例".into();
                        s.site().principal.mobile = "13900000001".into();
                    },
                    &["fail CON-MOBILE-SHARED@spr.mobile"],
                ),
                (
                    "the same person, number in full width",
                    |s| {
                        let person = s.filing.entity.principal.clone();
                        s.site().principal = person;
                        s.site().principal.document_number = "４４０３０５198505050019".into();
                    },
                    &[],
                ),
                (
                    "both without e-mail",
                    |s| {
                        s.site().principal.email.clear();
                        s.filing.entity.principal.email.clear();
                    },
                    &["not_run spr.email"],
                ),
            ],
        );
    }

    #[test]
    fn one_person_may_use_one_number_and_an_order_without_site_has_one_person() {
        assert_eq!(Sample::individual().findings(&SharedContacts).len(), 2);
        let mut sample = Sample::enterprise();
        sample.filing.site = None;
        assert!(sample.findings(&SharedContacts).is_empty());
    }
}
