use super::*;
use crate::domain::daybook::Event;
use crate::domain::decision::DecisionState;
use crate::store::{Conflict, FilingState};

fn refusal<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Conflict {
    match outcome.unwrap_err() {
        StoreError::Conflict(conflict) => conflict,
        other => panic!("{other}"),
    }
}

#[test]
fn a_decision_is_kept_with_all_that_was_seen() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let draft = Draft { internal_note: "电话核实过".into(), ..desk.draft("A", Conclusion::Pass) };
    let recorded = desk.record(&draft, "wang").unwrap();
    assert_eq!((recorded.state, recorded.decision), (FilingState::Decided, DecisionState::Cooling));
    assert_eq!(recorded.day.to_string(), "2026-03-02");
    let decision = desk.case("A").current.unwrap();
    assert_eq!(
        decision,
        Decision {
            seq: recorded.seq,
            at: desk.now,
            day: recorded.day,
            reviewer: "wang".into(),
            source: "样例台".into(),
            filing: "A".into(),
            revision: draft.revision.clone(),
            conclusion: Conclusion::Pass,
            opinion: draft.opinion.clone(),
            internal_note: draft.internal_note.clone(),
            proposed: vec![reason()],
            findings: findings(),
            shown: draft.shown.clone(),
            state: DecisionState::Cooling,
            second_reviewer: None,
            overturned: None,
            withdrawn_at: None,
        }
    );
    assert_eq!(desk.decisions(), [decision]);
    let bodies = "SELECT group_concat(body) FROM entry";
    let bodies: String = desk.store.connection.query_row(bodies, [], |row| row.get(0)).unwrap();
    for private in ["王样例", "李样例", "电话核实过", "请更正"] {
        assert!(!bodies.contains(private), "{private} stands in an entry");
    }
    desk.assert_sound();
}

#[test]
fn the_day_is_the_workspaces_not_utcs() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    desk.now = "2026-03-02T16:00:00Z".parse().unwrap();
    assert_eq!(desk.decide("A", Conclusion::Pass, "wang").unwrap().day.to_string(), "2026-03-03");
}

#[test]
fn what_is_decided_or_changed_is_refused() {
    let mut desk = Desk::new();
    desk.import(&[item("A"), item("B")]);
    let stale = desk.draft("A", Conclusion::Pass);
    desk.import(&[changed(item("A"), "样例备注")]);
    let current = desk.case("A").revision;
    let expected = stale.revision.clone();
    assert_eq!(
        refusal(desk.record(&stale, "wang")),
        Conflict::Revised { filing: "A".into(), expected, current }
    );
    desk.decide("B", Conclusion::Pass, "wang").unwrap();
    let decided = Conflict::AlreadyDecided { filing: "B".into(), by: "wang".into(), at: desk.now };
    assert_eq!(refusal(desk.decide("B", fail(), "li")), decided);
    assert_eq!(refusal(desk.second_look("B", fail(), "li")), decided);
    assert_eq!(
        refusal(desk.second_look("A", fail(), "li")),
        Conflict::NoFirstDecision { filing: "A".into() }
    );
    assert_eq!(desk.decisions().len(), 1);
    desk.assert_sound();
}

#[test]
fn held_and_escalated_filings_may_be_decided_later() {
    let mut desk = Desk::new();
    desk.import(&[item("A"), item("B")]);
    assert_eq!(desk.decide("A", hold(None), "wang").unwrap().state, FilingState::Hold);
    assert_eq!(desk.decide("B", Conclusion::Escalate, "wang").unwrap().state, FilingState::Escalated);
    for key in ["A", "B"] {
        assert_eq!(desk.decide(key, Conclusion::Pass, "lead").unwrap().state, FilingState::Decided);
        assert_eq!(desk.case(key).previous, None, "nothing was withdrawn or superseded");
    }
    assert_eq!(desk.decisions().len(), 4);
    desk.assert_sound();
}

#[test]
fn a_decision_cools_off_and_is_final() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    desk.wait(599);
    assert_eq!(desk.decisions()[0].state, DecisionState::Cooling);
    let since = desk.now.checked_add(SignedDuration::from_secs(1)).unwrap();
    desk.wait(1);
    assert_eq!(desk.decisions()[0].state, DecisionState::Final);
    desk.wait(24 * 3600);
    let refused = desk.store.withdraw("A", desk.now, &reviewer("wang"));
    assert_eq!(refusal(refused), Conflict::Final { filing: "A".into(), since });
}

#[test]
fn what_is_final_may_still_be_taken_back_on_its_own_day() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    desk.wait(3600);
    assert_eq!(desk.decisions()[0].state, DecisionState::Final);
    let withdrawn = desk.store.withdraw("A", desk.now, &reviewer("wang")).unwrap();
    assert_eq!(withdrawn.state, DecisionState::Withdrawn);
    desk.assert_sound();
}

