use super::*;

fn person(digits: &str) -> Result<u8, NumberFault> {
    of_person(&Symbols::<6>::read(digits)?, 0)
}

fn organisation(digits: &str) -> Result<u8, NumberFault> {
    of_organisation(&Symbols::<6>::read(digits)?, 0)
}

#[test]
fn provinces_are_known_by_two_digits() {
    assert_eq!(PROVINCES.len(), 34);
    assert_eq!(person("440305"), Ok(44));
    assert_eq!(person("830000"), Ok(83));
    assert_eq!(person("100000"), Err(NumberFault::Region { found: 10 }));
    assert_eq!(person("160000"), Err(NumberFault::Region { found: 16 }));
    assert_eq!(person("000000"), Err(NumberFault::Region { found: 0 }));
    assert_eq!(person("990000"), Err(NumberFault::Region { found: 99 }));
    assert_eq!(organisation("100000"), Ok(10));
    assert_eq!(organisation("830000"), Err(NumberFault::Region { found: 83 }));
    assert_eq!(organisation("44A000"), Err(NumberFault::Character { at: 3, found: 'A' }));
}

#[test]
fn a_county_counts_when_it_was_one_in_any_of_the_years() {
    for (code, years, expected) in [
        (440_305, 1985..=2026, "listed"),
        (440_305, 1960..=1985, "later 南山区 1990-"),
        (440_305, 1960..=1990, "listed"),
        (110_103, 1950..=2026, "listed"),
        (110_103, 2014..=2026, "listed"),
        (110_103, 2015..=2026, "retired 崇文区 -2009"),
        (440_300, 1985..=2026, "no county"),
        (440_099, 1985..=2026, "no county"),
        (449_900, 1985..=2026, "no county"),
        (440_398, 1985..=2026, "unknown"),
        (440_301, 1985..=2026, "listed"),
    ] {
        let said = match standing(code, years.clone()) {
            Standing::Listed => "listed".to_owned(),
            Standing::NoCounty => "no county".to_owned(),
            Standing::Unknown => "unknown".to_owned(),
            Standing::Retired(period) => format!("retired {} {}", period.name, period.years()),
            Standing::Later(period) => format!("later {} {}", period.name, period.years()),
        };
        assert_eq!(said, expected, "{code} {years:?}");
    }
}

#[test]
fn names_of_places_are_whole() {
    for (code, name) in [
        (440_305, "广东省深圳市南山区"),
        (440_300, "广东省深圳市"),
        (440_000, "广东省"),
        (110_105, "北京市朝阳区"),
        (429_004, "湖北省仙桃市"),
        (110_103, "北京市崇文区"),
        (990_101, ""),
    ] {
        assert_eq!(full_name(code), name, "{code}");
    }
}

#[test]
fn an_address_begins_with_its_place() {
    for (address, code) in [
        ("广东省深圳市南山区样例路1号", Some(440_300)),
        ("深圳市南山区样例路1号", Some(440_300)),
        ("广东省样例路1号", Some(440_000)),
        ("上海市浦东新区样例路1号", Some(310_000)),
        ("吉林省吉林市样例路1号", Some(220_200)),
        ("吉林市样例路1号", Some(220_200)),
        ("内蒙古自治区兴安盟样例路1号", Some(152_200)),
        ("湖北省仙桃市样例路1号", Some(420_000)),
        ("样例路1号", None),
        ("南山区样例路1号", None),
        ("深圳样例路1号", None),
        ("", None),
    ] {
        assert_eq!(of_address(address), code, "{address}");
    }
}

#[test]
fn prefectures_are_told_apart_where_they_can_be() {
    for (code, expected) in
        [(440_305, Some(4403)), (440_300, Some(4403)), (440_000, None), (310_115, None), (429_004, None)]
    {
        assert_eq!(prefecture(code), expected, "{code}");
    }
}

proptest::proptest! {
    #[test]
    fn every_code_over_all_years_is_listed_or_was_never_one(code in 110_000_u32..700_000) {
        let known = !table::periods(code).is_empty();
        match standing(code, i16::MIN..=i16::MAX) {
            Standing::NoCounty => proptest::prop_assert!(matches!(code % 100, 0 | 99)),
            Standing::Listed => proptest::prop_assert!(known),
            Standing::Unknown => proptest::prop_assert!(!known),
            other => proptest::prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn no_address_is_too_odd(address in "\\PC*|广东省.*") {
        let _ = of_address(&address);
    }
}
