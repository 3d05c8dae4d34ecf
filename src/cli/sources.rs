//! From settings to those who gather.

use std::path::Path;
use std::time::Duration;

use super::error::CliError;
use super::review::limits;
use super::session::Session;
use crate::config;
use crate::domain::evidence::{Fault, FaultKind};
use crate::evidence::registration::RegistrationSources;
use crate::evidence::registry;
use crate::runtime::gather::{Batch, GatherError, GatherOptions, Gatherers, SourceOptions};
use crate::runtime::registry_source;
use crate::store::AttachmentVault;

/// What is on its way when somebody stops the command may still take so long.
const GRACE: Duration = Duration::from_secs(3);

/// Gatherers for a workspace, as the settings want them.
pub fn gatherers(session: &Session, workspace: &Path, screenshots: bool) -> Result<Gatherers, CliError> {
    let sources = &session.config.sources;
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let options = SourceOptions {
        resolvers: sources.resolver_sockets(),
        resolver_time: Duration::from_secs(sources.resolver_seconds),
        resolver_at_once: count(sources.resolver_at_once),
        site_ports: sources.site_ports.clone(),
        http_port: sources.http_port,
        https_port: sources.https_port,
        site_time: Duration::from_secs(sources.site_seconds),
        sites_at_once: count(sources.sites_at_once),
        registration: registration(sources),
        registration_at_once: count(sources.registration_at_once),
        registry: registry(session),
        registry_at_once: count(sources.registry_at_once),
        screenshots,
        // The other half is for the reviewer.
        readers: (cores / 2).max(1),
        search_path: std::env::var_os("PATH").unwrap_or_default(),
        program: std::env::current_exe().map_err(GatherError::from)?,
        picture_limits: limits(&session.config.images),
        vault: AttachmentVault::of(workspace),
    };
    let (workspace, actor) = (workspace.to_owned(), session.actor.clone());
    let wiring = options.wiring();
    let batch = Batch::default();
    Ok(Gatherers::start(GatherOptions { workspace, actor, wiring, batch, grace: GRACE })?)
}

fn registration(sources: &config::Sources) -> RegistrationSources {
    let whois = sources.whois().map(|(suffix, server)| (suffix.to_owned(), server.to_owned()));
    let bootstrap = &sources.rdap_bootstrap;
    RegistrationSources {
        bootstrap: (!bootstrap.as_os_str().is_empty()).then(|| bootstrap.clone()),
        whois: whois.collect(),
        ..RegistrationSources::default()
    }
}

/// The registry's connector, if one is set up. One that is set wrongly is told, and keeps nobody from asking the others.
fn registry(session: &Session) -> Result<Option<registry::Settings>, Fault> {
    registry_source::settings(&session.config.registry, |name| std::env::var(name).ok())
        .map_err(|fault| Fault::new(FaultKind::NoSource, fault.message().text(session.out.lang)))
}
