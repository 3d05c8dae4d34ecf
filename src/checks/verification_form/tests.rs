use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::domain::filing::{FormTemplate, OrderType, PreApproval};
use crate::domain::finding::EvidenceRef;

#[test]
fn names_and_domains() {
    run_table(
        &VerificationFormFields,
        Sample::enterprise,
        &[
            ("domain in capitals", |s| s.form().domains = Some(vec!["Yangli.EXAMPLE ".into()]), &[]),
            (
                "another domain",
                |s| s.form().domains = Some(vec!["yang1i.example".into()]),
                &["fail VFS-DOMAIN@verification_form"],
            ),
            (
                "one domain too many",
                |s| s.form().domains = Some(vec!["yangli.example".into(), "yangli.test".into()]),
                &["fail VFS-DOMAIN@verification_form"],
            ),
            (
                "two domains in another order",
                |s| {
                    s.site().domains = vec!["yangli.example".into(), "样例.example".into()];
                    s.form().domains = Some(vec!["样例.example".into(), "yangli.example".into()]);
                },
                &[],
            ),
            (
                "no domain written",
                |s| s.form().domains = Some(Vec::new()),
                &["fail VFS-DOMAIN@verification_form"],
            ),
            ("domains not transcribed", |s| s.form().domains = None, &["not_run verification_form"]),
            (
                "another site name",
                |s| s.form().site_name = Some("样例科技".into()),
                &["fail VFS-SITENAME@verification_form"],
            ),
            ("a space in the site name", |s| s.form().site_name = Some("样例科技 官网".into()), &[]),
            (
                "another entity name",
                |s| s.form().entity_name = Some("样例科技".into()),
                &["fail VFS-ERROR@verification_form"],
            ),
        ],
    );
}

#[test]
fn ticks_of_an_organisation() {
    run_table(
        &VerificationFormFields,
        Sample::enterprise,
        &[
            (
                "only the person",
                |s| s.form().organisation_ticked = Some(false),
                &["fail VFS-QUALIF-TICK@verification_form"],
            ),
            (
                "only the organisation",
                |s| s.form().person_ticked = Some(false),
                &["fail VFS-QUALIF-TICK@verification_form"],
            ),
            (
                "one wrong, the other not transcribed",
                |s| {
                    s.form().organisation_ticked = None;
                    s.form().person_ticked = Some(false);
                },
                &["fail VFS-QUALIF-TICK@verification_form"],
            ),
            (
                "one right, the other not transcribed",
                |s| s.form().person_ticked = None,
                &["not_run verification_form"],
            ),
            (
                "pre-approval ticked, none filed",
                |s| s.form().pre_approval_ticked = Some(true),
                &["fail VFS-PREAPPROVAL-TICK@verification_form"],
            ),
            (
                "pre-approval filed, not ticked",
                |s| s.site().pre_approvals.push(PreApproval { category: 2, number: "样例1".into() }),
                &["fail VFS-PREAPPROVAL-TICK@verification_form"],
            ),
            (
                "pre-approval filed and ticked",
                |s| {
                    s.site().pre_approvals.push(PreApproval { category: 2, number: "样例1".into() });
                    s.form().pre_approval_ticked = Some(true);
                },
                &[],
            ),
        ],
    );
}

#[test]
fn signature_seal_and_the_verifier() {
    run_table(
        &VerificationFormFields,
        Sample::enterprise,
        &[
            (
                "the entity principal signed",
                |s| s.form().signer = Some("王样例".into()),
                &["fail VFS-SIGN-MISMATCH@verification_form"],
            ),
            (
                "nobody signed",
                |s| s.form().signer = Some(String::new()),
                &["fail VFS-SIGN-MISSING@verification_form"],
            ),
            ("signature not transcribed", |s| s.form().signer = None, &["not_run verification_form"]),
            ("no seal", |s| s.form().seal = Some(String::new()), &["fail VFS-SEAL@verification_form"]),
            (
                "no seal, and the remark says why",
                |s| {
                    s.form().seal = Some(String::new());
                    s.filing.entity.remark = "无字号无公章个体工商户".into();
                },
                &["warn VFS-SEAL@verification_form"],
            ),
            (
                "another's seal",
                |s| s.form().seal = Some("样例贸易有限公司".into()),
                &["fail VFS-SEAL@verification_form"],
            ),
            (
                "the verifier did not sign",
                |s| s.form().verifier_signed = Some(false),
                &["warn VFS-VERIFIER@verification_form"],
            ),
        ],
    );
}

