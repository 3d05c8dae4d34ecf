//! The service that is asked for registry records (登记信息).

use serde::Deserialize;

use crate::domain::evidence::Network;
use crate::domain::registry_query::{JsonPath, UrlTemplate};
use crate::domain::registry_words::Told;

/// `[registry]`: `docs/registry.md` shows one in use.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    /// Empty: nobody is asked.
    pub url: UrlTemplate,
    pub name_url: UrlTemplate,
    /// `Name: VARIABLE`
    pub headers: Vec<HeaderSetting>,
    /// That are not public, and where the service is.
    pub networks: Vec<Network>,
    pub name_path: JsonPath,
    pub number_path: JsonPath,
    pub status_path: JsonPath,
    pub address_path: JsonPath,
    pub legal_representative_path: JsonPath,
    pub valid_until_path: JsonPath,
    pub former_names_path: JsonPath,
    pub former_numbers_path: JsonPath,
    pub as_of_path: JsonPath,
    pub found_path: JsonPath,
    pub code_path: JsonPath,
    pub answer_codes: Vec<String>,
    pub not_found_codes: Vec<String>,
    pub not_found_http: Vec<u16>,
    /// `word = meaning`
    pub status_words: Vec<StatusWord>,
    pub timeout_seconds: u64,
    pub body_kib: u64,
}

/// A header, and the variable of the environment that has its value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct HeaderSetting {
    pub name: String,
    pub variable: String,
}

impl TryFrom<String> for HeaderSetting {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let symbol = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let word = |text: &str| !text.is_empty() && text.chars().all(symbol);
        text.split_once(':')
            .map(|(name, variable)| (name.trim(), variable.trim()))
            .filter(|(name, variable)| word(name) && word(variable) && !variable.contains('-'))
            .map(|(name, variable)| HeaderSetting { name: name.to_owned(), variable: variable.to_owned() })
            .ok_or_else(|| {
                "expected a header and the environment variable with its value, `Name: VARIABLE`".to_owned()
            })
    }
}

/// A service's word for a state, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct StatusWord {
    pub word: String,
    pub told: Told,
}

impl TryFrom<String> for StatusWord {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.split_once('=')
            .and_then(|(word, meaning)| Some((word.trim(), Told::from_text(meaning.trim())?)))
            .filter(|(word, _)| !word.is_empty())
            .map(|(word, told)| StatusWord { word: word.to_owned(), told })
            .ok_or_else(|| {
                "expected `word = meaning`; meanings are active, deregistered, revoked, abnormal, suspended, \
                 liquidating, moved_out, annulled, other, not_found"
                    .to_owned()
            })
    }
}
