use super::*;
use crate::checks::fixture::Sample;
use crate::domain::filing::PreApproval;
use crate::domain::message::Lang;

const FINE: &str = "pass site_name_fine";
const DOMAIN: &str = "fail site_name_domain SITE-NAME-IS-DOMAIN@site.name";
const LATIN: &str = "fail site_name_latin SITE-NAME-CHARSET@site.name";
const SPECIAL: &str = "fail site_name_special SITE-NAME-CHARSET@site.name";
const JOINER: &str = "warn site_name_joiner SITE-NAME-CHARSET@site.name";
const SHORT: &str = "fail site_name_short SITE-NAME-SHORT@site.name";
const OTHER_SCRIPT: &str = "warn site_name_other_script SITE-NAME-SHORT@site.name";
const SENSITIVE: &str = "fail site_name_sensitive SITE-NAME-SENSITIVE@site.name";
const NATIONAL: &str = "fail site_name_national SITE-NAME-NATIONAL@site.name";
const OVERSIGHT: &str = "warn site_name_oversight SITE-NAME-NATIONAL@site.name";
const BODY: &str = "warn site_name_national_body SITE-NAME-NATIONAL@site.name";
const APPROVAL: &str = "warn site_name_pre_approval SITE-NAME-PREAPPROVAL@site.name";
const CONTESTED: &str = "warn site_name_pre_approval_contested SITE-NAME-PREAPPROVAL@site.name";
const WORD: &str = "warn site_name_individual_word SITE-NAME-PERSONAL@site.name";
const OWN: &str = "warn site_name_own_name SITE-NAME-PERSONAL@site.name";
const PLACE: &str = "warn site_name_place SITE-NAME-PERSONAL@site.name";
const LONG: &str = "warn site_name_long SITE-NAME-INVALID@site.name";

fn said(mut sample: Sample, name: &str) -> Vec<String> {
    name.clone_into(&mut sample.site().name);
    sample.said(&SiteName)
}

#[test]
fn an_organisation_s_names() {
    for (name, expected) in [
        ("样例科技", &[FINE][..]),
        ("样例网", &[FINE]),
        ("样例 网", &[FINE]),
        ("样例ERP软件", &[FINE]),
        ("样例３６５服务", &[FINE]),
        (" ", &["warn site_name_blank SITE-NAME-INVALID@site.name"]),
        ("样例", &[SHORT]),
        ("样 例", &[SHORT]),
        ("IT样例", &[SHORT]),
        ("12345", &[LATIN]),
        ("ＡＢＣ", &[LATIN]),
        ("Sample-Tech", &[LATIN]),
        ("样例科技★", &[SPECIAL]),
        ("样例科技!", &[SPECIAL]),
        ("《样例》周刊", &[SPECIAL]),
        ("样例\u{200b}科技", &[SPECIAL]),
        ("样例\u{202e}科技", &[SPECIAL]),
        ("样例科技（深圳）", &[JOINER]),
        ("样例·科技网", &[JOINER]),
        ("བོད་ཡིག", &[JOINER]),
        ("ئۈلگە", &[OTHER_SCRIPT]),
        ("yangli.example", &[DOMAIN]),
        ("www.YangLi.example", &[DOMAIN]),
        ("样例科技yangli.example", &[DOMAIN]),
        ("yangli", &[DOMAIN]),
        ("yangli样例科技", &[FINE]),
        ("样例反腐网", &[SENSITIVE]),
        ("反赌博宣传", &[SENSITIVE]),
        ("赌 博样例", &[SENSITIVE]),
        ("反腐样例网", &[SENSITIVE, OVERSIGHT]),
        ("中国样例网", &[NATIONAL]),
        ("中 国样例网", &[NATIONAL]),
        ("国家样例中心", &[NATIONAL]),
        ("样例中国频道", &[FINE]),
        ("样例人民路店", &[FINE]),
        ("投诉样例网", &[OVERSIGHT]),
        ("样例投诉网", &[FINE]),
        ("样例新闻网", &[APPROVAL]),
        ("样例理财新闻", &[APPROVAL, APPROVAL]),
        ("样例医院官网", &[CONTESTED]),
        ("样例宠物医院", &[FINE]),
        ("样例基金会", &[FINE]),
        ("佛山样例陶瓷", &[FINE]),
        ("样例工作室平台设计咨询在线", &[FINE]),
    ] {
        assert_eq!(said(Sample::enterprise(), name), expected, "{name}");
    }
}

#[test]
fn a_person_s_names() {
    for (name, expected) in [
        ("样例读书随笔", &[FINE][..]),
        ("样例的小站", &[FINE]),
        ("一二三四五六七八九十", &[FINE]),
        ("一二三四五六七八九十一", &[LONG]),
        ("赵样例的随笔", &[OWN]),
        ("赵 样例", &[OWN]),
        ("样例设计交流", &[WORD]),
        ("样例博客", &[WORD]),
        ("样例设计博客", &[WORD, WORD]),
        ("样例科技有限公司", &[WORD]),
        ("广东样例随笔", &[PLACE]),
        ("样例论坛", &[CONTESTED, WORD]),
        ("geren", &[DOMAIN]),
        ("样例", &[SHORT]),
    ] {
        assert_eq!(said(Sample::individual(), name), expected, "{name}");
    }
}

#[test]
fn a_national_body_may_be_called_what_it_is() {
    for (entity_type, entity, name, expected) in [
        (2, "样例部", "国家样例公告", BODY),
        (6, "中国样例协会", "中国样例协会", FINE),
        (4, "中国样例集团有限公司", "中国样例集团", FINE),
        (4, "中国样例集团有限公司", "中华样例集团", NATIONAL),
        (2, "样例委员会", "信访样例网", BODY),
        (2, "样例委员会", "样例反腐网", "warn site_name_sensitive SITE-NAME-SENSITIVE@site.name"),
        (4, "样例有限公司", "国家样例公告", NATIONAL),
    ] {
        let mut sample = Sample::enterprise();
        sample.filing.entity.entity_type = entity_type;
        sample.filing.entity.name = entity.into();
        assert_eq!(said(sample, name), [expected], "{entity}: {name}");
    }
}

#[test]
fn a_declared_category_may_be_in_the_name() {
    for (category, expected) in [(1, FINE), (2, APPROVAL)] {
        let mut sample = Sample::enterprise();
        sample.site().pre_approvals = vec![PreApproval { category, number: "1".into() }];
        assert_eq!(said(sample, "样例新闻网"), [expected], "{category}");
    }
}

#[test]
fn a_chinese_domain_may_be_the_brand() {
    let mut sample = Sample::enterprise();
    sample.site().domains = vec!["样例科技.test".into()];
    assert_eq!(said(sample.clone(), "样例科技"), [FINE]);
    assert_eq!(said(sample, "样例科技.test"), [DOMAIN]);
}

#[test]
fn a_finding_names_words_list_version_and_source() {
    let mut sample = Sample::enterprise();
    sample.site().name = "中华样例网".into();
    let text = sample.findings(&SiteName)[0].message.text(Lang::Zh);
    for part in ["中华", "national-heads", "2026-11-23", "华为云"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
