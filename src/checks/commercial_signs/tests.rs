use super::*;
use crate::checks::fixture::Sample;
use crate::checks::page::fixture::{form, number, page};

const NONE: &str = "pass commercial_none";
const FOUND: &str = "warn commercial_found CNT-COMMERCIAL@site.content";

#[test]
fn signs_and_what_is_none() {
    for (text, expected) in [
        ("商家入驻\n首页", FOUND),
        ("开通VIP享受更多", FOUND),
        ("账户余额充值中心", FOUND),
        ("广告位招租", FOUND),
        ("本文需付费阅读", FOUND),
        ("充值\n充值\n充值", FOUND),
        ("客户登录\n会员登录", NONE),
        ("立即购买 加入购物车", NONE),
        ("产品价格 在线订购", NONE),
        ("手机充值", NONE),
        ("本站不提供付费阅读", NONE),
        ("我们为样例制作广告", NONE),
        ("会员中心", NONE),
        ("商家\n入驻", NONE),
    ] {
        let mut sample = Sample::enterprise();
        sample.shows_text("样例科技", text);
        assert_eq!(sample.said(&CommercialSigns), [expected], "{text}");
    }
}

#[test]
fn paying_adds_to_a_sign_and_is_none() {
    for (text, expected, words) in
        [("样例商品", "pass commercial_own_goods", None), ("商家入驻", FOUND, Some("商家入驻、去结算"))]
    {
        let mut sample = Sample::enterprise();
        let mut page = page("样例科技", text);
        page.forms.push(form(FormKind::Cart, "去结算"));
        sample.shows(page, text);
        assert_eq!(sample.said(&CommercialSigns), [expected]);
        let finding = &sample.findings(&CommercialSigns)[0];
        assert_eq!(finding.message.args.get("words").map(String::as_str), words);
    }
}

#[test]
fn a_licence_answers_when_filed_and_asks_when_only_shown() {
    let mut filed = Sample::enterprise();
    filed.shows_text("样例科技", "商家入驻");
    filed.site().filing_number = Some("粤B2-20090059-1".into());
    assert_eq!(filed.said(&CommercialSigns), ["pass commercial_licensed"]);
    let mut shown = Sample::enterprise();
    let mut page = page("样例科技", "商家入驻");
    page.footer.push(number("合字B2-20090059", ""));
    shown.shows(page, "商家入驻");
    assert_eq!(shown.said(&CommercialSigns), ["warn commercial_licence_shown"]);
}
