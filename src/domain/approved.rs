//! Approved top-level domains (顶级域) and registrars (域名注册服务机构): versioned, sourced lists. What follows from a
//! name that is missing is for the checks; an incomplete list does not know.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::domain_name;
use super::lexicon::plain;

/// What a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovedKind {
    TopLevelDomains,
    Registrars,
}

impl ApprovedKind {
    const fn text(self) -> &'static str {
        match self {
            ApprovedKind::TopLevelDomains => include_str!("../../assets/sources/approved_tlds.toml"),
            ApprovedKind::Registrars => include_str!("../../assets/sources/approved_registrars.toml"),
        }
    }

    /// A name as it is compared; none for what is no such name.
    fn key(self, name: &str) -> Option<String> {
        let key = match self {
            ApprovedKind::TopLevelDomains => top_level(name)?,
            ApprovedKind::Registrars => company(name),
        };
        (!key.is_empty()).then_some(key)
    }
}

/// What a list says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    Listed,
    /// The list is complete and the name is not there.
    NotListed,
    /// The list is not complete, or the name is none.
    Unknown,
}

/// One version of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedList {
    kind: ApprovedKind,
    version: String,
    complete: bool,
    keys: BTreeSet<String>,
}

/// A list that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApprovedFault {
    #[error(
        "{0}; expected version, complete and [[group]] with source and names, as in assets/sources/approved_tlds.toml"
    )]
    File(String),
    #[error("`{0}` is no name of this list: write a suffix as `cn`, a registrar by its full name")]
    Name(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Date,
    complete: bool,
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    /// Where the names were read: for whoever keeps the file.
    #[serde(rename = "source")]
    _source: String,
    names: Vec<String>,
}

impl ApprovedList {
    /// The list that comes with the program. A test reads both; were one broken, it would know nothing.
    pub fn shipped(kind: ApprovedKind) -> &'static ApprovedList {
        static SHIPPED: [OnceLock<ApprovedList>; 2] = [const { OnceLock::new() }; 2];
        SHIPPED[kind as usize].get_or_init(|| {
            Self::read(kind, kind.text()).unwrap_or_else(|_| ApprovedList {
                kind,
                version: String::new(),
                complete: false,
                keys: BTreeSet::new(),
            })
        })
    }

    /// Reads an operator's list.
    pub fn read(kind: ApprovedKind, text: &str) -> Result<ApprovedList, ApprovedFault> {
        let File { version, complete, group } =
            toml::from_str(text).map_err(|fault| ApprovedFault::File(fault.to_string()))?;
        let mut keys = BTreeSet::new();
        for name in group.into_iter().flat_map(|group| group.names) {
            keys.insert(kind.key(&name).ok_or(ApprovedFault::Name(name))?);
        }
        Ok(ApprovedList { kind, version: version.to_string(), complete, keys })
    }

    /// The day on which the list was last changed, as findings name it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether what is not listed is not approved.
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// A suffix (`cn`, `com.cn`, `中国`), by its last label; nothing is known of it in a list of registrars.
    pub fn tld(&self, suffix: &str) -> Approval {
        self.look(ApprovedKind::TopLevelDomains, suffix)
    }

    /// A registrar by any of its names; nothing is known of it in a list of top-level domains.
    pub fn registrar(&self, name: &str) -> Approval {
        self.look(ApprovedKind::Registrars, name)
    }

    fn look(&self, kind: ApprovedKind, name: &str) -> Approval {
        match kind.key(name).filter(|_| kind == self.kind) {
            Some(key) if self.keys.contains(&key) => Approval::Listed,
            Some(_) if self.complete => Approval::NotListed,
            _ => Approval::Unknown,
        }
    }
}

fn top_level(suffix: &str) -> Option<String> {
    let last = suffix.trim().trim_matches(['.', '。']).rsplit(['.', '。']).next()?;
    // A lone label is no name; below another it is.
    domain_name::ascii(&format!("a.{last}"))?.strip_prefix("a.").map(str::to_owned)
}

/// What registrars end their names with, in one WHOIS answer or another, after punctuation is gone.
const COMPANY_FORMS: &[&str] = &[
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "公司",
    "companylimited",
    "corporation",
    "coltd",
    "corp",
    "limited",
    "ltd",
    "llc",
    "inc",
];

