//! What stands beside a label, and not elsewhere.

use super::*;

/// What is filed stands elsewhere on the page, or in something longer: the reading is what stands beside the label.
#[test]
fn a_value_elsewhere_never_stands_for_the_one_beside_its_label() {
    use DocumentKind as K;
    // Kind, words, place, filed, what is read, left of it.
    type Row<'a> = (K, &'a [&'a str], P, &'a [&'a str], Option<&'a str>, u32);
    let rows: &[Row<'_>] = &[
        (
            K::Licence,
            &[
                "106,420 营业期限",
                "+230,420 2016年05月18日至2036年05月17日",
                "106,480 经营范围",
                "+230,480 长期投资",
            ],
            P::Term,
            &["长期"],
            Some("2016年05月18日至2036年05月17日"),
            230,
        ),
        (
            K::IdFront,
            &["76,90 姓名", "+160,88 李强", "76,200 住址", "+160,200 王伟东代收"],
            P::PersonName,
            &["王伟"],
            Some("李强"),
            160,
        ),
        // A longer name is another name: in one word, in two, letter by letter, and where no label was read.
        (K::IdFront, &["76,90 姓名", "+160,88 王伟东"], P::PersonName, &["王伟"], Some("王伟东"), 160),
        (K::IdFront, &["76,90 姓名王伟东"], P::PersonName, &["王伟"], Some("王伟东"), 116),
        (
            K::IdFront,
            &["76,90 姓名", "+160,88 王", "+210,88 伟", "+260,88 东"],
            P::PersonName,
            &["王伟"],
            Some("王伟东"),
            160,
        ),
        (K::IdFront, &["160,88 王伟东"], P::PersonName, &["王伟"], None, 0),
        (
            K::Licence,
            &["230,340 深圳市样例科技有限公司福田分公司"],
            P::Name,
            &["深圳市样例科技有限公司"],
            Some("深圳市样例科技有限公司福田分公司"),
            230,
        ),
        (
            K::Licence,
            &["106,340 名称", "+230,340 深圳市样例科技有限公司", "+530,340 福田分公司"],
            P::Name,
            &["深圳市样例科技有限公司"],
            Some("深圳市样例科技有限公司福田分公司"),
            230,
        ),
        (K::Licence, &["230,340 长期投资", "106,700 登记机关"], P::Term, &["长期"], None, 663),
        // Another number within two edits stands elsewhere.
        (
            K::Form,
            &["80,300 办公电话", "+180,300 13900001002", "80,480 手机", "+160,480 13700005678"],
            P::Mobile,
            &["13900001002"],
            Some("13700005678"),
            160,
        ),
        (
            K::Form,
            &["80,480 手机", "+160,480 139000010021"],
            P::Mobile,
            &["13900001002"],
            Some("139000010021"),
            160,
        ),
        // An empty cell stays empty, although another holds what is filed.
        (
            K::Form,
            &["80,300 办公电话", "+180,300 13900001002", "80,480 手机", "80,520 电子邮箱"],
            P::Mobile,
            &["13900001002"],
            None,
            120,
        ),
        (
            K::Form,
            &["80,320 域名", "+280,320 shop.nanshan.example"],
            P::Domain,
            &["nanshan.example"],
            Some("shop.nanshan.example"),
            280,
        ),
        // But what is filed is found in the row: of several domains, before the next label, on a page askew.
        (
            K::Form,
            &["80,320 域名", "+280,320 a.example、nanshan.example；b.example"],
            P::Domain,
            &["nanshan.example"],
            Some("nanshan.example；"),
            396,
        ),
        (
            K::Form,
            &["80,320 网站负责人姓名林样例", "80,480 网站名称：样例站 网站域名：a.example"],
            P::SiteName,
            &["样例站"],
            Some("样例站 "),
            160,
        ),
        (
            K::IdFront,
            &["76,90 姓名", "+160,90 陈样例性别男"],
            P::PersonName,
            &["陈样例"],
            Some("陈样例"),
            160,
        ),
        (
            K::Licence,
            &["106,340 名称", "+430,372 深圳市样例科技有限公司"],
            P::Name,
            &["深圳市样例科技有限公司"],
            Some("深圳市样例科技有限公司"),
            430,
        ),
        // A label in the word of its value is no part of what is read.
        (
            K::Licence,
            &["106,480 住所深圳市别的路1号"],
            P::Address,
            &["北京市样例街9号"],
            Some("深圳市别的路1号"),
            144,
        ),
        (K::Form, &["80,480 手机13700005678"], P::Mobile, &["13900001002"], Some("13700005678"), 106),
        // A value that begins like a label is none.
        (K::Form, &["80,480 网站名称", "+180,480 手机之家"], P::SiteName, &["样例站"], Some("手机之家"), 180),
        // What only begins like a label is none: titles and other labels.
        (
            K::DomainCertificate,
            &[
                "300,40 域名注册证书",
                "80,200 域名所有者",
                "+280,200 样例公司",
                "80,260 域名",
                "+280,260 a.example",
            ],
            P::Domain,
            &["b.example"],
            Some("a.example"),
            280,
        ),
    ];
    let mut wrong = Vec::new();
    for (kind, words, place, filed, reading, left) in rows {
        let found = located(*kind, words, *place, filed);
        let found = found.map(|found| (found.reading, found.region.x)).unwrap_or_default();
        let is = (found.0.as_deref(), found.1);
        if is != (*reading, *left) {
            wrong.push(format!("{place} {filed:?} in {words:?}: {is:?}, not {:?}", (reading, left)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_next_label_is_no_signature() {
    for words in [
        &["80,660 网站负责人签字：", "+420,660 单位盖章："][..],
        &["80,660 网站负责人签字：", "+260,660 单位盖章："],
        &["80,660 网站负责人签字：单位盖章："],
    ] {
        let found = located(DocumentKind::Form, words, P::Signature, &["林样例"]).unwrap();
        assert_eq!(found.reading, None, "{words:?}");
    }
    let written = ["80,660 网站负责人签字：", "+300,660 林样例", "+620,660 单位盖章："];
    let found = located(DocumentKind::Form, &written, P::Signature, &["林样例"]).unwrap();
    assert_eq!(found.reading.as_deref(), Some("林样例"));
}
