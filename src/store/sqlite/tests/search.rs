use std::collections::BTreeSet;

use proptest::prelude::*;
use rusqlite::Connection;

use super::pages::{backward, forward};
use super::*;
use crate::domain::filing::{ServiceType, Site};
use crate::domain::search::{Filter, FilterState, FindingFilter, Lane, Query, SearchText};
use crate::store::{Anchor, ClaimNext, FilingState, QueueRow};

fn text(typed: &str) -> Filter {
    Filter { text: Query::new(typed), ..FilterState::All.into() }
}

fn lane(lane: Lane) -> Filter {
    Filter { lane: Some(lane), ..Filter::WORK }
}

fn reason(code: &str) -> Filter {
    Filter { reason: Some(code.into()), ..FilterState::All.into() }
}

fn check(check: &str, status: Option<Status>) -> Filter {
    Filter { finding: Some(FindingFilter { check: check.into(), status }), ..FilterState::All.into() }
}

/// The keys a filter takes, sorted.
fn keys(desk: &Desk, filter: impl Into<Filter>) -> Vec<String> {
    let mut keys = forward(desk, filter, 2);
    keys.sort();
    keys
}

fn rows(desk: &Desk, filter: &Filter) -> Vec<QueueRow> {
    desk.store.queue(filter, Anchor::Start, 100, desk.now).unwrap().rows
}

fn named(key: &str, entity: &str) -> ImportItem {
    let mut item = item(key);
    item.filing.entity.name = entity.into();
    item
}

fn judge(desk: &mut Desk, key: &str, findings: Vec<Finding>) {
    let ticket = desk.case(key).ticket;
    desk.store.save_findings("2026-03-02".parse().unwrap(), &[(ticket, findings)]).unwrap();
}

#[test]
fn a_text_finds_filings_in_every_state_and_says_where() {
    let mut desk = Desk::new();
    desk.import(&[named("A", "重庆样例商贸有限公司"), named("B", "深圳样例科技有限公司"), item("C")]);
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    for (typed, expected) in [
        ("样例", vec!["A", "B", "C"]),
        ("庆", vec!["A"]),
        ("zqyl", vec!["A"]),
        ("szyl", vec!["B"]),
        ("样例台/b", vec!["B"]),
        ("没有", vec![]),
        ("\"", vec![]),
        ("*", vec![]),
    ] {
        assert_eq!(keys(&desk, text(typed)), expected, "{typed}");
    }
    let mobile = item("A").filing.entity.principal.mobile;
    let found = rows(&desk, &text(&mobile[7..])).remove(0).found.unwrap();
    assert_eq!((found.field.text(), found.value), ("phone", format!("{}****{}", &mobile[..3], &mobile[7..])));
    assert_eq!(rows(&desk, &FilterState::All.into())[0].found, None);
    assert_eq!(keys(&desk, Filter { state: FilterState::Work, ..text("庆") }), [""; 0]);
    desk.assert_sound();
}

#[test]
fn a_new_revision_is_found_by_what_it_says_and_no_longer_by_what_the_old_one_said() {
    let mut desk = Desk::new();
    desk.import(&[named("A", "重庆样例商贸有限公司")]);
    judge(&mut desk, "A", findings());
    let mut again = named("A", "成都样例商贸有限公司");
    again.filing.order_type = OrderType::Change;
    again.filing.province = "510000".into();
    desk.import(&[again]);
    assert_eq!(keys(&desk, text("重庆")), [""; 0]);
    assert_eq!(keys(&desk, text("成都")), ["A"]);
    let order = |order_type| Filter { order_type: Some(order_type), ..Filter::WORK };
    assert_eq!(keys(&desk, order(OrderType::First)), [""; 0]);
    assert_eq!(keys(&desk, order(OrderType::Change)), ["A"]);
    let province = |code: &str| Filter { province: Some(code.into()), ..Filter::WORK };
    assert_eq!((keys(&desk, province("440000")).len(), keys(&desk, province("510000")).len()), (0, 1));
    assert_eq!(keys(&desk, check("entity_name", None)), [""; 0], "nothing was said of the new one yet");
    desk.import(&[
        named("A", "南京样例"),
        named("B", "北京样例"),
        named("A", "西安样例"),
        named("B", "天津样例"),
    ]);
    assert_eq!((keys(&desk, text("西安")), keys(&desk, text("天津"))), (vec!["A".into()], vec!["B".into()]));
    assert_eq!(keys(&desk, text("京样")), [""; 0], "a batch may revise what it has brought itself");
    desk.assert_sound();
}

