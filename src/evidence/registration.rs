//! Domain registration (域名注册信息): by RDAP where the registry has it, else by WHOIS, with one referral at most. What
//! is kept is the answer's text with the lines that decide, and no contact of anybody.

mod date;
mod holder;
mod kept;
mod rdap;
mod sources;
mod whois;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

pub use sources::{BadSource, RegistrationSources};

use super::guard::{Guard, GuardError, GuardOptions, Lookup};
use super::{Answering, Source};
use crate::domain::evidence::{
    Evidence, Fault, FaultKind, Gathered, Gatherer, Holder, Means, Observation, Registration,
    RegistrationAnswer, RegistrationResult, Stated, Subject,
};
use sources::{Directory, Server};

/// Why registrations cannot be asked for.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    #[error(transparent)]
    Source(#[from] BadSource),
    #[error(transparent)]
    Guard(#[from] GuardError),
}

/// Asks registries and registrars about domains.
pub struct Registrations {
    directory: Directory,
    guard: Guard,
    patience: Duration,
}

impl Registrations {
    /// `options` are the guard's for websites; ports are those of the servers instead.
    pub fn new(
        sources: &RegistrationSources,
        options: &GuardOptions,
        lookup: Arc<dyn Lookup>,
    ) -> Result<Self, RegistrationError> {
        let directory = Directory::read(sources)?;
        let options = GuardOptions { ports: directory.ports(), ..options.clone() };
        let guard = Guard::new(options, lookup)?;
        Ok(Registrations { directory, guard, patience: sources.whois_patience })
    }

    async fn about(&self, domain: &str) -> (String, RegistrationAnswer) {
        let Some(url) = self.directory.rdap(domain) else { return self.by_whois(domain).await };
        let source = url.to_string();
        let by_rdap = rdap::ask(&self.guard, url, domain).await;
        let RegistrationResult::NoAnswer(fault) = &by_rdap.result else { return (source, by_rdap) };
        if self.directory.whois(domain).is_none() {
            return (source, by_rdap);
        }
        let (server, mut answer) = self.by_whois(domain).await;
        let source = if matches!(answer.result, RegistrationResult::NoAnswer(_)) {
            format!("{source}, {server}")
        } else {
            server
        };
        note(&mut answer.answer, &format!("RDAP: {}", told(fault)));
        (source, answer)
    }

    async fn by_whois(&self, domain: &str) -> (String, RegistrationAnswer) {
        let root = self.directory.root();
        let known = self.directory.whois(domain);
        let server = known.unwrap_or(root);
        let source = written(server);
        let first = match self.ask(server, domain).await {
            Ok(answer) => answer,
            Err(fault) => return (source, no_answer(fault)),
        };
        let reading = whois::read(&first, domain);
        let referral = reading.referral.filter(|host| *host != server.host).map(|host| Server {
            host,
            port: root.port,
            form: None,
        });
        match (known, referral) {
            (None, Some(registry)) => self.of_registry(&source, &registry, domain).await,
            (None, None) => {
                let result = match reading.result {
                    RegistrationResult::NoAnswer(fault) if fault.kind == FaultKind::Limited => fault,
                    _ => Fault::new(FaultKind::NoSource, format!("{source} names no registry of {domain}")),
                };
                (source, RegistrationAnswer { result: RegistrationResult::NoAnswer(result), answer: first })
            }
            // A registry that knows no holder is a thin one, and its registrars know more.
            (Some(_), Some(registrar)) => match reading.result {
                RegistrationResult::Registered(known) if known.holder == Holder::NotGiven => {
                    self.of_registrar(source, known, first, &registrar, domain).await
                }
                result => (source, RegistrationAnswer { result, answer: first }),
            },
            (Some(_), None) => (source, RegistrationAnswer { result: reading.result, answer: first }),
        }
    }

    /// The registry that the root names.
    async fn of_registry(&self, root: &str, registry: &Server, domain: &str) -> (String, RegistrationAnswer) {
        match self.ask(registry, domain).await {
            Ok(answer) => {
                let result = whois::read(&answer, domain).result;
                (written(registry), RegistrationAnswer { result, answer })
            }
            Err(fault) => (format!("{root}, {}", written(registry)), no_answer(fault)),
        }
    }

    /// What the registry does not know, from the registrar that it names.
    async fn of_registrar(
        &self,
        source: String,
        known: Registration,
        mut text: String,
        registrar: &Server,
        domain: &str,
    ) -> (String, RegistrationAnswer) {
        let second = written(registrar);
        let fault = match self.ask(registrar, domain).await {
            Err(fault) => fault,
            Ok(answer) => match whois::read(&answer, domain).result {
                RegistrationResult::Registered(more) => {
                    note(&mut text, &second);
                    let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
                    text = format!("{text}\n{answer}");
                    let result = RegistrationResult::Registered(joined(known, more, lines));
                    return (format!("{source}, {second}"), RegistrationAnswer { result, answer: text });
                }
                RegistrationResult::NoAnswer(fault) => fault,
                _ => Fault::new(FaultKind::Protocol, "does not know the domain"),
            },
        };
        note(&mut text, &format!("{second}: {}", told(&fault)));
        (source, RegistrationAnswer { result: RegistrationResult::Registered(known), answer: text })
    }

    async fn ask(&self, server: &Server, domain: &str) -> Result<String, Fault> {
        whois::ask(&self.guard, server, domain, self.patience).await
    }
}

impl Source for Registrations {
    fn gatherer(&self) -> Gatherer {
        Gatherer::Registration
    }

    fn host(&self, subject: &Subject) -> String {
        let Subject::Domain(domain) = subject else { return String::new() };
        match self.directory.rdap(domain) {
            Some(url) => url.host_str().unwrap_or_default().to_owned(),
            None => self.directory.whois(domain).unwrap_or(self.directory.root()).host.clone(),
        }
    }

    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a> {
        Box::pin(async move {
            let (source, answer) = match subject {
                Subject::Domain(domain) => self.about(domain).await,
                other => {
                    let fault = Fault::new(FaultKind::NoSource, format!("{other} is no domain"));
                    (String::new(), no_answer(fault))
                }
            };
            let networks = &self.guard.options().allow_networks;
            Gathered::from(Evidence {
                version: Gatherer::Registration.version(),
                subject: subject.clone(),
                means: Means::Machine,
                source,
                observed_at: now,
                allowed_networks: networks.iter().map(ToString::to_string).collect(),
                observation: Observation::Registration(answer),
            })
        })
    }
}

/// The registry's word stands; the registrar's fills in. Its lines come after `offset` others.
fn joined(known: Registration, more: Registration, offset: u32) -> Registration {
    let moved = |line: Option<u32>| line.map(|line| line.saturating_add(offset));
    fn move_by<T>(stated: Stated<T>, moved: impl Fn(Option<u32>) -> Option<u32>) -> Stated<T> {
        Stated { line: moved(stated.line), value: stated.value }
    }
    let holder = match (known.holder, more.holder) {
        (Holder::Named(name), _) => Holder::Named(name),
        (_, Holder::Named(name)) => Holder::Named(move_by(name, moved)),
        (Holder::Redacted(said), _) => Holder::Redacted(said),
        (Holder::NotGiven, Holder::Redacted(said)) => Holder::Redacted(move_by(said, moved)),
        (Holder::NotGiven, Holder::NotGiven) => Holder::NotGiven,
    };
    Registration {
        holder,
        registrar: known.registrar.or(more.registrar.map(|stated| move_by(stated, moved))),
        registered_on: known.registered_on.or(more.registered_on.map(|stated| move_by(stated, moved))),
        expires_on: known.expires_on.or(more.expires_on.map(|stated| move_by(stated, moved))),
        statuses: known.statuses,
        name_servers: if known.name_servers.is_empty() { more.name_servers } else { known.name_servers },
    }
}

/// A line of ours below the answer, marked like a registry's own remarks.
fn note(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str("% ");
    text.push_str(line);
}

fn told(fault: &Fault) -> String {
    format!("{} {}", fault.kind, fault.detail)
}

fn written(server: &Server) -> String {
    format!("{}:{}", server.host, server.port)
}

fn no_answer(fault: Fault) -> RegistrationAnswer {
    RegistrationAnswer { result: RegistrationResult::NoAnswer(fault), answer: String::new() }
}
