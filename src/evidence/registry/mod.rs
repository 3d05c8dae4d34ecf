//! The connector to a business registry (登记信息): a question by HTTP, an answer in JSON, as an operator's service has
//! them. Where to ask and where the answer has what is told by [`Settings`]; the way out is the guard's.
//!
//! What a header's value is comes in ready and is written nowhere: not into evidence, not into an error, not into what
//! a debugger prints.

mod answer;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

pub use self::answer::Reading;

use super::guard::{Guard, Request};
use super::{Answering, Source};
use crate::domain::evidence::{
    Evidence, Fault, FaultKind, Gathered, Gatherer, Means, Network, Observation, RegistryAnswer,
    RegistryResult, Subject,
};
use crate::domain::registry_query::UrlTemplate;

/// Whom to ask, and how.
#[derive(Debug, Clone)]
pub struct Settings {
    pub number_url: UrlTemplate,
    /// Empty: the service is asked by number only.
    pub name_url: UrlTemplate,
    pub headers: Vec<Header>,
    /// In which it may be reached although they are not public.
    pub networks: Vec<Network>,
    pub reading: Reading,
    /// For one question, from beginning to end.
    pub timeout: Duration,
    /// The longest answer, in bytes.
    pub body_bytes: usize,
}

/// A header whose value is nobody's business.
#[derive(Clone)]
pub struct Header {
    pub name: String,
    value: String,
}

impl Header {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Header { name: name.into(), value: value.into() }
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ***", self.name)
    }
}

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

/// A reply on its way.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Reply, Fault>> + Send + 'a>>;

/// The way out.
pub trait Fetch: Send + Sync {
    fn fetch<'a>(&'a self, url: Url, headers: &'a [Header]) -> Fetching<'a>;

    /// Networks that it may reach although they are not public, as evidence records them.
    fn allowed_networks(&self) -> Vec<String>;
}

impl Fetch for Guard {
    fn fetch<'a>(&'a self, url: Url, headers: &'a [Header]) -> Fetching<'a> {
        let headers = headers.iter().map(|header| (header.name.clone(), header.value.clone())).collect();
        let request = Request { url, headers, untrusted: false };
        Box::pin(async move {
            let fetched = Guard::fetch(self, request).await?;
            Ok(Reply { status: fetched.status, body: fetched.body })
        })
    }

    fn allowed_networks(&self) -> Vec<String> {
        self.options().allow_networks.iter().map(ToString::to_string).collect()
    }
}

/// A registry that is asked over HTTP.
pub struct Connector<F> {
    settings: Settings,
    way_out: F,
}

impl<F: Fetch> Connector<F> {
    pub const fn new(settings: Settings, way_out: F) -> Self {
        Connector { settings, way_out }
    }

    fn url(&self, subject: &Subject) -> Option<Url> {
        match subject {
            Subject::Number(number) => self.settings.number_url.of(number),
            Subject::Name(name) => self.settings.name_url.of(name),
            _ => None,
        }
    }

    async fn question(&self, subject: &Subject) -> RegistryResult {
        let Some(url) = self.url(subject) else {
            return RegistryResult::NoAnswer(Fault::new(FaultKind::NoSource, "no address to ask"));
        };
        match self.reply(url).await {
            Ok(reply) => self.settings.reading.result(&reply, subject),
            Err(fault) => RegistryResult::NoAnswer(fault),
        }
    }

    async fn reply(&self, url: Url) -> Result<Reply, Fault> {
        let (whole, host) = (url.to_string(), host(&url));
        let asking = self.way_out.fetch(url, &self.settings.headers);
        let reply = match tokio::time::timeout(self.settings.timeout, asking).await {
            Ok(reply) => reply.map_err(|fault| self.reticent(fault, &whole, &host))?,
            Err(_) => return Err(Fault::new(FaultKind::Timeout, host)),
        };
        if reply.body.len() > self.settings.body_bytes {
            let detail = format!("more than {} bytes", self.settings.body_bytes);
            return Err(Fault::new(FaultKind::TooLarge, detail));
        }
        Ok(reply)
    }

    /// A fault without the address, which some services want a key in, and without a header's value.
    fn reticent(&self, fault: Fault, whole: &str, host: &str) -> Fault {
        let values =
            self.settings.headers.iter().map(|header| &header.value).filter(|value| !value.is_empty());
        let detail = values.fold(fault.detail.replace(whole, host), |text, value| text.replace(value, "***"));
        Fault { detail, ..fault }
    }
}

fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

impl<F: Fetch> Source for Connector<F> {
    fn gatherer(&self) -> Gatherer {
        Gatherer::Registry
    }

    fn host(&self, subject: &Subject) -> String {
        self.url(subject).as_ref().map(host).unwrap_or_default()
    }

    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a> {
        Box::pin(async move {
            let result = self.question(subject).await;
            let evidence = Evidence {
                version: Gatherer::Registry.version(),
                subject: subject.clone(),
                means: Means::Machine,
                source: self.host(subject),
                observed_at: now,
                allowed_networks: self.way_out.allowed_networks(),
                observation: Observation::Registry(RegistryAnswer { result }),
            };
            Gathered::from(evidence)
        })
    }
}

#[cfg(test)]
mod tests;
