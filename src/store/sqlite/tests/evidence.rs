use rusqlite::Connection;

use super::*;
use crate::domain::case::RelationKind;
use crate::domain::evidence::{
    Evidence, Gathered, Gatherer, Means, Observation, PageReading, PixelInspection, RegistryAnswer,
    RegistryRecord, RegistryResult, RegistryStatus, Subject, WordHit,
};
use crate::domain::evidence::{Fault, FaultKind, PictureTone, PixelFacts};
use crate::domain::filing::AttachmentKind;
use crate::domain::workspace::EvidenceReport;
use crate::domain::workspace::Origin;
use crate::store::{Conflict, Problem};

fn number(key: &str) -> Subject {
    Subject::number(&item(key).filing.entity.certificate_number).unwrap()
}

fn registry(subject: Subject, at: Timestamp, status: RegistryStatus) -> Gathered {
    let record = RegistryRecord {
        name: "深圳市样例科技有限公司".into(),
        number: String::new(),
        status,
        status_text: status.text().into(),
        address: String::new(),
        legal_representative: "王样例".into(),
        valid_until: None,
        former_names: Vec::new(),
        former_numbers: Vec::new(),
        as_of: None,
    };
    Evidence {
        version: 1,
        subject,
        means: Means::Import,
        source: "extract.csv:2".into(),
        observed_at: at,
        allowed_networks: Vec::new(),
        observation: Observation::Registry(RegistryAnswer { result: RegistryResult::Found(record) }),
    }
    .into()
}

impl Desk {
    fn keep(&mut self, gathered: &[Gathered]) -> EvidenceReport {
        self.store.keep_evidence(gathered, self.now, &reviewer("wang")).unwrap()
    }

    /// Keys that wait for a check, after all have been judged.
    fn waiting(&self) -> Vec<String> {
        let tickets = self.store.pending(None, 100).unwrap();
        tickets.into_iter().map(|ticket| ticket.filing.replace("样例台/", "")).collect()
    }

    fn judge_all(&mut self) {
        let day = self.now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        let judged: Vec<_> =
            self.store.pending(None, 100).unwrap().into_iter().map(|ticket| (ticket, findings())).collect();
        self.store.save_findings(day, &judged).unwrap();
        assert_eq!(self.waiting(), [""; 0]);
    }
}

#[test]
fn evidence_is_kept_once_and_found_by_every_filing_that_has_its_subject() {
    let mut desk = Desk::new();
    let mut sibling = item("B");
    sibling.filing.entity.certificate_number = item("A").filing.entity.certificate_number;
    desk.import(&[item("A"), sibling, item("C")]);
    desk.judge_all();

    let gathered = [registry(number("A"), desk.now, RegistryStatus::Active)];
    assert_eq!(desk.keep(&gathered), EvidenceReport { kept: 1, known: 0 });
    assert_eq!(desk.waiting(), ["A", "B"], "only those that have the subject are judged again");
    assert_eq!(desk.keep(&gathered), EvidenceReport { kept: 0, known: 1 });
    assert_eq!(desk.entries(), 3, "what was known already is no entry");
    for (key, pieces) in [("A", 1), ("B", 1), ("C", 0)] {
        assert_eq!(desk.case(key).evidence.len(), pieces, "{key}");
    }
    let kept = &desk.case("A").evidence[0];
    assert_eq!(kept.evidence, gathered[0].evidence);
    assert_eq!(desk.store.evidence(&kept.id).unwrap(), *kept);
    assert!(matches!(desk.store.evidence("no such name"), Err(StoreError::NotFound(_))));
    desk.assert_sound();
}

#[test]
fn the_newest_comes_first_and_a_decided_filing_is_left_alone() {
    let mut desk = Desk::new();
    desk.import(&["A", "B"].map(item));
    desk.decide("A", Conclusion::Pass, "wang").unwrap();
    desk.judge_all();
    let earlier = desk.now;
    desk.wait(3_600);
    desk.keep(&[
        registry(number("A"), desk.now, RegistryStatus::Revoked),
        registry(number("A"), earlier, RegistryStatus::Active),
    ]);
    assert_eq!(desk.waiting(), [""; 0]);
    let times: Vec<_> = desk.case("A").evidence.iter().map(|kept| kept.evidence.observed_at).collect();
    assert_eq!(times, [desk.now, earlier]);
}

#[test]
fn a_decision_made_from_other_evidence_is_refused() {
    let mut desk = Desk::new();
    desk.import(&["A", "B"].map(item));
    desk.keep(&[registry(number("A"), desk.now, RegistryStatus::Active)]);
    for conclusion in [Conclusion::Pass, fail(), hold(None), Conclusion::Escalate] {
        let seen = desk.draft("A", conclusion);
        desk.wait(60);
        desk.keep(&[registry(number("B"), desk.now, RegistryStatus::Active)]);
        desk.keep(&[registry(number("A"), desk.now, RegistryStatus::Revoked)]);
        let refused = StoreError::from(Conflict::OtherEvidence { filing: "A".into() });
        assert_eq!(desk.record(&seen, "wang").unwrap_err(), refused);
    }
    let seen = desk.draft("A", Conclusion::Pass);
    desk.keep(&[registry(number("B"), desk.now, RegistryStatus::Revoked)]);
    desk.record(&seen, "wang").expect("what came concerns another filing");
    desk.assert_sound();
}

