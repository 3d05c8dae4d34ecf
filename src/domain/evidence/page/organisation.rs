//! Whose page it is, as far as its text says: companies by their full names, and unified codes that it calls so.
//!
//! Only what a name ends with tells a company, so nothing is said of trade names; a person's number is never taken.

use serde::{Deserialize, Serialize};

use crate::domain::numbers::unified_code;

/// A company or the like, by its full name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownOrganisation {
    /// Narrow brackets, simplified characters.
    pub name: String,
    /// The first line of the text that has it, from 1.
    pub line: u32,
    /// Whether the page says somewhere that it is this organisation's: in a copyright line, as its sponsor, as the one
    /// that it introduces.
    pub owner: bool,
}

/// A unified social credit code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCode {
    pub code: String,
    /// The first line of the text that has it, from 1.
    pub line: u32,
}

/// A page that names more is a list of companies, and nobody's card.
const MOST: usize = 50;

/// How full names end: with the form of organisation (《企业名称登记管理规定》 2020 年修订，第六条).
const ENDS: [&str; 7] =
    ["有限公司", "有限责任公司", "股份公司", "集团公司", "律师事务所", "会计师事务所", "专业合作社"];

/// A branch stands behind its company's name.
const BRANCH: &str = "分公司";

/// The longest name that is looked for, in characters.
const LONGEST: usize = 40;

/// What runs into a name without a space.
const LEADS: [&str; 32] = [
    "版权所有",
    "版权归",
    "主办单位",
    "主办",
    "承办",
    "技术支持",
    "技术服务",
    "网站建设",
    "网站制作",
    "设计制作",
    "制作",
    "支持",
    "运营",
    "关于",
    "欢迎来到",
    "欢迎访问",
    "欢迎光临",
    "单位名称",
    "公司名称",
    "企业名称",
    "开户名称",
    "户名",
    "隶属于",
    "归属",
    "来自",
    "我们是",
    "本公司",
    "友情链接",
    "合作伙伴",
    "由",
    "的",
    "属",
];

/// A line that says whose the page is.
const OWNER_LINE: [&str; 9] =
    ["版权所有", "copyright", "©", "(c)", "all rights reserved", "主办单位", "主办:", "运营主体", "网站主办"];

/// Before the name: whose page it is.
const OWNER_BEFORE: [&str; 6] = ["公司名称", "企业名称", "单位名称", "关于", "欢迎来到", "欢迎访问"];

/// After the name: the page introduces it.
const OWNER_AFTER: [&str; 7] = ["成立于", "创立于", "创建于", "始建于", "是一家", "坐落于", "简介"];

/// Before the name, in whatever line: it only did something for the page, or is somebody whom the page knows.
const OTHERS: [&str; 16] = [
    "技术支持",
    "技术服务",
    "支持",
    "建设",
    "制作",
    "设计",
    "提供",
    "powered",
    "链接",
    "合作",
    "客户",
    "托管",
    "接入",
    "服务商",
    "代理",
    "转载自",
];

/// Reads the organisations of one line, as [`folded`](super::folded) gives it.
pub(super) fn read(line: &str, number: u32, known: &mut Vec<ShownOrganisation>) {
    let mut rest_begins = 0;
    while let Some(name) = next(line, rest_begins) {
        let before = &line[rest_begins..name.start];
        rest_begins = name.end;
        let text = &line[name.clone()];
        let owner = is_owner(line, before, &line[name.end..]);
        if let Some(shown) = known.iter_mut().find(|shown| shown.name == text) {
            shown.owner |= owner;
        } else if known.len() < MOST {
            known.push(ShownOrganisation { name: text.to_owned(), line: number, owner });
        }
    }
}

/// Reads the unified codes of a line that calls them so.
pub(super) fn read_codes(line: &str, number: u32, known: &mut Vec<ShownCode>) {
    if !line.contains("信用代码") && !line.contains("营业执照") && !line.contains("纳税人识别号")
    {
        return;
    }
    let runs = line.split(|c: char| !c.is_ascii_alphanumeric());
    for code in runs.filter(|run| run.len() == 18 && unified_code::parse(run).is_ok()) {
        let code = code.to_ascii_uppercase();
        if known.len() < MOST && !known.iter().any(|shown| shown.code == code) {
            known.push(ShownCode { code, line: number });
        }
    }
}