#[test]
fn a_lane_follows_the_order_the_fail_and_the_hold() {
    let mut desk = Desk::new();
    let mut special = item("S");
    special.filing.order_type = OrderType::SpecialVerification;
    desk.import(&[item("A"), item("B"), item("C"), special]);
    assert_eq!(keys(&desk, lane(Lane::Initial)), ["A", "B", "C"]);
    assert_eq!(keys(&desk, lane(Lane::Special)), ["S"]);

    // Only a fail that reached the applicant makes a return: not one that still waits, not one taken back.
    desk.decide("A", fail(), "wang").unwrap();
    desk.second_look("A", fail(), "li").unwrap();
    desk.decide("B", fail(), "wang").unwrap();
    desk.decide("C", fail(), "wang").unwrap();
    desk.second_look("C", fail(), "li").unwrap();
    desk.store.withdraw("C", desk.now, &reviewer("wang")).unwrap();
    desk.import(&["A", "B", "C"].map(|key| changed(item(key), "样例备注")));
    assert_eq!(keys(&desk, lane(Lane::Returned)), ["A"]);
    assert_eq!(keys(&desk, lane(Lane::Initial)), ["B", "C"]);
    desk.assert_sound();

    // A hold that falls due is work of its own, and nothing else meanwhile.
    let until = desk.now.checked_add(SignedDuration::from_secs(60)).unwrap();
    desk.decide("A", hold(Some(until)), "wang").unwrap();
    assert_eq!((keys(&desk, lane(Lane::Due)), keys(&desk, lane(Lane::Returned)).len()), (vec![], 0));
    desk.wait(61);
    assert_eq!(
        (keys(&desk, lane(Lane::Due)), keys(&desk, lane(Lane::Returned)).len()),
        (vec!["A".into()], 0)
    );
    assert_eq!(rows(&desk, &lane(Lane::Due))[0].lane, Lane::Due);
    desk.import(&[changed(item("A"), "再改")]);
    assert_eq!(keys(&desk, lane(Lane::Returned)), ["A"], "once returned, always returned");
    desk.assert_sound();
}

#[test]
fn findings_and_reasons_filter_what_the_checks_and_the_reviewer_said() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C"].map(item));
    judge(&mut desk, "A", findings());
    judge(&mut desk, "B", all_passed());
    assert_eq!(keys(&desk, check("entity_name", None)), ["A"]);
    assert_eq!(keys(&desk, check("entity_name", Some(Status::Fail))), ["A"]);
    assert_eq!(keys(&desk, check("entity_name", Some(Status::Warn))), [""; 0]);
    assert_eq!(keys(&desk, check("certificate_number", None)), [""; 0], "a pass is no finding to look for");
    assert_eq!(keys(&desk, reason("ENT-NAME-MISMATCH")), ["A"]);

    desk.decide("C", fail(), "wang").unwrap();
    assert_eq!(keys(&desk, reason("ENT-NAME-MISMATCH")), ["A", "C"]);
    desk.assert_sound();
    desk.second_look("C", Conclusion::Pass, "li").unwrap();
    assert_eq!(keys(&desk, reason("ENT-NAME-MISMATCH")), ["A"], "the second reviewer overruled it");
    desk.decide("A", fail(), "wang").unwrap();
    desk.store.withdraw("A", desk.now, &reviewer("wang")).unwrap();
    assert_eq!(keys(&desk, reason("ENT-NAME-MISMATCH")), ["A"], "still proposed");
    judge(&mut desk, "A", all_passed());
    assert_eq!(keys(&desk, reason("ENT-NAME-MISMATCH")), [""; 0]);
    desk.assert_sound();
}

#[test]
fn the_next_filing_is_the_next_that_fits() {
    let mut desk = Desk::new();
    desk.import(&[
        due(item("A"), "2026-03-03T00:00:00Z"),
        due(named("B", "重庆样例商贸有限公司"), "2026-03-04T00:00:00Z"),
        due(item("C"), "2026-03-05T00:00:00Z"),
        due(named("D", "重庆样例科技有限公司"), "2026-03-06T00:00:00Z"),
    ]);
    let filter = Filter { state: FilterState::Work, ..text("重庆") };
    let mut next = ClaimNext { filter, after: None };
    let mut claim = |next: &ClaimNext, by: &str| {
        let case = desk.store.claim_next(next.clone(), desk.now, &reviewer(by)).unwrap();
        case.map(|case| (case.filing.key, case.cursor))
    };
    let (first, place) = claim(&next, "wang").unwrap();
    assert_eq!((first.as_str(), claim(&next, "li").unwrap().0.as_str()), ("B", "D"), "B is claimed");
    next.after = Some(place);
    assert_eq!(claim(&next, "zhao"), None);
}

