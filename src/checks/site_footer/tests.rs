use super::*;
use crate::checks::fixture::Sample;
use crate::checks::page::fixture::{number, page};
use crate::domain::filing::OrderType;

const ENTITY: &str = "粤ICP备2023990001号";
const SITE: &str = "粤ICP备2023990001号-1";
const LINK: &str = "https://beian.miit.gov.cn/";
const FINE: &str = "pass footer_fine";
const MISSING: &str = "fail footer_missing FOOT-MISSING@site.footer";
const OTHER: &str = "fail footer_other_number FOOT-WRONG@site.footer";
const NO_LINK: &str = "fail footer_no_link FOOT-LINK@site.footer";
const FORM_ENTITY: &str = "warn footer_form_entity FOOT-WRONG@site.footer";

fn sample(numbers: &[(&str, &str)], characters: usize) -> Sample {
    let mut sample = Sample::enterprise();
    sample.filing.entity.filing_number = Some(ENTITY.into());
    sample.site().filing_number = Some(SITE.into());
    let text = "样".repeat(characters);
    let mut page = page("样例科技", &text);
    page.footer.extend(numbers.iter().map(|(shown, link)| number(shown, link)));
    let mut police = number("粤公网安备44030000000000号", "");
    police.police = true;
    page.footer.push(police);
    sample.shows(page, &text);
    sample
}

#[test]
fn numbers_in_guangdong() {
    for (numbers, expected) in [
        (&[(ENTITY, LINK)][..], &[FINE][..]),
        (&[("粤icp备 2023990001 号", LINK)], &[FINE]),
        (&[(SITE, LINK), (ENTITY, LINK)], &[FINE]),
        (&[(ENTITY, LINK), ("京ICP备2021990002号-3", LINK)], &[FINE]),
        (&[("合字B2-20090059", ""), (ENTITY, LINK)], &[FINE]),
        (&[("粤B2-20200059", ""), (ENTITY, LINK)], &[FINE]),
        (&[(ENTITY, "http://beian.miit.gov.cn")], &[FINE]),
        (&[(ENTITY, "https://beian.miit.gov.cn./#/Integrated/index")], &[FINE]),
        (&[(SITE, LINK)], &[FORM_ENTITY]),
        (&[], &[MISSING]),
        (&[("合字B2-20090059", "")], &[MISSING]),
        (&[("京ICP备2021990002号-3", LINK)], &[OTHER]),
        (&[("粤ICP备2023990002号", LINK)], &[OTHER]),
        (&[("粤ICP备2023990001号-2", LINK)], &["fail footer_other_site FOOT-WRONG@site.footer"]),
        (&[("粤B2-20200059", LINK)], &["warn footer_other_kind FOOT-WRONG@site.footer"]),
        (&[("奥ICP备2023990001号", LINK)], &["fail footer_province FOOT-WRONG@site.footer"]),
        (&[("彬ICP备2023990001号", LINK)], &["fail footer_not_official FOOT-WRONG@site.footer"]),
        (&[("粤ICP备202399号", LINK)], &["warn footer_unread FOOT-WRONG@site.footer"]),
        (&[(ENTITY, "")], &[NO_LINK]),
        (&[(ENTITY, "http://www.miitbeian.gov.cn/")], &["fail footer_dead_link FOOT-LINK@site.footer"]),
        (&[(ENTITY, "http://miibeian.gov.cn")], &["fail footer_dead_link FOOT-LINK@site.footer"]),
        (&[(ENTITY, "https://www.beian.miit.gov.cn")], &["warn footer_old_link FOOT-LINK@site.footer"]),
        (
            &[(ENTITY, "https://beian.miit.gov.cn.yangli.example/")],
            &["fail footer_other_link FOOT-LINK@site.footer"],
        ),
        (
            &[(ENTITY, "https://beian.miit.gov.cn@yangli.example/")],
            &["fail footer_other_link FOOT-LINK@site.footer"],
        ),
        (&[(SITE, "")], &[NO_LINK, FORM_ENTITY]),
    ] {
        assert_eq!(sample(numbers, 200).said(&SiteFooter), expected, "{numbers:?}");
    }
}

