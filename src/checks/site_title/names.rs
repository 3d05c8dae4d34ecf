//! Titles and names made comparable: what separates their parts, what they add to a name.

use crate::domain::codes;
use crate::domain::evidence::folded;
use crate::domain::filing::{Filing, Site};
use crate::domain::message::Lang;

/// What stands before or behind a name in a title, the longer first.
const ADDED: [&str; 18] = [
    "官方网站首页",
    "官方网站",
    "网站首页",
    "官网首页",
    "官方首页",
    "欢迎来到",
    "欢迎访问",
    "欢迎光临",
    "欢迎您",
    "欢迎",
    "首页",
    "主页",
    "官网",
    "网站",
    "网",
    "!",
    ".",
    "的",
];

/// Forms of organisation, the longer first.
const FORMS: [&str; 8] = [
    "集团股份有限公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "股份公司",
    "集团公司",
    "公司",
];

/// Fewer characters are no name.
const SHORTEST: usize = 2;

/// The names that a title may have: the site's parts, the sponsor's full and short name.
pub fn of(filing: &Filing, site: &Site) -> Vec<String> {
    let entity = joined(&filing.entity.name);
    let short = short_name(&entity);
    let mut names = parts(&site.name);
    names.extend([joined(&site.name), entity, short]);
    names.retain(|name| name.chars().count() >= SHORTEST);
    names
}

/// Whether a title has one of the names, or a name begins with a part of the title.
pub fn agree(title: &str, names: &[String]) -> bool {
    let whole = joined(title);
    let parts = parts(title);
    let begins = |name: &String| {
        let is_part = |part: &String| part.chars().count() >= SHORTEST && name.starts_with(part.as_str());
        let is_long_part = |part: &String| part.chars().count() > SHORTEST && name.contains(part.as_str());
        parts.iter().any(|part| is_part(part) || is_long_part(part))
    };
    names.iter().any(|name| whole.contains(name.as_str()) || begins(name))
}

/// Everything but what separates, in lower case.
fn joined(text: &str) -> String {
    folded(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The parts of a title without what is added to a name.
fn parts(text: &str) -> Vec<String> {
    let text = folded(text).to_lowercase();
    let parts = text.split(|c: char| !c.is_alphanumeric()).map(bare);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn bare(mut part: &str) -> &str {
    while let Some(shorter) =
        ADDED.iter().find_map(|added| part.strip_suffix(added).or_else(|| part.strip_prefix(added)))
    {
        part = shorter;
    }
    part
}

/// 样例科技 of 深圳市样例科技有限公司: without place and form of organisation.
fn short_name(name: &str) -> String {
    let mut short = FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name);
    for province in codes::provinces() {
        let label = province.label(Lang::Zh);
        if let Some(rest) = short.strip_prefix(label) {
            short = rest.strip_prefix('省').or_else(|| rest.strip_prefix('市')).unwrap_or(rest);
        }
    }
    for end in ["市", "区", "县"] {
        if let Some((place, rest)) = short.split_once(end)
            && (2..=4).contains(&place.chars().count())
        {
            short = rest;
        }
    }
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names() {
        for (name, short) in [
            ("深圳市样例科技有限公司", "样例科技"),
            ("广东省深圳市样例科技股份有限公司", "样例科技"),
            ("北京样例文化有限责任公司", "样例文化"),
            ("杭州市样例区样例农业有限公司", "样例农业"),
            ("样例协会", "样例协会"),
            ("赵样例", "赵样例"),
        ] {
            assert_eq!(short_name(name), short);
        }
    }

    #[test]
    fn parts_without_what_titles_add() {
        for (title, expected) in [
            ("样例科技官网 - 首页", &["样例科技"][..]),
            ("首页_欢迎访问样例科技的官方网站！", &["样例科技"]),
            ("【樣例科技】|YangLi", &["样例科技", "yangli"]),
            ("首页", &[]),
        ] {
            assert_eq!(parts(title), expected, "{title}");
        }
    }
}
