//! Row 9: the filing number at the foot of the page.

use heyan::domain::evidence::FooterNumber;

use crate::case::Exactly::Fail;
use crate::case::{Case, silent, wrong};
use crate::scene::Base::{Company, Elsewhere, First};

pub const CASES: &[Case] = &[
    wrong(
        9,
        Company,
        "no number at the foot",
        |s| {
            s.shows(&[
                "样例科技官网",
                "首页 关于我们 联系我们",
                "欢迎来到样例科技官网。深圳市样例科技有限公司成立于二〇一六年，我们做控制器、传感器和它们的说明书。",
                "我们把做过的事写在这里，供同行参考：选型、安装、调试、维护，每一步都配有图片，也写明容易出错的地方。",
                "有问题可以写信给我们，工作日两天之内答复；也欢迎到深圳的展厅来看一看，请先预约时间。",
                "© 深圳市样例科技有限公司",
            ]);
        },
        &[("site_footer", Fail, "FOOT-MISSING@site.footer")],
    ),
    wrong(
        9,
        Elsewhere,
        "another entity's number at the foot",
        |s| s.page(|p| foot(&mut p.footer, "蜀ICP备2021990777号-1")),
        &[("site_footer", Fail, "FOOT-WRONG@site.footer")],
    ),
    wrong(
        9,
        Elsewhere,
        "the number is not linked",
        |s| s.page(|p| p.footer.iter_mut().for_each(|number| number.link = None)),
        &[("site_footer", Fail, "FOOT-LINK@site.footer")],
    ),
    wrong(
        9,
        Company,
        "a link to a dead address",
        |s| {
            s.page(|p| {
                p.footer
                    .iter_mut()
                    .for_each(|number| number.link = Some("http://www.miitbeian.gov.cn/".into()))
            })
        },
        &[("site_footer", Fail, "FOOT-LINK@site.footer")],
    ),
    wrong(
        9,
        Company,
        "a number of a joke registry",
        |s| s.page(|p| foot(&mut p.footer, "彬ICP备20239999号")),
        &[("site_footer", Fail, "FOOT-WRONG@site.footer")],
    ),
    silent(9, Company, "Guangdong shows the entity's number", |_| ()),
    silent(9, Elsewhere, "other provinces show the site's number", |_| ()),
    silent(9, Company, "blanks and wide letters in the number", |s| {
        s.page(|p| foot(&mut p.footer, "粤ＩＣＰ备 2023990001 号"))
    }),
    silent(9, Elsewhere, "a police number beside it", |s| {
        s.page(|p| {
            p.footer.push(FooterNumber {
                number: "川公网安备 51010702000001号".into(),
                police: true,
                link: Some("https://beian.mps.gov.cn/".into()),
                line: 6,
            })
        })
    }),
    silent(9, Company, "the link by http and with a path", |s| {
        s.page(|p| {
            p.footer
                .iter_mut()
                .for_each(|number| number.link = Some("http://beian.miit.gov.cn/#/Integrated/index".into()))
        })
    }),
    silent(9, First, "a first filing has no number to show", |_| ()),
];

fn foot(footer: &mut [FooterNumber], number: &str) {
    footer.iter_mut().for_each(|one| one.number = number.to_owned());
}
