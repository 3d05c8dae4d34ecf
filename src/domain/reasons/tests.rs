//! The shipped catalogue: complete, consistent, and covering the published list of the special verification.

use std::collections::BTreeSet;

use super::*;
use crate::domain::filing::Filing;

/// A filing with these domains, and `access.example` in its access record.
pub(super) fn filing(domains: &[&str]) -> Filing {
    let person =
        r#"{"name": "样例甲", "document_type": 2, "document_number": "1", "mobile": "1", "email": "1"}"#;
    let mut filing: Filing = serde_json::from_str(&format!(
        r#"{{"source": "s", "key": "k", "order_type": "special_verification", "province": "440000",
            "evidence_scheme": "form_and_backdrop",
            "entity": {{"name": "样例", "entity_type": 4, "certificate_type": 1, "certificate_number": "1",
                        "certificate_address": "", "principal": {person}}},
            "site": {{"service_type": "website", "name": "样例", "domains": [], "principal": {person}}},
            "access": [{{"provider": "样例云", "domains": ["access.example"]}}]}}"#
    ))
    .unwrap();
    if let Some(site) = &mut filing.site {
        site.domains = domains.iter().map(ToString::to_string).collect();
    }
    filing
}

/// The 34 notices of the published list, row by row, verbatim, and what each is used as.
const NOTICES: [(u8, &str, &str); 34] = [
    (1, "查询无结果", "ENT-LOOKUP-NONE@name"),
    (1, "新旧证件问题", "ENT-CERT-SUPERSEDED@name"),
    (1, "已注销", "ENT-DEREGISTERED@name"),
    (1, "吊销未注销", "ENT-REVOKED@name"),
    (1, "主办单位名称不一致", "ENT-NAME-MISMATCH@name"),
    (2, "查询无结果", "ENT-LOOKUP-NONE@number"),
    (2, "新旧证件问题", "ENT-CERT-SUPERSEDED@number"),
    (2, "已注销", "ENT-DEREGISTERED@number"),
    (2, "吊销未注销", "ENT-REVOKED@number"),
    (2, "主办单位证件号码非最新三证合一号码", "ENT-CERTNO-NOT-USCC@number"),
    (3, "查询无结果", "ENT-LOOKUP-NONE@address"),
    (3, "新旧证件问题", "ENT-CERT-SUPERSEDED@address"),
    (3, "已注销", "ENT-DEREGISTERED@address"),
    (3, "吊销未注销", "ENT-REVOKED@address"),
    (3, "主办单位证件地址不一致", "ENT-ADDR-MISMATCH@address"),
    (4, "主体负责人姓名非法定代表人", "EPR-NOT-LEGAL-REP@epr.name"),
    (5, "主体负责人证件已过期", "EPR-ID-EXPIRED@epr.id"),
    (6, "不同负责人使用相同手机号码", "CON-MOBILE-SHARED@spr.mobile"),
    (6, "不同负责人使用相同邮箱", "CON-EMAIL-SHARED@spr.email"),
    (6, "无人接听", "CON-NO-ANSWER@epr.mobile"),
    (6, "联系方式无效", "CON-INVALID@spr.landline"),
    (7, "网站负责人证件已过期", "SPR-ID-EXPIRED@spr.id"),
    (8, "核验单信息填写有误", "VFS-ERROR@verification_form"),
    (8, "幕布照片非网站负责人", "PHO-NOT-PRINCIPAL@backdrop_photo"),
    (9, "网站无法访问", "CNT-UNREACHABLE@a.example"),
    (9, "网站内容与主体性质不符", "CNT-ENTITY-MISMATCH@a.example"),
    (9, "个人网站涉及企业", "CNT-PERSONAL-ENTERPRISE@site.content"),
    (10, "网站内容涉及经营性", "CNT-COMMERCIAL@site.content"),
    (11, "域名所有者不一致", "DOM-HOLDER-MISMATCH@a.example"),
    (11, "域名所有者已过期", "DOM-EXPIRED@a.example"),
    (11, "域名所有者未注册", "DOM-UNREGISTERED@a.example"),
    (12, "网站无解析", "ACC-NO-DNS@a.example"),
    (12, "解析 IP 非腾讯云 IP", "ACC-IP-NOT-OURS@a.example"),
    (12, "解析 IP 与备案 IP 不一致", "ACC-IP-MISMATCH@a.example"),
];

