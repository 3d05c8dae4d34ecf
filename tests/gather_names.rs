//! Names asked for over real sockets: DNS, WHOIS and RDAP, against servers on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "peers/dns.rs"]
mod dns_peer;
#[path = "peers/rdap.rs"]
mod rdap_peer;
#[path = "peers/whois.rs"]
mod whois_peer;

#[path = "gather_names/dns.rs"]
mod dns;
#[path = "gather_names/registration.rs"]
mod registration;

use std::time::Duration;

use heyan::domain::evidence::{Evidence, Subject};
use heyan::evidence::Source;
use heyan::evidence::dns::{Patience, Resolver, Resolvers};

/// Short, because a silent server is waited for; long enough for loopback on a busy machine.
const PATIENCE: Patience = Patience { answer: Duration::from_millis(400), subject: Duration::from_secs(10) };

fn resolver(peers: &[&dns_peer::DnsPeer]) -> Resolver {
    let servers = peers.iter().map(|peer| peer.address).collect();
    Resolver::new(Resolvers { servers }, PATIENCE).unwrap()
}

/// What a source says of a domain, as it is kept.
fn asked(source: &impl Source, domain: &str) -> Evidence {
    let subject = Subject::domain(domain).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let gathered = runtime.block_on(source.ask(&subject, "2026-11-24T02:00:00Z".parse().unwrap()));
    assert_eq!(gathered.evidence.gatherer(), source.gatherer());
    assert_eq!(gathered.evidence.subject, subject);
    gathered.evidence
}
