use jiff::civil::date;

use super::*;
use crate::checks::fixture::{Sample, bare, run_table};
use crate::checks::registration::samples::{answered, registered, registration};

/// A company with a certificate of its domain, valid for years.
fn certified() -> Sample {
    with_certificate(Sample::enterprise(), "深圳市样例科技有限公司", "91440300MA00000077")
}

fn person() -> Sample {
    let sample = Sample::individual();
    let name = sample.filing.entity.name.clone();
    let number = sample.filing.entity.certificate_number.clone();
    with_certificate(sample, &name, &number)
}

fn with_certificate(mut sample: Sample, holder: &str, number: &str) -> Sample {
    let domain = sample.site().domains[0].clone();
    sample.filing.attachments.push(bare(AttachmentKind::DomainCertificate));
    let kept = sample.attachment(AttachmentKind::DomainCertificate);
    kept.transcript = Some(Transcript::DomainCertificate(DomainCertificateTranscript {
        domain: Some(domain),
        holder: Some(holder.into()),
        holder_certificate_number: Some(number.into()),
        registrar: Some("样例注册商".into()),
        registered_on: Some(date(2020, 1, 1)),
        expires_on: Some(date(2040, 1, 1)),
    }));
    sample
}

fn read(sample: &mut Sample) -> &mut DomainCertificateTranscript {
    match &mut sample.attachment(AttachmentKind::DomainCertificate).transcript {
        Some(Transcript::DomainCertificate(read)) => read,
        other => panic!("no domain certificate but {other:?}"),
    }
}

#[test]
fn the_holder_is_the_sponsor() {
    run_table(
        &DomainCertificate,
        certified,
        &[
            ("in other widths", |s| read(s).holder = Some("深圳市 样例科技有限公司".into()), &[]),
            (
                "another company",
                |s| read(s).holder = Some("深圳市样例技术有限公司".into()),
                &["fail DOM-HOLDER-MISMATCH@yangli.example"],
            ),
            (
                "the legal representative",
                |s| read(s).holder = Some("王样例".into()),
                &["warn DOM-HOLDER-MISMATCH@yangli.example"],
            ),
            (
                "the site's principal",
                |s| read(s).holder = Some("李样例".into()),
                &["warn DOM-HOLDER-MISMATCH@yangli.example"],
            ),
            (
                "some person",
                |s| read(s).holder = Some("孙样例".into()),
                &["fail DOM-HOLDER-MISMATCH@yangli.example"],
            ),
            ("not transcribed", |s| read(s).holder = None, &["not_run yangli.example"]),
        ],
    );
    run_table(
        &DomainCertificate,
        person,
        &[(
            "somebody else",
            |s| read(s).holder = Some("孙样例".into()),
            &["fail DOM-HOLDER-MISMATCH@geren.example"],
        )],
    );
}

#[test]
fn the_number_is_the_sponsors_as_far_as_it_is_printed() {
    const FLAG: &[&str] = &["warn DOM-HOLDER-MISMATCH@yangli.example"];
    run_table(
        &DomainCertificate,
        certified,
        &[
            ("small letters", |s| number(s, "91440300ma00000077"), &[]),
            ("stars", |s| number(s, "91**************77"), &[]),
            ("stars that hide too much", |s| number(s, "91****77"), FLAG),
            ("stars, another end", |s| number(s, "91**************78"), FLAG),
            ("the organisation code in it", |s| number(s, "MA0000007"), &[]),
            ("with its hyphen", |s| number(s, "MA000000-7"), &[]),
            ("another number", |s| number(s, "91440300MA00000152"), FLAG),
            ("none", |s| read(s).holder_certificate_number = None, &[]),
        ],
    );
}

fn number(sample: &mut Sample, number: &str) {
    read(sample).holder_certificate_number = Some(number.into());
}

