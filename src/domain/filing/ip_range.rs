//! Address ranges as people write them.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use unicode_normalization::UnicodeNormalization;

use super::IpRange;

impl IpRange {
    /// A single address, a block (`192.0.2.0/24`), or two addresses with `-`, `~`, `～` or `至` between them; wide
    /// characters count as narrow ones. Whether the second address is behind the first is not asked.
    ///
    /// None for a block that begins inside itself: a slip of the pen in the address or in the length.
    pub fn read(written: &str) -> Option<IpRange> {
        let narrow: String = written.nfkc().collect();
        let address = |text: &str| text.trim().parse::<IpAddr>().ok();
        if narrow.contains('/') {
            let block: IpNet = narrow.trim().parse().ok()?;
            let (first, last) = (block.network(), block.broadcast());
            return (block.addr() == first).then_some(IpRange { first, last });
        }
        match narrow.split_once(['-', '~', '至']) {
            Some((first, last)) => Some(IpRange { first: address(first)?, last: address(last)? }),
            None => address(&narrow).map(|single| IpRange { first: single, last: single }),
        }
    }
}

/// `192.0.2.1-192.0.2.9`; a single address once.
impl fmt::Display for IpRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_in_one_way() {
        for (written, read) in [
            ("192.0.2.1", Some("192.0.2.1")),
            (" 192.0.2.1 - 192.0.2.9 ", Some("192.0.2.1-192.0.2.9")),
            ("192.0.2.1-192.0.2.1", Some("192.0.2.1")),
            ("192.0.2.1~192.0.2.9", Some("192.0.2.1-192.0.2.9")),
            ("192.0.2.1～192.0.2.9", Some("192.0.2.1-192.0.2.9")),
            ("192.0.2.1至192.0.2.9", Some("192.0.2.1-192.0.2.9")),
            ("１９２．０．２．１－192.0.2.9", Some("192.0.2.1-192.0.2.9")),
            ("192.0.2.0/30", Some("192.0.2.0-192.0.2.3")),
            ("192.0.2.7／32", Some("192.0.2.7")),
            ("2001:db8::/127", Some("2001:db8::-2001:db8::1")),
            ("192.0.2.1/24", None),
            ("192.0.2.l", None),
            ("192.0.2.1-", None),
            ("192.0.2.1-9", None),
            ("", None),
        ] {
            let range = IpRange::read(written);
            let again = range.as_ref().map(ToString::to_string);
            assert_eq!(again.as_deref(), read, "{written}");
            assert_eq!(again.and_then(|again| IpRange::read(&again)), range, "{written}");
        }
    }
}
