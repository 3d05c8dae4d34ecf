//! `heyan policy set gather.…`: the rules of evidence.

use crate::domain::evidence::Gatherer;
use crate::domain::message::Message;
use crate::domain::policy::GatherPolicy;

/// A rule of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatherKey {
    Required,
    AllowNetworks,
    ApartHours,
    FailHours,
    DnsFreshHours,
    RegistrationFreshHours,
    WebsiteFreshHours,
    RegistryFreshHours,
}

impl GatherKey {
    /// As in `[gather]` of config.toml.
    pub const fn name(self) -> &'static str {
        match self {
            GatherKey::Required => "gather.required",
            GatherKey::AllowNetworks => "gather.allow_networks",
            GatherKey::ApartHours => "gather.apart_hours",
            GatherKey::FailHours => "gather.fail_hours",
            GatherKey::DnsFreshHours => "gather.dns_fresh_hours",
            GatherKey::RegistrationFreshHours => "gather.registration_fresh_hours",
            GatherKey::WebsiteFreshHours => "gather.website_fresh_hours",
            GatherKey::RegistryFreshHours => "gather.registry_fresh_hours",
        }
    }

    /// As [`set`](Self::set) takes it.
    pub fn value(self, rules: &GatherPolicy) -> String {
        match self {
            GatherKey::Required => {
                let names: Vec<&str> = rules.required.iter().map(|gatherer| gatherer.text()).collect();
                names.join(",")
            }
            GatherKey::AllowNetworks => {
                let networks: Vec<String> = rules.allow_networks.iter().map(ToString::to_string).collect();
                networks.join(",")
            }
            GatherKey::ApartHours => rules.apart_hours.to_string(),
            GatherKey::FailHours => rules.fail_hours.to_string(),
            GatherKey::DnsFreshHours => rules.dns_fresh_hours.to_string(),
            GatherKey::RegistrationFreshHours => rules.registration_fresh_hours.to_string(),
            GatherKey::WebsiteFreshHours => rules.website_fresh_hours.to_string(),
            GatherKey::RegistryFreshHours => rules.registry_fresh_hours.to_string(),
        }
    }

    /// Sets one rule; answers what was expected where the value is none. Lists are separated by commas and may be empty.
    pub fn set(self, rules: &mut GatherPolicy, value: &str) -> Result<(), Message> {
        let hours = || value.parse().map_err(|_| Message::new("cli.policy_expected_hours"));
        match self {
            GatherKey::Required => {
                let names = words(value).map(Gatherer::from_text).collect::<Option<_>>();
                let known: Vec<&str> = Gatherer::ALL.iter().map(|gatherer| gatherer.text()).collect();
                rules.required = names.ok_or_else(|| {
                    Message::new("cli.policy_expected_gatherers").with("known", known.join(","))
                })?;
            }
            GatherKey::AllowNetworks => {
                let networks = words(value).map(str::parse).collect::<Result<_, _>>();
                rules.allow_networks = networks.map_err(|_| Message::new("cli.policy_expected_networks"))?;
            }
            GatherKey::ApartHours => rules.apart_hours = hours()?,
            GatherKey::FailHours => rules.fail_hours = hours()?,
            GatherKey::DnsFreshHours => rules.dns_fresh_hours = hours()?,
            GatherKey::RegistrationFreshHours => rules.registration_fresh_hours = hours()?,
            GatherKey::WebsiteFreshHours => rules.website_fresh_hours = hours()?,
            GatherKey::RegistryFreshHours => rules.registry_fresh_hours = hours()?,
        }
        Ok(())
    }
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_set() {
        let mut rules = GatherPolicy::NOTHING;
        for (key, value) in [
            (GatherKey::Required, "dns,website"),
            (GatherKey::Required, ""),
            (GatherKey::AllowNetworks, "127.0.0.0/8,2001:db8::/32"),
            (GatherKey::FailHours, "48"),
        ] {
            key.set(&mut rules, value).unwrap();
            assert_eq!(key.value(&rules), value);
        }
        for (key, value) in [
            (GatherKey::Required, "dns,smell"),
            (GatherKey::AllowNetworks, "127.0.0.0"),
            (GatherKey::FailHours, "soon"),
        ] {
            assert!(key.set(&mut rules, value).is_err(), "{value}");
        }
    }
}
