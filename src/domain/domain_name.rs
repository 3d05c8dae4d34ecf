//! Domain names: one spelling for each, and which part of a name is what somebody registers.
//!
//! What a registry or a resolver says of a name is evidence; whether a filed name may be filed is for the checks.

/// A name as the DNS has it: A-labels (RFC 5891), lower case, without the last dot. None for what is no name with at
/// least two labels, an address among it.
pub fn ascii(written: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_strict(written.trim().trim_end_matches('.')).ok()?;
    let is_address = ascii.parse::<std::net::IpAddr>().is_ok() || ascii.starts_with('[');
    (ascii.contains('.') && !is_address).then_some(ascii)
}

/// As a person reads it: U-labels.
pub fn unicode(ascii: &str) -> String {
    idna::domain_to_unicode(ascii).0
}

/// The part of a name (as [`ascii`] gives it) that somebody registers, by the public suffix list: `a.com.cn` of
/// `www.a.com.cn`. None for a public suffix itself.
pub fn registrable(ascii: &str) -> Option<&str> {
    psl::domain_str(ascii)
}

/// The public suffix (`com.cn`) under which a name is registered.
pub fn suffix(ascii: &str) -> Option<&str> {
    psl::suffix_str(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_one_spelling_and_one_registrable_part() {
        for (written, name, own) in [
            ("A.Example", Some("a.example"), Some("a.example")),
            (" www.样例.中国. ", Some("www.xn--fsq541d.xn--fiqs8s"), Some("xn--fsq541d.xn--fiqs8s")),
            ("ＷＷＷ．a．com．cn", Some("www.a.com.cn"), Some("a.com.cn")),
            ("b.公司.cn", Some("b.xn--55qx5d.cn"), Some("b.xn--55qx5d.cn")),
            ("com.cn", Some("com.cn"), None),
            ("192.0.2.1", None, None),
            ("localhost", None, None),
            ("a b.example", None, None),
            ("", None, None),
        ] {
            let found = ascii(written);
            assert_eq!(found.as_deref(), name, "{written}");
            assert_eq!(found.as_deref().and_then(registrable), own, "{written}");
        }
    }
}
