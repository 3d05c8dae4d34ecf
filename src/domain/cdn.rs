//! Content delivery networks (CDN): which one stands in front of a site, told by the names that it resolves through.
//!
//! The list is dated data and not complete. What follows from it is for the checks.

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

/// The networks that come with the program (`assets/sources/cdn.toml`).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Networks {
    version: Date,
    network: Vec<Network>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Network {
    name: String,
    /// Ends of the CNAME targets that it hands out.
    aliases: Vec<String>,
    /// Ends of the names of its servers, where it answers for the whole zone.
    #[serde(default)]
    name_servers: Vec<String>,
}

impl Networks {
    /// A test reads the file; were it broken, there would be no network.
    pub fn shipped() -> &'static Networks {
        static SHIPPED: OnceLock<Networks> = OnceLock::new();
        SHIPPED
            .get_or_init(|| toml::from_str(include_str!("../../assets/sources/cdn.toml")).unwrap_or_default())
    }

    pub const fn version(&self) -> Date {
        self.version
    }

    /// The network that a chain of aliases or a zone's name servers lead to. Names in ASCII, lower case.
    pub fn of(&self, aliases: &[String], name_servers: &[String]) -> Option<&str> {
        let leads = |names: &[String], ends: &[String]| {
            names.iter().any(|name| ends.iter().any(|end| is_below(name.trim_end_matches('.'), end)))
        };
        self.network
            .iter()
            .find(|one| leads(aliases, &one.aliases) || leads(name_servers, &one.name_servers))
            .map(|one| one.name.as_str())
    }
}

fn is_below(name: &str, end: &str) -> bool {
    name.strip_suffix(end).is_some_and(|above| above.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::domain_name;

    #[test]
    fn every_end_of_the_list_is_a_name_and_of_one_network() {
        let networks = Networks::shipped();
        assert_eq!(networks.version().to_string(), "2026-11-24");
        for network in &networks.network {
            for end in network.aliases.iter().chain(&network.name_servers) {
                assert_eq!(domain_name::ascii(end).as_ref(), Some(end));
                let below = [format!("a.example.{end}")];
                let of = match network.aliases.contains(end) {
                    true => networks.of(&below, &[]),
                    false => networks.of(&[], &below),
                };
                assert_eq!(of, Some(network.name.as_str()), "{end}");
            }
        }
    }

    #[test]
    fn a_network_is_told_by_whole_labels() {
        let networks = Networks::shipped();
        let of = |alias: &str| networks.of(&[alias.to_owned()], &[]);
        assert_eq!(of("www.a.example.w.kunlunsl.com"), Some("阿里云 CDN"));
        assert_eq!(of("d111.cloudfront.net."), Some("Amazon CloudFront"));
        assert_eq!(of("notcloudfront.net"), None);
        assert_eq!(of("cloudfront.net.example"), None);
        assert_eq!(of("ns.cloudflare.com"), None, "that is a name server's end");
        assert_eq!(networks.of(&[], &["amy.ns.cloudflare.com".to_owned()]), Some("Cloudflare"));
    }
}
