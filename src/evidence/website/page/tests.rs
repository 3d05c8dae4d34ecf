use std::time::{Duration, Instant};

use super::*;

fn read_html(html: &str) -> PageRead {
    read_as("text/html; charset=utf-8", html)
}

fn read_as(content_type: &str, body: &str) -> PageRead {
    let answer = Answer {
        url: "http://www.site.example/a/".parse().unwrap(),
        status: 200,
        content_type: Some(content_type.to_owned()),
        refresh: None,
        body: body.as_bytes().to_vec(),
    };
    read(&answer, TextLimits::default())
}

fn text(page: &PageRead) -> String {
    String::from_utf8(page.text.clone().unwrap_or_default()).unwrap()
}

#[test]
fn what_a_person_sees_is_text_block_by_block() {
    for (html, expected) in [
        ("<p>一</p><p>二", "一\n二"),
        ("<div>a <b>b</b><i>c</i>\n\t d</div>", "a bc d"),
        ("a<br>b<hr>c", "a\nb\nc"),
        ("<ul><li>一<li>二</ul>三", "一\n二\n三"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\nb\nc"),
        ("a&nbsp;&nbsp;b　c&amp;d&#x4e2d;", "a b c&d中"),
        ("<script>var a = '<p>no</p>';</script>yes<style>p{}</style>", "yes"),
        ("<noscript><p>no</p></noscript>yes<template><p>no</p></template>", "yes"),
        ("<div hidden><p>no</p><div>no</div></div>yes", "yes"),
        ("<div style='color:red; DISPLAY : none'><b>no</b></div>yes", "yes"),
        ("<p style='display:none'>no<p>yes", "yes"),
        ("<ul><li hidden>no<ul><li>no</ul><li>yes</ul>", "yes"),
        ("<p style='visibility:hidden !important'>no</p>yes", "yes"),
        ("<p style='display:block'>yes</p>", "yes"),
        ("<div hidden><table><tr><td>no</div>no</td></tr></table>no</div>yes", "yes"),
        ("<div hidden><span>no</b></span></div>yes</div>", "yes"),
        ("<input type=hidden value=no><input type=submit value=登录><input placeholder=no>", "登录"),
        ("<img alt='样例 标志'><img src=x>", "样例 标志"),
        ("<a href=/><img alt=首页></a><a href=/b>关于</a>", "首页 关于"),
        ("<select><option>甲<option>乙</select>", "甲\n乙"),
        ("<textarea>写 & 在此</textarea>", "写 & 在此"),
        ("<iframe><p>no</p></iframe>yes<video>no</video>", "yes"),
        ("<title>no</title><svg><title>no</title><text>yes</text></svg>", "yes"),
        ("<dialog>no</dialog><dialog open>yes</dialog>", "yes"),
        ("<!-- no --><![CDATA[no]]>yes", "yes"),
        ("</p></div></body>yes", "yes"),
        ("<p", ""),
        ("", ""),
    ] {
        assert_eq!(text(&read_html(html)), expected, "{html}");
    }
}

#[test]
fn titles_are_whole_and_the_first() {
    for (html, expected) in [
        ("<title>\n 样例公司 &amp;\n官网 </title><p>x", "样例公司 & 官网"),
        ("<title>一</title><title>二</title>", "一"),
        ("<TITLE>一</TITLE><svg><title>图</title></svg>", "一"),
        ("<p>没有标题", ""),
        ("<title>开头<p>没有结尾", "开头<p>没有结尾"),
    ] {
        assert_eq!(read_html(html).page.title, expected, "{html}");
    }
}

#[test]
fn footer_numbers_come_with_their_link_and_line() {
    let html = "<p>样例公司</p><footer>版权所有 <a href='https://beian.miit.gov.cn/'>粤ICP备05000001号-1</a> \
                <a href='//www.beian.gov.cn/portal?id=1'><img alt='图标'>粤公网安备 44030502000001号</a><br>\
                粤B2-20090059<br><a href='/beian'>粤<b>ICP备</b> 05000002 号</a>\
                <span style='display:none'>粤ICP备05000003号</span></footer>";
    let found = read_html(html).page.footer;
    let found: Vec<(&str, bool, Option<&str>, u32)> =
        found.iter().map(|one| (one.number.as_str(), one.police, one.link.as_deref(), one.line)).collect();
    assert_eq!(
        found,
        [
            ("粤ICP备05000001号-1", false, Some("https://beian.miit.gov.cn/"), 2),
            ("粤公网安备 44030502000001号", true, Some("http://www.beian.gov.cn/portal?id=1"), 2),
            ("粤B2-20090059", false, None, 3),
            ("粤ICP备 05000002 号", false, Some("http://www.site.example/beian"), 4),
        ]
    );
    let based = "<base href='https://cdn.example/x/'><a href=b>粤ICP备05000001号</a>";
    assert_eq!(read_html(based).page.footer[0].link.as_deref(), Some("https://cdn.example/x/b"));
}

#[test]
fn forms_and_what_stands_for_one() {
    use FormKind::{Cart, Comment, Login, Other, Payment, Register, Search};
    for (html, expected) in [
        (
            "<p>欢迎</p><form><input name=u><input type=password name=p><button>登 录</button></form>",
            vec![(Login, "登录", Some(2))],
        ),
        (
            "<form action=https://openapi.alipay.com/gateway.do><input name=a></form>",
            vec![(Payment, "openapi.alipay.com", None)],
        ),
        ("<input type=password><button>Sign in</button>", vec![(Login, "password", Some(1))]),
        ("<form role=search><input name=q><input type=submit></form>", vec![(Search, "q", None)]),
        (
            "<form><textarea name=x></textarea><input type=submit value=发表评论></form>",
            vec![(Comment, "发表评论", Some(1))],
        ),
        (
            "<p>样例</p><a href=/cart>购物车</a> <a href=/reg>免费注册</a>",
            vec![(Cart, "购物车", Some(2)), (Register, "免费注册", Some(2))],
        ),
        ("<p>请用微信扫码支付</p>", vec![(Payment, "扫码支付", Some(1))]),
        ("<script src=https://js.stripe.com/v3/></script>", vec![(Payment, "js.stripe.com", None)]),
        (
            "<form><input name=mail placeholder=邮箱><button>订阅</button></form>",
            vec![(Other, "订阅", Some(1))],
        ),
        ("<div hidden><form><input type=password></form></div>", vec![]),
        ("<p>本公司从事支付系统、购物车软件的开发，注册资本一百万元</p>", vec![]),
        ("<a href=/news/1>关于公司注册登录系统升级的公告以及购物车功能的说明</a>", vec![]),
        ("<form><input type=hidden name=csrf></form>", vec![]),
    ] {
        let forms = read_html(html).page.forms;
        let found: Vec<_> = forms.iter().map(|form| (form.kind, form.sign.as_str(), form.line)).collect();
        assert_eq!(found, expected, "{html}");
    }
}

#[test]
fn pages_that_send_on() {
    let long = "样例文字。".repeat(100);
    let busy = format!("<p>{long}<script>location.href='/x'</script>");
    let refreshed = format!("<meta http-equiv=refresh content='0;url=/x'><p>{long}");
    for (html, expected) in [
        ("<meta http-equiv=Refresh content='0; url=/x'>", Some("/x")),
        (refreshed.as_str(), Some("/x")),
        ("<script>window.location.href = '/x';</script>", Some("/x")),
        ("<script>var _hmt = [];</script><script>location='/x'</script>正在跳转", Some("/x")),
        (busy.as_str(), None),
        ("<script type='application/json'>location='/x'</script>", None),
        ("<script src=a.js>location='/x'</script>", None),
        ("<noscript><meta http-equiv=refresh content='0;url=/x'></noscript>", None),
        ("<script>if (a) location='/x'</script>", None),
        ("<p>location='/x'", None),
    ] {
        assert_eq!(read_html(html).sends_on.as_deref(), expected, "{html}");
    }
}

#[test]
fn other_formats_are_text_or_nothing() {
    for (content_type, body, used, expected) in [
        ("text/plain", "一\n\n  二  <b>", "UTF-8", "一\n二 <b>"),
        ("application/json", "{\"a\": 1}", "UTF-8", "{\"a\": 1}"),
        ("image/png", "\u{89}PNG", "binary", ""),
        ("application/octet-stream", "粤ICP备05000001号", "binary", ""),
        ("application/xhtml+xml", "<p>一</p>", "UTF-8", "一"),
    ] {
        let read = read_as(content_type, body);
        assert_eq!(
            (text(&read).as_str(), read.page.charset.used.as_str()),
            (expected, used),
            "{content_type}"
        );
        assert_eq!(read.page.text_sha256.is_some(), !expected.is_empty(), "{content_type}");
    }
}

#[test]
fn text_is_named_counted_and_bounded() {
    let read = read_html("<p>一 二</p><p>三</p>");
    assert_eq!(read.page.text_characters, 3);
    assert_eq!(read.page.text_sha256, Some(sha256_hex("一 二\n三".as_bytes())));
    let answer = Answer {
        url: "http://site.example/".parse().unwrap(),
        status: 200,
        content_type: None,
        refresh: None,
        body: "<p>样例".repeat(1000).into_bytes(),
    };
    let short = read_limited(&answer, 100, 1000);
    assert!(short.text.unwrap().len() <= 100);
    let few = read_limited(&answer, 10_000, 7);
    assert_eq!(text(&few).lines().count(), 7);
}

fn read_limited(answer: &Answer, bytes: usize, lines: usize) -> PageRead {
    read(answer, TextLimits { bytes, lines })
}

#[test]
fn hostile_markup_takes_no_more_than_its_size() {
    let formatting: String = (0..2000).map(|n| format!("<b a{n}>")).collect();
    for html in [
        "<div>".repeat(400_000),
        format!("{formatting}{}", "<p>x".repeat(100_000)),
        "<a href=x><table><tr><td>".repeat(50_000),
        format!("<p {}>x", (0..20_000).map(|n| format!("a{n} ")).collect::<String>()),
        "<form><input type=password><button>登录".repeat(50_000),
        "<meta".repeat(200_000),
        "&".repeat(1_000_000),
        format!("<script>{}</script>", "location='/x';".repeat(100_000)),
    ] {
        let begun = Instant::now();
        let read = read_html(&html);
        // Far beyond what it takes on a busy machine; a square of the size would be hours.
        assert!(begun.elapsed() < Duration::from_secs(60), "{} bytes", html.len());
        assert!(read.text.unwrap_or_default().len() <= 512 * 1024);
        assert!(read.page.forms.len() <= 50);
    }
}

proptest::proptest! {
    #[test]
    fn no_page_is_too_odd(html in ".*|(<[a-z/!]{0,8}|>|href='?|\"|=|hidden|粤ICP备05000001号|[a-z ]){0,60}") {
        let read = read_html(&html);
        let lines = u32::try_from(text(&read).lines().count()).unwrap();
        for number in &read.page.footer {
            proptest::prop_assert!(number.line >= 1 && number.line <= lines);
        }
    }
}
