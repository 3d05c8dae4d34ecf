//! 首页网址: an address of the web, on a filed domain, and of a home page. Whether it answers is for evidence from
//! outside to say.

use super::Check;
use super::filed_domains::normal;
use super::statement::Statement;
use super::website::website;
use crate::domain::case::Case;
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::Place;

pub struct HomeUrl;

impl Check for HomeUrl {
    fn id(&self) -> &'static str {
        "home_url"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["SITE-URL-INVALID"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(site) = website(self, Place::SiteUrl, case, out) else { return };
        let about = Statement::about(self, Section::Site, Place::SiteUrl);
        if site.home_urls.is_empty() || site.domains.is_empty() {
            out.push(about.not_run("checks.home_url_none"));
            return;
        }
        let domains: Vec<String> = site.domains.iter().map(|domain| normal(domain)).collect();
        let before = out.len();
        for url in &site.home_urls {
            let about = Statement::about(self, Section::Site, Place::SiteUrl).observed(url);
            out.extend(fault(&about, &normal(url), &domains));
        }
        if out.len() == before {
            out.push(about.observed(site.home_urls.join(" ")).pass("checks.home_url_fine"));
        }
    }
}

/// The host of an address, as written.
pub(super) fn host_of(url: &str) -> &str {
    Address::read(url).host
}

/// An address taken apart (RFC 3986, 3), as far as a home page has parts. People file it with and without a scheme.
struct Address<'a> {
    scheme: Option<&'a str>,
    /// `user@` or `user:password@` before the host.
    user: bool,
    host: &'a str,
    port: Option<&'a str>,
    /// Path, query and fragment.
    rest: &'a str,
}

impl<'a> Address<'a> {
    fn read(url: &'a str) -> Self {
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, url),
        };
        let (authority, rest) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
        let (user, authority) = match authority.rsplit_once('@') {
            Some((_, authority)) => (true, authority),
            None => (false, authority),
        };
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        Address { scheme, user, host, port, rest }
    }

    /// The host itself or the start page that servers name by default.
    fn is_home_page(&self) -> bool {
        let page = self.rest.strip_prefix('/').unwrap_or(self.rest);
        let usual = |name: &str| page.strip_prefix(name).and_then(|end| end.strip_prefix('.'));
        page.is_empty()
            || usual("index")
                .or_else(|| usual("default"))
                .is_some_and(|end| end.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    }
}

/// The first thing that is wrong with an address in [`normal`] form.
fn fault(about: &Statement<'_>, url: &str, domains: &[String]) -> Option<Finding> {
    const CODE: &str = "SITE-URL-INVALID";
    let address = Address::read(url);
    if let Some(scheme) = address.scheme.filter(|scheme| !matches!(*scheme, "http" | "https")) {
        let message = Message::new("checks.home_url_scheme").with("scheme", scheme);
        return Some(about.fail(CODE, message));
    }
    if address.user {
        return Some(about.fail(CODE, "checks.home_url_user"));
    }
    if !domains.iter().any(|domain| is_on(address.host, domain)) {
        // The same international domain in its two forms cannot be told from another one here.
        let encoded = |host: &str| host.contains("xn--");
        if domains.iter().any(|domain| encoded(domain) != encoded(address.host)) {
            return Some(about.warn("checks.home_url_other_form"));
        }
        let message = Message::new("checks.home_url_elsewhere").with("host", address.host);
        return Some(about.fail(CODE, message).expecting(domains.join(", ")));
    }
    if let Some(port) = address.port.filter(|port| !matches!(*port, "" | "80" | "443")) {
        return Some(about.warn_of(CODE, Message::new("checks.home_url_port").with("port", port)));
    }
    let message = || Message::new("checks.home_url_inner").with("path", address.rest);
    (!address.is_home_page()).then(|| about.warn_of(CODE, message()))
}

/// Whether a host is a filed domain or below it. That a sub-domain was filed is another fault, told elsewhere.
fn is_on(host: &str, domain: &str) -> bool {
    let domain = domain.strip_prefix("www.").unwrap_or(domain);
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};

    const FINE: &str = "pass home_url_fine";
    const ELSEWHERE: &str = "fail home_url_elsewhere SITE-URL-INVALID@site.url";
    const SCHEME: &str = "fail home_url_scheme SITE-URL-INVALID@site.url";
    const USER: &str = "fail home_url_user SITE-URL-INVALID@site.url";
    const PORT: &str = "warn home_url_port SITE-URL-INVALID@site.url";
    const INNER: &str = "warn home_url_inner SITE-URL-INVALID@site.url";

    #[test]
    fn on_the_filed_domain() {
        for (url, expected) in [
            ("www.yangli.example", FINE),
            ("yangli.example", FINE),
            ("https://www.yangli.example/", FINE),
            ("HTTP://WWW.YangLi.example/index.html", FINE),
            ("http://shop.yangli.example", FINE),
            ("https://www.yangli.example:443/", FINE),
            ("https://www.yangli.example/default.aspx", FINE),
            ("ｈｔｔｐ：／／www.yangli.example／", FINE),
            (" www.yangli.example ", FINE),
            ("www.anderes.example", ELSEWHERE),
            ("myyangli.example", ELSEWHERE),
            ("yangli.example.test", ELSEWHERE),
            ("http:/yangli.example", ELSEWHERE),
            ("192.0.2.1", ELSEWHERE),
            ("", ELSEWHERE),
            ("ftp://yangli.example", SCHEME),
            ("htp://yangli.example", SCHEME),
            ("https://yangli.example@anderes.example/", USER),
            ("https://yangli.example:8080/", PORT),
            ("https://yangli.example/shop/", INNER),
            ("https://yangli.example/?from=filing", INNER),
            ("https://yangli.example/index.html?from=filing", INNER),
            ("yangli.example/#/home", INNER),
            ("www.xn--fsqu00a.example", "warn home_url_other_form"),
        ] {
            let mut sample = Sample::enterprise();
            sample.site().home_urls = vec![url.to_owned()];
            assert_eq!(sample.said(&HomeUrl), [expected], "{url}");
        }
    }

    #[test]
    fn several_and_none() {
        run_table(
            &HomeUrl,
            Sample::enterprise,
            &[
                ("none", |s| s.site().home_urls.clear(), &["not_run site.url"]),
                ("no domain", |s| s.site().domains.clear(), &["not_run site.url"]),
                (
                    "one of two elsewhere",
                    |s| s.site().home_urls.push("www.anderes.example".into()),
                    &["fail SITE-URL-INVALID@site.url"],
                ),
                ("the domain filed with www", |s| s.site().domains = vec!["www.yangli.example".into()], &[]),
                (
                    "on the second domain",
                    |s| {
                        s.site().domains.push("yangli.test".into());
                        s.site().home_urls = vec!["https://yangli.test/".into()];
                    },
                    &[],
                ),
                (
                    "an international domain",
                    |s| {
                        s.site().domains = vec!["样例.test".into()];
                        s.site().home_urls = vec!["http://www.样例.test".into()];
                    },
                    &[],
                ),
            ],
        );
    }
}
