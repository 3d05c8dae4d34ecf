use super::*;
use crate::store::{ClaimNext, Conflict, FilingState, Filter};

const WORK: ClaimNext = ClaimNext { filter: Filter::WORK, after: None };

#[test]
fn a_claim_is_the_recorded_access_and_its_heartbeat_is_not() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let (wang, li) = (reviewer("wang"), reviewer("li"));
    let entries = desk.entries();
    let case = desk.store.claim("A", desk.now, &wang).unwrap();
    assert_eq!(case.claimed_by.as_deref(), Some("wang"));
    desk.wait(200);
    let until = desk.store.renew("A", desk.now, &wang).unwrap();
    desk.store.claim("A", desk.now, &wang).unwrap();
    assert_eq!(desk.entries(), entries + 1);

    let mut beside = desk.beside();
    let claimed = Conflict::Claimed { filing: "A".into(), by: "wang".into(), until };
    assert_eq!(beside.claim("A", desk.now, &li).unwrap_err(), claimed.clone().into());
    assert_eq!(beside.renew("A", desk.now, &li).unwrap_err(), claimed.clone().into());
    assert_eq!(beside.claim_next(WORK, desk.now, &li).unwrap(), None);
    let draft = desk.draft("A", Conclusion::Pass);
    assert_eq!(beside.record(&draft, false, None, desk.now, &li).unwrap_err(), claimed.into());
    beside.release("A", &li).unwrap();
    assert_eq!(desk.case("A").claimed_by.as_deref(), Some("wang"), "not li's to give back");

    desk.wait(301);
    assert_eq!(desk.case("A").claimed_by, None, "it has lapsed");
    beside.claim("A", desk.now, &li).unwrap();
    beside.release("A", &li).unwrap();
    desk.store.claim("A", desk.now, &wang).unwrap();
    assert_eq!(desk.entries(), entries + 3);
    desk.assert_sound();
}

#[test]
fn the_next_one_is_never_somebody_elses() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C"].map(item));
    let mut beside = desk.beside();
    let first = desk.store.claim_next(WORK, desk.now, &reviewer("wang")).unwrap().unwrap();
    let second = beside.claim_next(WORK, desk.now, &reviewer("li")).unwrap().unwrap();
    assert_ne!(first.filing.key, second.filing.key);
    let after = ClaimNext { after: Some(first.cursor), ..WORK };
    let third = desk.store.claim_next(after, desk.now, &reviewer("wang")).unwrap().unwrap();
    assert!(![&first.filing.key, &second.filing.key].contains(&&third.filing.key));
    let after = ClaimNext { after: Some(third.cursor), ..WORK };
    assert_eq!(desk.store.claim_next(after, desk.now, &reviewer("wang")).unwrap(), None);
}

#[test]
fn a_decision_brings_the_next_filing_in_the_same_transaction() {
    let mut desk = Desk::new();
    desk.import(&["A", "B"].map(item));
    let wang = reviewer("wang");
    let first = desk.store.claim_next(WORK, desk.now, &wang).unwrap().unwrap();
    let next = Some(ClaimNext { after: Some(first.cursor), ..WORK });
    let draft = super::draft(&first, Conclusion::Pass);
    let recorded = desk.store.record(&draft, false, next, desk.now, &wang).unwrap();
    let second = recorded.next.unwrap();
    assert_ne!(first.filing.key, second.filing.key);
    assert_eq!(second.claimed_by.as_deref(), Some("wang"));
    assert_eq!(desk.case(&first.filing.key).claimed_by, None, "the decision gave the claim back");
    desk.assert_sound();
}

#[test]
fn a_second_look_is_not_offered_to_who_looked_first() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    desk.decide("A", fail(), "wang").unwrap();
    let waiting = ClaimNext { filter: Filter::from(FilingState::SecondReview), after: None };
    assert_eq!(desk.store.claim_next(waiting.clone(), desk.now, &reviewer("wang")).unwrap(), None);
    assert!(desk.store.claim_next(waiting, desk.now, &reviewer("li")).unwrap().is_some());
}

#[test]
fn of_two_who_decide_at_once_exactly_one_wins() {
    let mut desk = Desk::new();
    let keys: Vec<_> = (0..20).map(|nth| format!("R{nth}")).collect();
    desk.import(&keys.iter().map(|key| item(key)).collect::<Vec<_>>());
    let drafts: Vec<_> = keys.iter().map(|key| desk.draft(key, Conclusion::Pass)).collect();
    let now = desk.now;
    let wins: usize = std::thread::scope(|scope| {
        let race = ["wang", "li", "zhao"].map(|name| {
            let (mut store, drafts) = (desk.beside(), &drafts);
            scope.spawn(move || {
                let record = |draft| store.record(draft, false, None, now, &reviewer(name));
                let outcomes = drafts.iter().map(record);
                outcomes
                    .filter(|outcome| match outcome {
                        Ok(_) => true,
                        Err(StoreError::Conflict(Conflict::AlreadyDecided { by, .. })) => {
                            assert_ne!(by, name);
                            false
                        }
                        Err(other) => panic!("{other}"),
                    })
                    .count()
            })
        });
        race.into_iter().map(|racer| racer.join().unwrap()).sum()
    });
    assert_eq!(wins, keys.len());
    assert_eq!(desk.decisions().len(), keys.len());
    desk.assert_sound();
}

#[test]
fn a_reader_sees_one_moment_while_others_write() {
    let mut desk = Desk::new();
    desk.import(&["A", "B"].map(item));
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    let reader = SqliteStore::open_read_only(desk.folder.path()).unwrap();
    let query = DecisionQuery {
        from: "2026-03-02".parse().unwrap(),
        to: "2026-03-02".parse().unwrap(),
        findings: false,
    };
    let now = desk.now;
    let mut seen = 0;
    let mut sink = |_| {
        seen += 1;
        desk.decide("B", Conclusion::Pass, "li").unwrap();
        ControlFlow::Continue(())
    };
    reader.decisions(&query, now, &mut sink).unwrap();
    assert_eq!(seen, 1, "what came while reading is not part of what is read");
}
