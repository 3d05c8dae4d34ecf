//! Where the filed domains lead (域名解析): to the filed addresses at this provider, elsewhere, through a delivery network,
//! or nowhere.
//!
//! Nowhere is right as long as the site must not be served yet; whether it then is served is for `site_reachability`.

mod standing;

use jiff::Timestamp;

use super::Check;
use super::filed_names::{FiledName, borne_out, newest_answer, not_yet_served};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::cdn::Networks;
use crate::domain::evidence::{Answer, DnsAnswers, Gatherer, HostAnswers, KeptEvidence, Mark, Observation};
use crate::domain::filing::OrderType;
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;

use standing::{Ground, Standing};

const NOWHERE: &str = "ACC-NO-DNS";
const NOT_OURS: &str = "ACC-IP-NOT-OURS";
const NOT_FILED: &str = "ACC-IP-MISMATCH";

pub struct DomainResolution;

impl Check for DomainResolution {
    fn id(&self) -> &'static str {
        "domain_resolution"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[NOWHERE, NOT_OURS, NOT_FILED]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Dns]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        for domain in &FiledName::all(case) {
            match newest(case, domain) {
                Some((kept, answers)) => {
                    Resolution { check: self, case, domain, kept, answers }.judge(out);
                }
                None if case.known.requires(Gatherer::Dns) => {
                    out.push(domain.about(self).not_run("checks.resolution_missing"));
                }
                None => {}
            }
        }
    }
}

/// What a domain and its `www` lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Somewhere,
    /// All servers that know say that there is nothing.
    Nowhere,
    Unknown,
}

fn lead(answers: &DnsAnswers) -> Lead {
    if answers.hosts.iter().any(|host| host.addresses().next().is_some()) {
        Lead::Somewhere
    } else if !answers.hosts.is_empty() && answers.hosts.iter().all(HostAnswers::is_nothing) {
        Lead::Nowhere
    } else {
        Lead::Unknown
    }
}

fn lead_of(observation: &Observation) -> Lead {
    match observation {
        Observation::Dns(answers) => lead(answers),
        _ => Lead::Unknown,
    }
}

fn newest<'a>(case: &Case<'a>, domain: &FiledName) -> Option<(&'a KeptEvidence, &'a DnsAnswers)> {
    let tells = |observation: &Observation| lead_of(observation) != Lead::Unknown;
    let kept = newest_answer(case.known, Gatherer::Dns, &domain.subject(), tells)?;
    match &kept.evidence.observation {
        Observation::Dns(answers) => Some((kept, answers)),
        _ => None,
    }
}

/// When a domain led nowhere, where it does by the newest evidence.
pub(super) fn leads_nowhere(case: &Case<'_>, domain: &FiledName) -> Option<Timestamp> {
    let (kept, answers) = newest(case, domain)?;
    (lead(answers) == Lead::Nowhere).then_some(kept.evidence.observed_at)
}

/// One domain's answers before a case.
struct Resolution<'a> {
    check: &'a DomainResolution,
    case: &'a Case<'a>,
    domain: &'a FiledName,
    kept: &'a KeptEvidence,
    answers: &'a DnsAnswers,
}

/// An address with the host that leads there.
struct Found<'a> {
    host: &'a HostAnswers,
    address: std::net::IpAddr,
    standing: Standing,
}

