use super::*;
use crate::domain::case::{RelationKind, RelationRole};
use crate::domain::decision::DecisionState;
use crate::domain::workspace::Origin;
use crate::store::{Conflict, FilingState, Missing, Ticket};

#[test]
fn the_same_filing_again_changes_nothing() {
    let mut desk = Desk::new();
    let report = desk.import(&[item("A"), item("B")]);
    assert_eq!(report, ImportReport { new: 2, revised: 0, unchanged: 0 });
    let (entries, case) = (desk.entries(), desk.case("A"));
    assert_eq!(case.filing, item("A").filing);
    assert_eq!(case.attachments, item("A").attachments);
    let mut renamed = item("B");
    renamed.filing.attachments[0].file = "elsewhere/photo.jpg".into();
    let report = desk.import(&[item("A"), renamed]);
    assert_eq!(report, ImportReport { new: 0, revised: 0, unchanged: 2 });
    assert_eq!(desk.entries(), entries, "an import that changes nothing is no entry");
    assert_eq!(desk.case("A"), case);
    desk.assert_sound();
}

#[test]
fn a_changed_filing_is_open_again_and_remembers_its_last_decision() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let first = desk.case("A").revision;
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    let report = desk.import(&[changed(item("A"), "样例备注")]);
    assert_eq!(report, ImportReport { new: 0, revised: 1, unchanged: 0 });
    let case = desk.case("A");
    assert_eq!((case.state, &case.current), (FilingState::Open, &None));
    let previous = case.previous.unwrap();
    assert_eq!((&previous.revision, previous.reviewer.as_str()), (&first, "wang"));
    assert_ne!(case.revision, first);

    // And back to what it was: a revision of its own, with the last decision still remembered.
    desk.import(&[item("A")]);
    let case = desk.case("A");
    assert_eq!((&case.revision, case.state), (&first, FilingState::Open));
    assert_eq!(case.previous.unwrap().state, DecisionState::Cooling);
    desk.assert_sound();
}

#[test]
fn the_files_of_the_last_revision_and_the_same_photo_elsewhere_are_there_to_compare() {
    let mut desk = Desk::new();
    let mut replaced = item("A");
    let photo = item("B").attachments[0].clone();
    replaced.filing.attachments[0].sha256 = Some(photo.sha256.clone());
    replaced.attachments[0] = photo.clone();
    desk.import(&[item("A")]);
    assert_eq!(desk.elsewhere("A", &[]), [""; 0]);
    desk.import(&[replaced, item("B")]);
    let compared = desk.store.elsewhere("A", &[]).unwrap();
    let from: Vec<_> = compared.into_iter().map(|other| (other.from, other.facts.sha256)).collect();
    let earlier = item("A").attachments[0].sha256.clone();
    let other = Origin::Filing { source: "样例台".into(), key: "B".into(), like: photo.sha256.clone() };
    assert_eq!(from, [(Origin::Revision, earlier), (other, photo.sha256)]);
    desk.assert_sound();
}

#[test]
fn a_file_that_is_not_in_the_vault_keeps_the_whole_batch_out() {
    let mut desk = Desk::new();
    let lost = item("lost");
    let sha256 = lost.attachments[0].sha256.clone();
    let refused = desk.store.import(&[lost], desk.now, &reviewer("importer"));
    assert_eq!(refused, Err(StoreError::NotFound(Missing::Attachment(sha256))));
    assert_eq!(desk.store.case("lost", desk.now).unwrap_err(), Missing::Filing("lost".into()).into());
    assert_eq!(desk.entries(), 1);
    desk.assert_sound();
}

#[test]
fn a_key_of_two_sources_must_be_named_with_its_source() {
    let mut desk = Desk::new();
    let mut twin = item("A");
    twin.filing.source = "bureau/南".into();
    desk.import(&[item("A"), twin]);
    let ambiguous =
        Conflict::Ambiguous { key: "A".into(), sources: vec!["bureau/南".into(), "样例台".into()] };
    assert_eq!(desk.store.case("A", desk.now).unwrap_err(), ambiguous.into());
    for source in ["样例台", "bureau/南"] {
        let case = desk.case(&format!("{source}/A"));
        assert_eq!(case.filing.source, source);
        assert_eq!(desk.case(&case.reference()), case);
    }
    let mut impostor = item("样例台/A");
    impostor.filing.source = "c".into();
    desk.import(&[impostor]);
    assert_eq!(desk.case("样例台/A").filing.key, "A", "a full name cannot be taken by a key");
    assert_eq!(desk.case("c/样例台/A").filing.key, "样例台/A");
    let decided = desk.draft("样例台/A", Conclusion::Pass);
    let decided = Draft { filing: "样例台/A".into(), ..decided };
    desk.record(&decided, "wang").unwrap();
    assert_eq!(desk.case("样例台/A").state, FilingState::Decided);
    assert_eq!(desk.case("bureau/南/A").state, FilingState::Open);
    desk.assert_sound();
}