/// What the list hides in the causes of a row and in its introduction (row 0).
const HIDDEN: [(u8, &str, &str); 9] = [
    (8, "核验单域名填写错误", "VFS-DOMAIN@verification_form"),
    (8, "核验单网站名称填写错误", "VFS-SITENAME@verification_form"),
    (8, "证件资质勾选错误", "VFS-QUALIF-TICK@verification_form"),
    (8, "网站负责人签字与实际网站负责人不一致", "VFS-SIGN-MISMATCH@verification_form"),
    (12, "您的备案服务器已过期", "ACC-RESOURCE-EXPIRED@access"),
    (0, "个人性质的备案开办企业网站", "CNT-PERSONAL-ENTERPRISE@a.example"),
    (0, "企业性质备案网站内容与备案主体企业不一致", "CNT-OTHER-COMPANY@a.example"),
    (0, "网站内容涉及各项前置审批内容但并未办理前置审批", "PRE-MISSING@pre_approval"),
    (0, "须为备案本人电话", "CON-NOT-OWNER@epr.landline"),
];

#[test]
fn every_phrase_of_the_published_list_resolves() {
    let catalogue = Catalogue::shipped();
    let filing = filing(&["a.example"]);
    for (row, phrase, text) in NOTICES.into_iter().chain(HIDDEN) {
        let (reason, objects) = catalogue.seed_phrase(row, phrase).unwrap();
        let used = catalogue.resolve(text, &filing).unwrap();
        assert_eq!((reason.code.as_str(), used.to_string().as_str()), (used.code.as_str(), text));
        assert!(objects.iter().any(|class| class.covers(&used.object)), "{row} {phrase}");
    }
    let rows: BTreeSet<u8> = NOTICES.iter().map(|(row, ..)| *row).collect();
    assert!(rows.into_iter().eq(1..=12));
}

#[test]
fn the_catalogue_claims_no_phrase_that_the_list_does_not_have() {
    let claimed: BTreeSet<(u8, &str)> = Catalogue::shipped()
        .iter()
        .flat_map(|reason| &reason.seed)
        .filter_map(|seed| Some((seed.row, seed.phrase.as_deref()?)))
        .collect();
    let listed = NOTICES.iter().chain(&HIDDEN).map(|(row, phrase, _)| (*row, *phrase)).collect();
    assert_eq!(claimed, listed);
    assert_eq!(Catalogue::shipped().seed_phrase(4, "查询无结果"), None);
}

#[test]
fn labels_of_the_list_are_verbatim_but_for_the_brand() {
    for (row, phrase, _) in NOTICES {
        let (reason, _) = Catalogue::shipped().seed_phrase(row, phrase).unwrap();
        assert_eq!(reason.label(Lang::Zh), phrase.replace("腾讯云", "本接入商"));
    }
}

#[test]
fn a_certificate_state_is_one_code_for_three_rows() {
    for (phrase, code) in [
        ("查询无结果", "ENT-LOOKUP-NONE"),
        ("新旧证件问题", "ENT-CERT-SUPERSEDED"),
        ("已注销", "ENT-DEREGISTERED"),
        ("吊销未注销", "ENT-REVOKED"),
    ] {
        for (row, object) in [(1, "name"), (2, "number"), (3, "address")] {
            let (reason, objects) = Catalogue::shipped().seed_phrase(row, phrase).unwrap();
            assert_eq!(reason.code, code);
            assert_eq!(objects, [object.parse().unwrap()]);
        }
        assert_eq!(Catalogue::shipped().get(code).unwrap().seed_rows(), [1, 2, 3]);
    }
}

#[test]
fn the_notice_heads_are_those_of_the_list() {
    let heads = [
        (1, "主办单位证件"),
        (2, "主办单位证件"),
        (3, "主办单位证件"),
        (4, "主办单位信息"),
        (5, "主体信息"),
        (6, "联系方式"),
        (7, "网站信息"),
        (8, "真实性核验材料"),
        (9, "网站内容"),
        (10, "网站内容"),
        (11, "域名所有者"),
        (12, "备案 IP 解析"),
    ];
    for (row, phrase, _) in NOTICES {
        let (reason, _) = Catalogue::shipped().seed_phrase(row, phrase).unwrap();
        assert!(heads.contains(&(row, reason.notice_group(Lang::Zh))), "{row} {phrase}");
    }
}

