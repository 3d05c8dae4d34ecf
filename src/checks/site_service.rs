//! 服务内容 and the remark that goes with it (domain reference 1.10 and 4.6). Whether the choice fits the content is the
//! reviewer's to see; the length that one platform asks of a remark is no national rule.

use super::statement::Statement;
use super::website::website;
use super::{Check, pre_approval, text};
use crate::domain::case::Case;
use crate::domain::finding::{Finding, Section};
use crate::domain::object::Place;

/// 博客/个人空间 and 其他, numbers of the list `service_contents`: all that a natural person may choose.
const BLOG: u16 = 6;
const OTHER: u16 = 24;

/// 网上银行, 网上炒股/股票基金, 网络借贷信息中介, 互联网股权融资, 互联网保险, 互联网跨界金融及资产管理, 网上非银支付.
const FINANCE: [u16; 7] = [11, 12, 29, 30, 31, 32, 33];

pub struct SiteService;

impl Check for SiteService {
    fn id(&self) -> &'static str {
        "site_service"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["SITE-SERVICE-TYPE", "SITE-REMARK"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(site) = website(self, Place::SiteServices, case, out) else { return };
        let chosen = site.service_contents.numbers();
        let about = Statement::about(self, Section::Site, Place::SiteServices);
        if chosen.is_empty() {
            out.push(about.warn_of("SITE-SERVICE-TYPE", "checks.service_none"));
            return;
        }
        let about = about.observed(listed(chosen));
        let before = out.len();
        if case.filing.is_individual() && chosen.iter().any(|number| ![BLOG, OTHER].contains(number)) {
            let finding = about.warn_of("SITE-SERVICE-TYPE", "checks.service_individual");
            out.push(finding.expecting(listed(&[BLOG, OTHER])));
        }
        if chosen.contains(&OTHER) && text::blank(&site.remark) {
            let remark = Statement::about(self, Section::Site, Place::SiteRemark);
            out.push(remark.warn_of("SITE-REMARK", "checks.service_other_unexplained"));
        }
        let finance = chosen.iter().any(|number| FINANCE.contains(number));
        if finance && !pre_approval::is_declared(site, pre_approval::FINANCE) {
            out.push(about.warn("checks.service_finance"));
        }
        if out.len() == before {
            out.push(about.pass("checks.service_fine"));
        }
    }
}

fn listed(numbers: &[u16]) -> String {
    numbers.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::codes::{self, List};
    use crate::domain::filing::{CodeSet, PreApproval};
    use crate::domain::message::Lang;

    fn choose(sample: &mut Sample, numbers: &[u16]) {
        sample.site().service_contents = CodeSet::Numbers(numbers.to_vec());
    }

    #[test]
    fn an_organisation_s_services() {
        run_table(
            &SiteService,
            Sample::enterprise,
            &[
                ("nothing", |s| choose(s, &[]), &["warn SITE-SERVICE-TYPE@site.services"]),
                ("a shop and news", |s| choose(s, &[5, 9]), &[]),
                ("other without a remark", |s| choose(s, &[8, 24]), &["warn SITE-REMARK@site.remark"]),
                (
                    "other with a remark",
                    |s| {
                        choose(s, &[24]);
                        s.site().remark = "样例产品的介绍".into();
                    },
                    &[],
                ),
                (
                    "a remark of blanks",
                    |s| {
                        choose(s, &[24]);
                        s.site().remark = " \u{3000}".into();
                    },
                    &["warn SITE-REMARK@site.remark"],
                ),
                ("insurance", |s| choose(s, &[8, 31]), &["warn site.services"]),
                ("payment in a shop is no finance", |s| choose(s, &[9, 10]), &[]),
                (
                    "insurance with its approval",
                    |s| {
                        choose(s, &[31]);
                        s.site().pre_approvals = vec![PreApproval { category: 13, number: "样例".into() }];
                    },
                    &[],
                ),
                (
                    "insurance with another approval",
                    |s| {
                        choose(s, &[31]);
                        s.site().pre_approvals = vec![PreApproval { category: 1, number: "样例".into() }];
                    },
                    &["warn site.services"],
                ),
            ],
        );
    }

    #[test]
    fn a_person_s_services() {
        run_table(
            &SiteService,
            Sample::individual,
            &[
                ("an organisation's site", |s| choose(s, &[8]), &["warn SITE-SERVICE-TYPE@site.services"]),
                ("a blog and a shop", |s| choose(s, &[6, 9]), &["warn SITE-SERVICE-TYPE@site.services"]),
                (
                    "a blog and other, explained",
                    |s| {
                        choose(s, &[6, 24]);
                        s.site().remark = "读书笔记".into();
                    },
                    &[],
                ),
                ("other, unexplained", |s| choose(s, &[24]), &["warn SITE-REMARK@site.remark"]),
            ],
        );
    }

    #[test]
    fn the_numbers_are_those_of_the_list() {
        for (number, label) in
            [(BLOG, "博客/个人空间"), (OTHER, "其他"), (11, "网上银行"), (33, "网上非银支付")]
        {
            assert_eq!(codes::label(List::ServiceContents, number, Lang::Zh), Some(label));
        }
    }
}