#[test]
fn shared_keys_relate_filings_and_ask_for_a_check_of_both() {
    let mut desk = Desk::new();
    desk.import(&[item("A"), item("B")]);
    check_all(&mut desk);
    let mut stranger = item("C");
    stranger.filing.entity.principal.mobile = item("A").filing.entity.principal.mobile;
    let stranger = with_photo(stranger, "B");
    desk.import(&[stranger]);
    let pending: Vec<_> =
        desk.store.pending(None, 9).unwrap().into_iter().map(|ticket| ticket.filing).collect();
    assert_eq!(pending, ["样例台/A", "样例台/B", "样例台/C"]);

    let of = |key: &str| -> Vec<_> {
        let relations = desk.case(key).relations.into_iter();
        relations.map(|found| (found.kind, found.role, found.filing, found.same_person)).collect()
    };
    let principal = Some(RelationRole::EntityPrincipal);
    assert_eq!(of("A"), [(RelationKind::Mobile, principal, "C".to_owned(), false)]);
    assert_eq!(of("B"), [(RelationKind::Picture, None, "C".to_owned(), false)]);
    assert_eq!(of("C").len(), 2);

    // The key goes with the revision that had it, and both are to be checked again.
    check_all(&mut desk);
    desk.import(&[with_photo(item("C"), "B")]);
    assert_eq!(desk.store.pending(None, 9).unwrap().len(), 3);
    assert_eq!(desk.case("A").relations, []);
}

#[test]
fn the_same_person_is_told_from_another_with_the_same_number() {
    let mut desk = Desk::new();
    let mut same = item("B");
    same.filing.entity.principal = item("A").filing.entity.principal;
    desk.import(&[item("A"), same]);
    let relations = desk.case("A").relations;
    assert_eq!(relations.len(), 3, "mobile, e-mail, document");
    assert!(relations.iter().all(|relation| relation.same_person && relation.filing == "B"));
}

#[test]
fn strangers_are_named_even_where_siblings_are_many() {
    let mut desk = Desk::new();
    let shared = item("A").filing.entity;
    let mut items: Vec<_> = (0..60).map(|nth| item(&format!("S{nth}"))).collect();
    for sibling in &mut items {
        sibling.filing.entity = shared.clone();
    }
    let mut stranger = item("X");
    stranger.filing.entity.principal.mobile = shared.principal.mobile.clone();
    items.extend([item("A"), stranger]);
    desk.import(&items);
    let relations = desk.case("A").relations;
    assert!(relations.iter().any(|relation| relation.filing == "X"));
    assert!(relations.len() < 100);
}

#[test]
fn a_stranger_is_named_even_behind_many_entities_of_the_same_person() {
    let mut desk = Desk::new();
    let person = item("A").filing.entity.principal;
    let mut items: Vec<_> = (0..60).map(|nth| item(&format!("S{nth}"))).collect();
    for own in &mut items {
        own.filing.entity.principal = person.clone();
    }
    let mut stranger = item("X");
    stranger.filing.entity.certificate_number = "YYYYYYYYYYYYYYYYYY".into();
    stranger.filing.entity.principal.mobile = person.mobile.clone();
    items.extend([item("A"), stranger]);
    desk.import(&items);
    let relations = desk.case("A").relations;
    let strangers: Vec<_> = relations.iter().filter(|relation| !relation.same_person).collect();
    assert_eq!(strangers.iter().map(|relation| relation.filing.as_str()).collect::<Vec<_>>(), ["X"]);
    assert!(relations.len() < 200);
}

/// Saves a clean result for everything that waits.
fn check_all(desk: &mut Desk) -> Vec<Ticket> {
    let tickets = desk.store.pending(None, 100).unwrap();
    let judged: Vec<_> = tickets.iter().cloned().map(|ticket| (ticket, all_passed())).collect();
    let day = "2026-03-02".parse().unwrap();
    assert_eq!(desk.store.save_findings(day, &judged).unwrap(), judged.len() as u64);
    assert_eq!(desk.store.pending(None, 100).unwrap(), []);
    tickets
}

#[test]
fn findings_of_an_outdated_case_are_not_kept() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let ticket = desk.case("A").ticket;
    let day = "2026-03-02".parse().unwrap();
    desk.import(&[changed(item("A"), "样例备注")]);
    assert_eq!(desk.store.save_findings(day, &[(ticket, findings())]).unwrap(), 0);

    let ticket = desk.case("A").ticket;
    let mut related = item("B");
    related.filing.entity.principal.email = item("A").filing.entity.principal.email;
    desk.import(&[related]);
    assert_eq!(desk.store.save_findings(day, &[(ticket, findings())]).unwrap(), 0);

    let ticket = desk.case("A").ticket;
    assert_eq!(desk.store.save_findings(day, &[(ticket, findings())]).unwrap(), 1);
}
