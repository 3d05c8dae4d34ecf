//! What the checks that look at evidence of a domain say together.

use crate::checks::fixture::{Sample, bare};
use crate::checks::registration::samples::{answered, registered, registration};
use crate::checks::{ALL, judge};
use crate::domain::evidence::{
    Answer, DnsAnswers, Fault, FaultKind, HostAnswers, Observation, RegistrationResult, Stated, Subject,
    Visit, VisitEnd, WebsiteVisits,
};
use crate::domain::filing::{AttachmentKind, DomainCertificateTranscript, OrderType, Transcript};
use crate::domain::finding::Status;
use crate::domain::object::ReasonUse;
use crate::domain::reasons::Catalogue;

const DOMAIN: &str = "yangli.example";

fn subject() -> Subject {
    Subject::domain(DOMAIN).unwrap()
}

fn nowhere(sample: &mut Sample, hours: i64) {
    let (ipv4, ipv6) = (Answer::NoSuchName, Answer::NoSuchName);
    let host = HostAnswers { host: DOMAIN.into(), aliases: Vec::new(), ipv4, ipv6 };
    let answers = DnsAnswers { hosts: vec![host], name_servers: Answer::NoSuchName };
    sample.knows(subject(), hours, Observation::Dns(answers));
}

fn at(sample: &mut Sample, hours: i64, address: &str) {
    let (ipv4, ipv6) = (Answer::Found(vec![address.parse().unwrap()]), Answer::NoData);
    let host = HostAnswers { host: DOMAIN.into(), aliases: Vec::new(), ipv4, ipv6 };
    let answers = DnsAnswers { hosts: vec![host], name_servers: Answer::NoData };
    sample.knows(subject(), hours, Observation::Dns(answers));
}

fn ends(sample: &mut Sample, hours: i64, end: VisitEnd) {
    let url = "http://yangli.example/".to_owned();
    let visits = vec![Visit { url, hops: Vec::new(), end, certificate: None }];
    sample.knows(subject(), hours, Observation::Website(WebsiteVisits { visits, pages: Vec::new() }));
}

fn down() -> VisitEnd {
    VisitEnd::NoAnswer(Fault::new(FaultKind::Refused, "192.0.2.1"))
}

/// A name and what happened.
type Story = (&'static str, fn(&mut Sample));

/// A certificate that has run out, of another holder.
fn old_paper(sample: &mut Sample) {
    sample.filing.attachments.push(bare(AttachmentKind::DomainCertificate));
    sample.facts.push(sample.facts[0].clone());
    sample.attachment(AttachmentKind::DomainCertificate).transcript =
        Some(Transcript::DomainCertificate(DomainCertificateTranscript {
            domain: Some(DOMAIN.into()),
            holder: Some("别的样例有限公司".into()),
            holder_certificate_number: None,
            registrar: None,
            registered_on: None,
            expires_on: Some(jiff::civil::date(2026, 12, 1)),
        }));
}

fn proposed(sample: &Sample, status: Status) -> Vec<ReasonUse> {
    // Holds every sentence to the rules of all, too.
    let findings = ALL.iter().flat_map(|check| sample.findings(*check));
    findings.filter(|finding| finding.status == status).flat_map(|finding| finding.proposes).collect()
}

#[test]
fn no_two_of_their_proposals_contradict_each_other() {
    let stories: [Story; 5] = [
        ("gone", |s| {
            answered(s, 1, RegistrationResult::NotRegistered { line: Some(1) });
            nowhere(s, 9);
            nowhere(s, 1);
            ends(s, 9, VisitEnd::NotResolved);
            ends(s, 1, VisitEnd::NotResolved);
        }),
        ("expired", |s| {
            answered(s, 1, RegistrationResult::Registered(registration()));
            let day = jiff::civil::date(2026, 11, 1);
            registered(s).expires_on = Some(Stated { value: day, line: None });
            nowhere(s, 9);
            nowhere(s, 1);
            ends(s, 9, down());
            ends(s, 1, down());
        }),
        ("moved and down", |s| {
            at(s, 9, "203.0.113.1");
            at(s, 1, "203.0.113.1");
            ends(s, 9, down());
            ends(s, 1, down());
        }),
        ("back after a while", |s| {
            nowhere(s, 9);
            nowhere(s, 5);
            at(s, 1, "10.0.0.1");
            ends(s, 1, down());
        }),
        ("nothing but the paper", |_| {}),
    ];
    let catalogue = Catalogue::shipped();
    for (story, tell) in stories {
        for order in OrderType::ALL {
            let mut sample = Sample::enterprise();
            sample.filing.order_type = *order;
            old_paper(&mut sample);
            tell(&mut sample);
            let both = [proposed(&sample, Status::Fail), proposed(&sample, Status::Warn)].concat();
            for one in &both {
                let reason = catalogue.get(&one.code).unwrap();
                assert!(reason.allows(&one.object), "{story}, {order}: {one}");
                for other in both.iter().filter(|other| other.object == one.object) {
                    let contradict = catalogue.contradict(&one.code, &other.code);
                    assert!(!contradict, "{story}, {order}: {one} and {other}");
                }
            }
        }
    }
}

#[test]
fn a_name_that_leads_nowhere_is_said_once() {
    let mut sample = Sample::enterprise();
    nowhere(&mut sample, 9);
    nowhere(&mut sample, 1);
    ends(&mut sample, 9, VisitEnd::NotResolved);
    ends(&mut sample, 1, VisitEnd::NotResolved);
    let findings = judge(&sample.case());
    let said: Vec<&str> = findings
        .iter()
        .filter(|finding| !finding.proposes.is_empty())
        .map(|finding| finding.message.id.as_str())
        .collect();
    assert_eq!(said, ["checks.resolution_none"], "a page that cannot be read proposes nothing");
}
