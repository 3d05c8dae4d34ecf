//! Sites as they are, gathered through the guard.

#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "peers/http.rs"]
mod http;
#[path = "peers/names.rs"]
mod names;
#[path = "peers/tls.rs"]
mod tls;

use std::sync::Arc;

use heyan::domain::evidence::{
    FaultKind, FormKind, Gathered, Means, Observation, Subject, VisitEnd, WebsiteVisits,
};
use heyan::domain::revision::sha256_hex;
use heyan::evidence::Source;
use heyan::evidence::guard::{Guard, GuardOptions};
use heyan::evidence::website::{Website, WebsiteOptions};
use http::{Asked, Part, Peer, answer, page, redirect};
use names::Names;

const SITE: &str = "site.example";

/// One server for `http`, one for `https`, at the site and its `www`.
struct Site {
    http: Peer,
    https: Peer,
    website: Website,
}

impl Site {
    fn new(
        names: &[&str],
        http: impl Fn(&Asked) -> Vec<Part> + Send + Sync + 'static,
        https: impl Fn(&Asked) -> Vec<Part> + Send + Sync + 'static,
    ) -> Site {
        let authority = tls::Authority::named("样例根证书");
        let (http, https) = (Peer::start(http), tls::start(authority.good(SITE), https));
        let options = GuardOptions {
            ports: vec![http.port(), https.port()],
            allow_networks: vec!["127.0.0.0/8".parse().unwrap()],
            roots: vec![authority.root()],
            redirects: 5,
            ..GuardOptions::default()
        };
        let guard = Guard::new(options, Arc::new(Names::here(names))).unwrap();
        let ports =
            WebsiteOptions { http_port: http.port(), https_port: https.port(), ..WebsiteOptions::default() };
        Site { http, https, website: Website::new(guard, ports, None) }
    }

    fn ask(&self) -> (WebsiteVisits, Gathered) {
        self.ask_for(SITE)
    }

    #[tokio::main]
    async fn ask_for(&self, domain: &str) -> (WebsiteVisits, Gathered) {
        let subject = Subject::domain(domain).unwrap();
        let now = "2026-11-24T01:00:00Z".parse().unwrap();
        let gathered = self.website.ask(&subject, now).await;
        let evidence = &gathered.evidence;
        assert_eq!(
            (evidence.means, &evidence.subject, evidence.observed_at),
            (Means::Machine, &subject, now)
        );
        assert_eq!(evidence.allowed_networks, ["127.0.0.0/8"]);
        let Observation::Website(visits) = &evidence.observation else { panic!("{evidence:?}") };
        (visits.clone(), gathered)
    }
}

fn ends(visits: &WebsiteVisits) -> Vec<&VisitEnd> {
    visits.visits.iter().map(|visit| &visit.end).collect()
}

const HOME: &str = "<title>样例科技官网</title><h1>样例科技有限公司</h1><form><input type=password><button>登录</button></form>\
                    <footer><a href=https://beian.miit.gov.cn/>粤ICP备05000001号-1</a></footer>";

#[test]
fn all_ways_lead_to_one_page() {
    let site = Site::new(
        &[SITE, "www.site.example"],
        |asked| if asked.target == "/" { redirect("/home") } else { page(HOME) },
        |_| page(HOME),
    );
    let (visits, gathered) = site.ask();
    let ways: Vec<&str> = visits.visits.iter().map(|visit| visit.url.as_str()).collect();
    let (http, https) = (site.http.port(), site.https.port());
    assert_eq!(
        ways,
        [
            format!("http://{SITE}:{http}/"),
            format!("https://{SITE}:{https}/"),
            format!("http://www.{SITE}:{http}/"),
            format!("https://www.{SITE}:{https}/"),
        ]
    );
    let untrusted = VisitEnd::Untrusted("not for this name".into());
    assert_eq!(ends(&visits), [&VisitEnd::Page(0), &VisitEnd::Page(0), &VisitEnd::Page(0), &untrusted]);
    assert_eq!(visits.visits[0].hops.len(), 2);
    assert_eq!(visits.visits[0].hops[0].location.as_deref(), Some("/home"));
    assert_eq!(visits.visits[0].hops[1].address, Some("127.0.0.1".parse().unwrap()));
    assert_eq!(visits.visits[1].certificate.as_ref().unwrap().names, [SITE]);
    assert!(visits.visits[0].certificate.is_none());
    assert_eq!(visits.pages.len(), 1);
    let page = visits.open_page().unwrap();
    assert_eq!((page.title.as_str(), page.status), ("样例科技官网", 200));
    assert_eq!(page.footer[0].link.as_deref(), Some("https://beian.miit.gov.cn/"));
    assert_eq!((page.footer[0].line, page.forms[0].kind), (3, FormKind::Login));
    assert_eq!(page.body_sha256, sha256_hex(HOME.as_bytes()));
    assert_eq!(gathered.files, ["样例科技有限公司\n登录\n粤ICP备05000001号-1".as_bytes()]);
    assert_eq!(page.text_sha256, Some(sha256_hex(&gathered.files[0])));
}

