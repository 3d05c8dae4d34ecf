use super::*;
use crate::checks::fixture::Sample;
use crate::domain::filing::PreApproval;

const NONE: &str = "pass page_pre_approval_none";
const MISSING: &str = "warn page_pre_approval_missing PRE-MISSING@pre_approval";
const CONTESTED: &str = "warn page_pre_approval_contested PRE-MISSING@pre_approval";

#[test]
fn content_and_mentions() {
    for (text, expected) in [
        ("时政新闻\n本网讯", &[MISSING][..]),
        ("新闻\n头条\n日报", &[MISSING]),
        ("在线观看高清影视", &[MISSING]),
        ("網絡遊戲\n网络游戏下载", &[MISSING]),
        ("药品销售", &[MISSING]),
        ("预约挂号 在线问诊", &[CONTESTED]),
        ("学历教育报名", &[CONTESTED]),
        ("P2P网贷", &[MISSING]),
        ("奥数辅导班", &[MISSING]),
        ("网约车司机招募", &[MISSING]),
        ("时政新闻\n在线观看", &[MISSING, MISSING]),
        ("新闻中心\n公司新闻\n行业新闻\n新闻动态", &[NONE]),
        ("产品视频\n视频教程\n视频监控设备", &[NONE]),
        ("网站地图\n微信支付\n支付宝", &[NONE]),
        ("我们的客户：样例医院", &[NONE]),
        ("本站不提供时政新闻、网络游戏", &[NONE]),
        ("禁止发布P2P网贷信息", &[NONE]),
        ("样例宠物医院\n动物医院\n宠物医院", &[NONE]),
        ("为员工缴纳养老保险、医疗保险、失业保险", &[NONE]),
        ("讲经验 讲经济", &[NONE]),
        ("时政\n新闻稿", &[NONE]),
        ("联系我们", &[NONE]),
    ] {
        let mut sample = Sample::enterprise();
        sample.shows_text("样例科技", text);
        assert_eq!(sample.said(&PagePreApproval), expected, "{text}");
    }
}

#[test]
fn a_declared_category_is_no_doubt() {
    for (category, expected) in [(1, "pass page_pre_approval_declared"), (2, MISSING)] {
        let mut sample = Sample::enterprise();
        sample.site().pre_approvals = vec![PreApproval { category, number: "1".into() }];
        sample.shows_text("样例科技", "时政新闻");
        assert_eq!(sample.said(&PagePreApproval), [expected], "{category}");
    }
}
