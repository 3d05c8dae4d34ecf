//! Registrations over real sockets: names come from the DNS peer, answers from WHOIS and RDAP peers.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use encoding_rs::GB18030;
use heyan::domain::evidence::{
    Evidence, FaultKind, Holder, Observation, Registration, RegistrationAnswer, RegistrationResult, Stated,
};
use heyan::evidence::guard::GuardOptions;
use heyan::evidence::registration::{RegistrationSources, Registrations};
use jiff::civil::date;

use super::dns_peer::{DnsPeer, Zone};
use super::rdap_peer::{self, RdapPeer};
use super::whois_peer::{Say, WhoisPeer};
use super::{asked, resolver};

const ANSWER: &str = "Domain Name: a.example\r\nDomain Status: ok\r\nRegistrant: 样例科技有限公司\r\n\
Registrant Contact Email: someone@a.example\r\nSponsoring Registrar: 样例注册商有限公司\r\n\
Registration Time: 2010-01-02 03:04:05\r\nExpiration Time: 2027-01-02 03:04:05\r\n";

/// Everything on loopback: names that lead here, servers by suffix, and what may be reached.
struct Setup {
    names: Vec<(&'static str, &'static str)>,
    whois: Vec<(&'static str, String)>,
    bootstrap: Option<String>,
    port: u16,
    allowed: bool,
    patience: Duration,
}

impl Setup {
    /// `.example` is asked of this server.
    fn of(peer: &WhoisPeer) -> Setup {
        Setup {
            names: vec![("whois.registry.test", "127.0.0.1")],
            whois: vec![("example", format!("whois.registry.test:{}", peer.port()))],
            ..Setup::by_referral(peer)
        }
    }

    /// Nobody is known for `.example`; servers that name no port are asked at this one's.
    fn by_referral(peer: &WhoisPeer) -> Setup {
        Setup {
            names: vec![("whois.iana.org", "127.0.0.1")],
            whois: Vec::new(),
            bootstrap: None,
            port: peer.port(),
            allowed: true,
            patience: Duration::from_secs(5),
        }
    }