impl<'a> Resolution<'a> {
    fn about(&self, host: &str) -> Statement<'a> {
        let mark = Mark::Host(host.to_owned());
        self.domain.about(self.check).resting_on(EvidenceRef::marked(self.kept, mark))
    }

    fn judge(&self, out: &mut Vec<Finding>) {
        let early = not_yet_served(self.case.filing.order_type);
        let about = || self.about(&self.domain.name);
        match lead(self.answers) {
            Lead::Unknown => {
                let host = self.answers.hosts.iter().find(|host| !host.is_nothing());
                out.push(self.unanswered(host));
            }
            Lead::Nowhere if early => out.push(about().pass("checks.resolution_not_yet")),
            Lead::Nowhere => out.push(self.nowhere()),
            Lead::Somewhere if early => out.push(about().pass("checks.resolution_early")),
            Lead::Somewhere => self.somewhere(out),
        }
    }

    /// Time-out, a failing server and what is no answer say nothing of the domain.
    fn unanswered(&self, host: Option<&HostAnswers>) -> Finding {
        let name = host.map_or(self.domain.name.as_str(), |host| &host.host);
        let (answer, detail) = host.map_or(("", ""), no_answer);
        let message = Message::new("checks.resolution_no_answer")
            .with("host", name)
            .with("answer", answer)
            .with("detail", detail);
        let about = self.about(name);
        if self.case.known.requires(Gatherer::Dns) { about.not_run(message) } else { about.warn(message) }
    }

    fn nowhere(&self) -> Finding {
        let no_such_name = self.answers.hosts.iter().any(|host| host.ipv4 == Answer::NoSuchName);
        let answer = if no_such_name { "@checks.dns_no_such_name" } else { "@checks.dns_no_data" };
        let about = self.about(&self.domain.name);
        let earlier = borne_out(self.case.known, self.kept, |observation| match lead_of(observation) {
            Lead::Unknown => None,
            lead => Some(lead == Lead::Nowhere),
        });
        let message = |id| {
            let hours = self.case.known.rules.apart_hours;
            Message::new(id).with("answer", answer).with("hours", hours)
        };
        if self.visited_since() {
            return about.warn_of(NOWHERE, message("checks.resolution_none_visited"));
        }
        match earlier {
            Some(earlier) => about
                .fail(NOWHERE, message("checks.resolution_none"))
                .resting_on(EvidenceRef::marked(earlier, Mark::Host(self.domain.name.clone()))),
            None => about.warn_of(NOWHERE, message("checks.resolution_none_once")),
        }
    }

    /// Whether a visit after the resolvers' answer met a server: the name has an address by then.
    fn visited_since(&self) -> bool {
        let newest = self.case.known.latest(Gatherer::Website, &self.domain.subject());
        newest.is_some_and(|kept| match &kept.evidence.observation {
            Observation::Website(visits) => {
                kept.evidence.observed_at > self.kept.evidence.observed_at && visits.met_a_server()
            }
            _ => false,
        })
    }

    fn somewhere(&self, out: &mut Vec<Finding>) {
        let before = out.len();
        let ground = Ground::of(self.case, &self.domain.name);
        let hosts = &self.answers.hosts;
        let found: Vec<Found<'a>> = hosts
            .iter()
            .flat_map(|host| host.addresses().map(move |address| (host, address)))
            .map(|(host, address)| Found { host, address, standing: ground.standing(address) })
            .collect();
        for wrong in [Standing::NotOurs, Standing::NotFiled] {
            self.elsewhere(&found, wrong, &ground, out);
        }
        self.odd(&found, &ground, out);
        for host in hosts.iter().filter(|host| host.addresses().next().is_none()) {
            if host.is_nothing() && host.host == self.domain.name {
                out.push(self.about(&host.host).warn("checks.resolution_without_apex"));
            }
        }
        out.extend(self.half_unanswered().map(|host| self.unanswered(Some(host))));
        if out.len() == before {
            out.extend(self.right(&found, &ground));
        }
    }

    /// A host of which an address family was not learnt.
    fn half_unanswered(&self) -> Option<&'a HostAnswers> {
        self.answers.hosts.iter().find(|host| !no_answer(host).0.is_empty())
    }

    /// Addresses that are wrong in one way: those behind a delivery network are told by its name, and are no fault.
    fn elsewhere(&self, found: &[Found<'a>], wrong: Standing, ground: &Ground<'_>, out: &mut Vec<Finding>) {
        let networks = Networks::shipped();
        let network = |found: &Found<'a>| networks.of(&found.host.aliases, self.answers.name_servers.found());
        let wrong: Vec<&Found<'a>> = found.iter().filter(|found| found.standing == wrong).collect();
        let (delivered, bare): (Vec<&Found<'a>>, _) =
            wrong.into_iter().partition(|found| network(found).is_some());
        if let Some(first) = delivered.first() {
            let message = Message::new("checks.resolution_cdn")
                .with("network", network(first).unwrap_or_default())
                .with("version", networks.version());
            let finding = self.about(&first.host.host).warn(message);
            out.push(finding.seen(listed(&delivered), ground.filed_words()));
        }
        let Some(first) = bare.first() else { return };
        let (code, id) = match first.standing {
            Standing::NotOurs => (NOT_OURS, "checks.resolution_not_ours"),
            _ => (NOT_FILED, "checks.resolution_not_filed"),
        };
        let about = self.about(&first.host.host);
        let message = Message::new(id).with("version", ground.version());
        let finding = if found.iter().any(|found| found.standing == Standing::Right) {
            let partly = match first.standing {
                Standing::NotOurs => "checks.resolution_partly_ours",
                _ => "checks.resolution_partly_filed",
            };
            about.warn_of(code, Message::new(partly).with("version", ground.version()))
        } else if self.half_unanswered().is_some() {
            // What was not learnt may be the filed address, or the delivery network.
            about.warn_of(code, message)
        } else if self.case.filing.order_type == OrderType::Access {
            // It is served where it was filed before, until this order is through.
            about.warn_of(code, message)
        } else {
            about.fail(code, message)
        };
        out.push(finding.seen(listed(&bare), ground.filed_words()));
    }

    fn odd(&self, found: &[Found<'a>], ground: &Ground<'_>, out: &mut Vec<Finding>) {
        for (standing, code, id) in [
            (Standing::NotPublic, NOT_OURS, "checks.resolution_not_public"),
            (Standing::KindNotFiled, NOT_FILED, "checks.resolution_kind_not_filed"),
        ] {
            let odd: Vec<&Found<'a>> = found.iter().filter(|found| found.standing == standing).collect();
            if let Some(first) = odd.first() {
                let finding = self.about(&first.host.host).warn_of(code, id);
                out.push(finding.seen(listed(&odd), ground.filed_words()));
            }
        }
    }

    /// Nothing where there is nothing to compare with, unless the workspace wants it judged.
    fn right(&self, found: &[Found<'a>], ground: &Ground<'_>) -> Option<Finding> {
        let about = self.about(&self.domain.name);
        if found.iter().any(|found| found.standing == Standing::Unknown) {
            let required = self.case.known.requires(Gatherer::Dns);
            return required.then(|| about.not_run("checks.resolution_nothing_to_compare"));
        }
        if ground.list_is_unreadable() {
            return Some(about.not_run("checks.access_list_unreadable"));
        }
        let all: Vec<&Found<'a>> = found.iter().collect();
        let id =
            if ground.filed.is_empty() { "checks.resolution_ours" } else { "checks.resolution_as_filed" };
        let message = Message::new(id).with("version", ground.version());
        Some(about.pass(message).seen(listed(&all), ground.filed_words()))
    }
}

/// In an order of its own: that of a server changes with every answer.
fn listed(found: &[&Found<'_>]) -> String {
    let mut found: Vec<_> = found.iter().map(|found| (&found.host.host, found.address)).collect();
    found.sort();
    found.dedup();
    found.iter().map(|(host, address)| format!("{host} {address}")).collect::<Vec<_>>().join(", ")
}

/// What came instead of an answer, as an argument, and in whose words.
fn no_answer(host: &HostAnswers) -> (&'static str, &str) {
    fn of<T>(answer: &Answer<T>) -> Option<(&'static str, &str)> {
        match answer {
            Answer::Found(_) | Answer::NoData | Answer::NoSuchName => None,
            Answer::Timeout => Some(("@checks.dns_timeout", "")),
            Answer::ServerFailure => Some(("@checks.dns_server_failure", "")),
            Answer::Other(detail) => Some(("@checks.dns_other", detail)),
        }
    }
    of(&host.ipv4).or_else(|| of(&host.ipv6)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
