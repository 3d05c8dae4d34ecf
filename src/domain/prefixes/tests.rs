use proptest::prelude::*;

use super::*;

fn list(lines: &[&str]) -> PrefixList {
    PrefixList::parse(&lines.join("\n")).unwrap()
}

fn covers(list: &PrefixList, first: &str, last: &str) -> Coverage {
    list.covers(first.parse().unwrap(), last.parse().unwrap())
}

#[test]
fn a_list_is_read_with_its_comments() {
    let text =
        "\u{feff}# 样例云\r\n192.0.2.0/25\r\n\r\n 192.0.2.128/25 # second half\n2001:db8::/32\n192.0.2.0/25";
    let list = PrefixList::parse(text).unwrap();
    assert_eq!(list.len(), 3, "what stands there twice is one prefix");
    assert_eq!(list.longest_match("192.0.2.200".parse().unwrap()), Some("192.0.2.0/24".parse().unwrap()));
    assert_eq!(list.longest_match("198.51.100.1".parse().unwrap()), None);
}

#[test]
fn a_bad_line_is_named_and_the_whole_list_refused() {
    for (line, expected) in [
        ("192.0.2.0", "line 2: `192.0.2.0` is no prefix"),
        ("192.0.2.0/33", "line 2: `192.0.2.0/33` is no prefix"),
        ("192.0.2/24", "line 2: `192.0.2/24` is no prefix"),
        ("192.0.2.0-192.0.2.9", "line 2: `192.0.2.0-192.0.2.9` is no prefix"),
        ("192.0.2.1/24", "line 2: `192.0.2.1/24` begins inside its block 192.0.2.0/24"),
        ("2001:db8::1/32", "line 2: `2001:db8::1/32` begins inside its block 2001:db8::/32"),
    ] {
        let faults = PrefixList::parse(&format!("203.0.113.0/24\n{line}\n")).unwrap_err();
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
    }
    assert_eq!(PrefixList::parse("# nothing\n\n").unwrap_err(), [PrefixFault::Empty]);
    assert_eq!(PrefixList::parse(&"x\n".repeat(100_000)).unwrap_err().len(), MOST_FAULTS);
}

#[test]
fn a_range_lies_inside_when_the_whole_of_it_does() {
    let list = list(&[
        "192.0.2.0/26",
        "192.0.2.64/26",
        "192.0.2.192/26",
        "198.51.100.0/24",
        "198.51.100.128/25",
        "203.0.113.255/32",
        "2001:db8::/33",
        "2001:db8:8000::/33",
        "255.255.255.255/32",
    ]);
    let outside = |address: &str| Coverage::Outside(address.parse().unwrap());
    let inside = |prefix: &str| Coverage::Inside(prefix.parse().unwrap());
    for (first, last, expected) in [
        ("192.0.2.1", "192.0.2.1", inside("192.0.2.0/25")),
        ("192.0.2.0", "192.0.2.127", inside("192.0.2.0/25")),
        ("192.0.2.60", "192.0.2.70", inside("192.0.2.0/25")),
        ("192.0.2.0", "192.0.2.128", outside("192.0.2.128")),
        ("192.0.2.0", "192.0.2.255", outside("192.0.2.128")),
        ("192.0.2.130", "192.0.2.200", outside("192.0.2.130")),
        ("192.0.2.255", "192.0.3.0", outside("192.0.3.0")),
        ("198.51.100.100", "198.51.100.200", inside("198.51.100.0/24")),
        ("203.0.113.254", "203.0.113.255", outside("203.0.113.254")),
        ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", inside("2001:db8::/32")),
        ("2001:db9::", "2001:db9::", outside("2001:db9::")),
        ("255.255.255.255", "255.255.255.255", inside("255.255.255.255/32")),
        ("192.0.2.9", "192.0.2.1", Coverage::NoRange),
        ("192.0.2.9", "2001:db8::", Coverage::NoRange),
    ] {
        assert_eq!(covers(&list, first, last), expected, "{first} {last}");
    }
}

#[test]
fn what_no_server_answers_from_is_known_and_documentation_is_not_among_it() {
    for (first, last, expected) in [
        ("10.0.0.1", "10.0.0.1", true),
        ("172.16.0.0", "172.16.0.0", true),
        ("172.15.255.255", "172.15.255.255", false),
        ("172.32.0.0", "172.32.0.0", false),
        ("192.168.1.1", "192.168.1.1", true),
        ("100.64.0.1", "100.64.0.1", true),
        ("127.0.0.1", "127.0.0.1", true),
        ("169.254.0.1", "169.254.0.1", true),
        ("224.0.0.1", "224.0.0.1", true),
        ("9.0.0.0", "11.0.0.0", true),
        ("192.0.2.1", "192.0.2.255", false),
        ("198.51.100.1", "198.51.100.1", false),
        ("203.0.113.1", "203.0.113.1", false),
        ("::1", "::1", true),
        ("fe80::1", "fe80::1", true),
        ("fd00::1", "fd00::1", true),
        ("ff02::1", "ff02::1", true),
        ("2001:db8::1", "2001:db8::1", false),
        ("2400::1", "2400::1", false),
    ] {
        assert_eq!(not_public(first.parse().unwrap(), last.parse().unwrap()), expected, "{first} {last}");
    }
}

/// Whether each address of a small range is in some prefix as written, one after the other.
fn one_by_one(prefixes: &[IpNet], first: u32, last: u32) -> Option<IpAddr> {
    let address = |bits: u32| IpAddr::V4(Ipv4Addr::from_bits(bits));
    let inside = |at: &u32| prefixes.iter().any(|prefix| prefix.contains(&address(*at)));
    (first..=last).find(|at| !inside(at)).map(address)
}

proptest! {
    #[test]
    fn coverage_is_what_looking_at_each_address_finds(
        blocks in proptest::collection::vec((0u32..512, 24u8..=32), 1..24),
        first in 0u32..512,
        length in 0u32..64,
    ) {
        let base = Ipv4Addr::new(198, 18, 0, 0).to_bits();
        let prefixes: Vec<IpNet> = blocks
            .iter()
            .map(|(at, bits)| IpNet::new(Ipv4Addr::from_bits(base + at).into(), *bits).unwrap().trunc())
            .collect();
        let text: String = prefixes.iter().map(|prefix| format!("{prefix}\n")).collect();
        let list = PrefixList::parse(&text).unwrap();
        let (first, last) = (base + first, base + first + length);
        let found = list.covers(Ipv4Addr::from_bits(first).into(), Ipv4Addr::from_bits(last).into());
        match one_by_one(&prefixes, first, last) {
            Some(address) => prop_assert_eq!(found, Coverage::Outside(address)),
            None => prop_assert!(matches!(found, Coverage::Inside(_))),
        }
    }
}