/// The next full name from a place in the line on.
fn next(line: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let rest = &line[from..];
    let (at, end) = ENDS.iter().filter_map(|end| Some((rest.find(end)?, end.len()))).min()?;
    let mut end = from + at + end;
    let branch = line[end..].chars().take_while(|c| is_of_name(*c)).map(char::len_utf8).sum::<usize>();
    let branch = &line[end..end + branch];
    end += branch.find(BRANCH).filter(|at| *at <= 30).map_or(0, |at| at + BRANCH.len());
    let run = line[from..from + at].chars().rev().take(LONGEST).take_while(|c| is_of_name(*c));
    let mut start = from + at - run.map(char::len_utf8).sum::<usize>();
    let name = &line[start..from + at];
    start += LEADS.iter().filter_map(|lead| Some(name.rfind(lead)? + lead.len())).max().unwrap_or(0);
    Some(start..end)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '(' | ')' | '·' | '&' | '-')
}

/// What stands before the name since the name before it, and what after it, tell whose the page is.
fn is_owner(line: &str, before: &str, after: &str) -> bool {
    let near = before.rsplit([',', ';', '。', '|']).next().unwrap_or_default().to_lowercase();
    if OTHERS.iter().any(|word| near.contains(word)) {
        return false;
    }
    let line = line.to_lowercase();
    OWNER_LINE.iter().any(|word| line.contains(word))
        || OWNER_BEFORE.iter().any(|word| near.contains(word))
        || OWNER_AFTER.iter().any(|word| after.trim_start().starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_and_whose_the_page_is() {
        for (line, expected) in [
            ("版权所有 深圳市样例科技有限公司", &[("深圳市样例科技有限公司", true)][..]),
            (
                "Copyright © 2020-2026 样例(深圳)科技有限公司 All Rights Reserved",
                &[("样例(深圳)科技有限公司", true)],
            ),
            ("深圳市样例科技有限公司版权所有", &[("深圳市样例科技有限公司", true)]),
            (
                "版权所有:甲样例有限公司 技术支持:乙样例网络有限公司",
                &[("甲样例有限公司", true), ("乙样例网络有限公司", false)],
            ),
            ("© 2026 样例网 技术支持 乙样例网络有限公司", &[("乙样例网络有限公司", false)]),
            (
                "甲样例有限公司成立于2005年,与乙样例有限公司合作",
                &[("甲样例有限公司", true), ("与乙样例有限公司", false)],
            ),
            ("公司名称:甲样例有限责任公司", &[("甲样例有限责任公司", true)]),
            ("甲样例有限公司深圳分公司", &[("甲样例有限公司深圳分公司", false)]),
            (
                "我们的客户:甲样例有限公司、乙样例股份有限公司",
                &[("甲样例有限公司", false), ("乙样例股份有限公司", false)],
            ),
            ("今天公司加班", &[]),
            ("有限公司的样子", &[("有限公司", false)]),
            ("", &[]),
        ] {
            let mut found = Vec::new();
            read(line, 1, &mut found);
            let found: Vec<(&str, bool)> =
                found.iter().map(|shown| (shown.name.as_str(), shown.owner)).collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn codes_that_are_called_so() {
        for (line, expected) in [
            ("统一社会信用代码:91440300MA00000077", &["91440300MA00000077"][..]),
            ("营业执照 91440300ma00000077 公示", &["91440300MA00000077"]),
            ("统一社会信用代码:91440300MA00000078", &[]),
            ("订单号 91440300MA00000077", &[]),
            ("身份证 440305198505050019", &[]),
        ] {
            let mut found = Vec::new();
            read_codes(line, 1, &mut found);
            let found: Vec<&str> = found.iter().map(|shown| shown.code.as_str()).collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_too_odd(line in "[样例有限公司分()© a:,版权所的]{0,40}|\\PC{0,40}") {
            let mut found = Vec::new();
            read(&line, 1, &mut found);
            for shown in found {
                proptest::prop_assert!(line.contains(&shown.name));
            }
        }
    }
}
