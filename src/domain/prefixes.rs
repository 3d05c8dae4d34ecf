//! The provider's own address ranges (接入商地址段): a list of prefixes, and whether a filed range lies inside it.
//!
//! A prefix is an address block in CIDR notation (RFC 4632, RFC 4291). Reading the list's file and keeping its versions
//! is not done here; nor are addresses resolved.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use prefix_trie::PrefixSet;

use super::message::Message;
use super::safe::safe;

/// Faults of one list that are told; a file of another kind would have one in every line.
const MOST_FAULTS: usize = 20;

/// A list of prefixes, made for looking addresses up: overlapping and adjacent ones are merged.
#[derive(Debug, Clone, Default)]
pub struct PrefixList {
    four: PrefixSet<Ipv4Net>,
    six: PrefixSet<Ipv6Net>,
    written: usize,
}

/// Where a range lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Wholly inside; its first address in this (merged) prefix.
    Inside(IpNet),
    /// This address of the range, the first such one, is in no prefix.
    Outside(IpAddr),
    /// Not a range: it ends before it begins, or its ends are of two kinds of address.
    NoRange,
}

/// Why a text is no list of prefixes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrefixFault {
    #[error("line {line}: `{found}` is no prefix")]
    NoPrefix {
        /// Counted from 1.
        line: usize,
        found: String,
    },
    /// A slip of the pen in the address or in the length: which one cannot be told.
    #[error("line {line}: `{found}` begins inside its block {block}")]
    InsideBlock { line: usize, found: IpNet, block: IpNet },
    #[error("no prefix in it")]
    Empty,
}

impl PrefixFault {
    /// The line it stands in, counted from 1.
    pub const fn line(&self) -> Option<usize> {
        match self {
            PrefixFault::NoPrefix { line, .. } | PrefixFault::InsideBlock { line, .. } => Some(*line),
            PrefixFault::Empty => None,
        }
    }

    /// The fault, for a person.
    pub fn message(&self) -> Message {
        match self {
            PrefixFault::NoPrefix { line, found } => {
                Message::new("domain.prefix_none").with("line", line).with("found", safe(found))
            }
            PrefixFault::InsideBlock { line, found, block } => Message::new("domain.prefix_inside_block")
                .with("line", line)
                .with("found", found)
                .with("block", block),
            PrefixFault::Empty => Message::new("domain.prefix_list_empty"),
        }
    }
}

impl PrefixList {
    /// Reads a list: one prefix a line, IPv4 and IPv6 mixed; `#` begins a comment; blank lines are passed over. A list
    /// with faults is none: the first of them, with line numbers, are answered.
    pub fn parse(text: &str) -> Result<PrefixList, Vec<PrefixFault>> {
        let mut list = PrefixList::default();
        let mut faults = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (line, written) in (1..).zip(text.lines()) {
            let written = written.split('#').next().unwrap_or_default().trim();
            if written.is_empty() {
                continue;
            }
            match prefix(written, line) {
                Ok(prefix) => list.insert(prefix),
                Err(fault) => faults.push(fault),
            }
            if faults.len() == MOST_FAULTS {
                return Err(faults);
            }
        }
        if faults.is_empty() && list.is_empty() {
            faults.push(PrefixFault::Empty);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        list.four.aggregate();
        list.six.aggregate();
        Ok(list)
    }

    fn insert(&mut self, prefix: IpNet) {
        let new = match prefix {
            IpNet::V4(prefix) => self.four.insert(prefix),
            IpNet::V6(prefix) => self.six.insert(prefix),
        };
        self.written += usize::from(new);
    }

    /// How many different prefixes were written in the list.
    pub const fn len(&self) -> usize {
        self.written
    }

    pub const fn is_empty(&self) -> bool {
        self.written == 0
    }

    /// Whether it has any prefix of an address's kind, IPv4 or IPv6.
    pub fn lists_kind_of(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(_) => self.four.iter().next().is_some(),
            IpAddr::V6(_) => self.six.iter().next().is_some(),
        }
    }

