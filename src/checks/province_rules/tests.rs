use jiff::civil::date;

use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::domain::filing::OrderType;
use crate::domain::finding::EvidenceRef;
use crate::domain::message::Lang;
use crate::domain::reasons::Catalogue;

/// The company of the fixture, moved to another province; its addresses stay where they are.
fn company(province: &str) -> Sample {
    let mut sample = Sample::enterprise();
    sample.filing.province = province.into();
    sample
}

fn person(province: &str) -> Sample {
    let mut sample = Sample::individual();
    sample.filing.province = province.into();
    sample
}

fn one_principal(sample: &mut Sample) {
    let person = sample.filing.entity.principal.clone();
    sample.site().principal = person;
}

/// Born on 24 November 2009.
const YOUNG: &str = "440300200911240019";

#[test]
fn both_principals_are_one_person_where_the_province_says_so() {
    for (what, province, change, expected) in [
        ("Anhui", "340000", (|_| ()) as fn(&mut Sample), &["warn SPR-MUST-EQUAL-EPR@spr"][..]),
        ("Anhui, one person", "340000", one_principal, &[]),
        ("Anhui, no site", "340000", |s| s.filing.site = None, &[]),
        ("Jiangsu, the legal representative", "320000", |_| (), &[]),
        (
            "Jiangsu, somebody else",
            "320000",
            |s| s.certificate().legal_representative = Some("钱样例".into()),
            &["warn SPR-MUST-EQUAL-EPR@spr"],
        ),
        (
            "Jiangsu, somebody else and one person",
            "320000",
            |s| {
                s.certificate().legal_representative = Some("钱样例".into());
                one_principal(s);
            },
            &[],
        ),
        ("Guangdong", "440000", |_| (), &[]),
        ("a cancellation", "340000", |s| s.filing.order_type = OrderType::Cancel, &[]),
    ] {
        let mut sample = company(province);
        change(&mut sample);
        assert_eq!(sample.statements(&ProvinceRules), expected, "{what}");
    }
}

#[test]
fn landlines_by_province() {
    for (what, province, change, expected) in [
        (
            "Jiangsu, none",
            "320000",
            (|s: &mut Sample| s.filing.entity.principal.landline = None) as fn(&mut Sample),
            &["warn CON-LANDLINE-MISSING@epr.landline"][..],
        ),
        (
            "Jiangsu, blank, of the site's principal",
            "320000",
            |s| s.site().principal.landline = Some(" ".into()),
            &["warn CON-LANDLINE-MISSING@spr.landline"],
        ),
        (
            "Jiangsu, one person is told once",
            "320000",
            |s| {
                s.filing.entity.principal.landline = None;
                one_principal(s);
            },
            &["warn CON-LANDLINE-MISSING@epr.landline"],
        ),
        ("elsewhere, none", "440000", |s| s.filing.entity.principal.landline = None, &[]),
        (
            "Liaoning, the mobile again",
            "210000",
            |s| s.filing.entity.principal.landline = Some("+86 139-0000-0001".into()),
            &["warn FLOW-PROVINCE-RULE@epr"],
        ),
        (
            "Liaoning, somebody else's mobile",
            "210000",
            |s| s.filing.entity.principal.landline = Some("13900000003".into()),
            &[],
        ),
        ("Liaoning, none", "210000", |s| s.filing.entity.principal.landline = None, &[]),
    ] {
        let mut sample = company(province);
        change(&mut sample);
        assert_eq!(sample.statements(&ProvinceRules), expected, "{what}");
    }
}

#[test]
fn the_postal_address_is_in_the_city_of_the_certificate() {
    let flagged = &["warn ENT-MAILADDR-CITY@mail_address"][..];
    for (postal, certificate, expected) in [
        ("石家庄市样例路1号", "石家庄市样例区样例路2号", &[][..]),
        ("河北省石家庄市样例路1号", "石家庄市样例区样例路2号", &[]),
        ("河北石家庄市样例路1号", "河北省石家庄市样例区样例路2号", &[]),
        ("河北省保定市样例路1号", "河北省石家庄市样例路1号", flagged),
        ("保定市省府路1号", "石家庄市样例路1号", flagged),
        ("黔南布依族苗族自治州都匀市样例路1号", "贵州省黔南布依族苗族自治州样例县", &[]),
        ("内蒙古自治区锡林郭勒盟样例旗", "锡林郭勒盟样例旗", &[]),
        ("样例区样例路1号", "石家庄市样例路1号", &["not_run mail_address"]),
        ("", "石家庄市样例路1号", &["not_run mail_address"]),
    ] {
        let mut sample = company("130000");
        sample.filing.entity.mail_address = postal.into();
        sample.filing.entity.certificate_address = certificate.into();
        assert_eq!(sample.statements(&ProvinceRules), expected, "{postal} / {certificate}");
        sample.filing.province = "440000".into();
        assert_eq!(sample.statements(&ProvinceRules), [""; 0], "{postal} / {certificate} in Guangdong");
    }
    let mut sample = person("130000");
    sample.filing.entity.certificate_address.clear();
    assert_eq!(sample.statements(&ProvinceRules), [""; 0], "a person's card need not be transcribed");
}

