//! Names and addresses made comparable. Not fuzzy: what differs after this differs, and a human sees both.
//!
//! Numbers and contacts are normalised in [`super::relations`].

use unicode_normalization::UnicodeNormalization;

/// Whether two names or addresses are the same: after NFKC (which also makes brackets, letters and digits narrow)
/// and without white space. Case counts, and so does an invisible character: it is a difference to be looked at.
pub fn same(a: &str, b: &str) -> bool {
    a == b || comparable(a) == comparable(b)
}

/// Whether two names of persons are the same; the dot inside a transliterated name may be any of its look-alikes.
pub fn same_person(a: &str, b: &str) -> bool {
    a == b || comparable_person(a) == comparable_person(b)
}

/// Whether one text, made comparable, is a part of the other; an empty one is a part of nothing.
pub fn one_contains_other(a: &str, b: &str) -> bool {
    let (a, b) = (comparable(a), comparable(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

/// Whether there is nothing to compare.
pub fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn comparable(text: &str) -> String {
    // Composed only after the white space is out: NFKC makes a spacing accent a space and a combining one.
    text.nfkd().filter(|c| !c.is_whitespace()).nfc().collect()
}

fn comparable_person(name: &str) -> String {
    comparable(name)
        .chars()
        // U+00B7 is the dot of GB/T names; the others are what keyboards and OCR make of it.
        .map(|c| if matches!(c, '•' | '‧' | '・' | '.' | '∙' | '⋅') { '·' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_space_are_no_difference_and_everything_else_is() {
        for (a, b, expected) in [
            ("样例（深圳）有限公司", "样例(深圳)有限公司", true),
            ("样例 科技　有限公司", "样例科技有限公司", true),
            ("样例ＡＢ科技", "样例AB科技", true),
            ("样例路１号", "样例路1号", true),
            ("样例科技有限公司", "样例技术有限公司", false),
            ("样例ab科技", "样例AB科技", false),
            ("样例科技有限公司", "样例科技有限责任公司", false),
            ("样例\u{200b}科技", "样例科技", false),
            ("", "样例", false),
        ] {
            assert_eq!(same(a, b), expected, "{a} / {b}");
        }
    }

    #[test]
    fn the_dot_of_a_transliterated_name_has_many_shapes() {
        for dot in ["·", "•", "‧", "・", "．", ".", "･", " · "] {
            assert!(same_person(&format!("样例{dot}阿里"), "样例·阿里"), "{dot}");
        }
        assert!(!same_person("样例阿里", "样例·阿里"));
        assert!(!same("样例•阿里", "样例·阿里"), "only in names of persons");
    }

    #[test]
    fn a_part_of_an_address_is_a_part_but_nothing_is_not() {
        assert!(one_contains_other("广东省深圳市样例路1号", "深圳市样例路 １号"));
        assert!(one_contains_other("样例路1号", "样例路1号801"));
        assert!(!one_contains_other("样例路1号", "样例路2号"));
        assert!(!one_contains_other("", "样例路1号"));
        assert!(!one_contains_other("样例路1号", " "));
    }

    proptest::proptest! {
        #[test]
        fn made_comparable_twice_is_made_comparable_once(text in "\\PC{0,24}") {
            let once = comparable(&text);
            proptest::prop_assert_eq!(comparable(&once), once);
        }
    }
}
