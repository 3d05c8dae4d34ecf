use super::*;
use crate::checks::fixture::Sample;
use crate::checks::page::fixture::{form, page};
use crate::domain::evidence::Mark;
use crate::domain::finding::EvidenceRef;

const FINE: &str = "pass individual_content_fine";
const ENTERPRISE: &str = "warn individual_content_enterprise CNT-PERSONAL-ENTERPRISE@site.content";
const INTERACTIVE: &str = "warn individual_content_interactive CNT-PERSONAL-INTERACTIVE@site.content";

#[test]
fn what_a_persons_page_says() {
    for (text, expected) in [
        ("公司简介\n产品中心", &[ENTERPRISE][..]),
        ("本站诚招代理，欢迎来电", &[ENTERPRISE]),
        ("产 品 中 心", &[ENTERPRISE]),
        ("產品中心", &[ENTERPRISE]),
        ("版权所有 样例贸易有限公司", &[ENTERPRISE]),
        ("公司 企业\n加盟\n报价", &[ENTERPRISE]),
        ("会员注册", &[INTERACTIVE]),
        ("发表评论", &[INTERACTIVE]),
        ("公司简介\n留言板", &[ENTERPRISE, INTERACTIVE]),
        ("我在一家公司上班，周末摄影", &[FINE]),
        ("今天公司加班\n读《企业的样子》有感", &[FINE]),
        ("本站不提供产品报价", &[FINE]),
        ("评论已关闭", &[FINE]),
        ("读书随笔\n关于我\n登录", &[FINE]),
        ("旅途见闻：山里的客户端信号不好", &[FINE]),
        ("技术支持：样例网络有限公司", &[FINE]),
        ("产品\n中心", &[FINE]),
        ("注册表的用法", &[FINE]),
        ("", &[FINE]),
    ] {
        let mut sample = Sample::individual();
        sample.shows_text("样例读书随笔", text);
        assert_eq!(sample.said(&IndividualContent), expected, "{text}");
    }
}

#[test]
fn forms_speak_too() {
    for (kind, expected) in [
        (FormKind::Comment, INTERACTIVE),
        (FormKind::Register, INTERACTIVE),
        (FormKind::Cart, ENTERPRISE),
        (FormKind::Payment, ENTERPRISE),
        (FormKind::Login, FINE),
        (FormKind::Search, FINE),
        (FormKind::Other, FINE),
    ] {
        let mut sample = Sample::individual();
        let mut page = page("样例读书随笔", "随笔");
        page.forms.push(form(kind, "提交"));
        sample.shows(page, "随笔");
        assert_eq!(sample.said(&IndividualContent), [expected], "{kind}");
    }
}

#[test]
fn an_organisation_may_have_all_of_it() {
    let mut sample = Sample::enterprise();
    sample.shows_text("样例科技", "公司简介\n产品中心\n会员注册");
    assert_eq!(sample.said(&IndividualContent), [""; 0]);
}

#[test]
fn the_word_is_marked_as_the_page_writes_it() {
    let mut sample = Sample::individual();
    sample.shows_text("样例读书随笔", "首页\n產 品 中 心");
    let finding = &sample.findings(&IndividualContent)[0];
    let EvidenceRef::Evidence { mark: Some(Mark::Word { line, word, .. }), .. } = &finding.evidence[0] else {
        panic!("{finding:#?}");
    };
    assert_eq!((*line, word.as_str()), (2, "產 品 中 心"));
    assert_eq!(finding.message.args["words"], "产品中心");
}
