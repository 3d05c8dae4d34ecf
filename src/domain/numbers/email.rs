//! E-mail addresses: their shape, not whether anybody reads them.

use unicode_normalization::UnicodeNormalization;

use super::NumberFault;

/// RFC 5321 section 4.5.3.1: octets of the local part and of the whole path without its brackets.
const LOCAL_OCTETS: usize = 64;
const ALL_OCTETS: usize = 254;

const EXAMPLE: NumberFault = NumberFault::Shape { example: "name@site.example" };

/// An address of the form `local@domain`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Reads the addresses that people have: a dot-atom of RFC 5322 in ASCII, `@`, and a domain of two labels or more
/// (letters, digits, inner hyphens; international ones too). Quoted local parts and address literals, which the RFCs
/// allow, are refused. Full-width forms (NFKC) and outer spaces are put right, the case is kept.
pub fn parse(raw: &str) -> Result<Email, NumberFault> {
    let text: String = raw.trim().nfkc().collect();
    if text.is_empty() {
        return Err(NumberFault::Empty);
    }
    if let Some(at) = text.chars().position(|c| c.is_whitespace() || c.is_control()) {
        return Err(NumberFault::Character { at: at + 1, found: text.chars().nth(at).unwrap_or_default() });
    }
    let (local, domain) = text.split_once('@').ok_or(EXAMPLE)?;
    let fits = local.len() <= LOCAL_OCTETS && text.len() <= ALL_OCTETS;
    let labels = domain.split('.').count();
    if fits && local.split('.').all(is_atom) && labels > 1 && domain.split('.').all(is_label) {
        Ok(Email(text))
    } else {
        Err(EXAMPLE)
    }
}

fn is_atom(atom: &str) -> bool {
    !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_people_have() {
        for raw in [
            "a@b.example",
            "first.last+tag@mail.site.example",
            "样例@b.example",
            "x@样例.中国",
            " a＠b.example ",
        ] {
            assert_eq!(parse(raw).is_ok(), raw != "样例@b.example", "{raw}");
        }
        assert_eq!(parse(" A＠b.example").unwrap().as_str(), "A@b.example");
    }

    #[test]
    fn faults() {
        assert_eq!(parse("  "), Err(NumberFault::Empty));
        assert_eq!(parse("a b@c.example"), Err(NumberFault::Character { at: 2, found: ' ' }));
        for raw in [
            "a",
            "a@",
            "@b.example",
            "a@b",
            "a@@b.example",
            "a@b..example",
            "a@-b.example",
            "a.@b.example",
            "a@b.example.",
            "a@b_c.example",
            "\"a\"@b.example",
            "a@[192.0.2.1]",
        ] {
            assert_eq!(parse(raw), Err(EXAMPLE), "{raw}");
        }
        assert!(parse(&format!("{}@b.example", "a".repeat(64))).is_ok());
        assert_eq!(parse(&format!("{}@b.example", "a".repeat(65))), Err(EXAMPLE));
    }
}
