use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::domain::filing::{Attachment, ServiceType};
use crate::domain::message::{self, Lang};

const NEWS: u16 = 1;
const INTERNET_FINANCE: u16 = 13;
const WAIVER: &str = "warn PRE-WAIVER-MISSING@pre_approval";

fn declare(sample: &mut Sample, category: u16, number: &str) {
    sample.site().pre_approvals.push(PreApproval { category, number: number.into() });
}

fn attach(sample: &mut Sample, kind: AttachmentKind) {
    let file = format!("{kind}.jpg");
    sample.filing.attachments.push(Attachment { kind, file, sha256: None, transcript: None });
}

fn remark(sample: &mut Sample, text: &str) {
    sample.site().remark = text.into();
}

#[test]
fn declared_and_attached() {
    run_table(
        &PreApprovals,
        Sample::enterprise,
        &[
            (
                "declared with its document",
                |s| {
                    declare(s, NEWS, "10120170072");
                    attach(s, AttachmentKind::Permit);
                },
                &[],
            ),
            // That it is missing is told by the check of materials.
            ("declared without", |s| declare(s, NEWS, "10120170072"), &["not_run pre_approval"]),
            ("a document of nothing", |s| attach(s, AttachmentKind::Permit), &["warn pre_approval"]),
            (
                "no number",
                |s| {
                    declare(s, NEWS, " ");
                    attach(s, AttachmentKind::Permit);
                },
                &["warn pre_approval"],
            ),
            (
                "another kind of number",
                |s| {
                    declare(s, NEWS, "京网文〔2023〕1034-029号");
                    attach(s, AttachmentKind::Permit);
                },
                &["warn PRE-INVALID@pre_approval"],
            ),
            (
                "a category that the list does not have",
                |s| {
                    declare(s, 99, "1");
                    attach(s, AttachmentKind::Permit);
                },
                &["warn pre_approval"],
            ),
        ],
    );
}

#[test]
fn words_of_the_remark() {
    run_table(
        &PreApprovals,
        Sample::enterprise,
        &[
            ("a word", |s| remark(s, "发布时政内容"), &[WAIVER]),
            ("two words of a category", |s| remark(s, "新闻和时政"), &[WAIVER]),
            ("words of two categories", |s| remark(s, "新闻和理财"), &[WAIVER, WAIVER]),
            ("wide letters", |s| remark(s, "Ｐ２Ｐ 服务"), &[WAIVER]),
            ("denied", |s| remark(s, "公司介绍，不涉及新闻、出版、视频等前置审批内容"), &[]),
            ("denied, but only in that clause", |s| remark(s, "不涉及新闻；提供理财"), &[WAIVER]),
            ("a longer word", |s| remark(s, "基金会介绍、保险柜销售、宠物医院"), &[]),
            ("a place", |s| remark(s, "佛山市道路照明工程"), &[]),
            (
                "with an undertaking",
                |s| {
                    remark(s, "发布时政内容");
                    attach(s, AttachmentKind::Undertaking);
                },
                &["warn pre_approval"],
            ),
            (
                "declared",
                |s| {
                    remark(s, "发布时政内容");
                    declare(s, NEWS, "10120170072");
                    attach(s, AttachmentKind::Permit);
                },
                &[],
            ),
            (
                "another one declared",
                |s| {
                    remark(s, "理财产品");
                    declare(s, NEWS, "10120170072");
                    attach(s, AttachmentKind::Permit);
                },
                &[WAIVER],
            ),
            (
                "an app's",
                |s| {
                    s.site().service_type = ServiceType::App;
                    remark(s, "发布时政内容");
                },
                &[WAIVER],
            ),
        ],
    );
    let mut contested = Sample::enterprise();
    remark(&mut contested, "中小学论坛");
    let said = contested.said(&PreApprovals);
    assert_eq!(said, ["warn pre_approval_remark_contested PRE-WAIVER-MISSING@pre_approval"]);
}

#[test]
fn words_of_the_sponsor() {
    run_table(
        &PreApprovals,
        Sample::enterprise,
        &[
            (
                "finance",
                |s| s.filing.entity.name = "深圳市样例财富管理有限公司".into(),
                &["warn ENT-SCOPE-FINANCE@name"],
            ),
            ("a foundation", |s| s.filing.entity.name = "样例教育基金会".into(), &[]),
            ("music is no finance", |s| s.filing.entity.name = "样例音乐有限公司".into(), &[]),
            (
                "with an undertaking",
                |s| {
                    s.filing.entity.name = "样例股权投资有限公司".into();
                    attach(s, AttachmentKind::Undertaking);
                },
                &["warn name"],
            ),
            (
                "declared",
                |s| {
                    s.filing.entity.name = "样例股权投资有限公司".into();
                    declare(s, INTERNET_FINANCE, "样例");
                    attach(s, AttachmentKind::Permit);
                },
                &[],
            ),
        ],
    );
    let mut person = Sample::individual();
    person.filing.entity.name = "保险".into();
    assert_eq!(person.said(&PreApprovals), ["pass pre_approval_none"]);
}

#[test]
fn a_finding_names_words_list_version_and_source() {
    let mut sample = Sample::enterprise();
    remark(&mut sample, "理财和基金");
    let finding = sample.findings(&PreApprovals).remove(0);
    let list = Lexicon::shipped(List::PreApproval);
    let text = finding.message.text(Lang::Zh);
    for part in ["理财、基金", "互联网金融", "pre-approval", "腾讯云", &list.version().to_string()]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    let rule = format!("pre-approval/internet_finance@{}", list.version());
    assert!(finding.evidence.contains(&EvidenceRef::Rule(rule)));
    assert!(finding.evidence.contains(&EvidenceRef::Field(Place::SiteRemark.into())));
}

#[test]
fn categories_are_named_as_in_the_code_list() {
    for code in codes::all(codes::List::PreApprovals) {
        for lang in Lang::ALL {
            let name = category(code.key.as_deref().unwrap());
            assert_eq!(message::text(lang, name.trim_start_matches('@')), code.label(lang));
        }
    }
}