    fn ask(&self, domain: &str) -> Evidence {
        let zone = self.names.iter().fold(Zone::new(), |zone, (name, address)| zone.address(name, address));
        let dns = DnsPeer::start(zone);
        let folder = tempfile::tempdir().unwrap();
        let bootstrap = self.bootstrap.as_ref().map(|base| {
            let path = folder.path().join("dns.json");
            let file = format!(r#"{{"version":"1.0","services":[[["example"],["{base}"]]]}}"#);
            std::fs::write(&path, file).unwrap();
            path
        });
        let whois: BTreeMap<String, String> =
            self.whois.iter().map(|(suffix, server)| ((*suffix).to_owned(), server.clone())).collect();
        let sources =
            RegistrationSources { bootstrap, whois, whois_port: self.port, whois_patience: self.patience };
        let allow_networks = if self.allowed { vec!["127.0.0.0/8".parse().unwrap()] } else { Vec::new() };
        let options = GuardOptions { allow_networks, ..GuardOptions::default() };
        let registrations = Registrations::new(&sources, &options, Arc::new(resolver(&[&dns]))).unwrap();
        asked(&registrations, domain)
    }
}

fn answer(evidence: &Evidence) -> &RegistrationAnswer {
    match &evidence.observation {
        Observation::Registration(answer) => answer,
        other => panic!("{other:?}"),
    }
}

fn registered(evidence: &Evidence) -> &Registration {
    match &answer(evidence).result {
        RegistrationResult::Registered(registration) => registration,
        other => panic!("{other:?}"),
    }
}

fn fault(evidence: &Evidence) -> FaultKind {
    match &answer(evidence).result {
        RegistrationResult::NoAnswer(fault) => fault.kind,
        other => panic!("{other:?}"),
    }
}

fn line<T>(evidence: &Evidence, stated: &Stated<T>) -> String {
    let at = usize::try_from(stated.line.unwrap()).unwrap() - 1;
    answer(evidence).answer.lines().nth(at).unwrap().to_owned()
}

#[test]
fn a_registry_s_answer_is_kept_with_its_source_and_without_contacts() {
    let peer = WhoisPeer::always(Say::text(ANSWER));
    let evidence = Setup::of(&peer).ask("a.example");
    assert_eq!(peer.asked(), ["a.example"]);
    assert_eq!(evidence.source, format!("whois.registry.test:{}", peer.port()));
    assert_eq!(evidence.allowed_networks, ["127.0.0.0/8"]);
    let found = registered(&evidence);
    let expires = found.expires_on.as_ref().unwrap();
    assert_eq!(expires.value, date(2027, 1, 2));
    assert_eq!(line(&evidence, expires), "Expiration Time: 2027-01-02 03:04:05");
    let Holder::Named(holder) = &found.holder else { panic!("{found:?}") };
    assert_eq!(line(&evidence, holder), "Registrant: 样例科技有限公司");
    assert!(!answer(&evidence).answer.contains('@'));
}

#[test]
fn gbk_and_slow_answers_are_read_like_others() {
    let gbk = GB18030.encode(ANSWER).0.into_owned();
    for say in [Say::Bytes(gbk), Say::Trickle(ANSWER.to_owned())] {
        let evidence = Setup::of(&WhoisPeer::always(say)).ask("a.example");
        let registrar = registered(&evidence).registrar.as_ref().unwrap();
        assert_eq!(registrar.value, "样例注册商有限公司");
    }
}

#[test]
fn nobody_s_domain_and_a_kept_one_are_two_things() {
    let of =
        |text: &str| answer(&Setup::of(&WhoisPeer::always(Say::text(text))).ask("a.example")).result.clone();
    assert_eq!(of("No matching record.\r\n"), RegistrationResult::NotRegistered { line: Some(1) });
    assert_eq!(
        of("\r\nThe domain you requested is prohibited.\r\n"),
        RegistrationResult::Reserved { line: Some(2) }
    );
}

#[test]
fn what_is_no_answer_is_a_fault_and_never_a_verdict() {
    for (say, expected) in [
        (Say::text(""), FaultKind::Protocol),
        (Say::text("welcome to port 43\r\n"), FaultKind::Protocol),
        (Say::text("Queried interval is too short.\r\n"), FaultKind::Limited),
        (Say::text(&ANSWER.replace("a.example", "b.example")), FaultKind::Protocol),
        (Say::Cut("Domain Name: a.example\r\nRegistr".to_owned()), FaultKind::Unreachable),
        (Say::Endless("No matching record.\r\n".to_owned()), FaultKind::TooLarge),
        (Say::Silence, FaultKind::Timeout),
    ] {
        let patience =
            if matches!(say, Say::Silence) { Duration::from_millis(200) } else { Duration::from_secs(20) };
        let peer = WhoisPeer::always(say.clone());
        let evidence = Setup { patience, ..Setup::of(&peer) }.ask("a.example");
        assert_eq!(fault(&evidence), expected, "{say:?}");
        assert!(answer(&evidence).answer.len() < 10_000);
    }
}

#[test]
fn a_server_in_a_private_place_is_not_asked() {
    let peer = WhoisPeer::always(Say::text(ANSWER));
    let evidence = Setup { allowed: false, ..Setup::of(&peer) }.ask("a.example");
    assert_eq!(fault(&evidence), FaultKind::Guarded);
    assert!(peer.asked().is_empty());
}

#[test]
fn the_root_refers_to_the_registry_of_an_unknown_suffix() {
    let both = in_turn(&[
        "% IANA WHOIS server\r\nrefer:        whois.nic.example\r\n\r\ndomain:       EXAMPLE\r\n",
        ANSWER,
    ]);
    let mut setup = Setup::by_referral(&both);
    setup.names.push(("whois.nic.example", "127.0.0.1"));
    let evidence = setup.ask("a.example");
    assert_eq!(evidence.source, format!("whois.nic.example:{}", both.port()));
    assert_eq!(registered(&evidence).expires_on.as_ref().unwrap().value, date(2027, 1, 2));
    assert_eq!(both.asked().len(), 2);

    let silent = WhoisPeer::always(Say::text("domain: EXAMPLE\r\n"));
    assert_eq!(fault(&Setup::by_referral(&silent).ask("a.example")), FaultKind::NoSource);
    let limited = WhoisPeer::always(Say::text("% Query rate limit exceeded\r\n"));
    assert_eq!(fault(&Setup::by_referral(&limited).ask("a.example")), FaultKind::Limited);
}

#[test]
fn a_referral_leads_once_and_only_to_where_it_may() {
    let circle = WhoisPeer::always(Say::text("refer: whois.next.example\r\n"));
    let mut setup = Setup::by_referral(&circle);
    setup.names.push(("whois.next.example", "127.0.0.1"));
    assert_eq!(fault(&setup.ask("a.example")), FaultKind::Protocol);
    assert_eq!(circle.asked().len(), 2);

    for inward in ["10.0.0.1", "192.168.1.1", "169.254.169.254", "::1"] {
        let mut setup = Setup::by_referral(&circle);
        setup.names.push(("whois.next.example", inward));
        assert_eq!(fault(&setup.ask("a.example")), FaultKind::Guarded, "{inward}");
    }
}

/// A registry that knows no holder.
const THIN: &str = "Domain Name: A.EXAMPLE\r\nRegistrar WHOIS Server: whois.registrar.example\r\n\
Registrar: Example Registrar\r\nRegistry Expiry Date: 2027-01-02T03:04:05Z\r\nDomain Status: ok\r\n";

#[test]
fn the_registrar_tells_what_a_thin_registry_does_not_know() {
    let registrar = ANSWER.replace("2027", "2028");
    let both = in_turn(&[THIN, &registrar]);
    let mut setup = Setup::of(&both);
    setup.names.push(("whois.registrar.example", "127.0.0.1"));
    let evidence = setup.ask("a.example");
    let port = both.port();
    assert_eq!(evidence.source, format!("whois.registry.test:{port}, whois.registrar.example:{port}"));
    let found = registered(&evidence);
    let Holder::Named(holder) = &found.holder else { panic!("{found:?}") };
    assert_eq!(line(&evidence, holder), "Registrant: 样例科技有限公司");
    let expires = found.expires_on.as_ref().unwrap();
    assert_eq!(
        line(&evidence, expires),
        "Registry Expiry Date: 2027-01-02T03:04:05Z",
        "the registry's word stands"
    );
    assert_eq!(found.registrar.as_ref().unwrap().value, "Example Registrar");
    assert_eq!(
        line(&evidence, found.registered_on.as_ref().unwrap()),
        "Registration Time: 2010-01-02 03:04:05"
    );
}

#[test]
fn what_the_registry_knows_stays_when_the_registrar_does_not_answer() {
    for (second, said) in [
        ("Queried interval is too short.", "limited"),
        ("No matching record.", "does not know"),
        ("", "empty"),
    ] {
        let both = in_turn(&[THIN, second]);
        let mut setup = Setup::of(&both);
        setup.names.push(("whois.registrar.example", "127.0.0.1"));
        let evidence = setup.ask("a.example");
        assert_eq!(registered(&evidence).holder, Holder::NotGiven);
        let last = answer(&evidence).answer.lines().last().unwrap();
        assert!(last.starts_with("% whois.registrar.example") && last.contains(said), "{last}");
    }
    let inward = WhoisPeer::always(Say::text(THIN));
    let mut setup = Setup::of(&inward);
    setup.names.push(("whois.registrar.example", "10.0.0.1"));
    let evidence = setup.ask("a.example");
    assert!(answer(&evidence).answer.lines().last().unwrap().contains("guarded"));
    assert_eq!(inward.asked().len(), 1);
}

/// One answer after the other, the last one for ever.
fn in_turn(answers: &[&str]) -> WhoisPeer {
    let answers: Vec<Say> = answers.iter().map(|text| Say::text(text)).collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    WhoisPeer::start(move |_| {
        let at = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        answers[at.min(answers.len() - 1)].clone()
    })
}

#[test]
fn rdap_is_asked_where_the_registry_has_it() {
    let whois = WhoisPeer::always(Say::text("never"));
    let known = rdap_peer::domain("A.EXAMPLE", "Example Registrar", "2027-01-02T03:04:05Z");
    let rdap = RdapPeer::knowing(&[("a.example", 200, known), ("busy.example", 429, serde_json::json!({}))]);
    let setup = Setup {
        names: vec![("rdap.registry.test", "127.0.0.1")],
        bootstrap: Some(rdap.base("rdap.registry.test")),
        ..Setup::by_referral(&whois)
    };
    let evidence = setup.ask("a.example");
    assert_eq!(evidence.source, format!("{}domain/a.example", rdap.base("rdap.registry.test")));
    let expires = registered(&evidence).expires_on.as_ref().unwrap();
    assert_eq!(line(&evidence, expires), "event expiration: 2027-01-02T03:04:05Z");
    assert!(rdap.heads()[0].to_lowercase().contains("accept: application/rdap+json"), "{:?}", rdap.heads());
    assert_eq!(answer(&setup.ask("b.example")).result, RegistrationResult::NotRegistered { line: Some(1) });
    assert_eq!(fault(&setup.ask("busy.example")), FaultKind::Limited);
    assert!(whois.asked().is_empty());
}

#[test]
fn whois_answers_where_rdap_does_not() {
    let whois = WhoisPeer::always(Say::text(ANSWER));
    let rdap = RdapPeer::knowing(&[("a.example", 500, serde_json::json!({}))]);
    let mut setup = Setup::of(&whois);
    setup.names.push(("rdap.registry.test", "127.0.0.1"));
    setup.bootstrap = Some(rdap.base("rdap.registry.test"));
    let evidence = setup.ask("a.example");
    assert_eq!(evidence.source, format!("whois.registry.test:{}", whois.port()));
    assert_eq!(registered(&evidence).expires_on.as_ref().unwrap().value, date(2027, 1, 2));
    let last = answer(&evidence).answer.lines().last().unwrap();
    assert!(last.starts_with("% RDAP: protocol") && last.contains("500"), "{last}");

    let silent = WhoisPeer::always(Say::text(""));
    let neither = Setup { whois: Setup::of(&silent).whois, ..setup };
    let evidence = neither.ask("a.example");
    assert_eq!(fault(&evidence), FaultKind::Protocol);
    assert!(evidence.source.contains("/domain/a.example, whois.registry.test"), "{}", evidence.source);
}
