//! Which addresses a gatherer may reach: public ones, and those of networks that the policy allows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::domain::prefixes::not_public;

/// A block of addresses.
pub use ipnet::IpNet as Network;

/// Whether an address may be reached: public, or in a network that the policy allows. What is refused is told by name.
///
/// An IPv6 address that carries an IPv4 address is judged by both, because a gateway on the way would deliver to the
/// inner one: mapped and compatible (RFC 4291 2.5.5), NAT64 (RFC 6052), 6to4 (RFC 3056), ISATAP (RFC 5214).
pub fn reachable(address: IpAddr, allowed: &[Network]) -> bool {
    let address = address.to_canonical();
    let is_allowed = |address: &IpAddr| allowed.iter().any(|network| network.contains(address));
    if is_allowed(&address) {
        return true;
    }
    match carried(address).map(IpAddr::V4) {
        Some(inner) => is_allowed(&inner) || (is_public(inner) && is_public(address)),
        None => is_public(address),
    }
}

/// Blocks beyond those of [`not_public`] that nothing public is behind (IANA special-purpose registries): protocol
/// assignments, benchmarking, which local proxies like to make addresses from, 6to4 relays, local NAT64, discard, and
/// Teredo with the other protocol assignments of IPv6.
const NO_SITES: [(IpAddr, u8); 7] = [
    (IpAddr::V4(Ipv4Addr::new(192, 0, 0, 0)), 24),
    (IpAddr::V4(Ipv4Addr::new(198, 18, 0, 0)), 15),
    (IpAddr::V4(Ipv4Addr::new(192, 88, 99, 0)), 24),
    (IpAddr::V6(Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0)), 48),
    (IpAddr::V6(Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0)), 64),
    (IpAddr::V6(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0)), 23),
    (IpAddr::V6(Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0)), 16),
];

fn is_public(address: IpAddr) -> bool {
    let is_in = |&(block, length): &(IpAddr, u8)| {
        Network::new(block, length).is_ok_and(|network| network.contains(&address))
    };
    !not_public(address, address) && !NO_SITES.iter().any(is_in)
}

/// The IPv4 address inside an IPv6 address.
fn carried(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(address) = address else { return None };
    let last = |a: u16, b: u16| Ipv4Addr::from_bits(u32::from(a) << 16 | u32::from(b));
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, a, b] => Some(last(a, b)),
        [0, 0, 0, 0, 0xffff, 0, a, b] => Some(last(a, b)), // RFC 2765, translated
        [0x64, 0xff9b, 0, 0, 0, 0, a, b] => Some(last(a, b)),
        [0x2002, a, b, ..] => Some(last(a, b)),
        [_, _, _, _, 0 | 0x200, 0x5efe, a, b] => Some(last(a, b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_judged_by_what_it_really_is() {
        for (address, expected) in [
            ("192.0.2.1", true),
            ("2001:db8::1", true),
            ("2400:3200::1", true),
            ("127.0.0.1", false),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.100.100.200", false),
            ("169.254.169.254", false),
            ("172.31.255.255", false),
            ("192.168.0.1", false),
            ("192.0.0.192", false),
            ("198.18.0.7", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("fe80::1", false),
            ("fd00:ec2::254", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:192.0.2.1", true),
            ("::127.0.0.1", false),
            ("::ffff:0:10.0.0.1", false),
            ("64:ff9b::a9fe:a9fe", false),
            ("64:ff9b::c000:201", true),
            ("64:ff9b:1::1", false),
            ("2002:7f00:1::1", false),
            ("2002:c000:201::1", true),
            ("2001:db8::5efe:a00:1", false),
            ("2001:0:4136:e378::1", false),
            ("100::1", false),
        ] {
            assert_eq!(reachable(address.parse().unwrap(), &[]), expected, "{address}");
        }
    }

    #[test]
    fn the_policy_opens_a_network_and_no_more() {
        let allowed = ["127.0.0.1/32".parse().unwrap(), "fd00:1::/64".parse().unwrap()];
        for (address, expected) in [
            ("127.0.0.1", true),
            ("::ffff:127.0.0.1", true),
            ("64:ff9b::7f00:1", true),
            ("127.0.0.2", false),
            ("fd00:1::7", true),
            ("fd00:2::7", false),
            ("192.0.2.1", true),
        ] {
            assert_eq!(reachable(address.parse().unwrap(), &allowed), expected, "{address}");
        }
    }
}
