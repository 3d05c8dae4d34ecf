use jiff::civil::date;

use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::checks::registration::samples::{answered, registered, registration};
use crate::domain::evidence::{Fault, FaultKind};
use crate::domain::filing::OrderType;
use crate::domain::finding::EvidenceRef;

/// The filing's only domain is registered until long after the sample's day, 2026-11-23.
fn looked_up() -> Sample {
    let mut sample = Sample::enterprise();
    answered(&mut sample, 2, RegistrationResult::Registered(registration()));
    sample
}

fn until(sample: &mut Sample, year: i16, month: i8, day: i8) {
    registered(sample).expires_on = Some(Stated { value: date(year, month, day), line: Some(9) });
}

fn status(sample: &mut Sample, status: &str) {
    registered(sample).statuses = vec![
        Stated { value: "clientTransferProhibited".into(), line: Some(3) },
        Stated { value: status.into(), line: Some(4) },
    ];
}

fn then(sample: &mut Sample, hours: i64, kind: FaultKind) {
    answered(sample, hours, RegistrationResult::NoAnswer(Fault::new(kind, "whois.example")));
}

#[test]
fn the_term_with_a_day_of_tolerance() {
    const EXPIRED: &[&str] = &["fail DOM-EXPIRED@yangli.example"];
    const PERHAPS: &[&str] = &["warn DOM-EXPIRED@yangli.example"];
    const SOON: &[&str] = &["warn DOM-EXPIRING@yangli.example"];
    run_table(
        &DomainRegistration,
        looked_up,
        &[
            ("three months to the day", |s| until(s, 2027, 2, 23), &[]),
            ("a day less", |s| until(s, 2027, 2, 22), SOON),
            ("tomorrow", |s| until(s, 2026, 11, 24), SOON),
            ("today", |s| until(s, 2026, 11, 23), PERHAPS),
            ("yesterday", |s| until(s, 2026, 11, 22), PERHAPS),
            ("the day before", |s| until(s, 2026, 11, 21), EXPIRED),
            ("years ago", |s| until(s, 2020, 2, 29), EXPIRED),
            (
                "since it was looked up",
                |s| {
                    s.evidence.clear();
                    answered(s, 100, RegistrationResult::Registered(registration()));
                    until(s, 2026, 11, 20);
                },
                PERHAPS,
            ),
            ("not told", |s| registered(s).expires_on = None, &[]),
            (
                "not told and required",
                |s| {
                    registered(s).expires_on = None;
                    s.requires(Gatherer::Registration);
                },
                &["not_run yangli.example"],
            ),
        ],
    );
}

#[test]
fn what_the_registry_answers() {
    let mut sample = Sample::enterprise();
    assert_eq!(sample.said(&DomainRegistration), [""; 0], "nothing was asked for");
    sample.requires(Gatherer::Registration);
    assert_eq!(sample.said(&DomainRegistration), ["not_run registration_missing"]);
    run_table(
        &DomainRegistration,
        looked_up,
        &[
            (
                "nobody's",
                |s| answered(s, 1, RegistrationResult::NotRegistered { line: Some(1) }),
                &["fail DOM-UNREGISTERED@yangli.example"],
            ),
            (
                "kept back",
                |s| answered(s, 1, RegistrationResult::Reserved { line: Some(1) }),
                &["warn yangli.example"],
            ),
            ("no answer after a fresh one", |s| then(s, 1, FaultKind::Timeout), &[]),
            (
                "no answer, an old one, required",
                |s| {
                    s.evidence.clear();
                    answered(s, 400, RegistrationResult::Registered(registration()));
                    then(s, 1, FaultKind::Limited);
                    s.requires(Gatherer::Registration);
                },
                &["not_run yangli.example"],
            ),
            (
                "no answer, not required",
                |s| {
                    s.evidence.clear();
                    then(s, 1, FaultKind::Timeout);
                },
                &[],
            ),
        ],
    );
}

#[test]
fn statuses_that_matter() {
    run_table(
        &DomainRegistration,
        looked_up,
        &[
            ("locked", |s| status(s, "clientDeleteProhibited"), &[]),
            ("fine", |s| status(s, "ok"), &[]),
            ("renewed by itself", |s| status(s, "autoRenewPeriod"), &[]),
            ("on hold", |s| status(s, "serverHold"), &["warn yangli.example"]),
            ("in the words of RDAP", |s| status(s, "client hold"), &["warn yangli.example"]),
            ("no delegation", |s| status(s, "inactive"), &["warn yangli.example"]),
            ("going", |s| status(s, "redemptionPeriod"), &["warn yangli.example"]),
            (
                "going and on hold",
                |s| {
                    status(s, "pendingDelete");
                    registered(s).statuses[0].value = "clientHold".into();
                },
                &["warn yangli.example", "warn yangli.example"],
            ),
        ],
    );
}

#[test]
fn a_finding_shows_the_line_that_decides() {
    let mut sample = looked_up();
    until(&mut sample, 2026, 1, 1);
    let finding = sample.findings(&DomainRegistration).remove(0);
    assert_eq!(finding.observed.as_deref(), Some("2026-01-01"));
    let line = |rests: &EvidenceRef| {
        matches!(rests, EvidenceRef::Evidence { mark: Some(crate::domain::evidence::Mark::Line(9)), .. })
    };
    assert!(line(&finding.evidence[0]), "{finding:?}");
}

#[test]
fn each_domain_by_what_is_registered_of_it() {
    let mut sample = looked_up();
    sample.site().domains = ["WWW.yangli.example", "yangli.example", "www.YangLi.example.", "com.cn", "x y"]
        .map(str::to_owned)
        .into();
    let said = |sample: &Sample| {
        let findings = sample.findings(&DomainRegistration);
        findings.iter().map(|finding| finding.object.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(said(&sample), ["www.yangli.example", "yangli.example"]);
    sample.filing.order_type = OrderType::Cancel;
    assert_eq!(said(&sample), [""; 0]);
}
