//! From the JSON of an RDAP answer (RFC 9083) to lines and what they say.

use serde_json::Value;

use super::{no_answer, protocol};
use crate::domain::domain_name;
use crate::domain::evidence::{
    Fault, FaultKind, Holder, Registration, RegistrationAnswer, RegistrationResult as Result, Stated,
};
use crate::evidence::registration::date::day;
use crate::evidence::registration::holder::holder;
use crate::evidence::registration::kept;
use crate::evidence::registration::whois::sentences::{self, Saying};

/// Reads an answer about a domain (ASCII, lower case).
pub fn read(status: u16, body: &[u8], domain: &str) -> RegistrationAnswer {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    match (status, json) {
        (200, Some(json)) => found(&json, domain),
        (200, None) => protocol("no JSON"),
        // RFC 7480, section 5.3: nothing is known of it; a body is not needed. Another page is no such answer.
        (404, None) if body.trim_ascii().is_empty() => missing(&Value::Null, domain),
        (404, Some(json)) if json.is_object() => missing(&json, domain),
        // Sections 5.4 and 5.5.
        (403 | 429, _) => no_answer(Fault::new(FaultKind::Limited, format!("HTTP {status}"))),
        (other, _) => protocol(format!("HTTP {other}")),
    }
}

/// The text as it is made.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    /// Adds a line and says which it is.
    fn add(&mut self, label: &str, value: &str) -> u32 {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.0.push(if value.is_empty() { format!("{label}:") } else { format!("{label}: {value}") });
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    fn stated(&mut self, label: &str, value: &str) -> Stated<String> {
        let line = Some(self.add(label, value));
        Stated { value: value.trim().to_owned(), line }
    }

    fn kept(&self) -> String {
        kept::without_contacts(&kept::cut(&self.0.join("\n")))
    }
}

fn found(json: &Value, domain: &str) -> RegistrationAnswer {
    let mut lines = Lines::default();
    let names: Vec<&str> =
        ["ldhName", "unicodeName"].iter().filter_map(|name| json[*name].as_str()).collect();
    if !names.iter().any(|name| domain_name::ascii(name).as_deref() == Some(domain)) {
        return protocol(format!("an answer about {}", names.first().unwrap_or(&"nothing")));
    }
    for (label, name) in
        ["ldhName", "unicodeName"].iter().filter_map(|label| Some((label, json[*label].as_str()?)))
    {
        lines.add(label, name);
    }
    let statuses: Vec<Stated<String>> = texts(&json["status"])
        .map(|status| Stated { value: epp(status), line: Some(lines.add("status", status)) })
        .collect();
    let mut days = |action: &str| {
        let event = list(&json["events"]).find(|event| event["eventAction"] == action)?;
        let written = event["eventDate"].as_str()?;
        let line = Some(lines.add(&format!("event {action}"), written));
        Some(Stated { value: day(written)?, line })
    };
    let registered_on = days("registration");
    let expires_on = days("expiration");
    let registrar = with_role(json, "registrar").and_then(|entity| {
        let name = [card(entity, "fn"), card(entity, "org")]
            .into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty())?;
        Some(lines.stated("entity registrar", name))
    });
    let holder = whose(json, &mut lines);
    let mut name_servers = Vec::new();
    for name in list(&json["nameservers"]).filter_map(|server| server["ldhName"].as_str()) {
        lines.add("nameserver", name);
        name_servers.push(name.trim_end_matches('.').to_lowercase());
    }
    remarks(json, &mut lines);
    let reserved =
        statuses.iter().find(|status| sentences::of_status(&status.value) == Some(Saying::Reserved));
    let result = match reserved {
        Some(status) if registrar.is_none() => Result::Reserved { line: status.line },
        _ => Result::Registered(Registration {
            holder,
            registrar,
            registered_on,
            expires_on,
            statuses,
            name_servers,
        }),
    };
    RegistrationAnswer { result, answer: lines.kept() }
}