#[test]
fn a_decision_is_taken_back_by_who_made_it_and_remembered() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let nothing = Conflict::NothingToWithdraw { filing: "A".into() };
    assert_eq!(refusal(desk.store.withdraw("A", desk.now, &reviewer("wang"))), nothing);
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    let others = Conflict::NotYours { filing: "A".into(), by: "wang".into() };
    assert_eq!(refusal(desk.store.withdraw("A", desk.now, &reviewer("li"))), others);
    desk.wait(5);
    let withdrawn = desk.store.withdraw("A", desk.now, &reviewer("wang")).unwrap();
    assert_eq!((withdrawn.state, withdrawn.withdrawn_at), (DecisionState::Withdrawn, Some(desk.now)));
    let case = desk.case("A");
    assert_eq!((case.state, &case.current), (FilingState::Open, &None));
    assert_eq!(case.previous, Some(withdrawn));
    assert_eq!(refusal(desk.store.withdraw("A", desk.now, &reviewer("wang"))), nothing);
    desk.decide("A", fail(), "li").unwrap();
    assert_eq!(desk.decisions().len(), 2);
    desk.assert_sound();
}

#[test]
fn a_second_reviewer_confirms_or_replaces_and_the_decision_appears_once() {
    let mut desk = Desk::new();
    desk.import(&[item("A"), item("B")]);
    for key in ["A", "B"] {
        let first = desk.decide(key, fail(), "wang").unwrap();
        assert_eq!((first.state, first.decision), (FilingState::SecondReview, DecisionState::SecondReview));
    }
    desk.wait(3600);
    assert_eq!(desk.decisions()[0].state, DecisionState::SecondReview, "time alone makes it not final");
    let same = Conflict::SameReviewer { filing: "A".into(), reviewer: "wang".into() };
    assert_eq!(refusal(desk.second_look("A", fail(), "wang")), same);
    assert!(matches!(refusal(desk.decide("A", fail(), "li")), Conflict::AlreadyDecided { .. }));

    let confirmed = desk.second_look("A", fail(), "li").unwrap();
    assert_eq!((confirmed.state, confirmed.decision), (FilingState::Decided, DecisionState::Cooling));
    let replaced = Draft { second_review: true, ..desk.draft("B", Conclusion::Pass) };
    let replaced = Draft { opinion: "复核通过".into(), ..replaced };
    desk.record(&replaced, "li").unwrap();

    let decisions = desk.decisions();
    assert_eq!(decisions.len(), 2);
    for decision in &decisions {
        assert_eq!((decision.reviewer.as_str(), decision.second_reviewer.as_deref()), ("wang", Some("li")));
        assert_eq!(decision.state, DecisionState::Cooling, "the cool-off begins with the second look");
    }
    assert_eq!((&decisions[0].conclusion, decisions[0].opinion.as_str()), (&fail(), "请更正样例内容"));
    assert_eq!((&decisions[1].conclusion, decisions[1].opinion.as_str()), (&Conclusion::Pass, "复核通过"));
    assert_eq!(decisions[0].overturned, None);
    assert_eq!(decisions[1].overturned, Some(fail()), "what the first reviewer had said is not lost");
    desk.store.withdraw("B", desk.now, &reviewer("li")).unwrap();
    desk.assert_sound();
}

#[test]
fn without_the_policy_nobody_waits_for_a_second_look() {
    let mut desk = Desk::new();
    let alone = Policy { second_review: false, ..policy() };
    desk.store.set_policy(&alone, &policy(), desk.now, &reviewer("lead")).unwrap();
    desk.import(&[item("A")]);
    assert_eq!(desk.decide("A", fail(), "wang").unwrap().state, FilingState::Decided);
}

#[test]
fn a_reviewer_sees_the_days_standing_decisions_newest_first() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C", "D", "E", "F"].map(item));
    for (key, by) in [("A", "wang"), ("B", "li"), ("C", "wang"), ("D", "wang")] {
        desk.decide(key, Conclusion::Pass, by).unwrap();
    }
    // Neither what another decision has taken the place of nor what was withdrawn can be withdrawn.
    desk.decide("E", hold(None), "wang").unwrap();
    desk.decide("E", Conclusion::Pass, "li").unwrap();
    desk.decide("F", Conclusion::Pass, "wang").unwrap();
    desk.store.withdraw("F", desk.now, &reviewer("wang")).unwrap();
    let day = "2026-03-02".parse().unwrap();
    let list = |limit, before| desk.store.my_decisions("wang", day, limit, before, desk.now).unwrap();
    let keys = |list: &[Decision]| list.iter().map(|decision| decision.filing.clone()).collect::<Vec<_>>();
    let first = list(2, None);
    assert_eq!(keys(&first), ["D", "C"]);
    assert_eq!(keys(&list(2, Some(first[1].seq))), ["A"]);
}