#[test]
fn a_workspace_of_the_first_version_is_brought_up() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C"].map(item));
    judge(&mut desk, "A", findings());
    desk.decide("A", fail(), "wang").unwrap();
    desk.second_look("A", fail(), "li").unwrap();
    desk.decide("B", fail(), "wang").unwrap();
    desk.import(&[changed(item("A"), "样例备注")]);
    let raw = Connection::open(desk.folder.path().join("heyan.db")).unwrap();
    raw.execute_batch(
        "DROP TABLE evidence_file; DROP TABLE evidence; DROP TABLE filing_subject; DROP TABLE page_reading; DROP TABLE look_band;
         DROP INDEX relation_picture;
         DROP TABLE search_text; DROP TABLE search_gram; DROP TABLE filing_mark;
         ALTER TABLE filing DROP COLUMN lane; DELETE FROM pending_check; PRAGMA user_version = 1;",
    )
    .unwrap();
    assert!(matches!(SqliteStore::open_read_only(desk.folder.path()), Err(StoreError::Unusable { .. })));
    desk.store = SqliteStore::open(desk.folder.path()).unwrap();
    assert_eq!(keys(&desk, text("样例")), ["A", "B", "C"]);
    assert_eq!(keys(&desk, lane(Lane::Returned)), ["A"]);
    assert_eq!(keys(&desk, reason("ENT-NAME-MISMATCH")), ["B"]);
    assert_eq!(desk.store.pending(None, 9).unwrap().len(), 3, "findings are made again");
    for key in ["A", "B", "C"] {
        judge(&mut desk, key, all_passed());
    }
    desk.assert_sound();
}

#[test]
fn what_a_filing_waits_for_is_marked_with_the_hold_and_in_a_workspace_from_before() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C", "D"].map(item));
    let held = |hold| Conclusion::Hold { hold, until: None };
    for (key, hold) in [("A", HoldKind::Pictures), ("B", HoldKind::Callback), ("C", HoldKind::Pictures)] {
        desk.decide(key, held(hold), "wang").unwrap();
    }
    let waiting = |desk: &Desk| keys(desk, Filter { hold: Some(HoldKind::Pictures), ..Filter::default() });
    assert_eq!(waiting(&desk), ["A", "C"]);
    judge(&mut desk, "C", findings());
    desk.assert_sound();
    let raw = Connection::open(desk.folder.path().join("heyan.db")).unwrap();
    raw.execute_batch(
        "DROP INDEX relation_picture; DELETE FROM filing_mark WHERE kind = 'waits'; PRAGMA user_version = 3;",
    )
    .unwrap();
    assert_eq!(desk.store.verify(&mut |_| ()).unwrap().problems.len(), 3, "each is found");
    desk.store = SqliteStore::open(desk.folder.path()).unwrap();
    assert_eq!(waiting(&desk), ["A", "C"]);
    desk.assert_sound();
    desk.decide("A", held(HoldKind::Evidence), "wang").unwrap();
    assert_eq!(waiting(&desk), ["C"]);
    desk.store.withdraw("C", desk.now, &reviewer("wang")).unwrap();
    assert_eq!(waiting(&desk), [""; 0]);
    desk.assert_sound();
}

/// Filings that differ in all that can be searched and filtered.
fn varied() -> impl Strategy<Value = (&'static str, &'static str, &'static str, u8, u8, u8)> {
    (
        prop_oneof![Just("重庆样例商贸有限公司"), Just("深圳样例科技有限公司"), Just("样例AB文化工作室")],
        prop_oneof![Just("商城"), Just("重行网"), Just("ab-shop")],
        prop_oneof![Just("440000"), Just("510000")],
        0..6_u8,
        0..4_u8,
        0..3_u8,
    )
}

fn a_filter() -> impl Strategy<Value = Filter> {
    let typed = prop_oneof![
        Just(""),
        Just("样"),
        Just("样例"),
        Just("cq"),
        Just("zqyl"),
        Just("ab"),
        Just("a"),
        Just("shop.ex"),
        Just("网"),
        Just("重行"),
        Just("科技有限"),
        Just("F0"),
        Just("99"),
    ];
    let states = proptest::sample::select(FilterState::ALL);
    let optional = |all: &'static [Lane]| proptest::option::of(proptest::sample::select(all));
    let order = proptest::option::weighted(0.3, proptest::sample::select(OrderType::ALL));
    let province =
        proptest::option::weighted(0.3, prop_oneof![Just("440000".to_owned()), Just("110000".into())]);
    let status = proptest::option::of(proptest::sample::select(&FindingFilter::STATUSES[..]));
    let finding = proptest::option::weighted(
        0.3,
        status.prop_map(|status| FindingFilter { check: "entity_name".into(), status }),
    );
    let reason = proptest::option::weighted(0.3, Just("ENT-NAME-MISMATCH".to_owned()));
    let hold = proptest::option::weighted(0.3, proptest::sample::select(HoldKind::ALL));
    (typed, states, optional(Lane::ALL), order, province, finding, reason, hold).prop_map(
        |(typed, state, lane, order_type, province, finding, reason, hold)| Filter {
            state,
            text: Query::new(typed),
            lane,
            order_type,
            province,
            finding,
            reason,
            hold,
        },
    )
}

