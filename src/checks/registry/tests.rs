//! Each check of the registry as a table: a record like the filing, and what is changed.

use jiff::civil::date;

use super::address::RegistryAddress;
use super::name::RegistryName;
use super::number::RegistryNumber;
use super::representative::RegistryRepresentative;
use super::status::RegistryStatus;
use super::term::RegistryTerm;
use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::domain::evidence::{FaultKind, RegistryAnswer, RegistryStatus as Status};
use crate::domain::filing::{OrderType, ValidUntil};

const UNIFIED: &str = "91440300MA00000077";
/// Positions 9 to 17 of it.
const ORGANISATION: &str = "MA0000007";
const REGISTRATION: &str = "440301103448669";

fn like_filing() -> RegistryRecord {
    RegistryRecord {
        name: "深圳市样例科技有限公司".into(),
        number: UNIFIED.into(),
        status: Status::Active,
        status_text: "存续".into(),
        address: "广东省深圳市样例区样例路1号样例大厦801".into(),
        legal_representative: "王样例".into(),
        valid_until: Some(ValidUntil::LongTerm),
        former_names: vec!["深圳市旧样例有限公司".into()],
        former_numbers: vec![REGISTRATION.into()],
        as_of: None,
    }
}

fn answered(sample: &mut Sample, hours: i64, result: RegistryResult) {
    let subject = Subject::number(&sample.filing.entity.certificate_number).unwrap();
    sample.knows(subject, hours, Observation::Registry(RegistryAnswer { result }));
}

fn found(sample: &mut Sample, change: impl FnOnce(&mut RegistryRecord)) {
    let mut record = like_filing();
    change(&mut record);
    answered(sample, 5, RegistryResult::Found(record));
}

fn found_by_name(sample: &mut Sample, change: impl FnOnce(&mut RegistryRecord)) {
    let mut record = like_filing();
    change(&mut record);
    let subject = Subject::name(&sample.filing.entity.name).unwrap();
    let result = RegistryResult::Found(record);
    sample.knows(subject, 5, Observation::Registry(RegistryAnswer { result }));
}

fn no_answer(sample: &mut Sample, hours: i64) {
    answered(sample, hours, RegistryResult::NoAnswer(Fault::new(FaultKind::Timeout, "")));
}

fn status(sample: &mut Sample, status: Status) {
    found(sample, |record| record.status = status);
}

fn old(sample: &mut Sample, change: impl FnOnce(&mut RegistryRecord)) {
    found(sample, |record| {
        record.as_of = Some(date(2026, 2, 1));
        change(record);
    });
}

mod which_record;

#[test]
fn every_state_has_its_word() {
    run_table(
        &RegistryStatus,
        Sample::enterprise,
        &[
            ("active", |s| status(s, Status::Active), &[]),
            ("deregistered", |s| status(s, Status::Deregistered), &["fail ENT-DEREGISTERED@number"]),
            ("revoked", |s| status(s, Status::Revoked), &["fail ENT-REVOKED@number"]),
            ("abnormal", |s| status(s, Status::Abnormal), &["fail ENT-ABNORMAL@entity"]),
            ("suspended", |s| status(s, Status::Suspended), &["fail ENT-SUSPENDED@entity"]),
            ("liquidating", |s| status(s, Status::Liquidating), &["fail ENT-SUSPENDED@entity"]),
            ("moved", |s| status(s, Status::MovedOut), &["warn number"]),
            ("annulled", |s| status(s, Status::Annulled), &["warn ENT-DEREGISTERED@number"]),
            ("an unknown word", |s| status(s, Status::Other), &["warn number"]),
            ("not found", |s| answered(s, 5, RegistryResult::NotFound), &["warn ENT-LOOKUP-NONE@number"]),
            ("nobody asked", |_| {}, &[]),
            ("nobody asked who must", |s| s.requires(Gatherer::Registry), &["not_run number"]),
            ("no answer", |s| no_answer(s, 5), &[]),
            (
                "no answer where one must be",
                |s| {
                    s.requires(Gatherer::Registry);
                    no_answer(s, 5);
                },
                &["not_run number"],
            ),
            (
                "a cancellation",
                |s| {
                    s.requires(Gatherer::Registry);
                    s.filing.order_type = OrderType::Cancel;
                },
                &[],
            ),
        ],
    );
    let mut individual = Sample::individual();
    individual.requires(Gatherer::Registry);
    assert_eq!(individual.said(&RegistryStatus), [""; 0]);
}

