//! The configured servers, one after the other: no cache, no search domain, no `/etc/hosts`. What is found out is what
//! these servers say now.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use hickory_resolver::proto::op::Query;
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use hickory_resolver::system_conf::read_system_conf;
use tokio::time::Instant;

use super::exchange::{self, Reply};
use crate::domain::evidence::{Answer, Fault, FaultKind};
use crate::evidence::guard::{Looking, Lookup};

/// A longer chain of aliases leads nowhere: what resolvers follow is about as much.
const ALIASES: usize = 16;

/// How often a silent server is asked: datagrams get lost.
const ROUNDS: usize = 2;

/// Which servers are asked, in turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolvers {
    /// None: those of the system (`/etc/resolv.conf`).
    pub servers: Vec<SocketAddr>,
}

/// For how long an answer is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one server's answer to one question.
    pub answer: Duration,
    /// For everything that is asked about one subject.
    pub subject: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { answer: Duration::from_secs(3), subject: Duration::from_secs(20) }
    }
}

/// Nobody is there to be asked.
#[derive(Debug, thiserror::Error)]
#[error("no resolver is known: {fault}; name one in `sources.resolvers` of config.toml")]
pub struct NoResolver {
    fault: String,
}

/// Asks the servers.
#[derive(Debug, Clone)]
pub struct Resolver {
    servers: Vec<SocketAddr>,
    patience: Patience,
}

impl Resolver {
    pub fn new(resolvers: Resolvers, patience: Patience) -> Result<Resolver, NoResolver> {
        let Resolvers { mut servers } = resolvers;
        if servers.is_empty() {
            let (config, _) = read_system_conf().map_err(|fault| NoResolver { fault: fault.to_string() })?;
            servers = config.name_servers().iter().map(|server| SocketAddr::from((server.ip, 53))).collect();
        }
        if servers.is_empty() {
            return Err(NoResolver { fault: "the system names none".to_owned() });
        }
        Ok(Resolver { servers, patience })
    }

    pub fn servers(&self) -> &[SocketAddr] {
        &self.servers
    }

    /// Everything that is asked about one subject, within one time.
    pub fn conversation(&self) -> Conversation {
        Conversation {
            servers: self.servers.clone(),
            answer: self.patience.answer,
            until: Instant::now() + self.patience.subject,
            answered: Vec::new(),
        }
    }
}

/// For those who connect.
impl Lookup for Resolver {
    fn addresses<'a>(&'a self, host: &'a str) -> Looking<'a> {
        Box::pin(async move {
            let mut conversation = self.conversation();
            let ipv4 = conversation.ipv4(host).await.answer;
            let ipv6 = conversation.ipv6(host).await.answer;
            let four = ipv4.found().iter().copied().map(IpAddr::V4);
            let found: Vec<IpAddr> = four.chain(ipv6.found().iter().copied().map(IpAddr::V6)).collect();
            // One kind of address is enough to connect to; without any, what went wrong goes before "there is none".
            match [fault(host, &ipv4), fault(host, &ipv6)].into_iter().flatten().next() {
                Some(fault) if found.is_empty() => Err(fault),
                _ => Ok(found),
            }
        })
    }
}

fn fault<T>(host: &str, answer: &Answer<T>) -> Option<Fault> {
    let (kind, what) = match answer {
        Answer::Found(_) | Answer::NoData | Answer::NoSuchName => return None,
        Answer::Timeout => (FaultKind::Timeout, "no answer"),
        Answer::ServerFailure => (FaultKind::Failed, "SERVFAIL"),
        Answer::Other(said) => (FaultKind::Failed, said.as_str()),
    };
    Some(Fault::new(kind, format!("resolver: {host}: {what}")))
}

/// What a question came to, and over which aliases.
#[derive(Debug)]
pub struct Resolved<T> {
    pub aliases: Vec<String>,
    pub answer: Answer<T>,
}

/// Questions about one subject.
#[derive(Debug)]
pub struct Conversation {
    /// Who answered last comes first.
    servers: Vec<SocketAddr>,
    answer: Duration,
    until: Instant,
    answered: Vec<SocketAddr>,
}

impl Conversation {
    pub async fn ipv4(&mut self, host: &str) -> Resolved<Ipv4Addr> {
        self.follow(host, RecordType::A, |data| match data {
            RData::A(address) => Some(address.0),
            _ => None,
        })
        .await
    }

