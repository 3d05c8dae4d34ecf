//! What visits to a site found (网站): ways there, pages, and what of a page can be judged.

use std::net::IpAddr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use crate::domain::filing::named;

/// One answer on the way: a redirect or the page itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hop {
    pub url: String,
    /// The address that was connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub address: Option<IpAddr>,
    pub status: u16,
    /// Where it sends on to, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

/// How a visit ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitEnd {
    /// At the page with this number in [`WebsiteVisits::pages`]; its status may still be an error.
    Page(u16),
    /// The name has no address.
    NotResolved,
    /// The certificate is not to be trusted (the page was read all the same where [`Visit::certificate`] tells it).
    Untrusted(String),
    RedirectLoop,
    TooManyRedirects,
    NoAnswer(Fault),
}

/// The certificate that the site showed (RFC 5280).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateFacts {
    /// Names it is for.
    pub names: Vec<String>,
    pub issuer: String,
    #[schemars(with = "String")]
    pub not_before: Timestamp,
    #[schemars(with = "String")]
    pub not_after: Timestamp,
    /// Why it is not to be trusted for this host now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// One of the ways that people take: `http` and `https`, with and without `www`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    pub url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<Hop>,
    pub end: VisitEnd,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateFacts>,
}

/// Which character set a page says it has, and which it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Charset {
    /// By `Content-Type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// By the page's own `meta`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// By which it was read.
    pub used: String,
}

/// A filing number as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FooterNumber {
    /// As written.
    pub number: String,
    /// 公安备案号, not 备案号.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub police: bool,
    /// The address that it links to, made absolute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Line of the page's text, from 1.
    pub line: u32,
}

named! {
    /// What a form on a page is for.
    FormKind {
        /// 登录
        Login => "login",
        /// 注册
        Register => "register",
        /// 支付
        Payment => "payment",
        /// 购物车
        Cart => "cart",
        /// 评论、留言
        Comment => "comment",
        /// 搜索
        Search => "search",
        Other => "other",
    }
}

/// A form, or what stands for one (a cart's link, a payment button).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub kind: FormKind,
    /// What told it: the words of its button or link.
    pub sign: String,
    /// Line of the page's text, from 1; none where it has no text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub url: String,
    pub status: u16,
    pub charset: Charset,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// SHA-256 of the body as it came, decompressed.
    pub body_sha256: String,
    pub body_bytes: u64,
    /// The visible text, one block a line: a file of the workspace, by SHA-256; none for an empty page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// Characters of the visible text without white space.
    pub text_characters: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footer: Vec<FooterNumber>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
    /// A screenshot (PNG), a file of the workspace, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screenshot_sha256: Option<String>,
}

/// All visits to one domain at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebsiteVisits {
    pub visits: Vec<Visit>,
    /// Each page once, however many ways lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
}

impl WebsiteVisits {
    /// Whether a server answered on one of the ways, whatever it said.
    pub fn met_a_server(&self) -> bool {
        self.visits.iter().any(|visit| match visit.end {
            VisitEnd::Page(_)
            | VisitEnd::Untrusted(_)
            | VisitEnd::RedirectLoop
            | VisitEnd::TooManyRedirects => true,
            VisitEnd::NotResolved | VisitEnd::NoAnswer(_) => !visit.hops.is_empty(),
        })
    }

    /// A page that answered with success.
    pub fn open_page(&self) -> Option<&Page> {
        self.pages.iter().find(|page| (200..300).contains(&page.status))
    }
}
