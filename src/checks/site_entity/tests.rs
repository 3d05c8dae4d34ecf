use super::*;
use crate::checks::fixture::Sample;
use crate::domain::evidence::{RegistryAnswer, RegistryRecord, RegistryStatus};

const OTHER: &str = "warn site_entity_other CNT-OTHER-COMPANY@site.content";
const SAME: &str = "pass site_entity_same";
const NOBODY: &str = "pass site_entity_nobody";

#[test]
fn whose_page_it_is() {
    for (text, expected) in [
        ("版权所有 甲样品贸易有限公司", OTHER),
        ("© 2026 甲样品贸易有限公司 All Rights Reserved", OTHER),
        ("甲样品贸易有限公司成立于2005年", OTHER),
        ("客户：深圳市样例科技有限公司\n版权所有：甲样品贸易有限公司", OTHER),
        ("统一社会信用代码：91440300MA00000152", "warn site_entity_code CNT-OTHER-COMPANY@site.content"),
        ("版权所有 深圳市样例科技有限公司", SAME),
        ("版权所有：深圳市樣例科技有限公司", SAME),
        ("深圳市样例科技有限公司深圳分公司 版权所有", SAME),
        ("版权所有 深圳市样例科技有限公司 技术支持：甲样品网络有限公司", SAME),
        ("统一社会信用代码：91440300MA00000077", SAME),
        ("版权所有 甲样品有限公司\n关于深圳市样例科技有限公司", SAME),
        ("技术支持：甲样品网络有限公司", NOBODY),
        ("合作伙伴 甲样品网络有限公司 乙样品有限公司", NOBODY),
        ("© 2026 样例科技", NOBODY),
        ("", NOBODY),
    ] {
        let mut sample = Sample::enterprise();
        sample.shows_text("样例科技", text);
        assert_eq!(sample.said(&SiteEntity), [expected], "{text}");
    }
}

#[test]
fn superiors_and_former_names_are_no_others() {
    let mut sample = Sample::enterprise();
    sample.shows_text("样例", "版权所有 甲样品贸易有限公司");
    let mut superior = sample.clone();
    superior.filing.entity.superior = "甲样品贸易有限公司".into();
    assert_eq!(superior.said(&SiteEntity), [SAME]);
    let record = RegistryRecord {
        name: sample.filing.entity.name.clone(),
        number: sample.filing.entity.certificate_number.clone(),
        status: RegistryStatus::Active,
        status_text: "存续".into(),
        address: String::new(),
        legal_representative: String::new(),
        valid_until: None,
        former_names: vec!["甲样品贸易有限公司".into()],
        former_numbers: Vec::new(),
        as_of: None,
    };
    let subject = Subject::number(&sample.filing.entity.certificate_number).unwrap();
    sample.knows(subject, 0, Observation::Registry(RegistryAnswer { result: RegistryResult::Found(record) }));
    assert_eq!(sample.said(&SiteEntity), [SAME]);
}

#[test]
fn what_is_no_enterprise_has_another_reason_and_a_person_none() {
    let mut sample = Sample::enterprise();
    sample.shows_text("样例", "版权所有 甲样品贸易有限公司");
    sample.filing.entity.entity_type = 3;
    assert_eq!(sample.said(&SiteEntity), ["warn site_entity_other CNT-ENTITY-MISMATCH@site.content"]);
    let mut person = Sample::individual();
    person.shows_text("样例", "版权所有 甲样品贸易有限公司");
    assert_eq!(person.said(&SiteEntity), [""; 0]);
}