#[test]
fn ages_count_on_the_day_and_by_sponsor() {
    let young = |sample: &mut Sample| {
        sample.filing.entity.principal.document_number = YOUNG.into();
        if sample.filing.is_individual() {
            sample.site().principal.document_number = YOUNG.into();
        }
    };
    let flagged = &["warn EPR-UNDERAGE@epr"][..];
    for (what, mut sample, day, expected) in [
        ("16 in Guangdong", company("440000"), date(2026, 1, 1), &[][..]),
        ("15 in Guangdong", company("440000"), date(2025, 12, 31), &[]),
        ("an organisation in Tianjin", company("120000"), date(2026, 6, 1), &[]),
        ("a person in Tianjin", person("120000"), date(2026, 6, 1), flagged),
        ("a person in Tianjin, grown up", person("120000"), date(2027, 11, 24), &[]),
        ("an organisation in Fujian", company("350000"), date(2026, 6, 1), flagged),
        ("no rule for it yet", person("120000"), date(2025, 12, 30), &[]),
    ] {
        young(&mut sample);
        sample.day = day;
        assert_eq!(sample.statements(&ProvinceRules), expected, "{what}");
    }
}

#[test]
fn persons_from_abroad_and_from_elsewhere() {
    for (what, mut sample, document_type, expected) in [
        ("a passport in Hebei", company("130000"), 7, &["warn EPR-NATIONALITY@epr"][..]),
        ("a residence permit in Shanxi", company("140000"), 41, &["warn EPR-NATIONALITY@epr"]),
        ("a passport in Guangdong", company("440000"), 7, &[]),
        ("a card in Hebei", company("130000"), 2, &[]),
        ("a person in Gansu", person("620000"), 2, &["warn MAT-RESIDENCE@residence_proof"]),
        ("a person in Tianjin", person("120000"), 2, &[]),
        ("a person at home", person("440000"), 2, &[]),
        ("a company in Gansu", company("620000"), 2, &[]),
    ] {
        sample.filing.entity.principal.document_type = document_type;
        assert_eq!(sample.statements(&ProvinceRules), expected, "{what}");
    }
}

#[test]
fn what_only_the_eye_sees_is_told_beside_the_document_and_is_no_doubt() {
    for (sample, expected) in [
        (company("110000"), &["pass province_look_registrar_note", "pass province_kept"][..]),
        (company("360000"), &["pass province_look_thumbprint"]),
        (company("620000"), &["pass province_look_slogan"]),
    ] {
        let said = sample.said(&ProvinceRules);
        for line in expected {
            assert!(said.contains(&(*line).to_owned()), "{}: {said:?}", sample.filing.province);
        }
    }
    let mut electronic = Sample::electronic();
    electronic.filing.province = "360000".into();
    assert_eq!(electronic.said(&ProvinceRules), [""; 0], "no form to look at, no other rule");
}

#[test]
fn a_statement_names_rule_day_and_source_and_a_reason_that_fits() {
    let mut sample = company("320000");
    sample.filing.entity.principal.landline = None;
    let findings = sample.findings(&ProvinceRules);
    let flag = findings.iter().find(|finding| finding.status == Status::Warn).unwrap();
    assert_eq!(
        flag.message.text(Lang::Zh),
        "本省要求填写座机，未填（tencent-landline/320000，2019-01-01 起，腾讯云备案文档《主体信息》）"
    );
    assert!(flag.evidence.contains(&EvidenceRef::Rule("tencent-landline/320000".into())));
    for (code, place) in
        [("FLOW-PROVINCE-RULE", Place::EntityPrincipal), ("SPR-UNDERAGE", Place::SitePrincipal)]
    {
        assert!(Catalogue::shipped().get(code).unwrap().allows(&place.into()), "{code}");
    }
    for code in ProvinceRules.proposes() {
        assert!(Catalogue::shipped().get(code).is_some(), "{code}");
    }
}

#[test]
fn a_province_without_rules_is_passed_over() {
    run_table(&ProvinceRules, || company("510000"), &[("nothing changed", |_| (), &[])]);
    assert!(company("510000").findings(&ProvinceRules).is_empty());
    assert_eq!(company("440000").said(&ProvinceRules), ["pass province_kept"]);
}
