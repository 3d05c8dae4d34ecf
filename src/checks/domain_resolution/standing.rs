//! Where an address stands: the filed one, the provider's, or neither.

use std::net::IpAddr;

use crate::domain::case::{Case, Prefixes};
use crate::domain::domain_name;
use crate::domain::filing::IpRange;
use crate::domain::prefixes;

/// What can be said of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The filed one; or the provider's, where no address is filed.
    Right,
    /// No server on the internet answers from there.
    NotPublic,
    /// Outside the provider's list.
    NotOurs,
    /// Not in the filed ranges.
    NotFiled,
    /// IPv6 where only IPv4 is filed, or the other way round.
    KindNotFiled,
    /// Neither a list nor a filed range to compare with.
    Unknown,
}

/// What addresses of a domain are compared with.
pub struct Ground<'a> {
    prefixes: Prefixes<'a>,
    /// The filed ranges of the accesses that serve the domain.
    pub filed: Vec<&'a IpRange>,
}

impl<'a> Ground<'a> {
    pub fn of(case: &Case<'a>, name: &str) -> Self {
        let names = |domains: &[String]| {
            domains.iter().any(|domain| domain_name::ascii(domain).as_deref() == Some(name))
        };
        // Of several access records each may serve some of the site's domains.
        let serves = case.filing.access.iter().any(|access| names(&access.domains));
        let accesses = case.filing.access.iter().filter(|access| !serves || names(&access.domains));
        Ground {
            prefixes: case.provider.prefixes,
            filed: accesses.flat_map(|access| &access.ip_ranges).collect(),
        }
    }

    pub fn standing(&self, address: IpAddr) -> Standing {
        if prefixes::not_public(address, address) {
            return Standing::NotPublic;
        }
        match (self.is_ours(address), self.is_filed(address)) {
            (Some(false), _) => Standing::NotOurs,
            (_, Some(false)) => Standing::NotFiled,
            (_, Some(true)) => Standing::Right,
            (_, None) if !self.filed.is_empty() => Standing::KindNotFiled,
            (Some(true), None) => Standing::Right,
            (None, None) => Standing::Unknown,
        }
    }

    /// None where there is no list of such addresses.
    fn is_ours(&self, address: IpAddr) -> Option<bool> {
        match self.prefixes {
            Prefixes::Listed { list, .. } if list.lists_kind_of(address) => {
                Some(list.longest_match(address).is_some())
            }
            _ => None,
        }
    }

    /// None where no such address is filed.
    fn is_filed(&self, address: IpAddr) -> Option<bool> {
        let alike = |range: &&&IpRange| range.first.is_ipv4() == address.is_ipv4();
        self.filed.iter().find(alike)?;
        let mut ranges = self.filed.iter().filter(alike);
        Some(ranges.any(|range| range.first <= address && address <= range.last))
    }

    /// The version of the provider's list; empty where there is none.
    pub const fn version(&self) -> &'a str {
        match self.prefixes {
            Prefixes::Listed { version, .. } => version,
            _ => "",
        }
    }

    pub const fn list_is_unreadable(&self) -> bool {
        matches!(self.prefixes, Prefixes::Unreadable)
    }

    pub fn filed_words(&self) -> String {
        self.filed.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}
