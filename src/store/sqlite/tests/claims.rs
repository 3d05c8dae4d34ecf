use super::*;
use crate::store::sqlite::{claim, locate};
use crate::store::{ClaimNext, Conflict, Cursor, FilingState, Filter};

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

/// A filter that is not plain: all of the test's filings fit.
fn searched(after: Option<Cursor>) -> ClaimNext {
    ClaimNext { filter: Filter { province: Some("440000".into()), ..Filter::WORK }, after }
}

#[test]
fn a_decision_under_a_filter_stands_although_the_next_one_is_taken_or_damaged() {
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C"].map(item));
    let (wang, li) = (reviewer("wang"), reviewer("li"));
    let first = desk.store.claim_next(searched(None), desk.now, &wang).unwrap().unwrap();
    let second = desk.beside().claim_next(searched(None), desk.now, &li).unwrap().unwrap();
    let draft = super::draft(&first, Conclusion::Pass);
    let next = Some(searched(Some(first.cursor)));
    let third = desk.store.record(&draft, false, next, desk.now, &wang).unwrap().next.unwrap();
    assert!(![&first.filing.key, &second.filing.key].contains(&&third.filing.key));
    assert_eq!(third.claimed_by.as_deref(), Some("wang"));

    desk.store.release(&third.filing.key, &wang).unwrap();
    desk.store
        .connection
        .execute(
            "UPDATE revision SET body = '{' WHERE id = (SELECT current FROM filing WHERE key = ?1)",
            [&third.filing.key],
        )
        .unwrap();
    let draft = super::draft(&second, Conclusion::Pass);
    let recorded = desk.store.record(&draft, false, Some(searched(None)), desk.now, &li).unwrap();
    assert_eq!(recorded.next, None);
    assert_eq!(desk.beside().case(&second.filing.key, desk.now).unwrap().state, FilingState::Decided);
    let why = desk.store.claim_next(searched(None), desk.now, &li).unwrap_err();
    assert!(matches!(why, StoreError::Damaged { .. }), "who asks again is told: {why}");
}

#[test]
fn what_was_found_is_claimed_only_while_it_is_free_and_fits() {
    let li = reviewer("li");
    let taken: [fn(&mut Desk, &str); 3] = [
        |desk, key| drop(desk.beside().claim(key, desk.now, &reviewer("zhao")).unwrap()),
        |desk, key| drop(desk.decide(key, Conclusion::Pass, "zhao").unwrap()),
        |desk, key| {
            let mut moved = item(key);
            moved.filing.province = "110000".into();
            desk.import(&[moved]);
        },
    ];
    for take in taken {
        let mut desk = Desk::new();
        desk.import(&["A", "B"].map(item));
        let found = desk.store.read(|view| claim::find_next(view, &searched(None), desk.now, &li));
        let found = found.unwrap().unwrap();
        let numbered = desk.store.read(|view| locate::numbered(view, found)).unwrap();
        take(&mut desk, &numbered.key);
        let now = desk.now;
        let claimed =
            desk.store.write(|transaction| claim::claim_found(transaction, &searched(None), found, now, &li));
        assert_eq!(claimed.unwrap(), None);
        let other = desk.store.claim_next(searched(None), now, &li).unwrap().unwrap();
        assert_ne!(other.filing.key, numbered.key);
        desk.assert_sound();
    }
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
