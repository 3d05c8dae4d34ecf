use super::fixture::page;
use crate::checks::fixture::Sample;
use crate::checks::{ALL, Check};
use crate::domain::evidence::Gatherer;
use crate::domain::filing::{OrderType, ServiceType};
use crate::domain::finding::{Status, Tally};

const CONTENT: [&str; 6] = [
    "site_title",
    "site_entity",
    "individual_content",
    "commercial_signs",
    "page_pre_approval",
    "site_footer",
];

fn of_content() -> impl Iterator<Item = &'static &'static dyn Check> {
    ALL.iter().filter(|check| CONTENT.contains(&check.id()))
}

#[test]
fn without_a_visit_each_says_so_only_where_one_is_asked_for() {
    for mut sample in Sample::every() {
        for check in of_content() {
            assert_eq!(sample.said(*check), [""; 0]);
        }
        sample.requires(Gatherer::Website);
        let individual = sample.filing.is_individual();
        for check in of_content() {
            let applies = match check.id() {
                "site_entity" => !individual,
                "individual_content" => individual,
                "site_footer" => sample.filing.order_type == OrderType::SpecialVerification,
                _ => true,
            };
            let expected: &[&str] = if applies { &["not_run page_not_visited"] } else { &[] };
            assert_eq!(sample.said(*check), expected, "{}", check.id());
        }
    }
}

#[test]
fn what_is_not_the_sites_own_is_said_once() {
    for (title, text, expected) in [
        ("域名停放", "本域名正在出售", "warn page_parked CNT-EMPTY@site.content"),
        ("Welcome to nginx!", "If you see this page", "warn page_placeholder CNT-EMPTY@site.content"),
        ("样例科技", "网站建设中，敬请期待", "warn page_placeholder CNT-EMPTY@site.content"),
        ("提示", "该网站暂时无法访问", "not_run page_blocked"),
        ("404 Not Found", "nginx", "not_run page_error"),
    ] {
        let mut sample = Sample::enterprise();
        sample.shows_text(title, text);
        let said: Vec<String> = of_content().flat_map(|check| sample.said(*check)).collect();
        assert_eq!(said, [expected], "{title}");
        sample.filing.order_type = OrderType::First;
        let said: Vec<String> = of_content().flat_map(|check| sample.said(*check)).collect();
        assert_eq!(said, [""; 0], "{title}: not to be open yet");
    }
}

#[test]
fn a_long_page_may_mention_such_words() {
    let mut sample = Sample::enterprise();
    sample.shows_text("样例科技", &format!("{}域名出售", "样例科技的产品说明。".repeat(80)));
    assert!(of_content().all(|check| !sample.said(*check).iter().any(|said| said.contains("page_"))
        || check.id() == "page_pre_approval"));
}

#[test]
fn where_nothing_opened_nothing_is_judged() {
    let mut sample = Sample::enterprise();
    let mut broken = page("502", "样例");
    broken.status = 502;
    for pages in [vec![], vec![broken]] {
        sample.was_visited(pages);
        let said: Vec<String> = of_content().flat_map(|check| sample.said(*check)).collect();
        assert_eq!(said, ["not_run page_closed"]);
    }
}

#[test]
fn a_persons_note_replaces_no_page_that_was_read() {
    let titles = |sample: &mut Sample| {
        let mut titles: Vec<String> = Vec::new();
        for finding in sample.findings(&crate::checks::site_title::SiteTitle) {
            titles.extend(finding.observed);
        }
        titles
    };
    let mut sample = Sample::enterprise();
    sample.shows_text("别的样例商城", &"样例科技的产品说明。".repeat(20));
    let alone = titles(&mut sample);
    sample.was_visited(vec![page("", "")]);
    sample.by_a_person();
    assert_eq!(titles(&mut sample), alone);
    sample.evidence.remove(1);
    assert_ne!(titles(&mut sample), alone, "where there is no other page, the note is the page");
}

#[test]
fn a_text_that_was_not_read_is_no_pass() {
    let mut sample = Sample::enterprise();
    sample.was_visited(vec![page("样例科技", "商家入驻")]);
    for check in of_content() {
        assert!(
            sample.findings(*check).iter().all(|finding| finding.status == Status::NotRun),
            "{}",
            check.id()
        );
    }
}

#[test]
fn a_good_page_keeps_a_filing_clean_and_an_app_has_none() {
    let mut sample = Sample::enterprise();
    sample.filing.entity.filing_number = Some("粤ICP备2023990001号".into());
    let text = format!(
        "{}\n版权所有 深圳市样例科技有限公司\n粤ICP备2023990001号",
        "样例科技的产品说明。".repeat(20)
    );
    let mut page = page("样例科技官网", &text);
    page.footer.push(super::fixture::number("粤ICP备2023990001号", "https://beian.miit.gov.cn/"));
    sample.shows(page, &text);
    sample.requires(Gatherer::Website);
    let findings: Vec<_> = of_content().flat_map(|check| sample.findings(*check)).collect();
    assert!(Tally::of(&findings).clean(), "{findings:#?}");
    sample.site().service_type = ServiceType::App;
    assert!(of_content().all(|check| sample.findings(*check).is_empty()));
}