#[test]
fn the_term_is_judged_on_the_day() {
    for (expires, expected) in [
        (date(2026, 11, 22), &["fail DOM-EXPIRED@yangli.example"][..]),
        (date(2026, 11, 23), &["warn DOM-EXPIRING@yangli.example"]),
        (date(2027, 2, 22), &["warn DOM-EXPIRING@yangli.example"]),
        (date(2027, 2, 23), &[]),
        (date(2019, 12, 31), &["warn MAT-DOMAIN-CERT@yangli.example"]),
    ] {
        let mut sample = certified();
        read(&mut sample).expires_on = Some(expires);
        assert_eq!(sample.statements(&DomainCertificate), expected, "{expires}");
    }
    run_table(
        &DomainCertificate,
        certified,
        &[
            ("not transcribed", |s| read(s).expires_on = None, &["not_run yangli.example"]),
            (
                "registered tomorrow",
                |s| read(s).registered_on = Some(date(2026, 11, 24)),
                &["warn MAT-DOMAIN-CERT@yangli.example"],
            ),
            ("registered once", |s| read(s).registered_on = None, &[]),
        ],
    );
}

#[test]
fn each_domain_has_its_own_certificate_or_none_has() {
    run_table(
        &DomainCertificate,
        certified,
        &[
            ("no certificate", |s| s.remove(AttachmentKind::DomainCertificate), &[]),
            ("of the domain above", |s| s.site().domains = vec!["www.yangli.example".into()], &[]),
            (
                "of another domain",
                |s| read(s).domain = Some("bie.example".into()),
                &["warn MAT-DOMAIN-CERT@domain_certificate", "warn MAT-DOMAIN-CERT@yangli.example"],
            ),
            (
                "a name that only ends alike",
                |s| read(s).domain = Some("li.example".into()),
                &["warn MAT-DOMAIN-CERT@domain_certificate", "warn MAT-DOMAIN-CERT@yangli.example"],
            ),
            (
                "one of two domains",
                |s| s.site().domains.push("bie.example".into()),
                &["warn MAT-DOMAIN-CERT@bie.example"],
            ),
            (
                "a second one that nobody has read",
                |s| {
                    s.site().domains.push("bie.example".into());
                    s.filing.attachments.push(bare(AttachmentKind::DomainCertificate));
                },
                &["not_run domain_certificate#2"],
            ),
            ("domain not transcribed", |s| read(s).domain = None, &["not_run domain_certificate"]),
            ("no site", |s| s.filing.site = None, &[]),
        ],
    );
}

#[test]
fn no_number_is_repeated_under_the_name_of_a_domain() {
    let mut sample = person();
    read(&mut sample).holder_certificate_number = Some("440300198505050025".into());
    for finding in sample.findings(&DomainCertificate) {
        let texts = [&finding.observed, &finding.expected].into_iter().flatten();
        assert!(!texts.chain(finding.message.args.values()).any(|text| text.contains("4403")), "{finding:?}");
    }
}

#[test]
fn the_registrys_word_goes_before_the_papers() {
    fn old_paper() -> Sample {
        let mut sample = certified();
        read(&mut sample).expires_on = Some(date(2026, 1, 1));
        answered(&mut sample, 1, RegistrationResult::Registered(registration()));
        sample
    }
    run_table(
        &DomainCertificate,
        old_paper,
        &[
            (
                "the registry tells no term",
                |s| registered(s).expires_on = None,
                &["fail DOM-EXPIRED@yangli.example"],
            ),
            ("nothing was looked up", |s| s.evidence.clear(), &["fail DOM-EXPIRED@yangli.example"]),
            (
                "another holder",
                |s| read(s).holder = Some("孙样例".into()),
                &["fail DOM-HOLDER-MISMATCH@yangli.example"],
            ),
            (
                "another holder of what nobody holds any more",
                |s| {
                    read(s).holder = Some("孙样例".into());
                    answered(s, 0, RegistrationResult::NotRegistered { line: None });
                },
                &[],
            ),
        ],
    );
}