    /// The longest prefix that an address is in.
    pub fn longest_match(&self, address: IpAddr) -> Option<IpNet> {
        match address {
            IpAddr::V4(address) => self.four.get_lpm(&Ipv4Net::from(address)).map(IpNet::V4),
            IpAddr::V6(address) => self.six.get_lpm(&Ipv6Net::from(address)).map(IpNet::V6),
        }
    }

    /// Where the range from `first` to `last`, both included, lies. It may need several prefixes that follow each other.
    pub fn covers(&self, first: IpAddr, last: IpAddr) -> Coverage {
        if first.is_ipv4() != last.is_ipv4() || last < first {
            return Coverage::NoRange;
        }
        let Some(begins) = self.longest_match(first) else { return Coverage::Outside(first) };
        let mut covered_to = begins.broadcast();
        while covered_to < last {
            // Something lies behind what is covered, so there is a next address.
            let Some(next) = following(covered_to) else { break };
            match self.longest_match(next) {
                Some(prefix) => covered_to = prefix.broadcast(),
                None => return Coverage::Outside(next),
            }
        }
        Coverage::Inside(begins)
    }
}

fn prefix(written: &str, line: usize) -> Result<IpNet, PrefixFault> {
    let Ok(found) = written.parse::<IpNet>() else {
        return Err(PrefixFault::NoPrefix { line, found: written.to_owned() });
    };
    let block = found.trunc();
    if block == found { Ok(found) } else { Err(PrefixFault::InsideBlock { line, found, block }) }
}

fn following(address: IpAddr) -> Option<IpAddr> {
    match address {
        IpAddr::V4(address) => address.to_bits().checked_add(1).map(|bits| Ipv4Addr::from_bits(bits).into()),
        IpAddr::V6(address) => address.to_bits().checked_add(1).map(|bits| Ipv6Addr::from_bits(bits).into()),
    }
}

/// Blocks from which no server on the internet answers (IANA special-purpose registries, RFC 6890): private, loopback,
/// link-local, shared, multicast and unspecified. Documentation blocks are not among them: samples are made of them.
const NOT_PUBLIC: [(IpAddr, IpAddr); 13] = {
    const fn four(a: u32, b: u32) -> (IpAddr, IpAddr) {
        (IpAddr::V4(Ipv4Addr::from_bits(a)), IpAddr::V4(Ipv4Addr::from_bits(b)))
    }
    const fn six(a: u16, b: u16) -> (IpAddr, IpAddr) {
        let end = u16::MAX;
        let (first, last) =
            (Ipv6Addr::new(a, 0, 0, 0, 0, 0, 0, 0), Ipv6Addr::new(b, end, end, end, end, end, end, end));
        (IpAddr::V6(first), IpAddr::V6(last))
    }
    [
        four(0x0000_0000, 0x00ff_ffff), // 0.0.0.0/8
        four(0x0a00_0000, 0x0aff_ffff), // 10.0.0.0/8
        four(0x6440_0000, 0x647f_ffff), // 100.64.0.0/10
        four(0x7f00_0000, 0x7fff_ffff), // 127.0.0.0/8
        four(0xa9fe_0000, 0xa9fe_ffff), // 169.254.0.0/16
        four(0xac10_0000, 0xac1f_ffff), // 172.16.0.0/12
        four(0xc0a8_0000, 0xc0a8_ffff), // 192.168.0.0/16
        four(0xe000_0000, 0xffff_ffff), // 224.0.0.0/4 and 240.0.0.0/4
        (IpAddr::V6(Ipv6Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::LOCALHOST)), // ::/128, ::1/128
        six(0xfc00, 0xfdff),            // fc00::/7
        six(0xfe80, 0xfebf),            // fe80::/10
        six(0xfec0, 0xfeff),            // fec0::/10, withdrawn site-local
        six(0xff00, 0xffff),            // ff00::/8
    ]
};

/// Whether any address of a range is of a block from which no server on the internet answers.
pub fn not_public(first: IpAddr, last: IpAddr) -> bool {
    NOT_PUBLIC.iter().any(|(begin, end)| {
        begin.is_ipv4() == first.is_ipv4()
            && begin.is_ipv4() == last.is_ipv4()
            && first <= *end
            && *begin <= last
    })
}

#[cfg(test)]
mod tests;
