use super::*;
use crate::checks::fixture::{Sample, run_table};

fn file(sample: &mut Sample, domains: &[&str]) {
    sample.site().domains = domains.iter().map(|domain| (*domain).to_owned()).collect();
}

#[test]
fn one_domain_as_it_is_written() {
    run_table(
        &FiledDomains,
        Sample::individual,
        &[
            ("upper case", |s| file(s, &["GeRen.example"]), &[]),
            ("an international one", |s| file(s, &["样例.test"]), &[]),
            ("with www", |s| file(s, &["www.geren.example"]), &["fail DOM-SUBDOMAIN@www.geren.example"]),
            ("under .cn", |s| file(s, &["blog.geren.cn"]), &["fail DOM-SUBDOMAIN@blog.geren.cn"]),
            ("under .com.cn", |s| file(s, &["geren.com.cn"]), &[]),
            (
                "under another suffix",
                |s| file(s, &["blog.geren.example"]),
                &["warn DOM-SUBDOMAIN@blog.geren.example"],
            ),
            ("a suffix", |s| file(s, &["gd.cn"]), &["warn gd.cn"]),
            ("an address", |s| file(s, &["192.0.2.1"]), &["warn 192.0.2.1"]),
            ("a URL", |s| file(s, &["https://geren.example/"]), &["warn site"]),
            ("a port", |s| file(s, &["geren.example:8080"]), &["warn site"]),
            ("no dot", |s| file(s, &["geren"]), &["warn site"]),
            ("two dots", |s| file(s, &["geren..example"]), &["warn geren..example"]),
            ("an underscore", |s| file(s, &["ge_ren.example"]), &["warn site"]),
            ("none", |s| file(s, &[]), &["warn site"]),
        ],
    );
}

#[test]
fn several_domains() {
    const TWO: &[&str] = &["geren.example", "geren.test"];
    run_table(
        &FiledDomains,
        Sample::individual,
        &[
            ("two in a first filing", |s| file(s, TWO), &["warn DOM-COUNT-LIMIT@site"]),
            (
                "two for a new site",
                |s| {
                    file(s, TWO);
                    s.filing.order_type = OrderType::NewSite;
                },
                &["warn DOM-COUNT-LIMIT@site"],
            ),
            (
                "two from before the rule, verified again",
                |s| {
                    file(s, TWO);
                    s.filing.order_type = OrderType::SpecialVerification;
                },
                &[],
            ),
            (
                "two on the rule's last free evening in Beijing",
                |s| {
                    file(s, TWO);
                    s.filing.submitted_at = Some("2019-04-21T15:59:59Z".parse().unwrap());
                },
                &[],
            ),
            (
                "two on its first morning",
                |s| {
                    file(s, TWO);
                    s.filing.submitted_at = Some("2019-04-21T16:00:00Z".parse().unwrap());
                },
                &["warn DOM-COUNT-LIMIT@site"],
            ),
            ("the same one twice", |s| file(s, &["geren.example", "GEREN.example "]), &["warn site"]),
        ],
    );
}

#[test]
fn what_is_said_can_be_read_back() {
    for domain in ["https://geren.example/", "geren", "a b.example", ".example", "site.name", "", "样例.test"]
    {
        let mut sample = Sample::individual();
        file(&mut sample, &[domain]);
        for finding in sample.findings(&FiledDomains) {
            let text = serde_json::to_string(&finding).unwrap();
            assert_eq!(serde_json::from_str::<Finding>(&text).unwrap(), finding, "{domain}");
        }
    }
}
