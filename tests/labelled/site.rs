//! Rows 9 and 10 and the introduction: what the site shows, and whether it is there.

use heyan::domain::evidence::{Fault, FaultKind, Form, FormKind, Gatherer, VisitEnd};

use crate::case::Exactly::{Fail, NotRun, Warn};
use crate::case::{Case, silent, wrong};
use crate::scene::Base::{Access, Company, Elsewhere, First, Person};
use crate::scene::{APART, SOON, Scene};

pub const CASES: &[Case] = &[
    // 9: reachable?
    wrong(
        9,
        Company,
        "nobody answers, some hours apart",
        |s| {
            unanswered(s, FaultKind::Timeout);
            s.again(Gatherer::Website, APART);
        },
        &[
            ("site_title", NotRun, "@site.content"),
            ("site_reachability", Fail, "CNT-UNREACHABLE@yangli.example"),
        ],
    ),
    wrong(
        9,
        Access,
        "the connection is refused, some hours apart",
        |s| {
            unanswered(s, FaultKind::Refused);
            s.again(Gatherer::Website, APART);
        },
        &[
            ("site_title", NotRun, "@site.content"),
            ("site_reachability", Fail, "CNT-UNREACHABLE@yangli.example"),
        ],
    ),
    wrong(
        9,
        Company,
        "the site does not answer, once",
        |s| unanswered(s, FaultKind::Timeout),
        &[
            ("site_title", NotRun, "@site.content"),
            ("site_reachability", Warn, "CNT-UNREACHABLE@yangli.example"),
        ],
    ),
    wrong(
        9,
        Company,
        "the site does not answer, twice within minutes",
        |s| {
            unanswered(s, FaultKind::Timeout);
            s.again(Gatherer::Website, SOON);
        },
        &[
            ("site_title", NotRun, "@site.content"),
            ("site_reachability", Warn, "CNT-UNREACHABLE@yangli.example"),
        ],
    ),
    wrong(
        9,
        Company,
        "an error of the server, some hours apart",
        |s| {
            s.page(|p| p.status = 503);
            s.again(Gatherer::Website, APART);
        },
        &[
            ("site_title", NotRun, "@site.content"),
            ("site_reachability", Warn, "CNT-UNREACHABLE@yangli.example"),
        ],
    ),
    wrong(
        9,
        Company,
        "redirects without end, some hours apart",
        |s| {
            s.visits_end(&VisitEnd::RedirectLoop);
            s.again(Gatherer::Website, APART);
        },
        &[
            ("site_title", NotRun, "@site.content"),
            ("site_reachability", Warn, "CNT-UNREACHABLE@yangli.example"),
        ],
    ),
    wrong(
        9,
        Company,
        "an empty page",
        |s| {
            s.shows(&["样例科技官网"]);
            s.page(|p| {
                p.text_sha256 = None;
                p.text_characters = 0;
                p.footer.clear();
            });
        },
        &[("site_reachability", Warn, "CNT-EMPTY@yangli.example")],
    ),
    wrong(
        9,
        First,
        "open before it may be",
        |s| {
            s.opens(&["样例科技官网", "欢迎来到样例科技", "这里介绍我们的产品和历史"]);
            s.again(Gatherer::Website, APART);
        },
        &[("site_reachability", Fail, "CNT-OPEN-BEFORE-FILING@yangli.example")],
    ),
    wrong(
        9,
        First,
        "open before it may be, seen once",
        |s| s.opens(&["样例科技官网", "欢迎来到样例科技", "这里介绍我们的产品和历史"]),
        &[("site_reachability", Warn, "CNT-OPEN-BEFORE-FILING@yangli.example")],
    ),
    silent(9, First, "a first filing's site is closed", |_| ()),
    silent(9, First, "a first filing's site times out", |s| unanswered(s, FaultKind::Timeout)),
    silent(9, Company, "it was away and is back", |s| {
        s.again(Gatherer::Website, APART);
        let last = s.pieces.len() - 1;
        if let heyan::domain::evidence::Observation::Website(visits) =
            &mut s.pieces[last].evidence.observation
        {
            visits.pages.clear();
            for visit in &mut visits.visits {
                visit.hops.clear();
                visit.end = VisitEnd::NoAnswer(Fault::new(FaultKind::Timeout, "10 s"));
            }
        }
    }),
    silent(9, Company, "only https answers", |s| {
        s.visits(|v| {
            for visit in &mut v.visits {
                if visit.url.starts_with("http://") {
                    visit.hops.clear();
                    visit.end = VisitEnd::NoAnswer(Fault::new(FaultKind::Refused, ""));
                    visit.certificate = None;
                }
            }
        })
    }),
    silent(9, Access, "only http answers", |s| {
        s.visits(|v| {
            for visit in &mut v.visits {
                if visit.url.starts_with("https://") {
                    visit.hops.clear();
                    visit.end = VisitEnd::NoAnswer(Fault::new(FaultKind::Refused, ""));
                    visit.certificate = None;
                }
            }
        })
    }),
    silent(9, Company, "www alone does not resolve", |s| {
        s.visits(|v| {
            for visit in &mut v.visits {
                if visit.url.contains("www.") {
                    visit.hops.clear();
                    visit.end = VisitEnd::NotResolved;
                    visit.certificate = None;
                }
            }
        })
    }),
    // 9: title
    wrong(
        9,
        Company,
        "another title",
        |s| s.page(|p| p.title = "天天特价数码城".into()),
        &[("site_title", Warn, "CNT-NAME-MISMATCH@site.name")],
    ),
    wrong(
        9,
        Elsewhere,
        "another title, elsewhere",
        |s| s.page(|p| p.title = "今日菜谱大全".into()),
        &[("site_title", Warn, "CNT-NAME-MISMATCH@site.name")],
    ),
    silent(9, Company, "首页 behind the title", |s| s.page(|p| p.title = "样例科技官网-首页".into())),
    silent(9, Company, "the entity's name as the title", |s| {
        s.page(|p| p.title = "深圳市样例科技有限公司".into())
    }),
    silent(9, Company, "wide bars and blanks in the title", |s| {
        s.page(|p| p.title = " 样例科技 官网 ｜ 首页".into())
    }),
    silent(9, Person, "the name and a motto in the title", |s| {
        s.page(|p| p.title = "样例读书随笔 — 读书、走路、种花".into())
    }),
    // 9 and introduction: whose content
    wrong(
        0,
        Company,
        "another company's site",
        |s| {
            s.shows(&[
                "烟台样例渔具有限公司",
                "烟台样例渔具有限公司成立于二〇一二年，专营钓竿和鱼线。",
                "© 烟台样例渔具有限公司",
                "粤ICP备2023990001号",
            ])
        },
        &[
            ("site_title", Warn, "CNT-NAME-MISMATCH@site.name"),
            ("site_entity", Warn, "CNT-OTHER-COMPANY@site.content"),
        ],
    ),
    wrong(
        9,
        Elsewhere,
        "another company at the foot",
        |s| {
            s.shows(&[
                "样例科技官网",
                "欢迎来到样例科技官网，我们是大连样例航运有限公司。",
                "© 大连样例航运有限公司",
                "蜀ICP备2023990001号-1",
            ])
        },
        &[("site_entity", Warn, "CNT-OTHER-COMPANY@site.content")],
    ),
    silent(0, Company, "a customer is named", |s| {
        s.also_shows(&["客户案例：为杭州样例软件有限公司提供服务"])
    }),
    silent(0, Company, "technical support is named", |s| s.also_shows(&["技术支持：样例网络科技有限公司"])),
    silent(0, Company, "the short name only", |s| {
        s.shows(&["样例科技官网", "欢迎来到样例科技官网", "样例科技为您服务", "粤ICP备2023990001号"])
    }),
    // 9 and introduction: persons' sites
    wrong(
        9,
        Person,
        "a firm's content on a person's site",
        |s| s.also_shows(&["公司简介：本公司主营花卉苗木批发", "产品中心 招商加盟 在线订购"]),
        &[("individual_content", Warn, "CNT-PERSONAL-ENTERPRISE@site.content")],
    ),
    wrong(
        0,
        Person,
        "a shop on a person's site",
        |s| s.also_shows(&["欢迎选购本店产品，支持批发，诚招代理加盟"]),
        &[("individual_content", Warn, "CNT-PERSONAL-ENTERPRISE@site.content")],
    ),
    wrong(
        9,
        Person,
        "a forum on a person's site",
        |s| {
            s.also_shows(&["注册会员 登录论坛 发表新帖"]);
            s.page(|p| p.forms.push(Form { kind: FormKind::Register, sign: "注册".into(), line: Some(5) }));
        },
        &[
            ("page_pre_approval", Warn, "PRE-MISSING@pre_approval"),
            ("individual_content", Warn, "CNT-PERSONAL-INTERACTIVE@site.content"),
        ],
    ),
    wrong(
        9,
        Person,
        "comments on a person's site",
        |s| {
            s.also_shows(&["发表评论"]);
            s.page(|p| {
                p.forms.push(Form { kind: FormKind::Comment, sign: "发表评论".into(), line: Some(5) })
            });
        },
        &[("individual_content", Warn, "CNT-PERSONAL-INTERACTIVE@site.content")],
    ),
    silent(9, Person, "a person works at a company", |s| s.also_shows(&["我在一家公司上班，周末写字。"])),
    silent(9, Person, "a search form on a person's site", |s| {
        s.page(|p| p.forms.push(Form { kind: FormKind::Search, sign: "搜索".into(), line: Some(2) }))
    }),
    silent(9, Person, "a person writes of a book about products", |s| {
        s.also_shows(&["读《产品的故事》有感"])
    }),
    silent(0, Company, "a company's products on a company's site", |s| {
        s.also_shows(&["产品中心 公司简介 联系我们 诚聘英才"])
    }),
    // 10: commercial
    wrong(
        10,
        Company,
        "paid membership",
        |s| s.also_shows(&["会员充值：开通年费会员，解锁全部付费课程"]),
        &[("commercial_signs", Warn, "CNT-COMMERCIAL@site.content")],
    ),
    wrong(
        10,
        Elsewhere,
        "a market for others",
        |s| s.also_shows(&["商家入驻：第三方商家免费开店，平台收取佣金"]),
        &[("commercial_signs", Warn, "CNT-COMMERCIAL@site.content")],
    ),
    wrong(
        10,
        Company,
        "advertising space to let",
        |s| s.also_shows(&["广告招商：首页广告位出租，按月付费"]),
        &[("commercial_signs", Warn, "CNT-COMMERCIAL@site.content")],
    ),
    wrong(
        10,
        Company,
        "recharge and a payment form",
        |s| {
            s.also_shows(&["账户充值 余额提现"]);
            s.page(|p| {
                p.forms.push(Form { kind: FormKind::Payment, sign: "立即支付".into(), line: Some(6) })
            });
        },
        &[("commercial_signs", Warn, "CNT-COMMERCIAL@site.content")],
    ),
    silent(10, Company, "no recharge here", |s| s.also_shows(&["本站不提供充值、付费会员和第三方商家服务"])),
    silent(10, Company, "customers log in", |s| {
        s.also_shows(&["客户登录"]);
        s.page(|p| p.forms.push(Form { kind: FormKind::Login, sign: "登录".into(), line: Some(6) }));
    }),
    silent(10, Company, "one's own products with prices", |s| {
        s.also_shows(&["样例控制器 参考价 120 元，欢迎来电垂询"])
    }),
    silent(10, Elsewhere, "members of the team", |s| s.also_shows(&["团队成员介绍"])),
    silent(10, Company, "a member of an association", |s| s.also_shows(&["样例行业协会会员单位"])),
    // introduction: pre-approval
    wrong(
        0,
        Company,
        "news without a pre-approval",
        |s| s.also_shows(&["时政新闻 国内新闻 国际新闻", "本站记者报道"]),
        &[("page_pre_approval", Warn, "PRE-MISSING@pre_approval")],
    ),
    wrong(
        0,
        Elsewhere,
        "films without a pre-approval",
        |s| s.also_shows(&["热播电影在线观看 影视点播"]),
        &[("page_pre_approval", Warn, "PRE-MISSING@pre_approval")],
    ),
    wrong(
        0,
        Company,
        "medicines without a pre-approval",
        |s| s.also_shows(&["处方药品在线咨询 医疗器械目录"]),
        &[("page_pre_approval", Warn, "PRE-MISSING@pre_approval")],
    ),
    silent(0, Company, "news of the company itself", |s| s.also_shows(&["公司新闻 公司动态"])),
    silent(0, Company, "no news here", |s| s.also_shows(&["本站不发布新闻"])),
    silent(0, Company, "nothing of the kind on the page", |s| s.also_shows(&["我们做控制器和传感器"])),
];

fn unanswered(scene: &mut Scene, kind: FaultKind) {
    scene.visits_end(&VisitEnd::NoAnswer(Fault::new(kind, "样例")));
}
