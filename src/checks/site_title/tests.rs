use super::*;
use crate::checks::fixture::Sample;

const SAME: &str = "pass site_title_same";
const DIFFERS: &str = "warn site_title_differs CNT-NAME-MISMATCH@site.name";

#[test]
fn titles_that_fit_and_titles_that_do_not() {
    for (title, expected) in [
        ("样例科技官网", SAME),
        ("样例科技", SAME),
        ("首页 - 样例科技官网", SAME),
        ("样例科技|让样例更简单", SAME),
        ("欢迎访问深圳市样例科技有限公司！", SAME),
        ("【樣例科技】官方網站", SAME),
        ("样 例 科 技", SAME),
        ("样例_首页", SAME),
        ("产品中心-样例科技", SAME),
        ("甲乙丙商贸", DIFFERS),
        ("首页", DIFFERS),
        ("科技", DIFFERS),
        ("Home - YangLi", DIFFERS),
        ("网站", DIFFERS),
        ("样品科技官网", DIFFERS),
        ("", "warn site_title_none CNT-NAME-MISMATCH@site.name"),
    ] {
        let mut sample = Sample::enterprise();
        sample.shows_text(title, "样例");
        assert_eq!(sample.said(&SiteTitle), [expected], "{title}");
    }
}

#[test]
fn both_values_stand_in_the_finding() {
    let mut sample = Sample::enterprise();
    sample.shows_text("甲乙丙商贸", "样例");
    let finding = &sample.findings(&SiteTitle)[0];
    assert_eq!(finding.observed.as_deref(), Some("甲乙丙商贸"));
    assert_eq!(finding.expected.as_deref(), Some("样例科技官网"));
}
