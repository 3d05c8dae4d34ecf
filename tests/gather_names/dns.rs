//! Every outcome of a resolution.

use std::net::IpAddr;
use std::time::Duration;

use heyan::domain::evidence::{Answer, DnsAnswers, FaultKind, HostAnswers, Observation};
use heyan::evidence::dns::{Dns, Patience, Resolver, Resolvers};
use heyan::evidence::guard::Lookup;
use hickory_resolver::proto::rr::RecordType;

use super::dns_peer::{DnsPeer, Trouble, Zone};
use super::{asked, resolver};

const DOMAIN: &str = "a.example";

fn answers(peers: &[&DnsPeer], domain: &str) -> DnsAnswers {
    match asked(&Dns::new(resolver(peers)), domain).observation {
        Observation::Dns(answers) => answers,
        other => panic!("{other:?}"),
    }
}

/// The domain's own host, in a zone.
fn first(zone: Zone) -> HostAnswers {
    answers(&[&DnsPeer::start(zone)], DOMAIN).hosts.swap_remove(0)
}

fn addresses(host: &HostAnswers) -> Vec<String> {
    host.addresses().map(|address| address.to_string()).collect()
}

#[test]
fn a_registrable_domain_is_asked_with_www_and_name_servers() {
    let peer = DnsPeer::start(
        Zone::new()
            .address(DOMAIN, "192.0.2.1")
            .address(DOMAIN, "192.0.2.2")
            .address(DOMAIN, "2001:db8::1")
            .name_server(DOMAIN, "NS1.dns.example")
            .alias("www.a.example", "Edge.cdn.example")
            .alias("edge.cdn.example", "node.cdn.example")
            .address("node.cdn.example", "198.51.100.7"),
    );
    let found = answers(&[&peer], DOMAIN);
    assert_eq!(found.name_servers, Answer::Found(vec!["ns1.dns.example".to_owned()]));
    let [own, www] = &found.hosts[..] else { panic!("{found:?}") };
    assert_eq!((own.host.as_str(), www.host.as_str()), (DOMAIN, "www.a.example"));
    assert_eq!(addresses(own), ["192.0.2.1", "192.0.2.2", "2001:db8::1"]);
    assert_eq!(own.aliases, [""; 0]);
    assert_eq!(addresses(www), ["198.51.100.7"]);
    assert_eq!(www.aliases, ["edge.cdn.example", "node.cdn.example"]);
    assert_eq!(www.ipv6, Answer::NoData);
}

#[test]
fn below_a_registrable_domain_there_is_no_www_and_the_name_servers_are_the_domain_s() {
    let zone = Zone::new().address("shop.a.example", "192.0.2.1").name_server(DOMAIN, "ns1.a.example");
    let peer = DnsPeer::start(zone);
    let found = answers(&[&peer], "shop.a.example");
    assert_eq!(found.hosts.len(), 1);
    assert_eq!(found.name_servers, Answer::Found(vec!["ns1.a.example".to_owned()]));
    assert_eq!(peer.count("www.shop.a.example"), 0);
}

#[test]
fn no_such_name_no_data_silence_and_failure_are_four_things() {
    for (zone, expected) in [
        (Zone::new(), Answer::NoSuchName),
        (Zone::new().empty(DOMAIN), Answer::NoData),
        (Zone::new().trouble(DOMAIN, Trouble::Silence), Answer::Timeout),
        (Zone::new().trouble(DOMAIN, Trouble::ServerFailure), Answer::ServerFailure),
    ] {
        let host = first(zone);
        assert_eq!(host.ipv4, expected);
        assert_eq!(host.is_nothing(), matches!(expected, Answer::NoSuchName | Answer::NoData));
    }
    for trouble in [Trouble::Refused, Trouble::FormatError] {
        let host = first(Zone::new().trouble(DOMAIN, trouble));
        assert!(matches!(&host.ipv4, Answer::Other(said) if !said.is_empty()), "{host:?}");
    }
}

#[test]
fn nobody_at_the_address_is_no_answer() {
    let servers = vec![DnsPeer::start(Zone::new()).address];
    let nobody = Dns::new(Resolver::new(Resolvers { servers }, super::PATIENCE).unwrap());
    let Observation::Dns(found) = asked(&nobody, DOMAIN).observation else { panic!() };
    assert!(matches!(&found.hosts[0].ipv4, Answer::Other(_) | Answer::Timeout), "{found:?}");
}

#[test]
fn one_type_may_fail_while_the_other_answers() {
    let zone = Zone::new().address(DOMAIN, "192.0.2.1");
    let host = first(zone.trouble_with(DOMAIN, RecordType::AAAA, Trouble::ServerFailure));
    assert_eq!(addresses(&host), ["192.0.2.1"]);
    assert_eq!(host.ipv6, Answer::ServerFailure);
}

#[test]
fn what_is_too_long_for_a_datagram_comes_over_tcp() {
    let zone = (1..=200).fold(Zone::new(), |zone, n| zone.address(DOMAIN, &format!("192.0.2.{n}")));
    let peer = DnsPeer::start(zone.trouble(DOMAIN, Trouble::Truncated));
    let found = answers(&[&peer], DOMAIN);
    assert_eq!(found.hosts[0].ipv4.found().len(), 200);
    assert_eq!(peer.over_tcp(), 3, "A, AAAA and NS of the one name");

    let cut = first(Zone::new().address(DOMAIN, "192.0.2.1").trouble(DOMAIN, Trouble::TruncatedForGood));
    assert!(matches!(&cut.ipv4, Answer::Other(_)), "half an answer is none: {cut:?}");
}

