use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::checks::registration::samples::{answered, registered, registration};
use crate::domain::evidence::{Fault, FaultKind, Mark, RegistrationResult, Stated};
use crate::domain::finding::{EvidenceRef, Status};
use crate::domain::object::Object;

fn looked_up() -> Sample {
    let mut sample = Sample::enterprise();
    answered(&mut sample, 2, RegistrationResult::Registered(registration()));
    with(&mut sample, "样例域名注册商有限公司");
    sample
}

fn with(sample: &mut Sample, registrar: &str) {
    registered(sample).registrar = Some(Stated { value: registrar.into(), line: Some(6) });
}

#[test]
fn what_an_incomplete_list_does_not_have_is_a_doubt() {
    run_table(
        &DomainRegistrar,
        looked_up,
        &[
            ("in another width", |s| with(s, "样例域名注册商 有限公司"), &[]),
            (
                "another",
                |s| with(s, "别的样例注册商有限公司"),
                &["warn DOM-REGISTRAR-UNAPPROVED@yangli.example"],
            ),
            ("not told", |s| registered(s).registrar = None, &[]),
            (
                "not told and required",
                |s| {
                    registered(s).registrar = None;
                    s.requires(Gatherer::Registration);
                },
                &["not_run yangli.example"],
            ),
            ("nobody's", |s| answered(s, 1, RegistrationResult::NotRegistered { line: None }), &[]),
            (
                "no answer",
                |s| {
                    s.evidence.clear();
                    answered(s, 1, RegistrationResult::NoAnswer(Fault::new(FaultKind::Timeout, "")));
                    s.requires(Gatherer::Registration);
                },
                &[],
            ),
            (
                "a suffix that cannot be there",
                |s| s.site().domains = vec!["yangli.invalid".into()],
                &["warn DOM-TLD-UNAPPROVED@yangli.invalid"],
            ),
            ("a suffix in Chinese", |s| s.site().domains = vec!["样例.中国".into()], &[]),
            ("below .com.cn", |s| s.site().domains = vec!["yangli.com.cn".into()], &[]),
        ],
    );
}

#[test]
fn a_complete_list_fails_what_it_does_not_have() {
    let list = ApprovedList::read(
        ApprovedKind::Registrars,
        "version = \"2026-11-24\"\ncomplete = true\n[[group]]\nsource = \"a\"\nnames = [\"样例域名注册商有限公司\"]\n",
    )
    .unwrap();
    let about = Statement::about(
        &DomainRegistrar,
        crate::domain::finding::Section::Site,
        Object::Domain("a.example".into()),
    );
    for (name, status) in
        [("样例域名注册商有限公司", Status::Pass), ("别的样例注册商", Status::Fail), ("", Status::Warn)]
    {
        let finding = REGISTRAR.judge(&about, name, list.registrar(name), &list);
        assert_eq!(finding.status, status, "{name}");
        assert_eq!(finding.message.args["version"], "2026-11-24");
    }
}

#[test]
fn a_finding_shows_the_registrars_line() {
    let sample = looked_up();
    let finding = sample.findings(&DomainRegistrar).pop().unwrap();
    assert_eq!(finding.evidence, [EvidenceRef::marked(&sample.evidence[0], Mark::Line(6))]);
}
