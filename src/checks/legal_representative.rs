//! The entity principal (主体负责人) against the legal representative (法定代表人) of an organisation.
//!
//! The special verification fails another principal everywhere (its fourth row); a province's rule can only take
//! the edge off: where it allows another principal, the difference is for a human to look at.

use super::statement::Statement;
use super::{Check, text};
use crate::domain::case::Case;
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{Finding, Section};
use crate::domain::object::Place;
use crate::domain::provinces::PrincipalRule;

pub struct LegalRepresentative;

impl Check for LegalRepresentative {
    fn id(&self) -> &'static str {
        "legal_representative"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["EPR-NOT-LEGAL-REP", "EPR-AUTH-MISSING"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if !case.filing.is_individual() {
            out.push(self.judge(case));
        }
    }
}

impl LegalRepresentative {
    fn judge(&self, case: &Case<'_>) -> Finding {
        let about = |place: Place| {
            Statement::about(self, Section::EntityPrincipal, place)
                .shown_on(AttachmentKind::EntityCertificate)
        };
        let name = about(Place::EntityPrincipalName);
        let filed = &case.filing.entity.principal.name;
        let Some(legal) = legal_representative(case) else {
            return name.not_run("checks.legal_rep_unread");
        };
        if text::same_person(filed, legal) {
            return name.pass("checks.legal_rep_same");
        }

        let rule = case.provinces.principal(&case.filing.province, case.day);
        let authorised = case.filing.attachments_of(AttachmentKind::Authorisation).next().is_some();
        let finding = match rule.map(|(_, principal)| principal) {
            Some(PrincipalRule::WithAuthorisation) if case.filing.attachments_elsewhere => {
                about(Place::EntityPrincipal).not_run("checks.legal_rep_elsewhere")
            }
            Some(PrincipalRule::WithAuthorisation) if !authorised => {
                about(Place::EntityPrincipal).warn_of("EPR-AUTH-MISSING", "checks.legal_rep_unauthorised")
            }
            Some(PrincipalRule::WithAuthorisation) => name
                .shown_on(AttachmentKind::Authorisation)
                .warn_of("EPR-NOT-LEGAL-REP", "checks.legal_rep_authorised"),
            Some(PrincipalRule::Free) => name.warn_of("EPR-NOT-LEGAL-REP", "checks.legal_rep_free"),
            // A branch's principal is the head office's legal representative, whom its own licence does not name
            // (domain reference 3, Tencent's 主体信息).
            _ if case.filing.entity.name.contains("分公司") => {
                name.warn_of("EPR-NOT-LEGAL-REP", "checks.legal_rep_branch")
            }
            Some(PrincipalRule::Required) | None => {
                name.fail("EPR-NOT-LEGAL-REP", "checks.legal_rep_differs")
            }
        };
        let finding = finding.seen(filed, legal);
        match rule {
            Some((rule, _)) => finding.by_rule(rule),
            None => finding,
        }
    }
}

/// The name on the certificate, else the one the source gives.
pub(super) fn legal_representative<'c>(case: &Case<'c>) -> Option<&'c str> {
    let printed = case
        .filing
        .certificate_transcript()
        .and_then(|certificate| certificate.legal_representative.as_deref());
    let given = case.filing.entity.legal_representative.as_ref().map(|person| person.name.as_str());
    [printed, given].into_iter().flatten().find(|name| !text::blank(name))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::filing::Attachment;
    use crate::domain::finding::EvidenceRef;

    fn another(sample: &mut Sample, province: &str) {
        sample.filing.province = province.into();
        sample.certificate().legal_representative = Some("钱样例".into());
    }

    fn authorise(sample: &mut Sample) {
        sample.filing.attachments.push(Attachment {
            kind: AttachmentKind::Authorisation,
            file: "letter.jpg".into(),
            sha256: None,
            transcript: None,
        });
    }

    #[test]
    fn another_principal_fails_unless_the_province_allows_one() {
        run_table(
            &LegalRepresentative,
            Sample::enterprise,
            &[
                ("rule requires", |s| another(s, "440000"), &["fail EPR-NOT-LEGAL-REP@epr.name"]),
                ("no rule", |s| another(s, "990000"), &["fail EPR-NOT-LEGAL-REP@epr.name"]),
                ("allowed, no letter", |s| another(s, "340000"), &["warn EPR-AUTH-MISSING@epr"]),
                (
                    "allowed, the letter may be elsewhere",
                    |s| {
                        another(s, "340000");
                        s.filing.attachments_elsewhere = true;
                    },
                    &["not_run epr"],
                ),
                (
                    "allowed, with a letter",
                    |s| {
                        another(s, "340000");
                        authorise(s);
                    },
                    &["warn EPR-NOT-LEGAL-REP@epr.name"],
                ),
                (
                    "a letter where the rule requires",
                    |s| {
                        another(s, "440000");
                        authorise(s);
                    },
                    &["fail EPR-NOT-LEGAL-REP@epr.name"],
                ),
                ("free", |s| another(s, "210000"), &["warn EPR-NOT-LEGAL-REP@epr.name"]),
                (
                    "a branch",
                    |s| {
                        another(s, "440000");
                        s.filing.entity.name = "样例科技有限公司深圳分公司".into();
                    },
                    &["warn EPR-NOT-LEGAL-REP@epr.name"],
                ),
            ],
        );
    }

    #[test]
    fn the_rule_in_force_on_the_day_counts() {
        let mut sample = Sample::enterprise();
        another(&mut sample, "110000");
        assert_eq!(sample.statements(&LegalRepresentative), ["fail EPR-NOT-LEGAL-REP@epr.name"]);
        sample.day = date(2025, 12, 30);
        assert_eq!(sample.statements(&LegalRepresentative), ["warn EPR-NOT-LEGAL-REP@epr.name"]);
    }

    #[test]
    fn the_certificate_comes_first_and_the_source_second() {
        run_table(
            &LegalRepresentative,
            Sample::enterprise,
            &[
                ("not on the certificate", |s| s.certificate().legal_representative = None, &[]),
                ("a space in the name", |s| s.filing.entity.principal.name = "王 样例".into(), &[]),
                (
                    "the source is outdated, the certificate is not",
                    |s| {
                        s.filing.entity.legal_representative.as_mut().unwrap().name = "钱样例".into();
                    },
                    &[],
                ),
                (
                    "only the source, another",
                    |s| {
                        s.certificate().legal_representative = None;
                        s.filing.entity.legal_representative.as_mut().unwrap().name = "钱样例".into();
                    },
                    &["fail EPR-NOT-LEGAL-REP@epr.name"],
                ),
                (
                    "neither",
                    |s| {
                        s.certificate().legal_representative = None;
                        s.filing.entity.legal_representative = None;
                    },
                    &["not_run epr.name"],
                ),
            ],
        );
    }

    #[test]
    fn it_names_the_rule_and_says_nothing_of_a_person() {
        let mut sample = Sample::enterprise();
        another(&mut sample, "340000");
        let [finding] = &sample.findings(&LegalRepresentative)[..] else { panic!("one statement") };
        assert!(finding.evidence.contains(&EvidenceRef::Rule("tencent-principal/340000".into())));
        assert!(Sample::individual().findings(&LegalRepresentative).is_empty());
    }
}
