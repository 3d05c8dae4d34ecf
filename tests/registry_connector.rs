//! The registry connector over the guard against a service on loopback.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "peers/http.rs"]
mod http;
#[path = "peers/names.rs"]
mod names;

use std::sync::Arc;
use std::time::Duration;

use heyan::domain::evidence::{FaultKind, Observation, RegistryResult, RegistryStatus, Subject};
use heyan::domain::registry_query::{JsonPath, UrlTemplate};
use heyan::evidence::Source;
use heyan::evidence::guard::{Guard, GuardOptions};
use heyan::evidence::registry::{Connector, Header, Reading, Settings};
use http::{Part, Peer, answer, redirect};
use names::Names;

const SECRET: &str = "Bearer sample-secret";
const NUMBER: &str = "91440300MA00000077";
const BODY: &str =
    r#"{"items":[{"name":"深圳市样例科技有限公司","code":"91440300MA00000077","state":"存续"}]}"#;

fn connector(peer: &Peer, ports: &[u16], timeout: Duration) -> Connector<Guard> {
    let options = GuardOptions {
        ports: ports.to_vec(),
        allow_networks: vec!["127.0.0.1/32".parse().unwrap()],
        ..GuardOptions::default()
    };
    let guard = Guard::new(options, Arc::new(Names::here(&["registry.example", "other.example"]))).unwrap();
    let path = |text: &str| JsonPath::try_from(text.to_owned()).unwrap();
    let template = |rest: &str| {
        UrlTemplate::try_from(format!("http://registry.example:{}/{rest}", peer.port())).unwrap()
    };
    let settings = Settings {
        number_url: template("entity?code={number}"),
        name_url: template("named/{name}"),
        headers: vec![Header::new("Authorization", SECRET)],
        networks: Vec::new(),
        reading: Reading {
            name: path("items[0].name"),
            number: path("items[0].code"),
            status: path("items[0].state"),
            found: path("items"),
            ..Reading::default()
        },
        timeout,
        body_bytes: 10_000,
    };
    Connector::new(settings, guard)
}

#[tokio::main(flavor = "current_thread")]
async fn ask(connector: &Connector<Guard>, subject: &str) -> (RegistryResult, String) {
    let subject: Subject = subject.parse().unwrap();
    let gathered = connector.ask(&subject, "2026-11-23T02:00:00Z".parse().unwrap()).await;
    let (_, text) = gathered.evidence.sealed();
    match gathered.evidence.observation {
        Observation::Registry(answer) => (answer.result, text),
        other => panic!("{other:?}"),
    }
}

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_service_is_asked_with_its_header_and_answers() {
    let peer = Peer::start(|asked| match asked.target.starts_with("/entity") {
        true => answer("200 OK", &[("Content-Type", "application/json")], BODY),
        false => answer("200 OK", &[], r#"{"items":[]}"#),
    });
    let connector = connector(&peer, &[peer.port()], LONG);
    let (result, text) = ask(&connector, &format!("number:{NUMBER}"));
    let RegistryResult::Found(record) = result else { panic!("{result:?}") };
    assert_eq!((record.status, record.number.as_str()), (RegistryStatus::Active, NUMBER));
    assert!(text.contains(&format!("\"source\":\"registry.example:{}\"", peer.port())), "{text}");
    assert!(text.contains("127.0.0.1/32"), "what the policy allowed is recorded: {text}");
    let asked = &peer.asked()[0];
    assert_eq!(asked.target, format!("/entity?code={NUMBER}"));
    assert!(asked.head.to_lowercase().contains(&SECRET.to_lowercase()), "{}", asked.head);

    assert_eq!(ask(&connector, "name:样例公司").0, RegistryResult::NotFound);
    assert_eq!(peer.asked()[1].target, "/named/%E6%A0%B7%E4%BE%8B%E5%85%AC%E5%8F%B8");
}

#[test]
fn a_header_does_not_follow_to_another_host() {
    let other = Peer::start(|_| answer("200 OK", &[], BODY));
    let elsewhere = format!("http://other.example:{}/x", other.port());
    let peer = Peer::start(move |_| redirect(&elsewhere));
    let connector = connector(&peer, &[peer.port(), other.port()], LONG);
    let (result, _) = ask(&connector, &format!("number:{NUMBER}"));
    assert!(matches!(result, RegistryResult::Found(_)), "{result:?}");
    assert!(!other.asked()[0].head.contains(SECRET), "{}", other.asked()[0].head);
}

#[test]
fn whatever_goes_wrong_is_a_fault_without_the_secret() {
    let silent = Peer::start(|_| vec![Part::Silence]);
    let endless =
        Peer::start(|_| vec![Part::Bytes(http::head("200 OK", &[], None)), Part::Endless(vec![b' '; 4_096])]);
    for (peer, ports, timeout, kind) in [
        (&silent, vec![silent.port()], Duration::from_millis(200), FaultKind::Timeout),
        (&endless, vec![endless.port()], LONG, FaultKind::TooLarge),
        (&endless, vec![1], LONG, FaultKind::Guarded),
    ] {
        let (result, text) = ask(&connector(peer, &ports, timeout), &format!("number:{NUMBER}"));
        let RegistryResult::NoAnswer(fault) = result else { panic!("{result:?}") };
        assert_eq!(fault.kind, kind, "{fault:?}");
        assert!(!text.contains("sample-secret"), "{text}");
    }
}
