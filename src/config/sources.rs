//! What the settings of `[sources]` mean.

use std::net::{IpAddr, SocketAddr};

use super::Sources;
use crate::domain::message::Message;

/// Where resolvers listen (RFC 1035).
const DNS_PORT: u16 = 53;

impl Sources {
    /// The resolvers as sockets.
    pub fn resolver_sockets(&self) -> Vec<SocketAddr> {
        self.resolvers.iter().filter_map(|text| socket(text)).collect()
    }

    /// Suffix and server of each WHOIS server.
    pub fn whois(&self) -> impl Iterator<Item = (&str, &str)> {
        self.whois_servers.iter().filter_map(|text| whois(text))
    }

    pub(super) fn broken(&self) -> Option<(&'static str, Message)> {
        if !self.resolvers.iter().all(|text| socket(text).is_some()) {
            return Some(("sources.resolvers", Message::new("cli.config_expected_resolver")));
        }
        if !self.whois_servers.iter().all(|text| whois(text).is_some()) {
            return Some(("sources.whois_servers", Message::new("cli.config_expected_whois")));
        }
        None
    }
}

fn socket(text: &str) -> Option<SocketAddr> {
    let address = || text.parse::<IpAddr>().ok().map(|address| SocketAddr::new(address, DNS_PORT));
    text.parse().ok().or_else(address)
}

fn whois(text: &str) -> Option<(&str, &str)> {
    text.split_once('=').filter(|(suffix, server)| !suffix.is_empty() && !server.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers() {
        for (text, expected) in [
            ("192.0.2.53", Some("192.0.2.53:53")),
            ("192.0.2.53:5353", Some("192.0.2.53:5353")),
            ("2001:db8::53", Some("[2001:db8::53]:53")),
            ("[2001:db8::53]:5353", Some("[2001:db8::53]:5353")),
            ("dns.example", None),
            ("", None),
        ] {
            assert_eq!(socket(text).map(|socket| socket.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(whois("cn=192.0.2.43:4343"), Some(("cn", "192.0.2.43:4343")));
        assert_eq!((whois("cn"), whois("=a.example"), whois("cn=")), (None, None, None));
    }
}
