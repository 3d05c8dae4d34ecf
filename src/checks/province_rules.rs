//! What a province asks of persons, contacts and addresses (省管局规则), by the rules in force on the day.
//!
//! Rules contradict each other and change, so they flag and never fail; each statement names its rule, the day since
//! which it holds and where it was read. Who may be 主体负责人 and which materials a province wants are said by the
//! checks that judge principal and materials anyway. What only the eye can judge (a thumbprint, a slogan) is no doubt
//! about the filing: it is told as a pass that cites its rule, beside a document that must be looked at before a pass.

use super::statement::Statement;
use super::{Check, legal_representative, personal_document, text};
use crate::domain::case::Case;
use crate::domain::filing::{AttachmentKind, Person, Role};
use crate::domain::finding::{Finding, Section, Status};
use crate::domain::materials::from_elsewhere;
use crate::domain::message::Message;
use crate::domain::numbers::resident_id::age;
use crate::domain::object::{Object, PersonPlaces, Place};
use crate::domain::provinces::{Asks, Look, ResidenceRule, Rule, SamePersonWhen};
use crate::domain::relations;

pub struct ProvinceRules;

impl Check for ProvinceRules {
    fn id(&self) -> &'static str {
        "province_rules"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[
            "EPR-UNDERAGE",
            "EPR-NATIONALITY",
            "SPR-UNDERAGE",
            "SPR-MUST-EQUAL-EPR",
            "ENT-MAILADDR-CITY",
            "CON-LANDLINE-MISSING",
            "FLOW-PROVINCE-RULE",
            "MAT-RESIDENCE",
        ]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if !case.filing.order_type.needs_materials() {
            return;
        }
        let mut judged = false;
        let before = out.len();
        for rule in case.provinces.in_force(&case.filing.province, case.day) {
            let subject = Subject { check: self, case, rule };
            judged |= subject.judge(out);
        }
        let flagged = out[before..].iter().any(|finding| finding.status != Status::Pass);
        if judged && !flagged {
            out.push(Statement::about(self, Section::Entity, Place::Order).pass("checks.province_kept"));
        }
    }
}

/// A filing before one rule.
struct Subject<'a> {
    check: &'a ProvinceRules,
    case: &'a Case<'a>,
    rule: &'a Rule,
}

