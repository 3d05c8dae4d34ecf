//! Whether a value names a holder, or only says that nobody is named.

use crate::domain::evidence::{Holder, Stated};

/// Words of those who keep a holder's name back: registries after 2018, and privacy services in the holder's place.
const KEPT_BACK: &[&str] = &[
    "redacted",
    "not disclosed",
    "non-public",
    "undisclosed",
    "withheld",
    "privacy",
    "private registration",
    "registration private",
    "private whois",
    "whoisguard",
    "whois agent",
    "whois protection",
    "by proxy",
    "proxy service",
    "identity protect",
    "data protected",
    "statutory masking",
    "masked",
    "gdpr",
    "hidden",
    "not available",
    "not shown",
    "隐私",
    "信息保护",
    "未公开",
    "不公开",
    "非公开",
    "已屏蔽",
    "***",
];

/// Values that say nothing at all.
const NOTHING: &[&str] = &["", "-", "--", "n/a", "none", "null", "na", "无", "."];

/// What a holder's field says; a blank one is as good as none. Too much is called withheld rather than too little: a
/// name that is not one would be held against the applicant.
pub fn holder(value: &str, line: Option<u32>) -> Holder {
    let value = value.trim();
    let lower = value.to_lowercase();
    let stated = || Stated { value: value.to_owned(), line };
    if NOTHING.contains(&lower.as_str()) {
        Holder::NotGiven
    } else if KEPT_BACK.iter().any(|word| lower.contains(word)) {
        Holder::Redacted(stated())
    } else {
        Holder::Named(stated())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_and_a_veil_is_none() {
        for name in
            ["样例科技有限公司", "王样例", "Example Private Limited", "样例市环境保护局", "Proxima Ltd"]
        {
            assert!(matches!(holder(name, None), Holder::Named(_)), "{name}");
        }
        for veil in [
            "REDACTED FOR PRIVACY",
            "Not Disclosed",
            "Domains By Proxy, LLC",
            "Registration Private",
            "Withheld for Privacy ehf",
            "Data Protected",
            "Statutory Masking Enabled",
            "非公开信息",
            "隐私保护",
            "****",
        ] {
            assert!(
                matches!(holder(veil, Some(3)), Holder::Redacted(said) if said.line == Some(3)),
                "{veil}"
            );
        }
        for nothing in ["", "  ", "-", "N/A"] {
            assert_eq!(holder(nothing, None), Holder::NotGiven, "{nothing}");
        }
    }
}