/// The unit before the person; where both are blank, what the answer says of its own silence (RFC 9537, or the title of
/// a remark).
fn whose(json: &Value, lines: &mut Lines) -> Holder {
    let Some(entity) = with_role(json, "registrant") else { return redaction(json, lines) };
    for property in ["org", "fn"] {
        if let Some(name) = card(entity, property).filter(|name| !name.trim().is_empty()) {
            let line = lines.add(&format!("entity registrant {property}"), name);
            match holder(name, Some(line)) {
                Holder::NotGiven => {}
                known => return known,
            }
        }
    }
    let titles = list(&entity["remarks"]).filter_map(|remark| remark["title"].as_str());
    for title in titles {
        if let Holder::Redacted(_) = holder(title, None) {
            return Holder::Redacted(lines.stated("entity registrant remark", title));
        }
    }
    redaction(json, lines)
}

fn redaction(json: &Value, lines: &mut Lines) -> Holder {
    let name = |item: &Value| {
        let name = &item["name"];
        name["description"].as_str().or(name["type"].as_str()).map(str::to_owned)
    };
    let about_holder = |name: &String| {
        let name = name.to_lowercase();
        name.contains("registrant") && (name.contains("name") || name.contains("organi"))
    };
    match list(&json["redacted"]).filter_map(name).find(about_holder) {
        Some(name) => Holder::Redacted(lines.stated("redacted", &name)),
        None => Holder::NotGiven,
    }
}

fn missing(json: &Value, domain: &str) -> RegistrationAnswer {
    let mut lines = Lines::default();
    let first = Some(lines.add("HTTP 404", json["title"].as_str().unwrap_or_default()));
    for text in texts(&json["description"]) {
        lines.add("description", text);
    }
    remarks(json, &mut lines);
    let said =
        json["title"].as_str().into_iter().chain(texts(&json["description"])).collect::<Vec<_>>().join("\n");
    let result = match sentences::deciding(&said, domain) {
        Some((_, Saying::Limited)) => Result::NoAnswer(Fault::new(FaultKind::Limited, said)),
        Some((_, Saying::Reserved)) => Result::Reserved { line: first },
        _ => Result::NotRegistered { line: first },
    };
    RegistrationAnswer { result, answer: lines.kept() }
}

fn remarks(json: &Value, lines: &mut Lines) {
    for member in ["remarks", "notices"] {
        for remark in list(&json[member]) {
            let title = remark["title"].as_str().unwrap_or_default();
            let text = texts(&remark["description"]).collect::<Vec<_>>().join(" ");
            lines.add(member.trim_end_matches('s'), &format!("{title} {text}"));
        }
    }
}

fn with_role<'a>(json: &'a Value, role: &str) -> Option<&'a Value> {
    list(&json["entities"]).find(|entity| texts(&entity["roles"]).any(|own| own == role))
}

/// A property of an entity's jCard (RFC 7095): `["vcard", [["fn", {}, "text", "…"], …]]`.
fn card<'a>(entity: &'a Value, property: &str) -> Option<&'a str> {
    let found = list(&entity["vcardArray"][1]).find(|entry| entry[0] == property)?;
    found[3].as_str().or(found[3][0].as_str())
}

/// EPP status codes of RDAP's words (RFC 8056): all but two are the same words.
fn epp(status: &str) -> String {
    match status.trim().to_lowercase().as_str() {
        "active" => "ok".to_owned(),
        "associated" => "linked".to_owned(),
        other => {
            let mut code = String::new();
            for (at, word) in other.split_whitespace().enumerate() {
                let mut letters = word.chars();
                match letters.next().filter(|_| at > 0) {
                    Some(first) => {
                        code.extend(first.to_uppercase());
                        code.push_str(letters.as_str());
                    }
                    None => code.push_str(word),
                }
            }
            code
        }
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(value).filter_map(Value::as_str)
}

#[cfg(test)]
mod tests;
