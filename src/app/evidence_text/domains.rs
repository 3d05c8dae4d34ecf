//! What resolvers and domain registries answered.

use std::fmt::Display;
use std::net::IpAddr;

use super::{Emphasis, Page, Span};
use crate::domain::declared::{LONGEST_PERSON, Privacy};
use crate::domain::evidence::{
    Answer, DnsAnswers, Holder, HostAnswers, Mark, Registration, RegistrationAnswer, RegistrationResult,
    Stated,
};
use crate::domain::free_text;
use crate::domain::message::Message;
use crate::domain::safe::safe;

pub(super) fn resolution(page: &mut Page<'_>, answers: &DnsAnswers) {
    for host in &answers.hosts {
        let marked = matches!(page.mark, Some(Mark::Host(name)) if *name == host.host);
        self::host(page, host, marked);
    }
    let servers = outcome(page, &answers.name_servers);
    let marked = page.marks_field("name_servers");
    page.row("desk.ev_name_servers", &servers, marked);
    let filed: Vec<String> = filed_ranges(page).map(ToString::to_string).collect();
    if !filed.is_empty() {
        page.row("desk.ev_filed_ranges", &filed.join(" "), false);
    }
}

fn host(page: &mut Page<'_>, host: &HostAnswers, marked: bool) {
    let emphasis = if marked { Emphasis::Decisive } else { Emphasis::Heading };
    page.push("", vec![Span::new(safe(&host.host).into_string(), emphasis)], marked);
    if !host.aliases.is_empty() {
        page.row("desk.ev_aliases", &host.aliases.join(" > "), false);
    }
    addresses(page, "IPv4", &host.ipv4, marked);
    addresses(page, "IPv6", &host.ipv6, marked);
}

fn addresses<T: Copy + Display + Into<IpAddr>>(
    page: &mut Page<'_>,
    label: &str,
    answer: &Answer<T>,
    marked: bool,
) {
    let mut spans = Vec::new();
    for address in answer.found() {
        let address: IpAddr = (*address).into();
        let filed = filed_ranges(page).any(|range| (range.first..=range.last).contains(&address));
        let ours = page.reader.ours.contains(&address);
        let emphasis = match (filed, ours) {
            (true, _) => Emphasis::Good,
            (false, true) => Emphasis::Plain,
            (false, false) => Emphasis::Doubt,
        };
        spans.push(Span::new(format!("{address} "), emphasis));
        for (is, id) in [(filed, "desk.ev_is_filed"), (ours, "desk.ev_is_ours")] {
            if is {
                spans.push(Span::new(format!("{} ", page.words(id)), Emphasis::Quiet));
            }
        }
    }
    if spans.is_empty() {
        let quiet = if matches!(answer, Answer::NoData) { Emphasis::Quiet } else { Emphasis::Doubt };
        spans.push(Span::new(outcome(page, answer), quiet));
    }
    page.push(label, spans, marked);
}

fn filed_ranges<'p>(page: &Page<'p>) -> impl Iterator<Item = &'p crate::domain::filing::IpRange> + use<'p> {
    page.reader.filing.access.iter().flat_map(|access| &access.ip_ranges)
}

/// What was found, or why there is nothing, in words.
fn outcome<T: Display>(page: &Page<'_>, answer: &Answer<T>) -> String {
    let id = match answer {
        Answer::Found(found) => {
            return found.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        }
        Answer::Other(said) => {
            return page.say(&Message::new("desk.ev_dns_other").with("said", said));
        }
        Answer::NoData => "desk.ev_dns_no_data",
        Answer::NoSuchName => "desk.ev_dns_no_such_name",
        Answer::Timeout => "desk.ev_dns_timeout",
        Answer::ServerFailure => "desk.ev_dns_server_failure",
    };
    page.words(id).to_owned()
}

pub(super) fn registration(page: &mut Page<'_>, answer: &RegistrationAnswer) {
    let mut withheld = None;
    let mut decides = None;
    match &answer.result {
        RegistrationResult::Registered(registration) => {
            decides = registered(page, registration, &mut withheld);
        }
        RegistrationResult::NotRegistered { line } => {
            page.sentence(&Message::new("desk.ev_not_registered"), Emphasis::Decisive, line.is_none());
            decides = *line;
        }
        RegistrationResult::Reserved { line } => {
            page.sentence(&Message::new("desk.ev_reserved"), Emphasis::Decisive, line.is_none());
            decides = *line;
        }
        RegistrationResult::NoAnswer(fault) => page.fault(fault),
    }
    if let Some(Mark::Line(line)) = page.mark {
        decides = Some(*line);
    }
    if answer.answer.is_empty() {
        return;
    }
    page.heading(page.words("desk.ev_answer"));
    for (number, text) in (1_u32..).zip(answer.answer.lines()) {
        let marked = decides == Some(number);
        // The answer comes without the numbers of persons; what was overlooked is masked like any text from outside.
        let mut text = safe(&free_text::masked(text)).into_string();
        if let Some((name, mask)) = &withheld {
            text = text.replace(name, mask);
        }
        let emphasis = if marked { Emphasis::Decisive } else { Emphasis::Plain };
        page.push(number.to_string(), vec![Span::new(text, emphasis)], marked);
    }
}

/// The fields; answers the line of the one that is marked. A holder who may be a person, and his mask, go to `withheld`.
fn registered(
    page: &mut Page<'_>,
    registration: &Registration,
    withheld: &mut Option<(String, String)>,
) -> Option<u32> {
    let holder_line = match &registration.holder {
        Holder::Named(stated) => {
            let person = page.reader.filing.is_individual() || stated.value.chars().count() <= LONGEST_PERSON;
            let privacy = if person { Privacy::Person } else { Privacy::Public };
            let shown = page.private(privacy, &stated.value);
            if shown != stated.value {
                *withheld = Some((safe(&stated.value).into_string(), safe(&shown).into_string()));
            }
            page.field("desk.ev_holder", "holder", &shown);
            stated.line
        }
        Holder::Redacted(stated) => {
            let said = Message::new("desk.ev_holder_redacted").with("said", &stated.value);
            let said = page.say(&said);
            page.field("desk.ev_holder", "holder", &said);
            stated.line
        }
        Holder::NotGiven => {
            let said = page.words("desk.ev_holder_not_given");
            page.field("desk.ev_holder", "holder", said);
            None
        }
    };
    let mut lines = vec![("holder", holder_line)];
    let line = |stated: &Stated<_>| stated.line;
    if let Some(stated) = &registration.registrar {
        page.field("desk.ev_registrar", "registrar", &stated.value);
        lines.push(("registrar", stated.line));
    }
    for (label, name, day) in [
        ("desk.ev_registered_on", "registered_on", &registration.registered_on),
        ("desk.ev_expires_on", "expires_on", &registration.expires_on),
    ] {
        if let Some(stated) = day {
            page.field(label, name, &stated.value.to_string());
            lines.push((name, line(stated)));
        }
    }
    if !registration.statuses.is_empty() {
        let statuses: Vec<&str> = registration.statuses.iter().map(|stated| stated.value.as_str()).collect();
        page.field("desk.ev_statuses", "statuses", &statuses.join(" "));
        lines.push(("statuses", registration.statuses.first().and_then(|stated| stated.line)));
    }
    if !registration.name_servers.is_empty() {
        page.field("desk.ev_name_servers", "name_servers", &registration.name_servers.join(" "));
    }
    lines.into_iter().find(|(name, _)| page.marks_field(name)).and_then(|(_, line)| line)
}