#[test]
fn a_forged_answer_is_passed_over() {
    let host = first(Zone::new().address(DOMAIN, "192.0.2.1").trouble(DOMAIN, Trouble::Forged));
    assert_eq!(addresses(&host), ["192.0.2.1"]);
}

#[test]
fn aliases_are_followed_to_their_end_and_no_further() {
    let chain = |links: usize| {
        let mut zone = Zone::new().alias(DOMAIN, "l1.example");
        for n in 1..links {
            zone = zone.alias(&format!("l{n}.example"), &format!("l{}.example", n + 1));
        }
        zone.address(&format!("l{links}.example"), "192.0.2.1")
    };
    for zone in [chain(3), chain(3).one_alias_at_a_time()] {
        let host = first(zone);
        assert_eq!(host.aliases, ["l1.example", "l2.example", "l3.example"]);
        assert_eq!(addresses(&host), ["192.0.2.1"]);
    }
    let endless = first(chain(30));
    assert_eq!(endless.aliases.len(), 16);
    assert!(matches!(&endless.ipv4, Answer::Other(said) if said.contains("CNAME")), "{endless:?}");

    let to_itself = first(Zone::new().alias(DOMAIN, "b.example").alias("b.example", DOMAIN));
    assert!(matches!(&to_itself.ipv4, Answer::Other(said) if said.contains("loop")), "{to_itself:?}");

    let nowhere = first(Zone::new().alias(DOMAIN, "gone.example"));
    assert_eq!(
        (nowhere.aliases.as_slice(), nowhere.ipv4),
        (&["gone.example".to_owned()][..], Answer::NoSuchName)
    );
}

#[test]
fn the_next_resolver_is_asked_where_one_does_not_know() {
    for trouble in [Trouble::Silence, Trouble::ServerFailure, Trouble::Refused] {
        let zone = |name: &str, trouble| Zone::new().trouble(name, trouble);
        let bad = DnsPeer::start(zone(DOMAIN, trouble).trouble("www.a.example", trouble));
        let good = DnsPeer::start(Zone::new().address(DOMAIN, "192.0.2.1"));
        let evidence = asked(&Dns::new(resolver(&[&bad, &good])), DOMAIN);
        let Observation::Dns(found) = &evidence.observation else { panic!() };
        assert_eq!(addresses(&found.hosts[0]), ["192.0.2.1"], "{trouble:?}");
        assert_eq!(evidence.source, good.address.to_string());
        assert_eq!(bad.asked().len(), 1, "who answered is asked first from then on");
    }
    let first_says_no = DnsPeer::start(Zone::new());
    let other = DnsPeer::start(Zone::new().address(DOMAIN, "192.0.2.1"));
    assert_eq!(answers(&[&first_says_no, &other], DOMAIN).hosts[0].ipv4, Answer::NoSuchName);
    assert!(other.asked().is_empty(), "NXDOMAIN is an answer");
}

#[test]
fn all_questions_about_a_domain_end_within_one_time() {
    let zone = Zone::new().trouble(DOMAIN, Trouble::Silence).trouble("www.a.example", Trouble::Silence);
    let peer = DnsPeer::start(zone);
    let short = Duration::from_millis(100);
    let servers = vec![peer.address];
    let patience = Patience { answer: short, subject: short };
    let evidence = asked(&Dns::new(Resolver::new(Resolvers { servers }, patience).unwrap()), DOMAIN);
    let Observation::Dns(found) = evidence.observation else { panic!() };
    assert!(found.hosts.iter().all(|host| host.ipv4 == Answer::Timeout && host.ipv6 == Answer::Timeout));
    assert_eq!(found.name_servers, Answer::Timeout);
    assert_eq!(peer.asked().len(), 1, "nobody is asked when the time is over");
}

#[test]
fn a_name_may_be_another_at_the_second_question() {
    let peer = DnsPeer::start(Zone::new().addresses_in_turn(DOMAIN, &["192.0.2.1", "127.0.0.1"]));
    let resolver = resolver(&[&peer]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let one = runtime.block_on(async {
        let mut conversation = resolver.conversation();
        (conversation.ipv4(DOMAIN).await.answer, conversation.ipv4(DOMAIN).await.answer)
    });
    let found = |text: &str| Answer::Found(vec![text.parse().unwrap()]);
    assert_eq!(one, (found("192.0.2.1"), found("127.0.0.1")), "nothing is cached");
}

#[test]
fn who_connects_gets_addresses_none_or_a_reason() {
    let zone = Zone::new()
        .address("both.example", "2001:db8::1")
        .address("both.example", "192.0.2.1")
        .address("half.example", "192.0.2.1")
        .trouble_with("half.example", RecordType::AAAA, Trouble::ServerFailure)
        .empty("none.example")
        .trouble("bad.example", Trouble::ServerFailure);
    let peer = DnsPeer::start(zone);
    let resolver = resolver(&[&peer]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let of = |host: &str| runtime.block_on(resolver.addresses(host));
    let both: [IpAddr; 2] = ["192.0.2.1".parse().unwrap(), "2001:db8::1".parse().unwrap()];
    assert_eq!(of("both.example").unwrap(), both);
    assert_eq!(of("half.example").unwrap(), both[..1]);
    for host in ["none.example", "gone.example"] {
        assert_eq!(of(host).unwrap(), [] as [IpAddr; 0], "{host}");
    }
    let fault = of("bad.example").unwrap_err();
    assert!(fault.kind == FaultKind::Failed && fault.detail.contains("bad.example"), "{fault:?}");
}