#[test]
fn a_person_ticks_one_box_and_needs_no_seal() {
    run_table(
        &VerificationFormFields,
        Sample::individual,
        &[
            (
                "both ticked",
                |s| s.form().organisation_ticked = Some(true),
                &["fail VFS-QUALIF-TICK@verification_form"],
            ),
            (
                "none ticked",
                |s| s.form().person_ticked = Some(false),
                &["fail VFS-QUALIF-TICK@verification_form"],
            ),
            ("no seal", |s| s.form().seal = Some(String::new()), &[]),
        ],
    );
}

#[test]
fn without_a_transcript_one_sentence_and_without_a_form_to_expect_none() {
    let mut sample = Sample::enterprise();
    sample.attachment(AttachmentKind::VerificationForm).transcript = None;
    assert_eq!(sample.statements(&VerificationFormFields), ["not_run verification_form"]);
    sample.remove(AttachmentKind::VerificationForm);
    assert_eq!(sample.statements(&VerificationFormFields), ["not_run verification_form"]);

    let mut carried = Sample::enterprise();
    carried.form().site_name = Some("别的样例".into());
    carried.filing.evidence_scheme = EvidenceScheme::Electronic;
    assert!(carried.findings(&VerificationFormFields).is_empty(), "a form nobody asked for");

    let mut cancelled = Sample::enterprise();
    cancelled.filing.order_type = OrderType::Cancel;
    assert!(cancelled.findings(&VerificationFormFields).is_empty());

    let mut entity_alone = Sample::enterprise();
    entity_alone.filing.site = None;
    assert!(entity_alone.findings(&VerificationFormFields).is_empty());
}

#[test]
fn a_difference_shows_both_values_on_the_form() {
    let mut sample = Sample::enterprise();
    sample.form().signer = Some("王样例".into());
    let findings = sample.findings(&VerificationFormFields);
    let found = findings.iter().find(|finding| finding.status == Status::Fail).unwrap();
    assert_eq!((found.observed.as_deref(), found.expected.as_deref()), (Some("王样例"), Some("李样例")));
    let form = Object::attachment(AttachmentKind::VerificationForm);
    assert_eq!(found.evidence, [EvidenceRef::Attachment(form)]);
}

#[test]
fn what_else_was_transcribed_is_doubted_and_never_failed() {
    run_table(
        &VerificationFormFields,
        Sample::enterprise,
        &[
            ("the mobile as filed, spaced", |s| s.form().mobile = Some("139 0000 0002".into()), &[]),
            (
                "another mobile",
                |s| s.form().mobile = Some("13900000003".into()),
                &["warn VFS-ERROR@verification_form"],
            ),
            (
                "the place of the e-mail address is empty",
                |s| s.form().email = Some(String::new()),
                &["warn VFS-ERROR@verification_form"],
            ),
            (
                "the address without its province",
                |s| s.form().address = Some("样例区样例路1号样例大厦801".into()),
                &[],
            ),
            (
                "another principal's name",
                |s| s.form().site_principal = Some("王样例".into()),
                &["warn VFS-ERROR@verification_form"],
            ),
            (
                "a provider that the filing does not have",
                |s| s.form().provider = Some("样例云".into()),
                &["warn VFS-ERROR@verification_form"],
            ),
            (
                "another province's form",
                |s| s.form().template_province = Some("110000".into()),
                &["warn VFS-TEMPLATE@verification_form"],
            ),
            (
                "the form for persons",
                |s| s.form().template = Some(FormTemplate::Individual),
                &["warn VFS-TEMPLATE@verification_form"],
            ),
            (
                "a part in which nothing is ticked",
                |s| s.form().contact_ticks = Some(Vec::new()),
                &["warn VFS-VERIFIER@verification_form"],
            ),
            ("a part with ticks", |s| s.form().contact_ticks = Some(vec!["手机".into()]), &[]),
        ],
    );
}

#[test]
fn a_contact_that_differs_is_named_and_not_repeated() {
    let mut sample = Sample::enterprise();
    sample.form().mobile = Some("13900000003".into());
    let findings = sample.findings(&VerificationFormFields);
    let found = findings.iter().find(|finding| finding.status == Status::Warn).unwrap();
    assert_eq!((found.observed.as_ref(), found.expected.as_ref()), (None, None));
}
