use super::*;
use crate::store::{Anchor, Counts, FilingState, Filter, FilterState, Missing};

/// Every page from an anchor on, in steps of `limit`.
pub(super) fn forward(desk: &Desk, filter: impl Into<Filter>, limit: u32) -> Vec<String> {
    let filter = filter.into();
    let mut keys = Vec::new();
    let mut anchor = Anchor::Start;
    loop {
        let page = desk.store.queue(&filter, anchor, limit, desk.now).unwrap();
        keys.extend(page.rows.iter().map(|row| row.key.clone()));
        assert!(keys.len() < 100, "pages must end");
        match page.next {
            Some(next) => anchor = Anchor::After(next.to_string().parse().unwrap()),
            None => return keys,
        }
    }
}

pub(super) fn backward(desk: &Desk, filter: impl Into<Filter>, limit: u32) -> Vec<String> {
    let filter = filter.into();
    let mut all = desk.store.queue(&filter, Anchor::Start, 1000, desk.now).unwrap().rows;
    let Some(last) = all.pop() else { return Vec::new() };
    let mut keys = vec![last.key];
    let mut anchor = Anchor::Before(last.cursor);
    loop {
        let page = desk.store.queue(&filter, anchor, limit, desk.now).unwrap();
        let rows: Vec<_> = page.rows.iter().map(|row| row.key.clone()).collect();
        keys.splice(0..0, rows);
        assert!(keys.len() < 100, "pages must end");
        match page.previous {
            Some(previous) => anchor = Anchor::Before(previous),
            None => return keys,
        }
    }
}

#[test]
fn the_queue_is_in_order_of_due_time_with_siblings_side_by_side() {
    let mut desk = Desk::new();
    let mut sibling = item("A2");
    sibling.filing.entity = item("A1").filing.entity;
    desk.import(&[
        item("never"),
        due(item("late"), "2026-03-09T00:00:00Z"),
        due(item("A1"), "2026-03-05T00:00:00Z"),
        due(item("other"), "2026-03-05T00:00:00Z"),
        due(sibling, "2026-03-05T00:00:00Z"),
        due(item("soon"), "2026-03-04T00:00:00.5Z"),
        due(item("sooner"), "2026-03-04T00:00:00Z"),
    ]);
    desk.decide("late", Conclusion::Escalate, "wang").unwrap();
    let all = forward(&desk, FilterState::All, 100);
    assert_eq!(
        (&all[0], &all[1], &all[5], &all[6]),
        (&"sooner".into(), &"soon".into(), &"late".into(), &"never".into())
    );
    let place = |key: &str| all.iter().position(|other| other == key).unwrap();
    assert_eq!(place("A1").abs_diff(place("A2")), 1);
    for limit in 1..9 {
        assert_eq!(forward(&desk, FilterState::All, limit), all, "{limit} forward");
        assert_eq!(backward(&desk, FilterState::All, limit), all, "{limit} backward");
    }
    let open: Vec<_> = all.iter().filter(|key| *key != "late").cloned().collect();
    assert_eq!(forward(&desk, FilterState::Work, 2), open);
    assert_eq!(backward(&desk, FilingState::Open, 2), open);
    assert_eq!(forward(&desk, FilingState::Escalated, 2), ["late"]);
}

#[test]
fn siblings_stand_where_the_most_urgent_of_them_does() {
    let mut desk = Desk::new();
    let sibling = |key: &str, at: &str| {
        let mut sibling = due(item(key), at);
        sibling.filing.entity = item("A1").filing.entity;
        sibling
    };
    desk.import(&[
        sibling("A1", "2026-03-09T00:00:00Z"),
        due(item("B"), "2026-03-05T00:00:00Z"),
        due(item("C"), "2026-03-08T00:00:00Z"),
    ]);
    let queue = |desk: &Desk| forward(desk, FilterState::Work, 2);
    assert_eq!(queue(&desk), ["B", "C", "A1"]);
    desk.import(&[sibling("A2", "2026-03-06T00:00:00Z")]);
    assert_eq!(queue(&desk), ["B", "A2", "A1", "C"], "the elder sibling comes along");
    desk.decide("A2", Conclusion::Pass, "wang").unwrap();
    assert_eq!(queue(&desk), ["B", "A1", "C"], "nothing jumps when one of them is decided");
    desk.import(&[due(item("D"), "2026-03-07T00:00:00Z"), sibling("A1", "2026-03-10T00:00:00Z")]);
    assert_eq!(queue(&desk), ["B", "D", "C", "A1"]);
}