#[test]
fn elsewhere_the_sites_number_is_asked_for() {
    for (shown, expected) in [
        ("浙ICP备2023990001号-1", FINE),
        ("浙ICP备2023990001号", "warn footer_form_site FOOT-WRONG@site.footer"),
    ] {
        let mut sample = sample(&[(shown, LINK)], 200);
        sample.filing.province = "330000".into();
        sample.filing.entity.filing_number = Some("浙ICP备2023990001号".into());
        sample.site().filing_number = Some("浙ICP备2023990001号-1".into());
        assert_eq!(sample.said(&SiteFooter), [expected]);
    }
}

#[test]
fn what_was_not_read_in_full_fails_nobody() {
    for (characters, expected) in
        [(20, "warn footer_perhaps_missing FOOT-MISSING@site.footer"), (200, MISSING)]
    {
        assert_eq!(sample(&[], characters).said(&SiteFooter), [expected]);
    }
    assert_eq!(sample(&[], 0).said(&SiteFooter), [""; 0]);
}

#[test]
fn neither_a_page_built_by_script_nor_somebody_elses_fails() {
    const TEXT: &str = "样例科技有限公司";
    for (url, bytes, expected) in [
        ("https://yangli.example/", 20_000, &[MISSING][..]),
        ("https://www.yangli.example/", 20_000, &[MISSING]),
        ("https://yangli.example/", 200_000, &["warn footer_perhaps_missing FOOT-MISSING@site.footer"]),
        ("https://bie.test/", 20_000, &[]),
    ] {
        let mut sample = Sample::enterprise();
        sample.filing.order_type = OrderType::Change;
        let text = TEXT.repeat(50);
        let mut page = page("样例科技", &text);
        (page.url, page.body_bytes) = (url.into(), bytes);
        let police = number("粤公网安备44030000000000号", "");
        page.footer.push(FooterNumber { police: true, ..police });
        sample.shows(page, &text);
        assert_eq!(sample.said(&SiteFooter), expected, "{url} {bytes}");
    }
}

#[test]
fn what_a_person_typed_has_no_link_and_need_not_be_all() {
    for (numbers, expected) in [
        (&[(ENTITY, "")][..], FINE),
        (&[], "warn footer_perhaps_missing FOOT-MISSING@site.footer"),
        (&[("粤ICP备2023990002号", "")], OTHER),
    ] {
        let mut sample = sample(numbers, 200);
        sample.by_a_person();
        assert_eq!(sample.said(&SiteFooter), [expected], "{numbers:?}");
    }
}

#[test]
fn without_a_filed_number_only_the_link_is_judged() {
    let mut sample = sample(&[(ENTITY, "")], 200);
    sample.filing.entity.filing_number = None;
    sample.site().filing_number = None;
    assert_eq!(sample.said(&SiteFooter), ["not_run footer_uncompared", NO_LINK]);
}

#[test]
fn the_sponsors_number_alone_covers_its_sites() {
    let mut sample = sample(&[(SITE, LINK)], 200);
    sample.site().filing_number = None;
    assert_eq!(sample.said(&SiteFooter), [FORM_ENTITY]);
}

#[test]
fn only_sites_that_were_filed_before_have_a_number() {
    for (order, judged) in [
        (OrderType::First, false),
        (OrderType::NewSite, false),
        (OrderType::Cancel, false),
        (OrderType::Change, true),
        (OrderType::Access, true),
    ] {
        let mut sample = sample(&[], 200);
        sample.filing.order_type = order;
        assert_eq!(!sample.said(&SiteFooter).is_empty(), judged, "{order}");
    }
}

#[test]
fn the_polices_number_is_told_only() {
    let mut sample = Sample::enterprise();
    sample.filing.entity.filing_number = Some(ENTITY.into());
    let text = "样".repeat(200);
    let mut page = page("样例科技", &text);
    page.footer.push(number(ENTITY, LINK));
    sample.shows(page, &text);
    assert_eq!(sample.said(&SiteFooter), [FINE, "pass footer_police_absent"]);
}
