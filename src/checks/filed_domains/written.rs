//! How a domain is written, and whether it is one that can be registered.

use std::net::IpAddr;

use unicode_normalization::UnicodeNormalization;

/// Names of the second level under `.cn` that take registrations below them: the categories and the provinces of
/// 《中国互联网络域名体系》 (工业和信息化部公告 2018 年第 7 号).
const CN_SECOND_LEVEL: [&str; 41] = [
    "ac", "com", "edu", "gov", "mil", "net", "org", "bj", "sh", "tj", "cq", "he", "sx", "nm", "ln", "jl",
    "hl", "js", "zj", "ah", "fj", "jx", "sd", "ha", "hb", "hn", "gd", "gx", "hi", "sc", "gz", "yn", "xz",
    "sn", "gs", "qh", "nx", "xj", "tw", "hk", "mo",
];

/// RFC 1035, 2.3.4: octets of a label and of a name.
const LABEL: usize = 63;
const NAME: usize = 253;

/// Where a domain stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Level {
    /// Right below a suffix.
    Registered,
    /// Below the registered domain that it names.
    Below(String),
    /// The suffix may end at the second label or at the third; that list is not ours.
    PerhapsBelow,
    /// A suffix itself, such as `com.cn`.
    Suffix,
}

/// Why a text is no domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An IP address.
    Address,
    /// With scheme, port or path.
    Url,
    NoDot,
    /// A label is empty or too long, or the whole is.
    Length,
    Character(char),
}

/// The form in which two domains are the same: NFKC, lower case, without white space around.
pub fn normal(text: &str) -> String {
    // Lower case may decompose a letter: composed again, the normal form is its own.
    let lower: String = text.nfkc().collect::<String>().to_lowercase().nfkc().collect();
    lower.trim().to_owned()
}

/// Where a domain in [`normal`] form stands. Labels are letters, digits and inner hyphens (RFC 1123, 2.1), in
/// international domains also letters of other scripts.
pub fn level(domain: &str) -> Result<Level, Fault> {
    if domain.parse::<IpAddr>().is_ok() {
        return Err(Fault::Address);
    }
    if domain.contains(['/', ':', '@', '?', '#']) {
        return Err(Fault::Url);
    }
    let labels: Vec<&str> = domain.split('.').collect();
    if let Some(found) = domain.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '-' | '.')) {
        return Err(Fault::Character(found));
    }
    if labels.iter().any(|label| label.starts_with('-') || label.ends_with('-')) {
        return Err(Fault::Character('-'));
    }
    if domain.len() > NAME || labels.iter().any(|label| label.is_empty() || label.len() > LABEL) {
        return Err(Fault::Length);
    }
    if labels.len() < 2 {
        return Err(Fault::NoDot);
    }
    Ok(below_suffix(&labels))
}

fn below_suffix(labels: &[&str]) -> Level {
    let registered = |count: usize| labels[labels.len() - count..].join(".");
    match labels {
        ["www", rest @ ..] if rest.len() >= 2 => Level::Below(match below_suffix(rest) {
            Level::Below(registered) => registered,
            _ => rest.join("."),
        }),
        [second, "cn"] if CN_SECOND_LEVEL.contains(second) => Level::Suffix,
        [_, _] => Level::Registered,
        [.., second, "cn"] if CN_SECOND_LEVEL.contains(second) => match labels.len() {
            3 => Level::Registered,
            _ => Level::Below(registered(3)),
        },
        [.., "cn"] => Level::Below(registered(2)),
        _ => Level::PerhapsBelow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_domain_stands() {
        let below = |registered: &str| Ok(Level::Below(registered.to_owned()));
        for (text, expected) in [
            ("yangli.example", Ok(Level::Registered)),
            (" YangLi.Example ", Ok(Level::Registered)),
            ("ｙａｎｇｌｉ．example", Ok(Level::Registered)),
            ("样例.test", Ok(Level::Registered)),
            ("xn--fsqu00a.example", Ok(Level::Registered)),
            ("yang-li.example", Ok(Level::Registered)),
            ("yangli.com.cn", Ok(Level::Registered)),
            ("yangli.gd.cn", Ok(Level::Registered)),
            ("www.cn", Ok(Level::Registered)),
            ("www.example", Ok(Level::Registered)),
            ("com.cn", Ok(Level::Suffix)),
            ("www.yangli.example", below("yangli.example")),
            ("www.yangli.com.cn", below("yangli.com.cn")),
            ("shop.yangli.cn", below("yangli.cn")),
            ("a.shop.yangli.com.cn", below("yangli.com.cn")),
            ("www.shop.yangli.cn", below("yangli.cn")),
            ("shop.yangli.example", Ok(Level::PerhapsBelow)),
            ("192.0.2.1", Err(Fault::Address)),
            ("2001:db8::1", Err(Fault::Address)),
            ("https://yangli.example/", Err(Fault::Url)),
            ("yangli.example:8080", Err(Fault::Url)),
            ("yangli.example/path", Err(Fault::Url)),
            ("yangli", Err(Fault::NoDot)),
            ("yangli.example.", Err(Fault::Length)),
            ("yangli..example", Err(Fault::Length)),
            ("", Err(Fault::Length)),
            ("yang_li.example", Err(Fault::Character('_'))),
            ("yangli,example", Err(Fault::Character(','))),
            ("yangli .example", Err(Fault::Character(' '))),
            ("-yangli.example", Err(Fault::Character('-'))),
        ] {
            assert_eq!(level(&normal(text)), expected, "{text}");
        }
        assert_eq!(level(&format!("{}.example", "a".repeat(64))), Err(Fault::Length));
    }

    proptest::proptest! {
        #[test]
        fn anything_is_judged_and_the_normal_form_is_stable(text in "\\PC{0,40}") {
            let once = normal(&text);
            let _ = level(&once);
            proptest::prop_assert_eq!(level(&normal(&once)), level(&once));
        }
    }
}
