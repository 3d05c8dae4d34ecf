use super::*;
use crate::domain::evidence::{
    DnsAnswers, Evidence, Fault, FaultKind, HostAnswers, RegistrationAnswer, RegistryAnswer,
};
use crate::domain::finding::{Section, Status};
use crate::domain::message::Message;
use crate::domain::object::Object;

fn at(hour: i8) -> Timestamp {
    format!("2026-11-23T{hour:02}:00:00Z").parse().unwrap()
}

fn resolved(observed_at: Timestamp, means: Means, ipv4: Answer<std::net::Ipv4Addr>) -> KeptEvidence {
    let ipv6 = if matches!(ipv4, Answer::Timeout) { Answer::Timeout } else { Answer::NoData };
    let host = HostAnswers { host: "yangli.example".into(), aliases: Vec::new(), ipv4, ipv6 };
    let answers = DnsAnswers { hosts: vec![host], name_servers: Answer::NoData };
    observed(observed_at, means, Observation::Dns(answers))
}

fn observed(observed_at: Timestamp, means: Means, observation: Observation) -> KeptEvidence {
    let evidence = Evidence {
        version: 1,
        subject: Subject::Domain("yangli.example".into()),
        means,
        source: "192.0.2.53".into(),
        observed_at,
        allowed_networks: Vec::new(),
        observation,
    };
    KeptEvidence { id: evidence.sealed().0, evidence }
}

fn found(last: u8) -> Answer<std::net::Ipv4Addr> {
    Answer::Found(vec![std::net::Ipv4Addr::new(203, 0, 113, last)])
}

fn not_ours() -> ReasonUse {
    ReasonUse::new("ACC-IP-NOT-OURS", Object::Domain("yangli.example".into()))
}

fn finding(status: Status, observed: &str, of: &KeptEvidence) -> Finding {
    Finding {
        check: "resolution".into(),
        version: 1,
        status,
        section: Section::Access,
        object: Object::Domain("yangli.example".into()),
        message: Message::new("checks.resolution").with("at", of.evidence.observed_at),
        observed: Some(observed.into()),
        expected: None,
        evidence: vec![EvidenceRef::kept(of)],
        proposes: if status == Status::Fail { vec![not_ours()] } else { Vec::new() },
    }
}

#[test]
fn only_old_answers_that_a_chosen_reason_rests_on_are_asked_again() {
    let other = ReasonUse::new("DOM-EXPIRED", Object::Domain("yangli.example".into()));
    for (case, means, hour, reasons, expected) in [
        ("old", Means::Machine, 1, vec![not_ours()], 1),
        ("exactly as old as is allowed", Means::Machine, 2, vec![not_ours()], 0),
        ("fresh", Means::Machine, 9, vec![not_ours()], 0),
        ("another reason", Means::Machine, 1, vec![other.clone()], 0),
        ("no reason", Means::Machine, 1, vec![], 0),
        ("a person's", Means::Person, 1, vec![not_ours()], 1),
        ("a sample, made up", Means::Sample, 1, vec![not_ours()], 0),
        ("an extract", Means::Import, 1, vec![not_ours()], 0),
    ] {
        let kept = resolved(at(hour), means, found(9));
        let findings = [finding(Status::Fail, "203.0.113.9", &kept)];
        let wants = too_old(&reasons, &findings, std::slice::from_ref(&kept), 8, at(10));
        assert_eq!(wants.len(), expected, "{case}");
        let silence = outcome(&reasons, &findings, &findings, &wants, &[kept]);
        let unheard = if wants.is_empty() { Recheck::Stands } else { Recheck::NotAnswered(wants) };
        assert_eq!(silence, unheard, "{case}: what was there before is no answer to asking again");
    }
}

#[test]
fn a_newer_look_makes_the_old_one_fresh() {
    let (old, new) = (resolved(at(1), Means::Machine, found(9)), resolved(at(9), Means::Person, found(9)));
    let findings = [finding(Status::Fail, "203.0.113.9", &old)];
    assert_eq!(too_old(&[not_ours()], &findings, &[new, old], 8, at(10)), []);
}

#[test]
fn what_was_asked_again_stands_has_changed_or_stays_unknown() {
    let old = resolved(at(1), Means::Machine, found(9));
    let before = [finding(Status::Fail, "203.0.113.9", &old)];
    let reasons = [not_ours()];
    let wants = too_old(&reasons, &before, std::slice::from_ref(&old), 8, at(10));
    let judged = |answer: Answer<std::net::Ipv4Addr>, status, observed: &str| {
        let new = resolved(at(10), Means::Machine, answer);
        let now = [finding(status, observed, &new)];
        outcome(&reasons, &before, &now, &wants, &[new, old.clone()])
    };
    assert_eq!(judged(found(9), Status::Fail, "203.0.113.9"), Recheck::Stands);
    assert!(
        matches!(judged(found(7), Status::Pass, "203.0.113.7"), Recheck::Changed(changed) if changed.len() == 1)
    );
    assert!(matches!(judged(found(8), Status::Fail, "203.0.113.8"), Recheck::Changed(_)), "another address");
    assert_eq!(judged(Answer::Timeout, Status::NotRun, ""), Recheck::NotAnswered(wants.clone()));
    let silence = outcome(&reasons, &before, &before, &wants, std::slice::from_ref(&old));
    assert_eq!(silence, Recheck::NotAnswered(wants.clone()), "nothing came");
    assert_eq!(names(&wants), ["dns domain:yangli.example"]);
}

#[test]
fn a_finding_that_is_gone_has_changed() {
    let old = resolved(at(1), Means::Machine, found(9));
    let new = resolved(at(10), Means::Machine, Answer::NoSuchName);
    let before = [finding(Status::Fail, "203.0.113.9", &old)];
    let reasons = [not_ours()];
    let wants = too_old(&reasons, &before, std::slice::from_ref(&old), 8, at(10));
    let Recheck::Changed(changed) = outcome(&reasons, &before, &[], &wants, &[new, old]) else {
        panic!("nothing changed");
    };
    assert_eq!(changed[0].now, None);
}

#[test]
fn an_old_answer_that_stands_in_for_silence_confirms_nothing() {
    let silence = || Fault::new(FaultKind::Timeout, "203.0.113.53");
    let registration =
        |result| Observation::Registration(RegistrationAnswer { result, answer: String::new() });
    let registry = |result| Observation::Registry(RegistryAnswer { result });
    for (kind, said, unsaid) in [
        (
            "registration",
            registration(RegistrationResult::NotRegistered { line: None }),
            registration(RegistrationResult::NoAnswer(silence())),
        ),
        ("registry", registry(RegistryResult::NotFound), registry(RegistryResult::NoAnswer(silence()))),
    ] {
        let old = observed(at(1), Means::Machine, said);
        let new = observed(at(10), Means::Machine, unsaid);
        let before = [finding(Status::Fail, "nothing", &old)];
        let reasons = [not_ours()];
        let wants = too_old(&reasons, &before, std::slice::from_ref(&old), 8, at(10));
        assert_eq!(wants.len(), 1, "{kind}");
        let evidence = [new.clone(), old.clone()];
        let came = |now: &Finding| outcome(&reasons, &before, std::slice::from_ref(now), &wants, &evidence);
        assert_eq!(came(&before[0]), Recheck::NotAnswered(wants.clone()), "{kind}: the old one stands in");
        let silent_too = finding(Status::Fail, "nothing", &new);
        assert_eq!(came(&silent_too), Recheck::Stands, "{kind}: the silence is what it rests on");
    }
}