impl Subject<'_> {
    /// Adds what is to be said, and answers whether the rule is one that this check judges.
    fn judge(&self, out: &mut Vec<Finding>) -> bool {
        let filing = self.case.filing;
        let before = out.len();
        match &self.rule.asks {
            Asks::Principal(_) | Asks::Material(_) | Asks::Footer(_) => return false,
            Asks::Residence(rule) => {
                let refused = *rule == ResidenceRule::Refused && from_elsewhere(filing);
                out.extend(refused.then(|| self.refused()));
            }
            Asks::LeastAge { years, of } if of.include(filing) => {
                out.extend(self.persons().filter_map(|(role, person)| self.young(*years, role, person)));
            }
            Asks::LeastAge { .. } => return false,
            Asks::SamePerson { when } => out.extend(self.two_persons(*when)),
            Asks::PostalCity => out.extend(self.postal_city()),
            Asks::Landline => {
                out.extend(self.persons().filter_map(|(role, person)| self.no_landline(role, person)));
            }
            Asks::LandlineNotMobile => {
                out.extend(self.persons().filter_map(|(role, person)| self.one_number(role, person)));
            }
            Asks::MainlandPrincipal => out.extend(self.not_of_the_mainland()),
            Asks::Look(look) => {
                out.extend(self.look(*look));
                return out.len() > before;
            }
        }
        true
    }

    /// The principals, each person once.
    fn persons(&self) -> impl Iterator<Item = (Role, &Person)> {
        let filing = self.case.filing;
        filing.principals().filter(|(role, _)| *role == Role::EntityPrincipal || !filing.same_principal())
    }

    fn flag(&self, section: Section, place: Place, code: &str, message: impl Into<Message>) -> Finding {
        Statement::about(self.check, section, place).warn_of(code, message).by_rule(self.rule)
    }

    fn young(&self, years: i16, role: Role, person: &Person) -> Option<Finding> {
        let verdict = personal_document::judge(
            person.document_type,
            &person.document_number,
            person.valid_from,
            self.case.day,
        );
        let found = age(verdict.birth()?, self.case.day);
        let (section, code) = match role {
            Role::EntityPrincipal => (Section::EntityPrincipal, "EPR-UNDERAGE"),
            Role::SitePrincipal => (Section::SitePrincipal, "SPR-UNDERAGE"),
        };
        let message = Message::new("checks.province_age").with("age", found).with("years", years);
        (found < years).then(|| self.flag(section, PersonPlaces::of(role).person, code, message))
    }

    fn two_persons(&self, when: SamePersonWhen) -> Option<Finding> {
        let filing = self.case.filing;
        filing.site.as_ref()?;
        let asked = match when {
            SamePersonWhen::Always => true,
            SamePersonWhen::NotLegalRepresentative => {
                !filing.is_individual()
                    && legal_representative::legal_representative(self.case)
                        .is_some_and(|legal| !text::same_person(legal, &filing.entity.principal.name))
            }
        };
        (asked && !filing.same_principal()).then(|| {
            let section = Section::SitePrincipal;
            self.flag(section, Place::SitePrincipal, "SPR-MUST-EQUAL-EPR", "checks.province_two_persons")
        })
    }

    /// Nothing where a natural person gives only one of the addresses.
    fn postal_city(&self) -> Option<Finding> {
        let entity = &self.case.filing.entity;
        let (postal, certificate) = (&entity.mail_address, &entity.certificate_address);
        if self.case.filing.is_individual() && (text::blank(postal) || text::blank(certificate)) {
            return None;
        }
        let (Some(theirs), Some(ours)) = (city(postal), city(certificate)) else {
            let about = Statement::about(self.check, Section::Entity, Place::MailAddress);
            return Some(about.not_run("checks.province_city_unread").by_rule(self.rule));
        };
        (!same_city(theirs, ours)).then(|| {
            let code = "ENT-MAILADDR-CITY";
            let finding = self.flag(Section::Entity, Place::MailAddress, code, "checks.province_city");
            finding.seen(theirs, ours)
        })
    }

    fn no_landline(&self, role: Role, person: &Person) -> Option<Finding> {
        let place = PersonPlaces::of(role).landline;
        let given = person.landline.as_deref().is_some_and(|number| !text::blank(number));
        (!given)
            .then(|| self.flag(Section::Contact, place, "CON-LANDLINE-MISSING", "checks.province_landline"))
    }

    fn one_number(&self, role: Role, person: &Person) -> Option<Finding> {
        let landline = relations::mobile(person.landline.as_deref().unwrap_or_default());
        let section = match role {
            Role::EntityPrincipal => Section::EntityPrincipal,
            Role::SitePrincipal => Section::SitePrincipal,
        };
        let place = PersonPlaces::of(role).person;
        (!landline.is_empty() && landline == relations::mobile(&person.mobile))
            .then(|| self.flag(section, place, "FLOW-PROVINCE-RULE", "checks.province_one_number"))
    }

    fn not_of_the_mainland(&self) -> Option<Finding> {
        let principal = &self.case.filing.entity.principal;
        (principal.document_type != personal_document::RESIDENT_ID).then(|| {
            let section = Section::EntityPrincipal;
            self.flag(section, Place::EntityPrincipal, "EPR-NATIONALITY", "checks.province_mainland")
        })
    }

    fn refused(&self) -> Finding {
        let proof = Object::attachment(AttachmentKind::ResidenceProof);
        Statement::about(self.check, Section::Material, proof)
            .shown_on(AttachmentKind::EntityPrincipalIdFront)
            .warn_of("MAT-RESIDENCE", "checks.province_refused")
            .by_rule(self.rule)
    }

    fn look(&self, look: Look) -> Option<Finding> {
        let at = look.at();
        self.case.filing.attachments_of(at).next()?;
        let message = match look {
            Look::RegistrarNote => "checks.province_look_registrar_note",
            Look::Thumbprint => "checks.province_look_thumbprint",
            Look::Slogan => "checks.province_look_slogan",
        };
        let about = Statement::about(self.check, Section::Material, Object::attachment(at)).shown_on(at);
        Some(about.pass(message).by_rule(self.rule))
    }
}

/// The city that an address names: what ends with the first 市, 自治州, 盟 or 地区, without the province before it.
fn city(address: &str) -> Option<&str> {
    let first_end = |ends: &[&str]| ends.iter().filter_map(|end| Some(address.find(end)? + end.len())).min();
    let end = first_end(&["市", "自治州", "盟", "地区"])?;
    let begin = first_end(&["省", "自治区"]).filter(|begin| *begin < end).unwrap_or(0);
    Some(address[begin..end].trim_start())
}

/// Whether two cities are one; 省 is often left out, so that the province stands before only one of them.
fn same_city(a: &str, b: &str) -> bool {
    text::same(a, b) || a.ends_with(b) || b.ends_with(a)
}

#[cfg(test)]
mod tests;
