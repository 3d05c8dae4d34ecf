//! Names to addresses, by the resolvers that the operator names; and the check of every address that comes out.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::{Resolver, TokioResolver};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{GuardError, Miss, guarded};
use crate::domain::evidence::{Fault, FaultKind, Network, reachable};

/// Addresses on their way.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, Fault>> + Send + 'a>>;

/// Resolves names.
pub trait Lookup: Send + Sync {
    /// All addresses of a host (ASCII, without a last dot); none where servers that know say that it has none.
    fn addresses<'a>(&'a self, host: &'a str) -> Looking<'a>;
}

/// Name servers.
pub struct Resolvers {
    resolver: TokioResolver,
}

impl Resolvers {
    /// These servers, by UDP and TCP; with none, those of the system.
    pub fn new(servers: &[SocketAddr], timeout: Duration) -> Result<Self, GuardError> {
        let unusable = |error: NetError| GuardError::Resolver(error.to_string());
        let mut builder = if servers.is_empty() {
            TokioResolver::builder_tokio().map_err(unusable)?
        } else {
            let servers = servers.iter().map(|server| {
                let mut config = NameServerConfig::udp_and_tcp(server.ip());
                for connection in &mut config.connections {
                    connection.port = server.port();
                }
                config
            });
            Resolver::builder_with_config(
                ResolverConfig::from_name_servers(servers.collect()),
                TokioRuntimeProvider::default(),
            )
        };
        let options = builder.options_mut();
        options.timeout = timeout;
        options.attempts = 1;
        options.use_hosts_file = ResolveHosts::Never;
        options.ip_strategy = hickory_resolver::config::LookupIpStrategy::Ipv4AndIpv6;
        Ok(Resolvers { resolver: builder.build().map_err(unusable)? })
    }
}

impl Lookup for Resolvers {
    fn addresses<'a>(&'a self, host: &'a str) -> Looking<'a> {
        Box::pin(async move {
            // The last dot keeps the system's search list out.
            let name = format!("{host}.");
            match self.resolver.lookup_ip(name).await {
                Ok(found) => Ok(found.iter().collect()),
                Err(error) if error.is_no_records_found() => Ok(Vec::new()),
                Err(NetError::Timeout) => Err(Fault::new(FaultKind::Timeout, format!("resolver: {host}"))),
                Err(NetError::Dns(DnsError::ResponseCode(code))) => {
                    Err(Fault::new(FaultKind::Failed, format!("resolver: {host}: {code}")))
                }
                Err(error) => Err(Fault::new(FaultKind::Failed, format!("resolver: {host}: {error}"))),
            }
        })
    }
}

/// Refuses an address of a host that is neither public nor allowed.
pub(super) fn check(host: &str, address: IpAddr, allowed: &[Network]) -> Result<(), Fault> {
    if reachable(address, allowed) {
        return Ok(());
    }
    Err(guarded(format!("address {address} of {host} is not public")))
}

/// The addresses of a host, every one of them checked: one that is not public refuses them all, because a name with
/// both kinds is made to get through.
pub(super) async fn checked(
    lookup: &dyn Lookup,
    host: &str,
    allowed: &[Network],
) -> Result<Vec<IpAddr>, Miss> {
    let host = host.trim_end_matches('.');
    let addresses = lookup.addresses(host).await?;
    for address in &addresses {
        check(host, *address, allowed)?;
    }
    if addresses.is_empty() { Err(Miss::NotResolved) } else { Ok(addresses) }
}

/// The only way for a connection to get an address: one question, checked, and handed on as it is.
pub(super) struct CheckedLookup {
    pub lookup: Arc<dyn Lookup>,
    pub allowed: Vec<Network>,
}

impl Resolve for CheckedLookup {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, allowed) = (Arc::clone(&self.lookup), self.allowed.clone());
        Box::pin(async move {
            let addresses = checked(&*lookup, name.as_str(), &allowed).await?;
            // Port 0 stands for the address's own.
            let with_port: Addrs = Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(with_port)
        })
    }
}
