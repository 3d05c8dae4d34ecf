//! What the resolvers answered (域名解析).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One question's outcome. No data, no such name, no answer and a failing server are four things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer<T> {
    /// In the server's order.
    Found(Vec<T>),
    /// The name exists and has no record of this type (NOERROR without an answer).
    NoData,
    /// NXDOMAIN
    NoSuchName,
    /// No server answered in time.
    Timeout,
    /// SERVFAIL
    ServerFailure,
    /// REFUSED, FORMERR or what is no answer at all.
    Other(String),
}

impl<T> Answer<T> {
    /// What was found; nothing for every other outcome.
    pub fn found(&self) -> &[T] {
        match self {
            Answer::Found(found) => found,
            _ => &[],
        }
    }

    /// Whether a server that knows says that there is nothing.
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Answer::NoData | Answer::NoSuchName)
    }
}

/// What one host resolves to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostAnswers {
    /// ASCII, lower case, without the last dot.
    pub host: String,
    /// The CNAME chain in order, without the host itself; ends where addresses were looked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[schemars(with = "Answer<String>")]
    pub ipv4: Answer<Ipv4Addr>,
    #[schemars(with = "Answer<String>")]
    pub ipv6: Answer<Ipv6Addr>,
}

impl HostAnswers {
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        let ipv4 = self.ipv4.found().iter().copied().map(IpAddr::V4);
        ipv4.chain(self.ipv6.found().iter().copied().map(IpAddr::V6))
    }

    /// Whether servers that know say that there is no address at all.
    pub const fn is_nothing(&self) -> bool {
        self.ipv4.is_nothing() && self.ipv6.is_nothing()
    }
}

/// What was asked of one domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DnsAnswers {
    /// The domain itself first; `www` of a registrable domain second.
    pub hosts: Vec<HostAnswers>,
    /// NS of the registrable domain.
    pub name_servers: Answer<String>,
}
