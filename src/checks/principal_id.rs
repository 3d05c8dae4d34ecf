//! Both principals' documents: a valid number, in date, of age, and the same as what was transcribed from the picture.
//!
//! Here is the number and the age; [`validity`] and [`term`] know how long, [`transcript`] compares.

mod term;
mod transcript;
mod validity;

use jiff::civil::Date;

use crate::domain::case::Case;
use crate::domain::filing::{AttachmentKind, Person, Role};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::numbers::resident_id::age;
use crate::domain::object::{PersonPlaces, Place};

use super::Check;
use super::personal_document::{self, Verdict};
use super::statement::Statement;

/// Nobody younger may be a principal (Guangdong, Jiangsu; domain reference 2.5).
const LEAST_AGE: i16 = 16;
/// From here on nobody asks; below, provinces differ.
const FULL_AGE: i16 = 18;

pub struct PrincipalId;

impl Check for PrincipalId {
    fn id(&self) -> &'static str {
        "principal_id"
    }

    fn version(&self) -> u16 {
        2
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[
            "EPR-ID-INVALID",
            "EPR-ID-EXPIRED",
            "EPR-ID-EXPIRING",
            "EPR-UNDERAGE",
            "EPR-NAME-MISMATCH",
            "SPR-ID-INVALID",
            "SPR-ID-EXPIRED",
            "SPR-ID-EXPIRING",
            "SPR-UNDERAGE",
            "SPR-NAME-MISMATCH",
            "MAT-MISMATCH-FORM",
        ]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        for (role, person) in case.filing.principals() {
            let (places, role) = (PersonPlaces::of(role), RoleFacts::of(role));
            let subject = Subject { check: self, role, places, person, day: case.day };
            let verdict = personal_document::judge(
                person.document_type,
                &person.document_number,
                person.valid_from,
                case.day,
            );
            out.push(subject.number(&verdict));
            out.extend(subject.age(&verdict));
            out.push(subject.validity(verdict.birth()));
            subject.transcript(case.filing, out);
        }
    }
}

/// One principal, as the parts of this check see one.
struct Subject<'a> {
    check: &'a PrincipalId,
    role: &'static RoleFacts,
    places: PersonPlaces,
    person: &'a Person,
    day: Date,
}

/// What else differs between the two principals: pictures and reasons.
struct RoleFacts {
    section: Section,
    front: AttachmentKind,
    back: AttachmentKind,
    invalid: &'static str,
    expired: &'static str,
    expiring: &'static str,
    underage: &'static str,
    name_mismatch: &'static str,
}

impl RoleFacts {
    const fn of(role: Role) -> &'static Self {
        match role {
            Role::EntityPrincipal => &RoleFacts {
                section: Section::EntityPrincipal,
                front: AttachmentKind::EntityPrincipalIdFront,
                back: AttachmentKind::EntityPrincipalIdBack,
                invalid: "EPR-ID-INVALID",
                expired: "EPR-ID-EXPIRED",
                expiring: "EPR-ID-EXPIRING",
                underage: "EPR-UNDERAGE",
                name_mismatch: "EPR-NAME-MISMATCH",
            },
            Role::SitePrincipal => &RoleFacts {
                section: Section::SitePrincipal,
                front: AttachmentKind::SitePrincipalIdFront,
                back: AttachmentKind::SitePrincipalIdBack,
                invalid: "SPR-ID-INVALID",
                expired: "SPR-ID-EXPIRED",
                expiring: "SPR-ID-EXPIRING",
                underage: "SPR-UNDERAGE",
                name_mismatch: "SPR-NAME-MISMATCH",
            },
        }
    }
}

impl<'a> Subject<'a> {
    fn about(&self, place: Place) -> Statement<'a> {
        Statement::about(self.check, self.role.section, place)
    }

    fn number(&self, verdict: &Verdict) -> Finding {
        let about =
            self.about(self.places.id).observed(&self.person.document_number).shown_on(self.role.front);
        match verdict {
            Verdict::Valid { .. } => about.pass("numbers.id_valid"),
            Verdict::Doubtful { doubt, known, .. } => {
                Finding { expected: known.clone(), ..about.warn(doubt.clone()) }
            }
            Verdict::Invalid(fault) => about.fail(self.role.invalid, fault.clone()),
        }
    }

    /// Nothing where the number that would tell it is in question.
    fn age(&self, verdict: &Verdict) -> Option<Finding> {
        let about = self.about(self.places.person).shown_on(self.role.front);
        let birth = match (verdict.birth(), verdict) {
            (Some(birth), _) => birth,
            (None, Verdict::Valid { .. }) => return Some(about.not_run("numbers.age_unknown")),
            (None, _) => return None,
        };
        let years = age(birth, self.day);
        let about = about.observed(years);
        Some(match years {
            ..LEAST_AGE => {
                about.fail(self.role.underage, Message::new("numbers.under_16").with("age", years))
            }
            LEAST_AGE..FULL_AGE => {
                about.warn_of(self.role.underage, Message::new("numbers.under_18").with("age", years))
            }
            _ => about.pass("numbers.of_age"),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::fixture::Sample;
    use super::*;

    #[test]
    fn a_clean_filing_passes_only() {
        let said = Sample::enterprise().said(&PrincipalId);
        assert_eq!(said.len(), 12);
        assert!(said.iter().all(|line| line.starts_with("pass")), "{said:?}");
    }

    #[test]
    fn numbers_by_document() {
        for (document_type, number, expected) in [
            (2, "440305198505050010", "fail check_digit EPR-ID-INVALID@epr.id"),
            (2, "440305850505001", "fail resident_15 EPR-ID-INVALID@epr.id"),
            (2, "440305203001010017", "fail birth_in_future EPR-ID-INVALID@epr.id"),
            (2, "440398198505050012", "warn region_unknown"),
            (2, "440398198505050012", "pass of_age"),
            (2, "110103201601010011", "warn region_retired"),
            (2, "110103201601010011", "fail under_16 EPR-UNDERAGE@epr"),
            (7, "E1", "warn shape"),
            (7, "E12345678", "pass id_valid"),
            (7, "E12345678", "not_run age_unknown"),
            (42, "830000199001010012", "pass id_valid"),
            (1, "91440300000000019B", "warn not_personal"),
        ] {
            let mut sample = Sample::enterprise();
            sample.filing.entity.principal.document_type = document_type;
            sample.filing.entity.principal.document_number = number.to_owned();
            let said = sample.said(&PrincipalId);
            assert!(said.contains(&expected.to_owned()), "{number}: {said:?}");
        }
    }

    #[test]
    fn of_age_on_the_day() {
        let mut sample = Sample::enterprise();
        // Born on 24 November 2008.
        sample.site().principal.document_number = "44030520081124003X".to_owned();
        for (day, expected) in [
            (date(2024, 11, 23), "fail under_16 SPR-UNDERAGE@spr"),
            (date(2024, 11, 24), "warn under_18 SPR-UNDERAGE@spr"),
            (date(2026, 11, 23), "warn under_18 SPR-UNDERAGE@spr"),
            (date(2026, 11, 24), "pass of_age"),
        ] {
            sample.day = day;
            let said = sample.said(&PrincipalId);
            assert!(said[6..].contains(&expected.to_owned()), "{day}: {said:?}");
        }
    }

    #[test]
    fn without_a_site_there_is_one_principal() {
        let mut sample = Sample::enterprise();
        sample.filing.site = None;
        assert_eq!(sample.said(&PrincipalId).len(), 6);
    }
}
