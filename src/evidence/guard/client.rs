//! One exchange over HTTP, within its bounds; redirects are not followed here.

use std::net::IpAddr;
use std::sync::Arc;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::tls::TlsInfo;
use reqwest::{Certificate, Client, Response, redirect, retry};
use tokio::time::{Instant, timeout_at};

use super::lookup::CheckedLookup;
use super::{Fetched, GuardOptions, Lookup, Miss, Request, certificate, failure, protocol, timed_out};
use crate::domain::evidence::{Fault, FaultKind};

/// The client that trusts what is to be trusted, and the one that reads what is not.
#[derive(Clone)]
pub(super) struct Clients {
    trusting: Client,
    unchecked: Client,
    options: Arc<GuardOptions>,
}

/// An answer, and where it came from.
pub(super) struct Arrived {
    pub fetched: Fetched,
    pub address: Option<IpAddr>,
}

impl Arrived {
    /// Where it sends on to (RFC 9110 15.4), as written.
    pub fn redirects_to(&self) -> Option<String> {
        let location = self.fetched.headers.get(LOCATION)?;
        let is_redirect = matches!(self.fetched.status, 301 | 302 | 303 | 307 | 308);
        // Sites write UTF-8 here, too.
        is_redirect.then(|| String::from_utf8_lossy(location.as_bytes()).into_owned())
    }
}

impl Clients {
    pub fn new(options: &Arc<GuardOptions>, lookup: &Arc<dyn Lookup>) -> Result<Self, reqwest::Error> {
        // Only the first of a process counts, and all of ours are this one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let roots = options.roots.iter().map(|root| Certificate::from_der(root));
        let roots = roots.collect::<Result<Vec<_>, _>>()?;
        let checked =
            Arc::new(CheckedLookup { lookup: Arc::clone(lookup), allowed: options.allow_networks.clone() });
        let builder = || {
            Client::builder()
                .dns_resolver(Arc::clone(&checked))
                .no_proxy()
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .referer(false)
                .user_agent(&options.user_agent)
                .connect_timeout(options.connect_time)
                // A connection is never older than the check of its address.
                .pool_max_idle_per_host(0)
                .http2_max_header_list_size(u32::try_from(options.header_bytes).unwrap_or(u32::MAX))
                .tls_info(true)
        };
        Ok(Clients {
            trusting: builder().tls_certs_merge(roots).build()?,
            unchecked: builder().tls_danger_accept_invalid_certs(true).build()?,
            options: Arc::clone(options),
        })
    }

    /// Asks once; a second time without trust where the request wants that.
    pub async fn get(&self, request: &Request, deadline: Instant) -> Result<Arrived, Miss> {
        match self.get_by(&self.trusting, request, deadline, None).await {
            Err(Miss::Untrusted(why)) if request.untrusted => {
                let read = self.get_by(&self.unchecked, request, deadline, Some(&why)).await;
                read.map_err(|_| Miss::Untrusted(why))
            }
            other => other,
        }
    }

    async fn get_by(
        &self,
        client: &Client,
        request: &Request,
        deadline: Instant,
        distrust: Option<&str>,
    ) -> Result<Arrived, Miss> {
        let late = || Miss::Fault(timed_out(request.url.as_str()));
        let sending = client.get(request.url.clone()).headers(headers(request)?).send();
        let sent = timeout_at(deadline, sending).await.map_err(|_| late())?;
        let response = sent.map_err(|error| failure::of_exchange(&error))?;
        let size: usize =
            response.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if size > self.options.header_bytes {
            return Err(too_large("headers", self.options.header_bytes).into());
        }
        let address = response.remote_addr().map(|address| address.ip());
        let leaf = response.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
        let certificate = leaf.and_then(|leaf| certificate::facts(leaf, distrust.map(str::to_owned)));
        let (url, status) = (response.url().clone(), response.status().as_u16());
        let headers = response.headers().clone();
        let mut arrived =
            Arrived { fetched: Fetched { url, status, headers, body: Vec::new(), certificate }, address };
        // Nobody reads the page of a redirect.
        if arrived.redirects_to().is_none() {
            arrived.fetched.body = timeout_at(deadline, self.body(response)).await.map_err(|_| late())??;
        }
        Ok(arrived)
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Miss> {
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| failure::of_exchange(&error))? {
            if body.len() + part.len() > self.options.body_bytes {
                return Err(too_large("body", self.options.body_bytes).into());
            }
            body.extend_from_slice(&part);
        }
        Ok(body)
    }
}

fn headers(request: &Request) -> Result<HeaderMap, Fault> {
    let pairs = request.headers.iter().map(|(name, value)| {
        // The value may be a secret and is not repeated.
        let bad = || protocol(format!("header {name}: not of HTTP's characters"));
        let mut value = HeaderValue::from_str(value).map_err(|_| bad())?;
        value.set_sensitive(true);
        Ok((HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad())?, value))
    });
    pairs.collect()
}

fn too_large(what: &str, most: usize) -> Fault {
    Fault::new(FaultKind::TooLarge, format!("{what}: more than {most} bytes"))
}
