//! Reading the file of province rules: what is unknown or contradicts itself is an error, never a lost rule.

use jiff::civil::Date;
use serde::Deserialize;

use super::{Asks, ProvinceRules, Rule};
use crate::domain::reasons::Catalogue;

/// GB/T 2260: the provinces of the mainland, whose administrations (通信管理局) make rules.
const PROVINCES: [&str; 31] = [
    "110000", "120000", "130000", "140000", "150000", "210000", "220000", "230000", "310000", "320000",
    "330000", "340000", "350000", "360000", "370000", "410000", "420000", "430000", "440000", "450000",
    "460000", "500000", "510000", "520000", "530000", "540000", "610000", "620000", "630000", "640000",
    "650000",
];

/// Why a file of rules is refused, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum RulesFault {
    /// Not the shape of a rule: line and column are in the text.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    #[error("`{rule}`: `{found}` is no province; six digits of GB/T 2260 are expected, e.g. 440000")]
    Province { rule: String, found: String },
    #[error("`{rule}`: an id is made of a-z, 0-9 and `-`")]
    Id { rule: String },
    #[error("`{rule}`: say where it was read")]
    Source { rule: String },
    #[error("`{rule}` ends before it begins")]
    Term { rule: String },
    #[error("`{rule}`: no reason has the code `{code}`")]
    Reason { rule: String, code: String },
    #[error("`{rule}` and `{other}` answer the same question from the same day; change a date or strike one")]
    Contradiction { rule: String, other: String },
    #[error("`{rule}` stands there twice; give one of them another id")]
    Twice { rule: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Said>,
}

/// What one source says of some provinces.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    id: String,
    source: String,
    from: Date,
    until: Option<Date>,
    provinces: Vec<String>,
    asks: Asks,
}

pub(super) fn read(text: &str) -> Result<ProvinceRules, RulesFault> {
    let file: File = toml::from_str(text)?;
    let mut rules = ProvinceRules::default();
    for said in file.rule {
        sound(&said)?;
        for province in said.provinces {
            let rule = Rule {
                id: format!("{}/{province}", said.id),
                from: said.from,
                until: said.until,
                asks: said.asks.clone(),
                source: said.source.clone(),
            };
            let before = rules.by_province.entry(province).or_default();
            if before.iter().any(|other| other.id == rule.id) {
                return Err(RulesFault::Twice { rule: rule.id });
            }
            if let Some(other) =
                before.iter().find(|other| other.from == rule.from && other.asks.same_question(&rule.asks))
            {
                return Err(RulesFault::Contradiction { rule: rule.id, other: other.id.clone() });
            }
            before.push(rule);
        }
    }
    Ok(rules)
}

