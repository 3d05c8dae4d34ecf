//! The registry connector of the settings: where the values of its headers come from.

use std::time::Duration;

use crate::config;
use crate::domain::message::Message;
use crate::evidence::registry::{Header, Reading, Settings};

/// Why the service cannot be asked as it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingFault {
    /// A header's value is not in the environment.
    NoValue { header: String, variable: String },
    /// Where the answer has one of what every record has is not said.
    NoPath { setting: &'static str },
}

impl SettingFault {
    /// What happened and what to do.
    pub fn message(&self) -> Message {
        match self {
            SettingFault::NoValue { header, variable } => {
                Message::new("cli.registry_no_value").with("header", header).with("variable", variable)
            }
            SettingFault::NoPath { setting } => Message::new("cli.registry_no_path").with("setting", setting),
        }
    }
}

/// What the connector is told; none where nobody is to be asked. `variable` looks the environment up.
pub fn settings(
    registry: &config::Registry,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Option<Settings>, SettingFault> {
    if registry.url.is_empty() && registry.name_url.is_empty() {
        return Ok(None);
    }
    let needed = [
        ("name_path", &registry.name_path),
        ("number_path", &registry.number_path),
        ("status_path", &registry.status_path),
    ];
    if let Some((setting, _)) = needed.into_iter().find(|(_, path)| path.is_empty()) {
        return Err(SettingFault::NoPath { setting });
    }
    let header = |setting: &config::HeaderSetting| match variable(&setting.variable) {
        Some(value) if !value.trim().is_empty() => Ok(Header::new(&setting.name, value.trim())),
        _ => Err(SettingFault::NoValue { header: setting.name.clone(), variable: setting.variable.clone() }),
    };
    let words = registry.status_words.iter().map(|word| (word.word.clone(), word.told));
    Ok(Some(Settings {
        number_url: registry.url.clone(),
        name_url: registry.name_url.clone(),
        headers: registry.headers.iter().map(header).collect::<Result<_, _>>()?,
        networks: registry.networks.clone(),
        reading: Reading {
            name: registry.name_path.clone(),
            number: registry.number_path.clone(),
            status: registry.status_path.clone(),
            address: registry.address_path.clone(),
            legal_representative: registry.legal_representative_path.clone(),
            valid_until: registry.valid_until_path.clone(),
            former_names: registry.former_names_path.clone(),
            former_numbers: registry.former_numbers_path.clone(),
            as_of: registry.as_of_path.clone(),
            found: registry.found_path.clone(),
            code: registry.code_path.clone(),
            answer_codes: registry.answer_codes.clone(),
            not_found_codes: registry.not_found_codes.clone(),
            not_found_http: registry.not_found_http.clone(),
            status_words: words.collect(),
        },
        timeout: Duration::from_secs(registry.timeout_seconds),
        body_bytes: usize::try_from(registry.body_kib << 10).unwrap_or(usize::MAX),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layers;

    fn registry(text: &str) -> config::Registry {
        let layers = Layers::compiled_in().unwrap();
        layers.file(std::path::Path::new("own.toml"), text).unwrap().finish().registry
    }

    #[test]
    fn nobody_is_asked_unless_an_address_is_set() {
        assert!(settings(&registry(""), |_| None).unwrap().is_none());
    }

    #[test]
    fn a_header_has_its_value_from_the_environment() {
        let own = registry(
            "[registry]\nname_path = 'a'\nnumber_path = 'b'\nstatus_path = 'c'\nurl = 'https://registry.example/{number}'\nheaders = ['X-Key: SAMPLE_KEY']\nstatus_words = ['在册 = active']\n",
        );
        let found = settings(&own, |name| (name == "SAMPLE_KEY").then(|| "sample-secret".to_owned()));
        let found = found.unwrap().unwrap();
        assert_eq!(found.headers[0].name, "X-Key");
        assert!(!format!("{found:?}").contains("sample-secret"));
        assert_eq!(found.reading.status_words.len(), 1);
        let (header, variable) = ("X-Key".to_owned(), "SAMPLE_KEY".to_owned());
        assert_eq!(settings(&own, |_| None).unwrap_err(), SettingFault::NoValue { header, variable });
    }

    #[test]
    fn an_address_without_paths_is_refused() {
        let own = registry("[registry]\nurl = 'https://registry.example/{number}'\nname_path = 'a'\n");
        let fault = settings(&own, |_| None).unwrap_err();
        assert_eq!(fault, SettingFault::NoPath { setting: "number_path" });
        assert!(fault.message().text(crate::domain::message::Lang::Zh).contains("number_path"));
    }
}
