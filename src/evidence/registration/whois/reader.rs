//! From the text of a WHOIS answer to what it says of one domain.

use super::fields::{Entry, Field, entries};
use super::sentences::{self, Saying};
use crate::domain::domain_name;
use crate::domain::evidence::{Fault, FaultKind, Holder, Registration, RegistrationResult as Result, Stated};
use crate::evidence::registration::date::day;
use crate::evidence::registration::holder::holder;

/// What a server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub result: Result,
    /// The server that knows more, by name.
    pub referral: Option<String>,
}

/// Reads an answer about a domain (ASCII, lower case). What is about another one, or about nothing known, is a fault.
pub fn read(answer: &str, domain: &str) -> Reading {
    let entries = entries(answer);
    let referral = values(&entries, Field::Referral).find_map(|entry| server(entry.value));
    let result =
        registered(&entries, domain).unwrap_or_else(|| without_registration(answer, &entries, domain));
    Reading { result, referral }
}

fn registered(entries: &[Entry<'_>], domain: &str) -> Option<Result> {
    if !values(entries, Field::Domain).any(|entry| is_of(entry.value, domain)) {
        return None;
    }
    let registrar = values(entries, Field::Registrar).next().map(stated);
    let registered_on = dated(entries, &[Field::Registered]);
    let expires_on = dated(entries, &[Field::Expires, Field::RegistrarExpires]);
    let statuses: Vec<Stated<String>> = values(entries, Field::Status).filter_map(status).collect();
    let is_bare = registrar.is_none() && registered_on.is_none() && expires_on.is_none();
    let saying =
        statuses.first().and_then(|status| Some((sentences::of_status(&status.value)?, status.line)));
    match saying.filter(|_| is_bare) {
        Some((Saying::NotRegistered, line)) => return Some(Result::NotRegistered { line }),
        Some((Saying::Reserved, line)) => return Some(Result::Reserved { line }),
        _ => {}
    }
    let holder = whose(entries);
    if is_bare && statuses.is_empty() && holder == Holder::NotGiven {
        return None;
    }
    let mut name_servers: Vec<String> = Vec::new();
    for entry in values(entries, Field::NameServer) {
        let name = entry.value.split_whitespace().next().unwrap_or_default();
        let name = name.trim_end_matches('.').to_lowercase();
        if !name_servers.contains(&name) {
            name_servers.push(name);
        }
    }
    Some(Result::Registered(Registration {
        holder,
        registrar,
        registered_on,
        expires_on,
        statuses,
        name_servers,
    }))
}

fn without_registration(answer: &str, entries: &[Entry<'_>], domain: &str) -> Result {
    match sentences::deciding(answer, domain) {
        Some((line, Saying::NotRegistered)) => Result::NotRegistered { line: Some(line) },
        Some((line, Saying::Reserved)) => Result::Reserved { line: Some(line) },
        Some((line, Saying::Limited)) => no_answer(FaultKind::Limited, nth(answer, line)),
        None if answer.trim().is_empty() => no_answer(FaultKind::Protocol, "empty answer"),
        None => match values(entries, Field::Domain).next() {
            Some(other) if !is_of(other.value, domain) => {
                no_answer(FaultKind::Protocol, format!("an answer about {}", other.value))
            }
            _ => no_answer(FaultKind::Protocol, first_line(answer)),
        },
    }
}

/// The unit's name before a contact's; the first that is not blank decides, so that no contact stands in for a unit
/// that is kept back.
fn whose(entries: &[Entry<'_>]) -> Holder {
    [Field::Organisation, Field::Holder]
        .into_iter()
        .flat_map(|field| values(entries, field))
        .map(|entry| holder(entry.value, Some(entry.line)))
        .find(|holder| *holder != Holder::NotGiven)
        .unwrap_or(Holder::NotGiven)
}

fn values<'a, 'b>(entries: &'b [Entry<'a>], field: Field) -> impl Iterator<Item = &'b Entry<'a>> {
    entries.iter().filter(move |entry| entry.field == field && !entry.value.is_empty())
}

fn stated(entry: &Entry<'_>) -> Stated<String> {
    Stated { value: entry.value.to_owned(), line: Some(entry.line) }
}

fn dated(entries: &[Entry<'_>], fields: &[Field]) -> Option<Stated<jiff::civil::Date>> {
    let mut entries = fields.iter().flat_map(|field| values(entries, *field));
    entries.find_map(|entry| Some(Stated { value: day(entry.value)?, line: Some(entry.line) }))
}

/// Without the address of an explanation: `ok https://icann.org/epp#ok`.
fn status(entry: &Entry<'_>) -> Option<Stated<String>> {
    let end = entry.value.find("http").unwrap_or(entry.value.len());
    let value = entry.value[..end].trim_end_matches([' ', '\t', '(', '-', '<']).to_owned();
    (!value.is_empty()).then_some(Stated { value, line: Some(entry.line) })
}

fn is_of(written: &str, domain: &str) -> bool {
    let name = written.split_whitespace().next().unwrap_or_default();
    domain_name::ascii(name).as_deref() == Some(domain)
}

/// The name in `whois.a.example`, `whois://whois.a.example:43/` and the like.
fn server(written: &str) -> Option<String> {
    let bare = written.split_once("://").map_or(written, |(_, rest)| rest);
    domain_name::ascii(bare.split(['/', ':', ' ']).next().unwrap_or_default())
}

fn first_line(answer: &str) -> &str {
    answer.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
}

fn nth(answer: &str, line: u32) -> &str {
    let skip = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    answer.lines().nth(skip).unwrap_or_default().trim()
}

fn no_answer(kind: FaultKind, detail: impl ToString) -> Result {
    Result::NoAnswer(Fault::new(kind, detail))
}

#[cfg(test)]
mod tests;