#[test]
fn names_differ_by_their_letters_only() {
    let differs = &["fail ENT-NAME-MISMATCH@name"];
    run_table(
        &RegistryName,
        Sample::enterprise,
        &[
            ("the same", |s| found(s, |_| {}), &[]),
            (
                "brackets and spaces",
                |s| {
                    s.filing.entity.name = "样例（深圳） 有限公司".into();
                    found(s, |r| r.name = "样例(深圳)有限公司".into());
                },
                &[],
            ),
            ("another", |s| found(s, |r| r.name = "深圳市样例技术有限公司".into()), differs),
            ("a letter more", |s| found(s, |r| r.name = "深圳市样例科技有限责任公司".into()), differs),
            ("no name", |s| found(s, |r| r.name = "***".into()), &["warn name"]),
            ("left blank", |s| found(s, |r| r.name.clear()), &[]),
            (
                "left blank where it must be",
                |s| {
                    s.requires(Gatherer::Registry);
                    found(s, |r| r.name = " ".into());
                },
                &["not_run name"],
            ),
            ("not found", |s| answered(s, 5, RegistryResult::NotFound), &[]),
        ],
    );
    let mut former = Sample::enterprise();
    former.filing.entity.name = "深圳市旧样例有限公司".into();
    found(&mut former, |_| {});
    assert_eq!(former.said(&RegistryName), ["fail registry_name_former ENT-NAME-MISMATCH@name"]);
    let finding = former.findings(&RegistryName).remove(0);
    assert_eq!(finding.observed.as_deref(), Some("深圳市旧样例有限公司"));
    assert_eq!(finding.expected.as_deref(), Some("深圳市样例科技有限公司"));
    let EvidenceRef::Evidence { id, mark } = &finding.evidence[0] else { panic!("{finding:?}") };
    assert_eq!(*id, former.evidence[0].id);
    assert_eq!(*mark, Some(Mark::Field("former_names".into())));
}

#[test]
fn numbers_are_known_by_the_organisation_inside() {
    fn filed(sample: &mut Sample, number: &str) {
        sample.filing.entity.certificate_number = number.into();
    }
    run_table(
        &RegistryNumber,
        Sample::enterprise,
        &[
            ("the same", |s| found(s, |_| {}), &[]),
            ("left blank", |s| found(s, |r| r.number.clear()), &[]),
            (
                "left blank where it must be",
                |s| {
                    s.requires(Gatherer::Registry);
                    found(s, |r| r.number.clear());
                },
                &["not_run number"],
            ),
            (
                "spelled otherwise",
                |s| {
                    filed(s, "91440300ma0000 0077");
                    found(s, |_| {});
                },
                &[],
            ),
            (
                "another organisation",
                |s| found(s, |r| r.number = "91110000802100433B".into()),
                &["fail ENT-CERTNO-MISMATCH@number"],
            ),
            (
                "a registration number, asked for by it",
                |s| {
                    filed(s, REGISTRATION);
                    found(s, |r| r.former_numbers.clear());
                },
                &["fail ENT-CERTNO-NOT-USCC@number"],
            ),
            (
                "a registration number that the record knows, by name",
                |s| {
                    filed(s, REGISTRATION);
                    found_by_name(s, |_| {});
                },
                &["fail ENT-CERTNO-NOT-USCC@number"],
            ),
            (
                "a registration number, by name alone",
                |s| {
                    filed(s, REGISTRATION);
                    found_by_name(s, |r| r.former_numbers.clear());
                },
                &["warn ENT-CERTNO-NOT-USCC@number"],
            ),
            (
                "an organisation code that is inside, by name",
                |s| {
                    filed(s, ORGANISATION);
                    found_by_name(s, |r| r.former_numbers.clear());
                },
                &["fail ENT-CERTNO-NOT-USCC@number"],
            ),
            (
                "a unified code that the record calls former",
                |s| {
                    found(s, |r| {
                        r.number = "91110000802100433B".into();
                        r.former_numbers = vec![UNIFIED.into()];
                    });
                },
                &["fail ENT-CERT-SUPERSEDED@number"],
            ),
            (
                "the record has the older one",
                |s| found(s, |r| r.number = ORGANISATION.into()),
                &["warn ENT-CERT-SUPERSEDED@number"],
            ),
        ],
    );
}

