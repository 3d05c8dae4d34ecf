//! Cells of code lists: running numbers, labels, and names of provinces.

use crate::domain::codes::{self, List, all};
use crate::domain::fields::Vocabulary;
use crate::domain::filing::INDIVIDUAL;
use crate::domain::message::{self, Lang};

use super::mapping::normal;

/// What a label leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Number(u16),
    Unknown,
    /// Several numbers have this label.
    Ambiguous,
}

/// The number of a label. Several certificate types are called alike: `entity_type` is the 单位性质 whose list is meant.
pub(super) fn number(list: List, label: &str, entity_type: Option<u16>) -> Label {
    let wanted = normal(label);
    if let Ok(number) = wanted.parse() {
        return Label::Number(number);
    }
    let mut found: Vec<&codes::Code> = all(list)
        .iter()
        .filter(|code| Lang::ALL.iter().any(|lang| same(code.label(*lang), &wanted)))
        .collect();
    if found.len() > 1
        && let Some(entity_type) = entity_type
    {
        found.retain(|code| code.entity_types.contains(&entity_type));
    }
    match found.as_slice() {
        [] => Label::Unknown,
        [only] => Label::Number(only.number),
        _ => Label::Ambiguous,
    }
}

/// The list of certificate types from which a field takes its own: a responsible person has a person's document.
pub(super) fn entity_type_of(pattern: &str, of_row: Option<u16>) -> Option<u16> {
    if pattern.ends_with("document_type") { Some(INDIVIDUAL) } else { of_row }
}

/// Labels are compared without what stands in brackets after them: 营业执照（个人或企业）.
fn same(label: &str, wanted: &str) -> bool {
    let label = normal(label);
    label.eq_ignore_ascii_case(wanted)
        || label.split_once('(').is_some_and(|(short, _)| short.eq_ignore_ascii_case(wanted))
}

/// The code of a province's name, long or short.
pub(super) fn province(name: &str) -> Option<&'static str> {
    const ENDS: [&str; 7] = ["", "省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区"];
    codes::provinces()
        .iter()
        .find(|province| {
            let short = name.strip_prefix(province.label(Lang::Zh));
            short.is_some_and(|end| ENDS.contains(&end))
                || province.label(Lang::En).eq_ignore_ascii_case(name)
        })
        .map(|province| province.code.as_str())
}

/// The program's own word for what people write.
pub(super) fn word(vocabulary: Vocabulary, text: &str) -> Option<&'static str> {
    let wanted = normal(text);
    vocabulary
        .words()
        .into_iter()
        .find(|(word, label)| {
            *word == wanted || Lang::ALL.iter().any(|lang| normal(message::text(*lang, label)) == wanted)
        })
        .map(|(word, _)| word)
}

/// 是 or 否, as people write it.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "是" | "有" | "已" | "√" | "y" | "yes" => Some(true),
        "false" | "0" | "否" | "无" | "未" | "×" | "n" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_to_numbers() {
        use Label::{Ambiguous, Number, Unknown};
        for (list, label, entity_type, expected) in [
            (List::EntityTypes, "企业", None, Number(4)),
            (List::EntityTypes, " 4 ", None, Number(4)),
            (List::EntityTypes, "individual", None, Number(5)),
            (List::EntityTypes, "有限公司", None, Unknown),
            (List::CertificateTypes, "营业执照", Some(4), Number(1)),
            (List::CertificateTypes, "营业执照(个人或企业)", None, Number(1)),
            (List::CertificateTypes, "组织机构代码证", Some(6), Number(10)),
            (List::CertificateTypes, "组织机构代码证", None, Ambiguous),
            (List::CertificateTypes, "组织机构代码证", Some(5), Unknown),
            (List::CertificateTypes, "居民身份证", entity_type_of("x.document_type", Some(4)), Number(2)),
            (List::ServiceContents, "博客/个人空间", None, Number(6)),
        ] {
            assert_eq!(number(list, label, entity_type), expected, "{label}");
        }
    }

    #[test]
    fn names_lead_to_words() {
        for (name, code) in [
            ("广东", Some("440000")),
            ("广东省", Some("440000")),
            ("内蒙古自治区", Some("150000")),
            ("广西壮族自治区", Some("450000")),
            ("北京市", Some("110000")),
            ("Guangdong", Some("440000")),
            ("广东人", None),
        ] {
            assert_eq!(province(name), code, "{name}");
        }
        assert_eq!(word(Vocabulary::OrderType, "专项核查"), Some("special_verification"));
        assert_eq!(word(Vocabulary::OrderType, "first"), Some("first"));
        assert_eq!(word(Vocabulary::OrderType, "别的"), None);
        assert_eq!(boolean("是"), Some(true));
        assert_eq!(boolean("也许"), None);
    }
}