/// What a filter means, said plainly.
fn fits(desk: &Desk, row: &QueueRow, filter: &Filter, judged: &BTreeSet<String>) -> bool {
    let case = desk.case(&row.key);
    let due = row.hold_until.is_some_and(|until| until <= desk.now);
    let state = match filter.state {
        FilterState::All => true,
        FilterState::State(state) => row.state == state,
        FilterState::Work if filter.hold.is_some() => row.state == FilingState::Hold,
        FilterState::Work => matches!(row.state, FilingState::Open | FilingState::SecondReview) || due,
    };
    let waits_for = case.current.as_ref().and_then(|decision| match decision.conclusion {
        Conclusion::Hold { hold, .. } => Some(hold),
        _ => None,
    });
    let said = judged.contains(&row.key);
    let decided = case.current.is_some_and(|decision| !decision.conclusion.reasons().is_empty());
    let text = SearchText::of(&case.filing);
    state
        && filter.text.as_ref().is_none_or(|query| query.find(text.as_str()).is_some())
        && filter
            .lane
            .is_none_or(|lane| lane == if due { Lane::Due } else { Lane::of(row.order_type, false) })
        && filter.order_type.is_none_or(|order_type| order_type == row.order_type)
        && filter.province.as_ref().is_none_or(|province| *province == row.province)
        && filter
            .finding
            .as_ref()
            .is_none_or(|finding| said && finding.status.is_none_or(|status| status == Status::Fail))
        && filter.reason.as_ref().is_none_or(|_| said || decided)
        && filter.hold.is_none_or(|hold| waits_for == Some(hold))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn a_filter_takes_what_fits_and_pages_both_ways(
        filings in proptest::collection::vec(varied(), 1..24),
        filters in proptest::collection::vec(a_filter(), 1..12),
    ) {
        let mut desk = Desk::new();
        let mut items = Vec::new();
        for (at, (entity, site, province, order, ..)) in filings.iter().enumerate() {
            let mut item = due(named(&format!("F{at:02}"), entity), &format!("2026-03-{:02}T00:00:00Z", 3 + at % 5));
            item.filing.province = (*province).into();
            item.filing.order_type = OrderType::ALL[usize::from(*order)];
            item.filing.site = Some(Site {
                service_type: ServiceType::Website,
                name: (*site).into(),
                domains: vec![format!("{site}.example")],
                home_urls: Vec::new(),
                service_contents: Default::default(),
                languages: Default::default(),
                pre_approvals: Vec::new(),
                remark: String::new(),
                filing_number: None,
                principal: item.filing.entity.principal.clone(),
            });
            items.push(item);
        }
        desk.import(&items);
        let mut judged = BTreeSet::new();
        let soon = desk.now.checked_add(SignedDuration::from_secs(30)).unwrap();
        for (at, (.., decision, said)) in filings.iter().enumerate() {
            let key = format!("F{at:02}");
            match said {
                0 => {
                    judge(&mut desk, &key, findings());
                    judged.insert(key.clone());
                }
                1 => judge(&mut desk, &key, all_passed()),
                _ => {}
            }
            match decision {
                0 => { desk.decide(&key, fail(), "wang").unwrap(); }
                1 => { desk.decide(&key, Conclusion::Pass, "wang").unwrap(); }
                2 => {
                    let hold = HoldKind::ALL[at % HoldKind::ALL.len()];
                    let until = (at % 3 > 0).then_some(soon);
                    desk.decide(&key, Conclusion::Hold { hold, until }, "wang").unwrap();
                }
                _ => {}
            }
        }
        desk.wait(60);
        let all = rows(&desk, &FilterState::All.into());
        prop_assert_eq!(all.len(), items.len());
        for filter in &filters {
            let expected: Vec<String> = all
                .iter()
                .filter(|row| fits(&desk, row, filter, &judged))
                .map(|row| row.key.clone())
                .collect();
            for limit in [1, 3] {
                prop_assert_eq!(&forward(&desk, filter.clone(), limit), &expected, "{:?}", filter);
                prop_assert_eq!(&backward(&desk, filter.clone(), limit), &expected, "{:?}", filter);
            }
        }
        prop_assert_eq!(desk.store.verify(&mut |_| ()).unwrap().problems, []);
    }
}