#[test]
fn another_spelling_is_the_same_address() {
    run_table(
        &RegistryAddress,
        Sample::enterprise,
        &[
            ("a province more", |s| found(s, |_| {}), &[]),
            (
                "less detail",
                |s| found(s, |r| r.address = "深圳市样例区样例路1号".into()),
                &["warn ENT-ADDR-MISMATCH@address"],
            ),
            (
                "another number",
                |s| found(s, |r| r.address = "深圳市样例区样例路2号样例大厦801".into()),
                &["fail ENT-ADDR-MISMATCH@address"],
            ),
            ("none", |s| found(s, |r| r.address.clear()), &[]),
            (
                "none where it must be",
                |s| {
                    s.requires(Gatherer::Registry);
                    found(s, |r| r.address.clear());
                },
                &["not_run address"],
            ),
        ],
    );
}

#[test]
fn another_principal_is_plain_where_the_province_asks() {
    fn another(sample: &mut Sample, province: &str) {
        sample.filing.province = province.into();
        sample.filing.entity.legal_representative = None;
        found(sample, |record| record.legal_representative = "钱样例".into());
    }
    let doubt = &["warn EPR-NOT-LEGAL-REP@epr.name"];
    run_table(
        &RegistryRepresentative,
        Sample::enterprise,
        &[
            ("the same", |s| found(s, |_| {}), &[]),
            ("the province requires", |s| another(s, "440000"), &["fail EPR-NOT-LEGAL-REP@epr.name"]),
            ("no rule", |s| another(s, "990000"), doubt),
            ("allowed with a letter", |s| another(s, "340000"), doubt),
            ("free", |s| another(s, "210000"), doubt),
            (
                "a branch",
                |s| {
                    another(s, "440000");
                    s.filing.entity.name = "样例科技有限公司深圳分公司".into();
                },
                doubt,
            ),
            (
                "the filed legal representative has changed",
                |s| found(s, |r| r.legal_representative = "钱样例".into()),
                &["fail EPR-NOT-LEGAL-REP@epr.name", "warn epr.name"],
            ),
            (
                "a partner's delegate",
                |s| found(s, |r| r.legal_representative = "样例投资有限公司（委派代表：王样例）".into()),
                &[],
            ),
            (
                "a part of a name is another name",
                |s| {
                    s.filing.entity.legal_representative = None;
                    found(s, |r| r.legal_representative = "王样例一".into());
                },
                &["fail EPR-NOT-LEGAL-REP@epr.name"],
            ),
            ("none", |s| found(s, |r| r.legal_representative.clear()), &[]),
        ],
    );
}

#[test]
fn a_term_that_ran_out_is_a_doubt() {
    run_table(
        &RegistryTerm,
        Sample::enterprise,
        &[
            ("for ever", |s| found(s, |_| {}), &[]),
            (
                "its last day",
                |s| found(s, |r| r.valid_until = Some(ValidUntil::Day(date(2026, 11, 23)))),
                &[],
            ),
            (
                "over",
                |s| found(s, |r| r.valid_until = Some(ValidUntil::Day(date(2026, 11, 22)))),
                &["warn entity"],
            ),
            ("none", |s| found(s, |r| r.valid_until = None), &[]),
        ],
    );
}