fn no_answer(subject: Subject, at: Timestamp) -> Gathered {
    let fault = Fault::new(FaultKind::Timeout, "registry.example");
    let result = RegistryResult::NoAnswer(fault);
    let observation = Observation::Registry(RegistryAnswer { result });
    Evidence { observation, ..registry(subject, at, RegistryStatus::Active).evidence }.into()
}

#[test]
fn silence_does_not_push_out_the_last_answer_nor_the_ones_apart_from_each_other() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let oldest = desk.now;
    let mut batch = vec![registry(number("A"), oldest, RegistryStatus::Active)];
    desk.wait(5 * 3_600);
    let answered = desk.now;
    batch.push(registry(number("A"), answered, RegistryStatus::Revoked));
    for _ in 0..40 {
        desk.wait(15 * 60);
        batch.push(no_answer(number("A"), desk.now));
    }
    desk.keep(&batch);
    let ages: Vec<_> = desk.case("A").evidence.iter().map(|kept| kept.evidence.observed_at).collect();
    let ago = |minutes| desk.now - SignedDuration::from_mins(minutes);
    let newest = [0, 15, 30, 45, 60, 75].map(ago);
    assert_eq!(ages[..6], newest);
    assert_eq!(ages[6..], [ago(4 * 60), answered, oldest], "four hours apart, and what was answered");
    desk.assert_sound();
}

#[test]
fn what_is_wanted_comes_in_pages_and_goes_with_the_last_undecided_filing() {
    let mut desk = Desk::new();
    desk.import(&["A", "B"].map(item));
    desk.keep(&[registry(number("A"), desk.now, RegistryStatus::Active)]);
    let mut wants = Vec::new();
    for gatherer in Gatherer::ALL {
        let mut after = None;
        loop {
            let page = desk.store.wants(*gatherer, after.as_ref(), 1).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.subject.clone());
            wants.extend(page);
        }
    }
    let registries: Vec<_> = wants.iter().filter(|want| want.gatherer == Gatherer::Registry).collect();
    let newest: Vec<_> = registries.iter().map(|want| (&want.subject, want.newest)).collect();
    assert!(newest.contains(&(&number("A"), Some((desk.now, 1)))) && newest.contains(&(&number("B"), None)));
    // A photo of a person has pixels and no text.
    assert_eq!(wants.iter().filter(|want| want.gatherer == Gatherer::Pixels).count(), 2);
    assert!(!wants.iter().any(|want| want.gatherer == Gatherer::Text));
    // Nobody's face or call is for a machine.
    assert!(desk.store.wants_of("A").unwrap().iter().all(|want| want.gatherer.is_automatic()));

    desk.decide("B", Conclusion::Pass, "wang").unwrap();
    let left = desk.store.wants(Gatherer::Registry, None, 100).unwrap();
    assert!(left.iter().all(|want| want.subject != number("B")));
    assert!(desk.store.wants_of("B").unwrap().iter().any(|want| want.subject == number("B")));
}

#[test]
fn a_new_revision_is_found_by_its_own_subjects() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    desk.keep(&[registry(number("A"), desk.now, RegistryStatus::Active)]);
    let mut corrected = item("A");
    corrected.filing.entity.certificate_number = item("B").filing.entity.certificate_number;
    desk.import(&[corrected]);
    desk.judge_all();
    assert_eq!(desk.case("A").evidence, []);
    desk.keep(&[registry(number("A"), desk.now, RegistryStatus::Revoked)]);
    assert_eq!(desk.waiting(), [""; 0]);
    desk.keep(&[registry(number("B"), desk.now, RegistryStatus::Active)]);
    assert_eq!(desk.waiting(), ["A"]);
    desk.assert_sound();
}

#[test]
fn readings_come_with_their_text_and_are_kept_by_version() {
    let mut desk = Desk::new();
    desk.import(&[item("A")]);
    let hit = WordHit {
        list: "pre-approval".into(),
        group: "news".into(),
        word: "新闻".into(),
        written: None,
        line: 3,
        lines: 1,
        last: 3,
    };
    let reading = PageReading {
        text_sha256: "ab".into(),
        lists: "1".into(),
        hits: vec![hit],
        ..PageReading::default()
    };
    let gathered = Gathered {
        readings: vec![reading.clone()],
        ..registry(number("A"), desk.now, RegistryStatus::Active)
    };
    desk.keep(&[gathered]);
    assert_eq!(desk.store.page_reading("ab", "1").unwrap(), Some(reading));
    assert_eq!(desk.store.page_reading("ab", "2").unwrap(), None);
}

