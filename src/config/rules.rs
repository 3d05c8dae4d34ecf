//! What a setting's value must be beyond its type.

use jiff::tz::TimeZone;

use super::Config;
use crate::domain::message::Message;
use crate::domain::policy::Policy;
use crate::domain::prefixes::PrefixList;

/// The first rule that the settings break: `section.key`, and what is expected there.
pub(super) fn broken(config: &Config) -> Option<(&'static str, Message)> {
    let Config { policy, sources, ui, images, intake, .. } = config;
    let ranges = [
        ("ui.arming_ms", ui.arming_ms, 0, 5_000),
        ("images.memory_mib", images.memory_mib, 256, 8_192),
        ("images.timeout_seconds", images.timeout_seconds, 1, 300),
        ("images.submitted_kib", u64::from(images.submitted_kib), 1, 65_536),
        ("images.submitted_longest_side", u64::from(images.submitted_longest_side), 16, 65_535),
        ("images.budget_kib", images.budget_kib, 0, 65_536),
        ("intake.entry_mib", intake.entry_mib, 1, 64),
        ("intake.attachment_mib", intake.attachment_mib, 1, 1_024),
        ("intake.attachments_per_filing", intake.attachments_per_filing, 1, 1_000),
        ("intake.pack_mib", intake.pack_mib, 1, 1_048_576),
        ("intake.zip_entries", intake.zip_entries, 1, 10_000_000),
        ("registry.timeout_seconds", config.registry.timeout_seconds, 1, 300),
        ("registry.body_kib", config.registry.body_kib, 1, 65_536),
        ("intake.compression_ratio", intake.compression_ratio, 10, 1_000),
        ("sources.resolver_seconds", sources.resolver_seconds, 1, 60),
        ("sources.resolver_at_once", sources.resolver_at_once, 1, 1_000),
        ("sources.registration_at_once", sources.registration_at_once, 1, 100),
        ("sources.site_seconds", sources.site_seconds, 1, 300),
        ("sources.sites_at_once", sources.sites_at_once, 1, 1_000),
        ("sources.registry_at_once", sources.registry_at_once, 1, 100),
    ];
    broken_policy(policy).or_else(|| sources.broken()).or_else(|| out_of_range(&ranges))
}

/// The first rule that a policy breaks, whether a workspace begins with it or changes to it.
pub fn broken_policy(policy: &Policy) -> Option<(&'static str, Message)> {
    if TimeZone::get(&policy.zone).is_err() {
        return Some(("policy.zone", Message::new("cli.config_expected_zone")));
    }
    if policy.provider.trim().is_empty() {
        return Some(("policy.provider", Message::new("cli.config_expected_provider")));
    }
    if !policy.provider_prefixes.iter().all(|prefix| is_prefix(prefix)) {
        return Some(("policy.provider_prefixes", Message::new("cli.config_expected_prefix")));
    }
    out_of_range(&[
        ("policy.cool_off_seconds", u64::from(policy.cool_off_seconds), 0, 86_400),
        ("policy.lease_seconds", u64::from(policy.lease_seconds), 60, 86_400),
        ("gather.apart_hours", u64::from(policy.gather.apart_hours), 0, 720),
        ("gather.fail_hours", u64::from(policy.gather.fail_hours), 1, 8_760),
        ("gather.dns_fresh_hours", u64::from(policy.gather.dns_fresh_hours), 0, 8_760),
        ("gather.registration_fresh_hours", u64::from(policy.gather.registration_fresh_hours), 0, 8_760),
        ("gather.website_fresh_hours", u64::from(policy.gather.website_fresh_hours), 0, 8_760),
        ("gather.registry_fresh_hours", u64::from(policy.gather.registry_fresh_hours), 0, 8_760),
    ])
}

fn out_of_range(ranges: &[(&'static str, u64, u64, u64)]) -> Option<(&'static str, Message)> {
    ranges.iter().find(|(_, value, least, most)| value < least || value > most).map(
        |(name, _, least, most)| {
            (*name, Message::new("cli.config_expected_range").with("least", least).with("most", most))
        },
    )
}

/// Whether a text is one address range, as a list of them would be read.
fn is_prefix(text: &str) -> bool {
    PrefixList::parse(text).is_ok_and(|list| list.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::is_prefix;

    #[test]
    fn prefixes() {
        for good in ["192.0.2.0/24", "2001:db8::/32", "203.0.113.7/32"] {
            assert!(is_prefix(good), "{good}");
        }
        for bad in ["", "192.0.2.0", "192.0.2.0/33", "192.0.2/24", "192.0.2.1/24", "x/8", "192.0.2.0/-1"] {
            assert!(!is_prefix(bad), "{bad}");
        }
    }
}