/// A company's name without width, spaces, brackets, punctuation, case and legal form.
fn company(name: &str) -> String {
    let mut key: String =
        plain(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if let Some(bare) = COMPANY_FORMS.iter().find_map(|form| key.strip_suffix(form)) {
        key.truncate(bare.len());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const TLDS: &str = "version = \"2026-11-24\"\ncomplete = true\n[[group]]\nsource = \"a\"\nnames = [\"cn\", \"中国\", \".Top\"]\n";

    #[test]
    fn a_suffix_is_known_by_its_last_label_in_every_spelling() {
        let list = ApprovedList::read(ApprovedKind::TopLevelDomains, TLDS).unwrap();
        for suffix in ["cn", ".CN", "com.cn", "xn--fiqs8s", "中国", "a.中国", "TOP", "ｃｎ"] {
            assert_eq!(list.tld(suffix), Approval::Listed, "{suffix}");
        }
        for suffix in ["com", "cn.com", "c", "中國"] {
            assert_eq!(list.tld(suffix), Approval::NotListed, "{suffix}");
        }
        for suffix in ["", ".", "a b", "-"] {
            assert_eq!(list.tld(suffix), Approval::Unknown, "{suffix}");
        }
        let open = ApprovedList::read(ApprovedKind::TopLevelDomains, &TLDS.replace("true", "false")).unwrap();
        assert_eq!((open.tld("com"), open.tld("cn")), (Approval::Unknown, Approval::Listed));
        assert_eq!(open.registrar("cn"), Approval::Unknown, "another list's question");
    }

    #[test]
    fn a_registrar_is_known_in_any_dress() {
        let text = TLDS.replace(
            "[\"cn\", \"中国\", \".Top\"]",
            "[\"样例注册商（北京）有限公司\", \"Example Registrar Co., Ltd.\"]",
        );
        let list = ApprovedList::read(ApprovedKind::Registrars, &text).unwrap();
        for name in [
            "样例注册商（北京）有限公司",
            "样例注册商(北京)有限公司",
            " 样例注册商 （北京） 有限责任公司",
            "EXAMPLE REGISTRAR CO.,LTD",
            "Example Registrar Company Limited",
            "Example Registrar Ltd.",
            "Example Registrar, Inc.",
        ] {
            assert_eq!(list.registrar(name), Approval::Listed, "{name}");
        }
        for name in ["样例注册商（上海）有限公司", "样例注册", "Example Registrars Ltd.", "Registrar"]
        {
            assert_eq!(list.registrar(name), Approval::NotListed, "{name}");
        }
        for name in ["", "  ", "有限公司", "--"] {
            assert_eq!(list.registrar(name), Approval::Unknown, "{name}");
        }
    }

    #[test]
    fn the_shipped_lists_are_read_and_do_not_call_themselves_complete() {
        for kind in [ApprovedKind::TopLevelDomains, ApprovedKind::Registrars] {
            let list = ApprovedList::read(kind, kind.text()).unwrap();
            assert_eq!(ApprovedList::shipped(kind), &list);
            assert!(!list.is_complete() && !list.version().is_empty() && list.keys.len() > 10);
        }
        let tlds = ApprovedList::shipped(ApprovedKind::TopLevelDomains);
        assert_eq!((tlds.tld("com.cn"), tlds.tld("dev")), (Approval::Listed, Approval::Unknown));
        let registrars = ApprovedList::shipped(ApprovedKind::Registrars);
        assert_eq!(registrars.registrar("阿里云计算有限公司(万网)"), Approval::Listed);
        assert_eq!(registrars.registrar("Example Registrar"), Approval::Unknown);
    }

    #[test]
    fn a_list_that_is_none_says_what_was_expected() {
        for (text, said) in [
            ("", "missing field"),
            (&TLDS.replace("names", "name") as &str, "[[group]]"),
            (&TLDS.replace("\"cn\"", "\"a b\""), "`a b`"),
            (&TLDS.replace("\"cn\"", "\"\""), "``"),
        ] {
            let fault = ApprovedList::read(ApprovedKind::TopLevelDomains, text).unwrap_err().to_string();
            assert!(fault.contains(said), "{fault}");
        }
    }

    proptest::proptest! {
        #[test]
        fn spaces_and_width_are_no_difference(name in "[样例注册 A-Za-z]{1,12}") {
            let text = format!("version = \"2026-11-24\"\ncomplete = true\n[[group]]\nsource = \"a\"\nnames = [\"x{name}\"]\n");
            let list = ApprovedList::read(ApprovedKind::Registrars, &text).unwrap();
            let spaced: String = name.chars().flat_map(|c| [c, ' ']).collect();
            proptest::prop_assert_eq!(list.registrar(&format!("Ｘ {spaced}")), Approval::Listed);
        }
    }
}
