//! From settings to those who gather.

use std::time::Duration;

use super::error::{CliError, Exit};
use super::review::limits;
use super::session::Session;
use crate::config::{self, HeaderSetting};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::evidence::registration::RegistrationSources;
use crate::evidence::registry::{self, Header, Reading};
use crate::runtime::gather::{Batch, GatherError, GatherOptions, Gatherers, SourceOptions};
use crate::store::AttachmentVault;

/// What is on its way when somebody stops the command may still take so long.
const GRACE: Duration = Duration::from_secs(3);

/// Gatherers as the settings want them.
pub fn gatherers(session: &Session, screenshots: bool) -> Result<Gatherers, CliError> {
    let workspace = session.workspace()?;
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
        registry: connector(&session.config.registry)?,
        registry_at_once: count(sources.registry_at_once),
        screenshots,
        // The other half is for the reviewer.
        readers: (cores / 2).max(1),
        search_path: std::env::var_os("PATH").unwrap_or_default(),
        program: std::env::current_exe().map_err(GatherError::from)?,
        picture_limits: limits(&session.config.images),
        vault: AttachmentVault::of(&workspace),
    };
    let actor = session.actor.clone();
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

/// The registry's connector, if one is set up.
fn connector(settings: &config::Registry) -> Result<Option<registry::Settings>, CliError> {
    if settings.url.is_empty() {
        return Ok(None);
    }
    let headers = settings.headers.iter().map(header).collect::<Result<_, _>>()?;
    let settings = settings.clone();
    let reading = Reading {
        name: settings.name_path,
        number: settings.number_path,
        status: settings.status_path,
        address: settings.address_path,
        legal_representative: settings.legal_representative_path,
        valid_until: settings.valid_until_path,
        former_names: settings.former_names_path,
        former_numbers: settings.former_numbers_path,
        as_of: settings.as_of_path,
        found: settings.found_path,
        code: settings.code_path,
        answer_codes: settings.answer_codes,
        not_found_codes: settings.not_found_codes,
        not_found_http: settings.not_found_http,
        status_words: settings.status_words.into_iter().map(|status| (status.word, status.told)).collect(),
    };
    Ok(Some(registry::Settings {
        number_url: settings.url,
        name_url: settings.name_url,
        headers,
        networks: settings.networks,
        reading,
        timeout: Duration::from_secs(settings.timeout_seconds),
        body_bytes: usize::try_from(settings.body_kib << 10).unwrap_or(usize::MAX),
    }))
}

fn header(setting: &HeaderSetting) -> Result<Header, CliError> {
    match std::env::var(&setting.variable) {
        Ok(value) => Ok(Header::new(&setting.name, value)),
        Err(_) => Err(CliError::new(
            Exit::Usage,
            Message::new("cli.registry_no_variable")
                .with("variable", safe(&setting.variable))
                .with("header", safe(&setting.name)),
            Message::new("cli.registry_no_variable_hint"),
        )),
    }
}