#[test]
fn a_host_beneath_has_no_www_and_other_subjects_no_site() {
    let site = Site::new(&["shop.site.example"], |_| page("x"), |_| page("x"));
    let (visits, _) = site.ask_for("shop.site.example");
    assert_eq!(visits.visits.len(), 2);
    assert_eq!(site.website.host(&Subject::domain("shop.site.example").unwrap()), SITE);
    #[tokio::main]
    async fn ask(site: &Site) -> Gathered {
        let subject = "phone:13800000000".parse().unwrap();
        site.website.ask(&subject, jiff::Timestamp::UNIX_EPOCH).await
    }
    assert_eq!(
        ask(&site).evidence.observation,
        Observation::Website(WebsiteVisits { visits: vec![], pages: vec![] })
    );
}

#[test]
fn each_way_ends_as_it_does() {
    let site = Site::new(
        &[SITE],
        |asked| if asked.target == "/" { redirect("/loop") } else { redirect("/") },
        |asked| {
            let count: u32 = asked.target.trim_start_matches('/').parse().unwrap_or_default();
            redirect(&format!("/{}", count + 1))
        },
    );
    let (visits, gathered) = site.ask();
    assert_eq!(
        ends(&visits),
        [
            &VisitEnd::RedirectLoop,
            &VisitEnd::TooManyRedirects,
            &VisitEnd::NotResolved,
            &VisitEnd::NotResolved,
        ]
    );
    assert_eq!(visits.visits[1].hops.len(), 6);
    assert!(visits.pages.is_empty() && gathered.files.is_empty());
}

#[test]
fn an_error_page_is_a_page_and_a_refusal_no_verdict() {
    let site = Site::new(
        &[SITE],
        |_| answer("404 Not Found", &[("Content-Type", "text/html")], "<p>404 样例"),
        |_| redirect("http://169.254.169.254/latest/meta-data/"),
    );
    let (visits, _) = site.ask();
    assert_eq!(visits.pages[0].status, 404);
    assert!(visits.open_page().is_none());
    let VisitEnd::NoAnswer(fault) = &visits.visits[1].end else { panic!("{visits:?}") };
    assert_eq!(fault.kind, FaultKind::Guarded);
    assert_eq!(visits.visits[1].hops.len(), 1);
    assert_eq!(site.https.connections(), 1);
}

#[test]
fn people_are_followed_to_where_a_page_sends_them() {
    let site = Site::new(
        &[SITE],
        |asked| match asked.target.as_str() {
            "/" => page("<meta http-equiv=refresh content='0;url=/second'>正在跳转"),
            "/second" => page("<script>location.href='third'</script>"),
            "/third" => answer("200 OK", &[("Refresh", "1; url=/home"), ("Content-Type", "text/html")], ""),
            _ => page("<meta http-equiv=refresh content='0;url=/home'>首页"),
        },
        |_| page("<script>location='weixin://open'</script>请在微信中打开"),
    );
    let (visits, _) = site.ask();
    let hops: Vec<(&str, Option<&str>)> = visits.visits[0]
        .hops
        .iter()
        .map(|hop| (hop.url.rsplit('/').next().unwrap(), hop.location.as_deref()))
        .collect();
    assert_eq!(
        hops,
        [("", Some("/second")), ("second", Some("third")), ("third", Some("/home")), ("home", None)]
    );
    assert_eq!(ends(&visits)[..2], [&VisitEnd::Page(0), &VisitEnd::Page(1)]);
    assert_eq!(visits.pages[1].text_characters, 7);
}

#[test]
fn pages_lie_about_their_character_set() {
    let (gbk, ..) =
        encoding_rs::GBK.encode("<meta charset=gb2312><p>深圳市样例科技有限公司，粤ICP备05000001号");
    let gbk = gbk.into_owned();
    let site = Site::new(
        &[SITE],
        move |_| answer("200 OK", &[("Content-Type", "text/html; charset=utf-8")], &gbk),
        |_| answer("200 OK", &[("Content-Type", "text/html; charset=gbk")], "<p>深圳市样例科技有限公司"),
    );
    let (visits, gathered) = site.ask();
    let sets: Vec<_> = visits
        .pages
        .iter()
        .map(|page| {
            (page.charset.header.as_deref(), page.charset.page.as_deref(), page.charset.used.as_str())
        })
        .collect();
    assert_eq!(sets, [(Some("utf-8"), Some("gb2312"), "GBK"), (Some("gbk"), None, "UTF-8")]);
    assert_eq!(visits.pages[0].footer[0].number, "粤ICP备05000001号");
    assert_eq!(gathered.files[1], "深圳市样例科技有限公司".as_bytes());
}

#[test]
fn the_same_body_is_one_page_however_often_it_comes() {
    let site = Site::new(
        &[SITE, "www.site.example"],
        |asked| page(if asked.host.starts_with("www.") { "<p>二" } else { "<p>一" }),
        |_| page("<p>一"),
    );
    let (visits, gathered) = site.ask();
    let pages: Vec<&str> = visits.pages.iter().map(|page| page.url.as_str()).collect();
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert_eq!(gathered.files.len(), 2);
    assert_eq!(visits.visits[0].end, VisitEnd::Page(0));
    assert_eq!(visits.visits[2].end, VisitEnd::Page(1));
}
