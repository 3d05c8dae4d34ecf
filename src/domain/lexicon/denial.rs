//! Words that a text only mentions to say that there is no such thing.

/// What comes before things that are *not* there or not allowed.
const DENIALS: [&str; 22] = [
    "不涉",
    "不含",
    "不包含",
    "不包括",
    "不提供",
    "不从事",
    "不经营",
    "不开展",
    "不发布",
    "不设",
    "不支持",
    "不销售",
    "不接受",
    "没有",
    "禁止",
    "严禁",
    "不得",
    "请勿",
    "谢绝",
    "拒绝",
    "未开通",
    "未开设",
];

/// 「禁止转载新闻」 forbids copying and says that there is news.
const COPYING: [&str; 7] = ["转载", "复制", "摘编", "抄袭", "盗用", "引用", "镜像"];

/// Whether the clause up to here says that what follows is *not* there (「不涉及新闻、视频」). The text is
/// [`plain`](super::plain), or a page's line, where a space ends a clause, too.
pub fn is_denied(before: &str) -> bool {
    let clause = before.rsplit([',', ';', ':', '.', '!', '?', '。', '|', ' ']).next().unwrap_or_default();
    DENIALS
        .iter()
        .filter_map(|denial| clause.split_once(denial))
        .any(|(_, what)| !COPYING.iter().any(|copying| what.contains(copying)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_reaches_to_the_end_of_its_clause() {
        for (before, expected) in [
            ("本站不涉及新闻、", true),
            ("禁止发布", true),
            ("严禁传播赌博、", true),
            ("没有广告,提供", false),
            ("本站没有广告。", false),
            ("谢绝推销 在线", false),
            ("禁止转载本站", false),
            ("未经许可不得复制", false),
            ("本站提供", false),
            ("", false),
        ] {
            assert_eq!(is_denied(before), expected, "{before}");
        }
    }
}