    pub async fn ipv6(&mut self, host: &str) -> Resolved<Ipv6Addr> {
        self.follow(host, RecordType::AAAA, |data| match data {
            RData::AAAA(address) => Some(address.0),
            _ => None,
        })
        .await
    }

    pub async fn name_servers(&mut self, domain: &str) -> Answer<String> {
        let resolved = self.follow(domain, RecordType::NS, |data| match data {
            RData::NS(name) => Some(written(name)),
            _ => None,
        });
        resolved.await.answer
    }

    /// Who answered, else everybody who was asked.
    pub fn source(&self) -> String {
        let asked = if self.answered.is_empty() { &self.servers } else { &self.answered };
        asked.iter().map(SocketAddr::to_string).collect::<Vec<_>>().join(", ")
    }

    /// Asks, and asks on where an alias leads out of what a server told.
    async fn follow<T>(
        &mut self,
        host: &str,
        kind: RecordType,
        pick: impl Fn(&RData) -> Option<T>,
    ) -> Resolved<T> {
        let mut aliases = Vec::new();
        let answer = self.follow_into(&mut aliases, host, kind, pick).await;
        Resolved { aliases, answer }
    }

    async fn follow_into<T>(
        &mut self,
        aliases: &mut Vec<String>,
        host: &str,
        kind: RecordType,
        pick: impl Fn(&RData) -> Option<T>,
    ) -> Answer<T> {
        let mut name = match Name::from_ascii(format!("{host}.")) {
            Ok(name) => name,
            Err(fault) => return Answer::Other(fault.to_string()),
        };
        let mut seen = vec![name.clone()];
        loop {
            let (records, exists) = match self.ask(Query::query(name.clone(), kind)).await {
                Reply::Records(records) => (records, true),
                Reply::NoSuchName(records) => (records, false),
                Reply::ServerFailure => return Answer::ServerFailure,
                Reply::Refusal(said) => return Answer::Other(said),
                Reply::Silence => return Answer::Timeout,
            };
            let asked_for = seen.len();
            while let Some(target) = alias(&records, &name) {
                let target_text = written(target);
                if seen.contains(target) {
                    return Answer::Other(format!("CNAME loop: {target_text}"));
                }
                if aliases.len() == ALIASES {
                    return Answer::Other(format!("more than {ALIASES} CNAMEs"));
                }
                aliases.push(target_text);
                seen.push(target.clone());
                name = target.clone();
            }
            let found: Vec<T> = records
                .iter()
                .filter(|record| record.name == name)
                .filter_map(|record| pick(&record.data))
                .collect();
            if !found.is_empty() {
                return Answer::Found(found);
            }
            if !exists {
                return Answer::NoSuchName;
            }
            if seen.len() == asked_for {
                return Answer::NoData;
            }
        }
    }

    /// The first answer of a server that knows; without one, what tells most of why.
    async fn ask(&mut self, query: Query) -> Reply {
        let mut servers = self.servers.clone();
        let mut worst = Reply::Silence;
        for _ in 0..ROUNDS {
            let mut silent = Vec::new();
            for server in servers {
                let left = self.until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return worst;
                }
                match exchange::ask(server, &query, self.answer.min(left)).await {
                    known @ (Reply::Records(_) | Reply::NoSuchName(_)) => {
                        self.answered_by(server);
                        return known;
                    }
                    Reply::ServerFailure => worst = Reply::ServerFailure,
                    refusal @ Reply::Refusal(_) => {
                        if matches!(worst, Reply::Silence) {
                            worst = refusal;
                        }
                    }
                    Reply::Silence => silent.push(server),
                }
            }
            servers = silent;
        }
        worst
    }

    fn answered_by(&mut self, server: SocketAddr) {
        self.servers.retain(|other| *other != server);
        self.servers.insert(0, server);
        if !self.answered.contains(&server) {
            self.answered.push(server);
        }
    }
}

fn alias<'a>(records: &'a [Record], name: &Name) -> Option<&'a Name> {
    records.iter().filter(|record| record.name == *name).find_map(|record| match &record.data {
        RData::CNAME(target) => Some(&target.0),
        _ => None,
    })
}

fn written(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}
