//! The way of one visit: its hops, and the bounds that hold for all of it.

use std::collections::HashSet;
use std::net::IpAddr;

use tokio::time::Instant;
use url::Url;

use super::{GuardOptions, Miss, tidy};
use crate::domain::evidence::{CertificateFacts, Hop};

/// Hops so far; no address is asked twice, and the time ends once for all of them.
#[derive(Debug)]
pub struct Trail {
    hops: Vec<Hop>,
    seen: HashSet<Url>,
    most: usize,
    deadline: Instant,
    certificate: Option<CertificateFacts>,
}

impl Trail {
    pub fn new(options: &GuardOptions) -> Self {
        Trail {
            hops: Vec::new(),
            seen: HashSet::new(),
            most: options.redirects + 1,
            deadline: Instant::now() + options.total_time,
            certificate: None,
        }
    }

    /// Counts an address that is about to be asked.
    pub(super) fn enter(&mut self, url: &Url) -> Result<(), Miss> {
        if self.seen.contains(url) {
            return Err(Miss::RedirectLoop);
        }
        if self.seen.len() == self.most {
            return Err(Miss::TooManyRedirects);
        }
        self.seen.insert(url.clone());
        Ok(())
    }

    pub(super) fn note(&mut self, url: &Url, address: Option<IpAddr>, status: u16, location: Option<&str>) {
        let location = location.map(str::to_owned);
        self.hops.push(Hop { url: url.to_string(), address, status, location });
    }

    /// Keeps what the visit's first TLS server showed, or the first that is not to be trusted.
    pub fn certificate(&mut self, shown: Option<CertificateFacts>) {
        let worse = |shown: &CertificateFacts| match &self.certificate {
            None => true,
            Some(kept) => kept.fault.is_none() && shown.fault.is_some(),
        };
        if let Some(shown) = shown.filter(worse) {
            self.certificate = Some(shown);
        }
    }

    /// The page itself sends on: the last hop says where to.
    pub fn sent_on(&mut self, location: &str) {
        if let Some(hop) = self.hops.last_mut() {
            hop.location = Some(location.to_owned());
        }
    }

    /// Whether an address was asked; what differs in the fragment is the same to a server.
    pub fn has(&self, url: &Url) -> bool {
        self.seen.contains(&tidy(url.clone()))
    }

    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// The way, and the certificate that stands for it.
    pub fn end(self) -> (Vec<Hop>, Option<CertificateFacts>) {
        (self.hops, self.certificate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_in_the_fragment_is_the_same_address() {
        let url = |text: &str| Url::parse(text).unwrap();
        let mut trail = Trail::new(&GuardOptions::default());
        trail.enter(&url("http://site.example/")).unwrap();
        for (asked, has) in [
            ("http://site.example/", true),
            ("http://site.example/#/home", true),
            ("http://someone@site.example/", true),
            ("http://site.example/home", false),
            ("https://site.example/#/home", false),
        ] {
            assert_eq!(trail.has(&url(asked)), has, "{asked}");
        }
    }
}
