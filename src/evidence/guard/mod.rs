//! The guard (出站防护): the one client through which everything goes that an applicant controls.
//!
//! Only `http` and `https` on allowed ports; every address, also of a redirect, public or allowed by the policy, and the
//! address that was checked is the one that is connected; bounds on time, redirects, headers and on the body as
//! unpacked. No cookies, no proxy of the environment, no referer. What is refused says by which rule. What an answer
//! means is not known here.

mod certificate;
mod client;
mod failure;
mod lookup;
mod trail;

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use crate::domain::evidence::{CertificateFacts, Fault, FaultKind, Network};
use client::Clients;
pub use failure::Miss;
pub use lookup::{Looking, Lookup};
pub use trail::Trail;

/// What the guard lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardOptions {
    pub ports: Vec<u16>,
    /// Networks that may be reached although they are not public.
    pub allow_networks: Vec<Network>,
    /// From the first question for an address to the last byte, all redirects included.
    pub total_time: Duration,
    pub connect_time: Duration,
    /// All names and values of one answer's headers.
    pub header_bytes: usize,
    /// One body, unpacked.
    pub body_bytes: usize,
    pub redirects: usize,
    pub user_agent: String,
    /// Certificates (DER) that are trusted besides those of the system.
    pub roots: Vec<Vec<u8>>,
}

impl Default for GuardOptions {
    fn default() -> Self {
        GuardOptions {
            ports: vec![80, 443, 8080, 8443],
            allow_networks: Vec::new(),
            total_time: Duration::from_secs(30),
            connect_time: Duration::from_secs(10),
            header_bytes: 64 * 1024,
            body_bytes: 4 * 1024 * 1024,
            redirects: 10,
            user_agent: concat!("heyan/", env!("CARGO_PKG_VERSION"), " (website filing review)").to_owned(),
            roots: Vec::new(),
        }
    }
}

/// Why there is no guard.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    #[error("TLS cannot be set up ({0}); expected root certificates of the system: install ca-certificates")]
    Tls(#[source] reqwest::Error),
}

/// What is asked for, by GET.
#[derive(Debug, Clone)]
pub struct Request {
    pub url: Url,
    /// Sent to the first address's origin only, never to where it redirects.
    pub headers: Vec<(String, String)>,
    /// Whether a site whose certificate is not to be trusted is read all the same (and reported as such).
    pub untrusted: bool,
}

impl Request {
    pub const fn new(url: Url) -> Self {
        Request { url, headers: Vec::new(), untrusted: false }
    }
}

/// An answer that leads nowhere else.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub url: Url,
    pub status: u16,
    headers: reqwest::header::HeaderMap,
    /// Unpacked, at most [`GuardOptions::body_bytes`].
    pub body: Vec<u8>,
    /// Of the TLS server that answered.
    pub certificate: Option<CertificateFacts>,
}

impl Fetched {
    /// A header's value, the first of its name, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Guard {
    options: Arc<GuardOptions>,
    lookup: Arc<dyn Lookup>,
    clients: Clients,
}

impl Guard {
    /// A guard that resolves names with `lookup`.
    pub fn new(options: GuardOptions, lookup: Arc<dyn Lookup>) -> Result<Guard, GuardError> {
        let options = Arc::new(options);
        let clients = Clients::new(&options, &lookup).map_err(GuardError::Tls)?;
        Ok(Guard { options, lookup, clients })
    }

    pub fn options(&self) -> &GuardOptions {
        &self.options
    }

    /// Fetches, following redirects.
    pub async fn fetch(&self, request: Request) -> Result<Fetched, Fault> {
        let mut trail = Trail::new(&self.options);
        self.follow(request, &mut trail).await.map_err(Fault::from)
    }

    /// Fetches, following redirects; the trail tells the way, whatever came of it, and holds its bounds.
    pub async fn follow(&self, mut request: Request, trail: &mut Trail) -> Result<Fetched, Miss> {
        loop {
            let url = tidy(request.url);
            trail.enter(&url)?;
            self.check(&url)?;
            request.url = url;
            let arrived = self.clients.get(&request, trail.deadline()).await?;
            let Some(location) = arrived.redirects_to() else {
                trail.note(&arrived.fetched.url, arrived.address, arrived.fetched.status, None);
                return Ok(arrived.fetched);
            };
            let from = request.url;
            trail.note(&from, arrived.address, arrived.fetched.status, Some(&location));
            trail.certificate(arrived.fetched.certificate);
            request.url = target(&from, &location)?;
            if request.url.origin() != from.origin() {
                request.headers.clear();
            }
        }
    }

    /// Connects to a host as a client of its own would, under the same rules.
    pub async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, Fault> {
        let deadline = Instant::now() + self.options.connect_time;
        let host = Host::parse(host).map_err(|error| protocol(format!("host {host}: {error}")))?;
        self.check_port(port)?;
        let addresses = match &host {
            Host::Domain(name) => {
                let looking = lookup::checked(&*self.lookup, name, &self.options.allow_networks);
                timeout_at(deadline, looking).await.map_err(|_| timed_out(name))??
            }
            Host::Ipv4(address) => vec![(*address).into()],
            Host::Ipv6(address) => vec![(*address).into()],
        };
        let mut last = Miss::NotResolved.into();
        for address in addresses {
            lookup::check(&host.to_string(), address, &self.options.allow_networks)?;
            match timeout_at(deadline, TcpStream::connect((address, port))).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = failure::of_io(&error),
                Err(_) => last = timed_out(&address.to_string()),
            }
        }
        Err(last)
    }

    /// Whether the rules let an address of the web be asked, as far as it tells by itself.
    fn check(&self, url: &Url) -> Result<(), Fault> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(guarded(format!("scheme {}: only http and https", url.scheme())));
        }
        self.check_port(url.port_or_known_default().unwrap_or_default())?;
        match url.host() {
            Some(Host::Ipv4(address)) => {
                lookup::check(&address.to_string(), address.into(), &self.options.allow_networks)
            }
            Some(Host::Ipv6(address)) => {
                lookup::check(&address.to_string(), address.into(), &self.options.allow_networks)
            }
            Some(Host::Domain(_)) => Ok(()),
            None => Err(guarded("no host")),
        }
    }

    fn check_port(&self, port: u16) -> Result<(), Fault> {
        if self.options.ports.contains(&port) {
            return Ok(());
        }
        let ports: Vec<String> = self.options.ports.iter().map(u16::to_string).collect();
        Err(guarded(format!("port {port}: only {}", ports.join(", "))))
    }
}

/// Without what is for the reader of the page, and without credentials, which nobody here has.
fn tidy(mut url: Url) -> Url {
    url.set_fragment(None);
    // Only an address without a host cannot lose them, and that has none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Where a page at `from` sends people, as it writes it.
pub fn target(from: &Url, written: &str) -> Result<Url, Fault> {
    from.join(written.trim()).map_err(|error| protocol(format!("redirect to {written}: {error}")))
}

fn guarded(rule: impl ToString) -> Fault {
    Fault::new(FaultKind::Guarded, rule)
}

fn protocol(detail: impl ToString) -> Fault {
    Fault::new(FaultKind::Protocol, detail)
}

fn timed_out(what: &str) -> Fault {
    Fault::new(FaultKind::Timeout, what)
}
