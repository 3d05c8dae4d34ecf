//! Names to addresses, by whoever resolves them ([`Lookup`]); and the check of every address that comes out.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Miss, guarded};
use crate::domain::evidence::{Fault, Network, reachable};

/// Addresses on their way.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, Fault>> + Send + 'a>>;

/// Resolves names.
pub trait Lookup: Send + Sync {
    /// All addresses of a host (ASCII, without a last dot); none where servers that know say that it has none.
    fn addresses<'a>(&'a self, host: &'a str) -> Looking<'a>;
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
