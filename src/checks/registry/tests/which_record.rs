//! Which of several answers counts, and what an old one is worth.

use super::*;

#[test]
fn every_fault_has_words() {
    for kind in FaultKind::ALL {
        let mut sample = Sample::enterprise();
        sample.requires(Gatherer::Registry);
        answered(&mut sample, 5, RegistryResult::NoAnswer(Fault::new(*kind, "")));
        assert_eq!(sample.said(&RegistryStatus), ["not_run registry_no_answer"], "{kind}");
    }
}

#[test]
fn the_newest_word_counts_and_a_fault_is_none() {
    run_table(
        &RegistryStatus,
        Sample::enterprise,
        &[
            (
                "revoked, later active",
                |s| {
                    answered(
                        s,
                        30,
                        RegistryResult::Found(RegistryRecord { status: Status::Revoked, ..like_filing() }),
                    );
                    status(s, Status::Active);
                },
                &[],
            ),
            (
                "revoked, later no answer",
                |s| {
                    answered(
                        s,
                        30,
                        RegistryResult::Found(RegistryRecord { status: Status::Revoked, ..like_filing() }),
                    );
                    no_answer(s, 5);
                },
                &["fail ENT-REVOKED@number"],
            ),
            (
                "looked up today, and an extract of last month taken in after it",
                |s| {
                    status(s, Status::Active);
                    answered(
                        s,
                        1,
                        RegistryResult::Found(RegistryRecord {
                            status: Status::Revoked,
                            as_of: Some(date(2026, 10, 20)),
                            ..like_filing()
                        }),
                    );
                },
                &[],
            ),
        ],
    );
}

#[test]
fn an_old_record_is_told_and_only_what_lasts_is_plain() {
    run_table(
        &RegistryStatus,
        Sample::enterprise,
        &[
            ("within three times fresh", |s| found(s, |r| r.as_of = Some(date(2026, 8, 25))), &[]),
            ("beyond", |s| found(s, |r| r.as_of = Some(date(2026, 8, 24))), &["warn entity"]),
            (
                "once abnormal",
                |s| old(s, |r| r.status = Status::Abnormal),
                &["warn ENT-ABNORMAL@entity", "warn entity"],
            ),
            (
                "deregistered is for ever",
                |s| old(s, |r| r.status = Status::Deregistered),
                &["fail ENT-DEREGISTERED@number", "warn entity"],
            ),
        ],
    );
    let mut sample = Sample::enterprise();
    old(&mut sample, |record| record.name = "深圳市样例技术有限公司".into());
    assert_eq!(sample.statements(&RegistryName), ["warn ENT-NAME-MISMATCH@name"]);
}

#[test]
fn nothing_under_the_number_and_a_record_under_the_name() {
    let mut sample = Sample::enterprise();
    sample.filing.entity.certificate_number = REGISTRATION.into();
    answered(&mut sample, 5, RegistryResult::NotFound);
    assert_eq!(sample.statements(&RegistryStatus), ["warn ENT-LOOKUP-NONE@number"]);
    found_by_name(&mut sample, |_| {});
    assert_eq!(sample.statements(&RegistryStatus), [""; 0]);
    sample.filing.entity.certificate_number = UNIFIED.into();
    sample.evidence.retain(|kept| matches!(kept.evidence.subject, Subject::Name(_)));
    assert_eq!(sample.said(&RegistryStatus), [""; 0], "whoever has a unified code is asked for by it");
}