#[test]
fn a_changed_or_missing_piece_is_found() {
    let tampered = |sql: &str| {
        let mut desk = Desk::new();
        desk.import(&["A", "B"].map(item));
        let fault = Fault::new(FaultKind::Timeout, "样例");
        let photo = Subject::Attachment(item("A").attachments[0].sha256.clone());
        let pixels = Evidence {
            observation: Observation::Pixels(PixelInspection::NoAnswer(fault)),
            subject: photo,
            ..registry(number("A"), desk.now, RegistryStatus::Active).evidence
        };
        desk.keep(&[registry(number("A"), desk.now, RegistryStatus::Active), pixels.into()]);
        desk.assert_sound();
        let raw = Connection::open(desk.folder.path().join("heyan.db")).unwrap();
        raw.execute_batch(
            "PRAGMA foreign_keys = OFF;
             DROP TRIGGER evidence_is_not_changed; DROP TRIGGER evidence_is_not_removed;",
        )
        .unwrap();
        raw.execute_batch(sql).unwrap();
        desk.store.verify(&mut |_| ()).unwrap().problems
    };
    for sql in [
        "UPDATE evidence SET body = replace(body, 'active', 'revoked') WHERE gatherer = 'registry'",
        "UPDATE evidence SET subject = 'number:X' WHERE gatherer = 'registry'",
        "UPDATE evidence SET observed_at = '2026-03-01T00:00:00.000Z' WHERE gatherer = 'pixels'",
        "UPDATE evidence SET version = 9 WHERE gatherer = 'pixels'",
        "UPDATE evidence SET means = 'person' WHERE gatherer = 'pixels'",
        "UPDATE evidence SET entry = 1 WHERE gatherer = 'pixels'",
    ] {
        assert!(matches!(&tampered(sql)[..], [Problem::EvidenceChanged { .. }]), "{sql}");
    }
    let gone = tampered("DELETE FROM evidence WHERE gatherer = 'pixels'");
    assert!(matches!(&gone[..], [Problem::EvidenceMissing { .. }]), "{gone:?}");
    assert_eq!(tampered("DELETE FROM filing_subject WHERE filing_id = 2"), [Problem::SubjectsDiffer]);
}

fn photo(key: &str) -> Subject {
    let facts = item(key).attachments;
    let photo = facts.iter().find(|fact| fact.kind == AttachmentKind::BackdropPhoto).unwrap();
    Subject::Attachment(photo.sha256.clone())
}

fn looks_like(key: &str, hash: u64, cell: impl Fn(u32) -> u32) -> Gathered {
    let facts = PixelFacts {
        width: 800,
        height: 600,
        taken_at: None,
        software: None,
        sharpness: 400,
        brightness: 100,
        dark_permille: 0,
        bright_permille: 0,
        glare: None,
        tone: PictureTone::Colour,
        look: format!("{hash:016x}"),
        cells: (0..144).map(|place| format!("{:02x}", cell(place * 37 % 200))).collect(),
        faces: Vec::new(),
    };
    Evidence {
        version: 1,
        subject: photo(key),
        means: Means::Machine,
        source: "heyan".into(),
        observed_at: START.parse().unwrap(),
        allowed_networks: Vec::new(),
        observation: Observation::Pixels(PixelInspection::Seen(facts)),
    }
    .into()
}

#[test]
fn photos_that_look_the_same_are_related_and_judged_again() {
    const HASH: u64 = 0xe0e0_88c0_f096_f0e8;
    let mut desk = Desk::new();
    desk.import(&["A", "B", "C", "D", "E"].map(item));
    desk.keep(&[
        looks_like("A", HASH, |cell| cell),
        looks_like("C", HASH, |cell| 199 - cell),
        looks_like("D", !HASH, |cell| cell),
        looks_like("E", 0, |cell| cell),
    ]);
    desk.judge_all();
    desk.keep(&[looks_like("B", HASH ^ 0b101, |cell| cell + 20)]);
    assert_eq!(desk.waiting(), ["A", "B"], "the other filing has news, too");
    let related = |key: &str| -> Vec<_> {
        desk.case(key)
            .relations
            .into_iter()
            .filter(|relation| relation.kind == RelationKind::Look)
            .map(|relation| relation.filing)
            .collect()
    };
    assert_eq!((related("A"), related("B")), (vec!["B".to_owned()], vec!["A".to_owned()]));
    let compared = desk.store.elsewhere("A", &[]).unwrap();
    let [other] = &compared[..] else { panic!("{compared:?}") };
    let like = desk.case("A").attachments[0].sha256.clone();
    assert_eq!(other.from, Origin::Filing { source: "样例台".into(), key: "B".into(), like });
    assert_eq!(other.facts, desk.case("B").attachments[0]);
    assert_eq!(other.pixels.as_ref().map(|facts| facts.width), Some(800));
    for stranger in ["C", "D", "E"] {
        assert_eq!(related(stranger), [""; 0], "{stranger}");
        assert_eq!(desk.elsewhere(stranger, &[]), [""; 0], "{stranger}");
    }
    desk.assert_sound();
}
