//! Resolution (域名解析): what the configured resolvers say of a domain now. An address in a private place is a fact like
//! any other here; whoever connects to it asks the guard.

mod exchange;
mod resolver;

use jiff::Timestamp;

use resolver::Conversation;
pub use resolver::{NoResolver, Patience, Resolver, Resolvers};

use super::{Answering, Source};
use crate::domain::domain_name;
use crate::domain::evidence::{
    Answer, DnsAnswers, Evidence, Gathered, Gatherer, HostAnswers, Means, Observation, Subject,
};

/// Asks the resolvers about domains.
#[derive(Debug, Clone)]
pub struct Dns {
    resolver: Resolver,
}

impl Dns {
    pub const fn new(resolver: Resolver) -> Self {
        Dns { resolver }
    }
}

impl Source for Dns {
    fn gatherer(&self) -> Gatherer {
        Gatherer::Dns
    }

    fn host(&self, _: &Subject) -> String {
        self.resolver.servers().first().map(ToString::to_string).unwrap_or_default()
    }

    fn may_fail(&self) -> bool {
        false
    }

    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a> {
        Box::pin(async move {
            let mut conversation = self.resolver.conversation();
            let answers = match subject {
                Subject::Domain(domain) => about(&mut conversation, domain).await,
                other => DnsAnswers {
                    hosts: Vec::new(),
                    name_servers: Answer::Other(format!("{other} is no domain")),
                },
            };
            Gathered::from(Evidence {
                version: Gatherer::Dns.version(),
                subject: subject.clone(),
                means: Means::Machine,
                source: conversation.source(),
                observed_at: now,
                allowed_networks: Vec::new(),
                observation: Observation::Dns(answers),
            })
        })
    }
}

async fn about(conversation: &mut Conversation, domain: &str) -> DnsAnswers {
    let own = domain_name::registrable(domain);
    let mut hosts = vec![host(conversation, domain.to_owned()).await];
    if own == Some(domain) {
        hosts.push(host(conversation, format!("www.{domain}")).await);
    }
    let name_servers = conversation.name_servers(own.unwrap_or(domain)).await;
    DnsAnswers { hosts, name_servers }
}

async fn host(conversation: &mut Conversation, host: String) -> HostAnswers {
    let ipv4 = conversation.ipv4(&host).await;
    let ipv6 = conversation.ipv6(&host).await;
    // Both lead over the same chain; a server that fails for one may tell it for the other.
    let aliases = if ipv4.aliases.len() < ipv6.aliases.len() { ipv6.aliases } else { ipv4.aliases };
    HostAnswers { host, aliases, ipv4: ipv4.answer, ipv6: ipv6.answer }
}
