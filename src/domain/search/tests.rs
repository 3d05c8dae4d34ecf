use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::filing::Filing;

fn filing() -> Filing {
    serde_json::from_str(include_str!("../../checks/fixture/enterprise.json")).unwrap()
}

/// The grams of a text, each once.
fn grams_of(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    grams(text, |gram| {
        all.insert(gram.to_owned());
    });
    all
}

/// Whether an index of grams would lead to the text.
fn is_candidate(query: &Query, all: &BTreeSet<String>) -> bool {
    let has = |wanted: &Wanted| match wanted {
        Wanted::Whole(gram) => all.contains(gram),
        Wanted::Prefix(start) => {
            all.range(start.clone()..).next().is_some_and(|gram| gram.starts_with(start))
        }
    };
    query.wanted_grams().iter().all(has) || query.phone_gram().is_some_and(|gram| all.contains(&gram))
}

#[track_caller]
fn assert_finds(filing: &Filing, typed: &str, expected: Option<(Field, &str)>) {
    let text = SearchText::of(filing);
    let query = Query::new(typed).unwrap();
    let found = query.find(text.as_str());
    let found = found.as_ref().map(|found| (found.field, found.value.as_str()));
    assert_eq!(found, expected, "{typed}");
    assert!(expected.is_none() || is_candidate(&query, &grams_of(text.as_str())), "{typed} is not indexed");
}

#[test]
fn every_way_to_name_a_filing_finds_it() {
    let mut filing = filing();
    filing.key = "D-1001".into();
    filing.source = "demo".into();
    filing.entity.name = "重庆样例ＡＢ科技有限公司".into();
    filing.entity.certificate_number = "91500000MA00000077".into();
    filing.entity.filing_number = Some("渝ICP备2024000001号".into());
    filing.entity.principal.name = "王样例".into();
    filing.entity.principal.mobile = "+86 139-0000-1234".into();
    filing.entity.principal.landline = Some("023-26000001".into());
    let site = filing.site.as_mut().unwrap();
    site.name = "样例 商城".into();
    site.domains = vec!["Yangli-Shop.example".into(), "样例.example".into()];
    site.filing_number = None;
    site.principal.name = "李样例".into();
    site.principal.mobile = "13900009876".into();
    let entity = Some((Field::Entity, "重庆样例ab科技有限公司"));
    let key = Some((Field::Key, "demo/d-1001"));
    for (typed, expected) in [
        ("D-1001", key),
        ("ｄ-１００", key),
        ("demo/D-1001", key),
        ("1001", key),
        ("庆", entity),
        ("司", entity),
        ("重庆样例", entity),
        ("科技 有限", entity),
        ("样例AB科", entity),
        ("ＡＢ", entity),
        ("cqyl", entity),
        ("zqyl", entity),
        ("CQ", entity),
        ("ylabkj", entity),
        ("重q样l", entity),
        ("yxgs", entity),
        ("例商", Some((Field::Site, "样例商城"))),
        ("ylsc", Some((Field::Site, "样例商城"))),
        ("shop.example", Some((Field::Domain, "yangli-shop.example"))),
        ("YANGLI", Some((Field::Domain, "yangli-shop.example"))),
        ("例.ex", Some((Field::Domain, "样例.example"))),
        ("王样", Some((Field::Person, "王**"))),
        ("lyl", Some((Field::Person, "李**"))),
        ("2024000001号", Some((Field::FilingNumber, "渝icp备2024000001号"))),
        ("渝ICP备", Some((Field::FilingNumber, "渝icp备2024000001号"))),
        ("MA0000", Some((Field::Certificate, "91**************77"))),
        ("1234", Some((Field::Phone, "139****1234"))),
        ("13900001234", Some((Field::Phone, "139****1234"))),
        ("139 0000 1234", Some((Field::Phone, "139****1234"))),
        ("+86 139-0000-1234", Some((Field::Phone, "139****1234"))),
        ("9876", Some((Field::Phone, "139****9876"))),
        ("26000001", Some((Field::Phone, "023****0001"))),
        // Near-misses.
        ("234", None),
        ("1390000", None),
        ("39000012", None),
        ("庆重", None),
        ("cqzz", None),
        ("样例样例", None),
        ("例科", None),
        ("shop.test", None),
        ("张样例", None),
    ] {
        assert_finds(&filing, typed, expected);
    }
}

#[test]
fn an_individuals_name_is_a_persons_and_the_document_number_is_not_searched() {
    let mut filing = filing();
    assert_finds(&filing.clone(), "91440300MA", Some((Field::Certificate, "91**************77")));
    filing.entity.entity_type = crate::domain::filing::INDIVIDUAL;
    assert_finds(&filing, "91440300MA", None);
    filing.entity.name = "赵样例".into();
    assert_finds(&filing, "赵样例", Some((Field::Person, "赵**")));
}

#[test]
fn nothing_to_search_for_is_no_query() {
    for typed in ["", "  ", "\u{3000}", "\u{200b}", "\u{1b}"] {
        assert_eq!(Query::new(typed), None, "{typed:?}");
    }
    assert_eq!(Query::new(" 样 例 ").unwrap().typed(), "样 例");
}

#[test]
fn what_was_typed_is_marked_where_it_is_shown() {
    for (typed, shown, expected) in [
        ("样例", "深圳样例公司", Some("样例")),
        ("yl", "深圳样例公司", Some("样例")),
        ("ab", "样例ＡＢ公司", Some("ＡＢ")),
        ("例商", "样例 商城", Some("例 商")),
        ("D-1", "D-1001", Some("D-1")),
        ("没有", "样例", None),
    ] {
        let span = Query::new(typed).unwrap().span(shown);
        assert_eq!(span.map(|span| &shown[span]), expected, "{typed} in {shown}");
    }
}

#[test]
fn a_lane_is_the_work_that_an_order_makes() {
    use crate::domain::filing::OrderType::{Change, First, SpecialVerification};
    for (order, failed, lane) in [
        (First, false, Lane::Initial),
        (Change, false, Lane::Initial),
        (SpecialVerification, false, Lane::Special),
        (First, true, Lane::Returned),
        (SpecialVerification, true, Lane::Returned),
    ] {
        assert_eq!(Lane::of(order, failed), lane, "{order} {failed}");
    }
}

proptest! {
    /// The promise of the index: whatever matches is a candidate.
    #[test]
    fn whatever_matches_is_found_by_its_grams(
        entity in "[样例重庆行长科abcA1 .-]{1,12}",
        site in "[样例重庆行长科abcA1 .-]{0,8}",
        typed in "[样例重庆cqzxyhlabA1 .-]{1,5}",
    ) {
        let mut filing = filing();
        filing.entity.name = entity;
        if let Some(own) = &mut filing.site {
            own.name = site;
        }
        let text = SearchText::of(&filing);
        if let Some(query) = Query::new(&typed)
            && query.find(text.as_str()).is_some()
        {
            prop_assert!(is_candidate(&query, &grams_of(text.as_str())), "{:?} in {:?}", query, text);
        }
    }

    #[test]
    fn a_part_of_a_name_finds_it(name in "[样例重庆行长科技abcAZ09（）]{1,12}", at in 0..12_usize, length in 1..6_usize) {
        let part: String = name.chars().skip(at).take(length).collect();
        let mut filing = filing();
        filing.entity.name = name;
        if let Some(query) = Query::new(&part) {
            prop_assert!(query.find(SearchText::of(&filing).as_str()).is_some());
        }
    }
}
