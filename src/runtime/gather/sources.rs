//! Wiring: from settings and the workspace's rules to sources that can be asked.

mod pictures;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Asked, Pace, Wired, Wiring, WiringFault};
use crate::domain::evidence::{Fault, FaultKind, Gatherer};
use crate::domain::policy::GatherPolicy;
use crate::evidence::Source;
use crate::evidence::dns::{Dns, Patience, Resolver, Resolvers};
use crate::evidence::guard::{Guard, GuardOptions, Lookup};
use crate::evidence::registration::{RegistrationSources, Registrations};
use crate::evidence::registry::{self, Connector};
use crate::evidence::screenshot::Screenshots;
use crate::evidence::text::Tesseract;
use crate::evidence::website::{Website, WebsiteOptions};
use crate::media;
use crate::media::inspector::Inspector;
use crate::store::AttachmentVault;
use pictures::{Pictures, Pixels, Text};

/// Who is asked on this machine, and how fast.
#[derive(Clone)]
pub struct SourceOptions {
    /// None: the system's.
    pub resolvers: Vec<SocketAddr>,
    pub resolver_time: Duration,
    pub resolver_at_once: usize,
    pub site_ports: Vec<u16>,
    pub http_port: u16,
    pub https_port: u16,
    pub site_time: Duration,
    pub sites_at_once: usize,
    pub registration: RegistrationSources,
    /// To one server.
    pub registration_at_once: usize,
    /// None: nobody is asked, and extracts are taken in.
    /// A fault: it is set wrongly, and the others are asked.
    pub registry: Result<Option<registry::Settings>, Fault>,
    pub registry_at_once: usize,
    pub screenshots: bool,
    /// Texts of pictures that are read at once; each takes a core.
    pub readers: usize,
    /// Where programs are looked for (`PATH`).
    pub search_path: OsString,
    /// This program, which is its own picture worker.
    pub program: PathBuf,
    pub picture_limits: media::Limits,
    pub vault: AttachmentVault,
}

impl SourceOptions {
    pub fn wiring(self) -> Box<Wiring> {
        Box::new(move |rules| self.wire(rules))
    }

    fn wire(&self, rules: &GatherPolicy) -> Result<Wired, WiringFault> {
        let fault = |error: &dyn std::error::Error| WiringFault(error.to_string());
        let patience = Patience { answer: self.resolver_time, ..Patience::default() };
        let resolvers = Resolvers { servers: self.resolvers.clone() };
        let resolver = Resolver::new(resolvers, patience).map_err(|error| fault(&error))?;
        let lookup: Arc<dyn Lookup> = Arc::new(resolver.clone());
        let guarded = GuardOptions {
            ports: self.site_ports.clone(),
            allow_networks: rules.allow_networks.clone(),
            total_time: self.site_time,
            ..GuardOptions::default()
        };
        let registration = Registrations::new(&self.registration, &guarded, Arc::clone(&lookup))
            .map_err(|error| fault(&error))?;
        let mut absent = Vec::new();
        let connector = match &self.registry {
            Ok(Some(settings)) => {
                let guard = Guard::new(way_to(settings, &guarded), Arc::clone(&lookup));
                Some(Connector::new(settings.clone(), guard.map_err(|error| fault(&error))?))
            }
            Ok(None) => None,
            Err(fault) => {
                absent.push((Gatherer::Registry, fault.clone()));
                None
            }
        };
        let guard = Guard::new(guarded, lookup).map_err(|error| fault(&error))?;
        let screenshots = if self.screenshots {
            let taken = Screenshots::new(guard.clone(), &self.search_path);
            taken.map_err(|fault| absent.push((Gatherer::Website, fault))).ok()
        } else {
            None
        };
        let website = WebsiteOptions {
            http_port: self.http_port,
            https_port: self.https_port,
            ..WebsiteOptions::default()
        };
        let inspector = Arc::new(Inspector::new(&self.program, self.picture_limits));
        let pictures = Pictures { inspector, vault: self.vault.clone() };
        let tesseract = Tesseract::find(&self.search_path);
        if tesseract.is_none() {
            absent.push((Gatherer::Text, Fault::new(FaultKind::NotInstalled, "tesseract")));
        }
        let missing = tesseract.is_none();
        let text = Text { pictures: pictures.clone(), tesseract };
        let per_server = self.registration_at_once;
        let mut all = vec![
            asked(Dns::new(resolver), self.resolver_at_once, self.resolver_at_once),
            // A site is looked at by what somebody registered: its hosts are often one machine.
            asked(Website::new(guard, website, screenshots), self.sites_at_once, 1),
            // One worker decodes, one picture after the other.
            asked(Pixels(pictures), 1, 1),
            asked(registration, per_server * SERVERS, per_server),
            Asked { missing, ..asked(text, self.readers, self.readers) },
        ];
        let per_host = self.registry_at_once;
        all.extend(connector.map(|source| asked(source, per_host, per_host)));
        Ok(Wired { asked: all, absent })
    }
}

/// Registries that are asked at once: each has its own limit.
const SERVERS: usize = 8;

/// The operator's own service: reached on its port only, and in networks of its own. What an applicant may be reached in
/// is another matter: who lets the connector into an intranet must not let applicants point there.
fn way_to(settings: &registry::Settings, guarded: &GuardOptions) -> GuardOptions {
    let urls = [&settings.number_url, &settings.name_url];
    GuardOptions {
        ports: urls.iter().filter_map(|url| url.of("1")?.port_or_known_default()).collect(),
        allow_networks: settings.networks.clone(),
        total_time: settings.timeout,
        body_bytes: settings.body_bytes,
        ..guarded.clone()
    }
}

fn asked(source: impl Source + 'static, at_once: usize, per_host: usize) -> Asked {
    let pace = Pace { at_once, per_host, hosts_fail: source.may_fail(), ..Pace::default() };
    Asked { source: Arc::new(source), pace, missing: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layers;
    use crate::runtime::registry_source;

    #[test]
    fn the_connectors_network_and_the_applicants_are_apart() {
        let own = "[registry]\nname_path = 'a'\nnumber_path = 'b'\nstatus_path = 'c'\n\
                   url = 'https://registry.example:8443/{number}'\nnetworks = ['192.0.2.0/24']\n";
        let layers = Layers::compiled_in().unwrap().file(std::path::Path::new("own.toml"), own).unwrap();
        let settings = registry_source::settings(&layers.finish().registry, |_| None).unwrap().unwrap();
        let for_applicants: Vec<_> = vec!["198.51.100.0/24".parse().unwrap()];
        let guarded = GuardOptions { allow_networks: for_applicants, ..GuardOptions::default() };
        let way = way_to(&settings, &guarded);
        assert_eq!(way.allow_networks, ["192.0.2.0/24".parse().unwrap()]);
        assert_eq!(way.ports, [8443]);
    }
}
