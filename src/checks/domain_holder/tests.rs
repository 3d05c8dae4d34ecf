use super::*;
use crate::checks::fixture::{Sample, bare, run_table};
use crate::checks::registration::samples::{answered, registered, registration};
use crate::domain::evidence::{
    Observation, Registration, RegistrationResult, RegistryAnswer, RegistryResult, Stated, Subject,
};

fn company() -> Sample {
    let mut sample = Sample::enterprise();
    sample.site().domains = vec!["yangli.cn".into()];
    answered(&mut sample, 2, RegistrationResult::Registered(registration()));
    held_by(&mut sample, "深圳市样例科技有限公司");
    sample
}

fn person() -> Sample {
    let mut sample = Sample::individual();
    let name = sample.filing.entity.name.clone();
    sample.site().domains = vec!["geren.cn".into()];
    answered(&mut sample, 2, RegistrationResult::Registered(registration()));
    held_by(&mut sample, &name);
    sample
}

/// A company whose domain's registry does not keep real names.
fn elsewhere() -> Sample {
    let mut sample = Sample::enterprise();
    answered(&mut sample, 2, RegistrationResult::Registered(registration()));
    held_by(&mut sample, "深圳市样例科技有限公司");
    sample
}

fn held_by(sample: &mut Sample, holder: &str) {
    registered(sample).holder = Holder::Named(Stated { value: holder.into(), line: Some(5) });
}

fn withheld() -> Holder {
    Holder::Redacted(Stated { value: "REDACTED FOR PRIVACY".into(), line: Some(5) })
}

/// The holder is the company by a name that the business registry lists as former.
fn former_name(sample: &mut Sample) {
    let holder = "深圳市旧样例有限公司";
    let record = serde_json::json!({
        "name": sample.filing.entity.name, "number": sample.filing.entity.certificate_number,
        "status": "active", "status_text": "存续", "former_names": [holder],
    });
    let result = RegistryResult::Found(serde_json::from_value(record).unwrap());
    let subject = Subject::number(&sample.filing.entity.certificate_number).unwrap();
    held_by(sample, holder);
    sample.knows(subject, 2, Observation::Registry(RegistryAnswer { result }));
}

const FAIL: &[&str] = &["fail DOM-HOLDER-MISMATCH@yangli.cn"];
const DOUBT: &[&str] = &["warn DOM-HOLDER-MISMATCH@yangli.cn"];

#[test]
fn the_holder_under_real_name() {
    run_table(
        &DomainHolder,
        company,
        &[
            ("in other widths", |s| held_by(s, "深圳市 样例科技有限公司"), &[]),
            (
                "brackets",
                |s| {
                    s.filing.entity.name = "样例（深圳）有限公司".into();
                    held_by(s, "样例(深圳)有限公司");
                },
                &[],
            ),
            ("another company", |s| held_by(s, "深圳市样例技术有限公司"), FAIL),
            ("its branch", |s| held_by(s, "深圳市样例科技有限公司广州分公司"), FAIL),
            ("a stranger", |s| held_by(s, "孙样例"), DOUBT),
            ("a former name", former_name, DOUBT),
            ("the legal representative", |s| held_by(s, "王样例"), DOUBT),
            ("in Latin letters", |s| held_by(s, "Shenzhen Yangli Technology Co., Ltd."), DOUBT),
            ("withheld", |s| registered(s).holder = withheld(), &["warn yangli.cn"]),
            ("not given", |s| registered(s).holder = Holder::NotGiven, &["warn yangli.cn"]),
            ("nobody's", |s| answered(s, 1, RegistrationResult::NotRegistered { line: None }), &[]),
        ],
    );
    run_table(
        &DomainHolder,
        person,
        &[
            ("a space in the name", |s| held_by(s, "赵 样例"), &[]),
            ("somebody else", |s| held_by(s, "周样例"), &["fail DOM-HOLDER-MISMATCH@geren.cn"]),
        ],
    );
}

#[test]
fn where_the_registry_keeps_no_real_names_a_person_decides() {
    run_table(
        &DomainHolder,
        elsewhere,
        &[
            (
                "another",
                |s| held_by(s, "深圳市样例技术有限公司"),
                &["warn DOM-HOLDER-MISMATCH@yangli.example"],
            ),
            (
                "another, as a person saw",
                |s| {
                    held_by(s, "深圳市样例技术有限公司");
                    s.by_a_person();
                },
                &["fail DOM-HOLDER-MISMATCH@yangli.example"],
            ),
            (
                "a person saw it, the newer answer withholds it",
                |s| {
                    s.by_a_person();
                    answered(
                        s,
                        1,
                        RegistrationResult::Registered(Registration { holder: withheld(), ..registration() }),
                    );
                },
                &[],
            ),
            (
                "a person saw it long before",
                |s| {
                    s.evidence[0].evidence.observed_at -= jiff::SignedDuration::from_hours(400);
                    answered(
                        s,
                        1,
                        RegistrationResult::Registered(Registration { holder: withheld(), ..registration() }),
                    );
                },
                &["warn yangli.example"],
            ),
            (
                "withheld, with a certificate",
                |s| {
                    registered(s).holder = withheld();
                    s.filing.attachments.push(bare(AttachmentKind::DomainCertificate));
                },
                &[],
            ),
        ],
    );
}

#[test]
fn both_names_are_shown() {
    let mut sample = company();
    held_by(&mut sample, "深圳市样例技术有限公司");
    let finding = sample.findings(&DomainHolder).remove(0);
    assert_eq!(finding.observed.as_deref(), Some("深圳市样例技术有限公司"));
    assert_eq!(finding.expected.as_deref(), Some("深圳市样例科技有限公司"));
}