#[test]
fn a_page_knows_its_neighbours() {
    let mut desk = Desk::new();
    desk.import(&[item("A"), item("B"), item("C")]);
    let page = |anchor, limit| desk.store.queue(&Filter::WORK, anchor, limit, desk.now).unwrap();
    let whole = page(Anchor::Start, 3);
    assert_eq!((whole.previous, whole.next), (None, None));
    let first = page(Anchor::Start, 2);
    assert_eq!((first.previous, first.next), (None, Some(first.rows[1].cursor)));
    let second = page(Anchor::After(first.next.unwrap()), 2);
    assert_eq!((second.previous, second.next), (Some(second.rows[0].cursor), None));
    let back = page(Anchor::Before(second.previous.unwrap()), 2);
    assert_eq!(back.rows, first.rows);
    let nowhere = "qfff".parse().unwrap();
    let refused = desk.store.queue(&Filter::WORK, Anchor::After(nowhere), 2, desk.now);
    assert_eq!(refused.unwrap_err(), Missing::Cursor("qfff".into()).into());
}

#[test]
fn rows_show_what_is_known_and_mask_an_individual() {
    let mut desk = Desk::new();
    let mut person = item("P");
    person.filing.entity.entity_type = crate::domain::filing::INDIVIDUAL;
    person.filing.entity.name = "王样例".into();
    desk.import(&[person, due(item("A"), "2026-03-05T00:00:00Z")]);
    let rows = || desk.store.queue(&Filter::WORK, Anchor::Start, 9, desk.now).unwrap().rows;
    assert_eq!(rows()[1].entity, "王**");
    assert_eq!((rows()[0].tally, rows()[0].clean), (None, false));
    let due_at = "2026-03-05T00:00:00Z".parse().unwrap();
    assert_eq!((rows()[0].due_at, rows()[1].due_at), (Some(due_at), None));

    let day = "2026-03-02".parse().unwrap();
    let (clean, dirty) = (desk.case("A").ticket, desk.case("P").ticket);
    desk.store.save_findings(day, &[(clean, all_passed()), (dirty, findings())]).unwrap();
    desk.store.claim("A", desk.now, &reviewer("wang")).unwrap();
    let rows = desk.store.queue(&Filter::WORK, Anchor::Start, 9, desk.now).unwrap().rows;
    assert_eq!((rows[0].clean, rows[1].clean), (true, false));
    assert_eq!(rows[1].tally.unwrap().fail, 1);
    assert_eq!(rows[0].claimed_by.as_deref(), Some("wang"));

    // What is to be checked again is not offered as clean, and a new revision has no result at all.
    let mut related = item("B");
    related.filing.entity.principal.email = item("A").filing.entity.principal.email;
    desk.import(&[related]);
    desk.wait(301);
    let row = desk.store.queue(&Filter::WORK, Anchor::Start, 9, desk.now).unwrap().rows.remove(0);
    assert!(row.tally.is_some() && !row.clean && row.claimed_by.is_none());
    desk.import(&[changed(due(item("A"), "2026-03-05T00:00:00Z"), "样例备注")]);
    let row = desk.store.queue(&Filter::WORK, Anchor::Start, 9, desk.now).unwrap().rows.remove(0);
    assert_eq!(row.tally, None);
}

#[test]
fn counts_follow_every_step_and_held_filings_come_back_in_time() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C", "D", "E", "F"].map(item));
    let later = desk.now.checked_add(SignedDuration::from_secs(3600)).unwrap();
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    desk.decide("B", fail(), "wang").unwrap();
    desk.decide("C", hold(Some(later)), "wang").unwrap();
    desk.decide("D", hold(None), "wang").unwrap();
    desk.decide("E", Conclusion::Escalate, "li").unwrap();
    let counts = |desk: &Desk| desk.store.counts("wang", desk.now).unwrap();
    let expected = Counts {
        open: 1,
        hold_due: 0,
        hold_later: 2,
        escalated: 1,
        second_review: 1,
        decided: 1,
        decided_today: 2,
    };
    assert_eq!(counts(&desk), expected);
    let work = |desk: &Desk| {
        let mut work = forward(desk, FilterState::Work, 9);
        work.sort();
        work
    };
    assert_eq!(work(&desk), ["B", "F"], "what waits for a second look is work for another reviewer");
    desk.wait(3600);
    assert_eq!(counts(&desk), Counts { hold_due: 1, hold_later: 1, ..expected });
    assert_eq!(work(&desk), ["B", "C", "F"]);
    desk.decide("C", Conclusion::Pass, "wang").unwrap();
    assert_eq!(counts(&desk), Counts { hold_later: 1, decided: 2, decided_today: 3, ..expected });
    desk.store.withdraw("C", desk.now, &reviewer("wang")).unwrap();
    assert_eq!(counts(&desk), Counts { open: 2, hold_later: 1, ..expected });
    desk.wait(24 * 3600);
    assert_eq!(counts(&desk).decided_today, 0, "another day");
    desk.assert_sound();
}
