//! Province rules (省管局规则): dated and sourced data, never compiled into a check.

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

/// The rules of all provinces (`assets/provinces.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProvinceRules {
    legal_representative: Vec<Rule>,
}

/// One rule of one province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Stable id, `source/province`, as findings name it.
    pub id: String,
    /// Six digits of GB/T 2260.
    pub province: String,
    /// The first day for which the source is taken to speak.
    pub from: Date,
    pub kind: PrincipalRule,
    /// Where the rule was read.
    pub source: String,
}

/// Who may be an organisation's 主体负责人.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalRule {
    /// The legal representative only.
    Required,
    /// Somebody else too, with an authorisation (授权书).
    WithAuthorisation,
    /// Somebody else too.
    Free,
}

impl ProvinceRules {
    /// The rules that come with the program. A test reads the file; were it broken, there would be no rules.
    pub fn shipped() -> &'static ProvinceRules {
        static SHIPPED: OnceLock<ProvinceRules> = OnceLock::new();
        SHIPPED.get_or_init(|| read(include_str!("../../assets/provinces.toml")).unwrap_or_default())
    }

    /// How many rules there are, and the first day of the youngest.
    pub fn extent(&self) -> (usize, Option<Date>) {
        let rules = &self.legal_representative;
        (rules.len(), rules.iter().map(|rule| rule.from).max())
    }

    /// The rule on who may be 主体负责人 in a province on a day: the youngest of those in force.
    pub fn legal_representative(&self, province: &str, day: Date) -> Option<&Rule> {
        self.legal_representative
            .iter()
            .filter(|rule| rule.province == province && rule.from <= day)
            .max_by_key(|rule| rule.from)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    legal_representative: Vec<PrincipalSource>,
}

/// What one source says of all provinces that it names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrincipalSource {
    id: String,
    source: String,
    from: Date,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    with_authorisation: Vec<String>,
    #[serde(default)]
    free: Vec<String>,
}

fn read(text: &str) -> Result<ProvinceRules, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    let mut rules = ProvinceRules::default();
    for said in file.legal_representative {
        let lists = [
            (PrincipalRule::Required, said.required),
            (PrincipalRule::WithAuthorisation, said.with_authorisation),
            (PrincipalRule::Free, said.free),
        ];
        for (kind, provinces) in lists {
            rules.legal_representative.extend(provinces.into_iter().map(|province| Rule {
                id: format!("{}/{province}", said.id),
                province,
                from: said.from,
                kind,
                source: said.source.clone(),
            }));
        }
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_shipped_file_is_read_and_no_source_contradicts_itself() {
        let rules = read(include_str!("../../assets/provinces.toml")).unwrap();
        assert_eq!(&rules, ProvinceRules::shipped());
        assert!(rules.legal_representative.len() >= 31, "every mainland province has a rule");
        let mut ids = HashSet::new();
        for rule in &rules.legal_representative {
            assert!(ids.insert(&rule.id), "{} is said twice", rule.id);
            assert!(rule.province.len() == 6 && rule.province.ends_with("0000"), "{}", rule.id);
            assert!(!rule.source.is_empty(), "{}", rule.id);
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
            let rule = ProvinceRules::shipped().legal_representative(province, day);
            assert_eq!(rule.map(|rule| (rule.id.as_str(), rule.kind)), expected, "{province} {day}");
        }
    }

    #[test]
    fn an_unknown_key_is_an_error_and_not_a_lost_rule() {
        let text =
            "[[legal_representative]]\nid = \"a\"\nsource = \"b\"\nfrom = \"2026-01-01\"\nrequried = []";
        assert!(read(text).is_err());
    }
}