/// Whether a rule can be one, whatever the others say.
fn sound(said: &Said) -> Result<(), RulesFault> {
    let rule = said.id.clone();
    let of_an_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if rule.is_empty() || !rule.chars().all(of_an_id) {
        return Err(RulesFault::Id { rule });
    }
    if said.source.trim().is_empty() {
        return Err(RulesFault::Source { rule });
    }
    if said.until.is_some_and(|until| until < said.from) {
        return Err(RulesFault::Term { rule });
    }
    if let Some(found) = said.provinces.iter().find(|province| !PROVINCES.contains(&province.as_str())) {
        return Err(RulesFault::Province { rule, found: found.clone() });
    }
    match &said.asks {
        Asks::Material(material) if Catalogue::shipped().get(&material.reason).is_none() => {
            Err(RulesFault::Reason { rule, code: material.reason.clone() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::PrincipalRule;
    use super::*;

    #[test]
    fn the_shipped_file_is_read_and_every_province_says_who_may_be_principal() {
        let rules = read(include_str!("../../../assets/provinces.toml")).unwrap();
        assert_eq!(&rules, ProvinceRules::shipped());
        for province in PROVINCES {
            assert!(rules.principal(province, date(2026, 1, 1)).is_some(), "{province}");
        }
    }

    #[test]
    fn the_youngest_rule_in_force_counts() {
        use PrincipalRule::{Free, Required, WithAuthorisation};
        for (province, day, expected) in [
            ("440000", date(2026, 11, 23), Some(("tencent-principal/440000", Required))),
            ("340000", date(2026, 11, 23), Some(("tencent-principal/340000", WithAuthorisation))),
            ("210000", date(2026, 11, 23), Some(("tencent-principal/210000", Free))),
            ("110000", date(2025, 12, 30), Some(("tencent-principal/110000", Free))),
            ("110000", date(2025, 12, 31), Some(("huawei-principal/110000", Required))),
            ("110000", date(2018, 12, 31), None),
            ("990000", date(2026, 11, 23), None),
        ] {
            let rule = ProvinceRules::shipped().principal(province, day);
            assert_eq!(rule.map(|(rule, kind)| (rule.id.as_str(), kind)), expected, "{province} {day}");
        }
    }

    /// Three rules on landlines: an old one with an end, a younger one that abolishes nothing, and one yet to come.
    #[test]
    fn a_rule_ends_and_the_older_one_behind_it_counts_again() {
        let rule = |id: &str, term: &str, years: i16| {
            format!(
                "[[rule]]\nid = \"{id}\"\nsource = \"x\"\n{term}\nprovinces = [\"440000\"]\n\
                 asks = {{ least_age = {{ years = {years} }} }}\n"
            )
        };
        let text = rule("old", "from = \"2020-01-01\"", 16)
            + &rule("trial", "from = \"2022-01-01\"\nuntil = \"2022-12-31\"", 20)
            + &rule("new", "from = \"2025-01-01\"", 18);
        let rules = read(&text).unwrap();
        for (day, expected) in [
            (date(2019, 12, 31), vec![]),
            (date(2021, 12, 31), vec!["old/440000"]),
            (date(2022, 1, 1), vec!["trial/440000"]),
            (date(2022, 12, 31), vec!["trial/440000"]),
            (date(2023, 1, 1), vec!["old/440000"]),
            (date(2025, 1, 1), vec!["new/440000"]),
        ] {
            let ids: Vec<&str> = rules.in_force("440000", day).map(|rule| rule.id.as_str()).collect();
            assert_eq!(ids, expected, "{day}");
        }
    }

    #[test]
    fn what_is_unknown_or_contradicts_itself_is_refused() {
        const GOOD: &str = r#"
            [[rule]]
            id = "a"
            source = "b"
            from = "2026-01-01"
            provinces = ["440000"]
            asks = { material = { kind = "undertaking", reason = "MAT-COMMITMENT" } }
        "#;
        assert!(read(GOOD).is_ok());
        for (from, to, complaint) in [
            ("source", "sauce", "unknown field `sauce`"),
            ("material", "materiel", "unknown variant `materiel`"),
            ("kind", "kinds", "unknown field `kinds`"),
            ("undertaking", "undertaker", "unknown variant `undertaker`"),
            ("440000", "440300", "is no province"),
            ("440000", "710000", "is no province"),
            ("MAT-COMMITMENT", "MAT-NONE", "no reason has the code"),
            ("\"a\"", "\"A b\"", "an id is made of"),
            ("\"b\"", "\" \"", "say where it was read"),
            ("from =", "until = \"2025-12-31\"\nfrom =", "ends before it begins"),
            ("[\"440000\"]", "[\"440000\", \"440000\"]", "twice"),
        ] {
            let fault = read(&GOOD.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(fault.contains(complaint), "{to}: {fault}");
        }
        let other = GOOD.replacen("\"a\"", "\"c\"", 1);
        let fault = read(&format!("{GOOD}{other}")).unwrap_err();
        assert!(matches!(fault, RulesFault::Contradiction { .. }), "{fault}");
    }
}