#[test]
fn an_export_takes_its_days_in_order_and_can_stop() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C", "D"].map(item));
    for key in ["A", "B", "C"] {
        desk.decide(key, Conclusion::Pass, "wang").unwrap();
        desk.wait(24 * 3600);
    }
    // A clock that was set back: the day book's order stands.
    desk.now = START.parse().unwrap();
    desk.decide("D", Conclusion::Pass, "wang").unwrap();
    let days = |from: &str, to: &str, most: usize| -> Vec<String> {
        let query = DecisionQuery { from: from.parse().unwrap(), to: to.parse().unwrap(), findings: false };
        let mut keys = Vec::new();
        let mut sink = |decision: Decision| {
            assert_eq!(decision.findings, []);
            keys.push(decision.filing);
            if keys.len() == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        desk.store.decisions(&query, desk.now, &mut sink).unwrap();
        keys
    };
    assert_eq!(days("2026-03-02", "2026-03-02", 9), ["A", "D"]);
    assert_eq!(days("2026-03-03", "2026-03-04", 9), ["B", "C"]);
    assert_eq!(days("2026-03-01", "2026-03-31", 2), ["A", "B"]);
    assert_eq!(days("2025-01-01", "2025-01-02", 9), Vec::<String>::new());
}

#[test]
fn reveals_comparisons_and_exports_are_entries() {
    let mut desk = Desk::new();
    desk.import(&[item("A"), item("B")]);
    let reveal = Event::Reveal { filing: "A".into(), object: Place::EntityPrincipalMobile.into() };
    let day = "2026-03-02".parse().unwrap();
    let export = Event::Export { from: day, to: day, format: "csv".into(), decisions: 3, unmasked: false };
    let attachment = desk.case("B").attachments[0].sha256.clone();
    let compare = Event::Compare { filing: "样例台/B".into(), attachment, beside: "样例台/A".into() };
    let before = desk.entries();
    for event in [reveal, compare, export] {
        desk.store.append(&event, desk.now, &reviewer("wang")).unwrap();
    }
    assert_eq!(desk.entries(), before + 3);
    desk.assert_sound();
}

#[test]
fn a_decision_about_what_has_changed_meanwhile_is_refused() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let opened_before = desk.draft("A", Conclusion::Pass);
    desk.decide("A", hold(None), "li").unwrap();
    let overtaken = Conflict::Overtaken { filing: "A".into() };
    assert_eq!(refusal(desk.record(&opened_before, "wang")), overtaken, "held meanwhile");
    let opened_while_held = desk.draft("A", Conclusion::Pass);
    desk.store.withdraw("A", desk.now, &reviewer("li")).unwrap();
    assert_eq!(refusal(desk.record(&opened_while_held, "wang")), overtaken, "the hold was taken back");
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    desk.assert_sound();
}

#[test]
fn every_conclusion_is_replayed_on_its_own_revision_and_without_what_was_purged_it_is_not_exact() {
    let mut desk = Desk::new();
    let mut sibling = item("B");
    sibling.filing.entity.principal.mobile = item("A").filing.entity.principal.mobile;
    desk.import(&[item("A"), sibling]);
    let failed = desk.decide("A", fail(), "wang").unwrap().seq;
    let first = desk.case("A").revision;
    desk.second_look("A", fail(), "li").unwrap();
    desk.import(&[changed(item("A"), "样例备注")]);
    let passed = desk.decide("A", Conclusion::Pass, "wang").unwrap().seq;
    desk.decide("B", hold(None), "wang").unwrap();

    assert_eq!(desk.store.concluded(None).unwrap(), [failed, passed]);
    assert_eq!(desk.store.concluded(Some("A")).unwrap(), [failed, passed]);
    assert!(matches!(desk.store.concluded(Some("B")), Err(StoreError::NotFound(_))));
    let decided = |seq| desk.store.decided(seq, desk.now).unwrap();
    assert_eq!((decided(failed).case.revision, decided(failed).exact), (first, true));
    assert_eq!(decided(failed).case.filing.entity.remark, "");
    assert_eq!(decided(passed).case.filing.entity.remark, "样例备注");
    assert!(!decided(passed).case.relations.is_empty());

    let raw = rusqlite::Connection::open(desk.folder.path().join("heyan.db")).unwrap();
    raw.execute_batch("DELETE FROM private WHERE field = 'relations'").unwrap();
    assert!(!decided(passed).exact, "the relations of then are gone");
}