#[test]
fn the_shipped_file_is_read_whole() {
    let catalogue = Catalogue::default().with_operator_file(SHIPPED).unwrap();
    assert_eq!(catalogue, *Catalogue::shipped());
    assert_eq!(catalogue.iter().count(), 171);
    let unique = |lang| catalogue.iter().map(|reason| reason.label(lang)).collect::<BTreeSet<_>>().len();
    assert_eq!((unique(Lang::Zh), unique(Lang::En)), (171, 171));
    let used: BTreeSet<&str> = catalogue.iter().map(|reason| reason.notice_group(Lang::Zh)).collect();
    let there: BTreeSet<&str> = catalogue.notice_groups.iter().map(|group| group.zh.as_str()).collect();
    assert_eq!(used, there);
    let second: Vec<&str> =
        catalogue.iter().filter(|reason| reason.second_reviewer).map(|reason| reason.code.as_str()).collect();
    assert_eq!(second, ["CON-UNAWARE", "MAT-TAMPERED", "PHO-EDITED", "CNT-ILLEGAL", "OTHER"]);
}

#[test]
fn texts_are_sentences_where_the_applicant_reads_them() {
    for reason in Catalogue::shipped().iter() {
        let (zh, en) = (reason.rectification(Lang::Zh), reason.rectification(Lang::En));
        assert!(zh.ends_with('。') && en.ends_with('.'), "{}", reason.code);
        assert!(!reason.label(Lang::Zh).ends_with('。') && !reason.label(Lang::En).ends_with('.'));
        for text in [zh, en, reason.evidence(Lang::Zh), reason.evidence(Lang::En)] {
            assert!(!text.contains(['{', '}', '\n']) && text.trim() == text, "{}", reason.code);
        }
    }
}

fn overlap(a: ObjectClass, b: ObjectClass) -> bool {
    let covers = |a: ObjectClass, b: ObjectClass| b.fixed().is_some_and(|object| a.covers(&object));
    a == b || covers(a, b) || covers(b, a)
}

#[test]
fn contradictions_are_mutual_said_once_and_about_an_object_that_both_may_have() {
    let catalogue = Catalogue::shipped();
    let mut pairs = BTreeSet::new();
    for a in catalogue.iter() {
        for code in &a.contradicts {
            let b = catalogue.get(code).unwrap();
            assert!(
                pairs.insert((a.code.as_str().min(code), a.code.as_str().max(code))),
                "{} {code}",
                a.code
            );
            assert!(a.objects.iter().any(|one| b.objects.iter().any(|other| overlap(*one, *other))));
            assert!(catalogue.contradict(&a.code, code) && catalogue.contradict(code, &a.code));
        }
        assert!(!catalogue.contradict(&a.code, &a.code));
    }
    for (a, b) in [
        ("CNT-UNREACHABLE", "CNT-COMMERCIAL"),
        ("DOM-EXPIRED", "DOM-UNREGISTERED"),
        ("ACC-NO-DNS", "ACC-IP-MISMATCH"),
        ("ENT-REVOKED", "ENT-DEREGISTERED"),
        ("MAT-MISSING", "VFS-SEAL"),
    ] {
        assert!(catalogue.contradict(a, b), "{a} {b}");
    }
    for (a, b) in [
        ("ENT-NAME-MISMATCH", "ENT-DEREGISTERED"),
        ("VFS-DOMAIN", "VFS-SEAL"),
        ("ENT-CERTNO-MISMATCH", "ENT-CERTNO-NOT-USCC"),
        ("NO-SUCH", "OTHER"),
    ] {
        assert!(!catalogue.contradict(a, b), "{a} {b}");
    }
}

#[test]
fn every_class_of_object_has_its_own_text() {
    let mut classes: BTreeSet<ObjectClass> = BTreeSet::from([ObjectClass::Domain, ObjectClass::Attachment]);
    classes.extend(crate::domain::object::Place::ALL.iter().map(|place| ObjectClass::Place(*place)));
    classes.extend(crate::domain::filing::AttachmentKind::ALL.iter().map(|kind| ObjectClass::Kind(*kind)));
    for class in &classes {
        assert_eq!(class.to_string().parse(), Ok(*class));
    }
    assert!("nonsense".parse::<ObjectClass>().is_err() && "permit#2".parse::<ObjectClass>().is_err());
    let offered: BTreeSet<ObjectClass> =
        Catalogue::shipped().iter().flat_map(|reason| &reason.objects).copied().collect();
    // Every field that a reviewer can point at has some reason.
    let without: Vec<String> = classes
        .difference(&offered)
        .filter(|class| matches!(class, ObjectClass::Place(_)))
        .map(ToString::to_string)
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
